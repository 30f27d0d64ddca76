// Runs of capitalised words: what may be one name.

#ifndef NUTGRAF_LIB_ENTITY_CAPITAL_RUN_H_
#define NUTGRAF_LIB_ENTITY_CAPITAL_RUN_H_

#include <cstdint>

#include "absl/types/span.h"
#include "lib/entity/name_words.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// A capitalised word that may be part of a name.
inline bool IsNameWord(const Token& token, const NameWords& words) {
  if (!token.IsWord() || !token.Has(kUpperFirst) || token.Has(kClitic)) return false;
  // "US" and "WHO" are no pronouns.
  return token.IsAllUpper() || (words.Get(token.folded) & NameWords::kStop) == 0;
}

// True where token i goes on the run that token i - 1 is part of: a name word, or "&" or the hyphen
// of a compound with name words on both sides. Requires i > 0.
inline bool GoesOn(absl::Span<const Token> tokens, uint32_t i, const NameWords& words) {
  const Token& token = tokens[i];
  if (token.Has(kAfterNewline | kAfterBlank)) return false;
  if (IsNameWord(token, words)) return true;
  const bool joins = token.lead == '&' || token.Has(kCompound);
  return joins && i + 1 < tokens.size() && IsNameWord(tokens[i + 1], words);
}

// True where most words of the sentence are capitalised and no period ends it, or where all is in
// capitals: a headline.
inline bool IsHeadline(absl::Span<const Token> tokens, const Sentence& sentence) {
  uint32_t words = 0, capitals = 0;
  bool lower = false;
  for (uint32_t i = sentence.tokens.begin; i < sentence.tokens.end; ++i) {
    if (!tokens[i].IsWord() || tokens[i].Has(kClitic)) continue;
    ++words;
    if (tokens[i].Has(kUpperFirst)) ++capitals;
    lower = lower || tokens[i].Has(kLower);
  }
  const bool period = !sentence.tokens.empty() && tokens[sentence.tokens.end - 1].lead == '.';
  return words >= 4 && capitals * 10 >= words * 7 && (!period || !lower);
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_ENTITY_CAPITAL_RUN_H_
