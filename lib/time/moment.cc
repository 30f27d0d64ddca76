#include "lib/time/moment.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"
#include "lib/time/calendar.h"

namespace nutgraf::internal {

Timex& Timex::Add(std::string_view s) {
  const size_t fits = std::min(s.size(), bytes_.size() - size_);
  std::memcpy(bytes_.data() + size_, s.data(), fits);
  size_ = static_cast<uint8_t>(size_ + fits);
  return *this;
}

Timex& Timex::AddNumber(int64_t value, int width) {
  char digits[24];
  if (value < 0) {
    Add("-");
    value = -value;
  }
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  for (auto size = static_cast<int>(end - digits); size < width; ++size) Add("0");
  return Add({digits, static_cast<size_t>(end - digits)});
}

Timex& Timex::AddReal(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof(digits), std::round(value * 1e6) / 1e6,
                                 std::chars_format::fixed)
                       .ptr;
  return Add({digits, static_cast<size_t>(end - digits)});
}

namespace {

// The unit as it stands in a duration, the number that one of it makes there, and whether it stands
// behind the T.
struct Designator {
  std::string_view letters;
  double factor;
  bool time;
};
Designator DesignatorOf(Unit unit) {
  switch (unit) {
    case Unit::kSecond:
      return {"S", 1, true};
    case Unit::kMinute:
      return {"M", 1, true};
    case Unit::kHour:
      return {"H", 1, true};
    case Unit::kDay:
    case Unit::kNight:
    case Unit::kWeekday:
      return {"D", 1, false};
    case Unit::kWeekend:
      return {"WE", 1, false};
    case Unit::kWeek:
      return {"W", 1, false};
    case Unit::kFortnight:
      return {"W", 2, false};
    case Unit::kMonth:
    case Unit::kNone:
      return {"M", 1, false};
    case Unit::kSeason:
      return {"M", 3, false};
    case Unit::kQuarter:
      return {"Q", 1, false};
    case Unit::kHalf:
      return {"M", 6, false};
    case Unit::kYear:
      return {"Y", 1, false};
    case Unit::kDecade:
      return {"DE", 1, false};
    case Unit::kCentury:
      return {"CE", 1, false};
    case Unit::kMillennium:
      return {"ML", 1, false};
  }
  return {"D", 1, false};
}

// A unit in seconds, where it has a fixed length, or in months.
struct Length {
  double seconds;
  double months;
};
Length LengthOf(Unit unit) {
  switch (unit) {
    case Unit::kSecond:
      return {1, 0};
    case Unit::kMinute:
      return {60, 0};
    case Unit::kHour:
      return {3600, 0};
    case Unit::kNone:
    case Unit::kDay:
    case Unit::kNight:
      return {86400, 0};
    case Unit::kWeekday:
      return {86400 * 7.0 / 5, 0};
    case Unit::kWeek:
    case Unit::kWeekend:
      return {7 * 86400, 0};
    case Unit::kFortnight:
      return {14 * 86400, 0};
    case Unit::kMonth:
      return {0, 1};
    case Unit::kQuarter:
    case Unit::kSeason:
      return {0, 3};
    case Unit::kHalf:
      return {0, 6};
    case Unit::kYear:
      return {0, 12};
    case Unit::kDecade:
      return {0, 120};
    case Unit::kCentury:
      return {0, 1200};
    case Unit::kMillennium:
      return {0, 12000};
  }
  return {0, 0};
}

}  // namespace

TimeGrain GrainOf(Unit unit) {
  switch (unit) {
    case Unit::kNone:
      return TimeGrain::kNone;
    case Unit::kSecond:
      return TimeGrain::kSecond;
    case Unit::kMinute:
      return TimeGrain::kMinute;
    case Unit::kHour:
      return TimeGrain::kHour;
    case Unit::kNight:
    case Unit::kDay:
    case Unit::kWeekday:
      return TimeGrain::kDay;
    case Unit::kWeekend:
      return TimeGrain::kWeekend;
    case Unit::kWeek:
    case Unit::kFortnight:
      return TimeGrain::kWeek;
    case Unit::kMonth:
      return TimeGrain::kMonth;
    case Unit::kQuarter:
      return TimeGrain::kQuarter;
    case Unit::kHalf:
      return TimeGrain::kHalf;
    case Unit::kSeason:
      return TimeGrain::kSeason;
    case Unit::kYear:
      return TimeGrain::kYear;
    case Unit::kDecade:
      return TimeGrain::kDecade;
    case Unit::kCentury:
      return TimeGrain::kCentury;
    case Unit::kMillennium:
      return TimeGrain::kMillennium;
  }
  return TimeGrain::kNone;
}

