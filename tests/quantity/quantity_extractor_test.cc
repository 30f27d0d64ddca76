#include "nutgraf/quantity_extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/headed_name_matcher.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/token.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

// Quantities with names, but without times before them: durations are measures then.
const Pipeline& QuantityPipeline() {
  static const Pipeline* const kPipeline =
      new Pipeline(*Pipeline::Builder()
                        .Add(Tokenizer())
                        .Add(SentenceSplitter())
                        .Add(GazetteerMatcher(english::DefaultGazetteer()))
                        .Add(HeadedNameMatcher())
                        .Add(QuantityExtractor())
                        .Build());
  return *kPipeline;
}

// Quantities of a text, in the words of the corpus files.
std::vector<std::vector<std::string>> Extract(const std::string& text) {
  const Pipeline* const kPipeline = &QuantityPipeline();
  Document document;
  EXPECT_TRUE(kPipeline->Process(text, document).ok());
  const auto number = [](double value) {
    char buffer[40];
    const auto end =
        std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 6).ptr;
    return std::string(buffer, end);
  };
  const auto slice = [&](ByteSpan span) { return std::string(Slice(document.text(), span)); };
  std::vector<std::vector<std::string>> out;
  for (const Quantity& q : document.Get<Quantity>()) {
    static constexpr const char* kApproximations[] = {"", "approximate", "slightly_below",
                                                      "slightly_above"};
    const std::string unit = std::string(q.kind == QuantityKind::kMoney ? q.currency : q.unit);
    std::string value = number(q.value);
    if (q.is_range) value = number(q.low).append("..").append(number(q.high));
    if (q.anchor != OrdinalAnchor::kStart)
      value.insert(0, std::string(OrdinalAnchorName(q.anchor)).append(q.value < 0 ? "" : "+"));
    out.push_back({slice(q.span), std::string(QuantityKindName(q.kind)), value, unit,
                   std::string(QuantityBoundName(q.bound)),
                   q.only    ? "only"
                   : q.vague ? "vague"
                             : kApproximations[static_cast<int>(q.approximation)],
                   slice(q.counted.empty() ? q.of : q.counted)});
  }
  return out;
}

std::vector<std::string> Fields(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
  return fields;
}

// A number, or two with ".." between, in one form.
std::string Normalized(const std::string& value) {
  if (const size_t dots = value.find(".."); dots != std::string::npos) {
    std::string range = Normalized(value.substr(0, dots));
    range.append("..").append(Normalized(value.substr(dots + 2)));
    return range;
  }
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) return value;
  char buffer[40];
  return {
      buffer,
      std::to_chars(buffer, buffer + sizeof(buffer), number, std::chars_format::general, 6).ptr};
}

std::vector<std::string> Lines(const std::string& name) {
  std::ifstream in(std::string(NUTGRAF_SOURCE_DIR) + "/tests/corpus/quantity/" + name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') lines.push_back(line);
  }
  return lines;
}

// Rows: text, span, kind, value, unit or currency, bound, approximation, counted (an empty field
// asks nothing).
TEST(QuantityCorpusTest, PositiveExamples) {
  const std::vector<std::string> lines = Lines("positive.tsv");
  ASSERT_GT(lines.size(), 200U);
  for (size_t i = 1; i < lines.size(); ++i) {  // after the header
    std::vector<std::string> row = Fields(lines[i]);
    row.resize(8);
    bool found = false;
    std::string got;
    for (const auto& q : Extract(row[0])) {
      for (const std::string& field : q) got.append(field).append(" | ");
      const std::string value = Normalized(row[3]);
      found = found || (q[0] == row[1] && q[1] == row[2] && q[2] == value &&
                        (q[3] == row[4] || (q[1] == "number" && row[4].empty())) &&
                        q[4] == row[5] && q[5] == row[6] &&
                        (row[7].empty() || q[6].find(row[7]) != std::string::npos ||
                         row[7].find(q[6]) != std::string::npos));
    }
    EXPECT_TRUE(found) << lines[i] << "\n  got " << got;
  }
}

