#include "lib/time/date_reader.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "lib/text/hash.h"
#include "lib/time/calendar.h"

namespace nutgraf::internal {

namespace {

constexpr uint64_t kAnyMonth = kTimeMonth | kTimeMonthAbbreviation;
constexpr uint64_t kAnyWeekday = kTimeWeekday | kTimeWeekdayAbbreviation;
constexpr uint64_t kAnyUnit = kTimeUnit | kTimeUnits | kTimeUnitAbbreviation;

bool IsYearNumber(const Digits& d) {
  return d.whole() && d.count == 4 && d.suffix.empty() && d.value >= 1000 && d.value <= 2199;
}

uint64_t Folded(std::string_view word) { return HashBytes(word); }

bool IsOrdinalSuffix(std::string_view s) {
  return s == "st" || s == "nd" || s == "rd" || s == "th" || s == "ST" || s == "ND" || s == "RD" ||
         s == "TH";
}

}  // namespace

bool DateReader::AfterPreposition(uint32_t i) const {
  if (i == view_.first()) return false;
  uint32_t at = i - 1;
  if (view_.Is(at, kTimeThe) && at > view_.first()) --at;
  const TimeWord& w = view_.At(at);
  return w.Is(kTimeRelation | kTimeEdge | kTimeEvery) ||
         (w.Is(kTimePreposition) && w.preposition != Preposition::kAs) ||
         (w.Is(kTimeOf) && at > view_.first());
}

int DateReader::MonthAt(uint32_t i) const {
  const TimeWord& w = view_.At(i);
  return w.Is(kAnyMonth) ? w.month : 0;
}

uint32_t DateReader::ReadOrdinal(uint32_t i, int& value) const {
  value = 0;
  uint32_t end = i;
  if (const Digits d = view_.Number(i); d.whole() && IsOrdinalSuffix(d.suffix) && d.value <= 400) {
    value = static_cast<int>(d.value);
    end = i + 1;
  } else if (const TimeWord& w = view_.At(i); w.Is(kTimeOrdinal)) {
    value = w.ordinal;
    end = i + 1;
  } else if (w.relation == Relation::kLast) {
    value = -1;
    end = i + 1;
  } else if (w.Is(kTimeNumber) && w.number >= 20 && w.number % 10 == 0) {
    const uint32_t at = view_.IsHyphen(i + 1) ? i + 2 : i + 1;
    const TimeWord& ones = view_.At(at);
    if (!ones.Is(kTimeOrdinal) || ones.ordinal < 1 || ones.ordinal > 9) return i;
    value = w.number + ones.ordinal;
    end = at + 1;
  } else {
    return i;
  }
  if (value > 0 && view_.At(end).relation == Relation::kLast) {
    value = -value;
    ++end;
  }
  return end;
}

uint32_t DateReader::ReadDayNumber(uint32_t i, bool& ordinal, int& day) const {
  ordinal = false;
  if (view_.IsNumber(i)) {
    const Digits d = view_.Number(i);
    if (!d.whole() || d.count > 2 || d.value < 1 || d.value > 31) return 0;
    ordinal = IsOrdinalSuffix(d.suffix);
    if (!d.suffix.empty() && !ordinal) return 0;
    // "3:15", "3/4", "5%", "10.5"
    if (!ordinal && view_.Glued(i + 1) && (view_.IsMark(i + 1, ':') || view_.IsMark(i + 1, '%')))
      return 0;
    day = static_cast<int>(d.value);
    return i + 1;
  }
  int n = 0;
  if (view_.At(i).relation == Relation::kLast) return 0;
  const uint32_t end = ReadOrdinal(i, n);
  if (end > i && n >= 1 && n <= 31) {
    ordinal = true;
    day = n;
    return end;
  }
  const Count count = amounts_.ReadWords(i);
  if (!count || count.value < 1 || count.value > 31) return 0;
  day = static_cast<int>(count.value);
  return count.end;
}

uint32_t DateReader::ReadYear(uint32_t i, Fields& f) const {
  const Digits d = view_.Number(i);
  if (IsYearNumber(d)) {
    f.year = static_cast<int>(d.value);
    return i + 1;
  }
  // "nineteen ninety-six", "two thousand and five", "seventeen hundred thirty three"
  const TimeWord& w = view_.At(i);
  if (!w.Is(kTimeNumber)) return 0;
  if (w.number >= 10 && w.number <= 20) {
    uint32_t at = i + 1;
    int rest = 0;
    if (view_.At(at).number == 100 && view_.Is(at, kTimeScale)) {
      ++at;
      if (view_.Is(at, kTimeAnd)) ++at;
      if (const Count c = amounts_.ReadWords(at); c && c.value < 100) {
        rest = static_cast<int>(c.value);
        at = c.end;
      }
      f.year = w.number * 100 + rest;
      return at;
    }
    if (view_.IsHyphen(at)) ++at;
    const Count c = amounts_.ReadWords(at);
    if (!c || c.value < 10 || c.value > 99) return 0;
    if (view_.Is(c.end, kAnyUnit)) return 0;
    f.year = w.number * 100 + static_cast<int>(c.value);
    return c.end;
  }
  if (w.number == 2 && view_.At(i + 1).number == 1000 && view_.Is(i + 1, kTimeScale)) {
    uint32_t at = i + 2;
    f.year = 2000;
    uint32_t rest = at;
    if (view_.Is(rest, kTimeAnd)) ++rest;
    if (const Count c = amounts_.ReadWords(rest); c && c.value < 100) {
      f.year += static_cast<int>(c.value);
      at = c.end;
    }
    if (view_.Is(at, kAnyUnit) || (at == i + 2 && view_.IsWord(at))) {
      f.year = Fields::kNone;
      return 0;
    }
    return at;
  }
  return 0;
}

uint32_t DateReader::ReadYearAfter(uint32_t i, Fields& f) const {
  uint32_t at = i;
  const bool comma = view_.IsMark(at, ',');
  const bool of = view_.Is(at, kTimeOf);
  const bool in = view_.IsPreposition(at, Preposition::kIn);
  if (comma || of || in) ++at;
  if (of && view_.Is(at, kTimeThe) && view_.At(at + 1).unit == Unit::kYear) at += 2;
  const Digits d = view_.Number(at);
  if (IsYearNumber(d)) {
    // "in March, 2015 people": counted; "May 3, 2015-16": taken by the range.
    f.year = static_cast<int>(d.value);
    return at + 1;
  }
  if (in) return 0;
  // "'15"
  if ((view_.IsMark(at, '\'') || view_.IsMark(at, 0x2019)) && view_.Glued(at + 1)) {
    const Digits two = view_.Number(at + 1);
    if (two.whole() && two.count == 2 && two.suffix.empty()) {
      f.year = static_cast<int>(two.value);
      f.two_digits = true;
      return at + 2;
    }
  }
  // "3rd Feb 82", "15 April of 87"
  if (d.whole() && d.count == 2 && d.suffix.empty() && f.day != 0 &&
      (d.value > 31 || of ||
       (!comma && view_.Bytes(at)[0] != '0' && d.value >= 13 && !view_.In(at + 1))) &&
      !view_.Is(at + 1, kAnyUnit) && !view_.IsMark(at + 1, ':') && !view_.IsMark(at + 1, '%') &&
      (!view_.IsWord(at + 1) || view_.At(at + 1).classes != 0)) {
    f.year = static_cast<int>(d.value);
    f.two_digits = true;
    return at + 1;
  }
  if (of || f.month != 0) {
    const uint32_t end = ReadYear(at, f);
    if (end != 0 && !view_.IsNumber(at)) return end;
  }
  return 0;
}

uint32_t DateReader::ReadIsoTime(uint32_t i, std::string_view suffix, Fields& f) const {
  // "05T08" ":" "15" ...; token i is the one after "05T08".
  const Digits h = ReadDigits(suffix.substr(1));
  if (!h.whole() || h.count != 2 || h.value > 24 || !h.suffix.empty()) return 0;
  f.hour = static_cast<int>(h.value);
  uint32_t at = i;
  if (view_.IsMark(at, ':') && view_.Glued(at)) {
    const Digits m = view_.Number(at + 1);
    if (!m.whole() || m.count != 2 || m.value > 59) return 0;
    f.minute = static_cast<int>(m.value);
    at += 2;
    std::string_view rest = m.suffix;
    if (rest.empty() && view_.IsMark(at, ':') && view_.Glued(at)) {
      const Digits s = view_.Number(at + 1);
      if (!s || s.part_digits[0] != 2 || s.value > 59) return 0;
      f.second = static_cast<int>(s.value);
      rest = s.suffix;
      at += 2;
    }
    if (rest == "Z") {
      f.zoned = true;
      return at;
    }
    if (!rest.empty()) return 0;
  }
  if ((view_.IsMark(at, '+') || view_.IsHyphen(at)) && view_.Glued(at) && view_.Glued(at + 1)) {
    Fields zone;
    zone.zoned = true;
    const Digits d = view_.Number(at + 1);
    if (d.whole() && d.count == 2 && view_.IsMark(at + 2, ':')) {
      const Digits m = view_.Number(at + 3);
      if (m.whole() && m.count == 2) {
        f.zoned = true;
        f.zone = static_cast<int>(d.value * 60 + m.value) * (view_.IsMark(at, '+') ? 1 : -1);
        return at + 4;
      }
    }
  }
  return at;
}

uint32_t DateReader::ReadNumeric(uint32_t i, Fields& f) const {
  const Digits a = view_.Number(i);
  if (!a || a.grouped) return 0;
  // The end of a longer chain: "4/13/1".
  if (i > view_.first() && view_.Glued(i) && (view_.IsMark(i - 1, '/') || view_.IsHyphen(i - 1)) &&
      view_.IsNumber(i - 2) && view_.Glued(i - 1) && !view_.IsMark(i - 3, '/') &&
      !view_.IsHyphen(i - 3))
    return 0;
  // "23.04.2022"
  if (a.part_count == 3) {
    if (i > view_.first() && view_.Is(i - 1, kTimeNumbered)) return 0;
    if (a.part_digits[2] != 4 || a.part_digits[0] > 2 || a.part_digits[1] > 2 || !a.suffix.empty())
      return 0;
    f.day = static_cast<int>(a.parts[0]);
    f.month = static_cast<int>(a.parts[1]);
    f.year = static_cast<int>(a.parts[2]);
    if (f.month > 12) std::swap(f.day, f.month);
    return IsDate(f.year, f.month, f.day) ? i + 1 : 0;
  }
  if (a.part_count == 2) {
    // "Friday 7.6": a month and a day, where a weekday is before it.
    if (i > view_.first() && view_.Is(i - 1, kAnyWeekday) && a.part_digits[0] <= 2 &&
        a.part_digits[1] <= 2 && a.suffix.empty()) {
      f.month = static_cast<int>(a.parts[0]);
      f.day = static_cast<int>(a.parts[1]);
      if (f.month > 12) std::swap(f.day, f.month);
      return IsDate(2000, f.month, f.day) ? i + 1 : 0;
    }
    return 0;
  }
  // "20161016"
  if (a.count == 8 && a.suffix.empty() && a.value >= 19000101 && a.value <= 21001231 &&
      !(view_.Glued(i + 1) && view_.Glued(i + 2))) {
    f.year = static_cast<int>(a.value / 10000);
    f.month = static_cast<int>(a.value / 100 % 100);
    f.day = static_cast<int>(a.value % 100);
    return IsDate(f.year, f.month, f.day) ? i + 1 : 0;
  }
  if (!a.suffix.empty()) return 0;
  const bool slash = view_.IsMark(i + 1, '/');
  const bool hyphen = view_.IsHyphen(i + 1);
  if (!slash && !hyphen) return 0;
  if (!view_.Glued(i + 1) || !view_.Glued(i + 2)) return 0;
  const uint32_t mark = view_.token(i + 1).lead;
  const bool second_mark =
      view_.In(i + 3) && view_.Glued(i + 3) && view_.IsMark(i + 3, mark) && view_.Glued(i + 4);
  const Digits b = view_.Number(i + 2);
  const int month_name = MonthAt(i + 2);
  const Digits c = second_mark ? view_.Number(i + 4) : Digits();
  const auto date = [&](int64_t year, int month, int day, uint32_t end) -> uint32_t {
    if (!IsDate(year, month, day)) return 0;
    // A chain goes on: no date.
    if (view_.Glued(end) && view_.IsMark(end, mark) && view_.Glued(end + 1) && second_mark)
      return 0;
    f.year = static_cast<int>(year);
    f.month = month;
    f.day = day;
    return end;
  };
  if (month_name != 0) {
    // "05-Aug-2016", "2020/Sep/23", "10-August 2012", "21-APR-16"
    if (a.count == 4) {
      f.year = static_cast<int>(a.value);
      f.month = month_name;
      if (!second_mark) return i + 3;
      return c.whole() && c.count <= 2 ? date(a.value, month_name, static_cast<int>(c.value), i + 5)
                                       : 0;
    }
    if (a.count > 2 || a.value < 1 || a.value > 31) return 0;
    f.day = static_cast<int>(a.value);
    f.month = month_name;
    if (c.whole() && c.count == 4) return date(c.value, month_name, f.day, i + 5);
    if (c.whole() && c.count == 2) {
      f.year = static_cast<int>(c.value);
      f.two_digits = true;
      return i + 5;
    }
    if (second_mark) return 0;
    const uint32_t end = ReadYearAfter(i + 3, f);
    return end != 0 ? end : i + 3;
  }
  if (!b.whole()) return 0;
  // "2020/23/Sep"
  if (a.count == 4 && second_mark && MonthAt(i + 4) != 0 && b.count <= 2)
    return date(a.value, MonthAt(i + 4), static_cast<int>(b.value), i + 5);
  const auto month_or_day = [&](int x, int y, int64_t year, uint32_t end) -> uint32_t {
    const bool day_first = options_.date_order == TimeOptions::DateOrder::kDayFirst;
    const int month = day_first ? y : x;
    const int day = day_first ? x : y;
    if (const uint32_t past = date(year, month, day, end); past != 0) return past;
    return month > 12 ? date(year, day, month, end) : 0;
  };
  const int x = static_cast<int>(a.value);
  const int y = static_cast<int>(b.value);
  if (second_mark && c.whole()) {
    if (a.count == 4 && b.count <= 2 && c.count <= 2) {
      const uint32_t end = date(x, y, static_cast<int>(c.value), i + 5);
      if (end == 0 || c.suffix.empty()) return end;
      return c.suffix[0] == 'T' ? ReadIsoTime(end, c.suffix, f) : 0;
    }
    if (!c.suffix.empty() || a.count > 2 || b.count > 2) return 0;
    if (c.count == 4) return month_or_day(x, y, c.value, i + 5);
    if (c.count == 2 && (slash || (a.count == 2 && b.count == 2))) {
      const uint32_t end = month_or_day(x, y, 2000, i + 5);
      if (end == 0) return 0;
      f.year = static_cast<int>(c.value);
      f.two_digits = true;
      return end;
    }
    return 0;
  }
  if (second_mark || !b.suffix.empty()) return 0;
  // "2015-03", "04/2016"
  if (a.count == 4 && b.count == 2 && hyphen && IsYearNumber(a) && y >= 1 && y <= 12 &&
      static_cast<uint32_t>(y) <= a.value % 100) {  // else two years: "2009-10"
    f.year = x;
    f.month = y;
    return i + 3;
  }
  if (a.count <= 2 && slash && IsYearNumber(b) && x >= 1 && x <= 12) {
    f.year = y;
    f.month = x;
    return i + 3;
  }
  // "10/31": where it can be nothing but a date, or something says so.
  if (a.count > 2 || b.count > 2) return 0;
  const bool said = AfterPreposition(i) || (i > view_.first() && view_.Is(i - 1, kAnyWeekday)) ||
                    (i > view_.first() + 3 && view_.IsDash(i - 1) && view_.IsMark(i - 3, '/'));
  const bool padded = view_.Bytes(i)[0] == '0' || view_.Bytes(i + 2)[0] == '0';
  const bool alone = i == view_.first() && !view_.IsWord(i + 3);
  const Preposition next = view_.At(i + 3).preposition;
  const bool at_clock =
      next == Preposition::kAt ||
      ((next == Preposition::kBefore || next == Preposition::kAfter) && view_.IsNumber(i + 4));
  if (!said && !padded && !alone && !at_clock && !(SentenceIsShort() && slash)) return 0;
  if (hyphen && !padded && !alone) return 0;
  if (slash && ((x == 9 && y == 11) || (x == 24 && y == 7) || (x == 7 && y == 7)) && !at_clock)
    return 0;
  // A usual fraction.
  if (slash && !padded && x < y && (y <= 5 || y == 8 || y == 10) && !said && x <= 3 && !alone)
    return 0;
  const uint32_t end = month_or_day(x, y, 2000, i + 3);
  if (end == 0) return 0;
  f.year = Fields::kNone;
  return end;
}

bool DateReader::MonthStandsAlone(uint32_t i, bool named) const {
  const TimeWord& w = view_.At(i);
  const Token& t = view_.token(i);
  const bool abbreviation = !w.Is(kTimeMonth);
  if (named) {
    // "this may": a verb.
    const bool verb = (w.month == 5 || w.month == 3) && !t.Has(kUpperFirst) &&
                      (view_.IsWord(i + 1) || !SentenceIsShort());
    return !verb;
  }
  const bool after = AfterPreposition(i);
  const bool ends = !view_.In(i + 1) || !view_.IsWord(i + 1);
  // "Nov-Feb 2017"
  if (abbreviation && view_.IsDash(i + 1) && MonthAt(i + 2) != 0) return true;
  if (abbreviation)
    return t.Has(kPeriod) || (after && ends) || (w.month == 9 && after) ||
           view_.last() - view_.first() == 1;
  // "Theresa May", "the Women's March", "June Carter", "March on Washington".
  const bool first = i == view_.first();
  const bool capital_before = !first && (view_.IsCapital(i - 1) || view_.IsPossessive(i - 1)) &&
                              view_.IsUnknown(i - 1) && i - 1 > view_.first();
  const bool name_next = view_.IsCapital(i + 1) && view_.IsUnknown(i + 1);
  // "31 February": its number is no day of it.
  if (!first && view_.IsNumber(i - 1) && view_.token(i - 1).size() <= 2) return false;
  // "to January Jones"
  if (name_next && !first &&
      (view_.IsPreposition(i - 1, Preposition::kTo) || view_.Is(i - 1, kTimeOf) ||
       view_.IsPreposition(i - 1, Preposition::kFor)))
    return false;
  // "the May elections"
  if (t.IsCapitalized() && !first && view_.Is(i - 1, kTimeThe) && view_.IsWord(i + 1) &&
      !view_.IsCapital(i + 1) && view_.IsUnknown(i + 1))
    return true;
  if (w.month == 3 || w.month == 5) {  // march, may
    if (!t.Has(kUpperFirst)) return after && ends && (w.month != 5 || SentenceIsShort());
    if (t.IsAllUpper() && !after) return false;
    if (view_.IsWholeText() && view_.last() == 1) return true;
    if (first || capital_before) return false;
    return after || (!name_next && w.month == 3 && !view_.IsPreposition(i + 1, Preposition::kOn) &&
                     view_.At(i - 1).Is(kTimeAnd));
  }
  if (capital_before) return false;
  if (name_next && !after && (w.month == 4 || w.month == 6 || w.month == 8)) return false;
  if (w.month == 8 && !t.Has(kUpperFirst)) return after && ends;  // august
  return true;
}

uint32_t DateReader::ReadMonthFirst(uint32_t i, bool named, Fields& f) const {
  const int month = MonthAt(i);
  if (month == 0) return 0;
  f.month = month;
  uint32_t at = i + 1;
  if (view_.IsMark(at, '.') && view_.Glued(at)) ++at;
  // "Oct/2", "Sep-2012", "Sep-23-2020", "September-2020-23"
  if ((view_.IsMark(at, '/') || view_.IsHyphen(at)) && view_.Glued(at) && view_.Glued(at + 1)) {
    const Digits d = view_.Number(at + 1);
    const bool more = view_.Glued(at + 2) && view_.token(at + 2).lead == view_.token(at).lead;
    const Digits e = more ? view_.Number(at + 3) : Digits();
    if (IsYearNumber(d)) {
      f.year = static_cast<int>(d.value);
      if (e.whole() && e.count <= 2 && IsDate(f.year, month, static_cast<int>(e.value))) {
        f.day = static_cast<int>(e.value);
        return at + 4;
      }
      return at + 2;
    }
    if (d.whole() && d.count <= 2 && d.suffix.empty() &&
        IsDate(2000, month, static_cast<int>(d.value))) {
      f.day = static_cast<int>(d.value);
      if (IsYearNumber(e)) {
        f.year = static_cast<int>(e.value);
        return IsDate(f.year, month, f.day) ? at + 4 : 0;
      }
      return at + 2;
    }
  }
  // "May 3", "May the 3rd", "May twenty-fourth"
  bool ordinal = false;
  int day = 0;
  uint32_t start = at;
  if (view_.IsMark(start, ',') && view_.Number(start + 1) &&
      !IsYearNumber(view_.Number(start + 1))) {
    ++start;  // "October, 1st"
  }
  if (view_.Is(start, kTimeThe)) ++start;
  if (uint32_t end = ReadDayNumber(start, ordinal, day); end != 0) {
    const bool counts = !ordinal &&
                        (view_.Is(end, kAnyUnit | kTimeScale | kTimeMeridiem | kTimeOclock)) &&
                        !view_.Is(end, kTimeOrdinal);
    const bool comma_only = start > at && view_.IsMark(at, ',') && !ordinal;
    const bool the_only = start > at && !view_.IsMark(at, ',') && !ordinal;
    if (!counts && !comma_only && !the_only) {
      f.day = day;
      if (const uint32_t year = ReadYearAfter(end, f); year != 0) {
        if (!f.two_digits && !IsDate(f.year, month, day)) return 0;
        end = year;
        if (view_.Is(end, kTimeEra) && view_.token(end).IsAllUpper()) {
          f.before_christ = view_.At(end).era < 0;
          ++end;
        }
      } else if (day > DaysInMonth(2000, month)) {
        return 0;  // "February 30"
      }
      return end;
    }
    // "May 3 pm": the month is one, if it may stand alone.
  }
  const uint32_t year = ReadYearAfter(at, f);
  if (year != 0 && !f.two_digits) return year;
  if (year != 0) {
    const bool apostrophe = view_.IsMark(at, '\'') || view_.IsMark(at, 0x2019);
    if (apostrophe) return year;
    f.year = Fields::kNone;
    f.two_digits = false;
  }
  // Too many days: "February 30" is no February either.
  if (const Digits d = view_.Number(at);
      d.whole() && d.count <= 2 && d.suffix.empty() && d.value > 31)
    return MonthStandsAlone(i, named) ? i + 1 : 0;
  if (!MonthStandsAlone(i, named)) return 0;
  return at > i + 1 && !view_.In(at) ? i + 1 : i + 1;
}

uint32_t DateReader::ReadDayFirst(uint32_t i, Fields& f) const {
  if (i > view_.first() && view_.token(i - 1).Has(kCurrency)) return 0;  // "$12 December 27"
  // "15SEP"
  if (const Digits d = view_.Number(i); d.whole() && d.count <= 2 && d.suffix.size() >= 3) {
    char lower[10];
    if (d.suffix.size() > sizeof(lower)) return 0;
    std::transform(d.suffix.begin(), d.suffix.end(), lower, [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const TimeWord& w = view_.vocabulary().word(
        view_.vocabulary().Find(HashBytes({lower, d.suffix.size()})).number);
    if (w.Is(kAnyMonth) && IsDate(2000, w.month, static_cast<int>(d.value))) {
      f.day = static_cast<int>(d.value);
      f.month = w.month;
      const uint32_t end = ReadYearAfter(i + 1, f);
      return end != 0 ? end : i + 1;
    }
    return 0;
  }
  bool ordinal = false;
  int day = 0;
  uint32_t at = ReadDayNumber(i, ordinal, day);
  if (at == 0) return 0;
  static const uint64_t kDay = Folded("day");
  if (ordinal && view_.In(at) && view_.token(at).folded == kDay && view_.Is(at + 1, kTimeOf)) ++at;
  const bool of = view_.Is(at, kTimeOf);
  if (of) ++at;
  const bool comma = view_.IsMark(at, ',') || view_.IsHyphen(at);
  if (comma && !of) ++at;
  const int month = MonthAt(at);
  if (month == 0) return 0;
  // "3 may": only with a capital.
  const TimeWord& w = view_.At(at);
  if (!ordinal && !of && !view_.IsNumber(i)) return 0;
  if ((w.month == 5 || w.month == 3) && !view_.token(at).Has(kUpperFirst) && !ordinal && !of &&
      !SentenceIsShort())
    return 0;
  if (comma && !view_.Glued(at)) return 0;
  f.day = day;
  f.month = month;
  ++at;
  if (view_.IsMark(at, '.') && view_.Glued(at) && view_.Number(at + 1)) ++at;
  if (view_.IsHyphen(at) && view_.Glued(at) && IsYearNumber(view_.Number(at + 1))) ++at;
  uint32_t end = ReadYearAfter(at, f);
  if (end != 0) {
    if (!f.two_digits && !IsDate(f.year, month, day)) return 0;
    if (view_.Is(end, kTimeEra) && view_.token(end).IsAllUpper()) {
      f.before_christ = view_.At(end).era < 0;
      ++end;
    }
    return end;
  }
  return day <= DaysInMonth(2000, month) ? at : 0;
}

uint32_t DateReader::ReadWeekday(uint32_t i, bool named, Fields& f) const {
  const TimeWord& w = view_.At(i);
  if (!w.Is(kAnyWeekday)) return 0;
  const Token& t = view_.token(i);
  const bool abbreviation = !w.Is(kTimeWeekday);
  f.weekday = w.weekday;
  uint32_t at = i + 1;
  if (abbreviation && view_.IsMark(at, '.') && view_.Glued(at) && view_.In(at + 1)) ++at;
  // "Tuesday, May 3", "Friday, 9/2", "Wed 13th", "Friday the 26th"
  uint32_t next = at;
  if (view_.IsMark(next, ',')) ++next;
  const bool bracket = view_.IsMark(next, '(');
  if (bracket) ++next;
  if (view_.Is(next, kTimeThe)) ++next;
  uint32_t end = 0;
  Fields date;
  const bool number = view_.IsNumber(next);
  if (view_.Is(next, kAnyMonth)) {
    end = ReadMonthFirst(next, true, date);
    if (date.day == 0) end = 0;
  } else if (number || view_.Is(next, kTimeOrdinal | kTimeNumber)) {
    end = ReadDayFirst(next, date);
    if (end == 0 && number) {
      date = Fields();
      end = ReadNumeric(next, date);
    }
  }
  if (end != 0 && date.day != 0) {
    f.year = date.year;
    f.two_digits = date.two_digits;
    f.month = date.month;
    f.day = date.day;
    return bracket && view_.IsMark(end, ')') ? end + 1 : end;
  }
  bool ordinal = false;
  int day = 0;
  if (!bracket) {
    end = ReadDayNumber(next, ordinal, day);
    const bool number_at =
        end != 0 && !ordinal && view_.IsNumber(next) && next == at &&
        (view_.IsPreposition(end, Preposition::kAt) ||
         (!abbreviation && !view_.IsWord(end) && !view_.IsDash(end) && !view_.IsMark(end, '(') &&
          !(view_.In(end) && view_.token(end).Has(kCurrency))));
    // "on Tuesday the first models"
    const bool noun = ordinal && !view_.IsNumber(next) && view_.IsWord(end);
    if (end != 0 && (ordinal || number_at) && !noun && !view_.Is(end, kAnyUnit | kTimeOf)) {
      f.day = day;
      return end;
    }
  }
  if (abbreviation) {
    // "sun", "sat", "wed", "mon" are words.
    const bool alone = view_.last() - view_.first() <= 2;
    const bool clock = view_.IsNumber(i + 1) || view_.IsPreposition(i + 1, Preposition::kAt);
    if (t.Has(kPeriod) || at > i + 1) return at;
    if (alone || named) return at;
    const bool on =
        i > view_.first() && view_.IsPreposition(i - 1, Preposition::kOn) && !view_.IsWord(i + 1);
    return t.Has(kUpperFirst) && (clock || on) ? at : 0;
  }
  if (named) return at;
  // "the Sunday Times", "Sunday School": the name of something.
  const bool name_next = view_.IsCapital(i + 1) && view_.At(i + 1).classes == 0;
  if (name_next && i > view_.first() && view_.Is(i - 1, kTimeThe)) return 0;
  if (i > view_.first() && view_.IsCapital(i - 1) && view_.At(i - 1).classes == 0 &&
      i - 1 > view_.first() && name_next)
    return 0;
  // "Saturday Night Fever"
  if (t.IsCapitalized() && view_.At(i + 1).unit == Unit::kNight &&
      view_.token(i + 1).IsCapitalized() && view_.IsCapital(i + 2) && view_.IsUnknown(i + 2))
    return 0;
  // "Wednesday Addams frightened"
  if (i == view_.first() && name_next && t.IsCapitalized() && view_.IsWord(i + 2) &&
      !view_.IsCapital(i + 2))
    return 0;
  return at;
}

uint32_t DateReader::ReadDecadeOrCentury(uint32_t i, Fields& f) const {
  static const uint64_t kS = Folded("'s");
  const Digits d = view_.Number(i);
  // "1990s", "1980's", "'80s", "80s"
  if (d.whole()) {
    const bool s = d.suffix == "s";
    const bool apostrophe = d.suffix.empty() && view_.In(i + 1) && view_.Glued(i + 1) &&
                            view_.token(i + 1).folded == kS;
    if ((s || apostrophe) && d.value % 10 == 0) {
      const uint32_t end = i + (s ? 1 : 2);
      if (d.count == 4 && d.value >= 1000 && d.value <= 2100) {
        // "the 1900s": a century; "the 2000s": mostly the decade.
        f.decade = static_cast<int>(d.value / 10);
        return end;
      }
      if (d.count == 2 && d.value >= 10) {
        const bool sign =
            i > view_.first() && (view_.IsMark(i - 1, '\'') || view_.IsMark(i - 1, 0x2019) ||
                                  view_.IsMark(i - 1, 0x2018));
        const bool age = i > view_.first() && !sign && view_.Is(i - 1, kTimePossessive);
        if (age) return 0;  // "in her 80s"
        f.decade = static_cast<int>(d.value / 10);
        return end;
      }
    }
  }
  // "nineteen nineties", "the nineties"
  if (const TimeWord& w = view_.At(i); w.Is(kTimeDecade)) {
    if (i == view_.first() || view_.Is(i - 1, kTimePossessive)) return 0;
    const bool said = view_.Is(i - 1, kTimeThe) || AfterPreposition(i) || view_.IsHyphen(i - 1);
    if (!said && !SentenceIsShort()) return 0;
    f.decade = w.decade;
    return i + 1;
  }
  if (const TimeWord& w = view_.At(i); w.Is(kTimeNumber) && w.number >= 15 && w.number <= 20) {
    const uint32_t at = view_.IsHyphen(i + 1) ? i + 2 : i + 1;
    if (view_.Is(at, kTimeDecade)) {
      f.decade = w.number * 10 + view_.At(at).decade;
      return at + 1;
    }
  }
  // "the 19th century", "twenty-first-century"
  int n = 0;
  uint32_t end = ReadOrdinal(i, n);
  if (end == i || n < 1 || n > 40) return 0;
  if (view_.IsHyphen(end)) ++end;
  if (view_.At(end).unit != Unit::kCentury) return 0;
  f.century = n;
  ++end;
  if (view_.Is(end, kTimeEra)) {
    if (view_.At(end).era < 0) f.before_christ = true;
    ++end;
  }
  if (f.before_christ) f.year = 100 * n;
  return end;
}

uint32_t DateReader::ReadPeriodName(uint32_t i, bool named, Fields& f) const {
  const TimeWord& w = view_.At(i);
  const std::string_view s = view_.Bytes(i);
  // "Q3", "H1", "FY2012", "3Q15", "18q4"
  const auto quarter_sign = [&](std::string_view sign, int& quarter, int& half) {
    if (sign.size() != 2) return false;
    const int n = sign[1] - '0';
    if ((sign[0] == 'Q' || sign[0] == 'q') && n >= 1 && n <= 4) quarter = n;
    if ((sign[0] == 'H') && n >= 1 && n <= 2) half = n;
    return quarter != 0 || half != 0;
  };
  if (view_.IsWord(i) && quarter_sign(s, f.quarter, f.half)) {
    const bool hyphen = view_.IsHyphen(i + 1) && view_.Glued(i + 2);
    const uint32_t end = ReadYearAfter(hyphen ? i + 2 : i + 1, f);
    if (end != 0) return end;
    return f.quarter != 0 && (s[0] == 'Q' || SentenceIsShort()) ? i + 1 : 0;
  }
  if (const Digits d = view_.Number(i); d.whole() && !d.suffix.empty()) {
    if (d.count == 2 && quarter_sign(d.suffix, f.quarter, f.half) && f.quarter != 0) {
      f.year = static_cast<int>(d.value);
      f.two_digits = true;
      return i + 1;
    }
    if (d.count == 1 && d.value >= 1 && d.value <= 4 &&
        (d.suffix[0] == 'Q' || d.suffix[0] == 'q')) {
      const Digits year = ReadDigits(d.suffix.substr(1));
      f.quarter = static_cast<int>(d.value);
      if (year.whole() && year.suffix.empty() && (year.count == 2 || year.count == 4)) {
        f.year = static_cast<int>(year.value);
        f.two_digits = year.count == 2;
        return i + 1;
      }
      if (d.suffix.size() != 1) return 0;
      const uint32_t end = ReadYearAfter(i + 1, f);
      return end != 0 ? end : i + 1;
    }
  }
  if (s.size() >= 4 && (s.substr(0, 2) == "FY" || s.substr(0, 2) == "CY")) {
    const Digits d = ReadDigits(s.substr(2));
    if (d.whole() && d.suffix.empty() && (d.count == 4 || d.count == 2)) {
      f.year = static_cast<int>(d.value);
      f.two_digits = d.count == 2;
      return i + 1;
    }
  }
  // "fiscal year 2012", "fiscal 2012", "FY 2012", "year 2016", "week 31"
  if (w.Is(kTimeYearKind | kTimeFiscalYear)) {
    uint32_t at = i + 1;
    if (view_.At(at).unit == Unit::kYear) ++at;
    const Digits d = view_.Number(at);
    if (IsYearNumber(d)) {
      f.year = static_cast<int>(d.value);
      return at + 1;
    }
    return 0;
  }
  if (w.unit == Unit::kYear && w.Is(kTimeUnit)) {
    uint32_t at = i + 1;
    if (view_.Is(at, kTimeOf)) ++at;
    const Digits d = view_.Number(at);
    if (IsYearNumber(d)) {
      f.year = static_cast<int>(d.value);
      return at + 1;
    }
    return 0;
  }
  if (w.unit == Unit::kWeek && w.Is(kTimeUnit)) {
    const Digits d = view_.Number(i + 1);
    if (d.whole() && d.suffix.empty() && d.count <= 2 && d.value >= 1 && d.value <= 53 &&
        (!view_.In(i + 2) || !view_.IsWord(i + 2) || view_.At(i + 2).classes != 0)) {
      f.week = static_cast<int>(d.value);
      const uint32_t end = ReadYearAfter(i + 2, f);
      return end != 0 ? end : i + 2;
    }
    return 0;
  }
  // Holidays.
  if (w.Is(kTimePhrase)) {
    const uint32_t limit = std::min(view_.last(), i + 16);
    const auto phrase = view_.vocabulary().FindPhrase(view_.Tokens(i, limit));
    if (phrase.size > 0 && phrase.holiday >= 0) {
      const uint32_t size = phrase.size;
      const bool name_next = view_.IsCapital(i + size) && view_.At(i + size).classes == 0 &&
                             view_.token(i).IsCapitalized();
      if ((view_.token(i).Has(kUpperFirst) || size > 1 || SentenceIsShort()) &&
          !(name_next && size == 1)) {
        f.holiday = phrase.holiday;
        const uint32_t end = ReadYearAfter(i + size, f);
        return end != 0 ? end : i + size;
      }
    }
  }
  // Seasons.
  if (w.Is(kTimeSeason)) {
    f.season = w.season;
    const uint32_t end = ReadYearAfter(i + 1, f);
    if (end != 0) return end;
    if (named) return i + 1;
    static const uint64_t kFall = Folded("fall");
    static const uint64_t kSpring = Folded("spring");
    const bool word = view_.token(i).folded == kFall || view_.token(i).folded == kSpring;
    const bool after = AfterPreposition(i);
    const bool the = i > view_.first() && view_.Is(i - 1, kTimeThe);
    const bool in = i > view_.first() && (view_.IsPreposition(i - 1, Preposition::kIn) ||
                                          (the && i - 1 > view_.first() &&
                                           (view_.IsPreposition(i - 2, Preposition::kIn) ||
                                            view_.IsPreposition(i - 2, Preposition::kDuring) ||
                                            view_.IsPreposition(i - 2, Preposition::kBy))));
    const bool noun_next = view_.IsWord(i + 1) && view_.At(i + 1).classes == 0;
    if (word) return in && !noun_next ? i + 1 : 0;
    return after && !(view_.IsCapital(i + 1) && view_.At(i + 1).classes == 0) ? i + 1 : 0;
  }
  return 0;
}

bool DateReader::YearStandsAlone(uint32_t i) const {
  const Digits d = view_.Number(i);
  if (!IsYearNumber(d)) return false;
  // Part of something longer.
  if (view_.Glued(i + 1) && view_.Glued(i + 2) && view_.In(i + 2) &&
      (view_.IsMark(i + 1, ':') || view_.IsMark(i + 1, '/') || view_.IsMark(i + 1, '.') ||
       view_.IsMark(i + 1, '_')))
    return false;
  if (i > view_.first() && view_.Glued(i)) {
    const Token& left = view_.token(i - 1);
    const bool opens = left.Has(kOpen | kQuote | kDash) && !left.Has(kCompound);
    const bool mid = view_.IsHyphen(i - 1) &&
                     view_.Is(i - 2, kTimeEdge | kTimeMonth | kTimeMonthAbbreviation | kTimeSeason);
    if (!opens && !mid) return false;
  }
  if (view_.In(i + 1) && (view_.token(i + 1).Has(kCurrency) || view_.IsMark(i + 1, '%')))
    return false;
  if (view_.Is(i + 1, kTimeUnit | kTimeUnits | kTimeScale | kTimeMeridiem | kTimeOclock))
    return false;
  static const uint64_t kCounts[] = {Folded("people"),   Folded("men"),     Folded("women"),
                                     Folded("children"), Folded("percent"), Folded("km"),
                                     Folded("kg"),       Folded("troops"),  Folded("meters"),
                                     Folded("metres"),   Folded("feet"),    Folded("hectares")};
  if (view_.In(i + 1)) {
    for (const uint64_t word : kCounts) {
      if (view_.token(i + 1).folded == word) return false;
    }
  }
  // "2014-02-30", "2012 80 10": numbers in a row.
  if (view_.IsHyphen(i + 1) && view_.IsNumber(i + 2) && view_.IsHyphen(i + 3) && view_.Glued(i + 3))
    return false;
  if (view_.IsNumber(i + 1) && view_.IsNumber(i + 2)) return false;
  if (i == view_.first()) {
    // "2015 was a good year", "2000 workers"
    return !view_.In(i + 1) || !view_.IsWord(i + 1) ||
           view_.Is(i + 1, kTimeStop | kTimePastVerb | kTimeFutureVerb | kTimePreposition);
  }
  // What is left of a date that is none: "June 31, 2022", "2014-02-30".
  const uint32_t number = view_.IsMark(i - 1, ',') ? i - 2 : i - 1;
  if (number > view_.first() && number < i && view_.IsNumber(number) &&
      (view_.Is(number - 1, kTimeMonth | kTimeMonthAbbreviation) || view_.IsDash(number - 1)))
    return false;
  const Token& left = view_.token(i - 1);
  const TimeWord& before = view_.At(i - 1);
  const bool sure =
      (before.Is(kTimePreposition) && before.preposition != Preposition::kAt &&
       before.preposition != Preposition::kOver && before.preposition != Preposition::kTo) ||
      before.Is(kTimeThe | kTimeEdge | kTimeSeason | kTimeMonth | kTimeOf | kTimeHalf);
  if (left.Has(kCurrency) || left.lead == '#' || left.lead == '+' || left.lead == '=') return false;
  // "later than 2018", but "more than 2018"
  const bool later_than = i > view_.first() + 1 && (view_.At(i - 2).after == After::kLater ||
                                                    view_.At(i - 2).after == After::kEarlier);
  if (before.Is(kTimeLimit) && !before.Is(kTimePreposition) && !sure && !later_than) return false;
  // "Flight 1985", "the code was 1968", "020 7946 1985"; not "Olympics 2012".
  static const uint64_t kBe[] = {Folded("was"), Folded("is"), Folded("were"), Folded("be")};
  const bool ends = !view_.In(i + 1) || (!view_.IsWord(i + 1) && !view_.IsDash(i + 1));
  for (const uint64_t word : kBe) {
    if (left.folded == word && ends) return false;
  }
  if (before.Is(kTimeNumbered) || left.kind() == TokenKind::kNumber) return false;
  const bool plural_next = view_.IsWord(i + 1) && !view_.IsCapital(i + 1) &&
                           view_.token(i + 1).size() > 3 && view_.Bytes(i + 1).back() == 's' &&
                           !view_.Is(i + 1, kTimeStop | kTimePastVerb) &&
                           view_.Bytes(i + 1)[view_.Bytes(i + 1).size() - 2] != 's';
  if (plural_next) {
    return before.Is(kTimeThe) || before.Is(kTimeEdge) || view_.IsPossessive(i - 1) ||
           (sure && before.preposition == Preposition::kSince);
  }
  // "the Russell 2000 Index"
  if (view_.IsCapital(i - 1) && before.classes == 0 && i - 1 > view_.first() &&
      view_.IsCapital(i + 1) && view_.At(i + 1).classes == 0)
    return false;
  if (sure) return true;
  if (before.preposition == Preposition::kAt || before.preposition == Preposition::kOver)
    return false;
  // Counts of the kind "the 2015-strong crowd" are rare; a noun in lower case after a bare number is
  // counted only in the plural.
  return d.value >= 1600 && d.value < 2100;
}

uint32_t DateReader::Read(uint32_t i, bool named, Fields& fields) const {
  if (!view_.In(i)) return 0;
  Fields f;
  uint32_t end = 0;
  const auto attempt = [&](uint32_t result) {
    if (result != 0) {
      end = result;
      return true;
    }
    f = Fields();
    return false;
  };
  const TimeWord& w = view_.At(i);
  const bool number = view_.IsNumber(i);
  bool found = false;
  if (number) {
    found = attempt(ReadNumeric(i, f)) || attempt(ReadDecadeOrCentury(i, f)) ||
            attempt(ReadPeriodName(i, named, f)) || attempt(ReadDayFirst(i, f));
    if (!found) {
      // "2017 Q1", "2017-Q1", "2019 H2"
      if (IsYearNumber(view_.Number(i))) {
        const uint32_t at = view_.IsHyphen(i + 1) ? i + 2 : i + 1;
        const std::string_view sign = view_.IsWord(at) ? view_.Bytes(at) : std::string_view();
        if (sign.size() == 2 && (sign[0] == 'Q' || sign[0] == 'q' || sign[0] == 'H') &&
            sign[1] >= '1' && sign[1] <= (sign[0] == 'H' ? '2' : '4')) {
          f = Fields();
          f.year = static_cast<int>(view_.Number(i).value);
          (sign[0] == 'H' ? f.half : f.quarter) = sign[1] - '0';
          fields = f;
          return at + 1;
        }
      }
      // "2017 April", "2014 A.D."
      const Digits d = view_.Number(i);
      if (IsYearNumber(d) && MonthAt(i + 1) != 0 && view_.Is(i + 1, kTimeMonth)) {
        Fields month;
        month.year = static_cast<int>(d.value);
        month.month = MonthAt(i + 1);
        f = month;
        end = i + 2;
        found = !view_.Number(i + 2) || view_.IsPreposition(i - 1, Preposition::kIn);
      }
      if (!found && d.whole() && d.suffix.empty() && d.count <= 4 && view_.Is(i + 1, kTimeEra) &&
          (view_.token(i + 1).IsAllUpper() || view_.token(i + 1).Has(kPeriod))) {
        f = Fields();
        f.year = static_cast<int>(d.value);
        f.before_christ = view_.At(i + 1).era < 0;
        end = i + 2;
        found = f.year > 0;
      }
      if (!found && (named ? IsYearNumber(d) : YearStandsAlone(i))) {
        f = Fields();
        end = ReadYear(i, f);
        found = end != 0;
      }
    }
  } else {
    found = (w.Is(kAnyMonth) && attempt(ReadMonthFirst(i, named, f))) ||
            (w.Is(kAnyWeekday) && attempt(ReadWeekday(i, named, f))) ||
            (w.Is(kTimePhrase | kTimeSeason | kTimeUnit | kTimeYearKind | kTimeFiscalYear) &&
             attempt(ReadPeriodName(i, named, f))) ||
            (w.classes == 0 && view_.IsWord(i) && view_.token(i).size() <= 6 &&
             view_.token(i).Has(kDigit) && attempt(ReadPeriodName(i, named, f))) ||
            (w.Is(kTimeOrdinal | kTimeNumber | kTimeDecade) &&
             (attempt(ReadDecadeOrCentury(i, f)) || attempt(ReadDayFirst(i, f))));
    if (!found && w.Is(kTimeNumber) && (named || AfterPreposition(i))) {
      found = attempt(ReadYear(i, f));
      if (found && view_.IsWord(end) && view_.At(end).classes == 0 && !view_.IsCapital(end)) {
        // "in nineteen ninety six she": fine; "two thousand soldiers": ReadYear refuses.
      }
    }
    // "'09", "'80s"
    if (!found && (view_.IsMark(i, '\'') || view_.IsMark(i, 0x2019)) && view_.Glued(i + 1)) {
      found = attempt(ReadDecadeOrCentury(i + 1, f));
    }
  }
  if (!found) return 0;
  fields = f;
  return end;
}

}  // namespace nutgraf::internal
