// Points of time: a date, a time of day, and both of them.

#include "lib/time/time_grammar.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"
#include "lib/time/calendar.h"
#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

void TimeGrammar::Attach(Point& p) {
  Fields& f = p.fields;
  for (int steps = 0; steps < 3; ++steps) {
    uint32_t at = p.end;
    if (f.has_date() && !f.has_clock()) {
      const bool day = f.has_day() && (!f.has_base || f.base.grain == TimeGrain::kDay);
      if (!day) return;
      // "Tuesday night", "May 3 in the morning", "tomorrow morning"
      Part part = Part::kNone;
      if (f.part == Part::kNone) {
        uint32_t start = at;
        if (view_.IsMark(start, ',')) ++start;
        if (view_.At(start).edge == Edge::kEarly || view_.At(start).edge == Edge::kLate) {
          if (view_.Is(start + 1, kTimePart) || view_.At(start + 1).unit == Unit::kNight) {
            p.modifier =
                view_.At(start).edge == Edge::kEarly ? TimeModifier::kStart : TimeModifier::kEnd;
            p.modifier_begin = start;
            p.modifier_end = start + 1;
          }
        }
        const uint32_t end = clocks_.ReadPartOfDay(start, part);
        // "Saturday Night Fever"
        const bool name = end != 0 && view_.token(end - 1).IsCapitalized() &&
                          view_.IsCapital(end) && view_.IsUnknown(end);
        if (end != 0 && !name && (start == at || view_.IsPreposition(start, Preposition::kIn)) &&
            !(view_.Is(end, kTimeUnit) && view_.IsWord(end))) {
          f.part = part;
          p.end = end;
          if (const uint32_t week = ReadWeekOfWeekday(end, p); week != end) {
            f.part = part;
            p.end = week;
          }
          continue;
        }
        // "today pm"
        if (view_.Is(at, kTimeMeridiem) && view_.IsWord(at)) {
          f.part = view_.At(at).meridiem == 12 ? Part::kAfternoon : Part::kMorning;
          p.end = at + 1;
          continue;
        }
        static const uint64_t kLunch = Folded("lunch");
        if (view_.In(at) && view_.token(at).folded == kLunch) {
          f.part = Part::kMidday;
          p.end = at + 1;
          continue;
        }
        if (view_.IsPreposition(at, Preposition::kAt) && view_.In(at + 1) &&
            view_.token(at + 1).folded == kLunch) {
          f.part = Part::kMidday;
          p.end = at + 2;
          continue;
        }
      }
      // "Tuesday at 5 p.m.", "May 3, 17:00", "tomorrow around 3pm"
      uint32_t start = at;
      const bool bracket = view_.IsMark(start, ')');
      if (bracket) return;
      if (view_.IsMark(start, ',') || view_.IsDash(start)) ++start;
      bool hour = false;
      if (view_.IsPreposition(start, Preposition::kAt)) {
        ++start;
        hour = true;
      } else if (view_.IsPreposition(start, Preposition::kAround) ||
                 (view_.IsPreposition(start, Preposition::kFor) && view_.IsNumber(start + 1)) ||
                 (view_.IsPreposition(start, Preposition::kBy) && view_.IsNumber(start + 1))) {
        ++start;
        hour = view_.IsPreposition(start - 1, Preposition::kAround);
      }
      if (view_.IsPreposition(start, Preposition::kAround)) ++start;
      Fields clock;
      const uint32_t end = clocks_.Read(start, hour, clock);
      if (end == 0) {
        ReadLimitedClock(at, p);
        return;
      }
      if (f.part != Part::kNone && f.part != Part::kMorning && !clock.meridiem && clock.hour < 12)
        clock.hour += 12;
      if (f.part == Part::kMorning && clock.hour == 12) clock.hour = 0;
      f.hour = clock.hour;
      f.minute = clock.minute;
      f.second = clock.second;
      f.meridiem = clock.meridiem || f.part != Part::kNone;
      f.zoned = clock.zoned;
      f.zone = clock.zone;
      p.end = end;
      p.rule = "date and time";
      return;
    }
    if (f.has_clock() && !f.has_date()) {
      // "10:30 a.m. Tuesday", "5 p.m. on May 3", "3 p.m. today", "8 tonight"
      uint32_t start = at;
      const bool comma = view_.IsMark(start, ',');
      if (comma) ++start;
      const bool on = view_.IsPreposition(start, Preposition::kOn) || view_.Is(start, kTimeOf);
      if (on) ++start;
      start = PastThe(start);
      Point date;
      const uint32_t end = ReadDatePart(start, 1, date);
      if (end == 0 || date.fields.has_clock()) return;
      const bool day = date.fields.has_day() ||
                       (date.fields.has_base && date.fields.base.grain == TimeGrain::kDay);
      if (!day) return;
      Fields joined = date.fields;
      joined.hour = f.hour;
      joined.minute = f.minute;
      joined.second = f.second;
      joined.meridiem = f.meridiem;
      joined.zoned = f.zoned;
      joined.zone = f.zone;
      if (joined.part == Part::kNone) {
        // "9 tomorrow morning"
        Part part = Part::kNone;
        if (const uint32_t past = clocks_.ReadPartOfDay(end, part);
            past != 0 && view_.Is(end, kTimePart)) {
          joined.part = part;
          date.end = past;
        }
      }
      if (joined.part != Part::kNone && joined.part != Part::kMorning && !f.meridiem && f.hour < 12)
        joined.hour += 12;
      if (joined.part != Part::kNone) joined.meridiem = true;
      f = joined;
      p.end = std::max(end, date.end);
      p.rule = "time and date";
      return;
    }
    return;
  }
}

