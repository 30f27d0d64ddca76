// What a second thread gains: the whole pipeline beside a loop that only computes, on the same
// machine in the same run.
//
//   build/release/bin/threads_bench [ROUNDS]
//
// Prints both gains (throughput of two threads / of one) and their ratio, medians over the rounds.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "bench/support/corpus.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"

namespace {

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Seconds that `threads` threads take, each doing all of `work`.
template <class Work>
double Time(int threads, Work work) {
  const double begin = Seconds();
  std::vector<std::thread> running;
  running.reserve(static_cast<size_t>(threads));
  for (int i = 0; i < threads; ++i) running.emplace_back(work);
  for (std::thread& t : running) t.join();
  return Seconds() - begin;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 11;
  const auto pipeline = nutgraf::NewsPipeline();
  if (!pipeline.ok()) return 2;
  const auto& corpus = nutgraf::bench::NewsCorpus();
  const auto extract = [&] {
    nutgraf::Document document;
    for (int k = 0; k < 3; ++k) {
      for (const std::string& text : corpus.texts) {
        if (!pipeline->Process(text, document).ok()) std::abort();
      }
    }
  };
  const auto compute = [] {
    uint64_t x = 1;
    for (int i = 0; i < 200'000'000; ++i) x = x * 6364136223846793005ULL + 1442695040888963407ULL;
    benchmark::DoNotOptimize(x);
  };
  extract();
  std::vector<double> extract_gain, compute_gain, ratio;
  for (int i = 0; i < rounds; ++i) {
    const double c1 = Time(1, compute), c2 = Time(2, compute);
    const double e1 = Time(1, extract), e2 = Time(2, extract);
    compute_gain.push_back(2 * c1 / c2);
    extract_gain.push_back(2 * e1 / e2);
    ratio.push_back(extract_gain.back() / compute_gain.back());
  }
  std::printf(
      "two threads gain: pipeline %.3f, compute-only loop %.3f, ratio %.3f (medians of %d "
      "rounds)\n",
      Median(extract_gain), Median(compute_gain), Median(ratio), rounds);
  return 0;
}