Timex DurationValue(const Amount& amount) {
  Timex value;
  value.Add("P");
  bool time = false;
  for (uint32_t i = 0; i < amount.count; ++i) {
    const auto [number, unit] = amount.parts[i];
    Designator designator = DesignatorOf(unit);
    // "half an hour" is 30 minutes; "two and a half years" 2.5 years.
    double n = number * designator.factor;
    if (unit == Unit::kHour && n != std::floor(n) && std::abs(n * 60 - std::round(n * 60)) < 1e-6) {
      if (!time) value.Add("T");
      time = true;
      if (n >= 1) value.AddReal(std::floor(n)).Add("H");
      n = std::round((n - std::floor(n)) * 60);
      designator.letters = "M";
    }
    if (designator.time && !time) {
      value.Add("T");
      time = true;
    }
    if (number == 0) {
      value.Add("X");
    } else {
      value.AddReal(n);
    }
    value.Add(designator.letters);
  }
  return value;
}

absl::CivilSecond Shifted(absl::CivilSecond from, const Amount& amount, int sign) {
  double seconds = 0;
  double months = 0;
  for (uint32_t i = 0; i < amount.count; ++i) {
    const double number = amount.parts[i].number == 0 ? 3 : amount.parts[i].number;  // "a few"
    const Length length = LengthOf(amount.parts[i].unit);
    seconds += number * length.seconds;
    months += number * length.months;
  }
  // The rest of a month that is no whole one, in days.
  const double whole = std::floor(months + 1e-9);
  seconds += std::round((months - whole) * 30) * 86400;
  constexpr double kMostMonths = 12.0 * 9000;
  constexpr double kMostSeconds = 86400.0 * 366 * 9000;
  const auto move_months = static_cast<int64_t>(std::min(whole, kMostMonths)) * sign;
  const auto move_seconds =
      static_cast<int64_t>(std::round(std::min(seconds, kMostSeconds))) * sign;
  const absl::CivilMonth month = absl::CivilMonth(from) + move_months;
  const int day = std::min(from.day(), DaysInMonth(month.year(), month.month()));
  return absl::CivilSecond(month.year(), month.month(), day, from.hour(), from.minute(),
                           from.second()) +
         move_seconds;
}

// -- Periods ---------------------------------------------------------------------------------------

namespace {

Moment Made(absl::CivilSecond begin, absl::CivilSecond end, TimeGrain grain) {
  Moment m;
  m.known = true;
  m.begin = begin;
  m.end = end;
  m.grain = grain;
  return m;
}

}  // namespace

std::string_view PartName(Part part) {
  switch (part) {
    case Part::kNone:
      return "";
    case Part::kMorning:
      return "MO";
    case Part::kAfternoon:
      return "AF";
    case Part::kEvening:
      return "EV";
    case Part::kNight:
      return "NI";
    case Part::kMidday:
      return "MI";
    case Part::kDaytime:
      return "DT";
  }
  return "";
}

std::string_view SeasonName(Season season) {
  switch (season) {
    case Season::kNone:
      return "";
    case Season::kSpring:
      return "SP";
    case Season::kSummer:
      return "SU";
    case Season::kFall:
      return "FA";
    case Season::kWinter:
      return "WI";
  }
  return "";
}

Moment YearOf(int64_t year) {
  Moment m =
      Made(absl::CivilSecond(year, 1, 1), absl::CivilSecond(year + 1, 1, 1), TimeGrain::kYear);
  m.value.AddNumber(year, 4);
  return m;
}

Moment MonthOf(int64_t year, int month) {
  const absl::CivilMonth first(year, month);
  Moment m = Made(absl::CivilSecond(first), absl::CivilSecond(first + 1), TimeGrain::kMonth);
  m.value.AddNumber(year, 4).Add("-").AddNumber(month, 2);
  return m;
}

Moment DayOf(absl::CivilDay day) {
  Moment m = Made(absl::CivilSecond(day), absl::CivilSecond(day + 1), TimeGrain::kDay);
  m.value.AddNumber(day.year(), 4)
      .Add("-")
      .AddNumber(day.month(), 2)
      .Add("-")
      .AddNumber(day.day(), 2);
  return m;
}

Moment WeekOf(absl::CivilDay first) {
  Moment m = Made(absl::CivilSecond(first), absl::CivilSecond(first + 7), TimeGrain::kWeek);
  // A week that starts on Sunday has the number of the one that most of it lies in.
  const IsoWeek week = IsoWeekOf(first + 3);
  m.value.AddNumber(week.year, 4).Add("-W").AddNumber(week.week, 2);
  return m;
}

