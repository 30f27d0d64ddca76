// DateReader, years and more: "2015", "'09", "nineteen ninety-six", "the 1990s", "19th century".

#include "lib/time/date_reader.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "lib/time/calendar.h"
#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

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

}  // namespace nutgraf::internal
