// What callers do with quantities: convert units, compare quantities that have bounds, write them
// down.
//
//   absl::StatusOr<double> km = nutgraf::ConvertUnit(10, "mile", "kilometer");  // 16.09344
//   // "at least 164 people" and 150: more, whatever the number is
//   nutgraf::Compare(quantity, 150) == nutgraf::Comparison::kMore;
//   // and 200: nobody knows
//   nutgraf::Compare(quantity, 200) == nutgraf::Comparison::kUnknown;
//   nutgraf::FormatQuantity(quantity);  // "≥ 164"
//
// Threads: all functions are safe from any thread. Cost: a look-up in a table.

#ifndef NUTGRAF_QUANTITY_UNITS_H_
#define NUTGRAF_QUANTITY_UNITS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "nutgraf/quantity.h"

namespace nutgraf {

/// A unit of measure.
struct UnitInfo {
  std::string_view name;       ///< Canonical: "kilometer"
  std::string_view dimension;  ///< "length"
  double factor;  ///< What a value is multiplied by to be one in the base unit of the dimension; 0
                  ///< where the unit is no multiple of it ("degree celsius", "decibel")
};

/// The unit of a name, plural or symbol: "kilometer", "kilometres", "km". None where the tables have
/// none.
std::optional<UnitInfo> FindUnit(std::string_view name);

/// A value in another unit of the same dimension, temperatures too. The names are those that
/// FindUnit() knows. An error where a unit is unknown or the two cannot be converted; currencies
/// never can.
absl::StatusOr<double> ConvertUnit(double value, std::string_view from, std::string_view to);

/// A measure in another unit: value, or both ends. Its places in the text stay.
absl::StatusOr<Quantity> Converted(const Quantity& quantity, std::string_view unit);

/// The values that a quantity leaves open.
struct ValueInterval {
  double low;      ///< Minus infinity where there is no lower end
  double high;     ///< Infinity where there is no upper end
  bool low_open;   ///< low itself is not among them: "more than 5"
  bool high_open;  ///< high itself is not among them: "less than 5"
};

/// "at least 5" is [5, ∞), "less than 5" (-∞, 5), "5 to 7" [5, 7], "5" [5, 5]. What is approximate
/// may be off by a tenth: "about 100" is [90, 110], "nearly 100" [90, 100), "just over 100"
/// (100, 110].
ValueInterval IntervalOf(const Quantity& quantity);

enum class Comparison : uint8_t {
  kLess,
  kEqual,
  kMore,
  kUnknown,  ///< It depends on what the quantity is, or the two cannot be compared
};

/// How a quantity compares with a value in its unit.
Comparison Compare(const Quantity& quantity, double value);

/// How a quantity compares with another one, which is converted where it is in another unit.
Comparison Compare(const Quantity& a, const Quantity& b);

/// A quantity as text that does not depend on how it was written: "≥ 164", "USD 3.5 per month",
/// "10–20 kilometer per hour", "~ 40 percent".
std::string FormatQuantity(const Quantity& quantity);

}  // namespace nutgraf

#endif  // NUTGRAF_QUANTITY_UNITS_H_
