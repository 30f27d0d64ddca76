// Weights while they are learned: AdaGrad, in floating point; and the step to the image's integers.

#ifndef NUTGRAF_LIB_TAGGER_WEIGHTS_H_
#define NUTGRAF_LIB_TAGGER_WEIGHTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lib/tagger/forward_backward.h"
#include "lib/tagger/model.h"
#include "lib/tagger/states.h"
#include "lib/tagger/train_document.h"

namespace nutgraf::internal {

class ChainWeights {
 public:
  void Reset(size_t rows, size_t types);
  // Begins anew, but what was remembered stays.
  void Restart(size_t types);
  size_t row_count() const { return rows_.size(); }
  const Transitions<float>& transitions() const { return transitions_; }

  // The scores of a token's states.
  void Score(const Sequence& sequence, size_t token, float* lanes) const;

  // A step along the gradient for the rows of the sequence's features that belong to part `part` of
  // `parts`: each row has one order of steps, whatever the number of parts.
  void UpdateRows(const Sequence& sequence, const std::vector<StateValues>& gradient, size_t part,
                  size_t parts, float rate);
  void UpdateChain(const std::vector<StateValues>& gradient, size_t tokens,
                   const Transitions<float>& transitions, float rate);

  // Counts the weights as they are now towards those that Quantize() gives: their average, which
  // knows other texts better than the last ones do.
  void Remember();

  // Sets rows, bias, transitions and unit.
  void Quantize(ModelParts& parts) const;

 private:
  struct Row {
    float weights[kLanes];
    float squares[kLanes];
  };
  struct Sum {
    float weights[kLanes];
  };
  std::vector<Row> rows_;
  std::vector<Sum> sums_;
  Sum bias_sum_ = {};
  Transitions<float> transition_sum_ = {};
  float remembered_ = 0;
  Row bias_ = {};
  Transitions<float> transitions_ = {};
  Transitions<float> transition_squares_ = {};
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_WEIGHTS_H_
