// The features of a token: numbers that say what is to be seen at it and around it. Training and
// recognition share this code; a change of what it gives raises kFeatureVersion.
//
// Features of one word depend on its bytes only, so that recognition can add up their weights once
// for each place that the word may have beside a token (Neighbour). The others are asked for each
// token.

#ifndef NUTGRAF_LIB_TAGGER_FEATURES_H_
#define NUTGRAF_LIB_TAGGER_FEATURES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "lib/tagger/document_view.h"
#include "lib/tagger/word_table.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// Where a word stands, seen from the token that is decided.
enum Neighbour : uint32_t {
  kTwoBefore = 0,
  kBefore,
  kHere,
  kAfter,
  kTwoAfter,
  kContextBefore,  // before another occurrence of the token's word
  kContextAfter,
  kNeighbours,
};

// Features as hashes; the lexical ones, which know the word itself, come first.
struct Features {
  static constexpr uint32_t kMost = 64;
  uint32_t hashes[kMost];
  uint32_t lexical = 0;
  uint32_t count = 0;

  void Add(uint32_t hash) {
    if (count < kMost) hashes[count++] = hash;
  }
  void Clear() { lexical = count = 0; }
};

// What the features of pairs ask of a word.
struct WordInfo {
  uint64_t folded;
  uint32_t shape;  // hash of how it is written
  WordClasses classes;
};

WordInfo DescribeWord(std::string_view text, const Token& token, const WordTable& words);

// Appends the features that a word gives at a place.
void AddWordFeatures(std::string_view text, const Token& token, const WordInfo& word,
                     Neighbour place, Features& features);

// The words around a token; null pointers outside the sentence.
struct Window {
  const WordInfo* words[5];           // two before, ..., two after
  const WordInfo* run_words[4] = {};  // first and last of the run, before and after it
};

// Appends the features of a token that need more than one word: pairs, what the document knows of
// it.
void AddTokenFeatures(const Window& window, const DocumentView& document, uint32_t token,
                      Features& features);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_FEATURES_H_
