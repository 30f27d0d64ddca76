// DateReader, dates in digits: "2021-05-03", "03/05/21", "23.04.2022".

#include "lib/time/date_reader.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "lib/time/calendar.h"
#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

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
  if (a.count <= 2 && slash && IsYearNumber(b) && y >= 1500 && x >= 1 && x <= 12 &&
      !(view_.IsWord(i + 3) && view_.IsUnknown(i + 3))) {
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
  if (slash && !padded && !said && x < y && (y <= 5 || (x <= 3 && !alone && (y == 8 || y == 10))))
    return 0;
  const uint32_t end = month_or_day(x, y, 2000, i + 3);
  if (end == 0) return 0;
  f.year = Fields::kNone;
  return end;
}

}  // namespace nutgraf::internal
