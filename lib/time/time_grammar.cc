#include "lib/time/time_grammar.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"
#include "lib/time/calendar.h"
#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

void TimeGrammar::SetTense(uint32_t begin, uint32_t end) {
  anchors_.tense = ClauseTense(view_, begin, end);
}

void TimeGrammar::Limit(TimeReading& r, uint32_t floor) const {
  const bool inner = r.modifier == TimeModifier::kStart || r.modifier == TimeModifier::kMiddle ||
                     r.modifier == TimeModifier::kEnd;
  if (r.modifier != TimeModifier::kNone && !inner) return;
  // "2016 and later", "3 p.m. or later"
  static const uint64_t kOr = Folded("or");
  const bool or_word = view_.In(r.end) && view_.token(r.end).folded == kOr;
  if (!inner && (view_.Is(r.end, kTimeAnd) || or_word) && r.kind <= TimeKind::kTime &&
      r.moment.known) {
    static const uint64_t kLaterWords[] = {Folded("later"),  Folded("after"),   Folded("beyond"),
                                           Folded("onward"), Folded("onwards"), Folded("greater")};
    static const uint64_t kEarlierWords[] = {Folded("earlier"), Folded("before")};
    const bool ends =
        !view_.In(r.end + 2) || (!view_.IsWord(r.end + 2) && !view_.IsNumber(r.end + 2));
    const uint64_t word = view_.In(r.end + 1) ? view_.token(r.end + 1).folded : 0;
    bool later = false;
    bool earlier = false;
    for (const uint64_t w : kLaterWords) later |= w == word;
    for (const uint64_t w : kEarlierWords) earlier |= w == word;
    if (ends && (later || earlier)) {
      r.modifier = later ? TimeModifier::kOnOrAfter : TimeModifier::kOnOrBefore;
      r.modifier_begin = r.end;
      r.modifier_end = r.end + 2;
      r.end += 2;
      (later ? r.moment.end_open : r.moment.begin_open) = true;
      return;
    }
  }
  uint32_t end = r.begin;
  if (end > floor && view_.Is(end - 1, kTimeThe)) --end;
  if (end <= floor || end <= view_.first()) return;
  const uint32_t lowest = std::max({floor, view_.first(), end > 4 ? end - 4 : 0});
  if (lowest >= end || !view_.Is(end - 1, kTimeLimit)) return;
  const bool point = r.kind == TimeKind::kDate || r.kind == TimeKind::kTime;
  const bool ago = point && r.rule.substr(0, 7) == "so long";
  uint32_t size = 0;
  TimeModifier modifier =
      view_.vocabulary().FindLimit(view_.Tokens(lowest, end), point && !ago, size);
  if (modifier == TimeModifier::kNone) return;
  if (!point && view_.Is(r.begin, kTimeRelation)) return;  // "over the past week"
  if (inner) {
    // "before early May": the part stays what the modifier says, the interval opens.
    if (!point || modifier == TimeModifier::kApproximate) return;
    Open(r.moment, modifier);
    if (r.moment.begin_open || r.moment.end_open)
      r.modifier_begin = std::min(r.modifier_begin, end - size);
    return;
  }
  if (point && modifier == TimeModifier::kApproximate && end - size > lowest) {
    // "before around 2 p.m."
    uint32_t more = 0;
    const TimeModifier outer =
        view_.vocabulary().FindLimit(view_.Tokens(lowest, end - size), true, more);
    if (outer != TimeModifier::kNone) {
      modifier = outer;
      size += more;
    }
  }
  if (ago) {
    // "more than two years ago" is before that.
    switch (modifier) {
      case TimeModifier::kMoreThan:
        modifier = TimeModifier::kBefore;
        break;
      case TimeModifier::kLessThan:
        modifier = TimeModifier::kAfter;
        break;
      case TimeModifier::kAtLeast:
        modifier = TimeModifier::kOnOrBefore;
        break;
      case TimeModifier::kAtMost:
        modifier = TimeModifier::kOnOrAfter;
        break;
      default:
        break;
    }
  }
  r.modifier = modifier;
  r.modifier_begin = end - size;
  r.modifier_end = end;
  if (point) Open(r.moment, modifier);
}

