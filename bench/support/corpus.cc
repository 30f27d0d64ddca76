#include "bench/support/corpus.h"

#include <simdjson.h>
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace nutgraf::bench {

namespace {

bool failed = false;

// Processor time, as Google Benchmark reports it: what else runs on the machine does not count.
double Seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Best bytes/s of `work` over the corpus in `rounds` rounds.
template <class Work>
double BestRate(const Corpus& corpus, int rounds, Work work) {
  double best = 0;
  for (int i = 0; i < rounds; ++i) {
    const double begin = Seconds();
    work();
    best = std::max(best, static_cast<double>(corpus.bytes) / (Seconds() - begin));
  }
  return best;
}

uint64_t Boundaries(icu::BreakIterator& iterator, const Corpus& corpus) {
  uint64_t count = 0;
  UText utext = UTEXT_INITIALIZER;
  for (const std::string& text : corpus.texts) {
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&utext, text.data(), static_cast<int64_t>(text.size()), &status);
    iterator.setText(&utext, status);
    for (int32_t i = iterator.first(); i != icu::BreakIterator::DONE; i = iterator.next()) ++count;
  }
  utext_close(&utext);
  return count;
}

}  // namespace

const Corpus& NewsCorpus() {
  static const auto* const kCorpus = [] {
    auto* corpus = new Corpus;
    const std::filesystem::path news =
        std::filesystem::path(NUTGRAF_SHARED_DIR) / "eval/speed/news.jsonl";
    std::ifstream in(news);
    simdjson::dom::parser parser;
    for (std::string line; std::getline(in, line);) {
      simdjson::dom::element document;
      std::string_view text;
      if (parser.parse(line).get(document) == simdjson::SUCCESS &&
          document["text"].get(text) == simdjson::SUCCESS) {
        corpus->texts.emplace_back(text);
      }
    }
    corpus->source = news.string();
    if (corpus->texts.empty()) {
      const std::filesystem::path sample =
          std::filesystem::path(NUTGRAF_SOURCE_DIR) / "data/sample/article.txt";
      std::ifstream file(sample);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      for (int i = 0; i < 500; ++i) corpus->texts.push_back(text);
      corpus->source = sample.string();
    }
    for (const std::string& text : corpus->texts) corpus->bytes += text.size();
    return corpus;
  }();
  return *kCorpus;
}

const Baselines& MeasuredBaselines() {
  static const auto* const kBaselines = [] {
    const Corpus& corpus = NewsCorpus();
    auto* baselines = new Baselines{};
    baselines->scan_bytes_per_second = BestRate(corpus, 20, [&] {
      uint64_t sum = 0;
      for (const std::string& text : corpus.texts) {
        for (const char c : text) sum += static_cast<unsigned char>(c);
      }
      benchmark::DoNotOptimize(sum);
    });
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> words(
        icu::BreakIterator::createWordInstance(icu::Locale::getEnglish(), status));
    const std::unique_ptr<icu::BreakIterator> sentences(
        icu::BreakIterator::createSentenceInstance(icu::Locale::getEnglish(), status));
    if (U_FAILURE(status)) return baselines;
    baselines->icu_words_bytes_per_second =
        BestRate(corpus, 3, [&] { baselines->icu_word_boundaries = Boundaries(*words, corpus); });
    baselines->icu_sentences_bytes_per_second =
        BestRate(corpus, 3, [&] { benchmark::DoNotOptimize(Boundaries(*sentences, corpus)); });
    return baselines;
  }();
  return *kBaselines;
}

void ReportThroughput(benchmark::State& state, const Corpus& corpus) {
  using benchmark::Counter;
  const double bytes = static_cast<double>(corpus.bytes) * static_cast<double>(state.iterations());
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
  const Baselines& base = MeasuredBaselines();
  state.counters["x_icu_words"] =
      Counter(bytes / base.icu_words_bytes_per_second, Counter::kIsRate);
  const double both =
      1 / (1 / base.icu_words_bytes_per_second + 1 / base.icu_sentences_bytes_per_second);
  state.counters["x_icu_both"] = Counter(bytes / both, Counter::kIsRate);
  state.counters["x_scan"] = Counter(bytes / base.scan_bytes_per_second, Counter::kIsRate);
}

bool CheckCount(benchmark::State& state, const char* what, uint64_t got, uint64_t expected) {
  if (got == expected) return true;
  failed = true;
  state.SkipWithError(
      (std::string(what) + ": " + std::to_string(got) + ", expected " + std::to_string(expected))
          .c_str());
  return false;
}

int Main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  const Corpus& corpus = NewsCorpus();
  const Baselines& base = MeasuredBaselines();
  std::fprintf(stderr,
               "%zu texts, %zu bytes from %s\nplain byte scan %.0f MB/s, ICU words %.1f MB/s, ICU "
               "sentences %.1f MB/s\n",
               corpus.texts.size(), corpus.bytes, corpus.source.c_str(),
               base.scan_bytes_per_second / 1e6, base.icu_words_bytes_per_second / 1e6,
               base.icu_sentences_bytes_per_second / 1e6);
  benchmark::RunSpecifiedBenchmarks();
  return failed ? 1 : 0;
}

}  // namespace nutgraf::bench
