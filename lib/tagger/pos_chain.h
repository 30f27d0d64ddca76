// A chain of tags: every tag may follow every other. Sixteen states, the tags without SYM, whose tokens
// a table tells from PUNCT.

#ifndef NUTGRAF_LIB_TAGGER_POS_CHAIN_H_
#define NUTGRAF_LIB_TAGGER_POS_CHAIN_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace nutgraf::internal {

inline constexpr size_t kPosStates = 16;

// What a step from one tag to the next is worth; row 16: from before the sentence.
template <class Number>
struct PosTransitions {
  Number from[kPosStates + 1][kPosStates];
};

struct alignas(32) PosScores {
  int16_t lanes[kPosStates];
};

// The best sequence of tags.
class PosViterbi {
 public:
  // Writes a tag a token. Scores are cut to [-8000, 8000], transitions are in [-2000, 2000].
  void Run(absl::Span<const PosScores> scores, const PosTransitions<int16_t>& transitions,
           uint8_t* tags);

 private:
  std::vector<PosScores> from_;  // of each token and tag: the tag before it
};

// Probabilities of tags, for training.
class PosForwardBackward {
 public:
  struct Values {
    float lanes[kPosStates];
  };

  // `odds`: exp() of scores, the largest of a token 1. `transitions`: exp() of theirs.
  void Run(absl::Span<const Values> odds, const PosTransitions<float>& transitions);

  const Values& probabilities(size_t token) const { return probabilities_[token]; }
  // Adds how often each step is expected, times `factor`.
  void AddExpected(absl::Span<const Values> odds, const PosTransitions<float>& transitions,
                   float factor, PosTransitions<float>& expected) const;

 private:
  std::vector<Values> forward_, backward_, probabilities_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_POS_CHAIN_H_
