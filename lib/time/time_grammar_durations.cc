// Durations, sets, and references without a place in the calendar.

#include "lib/time/time_grammar.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"
#include "lib/time/calendar.h"
#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

TimeReading TimeGrammar::ReadAnchoredDuration(uint32_t i) {
  TimeReading out;
  uint32_t at = i;
  Amount amount;
  Relation r = Relation::kNone;
  bool own_unit = false;
  if (view_.Is(at, kTimeRelation)) {
    r = view_.At(at).relation;
    ++at;
    if ((r == Relation::kThis || r == Relation::kThese || r == Relation::kThose) &&
        view_.Is(at, kTimeRelation)) {
      r = view_.At(at).relation;
      ++at;
    }
    if (!IsBack(r) && !IsOn(r)) return out;
    uint32_t end = 0;
    uint32_t age = 0;
    // "the last few weeks", "the past three decades", "the next 24 hours"
    if (!view_.Is(at, kTimeArticle)) end = amounts_.ReadAmount(at, amount, age);
    if (end != 0 && amount.count == 1 && amount.parts[0].number == 1 &&
        view_.IsNumber(at) == false && view_.At(at).Is(kTimeHalf | kTimeQuarterWord))
      return out;
    if (end == 0 && view_.Is(at, kTimeUnits)) {
      // "the past years", "the coming weeks"
      if (r == Relation::kLast || r == Relation::kNext || r == Relation::kPrevious) return out;
      amount.Add(0, view_.At(at).unit);
      end = at + 1;
    }
    if (end == 0 && view_.Is(at, kTimeUnit) && AfterThe(i) && !view_.Is(at + 1, kTimeOf)) {
      // "the past decade", "over the last year": that long.
      const Unit unit = view_.At(at).unit;
      const uint32_t the = i - 1;
      const Preposition before =
          the > view_.first() ? view_.At(the - 1).preposition : Preposition::kNone;
      const bool span = before == Preposition::kOver || before == Preposition::kDuring ||
                        before == Preposition::kWithin || before == Preposition::kFor ||
                        before == Preposition::kThroughout || before == Preposition::kIn;
      const bool past = r == Relation::kPast && unit != Unit::kSecond;
      const bool other =
          (r == Relation::kLast || r == Relation::kNext || r == Relation::kComing) &&
          (unit >= Unit::kDecade || (span && unit >= Unit::kWeek && unit != Unit::kWeekend));
      if ((past || other) && unit != Unit::kHalf && unit != Unit::kSeason &&
          unit != Unit::kQuarter && unit != Unit::kNight && unit != Unit::kWeekend) {
        amount.Add(1, unit);
        own_unit = true;
        end = at + 1;
      }
    }
    at = end;
  } else {
    // "5 past years", "two upcoming weeks", "recent years"
    if (!view_.Ahead(at, 4, kTimeRelation | kTimeReference)) return out;
    const Count count = amounts_.ReadCount(at);
    if (count && !count.article && view_.Is(count.end, kTimeRelation) &&
        view_.Is(count.end + 1, kTimeUnits) && count.value < 1000 &&
        (IsBack(view_.At(count.end).relation) || IsOn(view_.At(count.end).relation))) {
      r = view_.At(count.end).relation;
      amount.Add(count.vague ? 0 : count.value, view_.At(count.end + 1).unit);
      at = count.end + 2;
    } else if (view_.At(at).timex == "PAST_REF" && view_.Is(at, kTimeReference) &&
               view_.Is(at + 1, kTimeUnits)) {
      r = Relation::kPast;
      amount.Add(0, view_.At(at + 1).unit);
      at += 2;
    } else {
      return out;
    }
  }
  if (at == 0 || amount.count == 0) return out;
  // "for the last 3 months and 2 days ago": two times.
  if (amount.count > 1 && view_.At(at).after == After::kAgo && r != Relation::kNone) {
    const uint32_t start = i + (view_.Is(i + 1, kTimeRelation) ? 2 : 1);
    uint32_t age = 0;
    amount = Amount();
    at = amounts_.ReadAmount(start, amount, age, true);
    if (at == 0) return out;
  }
  // "the last 3 weeks of this year"
  if (view_.Is(at, kTimeOf)) {
    Point container;
    if (ReadDatePart(PastThe(at + 1), 1, container) != 0 ||
        dates_.Read(at + 1, true, container.fields) != 0)
      return out;
  }
  if (amount.unit() == Unit::kHalf || amount.unit() == Unit::kSeason) return out;
  out.begin = i;
  out.end = at;
  out.kind = TimeKind::kDuration;
  out.rule = "duration from now";
  Moment& m = out.moment;
  m.grain = GrainOf(amount.finest());
  m.value = DurationValue(amount);
  (void)own_unit;
  if (amount.vague() || !anchors_.has_date) return out;
  const bool subday = amount.finest() < Unit::kNight;
  if (subday && !anchors_.has_time) return out;
  m.known = true;
  const absl::CivilSecond now = subday ? anchors_.now : absl::CivilSecond(anchors_.today());
  const Unit unit = amount.unit();
  if (unit == Unit::kQuarter && amount.count == 1) {
    const auto n = static_cast<int>(amount.parts[0].number);
    const Moment this_quarter = PeriodAt(now, Unit::kQuarter, 0, 1);
    if (IsBack(r)) {
      m.end = this_quarter.begin;
      m.begin = PeriodAt(now, Unit::kQuarter, -n, 1).begin;
    } else {
      m.begin = this_quarter.end;
      m.end = PeriodAt(now, Unit::kQuarter, n, 1).end;
    }
    return out;
  }
  if (unit == Unit::kWeekday) {
    const auto n = static_cast<int>(std::min(amount.parts[0].number, 400.0));
    const Moment other = PeriodAt(now, Unit::kWeekday, IsBack(r) ? -n : n, 1);
    m.begin = IsBack(r) ? other.begin : now + 86400;
    m.end = IsBack(r) ? now : other.end;
    return out;
  }
  if (IsBack(r)) {
    m.begin = Shifted(now, amount, -1);
    m.end = now;
  } else {
    m.begin = subday ? now : now + 86400;
    m.end = Shifted(m.begin, amount, 1);
  }
  if (m.end <= m.begin) m.known = false;
  return out;
}

