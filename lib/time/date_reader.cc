#include "lib/time/date_reader.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "lib/time/calendar.h"
#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

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
  return i + 1;
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
  // "in 2015": the most frequent of all.
  if (number && IsYearNumber(view_.Number(i)) && !view_.Glued(i + 1) &&
      !view_.Is(i + 1, kAnyMonth | kTimeEra) &&
      !(view_.IsWord(i + 1) && view_.token(i + 1).Has(kDigit))) {
    if (!named && !YearStandsAlone(i)) return 0;
    fields = Fields();
    return ReadYear(i, fields);
  }
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
