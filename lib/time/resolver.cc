#include "lib/time/resolver.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "absl/time/civil_time.h"
#include "lib/time/calendar.h"
#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

namespace {

// The year in which something yearly lies. `first` gives its first and last day in a year.
template <class Days>
int64_t YearFor(const Anchors& anchors, Relation relation, const Days& days) {
  const absl::CivilDay today = anchors.today();
  const int64_t year = today.year();
  if (IsBack(relation)) return days(year).second < today ? year : year - 1;
  if (relation == Relation::kNext || relation == Relation::kFollowing ||
      relation == Relation::kComing)
    return days(year).first > today ? year : year + 1;
  if (relation != Relation::kNone) return year;
  switch (anchors.tense.Get()) {
    case Tense::kPast:
      return days(year).first <= today ? year : year - 1;
    case Tense::kFuture:
      return days(year).second >= today ? year : year + 1;
    case Tense::kUnknown:
      break;
  }
  int64_t best = year;
  int64_t distance = 1000;
  for (const int64_t y : {year, year - 1, year + 1}) {
    const auto [from, to] = days(y);
    const int64_t d = today < from ? from - today : today > to ? today - to : 0;
    if (d < distance) {
      distance = d;
      best = y;
    }
  }
  return best;
}

absl::CivilDay WeekdayFor(int weekday, const Anchors& anchors, Relation relation) {
  const absl::CivilDay today = anchors.today();
  const int now = WeekdayOf(today);
  if (relation == Relation::kPast) {
    const int back = (now - weekday + 7) % 7;
    return today - (back == 0 ? 7 : back);
  }
  if (relation == Relation::kLast || relation == Relation::kPrevious) {
    // Of the last week, as "next" is of the next.
    return WeekStart(today, anchors.week_start) - 7 + (weekday - anchors.week_start + 7) % 7;
  }
  if (relation == Relation::kNext)
    return WeekStart(today, anchors.week_start) + 7 + (weekday - anchors.week_start + 7) % 7;
  if (relation == Relation::kComing || relation == Relation::kFollowing) {
    const int on = (weekday - now + 7) % 7;
    return today + (on == 0 ? 7 : on);
  }
  if (relation == Relation::kThis || relation == Relation::kCurrent)
    return WeekStart(today, anchors.week_start) + (weekday - anchors.week_start + 7) % 7;
  if (anchors.tense.Get() == Tense::kFuture) return today + (weekday - now + 7) % 7;
  return today - (now - weekday + 7) % 7;
}

void AddZone(const Fields& f, Timex& value) {
  if (!f.zoned) return;
  if (f.zone == 0) {
    value.Add("Z");
    return;
  }
  const int minutes = std::abs(f.zone);
  value.Add(f.zone < 0 ? "-" : "+").AddNumber(minutes / 60, 2).Add(":").AddNumber(minutes % 60, 2);
}

// Time of day or part of day on top of a date.
Moment WithTime(const Fields& f, Moment m) {
  if (f.has_clock()) {
    const int minute = std::max(f.minute, 0);
    const int second = std::max(f.second, 0);
    if (m.known) {
      const absl::CivilSecond midnight(m.day());
      m.begin = midnight + (f.hour * 3600 + minute * 60 + second);
      m.grain = f.second >= 0   ? TimeGrain::kSecond
                : f.minute >= 0 ? TimeGrain::kMinute
                                : TimeGrain::kHour;
      m.end = m.begin + (f.second >= 0 ? 1 : f.minute >= 0 ? 60 : 3600);
    }
    m.value.Add("T").AddNumber(f.hour, 2).Add(":").AddNumber(minute, 2);
    if (f.second >= 0) m.value.Add(":").AddNumber(second, 2);
    AddZone(f, m.value);
    m.grain = f.second >= 0   ? TimeGrain::kSecond
              : f.minute >= 0 ? TimeGrain::kMinute
                              : TimeGrain::kHour;
    return m;
  }
  if (f.part == Part::kNone) return m;
  if (m.known) return PartOf(m.day(), f.part);
  m.value.Add("T").Add(PartName(f.part));
  m.grain = TimeGrain::kPartOfDay;
  return m;
}

Moment Unknown(TimeGrain grain, std::string_view value) {
  Moment m;
  m.grain = grain;
  m.value.Add(value);
  return m;
}

Moment ResolveDate(const Fields& f, const Anchors& a, const TimeVocabulary& vocabulary) {
  if (f.has_base) return f.base;
  int64_t year = f.two_digits ? FullYear(f.year, a) : f.year;
  const bool has_year = f.year != Fields::kNone;

  if (f.before_christ) {
    Moment m;
    m.grain = TimeGrain::kYear;
    m.value.Add("BC").AddNumber(f.year, 4);
    return m;
  }
  if (f.holiday != Fields::kNone) {
    const HolidayRule& rule = vocabulary.holiday(f.holiday);
    if (!has_year) {
      if (!a.has_date) {
        if (rule.fixed_month() == 0) return Unknown(TimeGrain::kDay, "XXXX-XX-XX");
        Moment m = Unknown(TimeGrain::kDay, "XXXX-");
        m.value.AddNumber(rule.fixed_month(), 2).Add("-").AddNumber(rule.fixed_day(), 2);
        return m;
      }
      year = YearFor(a, f.relation, [&](int64_t y) {
        const absl::CivilDay day = rule.DayIn(y).value_or(absl::CivilDay(y, 12, 31));
        return std::pair(day, day + (rule.days() - 1));
      });
    }
    const auto day = rule.DayIn(year);
    if (!day) return Unknown(TimeGrain::kDay, "XXXX-XX-XX");
    Moment m = DayOf(*day);
    m.end = absl::CivilSecond(*day + rule.days());
    if (rule.from_sunset()) {
      m.begin -= 6 * 3600;
      m.end -= 6 * 3600;
    }
    return m;
  }
  if (f.century != Fields::kNone) return CenturyOf(f.century);
  if (f.decade != Fields::kNone) {
    int64_t decade = f.decade;
    if (decade < 10) {
      const int64_t now = a.has_date ? a.today().year() / 10 : 202;
      decade += now / 10 * 10;
      // "the twenties" may have been these; "the thirties" of a century that is young were not.
      if (decade > now) decade -= 10;
    }
    return DecadeOf(decade);
  }
  if (f.week != 0) {
    if (!has_year && !a.has_date) {
      Moment m = Unknown(TimeGrain::kWeek, "XXXX-W");
      m.value.AddNumber(f.week, 2);
      return m;
    }
    if (!has_year) year = IsoWeekOf(a.today()).year;
    return WeekOf(WeekStart(FromIsoWeek(year, f.week) + 3, a.week_start));
  }
  if (f.quarter != 0 || f.half != 0 || f.season != Season::kNone) {
    const auto in_year = [&](int64_t y) {
      return f.quarter != 0 ? QuarterOf(y, f.quarter)
             : f.half != 0  ? HalfOf(y, f.half)
                            : SeasonOf(y, f.season);
    };
    if (!has_year) {
      if (!a.has_date) {
        Moment m = Unknown(f.quarter != 0 ? TimeGrain::kQuarter
                           : f.half != 0  ? TimeGrain::kHalf
                                          : TimeGrain::kSeason,
                           "XXXX-");
        if (f.quarter != 0) m.value.Add("Q").AddNumber(f.quarter);
        if (f.half != 0) m.value.Add("H").AddNumber(f.half);
        m.value.Add(SeasonName(f.season));
        return m;
      }
      year = YearFor(a, f.relation, [&](int64_t y) {
        const Moment m = in_year(y);
        return std::pair(m.day(), absl::CivilDay(m.end) - 1);
      });
    }
    return in_year(year);
  }
  if (f.month != 0) {
    if (!has_year) {
      if (!a.has_date || (f.day == 29 && f.month == 2)) {
        if (a.has_date) {
          // The nearest leap year, in the direction of the tense.
          const int64_t now = a.today().year();
          for (int64_t k = 0; k <= 8; ++k) {
            const int64_t y = a.tense.Get() == Tense::kFuture ? now + k : now - k;
            if (IsDate(y, 2, 29)) return DayOf(absl::CivilDay(y, 2, 29));
          }
        }
        Moment m = Unknown(f.day != 0 ? TimeGrain::kDay : TimeGrain::kMonth, "XXXX-");
        m.value.AddNumber(f.month, 2);
        if (f.day != 0) m.value.Add("-").AddNumber(f.day, 2);
        return m;
      }
      const auto days = [&](int64_t y) {
        const absl::CivilDay from(y, f.month, f.day != 0 ? f.day : 1);
        return std::pair(from, f.day != 0 ? from : absl::CivilDay(absl::CivilMonth(from) + 1) - 1);
      };
      year = YearFor(a, f.relation, days);
      // "Friday, July 18": the nearest year in which it is one.
      if (f.weekday != 0 && f.day != 0 && IsDate(year, f.month, f.day) &&
          WeekdayOf(absl::CivilDay(year, f.month, f.day)) != f.weekday) {
        for (const int64_t k : {1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6}) {
          const int64_t y = year + (a.tense.Get() == Tense::kPast ? -k : k);
          if (IsDate(y, f.month, f.day) &&
              WeekdayOf(absl::CivilDay(y, f.month, f.day)) == f.weekday) {
            year = y;
            break;
          }
        }
      }
    }
    if (f.day == 0) return MonthOf(year, f.month);
    if (!IsDate(year, f.month, f.day)) return {};
    return DayOf(absl::CivilDay(year, f.month, f.day));
  }
  if (f.day != 0) {
    if (!a.has_date) {
      Moment m = Unknown(TimeGrain::kDay, "XXXX-XX-");
      m.value.AddNumber(f.day, 2);
      return m;
    }
    absl::CivilMonth month(a.now);
    if (f.weekday == 0) {
      if (a.tense.Get() == Tense::kPast && f.day > a.now.day()) month -= 1;
      if (a.tense.Get() == Tense::kFuture && f.day < a.now.day()) month += 1;
      if (!IsDate(month.year(), month.month(), f.day)) return {};
      return DayOf(absl::CivilDay(month.year(), month.month(), f.day));
    }
    const int step = a.tense.Get() == Tense::kPast ? -1 : 1;
    for (int k = 0; k < 48; ++k, month += step) {
      if (!IsDate(month.year(), month.month(), f.day)) continue;
      const absl::CivilDay day(month.year(), month.month(), f.day);
      if (WeekdayOf(day) == f.weekday) return DayOf(day);
    }
    return {};
  }
  if (f.weekday != 0) {
    if (!a.has_date) {
      Moment m = Unknown(TimeGrain::kDay, "XXXX-WXX-");
      m.value.AddNumber(f.weekday);
      return m;
    }
    return DayOf(WeekdayFor(f.weekday, a, f.relation));
  }
  if (has_year) return YearOf(year);
  // Only a time of day.
  if (!a.has_date) return Unknown(TimeGrain::kDay, "XXXX-XX-XX");
  return DayOf(a.today());
}

}  // namespace