TimeReading TimeGrammar::Read(uint32_t i, uint32_t floor, uint32_t& skip) {
  const TimeWord& w = view_.At(i);
  TimeReading r;
  if (w.preposition == Preposition::kFrom || w.preposition == Preposition::kBetween) {
    r = ReadRange(i, true);
    if (r) Limit(r, floor);
    return r;
  }
  if (w.Is(kTimePreposition) && !w.Is(kTimePhrase | kTimeEdge | kTimeAfter)) return r;
  SetTense(i, i + 1);
  if (w.Is(kTimeEvery | kTimeSet | kTimeTimes | kTimeWeekdays | kTimeWeekday | kTimeUnits |
           kTimeParts | kTimeEdge | kTimeNumber | kTimeArticle) ||
      view_.IsNumber(i)) {
    r = ReadSet(i);
    if (r) return r;
  }
  if (w.Is(kTimeRelation | kTimeReference | kTimeNumber | kTimeVague | kTimeArticle) ||
      view_.IsNumber(i)) {
    r = ReadAnchoredDuration(i);
    if (r) {
      Limit(r, floor);
      return r;
    }
  }
  Point p;
  if (ReadPoint(i, p)) {
    // A range that begins with it, or one that it dates: "Tuesday from 2:00 to 2:30 pm".
    r = RangeFrom(p, After(i, Preposition::kFrom), false);
    if (impossible_end_ != 0) {
      skip = impossible_end_;
      impossible_end_ = 0;
      return r;
    }
    if (!r && p.fields.has_day() && !p.fields.has_clock()) {
      uint32_t at = p.end;
      if (view_.IsMark(at, ',')) ++at;
      const bool opened = view_.IsPreposition(at, Preposition::kFrom) ||
                          view_.IsPreposition(at, Preposition::kBetween);
      const bool at_word = view_.IsPreposition(at, Preposition::kAt);
      if (opened || view_.IsNumber(at) || at_word) {
        const ClauseTense tense = anchors_.tense;
        const TimeReading clock = ReadRange(at_word ? at + 1 : at, opened);
        anchors_.tense = tense;
        if (clock && clock.kind == TimeKind::kTime && clock.moment.known) {
          const Moment day = Resolve(p.fields, anchors_, view_.vocabulary());
          if (day.known) {
            r = clock;
            r.begin = p.begin;
            const int64_t shift = day.day() - clock.moment.day();
            const bool evening = p.fields.part != Part::kNone && p.fields.part != Part::kMorning &&
                                 r.moment.begin.hour() < 12;
            r.moment.begin += shift * 86400 + (evening ? 12 * 3600 : 0);
            r.moment.end += shift * 86400 + (evening && r.moment.end.hour() < 12 ? 12 * 3600 : 0);
            Timex value = DayOf(absl::CivilDay(r.moment.begin)).value;
            const auto clock_of = [&](absl::CivilSecond t) {
              value.Add("T").AddNumber(t.hour(), 2).Add(":").AddNumber(t.minute(), 2);
            };
            clock_of(r.moment.begin);
            value.Add("/").Add(DayOf(absl::CivilDay(r.moment.end)).value.view());
            clock_of(r.moment.end);
            r.moment.value = value;
          }
        }
      }
    }
    if (!r) r = Finish(p);
    if (r) {
      Limit(r, floor);
      return r;
    }
  }
  // "3 to 5 May", "5 to 6pm"
  if (view_.IsNumber(i) || w.Is(kTimeOrdinal | kTimeNumber)) {
    Point bare;
    if (ReadBare(i, bare)) {
      r = RangeFrom(bare, false, false);
      if (r) {
        Limit(r, floor);
        return r;
      }
    }
  }
  // "on the 4th"
  if (AfterThe(i) && i - 1 > view_.first() && view_.Is(i - 2, kTimePreposition) &&
      !view_.IsPreposition(i - 2, Preposition::kIn) && view_.IsNumber(i)) {
    bool ordinal = false;
    Point day;
    day.begin = i;
    day.end = dates_.ReadDayNumber(i, ordinal, day.fields.day);
    const bool ends = day.end != 0 && ordinal &&
                      (!view_.IsWord(day.end) || view_.Is(day.end, kTimePreposition | kTimeAnd)) &&
                      !view_.IsHyphen(day.end) && !view_.Is(day.end, kTimeOf);
    if (ends && view_.IsPreposition(i - 2, Preposition::kOn)) {
      day.rule = "day of the month";
      SetTense(i, day.end);
      Attach(day);
      r = Finish(day);
      if (r) return r;
    }
  }
  r = ReadDuration(i, skip);
  if (!r) r = ReadThisUnit(i);
  if (r) {
    Limit(r, floor);
    return r;
  }
  return ReadReference(i);
}

bool TimeGrammar::ReadFullDate(uint32_t i, uint32_t& end, absl::CivilDay& day) const {
  Fields f;
  end = dates_.Read(i, true, f);
  if (end == 0 || f.year == Fields::kNone || f.two_digits || f.month == 0 || f.day == 0 ||
      !IsDate(f.year, f.month, f.day))
    return false;
  day = absl::CivilDay(f.year, f.month, f.day);
  return true;
}

}  // namespace nutgraf::internal
