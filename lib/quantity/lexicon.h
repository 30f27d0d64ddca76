// The vocabulary of quantities: data/quantity, compiled to an image of the gazetteer's kind,
// embedded, and unpacked into hash tables when the first extractor is made.
//
// Questions are asked for every number of a text and its neighbours, so they must be cheap: one
// filter of bits keeps the words of the language away, one probe of an open table answers the rest.
// Hashes of 64 bits are trusted here, unlike in the gazetteer: the tables hold some thousand words
// known beforehand, and a word of a text that has the hash of another by chance (one in 10^15) does
// no more harm than a wrong quantity.

#ifndef NUTGRAF_LIB_QUANTITY_LEXICON_H_
#define NUTGRAF_LIB_QUANTITY_LEXICON_H_

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "lib/text/hash.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// What a phrase is; the types of the tables. Bits, so that several can be asked for at once.
enum QuantityWord : uint32_t {
  kWordNumber = 1U << 0,
  kWordScale = 1U << 1,
  kWordScaleSuffix = 1U << 2,
  kWordVagueScale = 1U << 3,
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
  kWordWeekday = 1U << 21,  // and seasons, parts of days
  kWordNotNumberBefore = 1U << 22,
  kWordSubunitGlued = 1U << 23,
  kWordVague = 1U << 24,
  kWordRelative = 1U << 25,
  kWordCount = 1U << 26,
  kWordNotNumberAfter = 1U << 27,
  kWordRate = 1U << 28,
  kWordExtent = 1U << 29,
  kWordChange = 1U << 30,
  kWordMoney = 1U << 31,
};

// Quantities begin with these, or with a number in digits, or with an article.
inline constexpr uint32_t kQuantityBegins = kWordNumber | kWordScale | kWordVagueScale |
                                            kWordVague | kWordOrdinal | kWordFraction |
                                            kWordMultiple | kWordRelative | kWordPercent;

// What a modifier says.
enum class QuantityModifier : uint8_t {
  kNone,
  kAtLeast,
  kAtMost,
  kMoreThan,
  kLessThan,
  kApproximate,
  kSlightlyBelow,
  kSlightlyAbove,
  kOnly,
};

// An entry of the tables, its id read.
struct QuantityEntry {
  uint32_t word = 0;  // one QuantityWord
  QuantityModifier modifier = QuantityModifier::kNone;
  double value = 0;     // number, scale, ordinal, denominator, month; what a subunit or a code with
                        // a scale ("MEUR") is multiplied by; of units the factor to the base unit
  std::string_view id;  // canonical unit, currency code
  std::string_view dimension;
};

class QuantityLexicon {
 public:
  explicit QuantityLexicon(Gazetteer tables);

  // 0 where no quantity begins with this token.
  uint32_t MayBegin(const Token& token) const {
    return begins_[(token.folded >> 6) % begins_.size()] >> (token.folded & 63U) & 1U;
  }

  // The kinds of the phrases that begin with this token.
  uint32_t Begins(const Token& token) const {
    if (!phrases_.MayHold(token.folded)) return 0;
    const Slot* const slot = phrases_.Find(token.folded);
    return slot == nullptr ? 0 : slot->words | slot->longer;
  }

  // The kinds of the phrases that this token is.
  uint32_t KindsOf(const Token& token) const {
    if (!phrases_.MayHold(token.folded)) return 0;
    const Slot* const slot = phrases_.Find(token.folded);
    if (slot == nullptr || slot->words == 0) return 0;
    uint32_t kinds = 0;
    for (const Item* item = phrases_.items(*slot);; ++item) {
      if (item->exact == 0 || item->exact == token.exact) kinds |= item->entry->word;
      if (item->last) return kinds;
    }
  }

  struct Found {
    const QuantityEntry* entry = nullptr;
    uint32_t end = 0;  // token after the phrase
    explicit operator bool() const { return entry != nullptr; }
  };

  // The longest phrase of one of the kinds `words` that begins with token `begin` and ends at or
  // before `limit`.
  Found Longest(absl::Span<const Token> tokens, uint32_t begin, uint32_t limit,
                uint32_t words) const {
    return LongestFrom(tokens[begin].folded, tokens[begin].exact, tokens, begin, limit, words);
  }

