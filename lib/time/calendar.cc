#include "lib/time/calendar.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"

namespace nutgraf::internal {

int DaysInMonth(int64_t year, int month) {
  return static_cast<int>(absl::CivilDay(absl::CivilMonth(year, month) + 1) -
                          absl::CivilDay(year, month, 1));
}

bool IsDate(int64_t year, int month, int day) {
  return year >= kFirstYear && year <= kLastYear && month >= 1 && month <= 12 && day >= 1 &&
         day <= DaysInMonth(year, month);
}

int WeekdayOf(absl::CivilDay day) { return static_cast<int>(absl::GetWeekday(day)) + 1; }

absl::CivilDay WeekStart(absl::CivilDay day, int starts_on) {
  return day - (WeekdayOf(day) - starts_on + 7) % 7;
}

IsoWeek IsoWeekOf(absl::CivilDay day) {
  const absl::CivilDay thursday = WeekStart(day, 1) + 3;
  return {thursday.year(), static_cast<int>((thursday - absl::CivilDay(thursday.year())) / 7) + 1};
}

absl::CivilDay FromIsoWeek(int64_t year, int week) {
  return WeekStart(absl::CivilDay(year, 1, 4), 1) + 7 * (week - 1);
}

absl::CivilDay WesternEaster(int64_t year) {
  const int64_t a = year % 19;
  const int64_t b = year / 100;
  const int64_t c = year % 100;
  const int64_t d = b / 4;
  const int64_t e = b % 4;
  const int64_t f = (b + 8) / 25;
  const int64_t g = (b - f + 1) / 3;
  const int64_t h = (19 * a + b - d - g + 15) % 30;
  const int64_t i = c / 4;
  const int64_t k = c % 4;
  const int64_t l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int64_t m = (a + 11 * h + 22 * l) / 451;
  const int64_t n = h + l - 7 * m + 114;
  return absl::CivilDay(year, n / 31, n % 31 + 1);
}

absl::CivilDay OrthodoxEaster(int64_t year) {
  const int64_t a = year % 4;
  const int64_t b = year % 7;
  const int64_t c = year % 19;
  const int64_t d = (19 * c + 15) % 30;
  const int64_t e = (2 * a + 4 * b - d + 34) % 7;
  const int64_t f = d + e + 114;
  // From the Julian calendar: the days by which the two differ in that century.
  const int64_t behind = year / 100 - year / 400 - 2;
  return absl::CivilDay(year, f / 31, f % 31 + 1) + behind;
}

std::optional<absl::CivilDay> NthWeekday(int64_t year, int month, int weekday, int n) {
  if (n > 0) {
    const absl::CivilDay first(year, month, 1);
    const absl::CivilDay day = first + (weekday - WeekdayOf(first) + 7) % 7 + 7 * (n - 1);
    if (day.month() != month) return std::nullopt;
    return day;
  }
  const absl::CivilDay last = absl::CivilDay(absl::CivilMonth(year, month) + 1) - 1;
  const absl::CivilDay day = last - (WeekdayOf(last) - weekday + 7) % 7 + 7 * (n + 1);
  if (n == 0 || day.month() != month) return std::nullopt;
  return day;
}

namespace {

// Takes an integer with optional sign off the front.
bool TakeInt(std::string_view& s, int& value) {
  const bool plus = !s.empty() && s[0] == '+';
  const auto [end, error] = std::from_chars(s.data() + (plus ? 1 : 0), s.data() + s.size(), value);
  if (error != std::errc()) return false;
  s.remove_prefix(static_cast<size_t>(end - s.data()));
  return true;
}
bool Take(std::string_view& s, std::string_view prefix) {
  if (s.substr(0, prefix.size()) != prefix) return false;
  s.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::optional<HolidayRule> HolidayRule::Parse(std::string_view rule) {
  HolidayRule r;
  if (const size_t at = rule.find(';'); at != std::string_view::npos) {
    std::string_view days = rule.substr(at + 1);
    if (!TakeInt(days, r.days_) || r.days_ < 1) return std::nullopt;
    r.from_sunset_ = Take(days, ";sunset");
    if (!days.empty()) return std::nullopt;
    rule = rule.substr(0, at);
  }
  bool fine = false;
  if (Take(rule, "easter")) {
    r.kind_ = Kind::kEaster;
    fine = rule.empty() || TakeInt(rule, r.offset_);
  } else if (Take(rule, "orthodox")) {
    r.kind_ = Kind::kOrthodox;
    fine = rule.empty() || TakeInt(rule, r.offset_);
  } else if (Take(rule, "nth:")) {
    r.kind_ = Kind::kNth;
    fine = TakeInt(rule, r.month_) && Take(rule, ":") && TakeInt(rule, r.weekday_) &&
           Take(rule, ":") && TakeInt(rule, r.n_) && (rule.empty() || TakeInt(rule, r.offset_));
  } else if (const bool before = Take(rule, "before:"); before || Take(rule, "on_or_after:")) {
    r.kind_ = before ? Kind::kBefore : Kind::kOnOrAfter;
    fine = TakeInt(rule, r.month_) && Take(rule, "-") && TakeInt(rule, r.day_) && Take(rule, ":") &&
           TakeInt(rule, r.weekday_) && (rule.empty() || TakeInt(rule, r.offset_));
  } else if (Take(rule, "table:")) {
    r.kind_ = Kind::kTable;
    do {
      int year = 0;
      int month = 0;
      int day = 0;
      fine = TakeInt(rule, year) && Take(rule, "-") && TakeInt(rule, month) && Take(rule, "-") &&
             TakeInt(rule, day) && IsDate(year, month, day);
      if (fine) r.table_.emplace_back(year, month, day);
    } while (fine && Take(rule, ","));
  } else {
    fine = TakeInt(rule, r.month_) && Take(rule, "-") && TakeInt(rule, r.day_);
  }
  const bool in_range = r.month_ >= 1 && r.month_ <= 12 && r.day_ >= 1 && r.day_ <= 31 &&
                        r.weekday_ >= 1 && r.weekday_ <= 7 && r.n_ >= -5 && r.n_ <= 5;
  if (!fine || !rule.empty() || !in_range) return std::nullopt;
  return r;
}

std::optional<absl::CivilDay> HolidayRule::DayIn(int64_t year) const {
  switch (kind_) {
    case Kind::kFixed:
      if (!IsDate(year, month_, day_)) return std::nullopt;
      return absl::CivilDay(year, month_, day_);
    case Kind::kEaster:
      return WesternEaster(year) + offset_;
    case Kind::kOrthodox:
      return OrthodoxEaster(year) + offset_;
    case Kind::kNth: {
      const auto day = NthWeekday(year, month_, weekday_, n_);
      if (!day) return std::nullopt;
      return *day + offset_;
    }
    case Kind::kBefore: {
      const absl::CivilDay day(year, month_, day_);
      return day - ((WeekdayOf(day) - weekday_ + 6) % 7 + 1) + offset_;
    }
    case Kind::kOnOrAfter: {
      const absl::CivilDay day(year, month_, day_);
      return day + (weekday_ - WeekdayOf(day) + 7) % 7 + offset_;
    }
    case Kind::kTable:
      for (const absl::CivilDay day : table_) {
        if (day.year() == year) return day;
      }
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace nutgraf::internal
