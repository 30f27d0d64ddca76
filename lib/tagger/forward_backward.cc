#include "lib/tagger/forward_backward.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nutgraf::internal {

namespace {

// What stands for the token before the first: outside.
constexpr StateValues kBefore = {.lanes = {}, .outside = 1, .unused = {}};

// The sources of a step: outside, then the ends of each type.
void SourcesOf(const StateValues& v, float* sources) {
  sources[0] = v.outside;
  for (size_t t = 0; t < kMostTypes; ++t) sources[t + 1] = v.lanes[kLast + t] + v.lanes[kUnit + t];
}

}  // namespace

void ToOdds(const float* lanes, StateValues& odds) {
  float top = 0;
  for (size_t s = 0; s < kLanes; ++s) top = std::max(top, lanes[s]);
  for (size_t s = 0; s < kLanes; ++s) odds.lanes[s] = std::exp(lanes[s] - top);
  odds.outside = std::exp(-top);
}

Transitions<float> ToOdds(const Transitions<float>& scores) {
  Transitions<float> odds = {};
  const auto all = [](const auto& from, auto& to) {
    for (size_t i = 0; i < std::size(from); ++i) to[i] = std::exp(from[i]);
  };
  for (size_t s = 0; s <= kMostTypes; ++s) all(scores.begin[s], odds.begin[s]);
  for (size_t s = 0; s <= kMostTypes; ++s) odds.outside[s] = std::exp(scores.outside[s]);
  all(scores.first_inner, odds.first_inner);
  all(scores.first_last, odds.first_last);
  all(scores.inner_inner, odds.inner_inner);
  all(scores.inner_last, odds.inner_last);
  return odds;
}

bool ForwardBackward::Run(absl::Span<const StateValues> odds,
                          const Transitions<float>& transitions) {
  const size_t n = odds.size();
  log_sum_ = 0;
  if (n == 0) return true;
  if (forward_.size() < n) {
    forward_.resize(n);
    backward_.resize(n);
    probabilities_.resize(n);
    scale_.resize(n);
  }
  const Transitions<float>& tr = transitions;
  for (size_t i = 0; i < n; ++i) {
    const StateValues& from = i == 0 ? kBefore : forward_[i - 1];
    const StateValues& e = odds[i];
    StateValues& to = forward_[i];
    float sources[kMostTypes + 1];
    SourcesOf(from, sources);
    float begin[kMostTypes] = {};
    float outside = 0;
    for (size_t s = 0; s <= kMostTypes; ++s) {
      for (size_t t = 0; t < kMostTypes; ++t) begin[t] += sources[s] * tr.begin[s][t];
      outside += sources[s] * tr.outside[s];
    }
    for (size_t t = 0; t < kMostTypes; ++t) {
      const float b = from.lanes[kFirst + t], in = from.lanes[kInner + t];
      to.lanes[kFirst + t] = begin[t] * e.lanes[kFirst + t];
      to.lanes[kUnit + t] = begin[t] * e.lanes[kUnit + t];
      to.lanes[kInner + t] = (b * tr.first_inner[t] + in * tr.inner_inner[t]) * e.lanes[kInner + t];
      to.lanes[kLast + t] = (b * tr.first_last[t] + in * tr.inner_last[t]) * e.lanes[kLast + t];
    }
    to.outside = outside * e.outside;
    if (i + 1 == n) {
      for (size_t t = 0; t < kMostTypes; ++t) to.lanes[kFirst + t] = to.lanes[kInner + t] = 0;
    }
    float sum = to.outside;
    for (const float v : to.lanes) sum += v;
    if (!(sum > 0) || !std::isfinite(sum)) return false;
    scale_[i] = 1 / sum;
    log_sum_ += std::log(static_cast<double>(sum));
    for (float& v : to.lanes) v *= scale_[i];
    to.outside *= scale_[i];
  }

  for (size_t i = n; i-- > 0;) {
    StateValues& to = backward_[i];
    if (i + 1 == n) {
      to = {};
      to.outside = 1;
      for (size_t t = 0; t < kMostTypes; ++t) to.lanes[kLast + t] = to.lanes[kUnit + t] = 1;
    } else {
      // The next token's values times its odds.
      const StateValues& next = backward_[i + 1];
      const StateValues& e = odds[i + 1];
      float q[kLanes];
      for (size_t s = 0; s < kLanes; ++s) q[s] = next.lanes[s] * e.lanes[s] * scale_[i + 1];
      const float outside = next.outside * e.outside * scale_[i + 1];
      float ends[kMostTypes + 1];
      for (size_t s = 0; s <= kMostTypes; ++s) {
        float sum = tr.outside[s] * outside;
        for (size_t t = 0; t < kMostTypes; ++t)
          sum += tr.begin[s][t] * (q[kFirst + t] + q[kUnit + t]);
        ends[s] = sum;
      }
      to.outside = ends[0];
      for (size_t t = 0; t < kMostTypes; ++t) {
        to.lanes[kLast + t] = to.lanes[kUnit + t] = ends[t + 1];
        to.lanes[kFirst + t] = tr.first_inner[t] * q[kInner + t] + tr.first_last[t] * q[kLast + t];
        to.lanes[kInner + t] = tr.inner_inner[t] * q[kInner + t] + tr.inner_last[t] * q[kLast + t];
      }
    }
    for (size_t s = 0; s < kLanes; ++s)
      probabilities_[i].lanes[s] = forward_[i].lanes[s] * to.lanes[s];
    probabilities_[i].outside = forward_[i].outside * to.outside;
  }
  return true;
}

