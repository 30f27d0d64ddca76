// Each stage alone (what it reads is ready), and the whole pipeline, document by document.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "bench/support/corpus.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/entity_recognizer.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/headed_name_matcher.h"
#include "nutgraf/json_writer.h"
#include "nutgraf/mention_resolver.h"
#include "nutgraf/name_parts.h"
#include "nutgraf/part_of_speech_tagger.h"
#include "nutgraf/pattern_matcher.h"
#include "nutgraf/quantity_extractor.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tagger_model.h"
#include "nutgraf/time_extractor.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

using bench::NewsCorpus;

// A document a text, with the layers that `Stages` write.
template <class... Stages>
std::vector<Document>& Prepared(const Stages&... stages) {
  static auto* const kDocuments = [&] {
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
void RunStage(benchmark::State& state, std::vector<Document>& documents, Work work) {
  uint64_t expected = 0;
  for (Document& d : documents) expected += work(d);
  uint64_t count = 0;
  for (auto _ : state) {
    count = 0;
    for (Document& d : documents) count += work(d);
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

void HeadedNames(benchmark::State& state) {
  const HeadedNameMatcher matcher;
  RunStage(state,
           Prepared(Tokenizer(), SentenceSplitter(), GazetteerMatcher(english::DefaultGazetteer())),
           [&](Document& d) {
             LayerRows<MentionCandidate>& rows = d.Rows<MentionCandidate>();
             const size_t before = rows.size();
             if (!matcher.Run(d).ok()) return size_t{0};
             const size_t found = rows.size() - before;
             rows.resize(before);
             return found;
           });
}
BENCHMARK(HeadedNames)->Unit(benchmark::kMillisecond);

// Tokens, sentences and the other matchers' candidates are ready.
void Recognizer(benchmark::State& state) {
  const EntityRecognizer recognizer(english::DefaultTaggerModel());
  std::vector<Document>& documents =
      Prepared(Tokenizer(), SentenceSplitter(), GazetteerMatcher(english::DefaultGazetteer()),
               HeadedNameMatcher());
  double tokens = 0;
  for (const Document& d : documents) tokens += static_cast<double>(d.Get<Token>().size());
  RunStage(state, documents, [&](Document& d) {
    LayerRows<MentionCandidate>& rows = d.Rows<MentionCandidate>();
    const size_t before = rows.size();
    if (!recognizer.Run(d).ok()) return size_t{0};
    const size_t found = rows.size() - before;
    rows.resize(before);
    d.Rows<Recognized>().clear();
    return found;
  });
  state.counters["tokens/s"] =
      benchmark::Counter(tokens, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(Recognizer)->Unit(benchmark::kMillisecond);

// Tokens and sentences are ready.
void PartsOfSpeech(benchmark::State& state) {
  const PartOfSpeechTagger tagger(english::DefaultPartOfSpeechModel());
  std::vector<Document>& documents = Prepared(Tokenizer(), SentenceSplitter());
  double tokens = 0;
  for (const Document& d : documents) tokens += static_cast<double>(d.Get<Token>().size());
  RunStage(state, documents, [&](Document& d) {
    d.Rows<PartOfSpeech>().clear();
    d.strings().Clear();
    return tagger.Run(d).ok() ? d.Get<PartOfSpeech>().size() : size_t{0};
  });
  state.counters["tokens/s"] =
      benchmark::Counter(tokens, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(PartsOfSpeech)->Unit(benchmark::kMillisecond);

// The ready patterns, and with them so many more.
void Patterns(benchmark::State& state) {
  std::vector<Pattern> patterns = CommonPatterns();
  for (int64_t i = 0; i < state.range(0); ++i) {
    std::string regex = "\\bXJ-";
    regex += std::to_string(i * 7919 % 100003);
    patterns.push_back({.name = std::to_string(i), .type = "PART", .regex = regex});
  }
  const PatternSet set = *PatternSet::Compile(patterns);
  std::vector<PatternMatch> matches;
  RunStage(state, Prepared(Tokenizer()), [&](const Document& d) {
    matches.clear();
    uint64_t work = 0;
    const ByteSpan all = {0, static_cast<uint32_t>(d.text().size())};
    if (!set.Find(d.text(), all, UINT64_MAX, work, matches).ok()) return size_t{0};
    return matches.size();
  });
}
BENCHMARK(Patterns)->Arg(0)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

// Whether each word is part of a person's name.
void NamePartLookups(benchmark::State& state) {
  const NameParts names = english::DefaultNameParts();
  RunStage(state, Prepared(Tokenizer()), [&](const Document& d) {
    size_t found = 0;
    for (const Token& token : d.Get<Token>()) found += names.Lookup(token).is_first ? 1 : 0;
    return found;
  });
}
BENCHMARK(NamePartLookups)->Unit(benchmark::kMillisecond);

void Quantities(benchmark::State& state) {
  const QuantityExtractor extractor;
  LayerRows<Quantity> rows;
  RunStage(state, Prepared(Tokenizer(), SentenceSplitter()), [&](const Document& d) {
    rows.clear();
    extractor.Extract(d.text(), d.Get<Token>(), d.Get<Sentence>(), {}, {}, rows);
    return rows.size();
  });
}
BENCHMARK(Quantities)->Unit(benchmark::kMillisecond);

void Times(benchmark::State& state) {
  const TimeExtractor extractor;
  RunStage(state, Prepared(Tokenizer(), SentenceSplitter()), [&](Document& d) {
    LayerRows<TimeExpression>& rows = d.Rows<TimeExpression>();
    rows.clear();
    if (!extractor.Run(d).ok()) return size_t{0};
    return rows.size();
  });
}
BENCHMARK(Times)->Unit(benchmark::kMillisecond);

// The two as a pipeline runs them: what is part of a time is no quantity.
void TimesAndQuantities(benchmark::State& state) {
  const TimeExtractor times;
  const QuantityExtractor quantities;
  RunStage(state, Prepared(Tokenizer(), SentenceSplitter()), [&](Document& d) {
    d.Rows<TimeExpression>().clear();
    d.Rows<Quantity>().clear();
    if (!times.Run(d).ok() || !quantities.Run(d).ok()) return size_t{0};
    return d.Get<TimeExpression>().size() + d.Get<Quantity>().size();
  });
}
BENCHMARK(TimesAndQuantities)->Unit(benchmark::kMillisecond);

// Times and quantities together, on a megabyte of a text made to be slow.
void HostileNumbers(benchmark::State& state, std::string_view piece) {
  Document document;
  std::string text;
  while (text.size() < (size_t{1} << 20)) text += piece;
  const Pipeline pipeline = *Pipeline::Builder().Add(Tokenizer()).Add(SentenceSplitter()).Build();
  const TimeExtractor times;
  const QuantityExtractor quantities;
  if (!pipeline.Process(text, document).ok()) state.SkipWithError("pipeline failed");
  for (auto _ : state) {
    document.Rows<TimeExpression>().clear();
    document.Rows<Quantity>().clear();
    if (!times.Run(document).ok() || !quantities.Run(document).ok())
      state.SkipWithError("stage failed");
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK_CAPTURE(HostileNumbers, commas, "1,")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(HostileNumbers, hundreds, "one hundred ")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(HostileNumbers, slashes, "9/")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(HostileNumbers, months, "may march ")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(HostileNumbers, weekdays, "Monday ")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(HostileNumbers, periods, "the last week of ")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(HostileNumbers, ranges, "from 3 to ")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(HostileNumbers, clocks, "5:30 ")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(HostileNumbers, amounts, "2 days ")->Unit(benchmark::kMillisecond);

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

void TokensToQuantities(benchmark::State& state) {
  RunPipeline<Quantity>(state, *Pipeline::Builder()
                                    .Add(Tokenizer())
                                    .Add(SentenceSplitter())
                                    .Add(TimeExtractor())
                                    .Add(QuantityExtractor())
                                    .Build());
}
BENCHMARK(TokensToQuantities)->Unit(benchmark::kMillisecond);

// From the text to resolved names, without times and quantities.
void TextToNames(benchmark::State& state) {
  RunPipeline<Mention>(state, *Pipeline::Builder()
                                   .Add(Tokenizer())
                                   .Add(SentenceSplitter())
                                   .Add(GazetteerMatcher(english::DefaultGazetteer()))
                                   .Add(HeadedNameMatcher())
                                   .Add(EntityRecognizer(english::DefaultTaggerModel()))
                                   .Add(MentionResolver())
                                   .Build());
}
BENCHMARK(TextToNames)->Unit(benchmark::kMillisecond);

// The file is in the page cache.
void OpenModel(benchmark::State& state) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "stages_bench.tagger").string();
  const std::string_view image = english::DefaultTaggerModel().image();
  std::ofstream(path, std::ios::binary)
      .write(image.data(), static_cast<std::streamsize>(image.size()));
  for (auto _ : state) {
    if (!TaggerModel::Open(path).ok()) state.SkipWithError("the model does not open");
  }
  std::filesystem::remove(path);
}
BENCHMARK(OpenModel)->Unit(benchmark::kMillisecond);

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
