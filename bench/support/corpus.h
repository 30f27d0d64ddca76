// The texts that benchmarks run on, and the baselines that they are compared with in the same run.
//
//   const Corpus& corpus = NewsCorpus();
//   for (auto _ : state) for (std::string_view text : corpus.texts) ...
//   ReportThroughput(state, corpus);     // bytes/s, and the ratios to a plain byte scan and to
//   ICU's word iterator

#ifndef NUTGRAF_BENCH_SUPPORT_CORPUS_H_
#define NUTGRAF_BENCH_SUPPORT_CORPUS_H_

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

namespace nutgraf::bench {

struct Corpus {
  std::vector<std::string> texts;
  size_t bytes = 0;
  std::string source;  // where the texts came from
};

// <shared>/eval/speed/news.jsonl, or the project's own sample texts, repeated, where that is
// absent.
const Corpus& NewsCorpus();

// What the baselines find in the corpus; benchmarks assert their own counts against these.
struct Baselines {
  double scan_bytes_per_second;           // sum of all bytes
  double icu_words_bytes_per_second;      // icu::BreakIterator words over UText, boundaries counted
  double icu_sentences_bytes_per_second;  // the same for sentences
  uint64_t icu_word_boundaries;
};
const Baselines& MeasuredBaselines();

// Sets the counters of a benchmark that processed the whole corpus once an iteration.
void ReportThroughput(benchmark::State& state, const Corpus& corpus);

// Fails the benchmark (and the program's exit status) where a count is not what it was.
bool CheckCount(benchmark::State& state, const char* what, uint64_t got, uint64_t expected);

// main() of every benchmark: prints where the texts come from and the baselines; exit status 1
// after a failed check.
int Main(int argc, char** argv);

}  // namespace nutgraf::bench

#endif  // NUTGRAF_BENCH_SUPPORT_CORPUS_H_