  // The same where the first word has these hashes instead of its token's: "km" in "5km".
  Found LongestFrom(uint64_t folded, uint64_t exact, absl::Span<const Token> tokens, uint32_t begin,
                    uint32_t limit, uint32_t words) const {
    if (!phrases_.MayHold(folded)) return {};
    const Slot* const slot = phrases_.Find(folded);
    if (slot == nullptr || ((slot->words | slot->longer) & words) == 0) return {};
    return Longest(*slot, exact, tokens, begin, limit, words);
  }

  // The longest phrase of one of the kinds `words` that ends before token `end` and begins at or
  // after `limit`; only modifiers, currencies, months and what marks identifiers. Found::end is its
  // first token.
  Found LongestBefore(absl::Span<const Token> tokens, uint32_t end, uint32_t limit,
                      uint32_t words) const {
    const Token& last = tokens[end - 1];
    if (!reversed_.MayHold(last.folded)) return {};
    const Slot* const slot = reversed_.Find(last.folded);
    if (slot == nullptr || ((slot->words | slot->longer) & words) == 0) return {};
    return LongestBefore(*slot, tokens, end, limit, words);
  }

  // The sign of a word with these hashes and "$": "US$" of "US"; null where there is none.
  const QuantityEntry* DollarOf(uint64_t folded, uint64_t exact) const;

  // The unit that is `unit` with an exponent, "cubic kilometer"; null where the tables have none.
  const QuantityEntry* Power(const QuantityEntry& unit, int exponent) const;

 private:
  // Tokens of the longest phrase.
  static constexpr uint32_t kLongestPhrase = 6;

  struct Slot {
    uint64_t hash = 0;    // 0: empty
    uint32_t words = 0;   // kinds of the phrases that it is
    uint32_t longer = 0;  // kinds of the longer phrases that begin like this
    uint32_t first = 0;   // of its items
  };
  // A phrase. Those of one sequence of tokens stand in a row.
  struct Item {
    uint64_t exact = 0;  // of its exact form; 0: in any case
    const QuantityEntry* entry = nullptr;
    bool last = false;
  };
  struct Phrase {
    uint64_t hash = 0;
    Item item;
  };

  // What longer phrases begin with.
  struct Prefix {
    uint64_t hash = 0;
    uint32_t words = 0;
  };

  // From the hash of a sequence of tokens to the phrases that it is.
  class Table {
   public:
    void Build(std::vector<Phrase> phrases, const std::vector<Prefix>& prefixes);
    bool MayHold(uint64_t hash) const {
      return (filter_[(hash >> 6) % filter_.size()] >> (hash & 63U) & 1U) != 0;
    }
    const Slot* Find(uint64_t hash) const {
      for (uint64_t i = hash >> 32;; ++i) {
        const Slot& slot = slots_[i & mask_];
        if (slot.hash == hash) return &slot;
        if (slot.hash == 0) return nullptr;
      }
    }
    const Item* items(const Slot& slot) const { return items_.data() + slot.first; }

   private:
    Slot& At(uint64_t hash);

    std::array<uint64_t, 1024> filter_ = {};  // of the first tokens
    std::vector<Slot> slots_;
    std::vector<Item> items_;
    uint64_t mask_ = 0;
  };

  // What Table::Build is made from.
  struct Lists {
    std::vector<Phrase> phrases;
    std::vector<Prefix> prefixes;
  };

  const QuantityEntry& Keep(const QuantityEntry& entry);
  void Add(absl::Span<const Token> tokens, const QuantityEntry& entry, bool any_case,
           Lists& forward, Lists& backward);
  void AddText(std::string_view text, const QuantityEntry& entry, bool any_case, Lists& forward,
               Lists& backward);
  void AddTensCompounds(Lists& forward, Lists& backward);
  Found Longest(const Slot& first, uint64_t exact, absl::Span<const Token> tokens, uint32_t begin,
                uint32_t limit, uint32_t words) const;
  Found LongestBefore(const Slot& last, absl::Span<const Token> tokens, uint32_t end,
                      uint32_t limit, uint32_t words) const;

  Gazetteer tables_;
  std::deque<QuantityEntry> entries_;  // stay where they are
  Table phrases_;
  Table reversed_;
  std::array<uint64_t, 256> begins_ = {};
};

// The vocabulary of the library, made when first asked for.
const std::shared_ptr<const QuantityLexicon>& DefaultQuantityLexicon();

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_QUANTITY_LEXICON_H_
