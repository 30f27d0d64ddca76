#include "lib/tagger/forward_backward.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "lib/tagger/random.h"
#include "tests/tagger/chain_support.h"

namespace nutgraf::internal {
namespace {

float Any(Random& random, float most) {
  return (static_cast<float>(random.Below(2001)) / 1000 - 1) * most;
}

struct Chain {
  Transitions<float> transitions = {};
  std::vector<StateValues> scores;  // the outside scores 0

  explicit Chain(uint64_t seed, size_t n) : scores(n) {
    Random random(seed, 2, 2);
    for (size_t s = 0; s <= kMostTypes; ++s) {
      for (float& v : transitions.begin[s]) v = Any(random, 1);
      transitions.outside[s] = Any(random, 1);
    }
    for (auto* row : {transitions.first_inner, transitions.first_last, transitions.inner_inner,
                      transitions.inner_last}) {
      for (size_t t = 0; t < kMostTypes; ++t) row[t] = Any(random, 1);
    }
    for (StateValues& s : scores)
      for (float& lane : s.lanes) lane = Any(random, 2);
  }

  std::vector<StateValues> Odds() const {
    std::vector<StateValues> odds(scores.size());
    for (size_t i = 0; i < odds.size(); ++i) ToOdds(scores[i].lanes, odds[i]);
    return odds;
  }
  // Logarithm of the sum over all sequences.
  double LogSum() const {
    const std::vector<StateValues> odds = Odds();
    ForwardBackward chain;
    EXPECT_TRUE(chain.Run(odds, ToOdds(transitions)));
    double sum = chain.log_sum();
    for (const StateValues& s : scores) {
      float top = 0;
      for (const float lane : s.lanes) top = std::max(top, lane);
      sum += top;
    }
    return sum;
  }
};

TEST(ForwardBackwardTest, SumsOverAllSequences) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const size_t n = 1 + seed % 4;
    const Chain chain(seed, n);
    std::vector<std::vector<double>> states(n, std::vector<double>(kStates, 0.0));
    double all = 0, name = 0;
    testing::ForEachPath(chain.transitions, n, [&](const std::vector<size_t>& path, double sum) {
      for (size_t i = 0; i < n; ++i)
        sum += path[i] == kOutside ? 0 : chain.scores[i].lanes[path[i]];
      all += std::exp(sum);
      for (size_t i = 0; i < n; ++i) states[i][path[i]] += std::exp(sum);
      if (n >= 3 && path[0] == kFirst + 2 && path[1] == kInner + 2 && path[2] == kLast + 2)
        name += std::exp(sum);
    });
    EXPECT_NEAR(chain.LogSum(), std::log(all), 1e-3);
    ForwardBackward fast;
    const std::vector<StateValues> odds = chain.Odds();
    const Transitions<float> transitions = ToOdds(chain.transitions);
    ASSERT_TRUE(fast.Run(odds, transitions));
    for (size_t i = 0; i < n; ++i) {
      for (size_t s = 0; s < kLanes; ++s)
        EXPECT_NEAR(fast.probabilities(i).lanes[s], states[i][s] / all, 1e-4);
      EXPECT_NEAR(fast.probabilities(i).outside, states[i][kOutside] / all, 1e-4);
    }
    if (n >= 3) {
      EXPECT_NEAR(fast.SpanProbability(odds, transitions, 0, 3, 2), name / all, 1e-5);
    }
  }
}

// The derivatives of the logarithm of the sum are the probabilities and the expected steps.
TEST(ForwardBackwardTest, AgreesWithFiniteDifferences) {
  constexpr float kStep = 0.02F;
  Chain chain(5, 5);
  ForwardBackward fast;
  const std::vector<StateValues> odds = chain.Odds();
  const Transitions<float> transitions = ToOdds(chain.transitions);
  ASSERT_TRUE(fast.Run(odds, transitions));
  Transitions<float> expected = {};
  fast.AddExpected(odds, transitions, 1, expected);
  const auto slope = [&chain](float& value) {
    const float before = value;
    value = before + kStep;
    const double up = chain.LogSum();
    value = before - kStep;
    const double down = chain.LogSum();
    value = before;
    return (up - down) / (2 * kStep);
  };
  for (const size_t i : {0U, 2U, 4U})
    for (const size_t s : {0U, 9U, 17U, 31U})
      EXPECT_NEAR(slope(chain.scores[i].lanes[s]), fast.probabilities(i).lanes[s], 2e-3);
  for (const size_t s : {0U, 1U, 8U}) {
    EXPECT_NEAR(slope(chain.transitions.begin[s][3]), expected.begin[s][3], 2e-3);
    EXPECT_NEAR(slope(chain.transitions.outside[s]), expected.outside[s], 2e-3);
  }
  EXPECT_NEAR(slope(chain.transitions.first_inner[1]), expected.first_inner[1], 2e-3);
  EXPECT_NEAR(slope(chain.transitions.first_last[1]), expected.first_last[1], 2e-3);
  EXPECT_NEAR(slope(chain.transitions.inner_inner[1]), expected.inner_inner[1], 2e-3);
  EXPECT_NEAR(slope(chain.transitions.inner_last[1]), expected.inner_last[1], 2e-3);
}

TEST(ForwardBackwardTest, SaysWhereNothingIsPossible) {
  std::vector<StateValues> odds(2);  // all zero
  ForwardBackward chain;
  EXPECT_FALSE(chain.Run(odds, ToOdds(Transitions<float>{})));
}

}  // namespace
}  // namespace nutgraf::internal