Moment WeekendOf(absl::CivilDay saturday) {
  Moment m =
      Made(absl::CivilSecond(saturday), absl::CivilSecond(saturday + 2), TimeGrain::kWeekend);
  const IsoWeek week = IsoWeekOf(saturday);
  m.value.AddNumber(week.year, 4).Add("-W").AddNumber(week.week, 2).Add("-WE");
  return m;
}

Moment QuarterOf(int64_t year, int n) {
  const absl::CivilMonth first(year, 3 * n - 2);
  Moment m = Made(absl::CivilSecond(first), absl::CivilSecond(first + 3), TimeGrain::kQuarter);
  m.value.AddNumber(year, 4).Add("-Q").AddNumber(n);
  return m;
}

Moment HalfOf(int64_t year, int n) {
  const absl::CivilMonth first(year, 6 * n - 5);
  Moment m = Made(absl::CivilSecond(first), absl::CivilSecond(first + 6), TimeGrain::kHalf);
  m.value.AddNumber(year, 4).Add("-H").AddNumber(n);
  return m;
}

Moment SeasonOf(int64_t year, Season season) {
  // Of the northern hemisphere, by the days on which equinoxes and solstices mostly fall.
  static constexpr int kMonth[] = {3, 3, 6, 9, 12};
  static constexpr int kDay[] = {20, 20, 21, 23, 21};
  const auto n = static_cast<size_t>(season);
  const size_t next = n == 4 ? 1 : n + 1;
  Moment m = Made(absl::CivilSecond(year, kMonth[n], kDay[n]),
                  absl::CivilSecond(n == 4 ? year + 1 : year, kMonth[next], kDay[next]),
                  TimeGrain::kSeason);
  m.value.AddNumber(year, 4).Add("-").Add(SeasonName(season));
  return m;
}

Moment DecadeOf(int64_t n) {
  Moment m = Made(absl::CivilSecond(10 * n, 1, 1), absl::CivilSecond(10 * n + 10, 1, 1),
                  TimeGrain::kDecade);
  m.value.AddNumber(n, 3);
  return m;
}

Moment CenturyOf(int64_t n) {
  Moment m = Made(absl::CivilSecond(100 * (n - 1), 1, 1), absl::CivilSecond(100 * n, 1, 1),
                  TimeGrain::kCentury);
  m.value.AddNumber(n - 1, 2);
  return m;
}

Moment PartOf(absl::CivilDay day, Part part) {
  int from = 0;
  int to = 24;
  switch (part) {
    case Part::kMorning:
      from = 6;
      to = 12;
      break;
    case Part::kMidday:
      from = 12;
      to = 14;
      break;
    case Part::kAfternoon:
      from = 12;
      to = 18;
      break;
    case Part::kEvening:
      from = 18;
      break;
    case Part::kNight:
      from = 18;
      to = 30;
      break;
    case Part::kDaytime:
      from = 8;
      to = 18;
      break;
    case Part::kNone:
      break;
  }
  const absl::CivilSecond midnight(day);
  Moment m = Made(midnight + from * 3600, midnight + to * 3600, TimeGrain::kPartOfDay);
  m.value = DayOf(day).value;
  m.value.Add("T").Add(PartName(part));
  return m;
}

