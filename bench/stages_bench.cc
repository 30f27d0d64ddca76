// Each stage alone (what it reads is ready), and the whole pipeline, document by document.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/support/corpus.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/json_writer.h"
#include "nutgraf/mention_resolver.h"
#include "nutgraf/quantity_extractor.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

using bench::NewsCorpus;

// A document a text, with the layers that `Stages` write.
template <class... Stages>
const std::vector<Document>& Prepared(const Stages&... stages) {
  static const auto* const kDocuments = [&] {
    auto* documents = new std::vector<Document>(NewsCorpus().texts.size());
    for (size_t i = 0; i < documents->size(); ++i) {
      (*documents)[i].Reset(NewsCorpus().texts[i]);
      (static_cast<void>(stages.Run((*documents)[i])), ...);
    }
    return documents;
  }();
  return *kDocuments;
}

// Runs `work` on all prepared documents; it returns the rows that it wrote. The count must be the
// same every time.
template <class Work>
void RunStage(benchmark::State& state, const std::vector<Document>& documents, Work work) {
  uint64_t expected = 0;
  for (const Document& d : documents) expected += work(d);
  uint64_t count = 0;
  for (auto _ : state) {
    count = 0;
    for (const Document& d : documents) count += work(d);
  }
  bench::CheckCount(state, "rows", count, expected);
  state.counters["rows"] = static_cast<double>(count);
  bench::ReportThroughput(state, NewsCorpus());
}

void Sentences(benchmark::State& state) {
  LayerRows<Sentence> rows;
  RunStage(state, Prepared(Tokenizer()), [&](const Document& d) {
    rows.clear();
    SplitSentences(d.text(), d.Get<Token>(), rows);
    return rows.size();
  });
}
BENCHMARK(Sentences)->Unit(benchmark::kMillisecond);

void GazetteerDefault(benchmark::State& state) {
  const Gazetteer gazetteer = english::DefaultGazetteer();
  LayerRows<MentionCandidate> rows;
  StringPool strings;
  RunStage(state, Prepared(Tokenizer()), [&](const Document& d) {
    rows.clear();
    strings.Clear();
    MatchGazetteer(d.text(), d.Get<Token>(), gazetteer, {}, rows, strings);
    return rows.size();
  });
}
BENCHMARK(GazetteerDefault)->Unit(benchmark::kMillisecond);

void Quantities(benchmark::State& state) {
  const QuantityExtractor extractor;
  LayerRows<Quantity> rows;
  RunStage(state, Prepared(Tokenizer(), SentenceSplitter()), [&](const Document& d) {
    rows.clear();
    extractor.Extract(d.text(), d.Get<Token>(), d.Get<Sentence>(), {}, rows);
    return rows.size();
  });
}
BENCHMARK(Quantities)->Unit(benchmark::kMillisecond);

// A pipeline from text on; the count is of rows of type Row.
template <class Row>
void RunPipeline(benchmark::State& state, const Pipeline& pipeline) {
  Document document;
  const auto once = [&] {
    uint64_t count = 0;
    for (const std::string& text : NewsCorpus().texts) {
      if (!pipeline.Process(text, document).ok()) state.SkipWithError("pipeline failed");
      count += document.Get<Row>().size();
    }
    return count;
  };
  const uint64_t expected = once();
  uint64_t count = 0;
  for (auto _ : state) count = once();
  bench::CheckCount(state, "rows", count, expected);
  state.counters["rows"] = static_cast<double>(count);
  bench::ReportThroughput(state, NewsCorpus());
}

void TokensAndSentences(benchmark::State& state) {
  RunPipeline<Sentence>(state,
                        *Pipeline::Builder().Add(Tokenizer()).Add(SentenceSplitter()).Build());
}
BENCHMARK(TokensAndSentences)->Unit(benchmark::kMillisecond);

void WholePipeline(benchmark::State& state) { RunPipeline<Mention>(state, *NewsPipeline()); }
BENCHMARK(WholePipeline)->Unit(benchmark::kMillisecond);

void WholePipelineWithJson(benchmark::State& state) {
  const Pipeline pipeline = *NewsPipeline();
  Document document;
  JsonWriter writer;
  std::string json;
  uint64_t bytes = 0;
  for (auto _ : state) {
    bytes = 0;
    for (const std::string& text : NewsCorpus().texts) {
      json.clear();
      if (!pipeline.Process(text, document).ok()) state.SkipWithError("pipeline failed");
      writer.Append(document, json);
      bytes += json.size();
    }
  }
  state.counters["json_bytes"] = static_cast<double>(bytes);
  bench::ReportThroughput(state, NewsCorpus());
}
BENCHMARK(WholePipelineWithJson)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nutgraf

int main(int argc, char** argv) { return nutgraf::bench::Main(argc, argv); }
