#include "nutgraf/text_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "lib/output/printable.h"
#include "nutgraf/mention.h"
#include "nutgraf/quantity.h"
#include "nutgraf/sentence.h"
#include "tests/support/texts.h"

namespace nutgraf {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Printable(std::string_view text) {
  std::string out;
  AppendPrintable(text, out);
  return out;
}

TEST(PrintableTest, ShowsWhatWouldCommandTheTerminal) {
  EXPECT_EQ(Printable("red \x1B[31m"), "red ␛[31m");
  EXPECT_EQ(Printable(std::string_view("a\0b\x7F", 4)), "a␀b␡");
  EXPECT_EQ(Printable("a\u202Eb\u2066c\u200F"), "a[U+202E]b[U+2066]c[U+200F]");
  EXPECT_EQ(Printable("\u009B31m"), "[U+009B]31m");
  EXPECT_EQ(Printable("a\xFF\xE2\x80z"), "a\uFFFD\uFFFDz");
  EXPECT_EQ(Printable("so\u00ADft\uFEFF"), "soft");
  EXPECT_EQ(Printable("  a \r\n\t b\u00A0c "), "a b c");
}

TEST(PrintableTest, CountsColumns) {
  const auto columns = [](std::string_view text) {
    std::string out;
    return internal::AppendPrintable(text, out);
  };
  EXPECT_EQ(columns("é’x"), 3U);
  EXPECT_EQ(columns("e\u0301"), 1U);
  EXPECT_EQ(columns("漢字"), 4U);
  std::string out;
  size_t rest = 0;
  EXPECT_EQ(internal::AppendPrintable("漢字", out, internal::WhiteSpace::kCollapse, 3, &rest), 2U);
  EXPECT_EQ(out, "漢");
  EXPECT_EQ(rest, 3U);
}

TEST(PrintableTest, LimitsMarksInARow) {
  std::string text = "a";
  for (int i = 0; i < 1000; ++i) text += "\u0301";
  EXPECT_LT(Printable(text).size(), 20U);
}

class TextReportTest : public ::testing::Test {
 protected:
  void Reset(std::string_view text) {
    document_.Reset(text);
    document_.set_id("news.txt");
    document_.Rows<Mention>();
    document_.Rows<Quantity>();
  }
  // All places of the name.
  void Name(std::string_view name, EntityType type, std::string_view id = {},
            std::string_view canonical = {}) {
    for (size_t at = document_.text().find(name); at != std::string_view::npos;
         at = document_.text().find(name, at + 1)) {
      Mention mention = {};
      mention.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + name.size())};
      mention.type = type;
      mention.label = EntityTypeName(type);
      mention.id = id;
      mention.name = canonical;
      document_.Rows<Mention>().push_back(mention);
    }
  }
  ByteSpan Span(std::string_view part) {
    const size_t at = document_.text().find(part);
    return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + part.size())};
  }
  std::string Report(TextReportOptions options = {}) {
    std::string out;
    TextReport(options).Append(document_, out);
    return out;
  }

  Document document_;
};

TEST_F(TextReportTest, Names) {
  Reset(
      "Moscow sent troops. The CSTO, or Collective Security Treaty Organization, met in "
      "Moscow.\nMr. Putin spoke in Omsk.");
  Name("Moscow", EntityType::kLocation);
  Name("CSTO", EntityType::kOrganization, "org/CSTO", "Collective Security Treaty Organization");
  Name("Collective Security Treaty Organization", EntityType::kOrganization, "org/CSTO",
       "Collective Security Treaty Organization");
  Name("Putin", EntityType::kPerson);
  Name("Omsk", EntityType::kLocation);
  document_.Rows<Sentence>().push_back({Span("Moscow sent troops."), {0, 1}, 0});
  document_.Rows<Sentence>().push_back(
      {Span("The CSTO, or Collective Security Treaty Organization, met in Moscow."), {1, 2}, 0});
  document_.Rows<Sentence>().push_back({Span("Mr. Putin spoke in Omsk."), {2, 3}, 0});
  EXPECT_EQ(Report({.width = 80}),
            "news.txt  113 bytes, 3 sentences, 6 names, 0 quantities\n"
            "\n"
            "Who\n"
            "  Putin  1  Mr. Putin spoke in Omsk.\n"
            "\n"
            "Which organisations\n"
            "  CSTO (Collective Security…  2  The CSTO, or Collective Security Treaty…\n"
            "\n"
            "Where\n"
            "  Moscow  2  Moscow sent troops.\n"
            "  Omsk    1  Mr. Putin spoke in Omsk.\n");
}

