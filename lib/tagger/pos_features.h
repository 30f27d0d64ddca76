// The features of a token for its part of speech. As with those of names (features.h), training and
// tagging share this code, and a change raises kFeatureVersion.

#ifndef NUTGRAF_LIB_TAGGER_POS_FEATURES_H_
#define NUTGRAF_LIB_TAGGER_POS_FEATURES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lib/tagger/features.h"
#include "lib/tagger/pos_chain.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// Features of single words, by the word's place: two before, before, here, after, two after.
struct PosWords {
  static constexpr size_t kLanes = kPosStates;
  static constexpr uint32_t kPlaces = 5;
  static constexpr uint32_t kHere = 2;
  static void AddFeatures(std::string_view text, const Token& token, const WordInfo& word,
                          uint32_t place, Features& features);
};

// How a sentence is written.
enum PosStyle : uint32_t {
  kPosAllUpper = 1,   // all letters are capitals
  kPosAllLower = 2,   // none is
  kPosHeadline = 3,   // most words begin with one
  kPosFirstWord = 4,  // added for the first word
};
uint32_t PosStyleOf(const Token* tokens, size_t count);

// Features of a token and the words around it; null pointers outside the sentence.
void AddPosFeatures(const WordInfo* const (&words)[5], const Token& token, uint32_t style,
                    Features& features);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_POS_FEATURES_H_