TEST(QuantityCorpusTest, NegativeExamples) {
  const std::vector<std::string> lines = Lines("negative.tsv");
  ASSERT_GT(lines.size(), 50U);
  for (const std::string& line : lines) {
    const auto quantities = Extract(line);
    EXPECT_TRUE(quantities.empty())
        << line << "\n  got " << quantities[0][0] << " " << quantities[0][1];
  }
}

TEST(QuantityExtractorTest, NumbersInsideNamesAreNone) {
  EXPECT_TRUE(Extract("The Group of Seven met.").empty());
}

TEST(QuantityExtractorTest, NumbersInsideNamesOfAnyMatcherAreNone) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder.Add({.name = "Zed Corp", .type = "ORGANIZATION"}).ok());
  const auto pipeline = Pipeline::Builder()
                            .Add(Tokenizer())
                            .Add(SentenceSplitter())
                            .Add(GazetteerMatcher(*builder.Build(), {.rank = 0}))
                            .Add(GazetteerMatcher(english::DefaultGazetteer()))
                            .Add(QuantityExtractor())
                            .Build();
  Document document;
  ASSERT_TRUE(pipeline->Process("The Group of Seven met. Zed Corp fell.", document).ok());
  EXPECT_TRUE(document.Get<Quantity>().empty());
}

TEST(QuantityExtractorTest, NumbersPastTheRangeOfDoublesAreNone) {
  std::string text = "It has one";
  for (int i = 0; i < 40; ++i) text += " trillion";
  for (const auto& q : Extract(text + " parts.")) EXPECT_NE(q[2], "inf");
}

TEST(QuantityExtractorTest, ModifierIsASpanOfItsOwn) {
  static const Pipeline* const kPipeline = new Pipeline(*NewsPipeline());
  Document document;
  ASSERT_TRUE(kPipeline->Process("It has no more than 500 beds.", document).ok());
  const Quantity& q = document.Get<Quantity>()[0];
  EXPECT_EQ(Slice(document.text(), q.modifier), "no more than");
  EXPECT_EQ(Slice(document.text(), q.span), "500");
  EXPECT_EQ(Slice(document.text(), q.counted), "beds");
}

// A pipeline of tokens, sentences, and times that a test names by their words.
class NamedTimes {
 public:
  static constexpr std::string_view kName = "named_times";
  using Requires = Layers<Token>;
  using Provides = Layers<TimeExpression>;
  explicit NamedTimes(std::vector<std::string> words) : words_(std::move(words)) {}

  absl::Status Run(Document& document) const {
    const absl::Span<const Token> tokens = document.Get<Token>();
    LayerRows<TimeExpression>& rows = document.Rows<TimeExpression>();
    for (const std::string& words : words_) {
      const size_t begin = document.text().find(words);
      if (begin == std::string_view::npos) continue;
      TimeExpression time = {};
      time.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + words.size())};
      while (time.tokens.begin < tokens.size() && tokens[time.tokens.begin].begin < begin)
        ++time.tokens.begin;
      time.tokens.end = time.tokens.begin;
      while (time.tokens.end < tokens.size() && tokens[time.tokens.end].begin < time.span.end)
        ++time.tokens.end;
      rows.push_back(time);
    }
    return absl::OkStatus();
  }

 private:
  std::vector<std::string> words_;
};

std::vector<std::string> SpansBeside(std::vector<std::string> times, std::string_view text) {
  const auto pipeline = Pipeline::Builder()
                            .Add(Tokenizer())
                            .Add(SentenceSplitter())
                            .Add(NamedTimes(std::move(times)))
                            .Add(QuantityExtractor())
                            .Build();
  Document document;
  EXPECT_TRUE(pipeline->Process(text, document).ok());
  std::vector<std::string> spans;
  for (const Quantity& q : document.Get<Quantity>())
    spans.emplace_back(Slice(document.text(), q.span));
  return spans;
}

