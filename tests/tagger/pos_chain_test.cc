#include "lib/tagger/pos_chain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "lib/tagger/random.h"
#include "tests/tagger/chain_support.h"

namespace nutgraf::internal {
namespace {

PosTransitions<int16_t> AnyTransitions(Random& random, int most) {
  PosTransitions<int16_t> tr = {};
  for (auto& from : tr.from)
    for (int16_t& v : from) v = testing::Any(random, most);
  return tr;
}

std::vector<PosScores> AnyScores(Random& random, size_t n, int most) {
  std::vector<PosScores> scores(n);
  for (PosScores& s : scores)
    for (int16_t& v : s.lanes) v = testing::Any(random, most);
  return scores;
}

int64_t ScoreOf(const std::vector<PosScores>& scores, const PosTransitions<int16_t>& tr,
                const std::vector<uint8_t>& tags) {
  int64_t sum = 0;
  size_t from = kPosStates;
  for (size_t i = 0; i < tags.size(); ++i) {
    sum += tr.from[from][tags[i]] + scores[i].lanes[tags[i]];
    from = tags[i];
  }
  return sum;
}

// Calls `use` with each sequence of that length.
template <class Use>
void ForEachSequenceOf(size_t n, Use use) {
  std::vector<uint8_t> tags(n);
  while (true) {
    use(tags);
    size_t i = 0;
    while (i < n && ++tags[i] == kPosStates) tags[i++] = 0;
    if (i == n) return;
  }
}

TEST(PosViterbiTest, IsAsGoodAsTheBestOfAllSequences) {
  PosViterbi viterbi;
  for (uint64_t seed = 0; seed < 30; ++seed) {
    Random random(seed, 1, 2);
    const size_t n = 1 + random.Below(4);
    const int most = seed % 2 == 0 ? 40 : 1000;
    const PosTransitions<int16_t> tr = AnyTransitions(random, most);
    const std::vector<PosScores> scores = AnyScores(random, n, most);
    int64_t best = INT64_MIN;
    ForEachSequenceOf(n, [&](const std::vector<uint8_t>& tags) {
      best = std::max(best, ScoreOf(scores, tr, tags));
    });
    std::vector<uint8_t> found(n);
    viterbi.Run(scores, tr, found.data());
    EXPECT_EQ(ScoreOf(scores, tr, found), best) << "seed " << seed;
  }
}

TEST(PosViterbiTest, BearsTheLargestScores) {
  PosViterbi viterbi;
  PosTransitions<int16_t> tr = {};
  for (auto& from : tr.from) from[3] = 2000;
  std::vector<PosScores> scores(300);
  for (size_t i = 0; i < scores.size(); ++i) {
    for (int16_t& v : scores[i].lanes) v = INT16_MIN;
    scores[i].lanes[i % kPosStates] = INT16_MAX;
  }
  std::vector<uint8_t> found(scores.size());
  viterbi.Run(scores, tr, found.data());
  for (size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], i % kPosStates);
}

TEST(PosForwardBackwardTest, ProbabilitiesAreThoseOfAllSequences) {
  Random random(7, 1, 2);
  constexpr size_t kTokens = 3;
  PosTransitions<float> steps;
  for (auto& from : steps.from)
    for (float& v : from) v = std::exp(static_cast<float>(testing::Any(random, 100)) / 50);
  std::vector<PosForwardBackward::Values> odds(kTokens);
  for (auto& token : odds)
    for (float& v : token.lanes) v = std::exp(static_cast<float>(testing::Any(random, 100)) / 50);

  double sum = 0;
  double tag_sums[kTokens][kPosStates] = {};
  double step_sums[kPosStates + 1][kPosStates] = {};
  ForEachSequenceOf(kTokens, [&](const std::vector<uint8_t>& tags) {
    double value = 1;
    size_t from = kPosStates;
    for (size_t i = 0; i < kTokens; ++i) {
      value *= static_cast<double>(steps.from[from][tags[i]]) *
               static_cast<double>(odds[i].lanes[tags[i]]);
      from = tags[i];
    }
    sum += value;
    from = kPosStates;
    for (size_t i = 0; i < kTokens; ++i) {
      tag_sums[i][tags[i]] += value;
      step_sums[from][tags[i]] += value;
      from = tags[i];
    }
  });

  PosForwardBackward chain;
  chain.Run(odds, steps);
  PosTransitions<float> expected = {};
  chain.AddExpected(odds, steps, 1, expected);
  for (size_t i = 0; i < kTokens; ++i)
    for (size_t t = 0; t < kPosStates; ++t)
      EXPECT_NEAR(static_cast<double>(chain.probabilities(i).lanes[t]), tag_sums[i][t] / sum, 1e-4);
  for (size_t s = 0; s <= kPosStates; ++s)
    for (size_t t = 0; t < kPosStates; ++t)
      EXPECT_NEAR(static_cast<double>(expected.from[s][t]), step_sums[s][t] / sum, 1e-4);
}

}  // namespace
}  // namespace nutgraf::internal
