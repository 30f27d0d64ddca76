#include "nutgraf/json_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <limits>
#include <random>
#include <string>
#include <string_view>

#include "nutgraf/mention.h"
#include "nutgraf/quantity.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"
#include "nutgraf/tokenizer.h"
#include "tests/support/allocation_counter.h"
#include "tests/support/texts.h"

namespace nutgraf {
namespace {

std::string Write(const Document& document, const JsonOptions& options = {}) {
  std::string out;
  JsonWriter(options).Append(document, out);
  return out;
}

ByteSpan Find(std::string_view text, std::string_view part) {
  const size_t begin = text.find(part);
  EXPECT_NE(begin, std::string_view::npos);
  return ByteSpan{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + part.size())};
}

Quantity QuantityOf(ByteSpan span, QuantityKind kind, double value) {
  Quantity quantity = {};
  quantity.span = span;
  quantity.kind = kind;
  quantity.value = value;
  return quantity;
}

TEST(JsonWriterTest, WritesADocumentInOneLine) {
  const std::string_view text = "Kazakhstan’s 2,500 troops";
  Document document;
  document.Reset(text);
  document.set_id("a1");
  document.set_date("2022-01-11");
  Mention mention = {};
  mention.span = Find(text, "Kazakhstan");
  mention.type = EntityType::kLocation;
  mention.label = "LOCATION";
  mention.confidence = 0.98F;
  mention.source = "gazetteer";
  mention.id = "country/KZ";
  mention.name = "Kazakhstan";
  document.Rows<Mention>().push_back(mention);
  Quantity quantity = QuantityOf(Find(text, "2,500"), QuantityKind::kNumber, 2500);
  quantity.counted = Find(text, "troops");
  document.Rows<Quantity>().push_back(quantity);

  EXPECT_EQ(
      Write(document),
      R"({"id":"a1","date":"2022-01-11","mentions":[{"begin":0,"end":10,"text":"Kazakhstan","type":"LOCATION",)"
      R"("id":"country/KZ","name":"Kazakhstan","confidence":0.98,"source":"gazetteer"}],)"
      R"("quantities":[{"begin":15,"end":20,"text":"2,500","kind":"number","value":2500,)"
      R"("counted":{"begin":21,"end":27,"text":"troops"}}]})"
      "\n");
  const std::string code_points =
      Write(document, {.offsets = OffsetUnit::kCodePoints, .layers = {JsonLayer::kQuantities}});
  EXPECT_EQ(
      code_points,
      R"({"id":"a1","date":"2022-01-11","quantities":[{"begin":13,"end":18,"text":"2,500","kind":"number",)"
      R"("value":2500,"counted":{"begin":19,"end":25,"text":"troops"}}]})"
      "\n");
}

TEST(JsonWriterTest, LeavesOutWhatIsNotKnown) {
  Document document;
  document.Reset("");
  EXPECT_EQ(Write(document, {.layers = JsonLayers::All()}), "{}\n");
  document.Rows<Mention>();
  document.Rows<Quantity>();
  EXPECT_EQ(Write(document), "{\"mentions\":[],\"quantities\":[]}\n");
  EXPECT_EQ(Write(document, {.layers = {}}), "{}\n");
}

TEST(JsonWriterTest, SentencesAndTokensWhereAskedFor) {
  Document document;
  document.Reset("É so.");
  Tokenize(document.text(), document.Rows<Token>());
  document.Rows<Sentence>().push_back(Sentence{{0, 6}, {0, 3}, 0});
  document.Rows<Mention>();
  EXPECT_EQ(Write(document), "{\"mentions\":[]}\n");
  EXPECT_EQ(Write(document, {.offsets = OffsetUnit::kUtf16, .layers = JsonLayers::All()}),
            "{\"sentences\":[[0,5]],\"tokens\":[[0,1],[2,4],[4,5]],\"mentions\":[]}\n");
}

// The fields of one quantity after its "kind".
std::string Fields(const Quantity& quantity, std::string_view text) {
  Document document;
  document.Reset(text);
  document.Rows<Quantity>().push_back(quantity);
  const std::string line = Write(document);
  const size_t begin = line.find("\"kind\"");
  return line.substr(begin, line.rfind("}]}") - begin);
}

TEST(JsonWriterTest, QuantityFields) {
  const std::string_view text = "at least 5 to 10 kilometres a day of roads";
  Quantity range = QuantityOf(Find(text, "5 to 10 kilometres"), QuantityKind::kMeasure, 0);
  range.is_range = true;
  range.low = 5;
  range.high = 10.5;
  range.unit = "kilometer";
  range.dimension = "length";
  range.per = "day";
  range.bound = QuantityBound::kAtLeast;
  range.modifier = Find(text, "at least");
  range.of = Find(text, "roads");
  range.approximation = Approximation::kApproximate;
  range.only = true;
  EXPECT_EQ(
      Fields(range, text),
      R"("kind":"measure","low":5,"high":10.5,"unit":"kilometer","dimension":"length","bound":"at_least",)"
      R"("approximate":true,"focus":"only","modifier":{"begin":0,"end":8,"text":"at least"},)"
      R"("of":{"begin":37,"end":42,"text":"roads"},"per":"day")");
  range.low_open = true;
  range.approximation = Approximation::kSlightlyBelow;
  EXPECT_NE(Fields(range, text).find(R"("low":null,"high":10.5,)"), std::string::npos);
  EXPECT_NE(Fields(range, text).find(R"("approximate":"slightly_below")"), std::string::npos);
  range.high_open = true;
  range.approximation = Approximation::kSlightlyAbove;
  EXPECT_NE(Fields(range, text).find(R"("low":null,"high":null,)"), std::string::npos);
  EXPECT_NE(Fields(range, text).find(R"("approximate":"slightly_above")"), std::string::npos);

  Quantity money = QuantityOf({0, 2}, QuantityKind::kMoney, 3.5e9);
  money.unit = "dollar";
  money.currency = "USD";
  EXPECT_EQ(Fields(money, text),
            R"("kind":"money","value":3500000000,"unit":"dollar","currency":"USD")");
}

TEST(JsonWriterTest, VagueAndRelativeQuantities) {
  const std::string_view text = "dozens";
  Quantity vague = QuantityOf({0, 6}, QuantityKind::kNumber, 0);
  vague.is_range = true;
  vague.vague = true;
  vague.low = 12;
  vague.high = 120;
  EXPECT_THAT(Fields(vague, text), ::testing::HasSubstr(R"("low":12,"high":120,"vague":true)"));
  Quantity relative = QuantityOf({0, 6}, QuantityKind::kOrdinal, -1);
  relative.anchor = OrdinalAnchor::kEnd;
  const std::string fields = Fields(relative, text);
  EXPECT_THAT(fields, ::testing::HasSubstr(R"("value":"end-1")"));
}

TEST(JsonWriterTest, NumbersAreShortAndExact) {
  const auto value = [](double number) {
    const std::string fields = Fields(QuantityOf({0, 1}, QuantityKind::kNumber, number), "x");
    return fields.substr(fields.rfind(':') + 1);
  };
  EXPECT_EQ(value(0), "0");
  EXPECT_EQ(value(-0.0), "0");
  EXPECT_EQ(value(1000000), "1000000");
  EXPECT_EQ(value(0.1), "0.1");
  EXPECT_EQ(value(1.0 / 12), "0.08333333333333333");
  EXPECT_EQ(value(-3.5), "-3.5");
  EXPECT_EQ(value(1e15), "1000000000000000");
  EXPECT_EQ(value(7.8e18), "7800000000000000000");
  EXPECT_EQ(value(195038147934135156736.0), "1.9503814793413516e+20")
      << "digits alone would not fit 64 bits";
  EXPECT_EQ(value(-1e300), "-1e+300");
  EXPECT_EQ(value(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(value(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(JsonWriterTest, EscapesWhatBreaksLinesOrTerminals) {
  Document document;
  document.Reset("");
  document.set_id(std::string_view("\"\\/\n\r\t\x1B[31m\0\x7F\u0085\u2028\u2029 é😀", 28));
  EXPECT_EQ(Write(document),
            "{\"id\":\"\\\"\\\\/\\n\\r\\t\\u001b[31m\\u0000\\u007f\\u0085\\u2028\\u2029 é😀\"}\n");
}

TEST(JsonWriterTest, IllFormedPartsAreReplaced) {
  Document document;
  document.Reset("a\xE2\x80 \xFF");
  Mention mention = {};
  mention.span = {0, 5};
  document.Rows<Mention>().push_back(mention);
  const std::string line = Write(document, {.offsets = OffsetUnit::kCodePoints});
  EXPECT_NE(line.find("\"begin\":0,\"end\":4,\"text\":\"a\uFFFD \uFFFD\",\"type\":\"OTHER\""),
            std::string::npos)
      << line;
}

TEST(JsonWriterTest, SpansPastTheTextAreCutOff) {
  Document document;
  document.Reset("abc");
  Mention mention = {};
  for (const ByteSpan span : {ByteSpan{1, 99}, ByteSpan{50, 60}, ByteSpan{3, 1}}) {
    mention.span = span;
    document.Rows<Mention>().push_back(mention);
  }
  const std::string line = Write(document);
  EXPECT_NE(line.find("\"begin\":1,\"end\":3,\"text\":\"bc\""), std::string::npos) << line;
  EXPECT_NE(line.find("\"begin\":3,\"end\":3,\"text\":\"\""), std::string::npos) << line;
  EXPECT_NE(line.find("\"begin\":1,\"end\":1,\"text\":\"\""), std::string::npos) << line;
}

// Whatever is in the text: valid JSON, one line, offsets that slice back.
TEST(JsonWriterTest, RandomTextsParse) {
  std::mt19937_64 random(11);
  simdjson::dom::parser parser;
  Document document;
  JsonWriter writer({.offsets = OffsetUnit::kCodePoints, .layers = JsonLayers::All()});
  for (int round = 0; round < 500; ++round) {
    const std::string text =
        testing::Mutate(random,
                        testing::RandomText(random, testing::AllPieces(), 1 + random() % 60), 3) +
        ".";
    document.Reset(text);
    document.set_id(text);
    Tokenize(document.text(), document.Rows<Token>());
    for (const Token& token : document.Get<Token>()) {
      Mention mention = {};
      mention.span = token.span();
      document.Rows<Mention>().push_back(mention);
    }
    std::string out;
    writer.Append(document, out);
    ASSERT_EQ(out.find('\n'), out.size() - 1);
    simdjson::dom::element root;
    ASSERT_EQ(parser.parse(out).get(root), simdjson::SUCCESS) << out;
    std::string_view id;
    ASSERT_EQ(root["id"].get(id), simdjson::SUCCESS);
    // The id is the text as it is decoded, so that code points can be counted in it.
    const OffsetMap map(id, OffsetUnit::kCodePoints);
    simdjson::dom::array mentions;
    ASSERT_EQ(root["mentions"].get(mentions), simdjson::SUCCESS);
    for (const simdjson::dom::element mention : mentions) {
      const auto begin = static_cast<uint32_t>(uint64_t{mention["begin"]});
      const auto end = static_cast<uint32_t>(uint64_t{mention["end"]});
      ASSERT_EQ(Slice(id, {map.ToBytes(begin), map.ToBytes(end)}),
                std::string_view(mention["text"]))
          << out;
    }
  }
}

TEST(JsonWriterTest, AWarmWriterDoesNotAllocate) {
  if (!testing::CountsAllocations()) GTEST_SKIP() << "the sanitizer counts for itself";
  std::mt19937_64 random(23);
  Document document;
  document.Reset(testing::RandomText(random, testing::AllPieces(), 5000));
  Tokenize(document.text(), document.Rows<Token>());
  Quantity quantity = QuantityOf({0, 10}, QuantityKind::kFraction, 1.0 / 3);
  quantity.counted = {20, 40};
  document.Rows<Quantity>().push_back(quantity);
  Mention mention = {};
  mention.span = {3, 9};
  mention.confidence = 0.7F;
  document.Rows<Mention>().push_back(mention);
  JsonWriter writer({.offsets = OffsetUnit::kUtf16, .layers = JsonLayers::All()});
  std::string out;
  writer.Append(document, out);
  out.clear();
  const size_t before = testing::Allocations();
  writer.Append(document, out);
  EXPECT_EQ(testing::Allocations(), before);
}

TEST(JsonLayersTest, Parse) {
  EXPECT_EQ(*JsonLayers::Parse("tokens"), JsonLayers({JsonLayer::kTokens}));
  EXPECT_EQ(*JsonLayers::Parse("default,tokens"),
            JsonLayers({JsonLayer::kTokens, JsonLayer::kMentions, JsonLayer::kQuantities,
                        JsonLayer::kTimes}));
  EXPECT_EQ(*JsonLayers::Parse("all"), JsonLayers::All());
  EXPECT_EQ(JsonLayers::Parse("tokens,names").status().message(),
            "there is no layer 'names'; the layers are sentences, tokens, mentions, quantities, "
            "times, "
            "and for sets of them "
            "default, all");
  EXPECT_FALSE(JsonLayers::Parse("").ok());
  EXPECT_FALSE(JsonLayers::Parse("tokens,").ok());
}

}  // namespace
}  // namespace nutgraf