TEST_F(TextReportTest, Quantities) {
  Reset(
      "At least 164 people and some 3.5 percent of adults; $2 billion a year; from 5 to 10 km; "
      "21st");
  const auto add = [this](std::string_view part, QuantityKind kind, double value) -> Quantity& {
    Quantity quantity = {};
    quantity.span = Span(part);
    quantity.kind = kind;
    quantity.value = value;
    document_.Rows<Quantity>().push_back(quantity);
    return document_.Rows<Quantity>().back();
  };
  Quantity& people = add("164", QuantityKind::kNumber, 164);
  people.bound = QuantityBound::kAtLeast;
  people.modifier = Span("At least");
  people.counted = Span("people");
  Quantity& adults = add("3.5 percent", QuantityKind::kPercent, 3.5);
  adults.unit = "percent";
  adults.of = Span("adults");
  adults.approximation = Approximation::kApproximate;
  Quantity& money = add("$2 billion", QuantityKind::kMoney, 2e9);
  money.currency = "USD";
  money.unit = "dollar";
  money.per = "year";
  Quantity& range = add("5 to 10 km", QuantityKind::kMeasure, 0);
  range.is_range = true;
  range.low = 5;
  range.high = 10;
  range.unit = "kilometer";
  add("21st", QuantityKind::kOrdinal, 21);
  EXPECT_EQ(Report({.width = 80}),
            "news.txt  92 bytes, 0 names, 5 quantities\n"
            "\n"
            "How many\n"
            "  At least 164  ≥ 164                       people\n"
            "  3.5 percent   ~ 3.5 percent               of adults\n"
            "  $2 billion    USD 2,000,000,000 per year\n"
            "  5 to 10 km    5–10 kilometer\n"
            "  21st          21 (in order)\n");
}

TEST_F(TextReportTest, LongSentencesAreCutRoundTheName) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word ";
  text += "Astana";
  for (int i = 0; i < 100; ++i) text += " word";
  Reset(text);
  Name("Astana", EntityType::kLocation);
  EXPECT_THAT(Report({.width = 60}),
              HasSubstr("\n  Astana  1  … word word word Astana word word word word…\n"));
}

TEST_F(TextReportTest, CountsRowsThatItDoesNotShow) {
  Reset("Aa Bb Cc Dd");
  for (const std::string_view name : {"Aa", "Bb", "Cc", "Dd"}) Name(name, EntityType::kPerson);
  EXPECT_THAT(Report({.max_rows = 2}), HasSubstr("Bb  1  Aa Bb Cc Dd\n  … and 2 more\n"));
  EXPECT_THAT(Report({.max_rows = 0}), HasSubstr("Dd  1  Aa Bb Cc Dd\n"));
}

TEST_F(TextReportTest, ShowsTheText) {
  Reset("In Omsk,\r\nno 5\x1B[2J.");
  Name("Omsk", EntityType::kLocation);
  Quantity quantity = {};
  quantity.span = Span("5");
  document_.Rows<Quantity>().push_back(quantity);
  EXPECT_THAT(Report({.show_text = true}),
              HasSubstr("\n\nIn [Omsk|LOCATION],\nno [5|number]␛[2J.\n"));
  EXPECT_THAT(Report({.color = true, .show_text = true}),
              HasSubstr("In \x1B[32mOmsk\x1B[0m,\nno \x1B[31m5\x1B[0m␛[2J."));
}

TEST_F(TextReportTest, EmptyText) {
  Reset("");
  EXPECT_EQ(Report({.show_text = true}), "news.txt  0 bytes, 0 names, 0 quantities\n\n");
  document_.set_id("");
  document_.set_date("2022-01-11");
  EXPECT_EQ(Report(), "(without a name)  2022-01-11  0 bytes, 0 names, 0 quantities\n");
}

// Nothing of a hostile text reaches the terminal as a command, and no line is longer than it may
// be.
TEST_F(TextReportTest, RandomTextsAndSpans) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 500; ++round) {
    const std::string text = testing::Mutate(
        random,
        testing::RandomText(random, testing::AllPieces(), random() % 60) + "\x1B]0;\x07\u202E", 3);
    Reset(text);
    document_.set_id(text);
    for (int i = 0; i < 10; ++i) {
      Mention mention = {};
      mention.span = {static_cast<uint32_t>(random() % (text.size() + 4)),
                      static_cast<uint32_t>(random() % (text.size() + 4))};
      mention.type = static_cast<EntityType>(random() % 9);
      mention.name = random() % 2 == 0 ? std::string_view(text).substr(0, 20) : std::string_view();
      document_.Rows<Mention>().push_back(mention);
      Quantity quantity = {};
      quantity.span = mention.span;
      quantity.counted = {mention.span.end, mention.span.begin};
      document_.Rows<Quantity>().push_back(quantity);
    }
    const std::string report = Report({.width = 60, .show_text = round % 2 == 0});
    EXPECT_THAT(report, Not(HasSubstr("\x1B")));
    EXPECT_THAT(report, Not(HasSubstr("\x07")));
    EXPECT_THAT(report, Not(HasSubstr("\u202E")));
    std::string again;
    internal::AppendPrintable(report, again, internal::WhiteSpace::kKeep);
    EXPECT_EQ(report, again) << "what is printable stays as it is";
  }
}

}  // namespace
}  // namespace nutgraf