TimeReading TimeGrammar::ReadSet(uint32_t i) {
  TimeReading r;
  const TimeWord& w = view_.At(i);
  r.begin = i;
  r.kind = TimeKind::kSet;
  r.rule = "set";
  Timex& value = r.moment.value;
  if (w.Is(kTimeSet)) {
    // "Daily Mail": a name.
    if (view_.IsCapital(i) && i > view_.first() &&
        (view_.IsCapital(i + 1) || view_.IsCapital(i - 1)) && view_.At(i - 1).classes == 0)
      return {};
    if (view_.IsCapital(i) && view_.IsCapital(i + 1) && view_.At(i + 1).classes == 0) return {};
    value.Add(w.timex);
    r.end = i + 1;
    // "everyday 6am"
    static const uint64_t kEveryday = Folded("everyday");
    Fields clock;
    if (view_.token(i).folded == kEveryday) {
      const uint32_t end = clocks_.Read(i + 1, false, clock);
      if (end != 0) {
        value.clear();
        value.Add("T").AddNumber(clock.hour, 2);
        if (clock.minute >= 0) value.Add(":").AddNumber(clock.minute, 2);
        r.end = end;
      }
    }
    return r;
  }
  if (w.Is(kTimeEvery) || (w.edge == Edge::kAll && view_.Is(i + 1, kTimeUnits))) {
    uint32_t at = i + 1;
    double n = 1;
    static const uint64_t kOther = Folded("other");
    static const uint64_t kSingle = Folded("single");
    if (view_.In(at) && view_.token(at).folded == kOther) {
      n = 2;
      ++at;
    } else if (view_.In(at) && view_.token(at).folded == kSingle) {
      ++at;
    } else if (const TimeWord& o = view_.At(at);
               o.Is(kTimeOrdinal) && o.ordinal > 1 &&
               view_.Is(at + 1, kTimeUnit | kTimeWeekday | kTimeMonth | kTimePart)) {
      n = o.ordinal;
      ++at;
    } else if (const Count count = amounts_.ReadCount(at); count && !count.article) {
      if (!view_.Is(count.end, kAnyUnit)) return {};
      n = count.value;
      at = count.end;
    }
    const TimeWord& what = view_.At(at);
    if (what.Is(kAnyUnit)) {
      Amount amount;
      Unit unit = what.unit;
      if (unit == Unit::kSecond && n == 1 && view_.IsWord(at + 1)) return {};
      if (unit == Unit::kHalf || unit == Unit::kSeason || (unit == Unit::kQuarter && n != 1))
        return {};
      amount.Add(n, unit);
      if (unit == Unit::kWeekend) {
        if (n != 1) {
          value = DurationValue(amount);
        } else {
          value.Add(w.edge == Edge::kAll ? "P1WE" : "XXXX-WXX-WE");
        }
      } else if (unit == Unit::kNight) {
        value.Add("XXXX-XX-XXTNI");
      } else {
        value = DurationValue(amount);
      }
      r.end = at + 1;
      r.moment.grain = GrainOf(unit);
    } else if (what.Is(kTimeWeekday | kTimeWeekdayAbbreviation | kTimeWeekdays)) {
      value.Add("XXXX-WXX-").AddNumber(what.weekday);
      r.end = at + 1;
      r.moment.grain = TimeGrain::kDay;
      if (view_.Is(r.end, kTimePart) || view_.At(r.end).unit == Unit::kNight) {
        const Part part = view_.Is(r.end, kTimePart) ? view_.At(r.end).part : Part::kNight;
        value.Add("T").Add(PartName(part));
        ++r.end;
      }
    } else if (what.Is(kTimePart)) {
      value.Add("XXXX-XX-XXT").Add(PartName(what.part));
      r.end = at + 1;
      r.moment.grain = TimeGrain::kPartOfDay;
    } else if (what.Is(kTimeMonth)) {
      value.Add("XXXX-").AddNumber(what.month, 2);
      r.end = at + 1;
      bool ordinal = false;
      int day = 0;
      if (const uint32_t end = dates_.ReadDayNumber(r.end, ordinal, day); end != 0) {
        value.Add("-").AddNumber(day, 2);
        r.end = end;
      }
      r.moment.grain = TimeGrain::kMonth;
    } else if (what.Is(kTimeSeason)) {
      value.Add("XXXX-").Add(SeasonName(what.season));
      r.end = at + 1;
      r.moment.grain = TimeGrain::kSeason;
    } else {
      return {};
    }
    // "every evening at 7:13 p.m."
    Fields clock;
    uint32_t at_clock = r.end;
    const bool at_word = view_.IsPreposition(at_clock, Preposition::kAt);
    if (at_word) ++at_clock;
    if (const uint32_t end = clocks_.Read(at_clock, at_word, clock); end != 0) {
      if (what.Is(kTimePart) || what.unit == Unit::kDay) value.clear();
      value.Add("T").AddNumber(clock.hour, 2).Add(":").AddNumber(std::max(clock.minute, 0), 2);
      r.end = end;
    }
    return r;
  }
  // "twice a week", "three times per month"
  uint32_t at = 0;
  if (w.Is(kTimeTimes) && w.times > 0) {
    at = i + 1;
  } else if (!view_.Ahead(i, 4, kTimeTimes)) {
    at = 0;
  } else if (const Count count = amounts_.ReadCount(i); count && view_.Is(count.end, kTimeTimes)) {
    at = count.end + 1;
  }
  if (at != 0) {
    static const uint64_t kPer = Folded("per");
    if (view_.IsHyphen(at) && view_.Is(at + 1, kTimeSet)) {
      value.Add(view_.At(at + 1).timex);
      r.end = at + 2;
      return r;
    }
    const bool per =
        view_.Is(at, kTimeArticle | kTimeEvery) || (view_.In(at) && view_.token(at).folded == kPer);
    if (!per || !view_.Is(at + 1, kTimeUnit)) return {};
    Amount amount;
    amount.Add(1, view_.At(at + 1).unit);
    value = DurationValue(amount);
    r.moment.grain = GrainOf(amount.unit());
    r.end = at + 2;
    return r;
  }
  // "on Sundays", "Friday nights", "weekends", "mornings"
  if (w.Is(kTimeWeekdays)) {
    if (After(i, Preposition::kFrom)) return {};
    if (i > view_.first() && view_.IsCapital(i - 1) && view_.IsUnknown(i - 1) &&
        i - 1 > view_.first())
      return {};
    value.Add("XXXX-WXX-").AddNumber(w.weekday);
    r.end = i + 1;
    r.moment.grain = TimeGrain::kDay;
    Fields clock;
    if (view_.IsPreposition(r.end, Preposition::kAt)) {
      if (const uint32_t end = clocks_.Read(r.end + 1, true, clock); end != 0) {
        value.Add("T").AddNumber(clock.hour, 2).Add(":").AddNumber(std::max(clock.minute, 0), 2);
        r.end = end;
      }
    }
    return r;
  }
  if (w.Is(kTimeWeekday) && (view_.Is(i + 1, kTimeParts) || (view_.At(i + 1).unit == Unit::kNight &&
                                                             view_.Is(i + 1, kTimeUnits)))) {
    value.Add("XXXX-WXX-").AddNumber(w.weekday).Add("T");
    value.Add(PartName(view_.Is(i + 1, kTimeParts) ? view_.At(i + 1).part : Part::kNight));
    r.end = i + 2;
    r.moment.grain = TimeGrain::kPartOfDay;
    return r;
  }
  if (w.Is(kTimeParts) && AfterThe(i)) {
    value.Add("XXXX-XX-XXT").Add(PartName(w.part));
    r.end = i + 1;
    r.moment.grain = TimeGrain::kPartOfDay;
    return r;
  }
  if (w.unit == Unit::kWeekend && w.Is(kTimeUnits)) {
    value.Add("XXXX-WXX-WE");
    r.end = i + 1;
    r.moment.grain = TimeGrain::kWeekend;
    return r;
  }
  if (w.unit == Unit::kWeekday && w.Is(kTimeUnits)) {
    value.Add("P1D");
    r.end = i + 1;
    return r;
  }
  return {};
}

