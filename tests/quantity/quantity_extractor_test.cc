#include "nutgraf/quantity_extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

// Quantities of a text, in the words of the corpus files.
std::vector<std::vector<std::string>> Extract(const std::string& text) {
  static const Pipeline* const kPipeline = new Pipeline(*NewsPipeline());
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

}  // namespace
}  // namespace nutgraf
