// The noun phrase that a number counts, without a tagger: by word lists and word forms.

#ifndef NUTGRAF_LIB_QUANTITY_NOUN_PHRASE_H_
#define NUTGRAF_LIB_QUANTITY_NOUN_PHRASE_H_

#include <cstdint>
#include <string_view>

#include "lib/quantity/sentence_view.h"
#include "nutgraf/span.h"

namespace nutgraf::internal {

class NounPhraseReader {
 public:
  // `view` must outlive the reader.
  explicit NounPhraseReader(const SentenceView& view) : view_(view) {}

  // True where a noun phrase with a plural noun begins at i.
  bool PluralAt(uint32_t i) const;
  // The noun phrase at i: its words up to its head. Without a tagger the head is the first plural
  // noun, or, where there is none, what stands before the next function word or mark. {0, 0} where
  // there is none.
  ByteSpan NounPhrase(uint32_t i, bool with_determiner, bool singular) const;

  // The noun phrase that ends before token `end`, without determiner; from token `limit` on. Where
  // it hangs on a preposition it is that before it.
  ByteSpan NounPhraseBefore(uint32_t end, uint32_t limit) const;
  // The head of a noun phrase from token i on, in the singular: "goal" for "winning goals". Empty
  // where it has no plural.
  std::string_view CountedUnit(uint32_t i, ByteSpan phrase) const;

  // "returned" in "the third-largest harbor returned to work": what ends in -ed and has no noun
  // after it.
  bool IsPastVerb(uint32_t i) const;

 private:
  bool IsDeterminer(uint32_t i) const;

  const SentenceView& view_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_QUANTITY_NOUN_PHRASE_H_