TimeReading TimeGrammar::ReadDuration(uint32_t i, uint32_t& skip) {
  TimeReading r;
  Amount amount;
  uint32_t age = 0;
  // "all day"
  if (view_.At(i).edge == Edge::kAll && view_.Is(i + 1, kTimeUnit) &&
      view_.At(i + 1).unit >= Unit::kNight) {
    amount.Add(1, view_.At(i + 1).unit);
    r.begin = i;
    r.end = i + 2;
  } else if (view_.Is(i, kTimeUnits) && !view_.Is(i, kTimeUnitAbbreviation)) {
    // "years", "decades-long"
    const TimeWord& w = view_.At(i);
    if (w.unit == Unit::kHalf || w.unit == Unit::kSeason || w.unit == Unit::kQuarter ||
        w.unit == Unit::kWeekend || w.unit == Unit::kNight)
      return r;
    // "the early days", "dog days", "business hours", "two-hours": named by what stands before.
    const bool first = i == view_.first();
    static const uint64_t kLongWord = Folded("long");
    const bool is_long =
        view_.IsHyphen(i + 1) && view_.In(i + 2) && view_.token(i + 2).folded == kLongWord;
    // "waited years"
    const bool verb = !first && view_.IsWord(i - 1) && view_.Bytes(i - 1).size() > 4 &&
                      view_.Bytes(i - 1).substr(view_.Bytes(i - 1).size() - 2) == "ed";
    if (!first && !is_long && !verb &&
        (view_.Is(i - 1, kTimePossessive | kTimeEdge | kTimeOrdinal | kTimeUnit | kTimeThe) ||
         (view_.IsWord(i - 1) && view_.At(i - 1).classes == 0 && !view_.Is(i + 1, kTimeOf))))
      return r;
    amount.Add(0, w.unit);
    r.begin = i;
    r.end = i + 1;
  } else {
    const uint32_t end = amounts_.ReadAmount(i, amount, age);
    if (end == 0) {
      if (age != 0) skip = age;
      return r;
    }
    r.begin = i;
    r.end = end;
    // Rates: "barrels a day", "$5 an hour".
    if (view_.Is(i, kTimeArticle) && i > view_.first() && amount.count == 1 &&
        amount.parts[0].number == 1) {
      const Token& left = view_.token(i - 1);
      const bool plural =
          left.IsWord() && !left.Has(kUpperFirst) && left.size() > 3 &&
          view_.Bytes(i - 1).back() == 's' &&
          !view_.Is(i - 1, kTimeStop | kTimePreposition | kTimePastVerb | kTimeUnits);
      static const uint64_t kVerbs[] = {Folded("takes"), Folded("lasts"), Folded("spends"),
                                        Folded("needs"), Folded("was"),   Folded("is"),
                                        Folded("has")};
      bool verb = false;
      for (const uint64_t v : kVerbs) verb |= left.folded == v;
      static const uint64_t kPercent = Folded("percent");
      static const uint64_t kCent = Folded("cent");
      if (view_.At(r.end).after != After::kNone) {
        // "a day after": as long after something.
      } else if ((plural && !verb) || left.kind() == TokenKind::kNumber || left.Has(kCurrency) ||
                 view_.IsMark(i - 1, '%') || view_.Is(i - 1, kTimeScale) ||
                 left.folded == kPercent || left.folded == kCent)
        return {};
    }
    // "half" alone with a unit of the calendar is a part of it: "half year".
  }
  r.kind = TimeKind::kDuration;
  r.rule = "duration";
  r.moment.grain = GrainOf(amount.finest());
  r.moment.value = DurationValue(amount);
  // "decades-long"
  static const uint64_t kLong = Folded("long");
  if (view_.IsHyphen(r.end) && view_.In(r.end + 1) && view_.token(r.end + 1).folded == kLong)
    r.end += 2;
  return r;
}