int FullYear(int two_digits, const Anchors& anchors) {
  const int64_t now = anchors.has_date ? anchors.today().year() : 2026;
  const int64_t century = now / 100 * 100;
  const int64_t year = century + two_digits;
  return static_cast<int>(year > now + 13 ? year - 100 : year);
}

Moment Resolve(const Fields& fields, const Anchors& anchors, const TimeVocabulary& vocabulary) {
  Moment date = ResolveDate(fields, anchors, vocabulary);
  if (date.grain == TimeGrain::kNone) return date;
  return WithTime(fields, date);
}

Moment ResolveRelative(Relation relation, Unit unit, bool with_article, const Anchors& a) {
  int n = 0;
  absl::CivilSecond from = a.now;
  bool known = a.has_date;
  // From the last date mentioned, where it is as fine as what is asked for.
  const auto to_reference = [&] {
    if (a.has_reference && a.reference.known && a.reference.grain <= GrainOf(unit)) {
      from = a.reference.begin;
      known = true;
    }
  };
  switch (relation) {
    case Relation::kLast:
    case Relation::kPast:
      n = -1;
      break;
    case Relation::kNext:
    case Relation::kComing:
      n = 1;
      // "the next day", "and was closed the next month"
      if (with_article && (unit == Unit::kDay || a.tense.Get() == Tense::kPast)) to_reference();
      break;
    case Relation::kPrevious:
      n = -1;
      if (with_article) to_reference();
      break;
    case Relation::kFollowing:
      n = 1;
      to_reference();
      break;
    case Relation::kSame:
    case Relation::kThat:
      to_reference();
      break;
    default:
      break;
  }
  if (!known) {
    static constexpr std::string_view kForms[] = {"XXXX-XX-XX", "XXXX-WXX", "XXXX-WXX-WE",
                                                  "XXXX-XX",    "XXXX-QX",  "XXXX-HX",
                                                  "XXXX",       "XXX",      "XX"};
    const TimeGrain grain = GrainOf(unit);
    size_t form = 0;
    if (grain == TimeGrain::kWeek) form = 1;
    if (grain == TimeGrain::kWeekend) form = 2;
    if (grain == TimeGrain::kMonth) form = 3;
    if (grain == TimeGrain::kQuarter) form = 4;
    if (grain == TimeGrain::kHalf) form = 5;
    if (grain == TimeGrain::kYear || grain == TimeGrain::kSeason) form = 6;
    if (grain == TimeGrain::kDecade) form = 7;
    if (grain >= TimeGrain::kCentury) form = 8;
    Moment m = Unknown(grain, kForms[form]);
    if (unit == Unit::kNight) m.value.Add("TNI");
    return m;
  }
  return PeriodAt(from, unit, n, a.week_start);
}

