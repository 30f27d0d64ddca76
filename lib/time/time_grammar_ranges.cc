// Ranges, and what one side says for both.

#include "lib/time/time_grammar.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"
#include "lib/time/calendar.h"
#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

TimeReading TimeGrammar::RangeFrom(const Point& first, bool opened, bool between) {
  uint32_t at = first.end;
  if (!view_.IsDash(at) && !view_.Is(at, kTimePreposition | kTimeAnd)) return {};
  Point left = first;
  // "from 4 p.m. for thirty minutes"
  if (view_.IsPreposition(at, Preposition::kFor) && !left.bare &&
      (left.fields.has_clock() || opened)) {
    Amount amount;
    uint32_t age = 0;
    const uint32_t end = amounts_.ReadAmount(at + 1, amount, age);
    const Moment from = Resolve(left.fields, anchors_, view_.vocabulary());
    if (end == 0 || amount.vague() || !from.known) return {};
    TimeReading r;
    r.begin = left.begin;
    r.end = end;
    r.kind = left.fields.has_clock() ? TimeKind::kTime : TimeKind::kDate;
    r.moment = from;
    r.moment.end = Shifted(from.begin, amount, 1);
    const bool day = amount.finest() >= Unit::kNight && !left.fields.has_clock();
    const Moment to =
        day ? DayOf(absl::CivilDay(r.moment.end) - 1) : PeriodAt(r.moment.end, Unit::kMinute, 0, 1);
    r.moment.value.Add("/").Add(to.value.view());
    r.rule = "range by its length";
    return r;
  }
  // The word between.
  const bool spaced_dash = view_.IsDash(at);
  const bool to = view_.IsPreposition(at, Preposition::kTo) ||
                  view_.IsPreposition(at, Preposition::kUntil) ||
                  view_.IsPreposition(at, Preposition::kThrough);
  const bool and_word = between && view_.Is(at, kTimeAnd);
  if (!spaced_dash && !to && !and_word) return {};
  if (between && !and_word && !spaced_dash && !to) return {};
  ++at;
  const uint32_t right_at = PastThe(at);
  Point right;
  // A year and the last digits of another: "2009-10", "2009/10".
  const Fields& l = left.fields;
  const bool left_year = l.year != Fields::kNone && l.month == 0 && !l.has_base && l.quarter == 0 &&
                         l.season == Season::kNone && l.half == 0 && l.holiday == Fields::kNone;
  if (spaced_dash && left_year && view_.Glued(at - 1) && view_.Glued(at)) {
    const Digits d = view_.Number(at);
    if (d.whole() && d.count == 2 && d.suffix.empty() && static_cast<int>(d.value) > l.year % 100 &&
        !view_.Glued(at + 1)) {
      right.begin = at;
      right.end = at + 1;
      right.fields.year = l.year / 100 * 100 + static_cast<int>(d.value);
    }
  }
  if (!right) {
    const auto tense = anchors_.tense;
    if (!ReadPoint(right_at, right)) right = Point();
    anchors_.tense = tense;
    if (!right && left_year && view_.IsNumber(at)) {
      right.begin = at;
      right.end = dates_.ReadYear(at, right.fields);
    }
    // "to 6": a bare number, where the left side says what it is.
    if (!right && (l.has_clock() || (l.month != 0 && l.day != 0) || l.has_day())) {
      if (!ReadBare(right_at, right)) return {};
      if (l.has_clock()) {
        if (right.fields.day > 24 || view_.IsHyphen(right.end)) return {};
        if (!opened && !spaced_dash && !l.meridiem && l.minute < 0) return {};
        right.fields = Fields();
        right.fields.hour = static_cast<int>(view_.Number(PastThe(right_at)).value);
        if (right.fields.hour == 0 || !view_.IsNumber(PastThe(right_at))) return {};
        while (right.fields.hour < left.fields.hour && right.fields.hour <= 12)
          right.fields.hour += 12;
        if (right.fields.hour > 24) return {};
        right.bare = false;
        Attach(right);
        if (right.fields.has_date()) {
          // "3 to 4 tomorrow" comes by the date on the right.
        }
      } else if (l.month == 0 || l.day == 0) {
        return {};
      }
    }
  }
  if (!right || (left.bare && right.bare)) return {};
  Fields& lf = left.fields;
  Fields& rf = right.fields;
  if (right.bare) {
    const int day = rf.day;
    if (lf.month == 0 || lf.day == 0 || (day <= lf.day && lf.year != Fields::kNone)) return {};
    bool ordinal = false;
    int again = 0;
    dates_.ReadDayNumber(PastThe(right_at), ordinal, again);
    rf = lf;
    rf.weekday = 0;
    rf.day = day;
    if (day <= lf.day) {
      // "from April 27 to the 3rd"
      if (!ordinal || !opened) return {};
      rf.month = lf.month % 12 + 1;
    }
    const uint32_t year = dates_.ReadYearAfter(right.end, rf);
    if (year != 0) {
      right.end = year;
      lf.year = rf.year;
      lf.two_digits = rf.two_digits;
    }
    // Counted things: "May 3 to 5 people".
    if (view_.Is(right.end, kTimeScale) || view_.IsMark(right.end, '%')) return {};
    const int64_t y = rf.year != Fields::kNone && !rf.two_digits ? rf.year : 2000;
    if (!IsDate(y, rf.month, rf.day)) {
      impossible_end_ = right.end;
      return {};
    }
  }
  if (!right.bare && rf.month != 0 && rf.day != 0 && rf.year == Fields::kNone && !rf.has_clock()) {
    // "5/1-5/7, 2020"
    if (const uint32_t year = dates_.ReadYearAfter(right.end, rf); year != 0) right.end = year;
  }
  if (left.bare) {
    const int n = lf.day;
    if (rf.has_clock()) {
      if (n > 24) return {};
      lf = Fields();
      lf.hour = n;
      if (n > 24 || (view_.At(left.begin).Is(kTimeOrdinal))) return {};
      if (rf.meridiem && n <= 12) {
        const bool pm = rf.hour >= 12;
        lf.hour = n % 12 + (pm ? 12 : 0);
        if (lf.hour > rf.hour || (lf.hour == rf.hour && lf.minute >= rf.minute)) lf.hour -= 12;
        if (lf.hour < 0) return {};
      }
      lf.meridiem = rf.meridiem;
    } else if (rf.month != 0 && rf.day != 0) {
      if (n >= rf.day && rf.day != 0) return {};
      lf = rf;
      lf.day = n;
    } else {
      return {};
    }
  }
  // What one side says for both.
  if (lf.has_clock() && rf.has_clock()) {
    if (rf.meridiem && !lf.meridiem && lf.hour >= 1 && lf.hour <= 12 && !left.bare) {
      const int pm = rf.hour >= 12 ? 12 : 0;
      int hour = lf.hour % 12 + pm;
      if (hour * 60 + std::max(lf.minute, 0) >= rf.hour * 60 + std::max(rf.minute, 0)) hour -= 12;
      if (hour >= 0) lf.hour = hour;
    } else if (lf.meridiem && !rf.meridiem && rf.hour <= 12 && rf.hour < lf.hour) {
      rf.hour += 12;
    }
  }
  const auto copy_date = [](const Fields& from, Fields& into) {
    Fields date = from;
    date.hour = into.hour;
    date.minute = into.minute;
    date.second = into.second;
    date.zoned = into.zoned;
    date.zone = into.zone;
    date.meridiem = into.meridiem;
    date.part = Part::kNone;
    into = date;
  };
  if (rf.has_clock() && !rf.has_date() && lf.has_date()) copy_date(lf, rf);
  if (lf.has_clock() && !lf.has_date() && rf.has_date()) copy_date(rf, lf);
  if (lf.month != 0 && lf.year == Fields::kNone && rf.year != Fields::kNone && rf.month != 0) {
    lf.year = rf.two_digits ? FullYear(rf.year, anchors_) : rf.year;
    if (lf.month > rf.month) --lf.year;
  }
  if (rf.month != 0 && rf.year == Fields::kNone && lf.year != Fields::kNone && lf.month != 0) {
    rf.year = lf.two_digits ? FullYear(lf.year, anchors_) : lf.year;
    if (rf.month < lf.month) ++rf.year;
  }
  if (rf.season != Season::kNone && lf.season != Season::kNone && lf.year == Fields::kNone)
    lf.year = rf.year;
  if (rf.quarter != 0 && lf.quarter != 0 && lf.year == Fields::kNone) lf.year = rf.year;
  // "May to July": the year of the first.
  Moment from = Resolve(lf, anchors_, view_.vocabulary());
  Anchors later = anchors_;
  if (from.known && lf.year == Fields::kNone && rf.year == Fields::kNone && !rf.has_base &&
      (rf.month != 0 || rf.weekday != 0) &&
      (rf.relation == Relation::kNone || rf.relation == Relation::kThis)) {
    rf.relation = Relation::kNone;
    later.has_date = true;
    later.now = from.begin;
    later.tense = Tense::kFuture;
  }
  Moment to_moment = Resolve(rf, later, view_.vocabulary());
  if (from.grain == TimeGrain::kNone || to_moment.grain == TimeGrain::kNone) return {};
  const bool times = from.grain < TimeGrain::kDay && from.grain != TimeGrain::kNone;
  const bool right_times = to_moment.grain < TimeGrain::kDay;
  if (times != right_times &&
      !(from.grain == TimeGrain::kPartOfDay || to_moment.grain == TimeGrain::kPartOfDay || opened))
    return {};
  if (from.known != to_moment.known) return {};
  if (from.known && to_moment.begin < from.begin) {
    if (!times || lf.has_date()) return {};
    to_moment.begin += 86400;
    to_moment.end += 86400;
  }
  if (from.known && to_moment.end <= from.begin) return {};
  // Two dates of different grain ("from 2015 to Tuesday") are two dates.
  TimeReading r;
  r.begin = left.begin;
  r.end = right.end;
  r.kind = times ? TimeKind::kTime : TimeKind::kDate;
  r.moment = from;
  if (left.modifier == TimeModifier::kEnd && left.modifier_begin < left.modifier_end &&
      from.known) {
    r.moment.begin = from.begin;
  }
  r.moment.end = to_moment.grain < TimeGrain::kDay && to_moment.grain != TimeGrain::kPartOfDay
                     ? to_moment.begin
                     : to_moment.end;
  if (right.modifier == TimeModifier::kStart) r.moment.end = to_moment.begin;
  if (from.known && r.moment.end <= r.moment.begin) return {};
  r.moment.value = from.value;
  r.moment.value.Add("/").Add(to_moment.value.view());
  r.refers = false;
  r.rule = "range";
  return r;
}

TimeReading TimeGrammar::ReadRange(uint32_t i, bool opened) {
  const bool between = opened && view_.IsPreposition(i, Preposition::kBetween);
  const uint32_t start = opened ? PastThe(i + 1) : i;
  Point left;
  TimeReading r;
  static const uint64_t kNow = Folded("now");
  if (opened && view_.In(start) && view_.token(start).folded == kNow && anchors_.has_date) {
    left.begin = start;
    left.end = start + 1;
    left.fields.has_base = true;
    left.fields.base = DayOf(anchors_.today());
  } else if (!ReadPoint(start, left)) {
    if (!ReadBare(start, left)) return r;
  }
  SetTense(left.begin, left.end);
  r = RangeFrom(left, opened, between);
  if (r && between) r.begin = i;
  return r;
}

}  // namespace nutgraf::internal