TimeReading TimeGrammar::ReadThisUnit(uint32_t i) {
  TimeReading r;
  const TimeWord& w = view_.At(i);
  if (!w.Is(kTimeUnit) || !AfterThe(i)) return r;
  // "the forecast for the year": of a business year as well.
  if (w.unit == Unit::kYear && i - 1 > view_.first() &&
      view_.IsPreposition(i - 2, Preposition::kFor))
    return r;
  const bool period = w.unit == Unit::kDay || w.unit == Unit::kWeek || w.unit == Unit::kMonth ||
                      w.unit == Unit::kYear || w.unit == Unit::kWeekend;
  if (!period) return r;
  // "the day of the vote", "the year that", "the day care centre": of something.
  static const uint64_t kDate = Folded("date");
  if (view_.IsPreposition(i + 1, Preposition::kTo) && view_.In(i + 2) &&
      view_.token(i + 2).folded == kDate) {
    Point p;
    p.begin = i;
    p.end = i + 3;
    p.fields.has_base = true;
    p.fields.base = ResolveRelative(Relation::kThis, w.unit, true, anchors_);
    if (p.fields.base.known) p.fields.base.end = absl::CivilSecond(anchors_.today() + 1);
    p.rule = "period to date";
    return Finish(p);
  }
  const bool ends = !view_.In(i + 1) ||
                    (!view_.IsWord(i + 1) && !view_.IsHyphen(i + 1) && !view_.IsNumber(i + 1) &&
                     !view_.IsPossessive(i + 1)) ||
                    (view_.Is(i + 1, kTimePreposition | kTimeAnd) && !view_.Is(i + 1, kTimeOf));
  if (!ends) return r;
  Point p;
  p.begin = i;
  p.end = i + 1;
  p.fields.has_base = true;
  if (w.unit == Unit::kDay && anchors_.has_day) {
    p.fields.base = anchors_.day;
  } else if (w.unit == Unit::kWeekend && anchors_.has_date) {
    // The last one, or the next, by the tense.
    SetTense(i, i + 1);
    p.fields.base = PeriodAt(anchors_.now, Unit::kWeekend, 0, 1);
    if (anchors_.tense.Get() != Tense::kFuture && p.fields.base.begin > anchors_.now)
      p.fields.base = PeriodAt(anchors_.now, Unit::kWeekend, -1, 1);
  } else {
    p.fields.base = ResolveRelative(Relation::kThis, w.unit, true, anchors_);
  }
  p.rule = "the period spoken of";
  return Finish(p);
}

