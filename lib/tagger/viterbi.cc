#include "lib/tagger/viterbi.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace nutgraf::internal {

namespace {

// Eight types at once. The compilers turn it into SSE2, NEON or plain code.
using Eight = int16_t __attribute__((vector_size(16)));
static_assert(sizeof(Eight) == kMostTypes * sizeof(int16_t));

// Less than every sum of scores that a path has, and far enough from the end of the range.
constexpr int16_t kNever = -16000;

Eight Load(const int16_t* from) {
  Eight value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}
Eight All(int16_t value) { return Eight{value, value, value, value, value, value, value, value}; }
Eight Max(Eight a, Eight b) { return a > b ? a : b; }

uint8_t Bits(Eight mask) {
  uint32_t bits = 0;
  for (uint32_t t = 0; t < kMostTypes; ++t) bits |= (mask[t] != 0 ? 1U : 0U) << t;
  return static_cast<uint8_t>(bits);
}

Eight Cut(Eight scores) {
  return Max(scores < All(kMostScore) ? scores : All(kMostScore), All(-kMostScore));
}

}  // namespace

void Viterbi::Run(absl::Span<const TokenScores> scores, const Transitions<int16_t>& transitions,
                  uint32_t first, std::vector<TaggedSpan>& spans) {
  const size_t n = scores.size();
  if (n == 0) return;
  if (backs_.size() < n) backs_.resize(n);

  Eight begin_from[kMostTypes + 1];
  for (size_t s = 0; s <= kMostTypes; ++s) begin_from[s] = Load(transitions.begin[s]);
  const Eight first_inner = Load(transitions.first_inner),
              first_last = Load(transitions.first_last);
  const Eight inner_inner = Load(transitions.inner_inner),
              inner_last = Load(transitions.inner_last);
  const Eight outside_from = Load(transitions.outside + 1);

  // Before the text is outside. All scores are kept relative to the best one.
  int16_t outside = 0;
  Eight ends = All(kNever), firsts = All(kNever), inners = All(kNever);
  for (size_t i = 0; i < n; ++i) {
    Back& back = backs_[i];
    // What begins.
    Eight best = All(outside) + begin_from[0], source = All(0);
    for (size_t t = 0; t < kMostTypes; ++t) {
      const Eight way = All(ends[t]) + begin_from[t + 1];
      const Eight better = way > best;
      best = better ? way : best;
      source = better ? All(static_cast<int16_t>(t + 1)) : source;
    }
    std::memcpy(back.begin, &source, sizeof(source));
    // What stays outside.
    int best_outside = outside + transitions.outside[0];
    back.outside = 0;
    const Eight from_names = ends + outside_from;
    for (size_t t = 0; t < kMostTypes; ++t) {
      if (from_names[t] > best_outside) {
        best_outside = from_names[t];
        back.outside = static_cast<uint8_t>(t + 1);
      }
    }
    // What goes on.
    const Eight inner_a = firsts + first_inner, inner_b = inners + inner_inner;
    const Eight last_a = firsts + first_last, last_b = inners + inner_last;
    back.inner = Bits(inner_b > inner_a);
    back.last = Bits(last_b > last_a);

    const int16_t* const lanes = scores[i].lanes;
    const Eight lasts = Max(last_a, last_b) + Cut(Load(lanes + kLast));
    const Eight units = best + Cut(Load(lanes + kUnit));
    back.ends = Bits(units > lasts);
    ends = Max(lasts, units);
    inners = Max(inner_a, inner_b) + Cut(Load(lanes + kInner));
    firsts = best + Cut(Load(lanes + kFirst));

    const Eight of_types = Max(Max(ends, inners), firsts);
    int top = best_outside;
    for (size_t t = 0; t < kMostTypes; ++t) top = std::max<int>(top, of_types[t]);
    const Eight down = All(static_cast<int16_t>(top));
    ends = Max(ends - down, All(kNever));
    inners = Max(inners - down, All(kNever));
    firsts = Max(firsts - down, All(kNever));
    outside = static_cast<int16_t>(std::max<int>(best_outside - top, kNever));
  }

  // Back from the best end.
  uint32_t source = 0;
  int16_t top = outside;
  for (uint32_t t = 0; t < kMostTypes; ++t) {
    if (ends[t] > top) {
      top = ends[t];
      source = t + 1;
    }
  }
  const size_t before = spans.size();
  for (size_t i = n; i-- > 0;) {
    if (source == 0) {
      source = backs_[i].outside;
      continue;
    }
    const uint32_t type = source - 1;
    const size_t last = i;
    if ((backs_[i].ends >> type & 1U) == 0) {
      // A last token: inner ones before it, then the first.
      bool inner = (backs_[i].last >> type & 1U) != 0;
      while (i > 0) {
        --i;
        if (!inner) break;
        inner = (backs_[i].inner >> type & 1U) != 0;
      }
    }
    spans.push_back(
        {first + static_cast<uint32_t>(i), first + static_cast<uint32_t>(last) + 1, type});
    source = static_cast<uint32_t>(backs_[i].begin[type]);
  }
  std::reverse(spans.begin() + static_cast<ptrdiff_t>(before), spans.end());
}

}  // namespace nutgraf::internal
