#include "nutgraf/quantity_units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>

#include "nutgraf/document.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity.h"
#include "nutgraf/quantity_extractor.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

// The first quantity of a text.
Quantity First(std::string_view text) {
  static const Pipeline* const kPipeline = new Pipeline(*Pipeline::Builder()
                                                             .Add(Tokenizer())
                                                             .Add(SentenceSplitter())
                                                             .Add(QuantityExtractor())
                                                             .Build());
  Document document;
  EXPECT_TRUE(kPipeline->Process(text, document).ok());
  EXPECT_FALSE(document.Get<Quantity>().empty()) << text;
  return document.Get<Quantity>().empty() ? Quantity{} : document.Get<Quantity>()[0];
}

TEST(FindUnitTest, KnowsNamesPluralsAndSymbols) {
  for (const std::string_view name : {"kilometer", "kilometres", "km"}) {
    const auto unit = FindUnit(name);
    ASSERT_TRUE(unit.has_value()) << name;
    EXPECT_EQ(unit->name, "kilometer");
    EXPECT_EQ(unit->dimension, "length");
    EXPECT_DOUBLE_EQ(unit->factor, 1000);
  }
  EXPECT_EQ(FindUnit("g")->name, "gram");
  EXPECT_EQ(FindUnit("miles per hour")->dimension, "speed");
}

TEST(FindUnitTest, HasNoneForOtherWords) {
  for (const std::string_view name : {"", "parrot", "dollar", "kilometer of", "\xFF"})
    EXPECT_FALSE(FindUnit(name).has_value()) << name;
}

TEST(ConvertUnitTest, ConvertsWithinADimension) {
  EXPECT_DOUBLE_EQ(*ConvertUnit(10, "mile", "kilometer"), 16.09344);
  EXPECT_DOUBLE_EQ(*ConvertUnit(2, "hours", "min"), 120);
  EXPECT_DOUBLE_EQ(*ConvertUnit(5, "km", "km"), 5);
}

TEST(ConvertUnitTest, ConvertsTemperatures) {
  EXPECT_DOUBLE_EQ(*ConvertUnit(37, "°C", "°F"), 98.6);
  EXPECT_DOUBLE_EQ(*ConvertUnit(32, "degrees Fahrenheit", "degree celsius"), 0);
  EXPECT_DOUBLE_EQ(*ConvertUnit(0, "kelvin", "degree celsius"), -273.15);
}

TEST(ConvertUnitTest, SaysWhatIsWrong) {
  EXPECT_THAT(std::string(ConvertUnit(1, "mile", "hour").status().message()),
              testing::HasSubstr("mile (length)"));
  EXPECT_THAT(std::string(ConvertUnit(1, "mile", "parrot").status().message()),
              testing::HasSubstr("'parrot'"));
  EXPECT_FALSE(ConvertUnit(1, "decibel", "decibels per hour").ok());
}

TEST(ConvertedTest, ConvertsValueAndEnds) {
  const auto value = Converted(First("a walk of 10 miles"), "km");
  ASSERT_TRUE(value.ok());
  EXPECT_DOUBLE_EQ(value->value, 16.09344);
  EXPECT_EQ(value->unit, "kilometer");
  const auto range = Converted(First("a walk of 1 to 2 km"), "meter");
  ASSERT_TRUE(range.ok());
  EXPECT_DOUBLE_EQ(range->low, 1000);
  EXPECT_DOUBLE_EQ(range->high, 2000);
  EXPECT_FALSE(Converted(First("$5"), "km").ok());
  EXPECT_FALSE(Converted(First("12 geese"), "km").ok());
}

TEST(CompareTest, AnswersWhereTheBoundDecides) {
  const Quantity least = First("at least 164 people");
  EXPECT_EQ(Compare(least, 150), Comparison::kMore);
  EXPECT_EQ(Compare(least, 164), Comparison::kUnknown);
  EXPECT_EQ(Compare(least, 200), Comparison::kUnknown);
  const Quantity more = First("more than 164 people");
  EXPECT_EQ(Compare(more, 164), Comparison::kMore);
  const Quantity less = First("fewer than 30 people");
  EXPECT_EQ(Compare(less, 30), Comparison::kLess);
  EXPECT_EQ(Compare(less, 20), Comparison::kUnknown);
  EXPECT_EQ(Compare(First("up to 30 people"), 30), Comparison::kUnknown);
}

TEST(CompareTest, ExactOnesAreLessEqualOrMore) {
  EXPECT_EQ(Compare(First("12 people"), 12), Comparison::kEqual);
  EXPECT_EQ(Compare(First("12 people"), 13), Comparison::kLess);
  EXPECT_EQ(Compare(First("5 to 7 people"), 8), Comparison::kLess);
  EXPECT_EQ(Compare(First("5 to 7 people"), 6), Comparison::kUnknown);
}

TEST(CompareTest, ApproximateOnesMayBeOffByATenth) {
  EXPECT_EQ(Compare(First("about 100 people"), 105), Comparison::kUnknown);
  EXPECT_EQ(Compare(First("about 100 people"), 120), Comparison::kLess);
  EXPECT_EQ(Compare(First("nearly 100 people"), 100), Comparison::kLess);
  EXPECT_EQ(Compare(First("just over 100 people"), 100), Comparison::kMore);
}

TEST(CompareTest, ConvertsUnits) {
  EXPECT_EQ(Compare(First("10 miles"), First("10 kilometers")), Comparison::kMore);
  EXPECT_EQ(Compare(First("2 hours"), First("120 minutes")), Comparison::kEqual);
  EXPECT_EQ(Compare(First("$5"), First("5 euros")), Comparison::kUnknown);
  EXPECT_EQ(Compare(First("10 miles"), First("10 kilograms")), Comparison::kUnknown);
  EXPECT_EQ(Compare(First("12 people"), First("the third man")), Comparison::kUnknown);
}

TEST(FormatQuantityTest, SaysBoundValueAndUnit) {
  EXPECT_EQ(FormatQuantity(First("At least 164 people")), "≥ 164");
  EXPECT_EQ(FormatQuantity(First("about 40 percent")), "~ 40 percent");
  EXPECT_EQ(FormatQuantity(First("$3.5 million a month")), "USD 3,500,000 per month");
  EXPECT_EQ(FormatQuantity(First("10 to 20 km/h")), "10–20 kilometer per hour");
  EXPECT_EQ(FormatQuantity(First("the next to last page")), "end-1");
  EXPECT_EQ(FormatQuantity(First("the third man")), "3 (in order)");
}

}  // namespace
}  // namespace nutgraf
