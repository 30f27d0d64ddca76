// Tokenizer, with classes and both hashes, document by document.

#include "nutgraf/tokenizer.h"

#include <benchmark/benchmark.h>

#include <string>

#include "bench/support/corpus.h"
#include "lib/text/scalar_tokenizer.h"
#include "nutgraf/document.h"

namespace nutgraf {
namespace {

using bench::NewsCorpus;

uint64_t CountScalar() {
  static const uint64_t kCount = [] {
    uint64_t count = 0;
    LayerRows<Token> tokens;
    for (const std::string& text : NewsCorpus().texts) {
      tokens.clear();
      {
        internal::TokenSink sink(text, tokens);
        internal::TokenizeScalar(text, 0, static_cast<uint32_t>(text.size()), sink);
      }
      count += tokens.size();
    }
    return count;
  }();
  return kCount;
}

void Tokenizer_News(benchmark::State& state) {
  Document document;
  uint64_t count = 0;
  for (auto _ : state) {
    count = 0;
    for (const std::string& text : NewsCorpus().texts) {
      document.Reset(text);
      if (!Tokenizer().Run(document).ok()) state.SkipWithError("tokenizer failed");
      count += document.Get<Token>().size();
    }
  }
  bench::CheckCount(state, "tokens", count, CountScalar());
  state.counters["tokens/s"] =
      benchmark::Counter(static_cast<double>(count) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
  bench::ReportThroughput(state, NewsCorpus());
}
BENCHMARK(Tokenizer_News)->Unit(benchmark::kMillisecond);

// The portable path.
void TokenizerScalar_News(benchmark::State& state) {
  LayerRows<Token> tokens;
  uint64_t count = 0;
  for (auto _ : state) {
    count = 0;
    for (const std::string& text : NewsCorpus().texts) {
      tokens.clear();
      {
        internal::TokenSink sink(text, tokens);
        internal::TokenizeScalar(text, 0, static_cast<uint32_t>(text.size()), sink);
      }
      count += tokens.size();
    }
  }
  bench::CheckCount(state, "tokens", count, CountScalar());
  bench::ReportThroughput(state, NewsCorpus());
}
BENCHMARK(TokenizerScalar_News)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nutgraf

int main(int argc, char** argv) { return nutgraf::bench::Main(argc, argv); }