Moment PeriodAt(absl::CivilSecond at, Unit unit, int n, int week_start) {
  const absl::CivilDay day(at);
  switch (unit) {
    case Unit::kNone:
    case Unit::kDay:
      return DayOf(day + n);
    case Unit::kWeekday: {
      absl::CivilDay d = day;
      for (int left = std::min(std::abs(n), 400); left > 0;) {
        n > 0 ? ++d : --d;
        if (WeekdayOf(d) <= 5) --left;
      }
      return DayOf(d);
    }
    case Unit::kNight:
      return PartOf(day + n, Part::kNight);
    case Unit::kSecond: {
      const absl::CivilSecond second = at + n;
      Moment m = Made(second, second + 1, TimeGrain::kSecond);
      m.value = DayOf(absl::CivilDay(second)).value;
      m.value.Add("T").AddNumber(second.hour(), 2).Add(":").AddNumber(second.minute(), 2);
      m.value.Add(":").AddNumber(second.second(), 2);
      return m;
    }
    case Unit::kMinute:
    case Unit::kHour: {
      const bool hour = unit == Unit::kHour;
      const absl::CivilSecond begin = hour ? absl::CivilSecond(absl::CivilHour(at) + n)
                                           : absl::CivilSecond(absl::CivilMinute(at) + n);
      Moment m =
          Made(begin, begin + (hour ? 3600 : 60), hour ? TimeGrain::kHour : TimeGrain::kMinute);
      m.value = DayOf(absl::CivilDay(begin)).value;
      m.value.Add("T").AddNumber(begin.hour(), 2).Add(":").AddNumber(begin.minute(), 2);
      return m;
    }
    case Unit::kWeek:
      return WeekOf(WeekStart(day, week_start) + 7 * n);
    case Unit::kFortnight:
      return WeekOf(WeekStart(day, week_start) + 14 * n);
    case Unit::kWeekend:
      return WeekendOf(WeekStart(day, 1) + 5 + 7 * n);
    case Unit::kMonth: {
      const absl::CivilMonth month = absl::CivilMonth(day) + n;
      return MonthOf(month.year(), month.month());
    }
    case Unit::kQuarter: {
      const int64_t quarters = day.year() * 4 + (day.month() - 1) / 3 + n;
      return QuarterOf(quarters / 4, static_cast<int>(quarters % 4) + 1);
    }
    case Unit::kHalf: {
      const int64_t halves = day.year() * 2 + (day.month() - 1) / 6 + n;
      return HalfOf(halves / 2, static_cast<int>(halves % 2) + 1);
    }
    case Unit::kSeason: {
      // Winter begins in the year before its most months.
      int64_t seasons = day.year() * 4 - 1;
      for (int s = 1; s <= 4; ++s) {
        if (absl::CivilSecond(day) >= SeasonOf(day.year(), static_cast<Season>(s)).begin)
          seasons = day.year() * 4 + s - 1;
      }
      seasons += n;
      return SeasonOf(seasons / 4, static_cast<Season>(seasons % 4 + 1));
    }
    case Unit::kYear:
      return YearOf(std::clamp<int64_t>(day.year() + n, kFirstYear, kLastYear));
    case Unit::kDecade:
      return DecadeOf(std::clamp<int64_t>(day.year() / 10 + n, 0, kLastYear / 10 - 1));
    case Unit::kCentury:
      return CenturyOf(std::clamp<int64_t>(day.year() / 100 + 1 + n, 1, kLastYear / 100));
    case Unit::kMillennium: {
      const int64_t k = std::clamp<int64_t>(day.year() / 1000 + n, 0, 8);
      Moment m = Made(absl::CivilSecond(1000 * k, 1, 1), absl::CivilSecond(1000 * k + 1000, 1, 1),
                      TimeGrain::kMillennium);
      m.value.AddNumber(k);
      return m;
    }
  }
  return {};
}

void Narrow(Moment& m, TimeModifier modifier) {
  if (!m.known) return;
  const absl::CivilDay first = m.day();
  const int64_t days = absl::CivilDay(m.end) - first;
  if (days < 3) return;
  absl::CivilDay second = first + days / 3;
  absl::CivilDay last = first + (2 * days) / 3;
  if (m.grain == TimeGrain::kMonth && days >= 28) {
    second = first + 10;
    last = first + 20;
  } else if (m.grain == TimeGrain::kYear && days >= 365) {
    second = absl::CivilDay(absl::CivilMonth(first) + 4);
    last = absl::CivilDay(absl::CivilMonth(first) + 8);
  }
  if (modifier == TimeModifier::kStart) m.end = absl::CivilSecond(second);
  if (modifier == TimeModifier::kMiddle) {
    m.begin = absl::CivilSecond(second);
    m.end = absl::CivilSecond(last);
  }
  if (modifier == TimeModifier::kEnd) m.begin = absl::CivilSecond(last);
}

void Open(Moment& m, TimeModifier modifier) {
  if (!m.known) return;
  const bool clock = m.grain < TimeGrain::kDay && m.grain != TimeGrain::kPartOfDay;
  switch (modifier) {
    case TimeModifier::kBefore:
      m.end = m.begin;
      m.begin_open = true;
      break;
    case TimeModifier::kAfter:
      if (!clock) m.begin = m.end;
      m.end_open = true;
      break;
    case TimeModifier::kOnOrBefore:
      if (clock) m.end = m.begin;
      m.begin_open = true;
      break;
    case TimeModifier::kOnOrAfter:
      m.end_open = true;
      break;
    default:
      break;
  }
}

Moment ReferenceTo(std::string_view timex) {
  Moment m;
  m.grain = TimeGrain::kNone;
  m.value.Add(timex);
  return m;
}

}  // namespace nutgraf::internal
