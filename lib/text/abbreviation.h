// Abbreviations that keep their period, and words that open a sentence: small tables that are part
// of the tokenizer and of the sentence splitter, compiled from data/lexicon by
// tools/abbreviation_table.py.
//
//   FindAbbreviation(HashBytes("mr")) & kAbbreviationTitle

#ifndef NUTGRAF_LIB_TEXT_ABBREVIATION_H_
#define NUTGRAF_LIB_TEXT_ABBREVIATION_H_

#include <cstdint>

namespace nutgraf::internal {

enum AbbreviationFlags : uint8_t {
  kAbbreviationTitle = 1,         // stands before a name: no sentence ends there
  kAbbreviationCapital = 2,       // only with an upper-case first letter
  kAbbreviationBeforeNumber = 4,  // only before a number
  kAbbreviationFinal = 8,         // may be the last word of a sentence
  kSentenceStarter = 16,          // not an abbreviation: a word that, capitalised, opens a sentence
};
inline constexpr uint8_t kAnyAbbreviation =
    kAbbreviationTitle | kAbbreviationCapital | kAbbreviationBeforeNumber | kAbbreviationFinal;

struct LexiconSlot {
  uint64_t hash;
  uint8_t flags;
};

#include "lib/text/abbreviation_table.inc"

// Flags of the word with this folded hash; 0 where it is in no table.
inline uint8_t FindAbbreviation(uint64_t folded_hash) {
  constexpr uint64_t kMask = sizeof(kLexiconSlots) / sizeof(kLexiconSlots[0]) - 1;
  for (uint64_t i = folded_hash & kMask; kLexiconSlots[i].flags != 0; i = (i + 1) & kMask) {
    if (kLexiconSlots[i].hash == folded_hash) return kLexiconSlots[i].flags;
  }
  return 0;
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_ABBREVIATION_H_