bool TimeGrammar::ReferenceMayStand(uint32_t i) const {
  // "at present", "in the past", "at this point", "the future"
  static const uint64_t kFuture = Folded("future");
  static const uint64_t kPresent = Folded("present");
  static const uint64_t kPoint = Folded("point");
  static const uint64_t kTime = Folded("time");
  if (i == view_.first() || view_.IsHyphen(i + 1)) return false;
  const uint64_t word = view_.token(i).folded;
  const bool noun_next =
      view_.IsWord(i + 1) &&
      !view_.Is(i + 1, kTimeStop | kTimePreposition | kTimeAnd | kTimePastVerb | kTimeFutureVerb);
  if (noun_next) return false;
  const bool this_one = view_.At(i - 1).relation == Relation::kThis;
  const bool the = view_.Is(i - 1, kTimeThe);
  const Preposition before = view_.At(i - 1).preposition;
  if (word == kFuture) return the || before == Preposition::kIn;
  if (word == kPresent) return before == Preposition::kAt;
  if (!(this_one || (the && word != kPoint && word != kTime)) || i - 1 == view_.first())
    return false;
  const Preposition first = view_.At(i - 2).preposition;
  return first == (view_.At(i).relation == Relation::kPast ? Preposition::kIn : Preposition::kAt);
}

