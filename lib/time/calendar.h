// The calendar: weeks, feasts, and the days of holidays.

#ifndef NUTGRAF_LIB_TIME_CALENDAR_H_
#define NUTGRAF_LIB_TIME_CALENDAR_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"

namespace nutgraf::internal {

// Years that the grammar reads and computes with. Civil time itself goes much further.
inline constexpr int64_t kFirstYear = 1;
inline constexpr int64_t kLastYear = 9999;

int DaysInMonth(int64_t year, int month);

// True where the day exists in that year.
bool IsDate(int64_t year, int month, int day);

// 1 for Monday to 7 for Sunday.
int WeekdayOf(absl::CivilDay day);

// First day of the week of `day`, where weeks start on `starts_on` (1 for Monday).
absl::CivilDay WeekStart(absl::CivilDay day, int starts_on);

// ISO 8601: weeks start on Monday, the first has the year's first Thursday.
struct IsoWeek {
  int64_t year;
  int week;
};
IsoWeek IsoWeekOf(absl::CivilDay day);
// The Monday of a week.
absl::CivilDay FromIsoWeek(int64_t year, int week);

// Easter Sunday of the Western churches (Meeus, Astronomical Algorithms, chapter 8).
absl::CivilDay WesternEaster(int64_t year);
// Easter Sunday of the Orthodox churches, in the Gregorian calendar (the same source).
absl::CivilDay OrthodoxEaster(int64_t year);

// The n-th `weekday` of a month, from its end where n is negative. Nothing where there are not so
// many.
std::optional<absl::CivilDay> NthWeekday(int64_t year, int month, int weekday, int n);

// When a holiday is. Parsed from the rules of data/time/holidays.tsv, which explains them, and
// feasts.tsv.
class HolidayRule {
 public:
  // Nothing where the rule is ill-formed.
  static std::optional<HolidayRule> Parse(std::string_view rule);

  // The first day of the holiday in that year; nothing where the rule does not know.
  std::optional<absl::CivilDay> DayIn(int64_t year) const;
  int days() const { return days_; }
  // It begins at sunset of the day before.
  bool from_sunset() const { return from_sunset_; }
  // Month and day, where they are the same each year; else 0.
  int fixed_month() const { return kind_ == Kind::kFixed ? month_ : 0; }
  int fixed_day() const { return kind_ == Kind::kFixed ? day_ : 0; }

 private:
  enum class Kind : uint8_t { kFixed, kEaster, kOrthodox, kNth, kBefore, kOnOrAfter, kTable };

  Kind kind_ = Kind::kFixed;
  int month_ = 1;
  int day_ = 1;
  int weekday_ = 1;
  int n_ = 1;
  int offset_ = 0;  // days
  int days_ = 1;
  bool from_sunset_ = false;
  std::vector<absl::CivilDay> table_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_CALENDAR_H_
