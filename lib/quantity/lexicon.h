// The vocabulary of quantities: data/quantity, compiled to an image of the gazetteer's kind and
// embedded.

#ifndef NUTGRAF_LIB_QUANTITY_LEXICON_H_
#define NUTGRAF_LIB_QUANTITY_LEXICON_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "lib/gazetteer/image.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// What a phrase is; the types of the tables. Bits, so that several can be asked for at once.
enum QuantityWord : uint32_t {
  kWordNumber = 1U << 0,
  kWordScale = 1U << 1,
  kWordScaleSuffix = 1U << 2,
  kWordOrdinal = 1U << 4,
  kWordFraction = 1U << 5,
  kWordMultiple = 1U << 6,
  kWordUnit = 1U << 7,
  kWordUnitGlued = 1U << 8,
  kWordPercent = 1U << 9,
  kWordCurrency = 1U << 10,
  kWordCurrencySign = 1U << 11,
  kWordCurrencyCode = 1U << 12,
  kWordCurrencyCodeWeak = 1U << 13,
  kWordSubunit = 1U << 14,
  kWordModifier = 1U << 15,
  kWordPostModifier = 1U << 16,
  kWordStop = 1U << 17,
  kWordPlural = 1U << 18,
  kWordSingularS = 1U << 19,
  kWordMonth = 1U << 20,
  kWordWeekday = 1U << 21,
  kWordNotNumberBefore = 1U << 22,
  kWordSubunitGlued = 1U << 23,
};

// An entry of the tables, its id read.
struct QuantityEntry {
  uint32_t word = 0;    // one QuantityWord
  double value = 0;     // number, scale, ordinal, denominator, subunit's part of a unit, month
  std::string_view id;  // canonical unit, currency code, modifier
  std::string_view dimension;
};

class QuantityLexicon {
 public:
  explicit QuantityLexicon(Gazetteer tables);

  // False where no number expression in words begins with this token.
  bool MayBeginNumber(const Token& token) const {
    return (begins_[(token.folded >> 6) % begins_.size()] >> (token.folded & 63U) & 1U) != 0;
  }

  struct Found {
    const QuantityEntry* entry = nullptr;
    uint32_t end = 0;  // token after the phrase
    explicit operator bool() const { return entry != nullptr; }
  };

  // The longest phrase of one of the kinds `words` that begins with token `begin` and ends at or
  // before `limit`.
  Found Longest(std::string_view text, absl::Span<const Token> tokens, uint32_t begin,
                uint32_t limit, uint32_t words) const;

  // The longest phrase of one of the kinds `words` that ends before token `end` and begins at or
  // after `limit`. Found::end is then its first token.
  Found LongestBefore(std::string_view text, absl::Span<const Token> tokens, uint32_t end,
                      uint32_t limit, uint32_t words) const;

 private:
  // Tokens of the longest phrase.
  static constexpr uint32_t kLongestPhrase = 6;

  const QuantityEntry* Fitting(std::string_view text, absl::Span<const Token> tokens,
                               const Gazetteer::Image::Sequence& sequence, uint32_t words) const;

  Gazetteer tables_;
  std::vector<QuantityEntry> entries_;
  std::array<QuantityEntry, 256> plain_entries_;  // of types: names without id
  std::array<uint64_t, 64> begins_ = {};
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_QUANTITY_LEXICON_H_
