#include "lib/tagger/viterbi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <vector>

#include "lib/tagger/random.h"
#include "tests/tagger/chain_support.h"

namespace nutgraf::internal {
namespace {

Transitions<int16_t> AnyTransitions(Random& random, int most) {
  Transitions<int16_t> tr = {};
  for (size_t s = 0; s <= kMostTypes; ++s) {
    for (auto& v : tr.begin[s]) v = testing::Any(random, most);
    tr.outside[s] = testing::Any(random, most);
  }
  for (auto* row : {tr.first_inner, tr.first_last, tr.inner_inner, tr.inner_last})
    for (size_t t = 0; t < kMostTypes; ++t) row[t] = testing::Any(random, most);
  return tr;
}

// What the found names say about each token.
std::vector<size_t> PathOf(const std::vector<TaggedSpan>& spans, uint32_t first, size_t n) {
  std::vector<size_t> path(n, kOutside);
  for (const TaggedSpan& span : spans) {
    for (uint32_t i = span.begin; i < span.end; ++i) {
      const size_t place = span.end - span.begin == 1 ? kUnit
                           : i == span.begin          ? kFirst
                           : i + 1 == span.end        ? kLast
                                                      : kInner;
      path[i - first] = place + span.type;
    }
  }
  return path;
}

double ScoreOf(const std::vector<TokenScores>& scores, const Transitions<int16_t>& tr,
               const std::vector<size_t>& path) {
  double sum = 0;
  size_t from = kOutside;
  for (size_t i = 0; i < path.size(); ++i) {
    const auto step = testing::Step(tr, from, path[i]);
    if (!step) return -std::numeric_limits<double>::infinity();
    sum += *step + (path[i] == kOutside ? 0 : scores[i].lanes[path[i]]);
    from = path[i];
  }
  return testing::EndOf(from) ? sum : -std::numeric_limits<double>::infinity();
}

TEST(ViterbiTest, IsAsGoodAsTheBestOfAllSequences) {
  Viterbi viterbi;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed, 1, 1);
    const size_t n = 1 + random.Below(4);
    const Transitions<int16_t> tr = AnyTransitions(random, 300);
    std::vector<TokenScores> scores(n);
    for (TokenScores& s : scores)
      for (auto& lane : s.lanes) lane = testing::Any(random, 500);
    std::vector<TaggedSpan> spans;
    viterbi.Run(scores, tr, 10, spans);
    double best = -std::numeric_limits<double>::infinity();
    testing::ForEachPath(tr, n, [&](const std::vector<size_t>& path, double sum) {
      for (size_t i = 0; i < n; ++i) sum += path[i] == kOutside ? 0 : scores[i].lanes[path[i]];
      best = std::max(best, sum);
    });
    EXPECT_EQ(ScoreOf(scores, tr, PathOf(spans, 10, n)), best) << "seed " << seed;
  }
}

TEST(ViterbiTest, KeepsToItsRangeWithTheLargestScores) {
  Viterbi viterbi;
  Random random(7, 1, 1);
  const Transitions<int16_t> tr = AnyTransitions(random, 2000);
  std::vector<TokenScores> scores(500);
  for (TokenScores& s : scores)
    for (auto& lane : s.lanes)
      lane = random.Chance(0.5F) ? std::numeric_limits<int16_t>::max()
                                 : std::numeric_limits<int16_t>::min();
  std::vector<TaggedSpan> spans;
  viterbi.Run(scores, tr, 0, spans);
  uint32_t end = 0;
  for (const TaggedSpan& span : spans) {
    EXPECT_GE(span.begin, end);
    EXPECT_GT(span.end, span.begin);
    EXPECT_LT(span.type, kMostTypes);
    end = span.end;
  }
  EXPECT_LE(end, scores.size());
}

TEST(ViterbiTest, FindsNothingInNothing) {
  Viterbi viterbi;
  std::vector<TaggedSpan> spans;
  viterbi.Run({}, Transitions<int16_t>{}, 0, spans);
  EXPECT_THAT(spans, ::testing::IsEmpty());
}

}  // namespace
}  // namespace nutgraf::internal
