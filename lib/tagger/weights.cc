#include "lib/tagger/weights.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace nutgraf::internal {

namespace {

void Step(float* weights, float* squares, const float* gradient, float value, float rate,
          size_t n) {
  for (size_t s = 0; s < n; ++s) {
    const float g = gradient[s] * value;
    squares[s] += g * g;
    weights[s] += rate * g / std::sqrt(squares[s] + 1e-8F);
  }
}

// Types that a model does not have never begin.
constexpr float kNever = -60;

}  // namespace

void ChainWeights::Reset(size_t rows, size_t types) {
  rows_.resize(rows);
  sums_.assign(rows, Sum{});
  bias_sum_ = {};
  transition_sum_ = {};
  remembered_ = 0;
  Restart(types);
}

void ChainWeights::Restart(size_t types) {
  rows_.assign(rows_.size(), Row{});
  bias_ = {};
  transitions_ = {};
  transition_squares_ = {};
  for (size_t s = 0; s <= kMostTypes; ++s)
    for (size_t t = types; t < kMostTypes; ++t) transitions_.begin[s][t] = kNever;
}

void ChainWeights::Score(const Sequence& sequence, size_t token, float* lanes) const {
  std::memcpy(lanes, bias_.weights, sizeof(bias_.weights));
  const Sequence::Token& t = sequence.tokens[token];
  const auto add = [&](uint32_t begin, uint32_t end, float value) {
    for (uint32_t f = begin; f < end; ++f) {
      const float* const row = rows_[sequence.rows[f]].weights;
      for (size_t s = 0; s < kLanes; ++s) lanes[s] += row[s] * value;
    }
  };
  add(t.begin, t.contexts, sequence.value);
  add(t.contexts, t.end, t.context_value);
}

void ChainWeights::UpdateRows(const Sequence& sequence, const std::vector<StateValues>& gradient,
                              size_t part, size_t parts, float rate) {
  for (size_t i = 0; i < sequence.size(); ++i) {
    const float* const g = gradient[i].lanes;
    float most = 0;
    for (size_t s = 0; s < kLanes; ++s) most = std::max(most, std::abs(g[s]));
    if (most < 0.002F) continue;
    const Sequence::Token& t = sequence.tokens[i];
    for (uint32_t f = t.begin; f < t.end; ++f) {
      const uint32_t r = sequence.rows[f];
      if (parts > 1 && r % parts != part) continue;
      Row& row = rows_[r];
      Step(row.weights, row.squares, g, f < t.contexts ? sequence.value : t.context_value, rate,
           kLanes);
    }
  }
}

void ChainWeights::UpdateChain(const std::vector<StateValues>& gradient, size_t tokens,
                               const Transitions<float>& transitions, float rate) {
  float sum[kLanes] = {};
  for (size_t i = 0; i < tokens; ++i)
    for (size_t s = 0; s < kLanes; ++s) sum[s] += gradient[i].lanes[s];
  Step(bias_.weights, bias_.squares, sum, 1, rate, kLanes);
  for (size_t s = 0; s <= kMostTypes; ++s)
    Step(transitions_.begin[s], transition_squares_.begin[s], transitions.begin[s], 1, rate,
         kMostTypes);
  Step(transitions_.outside, transition_squares_.outside, transitions.outside, 1, rate, 16);
  Step(transitions_.first_inner, transition_squares_.first_inner, transitions.first_inner, 1, rate,
       kMostTypes);
  Step(transitions_.first_last, transition_squares_.first_last, transitions.first_last, 1, rate,
       kMostTypes);
  Step(transitions_.inner_inner, transition_squares_.inner_inner, transitions.inner_inner, 1, rate,
       kMostTypes);
  Step(transitions_.inner_last, transition_squares_.inner_last, transitions.inner_last, 1, rate,
       kMostTypes);
}

void ChainWeights::Remember() {
  const auto add = [](const float* from, float* to, size_t n) {
    for (size_t i = 0; i < n; ++i) to[i] += from[i];
  };
  for (size_t r = 0; r < rows_.size(); ++r) add(rows_[r].weights, sums_[r].weights, kLanes);
  add(bias_.weights, bias_sum_.weights, kLanes);
  add(&transitions_.begin[0][0], &transition_sum_.begin[0][0],
      sizeof(transitions_) / sizeof(float));
  ++remembered_;
}

void ChainWeights::Quantize(ModelParts& parts) const {
  // One weight in 20,000 may be cut off.
  std::vector<float> sizes;
  const auto weights = [&](size_t r) {
    return remembered_ > 0 ? sums_[r].weights : rows_[r].weights;
  };
  const float factor = remembered_ > 0 ? 1 / remembered_ : 1;
  for (size_t r = 0; r < rows_.size(); ++r)
    for (size_t s = 0; s < kLanes; ++s)
      if (weights(r)[s] != 0) sizes.push_back(std::abs(weights(r)[s] * factor));
  float largest = 1;
  if (!sizes.empty()) {
    const auto at = sizes.begin() + static_cast<ptrdiff_t>(sizes.size() - 1 - sizes.size() / 20000);
    std::nth_element(sizes.begin(), at, sizes.end());
    largest = std::max(*at, 0.1F);
  }
  parts.unit = largest / 127;
  const float scale = 1 / parts.unit;
  parts.rows.resize(rows_.size());
  for (size_t r = 0; r < rows_.size(); ++r) {
    for (size_t s = 0; s < kLanes; ++s)
      parts.rows[r].weights[s] = static_cast<int8_t>(
          std::lround(std::clamp(weights(r)[s] * factor * scale, -127.0F, 127.0F)));
  }
  const auto quantized = [&](const float* from, int16_t* to, size_t n) {
    for (size_t i = 0; i < n; ++i)
      to[i] = static_cast<int16_t>(
          std::lround(std::clamp(from[i] * factor * scale, -2000.0F, 2000.0F)));
  };
  const bool average = remembered_ > 0;
  quantized(average ? bias_sum_.weights : bias_.weights, parts.chain.bias, kLanes);
  const Transitions<float>& from = average ? transition_sum_ : transitions_;
  Transitions<int16_t>& to = parts.chain.transitions;
  for (size_t s = 0; s <= kMostTypes; ++s) quantized(from.begin[s], to.begin[s], kMostTypes);
  quantized(from.outside, to.outside, 16);
  quantized(from.first_inner, to.first_inner, kMostTypes);
  quantized(from.first_last, to.first_last, kMostTypes);
  quantized(from.inner_inner, to.inner_inner, kMostTypes);
  quantized(from.inner_last, to.inner_last, kMostTypes);
}

}  // namespace nutgraf::internal
