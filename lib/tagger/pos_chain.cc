#include "lib/tagger/pos_chain.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace nutgraf::internal {

namespace {

// Eight tags at once. The compilers turn it into SSE2, NEON or plain code.
using Eight = int16_t __attribute__((vector_size(16)));

constexpr int16_t kMostScore = 8000;
constexpr int16_t kNever = -16000;

Eight Load(const int16_t* from) {
  Eight value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}
void Store(Eight value, int16_t* to) { std::memcpy(to, &value, sizeof(value)); }
Eight All(int16_t value) { return Eight{value, value, value, value, value, value, value, value}; }
Eight Cut(Eight scores) {
  scores = scores < All(kMostScore) ? scores : All(kMostScore);
  return scores > All(-kMostScore) ? scores : All(-kMostScore);
}

}  // namespace

void PosViterbi::Run(absl::Span<const PosScores> scores, const PosTransitions<int16_t>& transitions,
                     uint8_t* tags) {
  const size_t n = scores.size();
  if (n == 0) return;
  if (from_.size() < n) from_.resize(n);
  // A tag that is so much worse than the best one stands before none of the best sequences.
  const int16_t* const all = transitions.from[0];
  const auto [least, most] = std::minmax_element(all, all + kPosStates * kPosStates);
  const int span = *most - *least;

  int16_t values[kPosStates];
  for (size_t i = 0; i < n; ++i) {
    Eight low = All(kNever), high = All(kNever), low_from = All(0), high_from = All(0);
    if (i == 0) {
      low = Load(transitions.from[kPosStates]);
      high = Load(transitions.from[kPosStates] + 8);
    } else {
      for (size_t s = 0; s < kPosStates; ++s) {
        if (values[s] < -span) continue;
        const Eight low_sum = All(values[s]) + Load(transitions.from[s]);
        const Eight high_sum = All(values[s]) + Load(transitions.from[s] + 8);
        const Eight low_better = low_sum > low, high_better = high_sum > high;
        low = low_better ? low_sum : low;
        high = high_better ? high_sum : high;
        low_from = low_better ? All(static_cast<int16_t>(s)) : low_from;
        high_from = high_better ? All(static_cast<int16_t>(s)) : high_from;
      }
    }
    Store(low_from, from_[i].lanes);
    Store(high_from, from_[i].lanes + 8);
    Store(low + Cut(Load(scores[i].lanes)), values);
    Store(high + Cut(Load(scores[i].lanes + 8)), values + 8);
    // Kept relative to the best, so that they stay in their range.
    const int best = *std::max_element(values, values + kPosStates);
    for (int16_t& value : values) value = static_cast<int16_t>(std::max(value - best, -12000));
  }
  auto tag =
      static_cast<uint8_t>(std::max_element(values, values + kPosStates) - std::begin(values));
  for (size_t i = n; i-- > 0;) {
    tags[i] = tag;
    tag = static_cast<uint8_t>(from_[i].lanes[tag]);
  }
}

void PosForwardBackward::Run(absl::Span<const Values> odds,
                             const PosTransitions<float>& transitions) {
  const size_t n = odds.size();
  for (auto* values : {&forward_, &backward_, &probabilities_})
    if (values->size() < n) values->resize(n);
  const auto scale = [](Values& values) {
    float sum = 1e-30F;
    for (const float v : values.lanes) sum += v;
    for (float& v : values.lanes) v /= sum;
  };
  for (size_t i = 0; i < n; ++i) {
    Values& f = forward_[i];
    if (i == 0) {
      std::copy_n(transitions.from[kPosStates], kPosStates, f.lanes);
    } else {
      std::fill_n(f.lanes, kPosStates, 0.0F);
      for (size_t s = 0; s < kPosStates; ++s)
        for (size_t t = 0; t < kPosStates; ++t)
          f.lanes[t] += forward_[i - 1].lanes[s] * transitions.from[s][t];
    }
    for (size_t t = 0; t < kPosStates; ++t) f.lanes[t] *= odds[i].lanes[t];
    scale(f);
  }
  std::fill_n(backward_[n - 1].lanes, kPosStates, 1.0F);
  for (size_t i = n - 1; i-- > 0;) {
    Values next;
    for (size_t t = 0; t < kPosStates; ++t)
      next.lanes[t] = odds[i + 1].lanes[t] * backward_[i + 1].lanes[t];
    for (size_t s = 0; s < kPosStates; ++s) {
      float sum = 0;
      for (size_t t = 0; t < kPosStates; ++t) sum += transitions.from[s][t] * next.lanes[t];
      backward_[i].lanes[s] = sum;
    }
    scale(backward_[i]);
  }
  for (size_t i = 0; i < n; ++i) {
    Values& p = probabilities_[i];
    for (size_t t = 0; t < kPosStates; ++t)
      p.lanes[t] = forward_[i].lanes[t] * backward_[i].lanes[t];
    scale(p);
  }
}

void PosForwardBackward::AddExpected(absl::Span<const Values> odds,
                                     const PosTransitions<float>& transitions, float factor,
                                     PosTransitions<float>& expected) const {
  for (size_t t = 0; t < kPosStates; ++t)
    expected.from[kPosStates][t] += factor * probabilities_[0].lanes[t];
  for (size_t i = 1; i < odds.size(); ++i) {
    float steps[kPosStates][kPosStates];
    float sum = 1e-30F;
    for (size_t s = 0; s < kPosStates; ++s) {
      for (size_t t = 0; t < kPosStates; ++t) {
        steps[s][t] = forward_[i - 1].lanes[s] * transitions.from[s][t] * odds[i].lanes[t] *
                      backward_[i].lanes[t];
        sum += steps[s][t];
      }
    }
    for (size_t s = 0; s < kPosStates; ++s)
      for (size_t t = 0; t < kPosStates; ++t) expected.from[s][t] += factor * steps[s][t] / sum;
  }
}

}  // namespace nutgraf::internal
