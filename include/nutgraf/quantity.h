// Quantities: how many, how much, of what.
//
//   for (const nutgraf::Quantity& q : document.Get<nutgraf::Quantity>()) {
//     // "at least 164 people": q.value 164, q.bound kAtLeast, q.counted "people"
//   }

#ifndef NUTGRAF_QUANTITY_H_
#define NUTGRAF_QUANTITY_H_

#include <cstdint>
#include <string_view>

#include "nutgraf/span.h"

namespace nutgraf {

enum class QuantityKind : uint8_t {
  kNumber,
  kOrdinal,   ///< "first", "21st"
  kFraction,  ///< "half", "one-twelfth"
  kPercent,   ///< value 40 for "40 percent"
  kMoney,
  kMeasure,
  kAge,
  kTemperature,
  kMultiple,  ///< "twice", "three-fold"
};

/// "number", "ordinal", ...: as in the JSON output.
std::string_view QuantityKindName(QuantityKind kind);

enum class QuantityBound : uint8_t { kNone, kAtLeast, kAtMost, kMoreThan, kLessThan };

/// "at_least", "at_most", "more_than", "less_than"; empty for kNone.
std::string_view QuantityBoundName(QuantityBound bound);

enum class Approximation : uint8_t {
  kExact,
  kApproximate,    ///< "about", "around", "or so"
  kSlightlyBelow,  ///< "nearly", "almost"
  kSlightlyAbove,  ///< "just over"
};

/// What an ordinal counts from.
enum class OrdinalAnchor : uint8_t {
  kStart,    ///< "third"
  kEnd,      ///< "last" is 0, "next to last" -1
  kCurrent,  ///< "current" is 0, "next" 1, "previous" -1
};

/// "start", "end", "current".
std::string_view OrdinalAnchorName(OrdinalAnchor anchor);

/// One quantity. Spans that do not apply are empty ({0, 0}). Views point to static tables or into
/// the document.
struct Quantity {
  static constexpr std::string_view kLayerName = "quantities";
  static constexpr bool kOneProvider = true;

  ByteSpan span;  ///< Number and unit, without the modifier
  TokenRange tokens;
  QuantityKind kind;
  QuantityBound bound;
  Approximation approximation;
  OrdinalAnchor anchor;  ///< Of an ordinal
  bool only;             ///< "only 162 people"
  bool vague;      ///< "dozens", "several thousand": a range from that to the next power of ten
  bool is_range;   ///< low and high hold; else value holds
  bool low_open;   ///< A range without a lower end
  bool high_open;  ///< A range without an upper end
  double value;    ///< In `unit`; 0.5 for "half", 40 for "40 percent", 1 for "first"
  double low;
  double high;
  std::string_view
      unit;  ///< Singular English name, "kilometer", "percent"; empty for plain numbers
  std::string_view dimension;  ///< "length"; empty where none
  std::string_view currency;   ///< ISO 4217, for money
  std::string_view per;        ///< "month" in "$100 a month"; empty where none
  std::string_view rule;       ///< The rule of the grammar that made it, for traces
  ByteSpan modifier;           ///< "more than", "nearly", "only"
  ByteSpan counted;            ///< "people"; the noun phrase that is counted
  ByteSpan of;                 ///< "the adult population" in "3.5 percent of the adult population"
};

}  // namespace nutgraf

#endif  // NUTGRAF_QUANTITY_H_