Moment NthUnitIn(const Moment& c, Unit unit, int n, const Anchors& a) {
  if (!c.known || n == 0) return {};
  const absl::CivilDay first = c.day();
  const auto inside = [&](const Moment& m) {
    return m.begin >= c.begin && m.begin < c.end ? m : Moment();
  };
  switch (unit) {
    case Unit::kDay:
    case Unit::kNight:
      return inside(DayOf(n > 0 ? first + (n - 1) : absl::CivilDay(c.end) + n));
    case Unit::kWeek: {
      // Those with most of their days inside.
      absl::CivilDay start = WeekStart(first, a.week_start);
      if (start + 3 < first) start += 7;
      absl::CivilDay last = WeekStart(absl::CivilDay(c.end) - 1, a.week_start);
      if (last + 3 >= absl::CivilDay(c.end)) last -= 7;
      const absl::CivilDay week = n > 0 ? start + 7 * (n - 1) : last + 7 * (n + 1);
      return week >= start && week <= last ? WeekOf(week) : Moment();
    }
    case Unit::kWeekend: {
      const absl::CivilDay saturday = first + (6 - WeekdayOf(first) + 7) % 7;
      const absl::CivilDay end = absl::CivilDay(c.end) - 1;
      const absl::CivilDay last = end - (WeekdayOf(end) - 6 + 7) % 7;
      return inside(WeekendOf(n > 0 ? saturday + 7 * (n - 1) : last + 7 * (n + 1)));
    }
    case Unit::kMonth: {
      const absl::CivilMonth month =
          n > 0 ? absl::CivilMonth(first) + (n - 1) : absl::CivilMonth(c.end) + n;
      return inside(MonthOf(month.year(), month.month()));
    }
    case Unit::kQuarter:
      if (c.grain != TimeGrain::kYear || n > 4 || n < -1) return {};
      return QuarterOf(first.year(), n < 0 ? 4 : n);
    case Unit::kHalf:
      if (c.grain == TimeGrain::kYear && (n == 1 || n == 2 || n == -1))
        return HalfOf(first.year(), n < 0 ? 2 : n);
      if (n == 1 || n == 2 || n == -1) {
        // Of a month, a decade, a century: the period itself, with its half as interval.
        Moment m = c;
        const absl::CivilSecond middle = c.begin + (c.end - c.begin) / 2;
        (n == 1 ? m.end : m.begin) = absl::CivilSecond(absl::CivilDay(middle));
        return m;
      }
      return {};
    case Unit::kYear:
    case Unit::kDecade: {
      const bool year = unit == Unit::kYear;
      const int64_t step = year ? 1 : 10;
      const int64_t y =
          n > 0 ? first.year() + step * (n - 1) : absl::CivilDay(c.end).year() + step * n;
      return inside(year ? YearOf(y) : DecadeOf(y / 10));
    }
    default:
      return {};
  }
}

Moment NthWeekdayIn(const Moment& c, int weekday, int n) {
  if (!c.known || n == 0) return {};
  const absl::CivilDay first = c.day();
  const absl::CivilDay last = absl::CivilDay(c.end) - 1;
  const absl::CivilDay day = n > 0 ? first + (weekday - WeekdayOf(first) + 7) % 7 + 7 * (n - 1)
                                   : last - (WeekdayOf(last) - weekday + 7) % 7 + 7 * (n + 1);
  return day >= first && day <= last ? DayOf(day) : Moment();
}

}  // namespace nutgraf::internal