TimeReading TimeGrammar::ReadReference(uint32_t i) {
  TimeReading r;
  const TimeWord& w = view_.At(i);
  std::string_view timex;
  uint32_t end = i + 1;
  if (w.Is(kTimePhrase)) {
    const auto phrase =
        view_.vocabulary().FindPhrase(view_.Tokens(i, std::min(view_.last(), i + 16)));
    if (phrase.size > 0 && phrase.holiday < 0) {
      // "in the past" is more than the past of something.
      const bool noun_next = view_.IsWord(i + phrase.size) &&
                             view_.At(i + phrase.size).Is(kAnyUnit | kTimeNumber | kTimeVague);
      if (!noun_next) {
        timex = phrase.timex;
        end = i + phrase.size;
      }
    }
  }
  if (timex.empty() && w.Is(kTimeReference) && !view_.IsHyphen(end)) timex = w.timex;
  if (timex.empty() && w.Is(kTimeReferenceAfter) && ReferenceMayStand(i)) timex = w.timex;
  if (timex.empty() && w.relation == Relation::kCurrent && view_.IsWord(end) &&
      !view_.Is(end, kTimeUnit | kTimeStop | kTimePreposition | kTimeAnd)) {
    static const uint64_t kCurrent = Folded("current");
    if (view_.token(i).folded == kCurrent && !view_.IsCapital(i)) timex = "PRESENT_REF";
  }
  if (timex.empty()) return r;
  r.begin = i;
  r.end = end;
  r.moment = ReferenceTo(timex);
  r.rule = "reference";
  return r;
}

}  // namespace nutgraf::internal
