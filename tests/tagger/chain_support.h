// A slow chain: all sequences of states, one after the other.

#ifndef NUTGRAF_TESTS_TAGGER_CHAIN_SUPPORT_H_
#define NUTGRAF_TESTS_TAGGER_CHAIN_SUPPORT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lib/tagger/random.h"
#include "lib/tagger/states.h"

namespace nutgraf::testing {

// From -most to most.
inline int16_t Any(internal::Random& random, int most) {
  const uint64_t values = 2 * static_cast<uint64_t>(most) + 1;
  return static_cast<int16_t>(static_cast<int>(random.Below(values)) - most);
}

// The source (outside, or 1 + type) that a state is for the next token; nothing where a name is open
// after it.
inline std::optional<size_t> EndOf(size_t state) {
  if (state == internal::kOutside) return 0;
  if (state >= internal::kLast) return 1 + state % internal::kMostTypes;
  return std::nullopt;
}

// What the step is worth; nothing where it is not possible.
template <class Number>
std::optional<Number> Step(const internal::Transitions<Number>& tr, size_t from, size_t to) {
  const std::optional<size_t> source = EndOf(from);
  const size_t type = to % internal::kMostTypes;
  if (to == internal::kOutside) {
    if (!source) return std::nullopt;
    return tr.outside[*source];
  }
  const bool begins = to < internal::kInner || to >= internal::kUnit;
  if (begins != source.has_value()) return std::nullopt;
  if (begins) return tr.begin[*source][type];
  if (from % internal::kMostTypes != type) return std::nullopt;
  const bool last = to >= internal::kLast;
  if (from < internal::kInner) return last ? tr.first_last[type] : tr.first_inner[type];
  return last ? tr.inner_last[type] : tr.inner_inner[type];
}

// Calls `use` with each possible sequence of `n` states and the sum of its steps.
template <class Number, class Use>
void ForEachPath(const internal::Transitions<Number>& tr, size_t n, Use use) {
  std::vector<size_t> path(n, 0);
  const auto go = [&](const auto& self, size_t i, double sum) -> void {
    const size_t from = i == 0 ? internal::kOutside : path[i - 1];
    if (i == n) {
      if (EndOf(from)) use(path, sum);
      return;
    }
    for (size_t to = 0; to < internal::kStates; ++to) {
      const std::optional<Number> step = Step(tr, from, to);
      if (!step) continue;
      path[i] = to;
      self(self, i + 1, sum + static_cast<double>(*step));
    }
  };
  go(go, 0, 0);
}

}  // namespace nutgraf::testing

#endif  // NUTGRAF_TESTS_TAGGER_CHAIN_SUPPORT_H_
