#include "nutgraf/time_extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/tokenizer.h"
#include "tests/support/allocation_counter.h"

namespace nutgraf {
namespace {

Pipeline PipelineOf(const TimeOptions& options = {}) {
  return *Pipeline::Builder()
              .Add(Tokenizer())
              .Add(SentenceSplitter())
              .Add(TimeExtractor(options))
              .Build();
}

// "span=value" of each time.
std::vector<std::string> Times(std::string_view text, std::string_view date = "2022-01-11",
                               const TimeOptions& options = {}) {
  Document document;
  EXPECT_TRUE(PipelineOf(options).Process({.text = text, .id = {}, .date = date}, document).ok());
  std::vector<std::string> out;
  for (const TimeExpression& t : document.Get<TimeExpression>()) {
    std::string one(Slice(document.text(), t.span));
    one.append("=").append(t.value);
    out.push_back(one);
  }
  return out;
}

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(TimeExtractorTest, DateOrderIsAnOption) {
  EXPECT_THAT(Times("It was signed on 03/05/21."), ElementsAre("03/05/21=2021-03-05"));
  EXPECT_THAT(Times("It was signed on 03/05/21.", "2022-01-11",
                    {.date_order = TimeOptions::DateOrder::kDayFirst}),
              ElementsAre("03/05/21=2021-05-03"));
  EXPECT_THAT(Times("It was signed on 23/05/21."), ElementsAre("23/05/21=2021-05-23"));
}

TEST(TimeExtractorTest, FirstDayOfTheWeekIsAnOption) {
  // 2022-01-09 is a Sunday.
  EXPECT_THAT(Times("It rained this week.", "2022-01-09"), ElementsAre("this week=2022-W01"));
  EXPECT_THAT(Times("It rained this week.", "2022-01-09", {.week_starts_on = 7}),
              ElementsAre("this week=2022-W02"));
}

TEST(TimeExtractorTest, PrepositionOfAnOpenIntervalIsInTheSpanUnlessTheOptionSaysNo) {
  EXPECT_THAT(Times("It closed before 2010."), ElementsAre("before 2010=2010"));
  EXPECT_THAT(Times("It closed before 2010.", "2022-01-11", {.spans_with_prepositions = false}),
              ElementsAre("2010=2010"));
}

TEST(TimeExtractorTest, DateOfTheDocumentStandsOnALineOfItsOwn) {
  EXPECT_THAT(Times("Harbor reopens\nMarch 3, 2015\n\nShips left on Monday.", ""),
              ElementsAre("March 3, 2015=2015-03-03", "Monday=2015-03-02"));
}

TEST(TimeExtractorTest, DateOfTheDocumentStandsInADateline) {
  EXPECT_THAT(Times("LAGOS, March 3, 2015 – Ships left on Monday.", ""),
              ElementsAre("March 3, 2015=2015-03-03", "Monday=2015-03-02"));
}

TEST(TimeExtractorTest, DateGivenGoesBeforeTheDateline) {
  EXPECT_THAT(Times("LAGOS, March 3, 2015 – Ships left on Monday.", "2015-03-10"),
              ElementsAre("March 3, 2015=2015-03-03", "Monday=2015-03-09"));
}

TEST(TimeExtractorTest, ValuesHaveXWhereNoDateIsKnown) {
  EXPECT_THAT(Times("Ships left on Monday, and last year, and on May 3.", ""),
              ElementsAre("Monday=XXXX-WXX-1", "last year=XXXX", "May 3=XXXX-05-03"));
}

TEST(TimeExtractorTest, TenseSaysWhereAWeekdayLies) {
  // 2022-01-11 is a Tuesday.
  EXPECT_THAT(Times("The court met on Friday."), ElementsAre("Friday=2022-01-07"));
  EXPECT_THAT(Times("The court will meet on Friday."), ElementsAre("Friday=2022-01-14"));
  EXPECT_THAT(Times("He said on Friday the court will meet on Monday."),
              ElementsAre("Friday=2022-01-07", "Monday=2022-01-17"));
}

TEST(TimeExtractorTest, ImpossibleDaysAreNoDates) {
  EXPECT_THAT(Times("The letter of 31 February is a forgery."), IsEmpty());
  EXPECT_THAT(Times("It is dated February 29, 2015."), IsEmpty());
  EXPECT_THAT(Times("It is dated February 29, 2016."), ElementsAre("February 29, 2016=2016-02-29"));
}

TEST(TimeExtractorTest, IntervalIsHalfOpen) {
  Document document;
  ASSERT_TRUE(PipelineOf()
                  .Process({.text = "It rained in May 2021.", .id = {}, .date = {}}, document)
                  .ok());
  ASSERT_EQ(document.Get<TimeExpression>().size(), 1);
  const TimeExpression& t = document.Get<TimeExpression>()[0];
  EXPECT_TRUE(t.has_interval);
  EXPECT_EQ(t.begin, absl::CivilSecond(2021, 5, 1));
  EXPECT_EQ(t.end, absl::CivilSecond(2021, 6, 1));
  EXPECT_EQ(t.grain, TimeGrain::kMonth);
  EXPECT_EQ(t.rule, "calendar date");
}

TEST(TimeExtractorTest, TokensOfTheRowAreThoseOfTheSpan) {
  Document document;
  ASSERT_TRUE(PipelineOf()
                  .Process({.text = "It rained on 3 May 2021.", .id = {}, .date = {}}, document)
                  .ok());
  const TimeExpression& t = document.Get<TimeExpression>()[0];
  const auto tokens = document.Get<Token>();
  EXPECT_EQ(tokens[t.tokens.begin].begin, t.span.begin);
  EXPECT_EQ(tokens[t.tokens.end - 1].end, t.span.end);
}

TEST(TimeExtractorTest, WarmDocumentAllocatesNothing) {
  const Pipeline pipeline = PipelineOf();
  Document document;
  const DocumentInput input = {
      .text =
          "The talks ran from 3 to 5 May, two days before Easter, every morning at 9 a.m. (0800 "
          "GMT), for more than three hours, as in the third quarter of 2015 and the 1990s.",
      .id = {},
      .date = "2022-01-11"};
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(pipeline.Process(input, document).ok());
  const size_t before = testing::Allocations();
  ASSERT_TRUE(pipeline.Process(input, document).ok());
  EXPECT_EQ(testing::Allocations(), before);
  EXPECT_GE(document.Get<TimeExpression>().size(), 6);
}

}  // namespace
}  // namespace nutgraf
