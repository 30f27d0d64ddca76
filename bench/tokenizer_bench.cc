// Tokenizer, with classes and both hashes, document by document.

#include "nutgraf/tokenizer.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/support/corpus.h"
#include "lib/text/block_tokenizer.h"
#include "lib/text/scalar_tokenizer.h"
#include "lib/text/token_builder.h"
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

// From the caller's bytes: with the copy into the document.
void TokenizerWithCopy_News(benchmark::State& state) {
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
BENCHMARK(TokenizerWithCopy_News)->Unit(benchmark::kMillisecond);

// The stage alone: the text is in the document, as for ICU it is in its UText.
void RunKernel(benchmark::State& state, internal::TokenizerKernel kernel) {
  static const auto* const kDocuments = [] {
    auto* documents = new std::vector<Document>(NewsCorpus().texts.size());
    for (size_t i = 0; i < documents->size(); ++i) (*documents)[i].Reset(NewsCorpus().texts[i]);
    return documents;
  }();
  if (!internal::HasKernel(kernel)) {
    state.SkipWithError("this processor lacks it");
    return;
  }
  LayerRows<Token> tokens;
  uint64_t count = 0;
  for (auto _ : state) {
    count = 0;
    for (const Document& document : *kDocuments) {
      tokens.clear();
      {
        internal::TokenSink sink(document.text(), tokens);
        internal::TokenizeBlocks(document.text(), /*padded=*/true, sink, kernel);
      }
      count += tokens.size();
    }
  }
  bench::CheckCount(state, "tokens", count, CountScalar());
  state.counters["tokens/s"] =
      benchmark::Counter(static_cast<double>(count) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
  bench::ReportThroughput(state, NewsCorpus());
}

void Tokenizer_News(benchmark::State& state) { RunKernel(state, internal::BestKernel()); }
BENCHMARK(Tokenizer_News)->Unit(benchmark::kMillisecond);

// What older processors get.
void TokenizerAvx2_News(benchmark::State& state) {
  RunKernel(state, internal::TokenizerKernel::kAvx2);
}
BENCHMARK(TokenizerAvx2_News)->Unit(benchmark::kMillisecond);

void TokenizerBaseline_News(benchmark::State& state) {
  RunKernel(state, internal::TokenizerKernel::kBaseline);
}
BENCHMARK(TokenizerBaseline_News)->Unit(benchmark::kMillisecond);

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