uint32_t TimeGrammar::ReadLimitedClock(uint32_t i, Point& p) const {
  if (!view_.Ahead(i, 3, kTimeLimit)) return 0;
  // "tomorrow before 4 p.m.", "Feb 1 no later than 6:00"
  for (uint32_t n = 1; n <= 3 && view_.In(i + n); ++n) {
    uint32_t size = 0;
    const TimeModifier modifier = view_.vocabulary().FindLimit(view_.Tokens(i, i + n), true, size);
    if (modifier == TimeModifier::kNone || size != n || modifier == TimeModifier::kApproximate)
      continue;
    Fields clock;
    const uint32_t end = clocks_.Read(i + n, false, clock);
    if (end == 0) continue;
    p.fields.hour = clock.hour;
    p.fields.minute = clock.minute;
    p.fields.second = clock.second;
    p.fields.meridiem = clock.meridiem;
    p.fields.zoned = clock.zoned;
    p.fields.zone = clock.zone;
    p.modifier = modifier;
    p.modifier_begin = i;
    p.modifier_end = i + n;
    p.limits = true;
    p.end = end;
    p.rule = "date and limit of time";
    return end;
  }
  return 0;
}

bool TimeGrammar::ReadPoint(uint32_t i, Point& p) {
  p = Point();
  p.begin = i;
  SetTense(i, i + 1);
  p.end = ReadDatePart(i, 0, p);
  if (p.end == 0) {
    Fields clock;
    const bool at = After(i, Preposition::kAt) || (After(i, Preposition::kAround) && false);
    uint32_t end = clocks_.Read(i, at, clock);
    if (end == 0 && view_.IsNumber(i)) {
      // "8 tonight", "8 this evening", "9 tomorrow morning"
      const Digits hour = view_.Number(i);
      const TimeWord& next = view_.At(i + 1);
      const bool part = next.part != Part::kNone ||
                        ((next.relation == Relation::kThis || next.Is(kTimeDeictic)) &&
                         view_.Is(i + 2, kTimePart));
      const bool numbered = i > view_.first() && view_.Is(i - 1, kTimeNumbered);
      if (!numbered && hour.whole() && hour.suffix.empty() && hour.value >= 1 && hour.value <= 12 &&
          part && next.Is(kTimeDeictic | kTimeRelation)) {
        clock.hour = static_cast<int>(hour.value);
        end = i + 1;
      }
    }
    if (end != 0 && at && !clock.meridiem && clock.minute < 0 && !clock.zoned) {
      // "at 5": a time only beside a date.
      Point with = p;
      with.fields = clock;
      with.end = end;
      Attach(with);
      if (!with.fields.has_date()) end = 0;
    }
    if (end == 0) {
      // "in the afternoon at 7", "in the morning"
      Part part = Part::kNone;
      const TimeWord& w = view_.At(i);
      if (!w.Is(kTimePart) && w.unit != Unit::kNight) return false;
      const bool the = AfterThe(i);
      const bool said = the || After(i, Preposition::kIn) ||
                        (After(i, Preposition::kAt) && w.unit == Unit::kNight) ||
                        view_.IsWholeText();
      end = clocks_.ReadPartOfDay(i, part);
      if (!said || end == 0 || (view_.IsWord(end) && view_.At(end).classes == 0)) return false;
      if (w.unit == Unit::kNight && the) return false;
      if (view_.Is(end, kTimeOf)) return false;  // "the dawn of an age"
      uint32_t start = end;
      if (view_.IsPreposition(start, Preposition::kAt)) ++start;
      if (start > end && clocks_.Read(start, true, clock) != 0) {
        end = clocks_.Read(start, true, clock);
        if (part != Part::kMorning && !clock.meridiem && clock.hour < 12) clock.hour += 12;
        p.fields = clock;
      } else {
        p.fields.part = part;
        // On the day that the text last spoke of.
        if (anchors_.has_day) {
          p.fields.has_base = true;
          p.fields.base = anchors_.day;
        }
      }
      p.rule = "part of day";
      p.end = end;
      Attach(p);
      return true;
    }
    p.fields = clock;
    p.end = end;
    p.rule = "time of day";
  }
  Attach(p);
  SetTense(p.begin, p.end);
  return true;
}

bool TimeGrammar::ReadBare(uint32_t i, Point& p) const {
  p = Point();
  p.begin = i;
  bool ordinal = false;
  int day = 0;
  const uint32_t at = PastThe(i);
  const uint32_t end = dates_.ReadDayNumber(at, ordinal, day);
  if (end == 0 || (view_.At(at).Is(kTimeNumber) && view_.IsHyphen(end) && !ordinal)) return false;
  p.end = end;
  p.bare = true;
  p.fields.day = day;
  return true;
}

TimeReading TimeGrammar::Finish(const Point& p) {
  TimeReading r;
  const Moment m = Resolve(p.fields, anchors_, view_.vocabulary());
  if (m.grain == TimeGrain::kNone && m.value.empty()) return r;
  r.begin = p.begin;
  r.end = p.end;
  r.moment = m;
  r.kind =
      m.grain < TimeGrain::kDay && m.grain != TimeGrain::kNone ? TimeKind::kTime : TimeKind::kDate;
  if (!m.value.empty() && m.value.view()[0] == 'P' && m.value.view().substr(0, 4) != "PAST" &&
      m.value.view().substr(0, 4) != "PRES")
    r.kind = TimeKind::kDuration;
  r.modifier = p.modifier;
  r.modifier_begin = p.modifier_begin;
  r.modifier_end = p.modifier_end;
  r.refers = m.known && m.grain >= TimeGrain::kDay;
  r.rule = p.rule;
  if (p.limits) Open(r.moment, p.modifier);
  return r;
}

}  // namespace nutgraf::internal
