// A resolved date, time or duration: TIMEX3 value and, where it is known, the interval.

#ifndef NUTGRAF_LIB_TIME_MOMENT_H_
#define NUTGRAF_LIB_TIME_MOMENT_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "absl/time/civil_time.h"
#include "lib/time/vocabulary.h"
#include "nutgraf/time_expression.h"

namespace nutgraf::internal {

// A short text that is put together without allocating.
class Timex {
 public:
  Timex() {}  // NOLINT(modernize-use-equals-default): leaves the bytes as they are

  std::string_view view() const { return {bytes_.data(), size_}; }
  bool empty() const { return size_ == 0; }
  void clear() { size_ = 0; }
  // What does not fit is dropped.
  Timex& Add(std::string_view s);
  // With leading zeros up to `width`.
  Timex& AddNumber(int64_t value, int width = 0);
  // As short as it goes: "2.5".
  Timex& AddReal(double value);

 private:
  std::array<char, 63> bytes_;
  uint8_t size_ = 0;
};

struct Moment {
  Moment() {}  // NOLINT(modernize-use-equals-default): does not write zeros over all of it first

  bool known = false;       // begin and end hold
  bool begin_open = false;  // no begin
  bool end_open = false;    // no end
  TimeGrain grain = TimeGrain::kNone;
  absl::CivilSecond begin;
  absl::CivilSecond end;
  Timex value;

  absl::CivilDay day() const { return absl::CivilDay(begin); }
};

// An amount of time: at most one number a unit.
struct Amount {
  struct Part {
    double number = 0;  // 0 where it is not said: "several"
    Unit unit = Unit::kNone;
  };
  std::array<Part, 6> parts;
  uint32_t count = 0;

  bool vague() const { return count > 0 && parts[0].number == 0; }
  Unit unit() const { return count > 0 ? parts[0].unit : Unit::kNone; }
  // Its finest unit.
  Unit finest() const { return count > 0 ? parts[count - 1].unit : Unit::kNone; }
  void Add(double number, Unit unit) {
    if (count < parts.size()) parts[count++] = {number, unit};
  }
};

TimeGrain GrainOf(Unit unit);

// "P10D", "PT3H20M", "PXY".
Timex DurationValue(const Amount& amount);

// `from` and the amount, which may be taken off (sign -1). Months and years keep the day of the
// month, or take the month's last.
absl::CivilSecond Shifted(absl::CivilSecond from, const Amount& amount, int sign);

// The period of the calendar of that unit that holds the second, and those n periods on from it.
// Weeks start on `week_start` (1 for Monday).
Moment PeriodAt(absl::CivilSecond at, Unit unit, int n, int week_start);

// The season, half, quarter (n from 1) of a year, a century (n = 20: the 20th), a decade (n = 199:
// the 1990s).
Moment SeasonOf(int64_t year, Season season);
Moment HalfOf(int64_t year, int n);
Moment QuarterOf(int64_t year, int n);
Moment CenturyOf(int64_t n);
Moment DecadeOf(int64_t n);
Moment YearOf(int64_t year);
Moment MonthOf(int64_t year, int month);
Moment DayOf(absl::CivilDay day);
Moment WeekOf(absl::CivilDay first);
Moment WeekendOf(absl::CivilDay saturday);
Moment PartOf(absl::CivilDay day, Part part);

// Narrows a period to its early, middle or late part: a third, of a month the days to the 10th, 20th
// and last, of a year four months.
void Narrow(Moment& m, TimeModifier modifier);
// Opens the interval as "before", "since", ... say.
void Open(Moment& m, TimeModifier modifier);
// "PRESENT_REF" and its kind.
Moment ReferenceTo(std::string_view timex);

std::string_view PartName(Part part);
std::string_view SeasonName(Season season);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_MOMENT_H_
