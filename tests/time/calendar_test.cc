#include "lib/time/calendar.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace nutgraf::internal {
namespace {

TEST(CalendarTest, LeapDays) {
  EXPECT_TRUE(IsDate(2000, 2, 29));
  EXPECT_FALSE(IsDate(1900, 2, 29));
  EXPECT_TRUE(IsDate(2016, 2, 29));
  EXPECT_FALSE(IsDate(2015, 2, 29));
  EXPECT_FALSE(IsDate(2015, 4, 31));
  EXPECT_FALSE(IsDate(2015, 13, 1));
  EXPECT_FALSE(IsDate(0, 1, 1));
}

TEST(CalendarTest, IsoWeeksAtTheTurnOfTheYear) {
  const auto week = [](int y, int m, int d) { return IsoWeekOf(absl::CivilDay(y, m, d)); };
  EXPECT_EQ(week(2021, 1, 3).year, 2020);
  EXPECT_EQ(week(2021, 1, 3).week, 53);
  EXPECT_EQ(week(2021, 1, 4).week, 1);
  EXPECT_EQ(week(2018, 12, 31).year, 2019);
  EXPECT_EQ(week(2018, 12, 31).week, 1);
}

TEST(CalendarTest, IsoWeeksAndTheirMondaysAgree) {
  for (absl::CivilDay day(1999, 12, 20); day < absl::CivilDay(2031, 1, 20); ++day) {
    const IsoWeek week = IsoWeekOf(day);
    EXPECT_EQ(FromIsoWeek(week.year, week.week), WeekStart(day, 1)) << day;
  }
}

TEST(CalendarTest, EasterOfTheWestAndOfTheEast) {
  EXPECT_EQ(WesternEaster(2015), absl::CivilDay(2015, 4, 5));
  EXPECT_EQ(WesternEaster(2024), absl::CivilDay(2024, 3, 31));
  EXPECT_EQ(OrthodoxEaster(2015), absl::CivilDay(2015, 4, 12));
  EXPECT_EQ(OrthodoxEaster(2024), absl::CivilDay(2024, 5, 5));
  for (int year = 1900; year < 2100; ++year) {
    EXPECT_EQ(WeekdayOf(WesternEaster(year)), 7) << year;
    EXPECT_EQ(WeekdayOf(OrthodoxEaster(year)), 7) << year;
  }
}

TEST(CalendarTest, NthWeekdays) {
  EXPECT_EQ(NthWeekday(2022, 11, 4, 4), absl::CivilDay(2022, 11, 24));
  EXPECT_EQ(NthWeekday(2022, 5, 1, -1), absl::CivilDay(2022, 5, 30));
  EXPECT_EQ(NthWeekday(2022, 2, 1, 5), std::nullopt);
}

TEST(HolidayRuleTest, EachKindOfRule) {
  const auto day = [](const char* rule, int year) { return HolidayRule::Parse(rule)->DayIn(year); };
  EXPECT_EQ(day("12-25", 2014), absl::CivilDay(2014, 12, 25));
  EXPECT_EQ(day("easter-2", 2015), absl::CivilDay(2015, 4, 3));
  EXPECT_EQ(day("orthodox", 2015), absl::CivilDay(2015, 4, 12));
  EXPECT_EQ(day("nth:11:4:4+1", 2022), absl::CivilDay(2022, 11, 25));
  EXPECT_EQ(day("before:05-25:1", 2020), absl::CivilDay(2020, 5, 18));
  EXPECT_EQ(day("on_or_after:11-27:7", 2022), absl::CivilDay(2022, 11, 27));
  EXPECT_EQ(day("table:2019-10-27,2020-11-14;2", 2020), absl::CivilDay(2020, 11, 14));
  EXPECT_EQ(day("table:2019-10-27", 2020), std::nullopt);
  EXPECT_TRUE(HolidayRule::Parse("table:2019-10-27;8;sunset")->from_sunset());
}

TEST(HolidayRuleTest, IllFormedRulesAreNone) {
  for (const char* rule : {"", "x", "13-01", "12-25x", "nth:11:4", "nth:11:9:1", "easter+",
                           "table:", "table:2019-02-30", "12-25;0", "12-25;1;noon", "before:05-25"})
    EXPECT_FALSE(HolidayRule::Parse(rule).has_value()) << rule;
}

TEST(HolidayRuleTest, ReadsAllRulesOfTheTables) {
  int rows = 0;
  for (const char* name : {"holidays.tsv", "feasts.tsv"}) {
    std::ifstream in(std::string(NUTGRAF_SOURCE_DIR) + "/data/time/" + name);
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line[0] == '#' || line.rfind("name\t", 0) == 0) continue;
      std::istringstream fields(line);
      std::string holiday;
      std::string type;
      std::string rule;
      std::getline(fields, holiday, '\t');
      std::getline(fields, type, '\t');
      std::getline(fields, rule, '\t');
      const auto parsed = HolidayRule::Parse(rule);
      ASSERT_TRUE(parsed.has_value()) << line;
      EXPECT_TRUE(parsed->DayIn(2020).has_value() || holiday == "Eid al-Fitr") << line;
      ++rows;
    }
  }
  EXPECT_GT(rows, 200);
}

}  // namespace
}  // namespace nutgraf::internal
