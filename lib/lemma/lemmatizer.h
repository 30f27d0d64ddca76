// Lemmas: the form in which dictionaries have a word, by its part of speech. Irregular forms and the
// endings of stems that take an e stand in data/lexicon/lemmas.tsv; the rest is rules.
//
//   Lemmatizer::Default().Lemma(text, token, PosTag::kVerb, document.strings());  // "make" for "Making"

#ifndef NUTGRAF_LIB_LEMMA_LEMMATIZER_H_
#define NUTGRAF_LIB_LEMMA_LEMMATIZER_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/part_of_speech.h"
#include "nutgraf/string_pool.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

class Lemmatizer {
 public:
  // A view into the text, into static data or into `strings`.
  std::string_view Lemma(std::string_view text, const Token& token, PosTag tag,
                         StringPool& strings) const;

  // The embedded table. Made at the first call.
  static const Lemmatizer& Default();

 private:
  struct Stem;

  Lemmatizer();
  void Add(uint64_t folded, PosTag tag, std::string_view lemma);
  const std::string_view* Find(uint64_t folded, PosTag tag) const;
  bool TakesE(std::string_view stem) const;
  Stem Verb(std::string_view word) const;
  Stem Noun(std::string_view word) const;

  Gazetteer table_;                                         // holds the strings
  absl::flat_hash_map<uint64_t, std::string_view> lemmas_;  // by folded hash and tag
  std::array<uint64_t, 1024> known_ = {};                   // a bit of each word's hash
  absl::flat_hash_map<uint64_t, bool> takes_e_;             // by hash of the stem's ending
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_LEMMA_LEMMATIZER_H_