float ForwardBackward::SpanProbability(absl::Span<const StateValues> odds,
                                       const Transitions<float>& transitions, size_t begin,
                                       size_t end, size_t type) const {
  if (end - begin == 1) return probabilities_[begin].lanes[kUnit + type];
  float sum = forward_[begin].lanes[kFirst + type];
  for (size_t i = begin + 1; i < end; ++i) {
    const bool last = i + 1 == end, second = i == begin + 1;
    const float step = last ? (second ? transitions.first_last : transitions.inner_last)[type]
                            : (second ? transitions.first_inner : transitions.inner_inner)[type];
    sum *= step * odds[i].lanes[(last ? kLast : kInner) + type] * scale_[i];
  }
  return sum * backward_[end - 1].lanes[kLast + type];
}

void ForwardBackward::AddExpected(absl::Span<const StateValues> odds,
                                  const Transitions<float>& transitions, float factor,
                                  Transitions<float>& expected) const {
  const Transitions<float>& tr = transitions;
  for (size_t i = 0; i < odds.size(); ++i) {
    const StateValues& from = i == 0 ? kBefore : forward_[i - 1];
    const float scale = scale_[i] * factor;
    float q[kLanes];
    for (size_t s = 0; s < kLanes; ++s) q[s] = backward_[i].lanes[s] * odds[i].lanes[s] * scale;
    const float outside = backward_[i].outside * odds[i].outside * scale;
    float sources[kMostTypes + 1];
    SourcesOf(from, sources);
    for (size_t s = 0; s <= kMostTypes; ++s) {
      for (size_t t = 0; t < kMostTypes; ++t)
        expected.begin[s][t] += sources[s] * tr.begin[s][t] * (q[kFirst + t] + q[kUnit + t]);
      expected.outside[s] += sources[s] * tr.outside[s] * outside;
    }
    for (size_t t = 0; t < kMostTypes; ++t) {
      const float b = from.lanes[kFirst + t], in = from.lanes[kInner + t];
      expected.first_inner[t] += b * tr.first_inner[t] * q[kInner + t];
      expected.first_last[t] += b * tr.first_last[t] * q[kLast + t];
      expected.inner_inner[t] += in * tr.inner_inner[t] * q[kInner + t];
      expected.inner_last[t] += in * tr.inner_last[t] * q[kLast + t];
    }
  }
}

}  // namespace nutgraf::internal
