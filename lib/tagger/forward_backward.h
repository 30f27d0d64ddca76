// Probabilities of states: the sums over all sequences, in floating point.
//
//   ForwardBackward chain;  // keeps its memory
//   chain.Run(odds, transitions, {});  // odds: exp() of scores
//   chain.probability(i, kUnit + type);

#ifndef NUTGRAF_LIB_TAGGER_FORWARD_BACKWARD_H_
#define NUTGRAF_LIB_TAGGER_FORWARD_BACKWARD_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lib/tagger/states.h"

namespace nutgraf::internal {

// A number a state: lanes, then the outside.
struct alignas(64) StateValues {
  float lanes[kLanes];
  float outside;
  float unused[15];
};

// Scores to odds, so that the largest is 1.
void ToOdds(const float* lanes, StateValues& odds);
// exp() of each.
Transitions<float> ToOdds(const Transitions<float>& scores);

class ForwardBackward {
 public:
  // All states at first and last token have to be those that begin and end names, or outside.
  // False where no sequence is possible.
  bool Run(absl::Span<const StateValues> odds, const Transitions<float>& transitions);

  // Of each token: how probable each state is.
  const StateValues& probabilities(size_t token) const { return probabilities_[token]; }
  // Logarithm of the sum over all sequences, but for what ToOdds() divided by.
  double log_sum() const { return log_sum_; }
  // How probable it is that tokens [begin, end) are a name of that type, no more and no fewer.
  float SpanProbability(absl::Span<const StateValues> odds, const Transitions<float>& transitions,
                        size_t begin, size_t end, size_t type) const;
  // Adds how often each step is expected, times `factor`.
  void AddExpected(absl::Span<const StateValues> odds, const Transitions<float>& transitions,
                   float factor, Transitions<float>& expected) const;

 private:
  std::vector<StateValues> forward_;
  std::vector<StateValues> backward_;
  std::vector<StateValues> probabilities_;
  std::vector<float> scale_;
  double log_sum_ = 0;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_FORWARD_BACKWARD_H_