TEST(QuantityExtractorTest, NumbersInsideTimesAreNone) {
  EXPECT_THAT(SpansBeside({"two weeks", "the third quarter"},
                          "After two weeks and in the third quarter 12 boats sank."),
              testing::ElementsAre("12"));
  // A modifier does not reach across a time.
  EXPECT_THAT(SpansBeside({"In 2019"}, "In 2019 more than 300 people came."),
              testing::ElementsAre("300"));
}

TEST(QuantityExtractorTest, WithoutTimesDurationsAreMeasures) {
  EXPECT_THAT(SpansBeside({}, "The 45-year-old ran for two weeks at 9 km per hour."),
              testing::ElementsAre("45-year-old", "two weeks", "9 km per hour"));
}

std::vector<std::string> SpansWith(const QuantityOptions& options, std::string_view text) {
  const auto pipeline = Pipeline::Builder()
                            .Add(Tokenizer())
                            .Add(SentenceSplitter())
                            .Add(QuantityExtractor(options))
                            .Build();
  Document document;
  EXPECT_TRUE(pipeline->Process(text, document).ok());
  std::vector<std::string> spans;
  for (const Quantity& q : document.Get<Quantity>())
    spans.emplace_back(Slice(document.text(), q.span));
  return spans;
}

TEST(QuantityExtractorTest, OptionsChooseWhereConventionsDiffer) {
  const std::string_view ordinals = "The last page has 12 lines.";
  EXPECT_THAT(SpansWith({}, ordinals), testing::ElementsAre("last", "12"));
  EXPECT_THAT(SpansWith({.relative_ordinals = false}, ordinals), testing::ElementsAre("12"));
  const std::string_view article = "It is a mile away.";
  EXPECT_THAT(SpansWith({}, article), testing::ElementsAre("a mile"));
  EXPECT_THAT(SpansWith({.article_units = false}, article), testing::IsEmpty());
  const std::string_view vague = "Dozens of people came.";
  EXPECT_THAT(SpansWith({}, vague), testing::ElementsAre("Dozens"));
  EXPECT_THAT(SpansWith({.vague = false}, vague), testing::IsEmpty());
  const std::string_view change = "It rose from $5m to $7m.";
  EXPECT_THAT(SpansWith({}, change), testing::ElementsAre("$5m to $7m"));
  EXPECT_THAT(SpansWith({.from_to_ranges = false}, change), testing::ElementsAre("$5m", "$7m"));
}

TEST(QuantityExtractorTest, RatesSayPerWhat) {
  const auto per = [](std::string_view text) {
    static const Pipeline* const kPipeline = new Pipeline(*NewsPipeline());
    Document document;
    EXPECT_TRUE(kPipeline->Process(text, document).ok());
    return document.Get<Quantity>().empty() ? std::string()
                                            : std::string(document.Get<Quantity>()[0].per);
  };
  EXPECT_EQ(per("It costs $100 a month."), "month");
  EXPECT_EQ(per("They earn $9.66 per share."), "share");
  EXPECT_EQ(per("A $70-a-share bid was made."), "share");
  EXPECT_EQ(per("It has 15 people per square kilometer."), "square kilometer");
  EXPECT_EQ(per("Pay $20 a month ago was low."), "");
}

TEST(QuantityExtractorTest, RowsNameTheirRule) {
  static const Pipeline* const kPipeline = new Pipeline(*NewsPipeline());
  Document document;
  ASSERT_TRUE(kPipeline->Process("Half of 12 to 15 boats", document).ok());
  ASSERT_EQ(document.Get<Quantity>().size(), 2U);
  EXPECT_EQ(document.Get<Quantity>()[0].rule, "fraction");
  EXPECT_EQ(document.Get<Quantity>()[1].rule, "range");
}

}  // namespace
}  // namespace nutgraf
