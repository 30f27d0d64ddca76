// Parts of periods, days named by their distance, amounts of time before and after a date.

#include "lib/time/time_grammar.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"
#include "lib/time/calendar.h"
#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

uint32_t TimeGrammar::ReadContainer(uint32_t i, int depth, Moment& container) {
  const uint32_t at = PastThe(i);
  Point p;
  uint32_t end = 0;
  if (depth < kDeepest) end = ReadDatePart(at, depth + 1, p);
  if (end == 0 && view_.Is(at, kTimeUnit) && at > i) {
    // "of the year"
    Point unit;
    unit.fields.has_base = true;
    unit.fields.base = ResolveRelative(Relation::kThis, view_.At(at).unit, true, anchors_);
    container = unit.fields.base;
    return at + 1;
  }
  if (end == 0) {
    // "of 2018", also where a year alone would not be sure.
    end = dates_.Read(at, true, p.fields);
    if (end == 0) return 0;
  }
  container = Resolve(p.fields, anchors_, view_.vocabulary());
  return container.grain == TimeGrain::kNone ? 0 : end;
}

uint32_t TimeGrammar::ReadEdge(uint32_t i, int depth, Point& p) {
  const TimeWord& w = view_.At(i);
  const Edge edge = w.edge;
  const bool later = w.after == After::kLater;
  const bool earlier = w.after == After::kEarlier;
  if (edge == Edge::kNone && !later && !earlier) return 0;
  if (w.Is(kTimeEdgeOfUnit)) {
    if (!view_.token(i).IsAllUpper()) return 0;
    p.fields.has_base = true;
    p.fields.base = ResolveRelative(Relation::kThis, w.unit, true, anchors_);
    p.modifier = edge == Edge::kEnd ? TimeModifier::kEnd : TimeModifier::kStart;
    Narrow(p.fields.base, p.modifier);
    p.rule = "part of a period";
    return i + 1;
  }
  TimeModifier modifier = TimeModifier::kNone;
  uint32_t at = i + 1;
  Point inner;
  uint32_t end = 0;
  switch (edge) {
    case Edge::kEarly:
    case Edge::kLate:
    case Edge::kMid: {
      modifier = edge == Edge::kEarly  ? TimeModifier::kStart
                 : edge == Edge::kLate ? TimeModifier::kEnd
                                       : TimeModifier::kMiddle;
      if (view_.IsHyphen(at)) ++at;
      const bool preposition =
          view_.IsPreposition(at, Preposition::kIn) || view_.IsPreposition(at, Preposition::kOn);
      if (preposition) ++at;
      at = PastThe(at);
      if (view_.Is(at, kTimePart)) {
        // "in the early morning"
        const bool said =
            After(i, Preposition::kIn) || AfterThe(i) || preposition || view_.IsWholeText();
        if (!said || view_.Is(at + 1, kTimeOf)) return 0;
        if (anchors_.has_day) {
          p.fields.has_base = true;
          p.fields.base = anchors_.day;
        }
        p.fields.part = view_.At(at).part;
        p.modifier = modifier;
        p.modifier_begin = i;
        p.modifier_end = i + 1;
        p.rule = "part of day";
        return at + 1;
      }
      if (depth < kDeepest) end = ReadDatePart(at, depth + 1, inner);
      if (end == 0) end = dates_.Read(at, true, inner.fields);
      if (end == 0 && preposition && view_.Is(at, kTimeUnit) && view_.At(at).unit >= Unit::kDay) {
        // "late in the year"
        inner.fields.has_base = true;
        inner.fields.base = ResolveRelative(Relation::kThis, view_.At(at).unit, true, anchors_);
        end = at + 1;
      }
      break;
    }
    case Edge::kStart:
    case Edge::kMiddle:
    case Edge::kEnd:
    case Edge::kTurn: {
      modifier = edge == Edge::kEnd      ? TimeModifier::kEnd
                 : edge == Edge::kMiddle ? TimeModifier::kMiddle
                                         : TimeModifier::kStart;
      const bool of = view_.Is(at, kTimeOf);
      if (of) ++at;
      if (view_.IsPreposition(at, Preposition::kAround)) ++at;
      const uint32_t start = of ? PastThe(at) : at;
      if (of && depth < kDeepest) end = ReadDatePart(start, depth + 1, inner);
      if (of && end == 0) end = dates_.Read(start, true, inner.fields);
      if (end == 0 && view_.Is(start, kTimeUnit) && (of || edge != Edge::kStart) &&
          view_.At(start).unit >= Unit::kDay &&
          (of || !view_.IsWord(start + 1) || view_.At(start + 1).classes != 0)) {
        // "end of the year", "end of day"
        inner.fields.has_base = true;
        inner.fields.base = ResolveRelative(Relation::kThis, view_.At(start).unit, true, anchors_);
        end = start + 1;
      }
      break;
    }
    case Edge::kRest: {
      if (!view_.Is(at, kTimeOf)) return 0;
      const uint32_t start = PastThe(at + 1);
      Moment m;
      end = ReadContainer(at + 1, depth, m);
      if (end == 0 || start == end) return 0;
      if (m.known && anchors_.has_date && m.begin < anchors_.now && anchors_.now < m.end)
        m.begin = absl::CivilSecond(anchors_.today());
      p.fields.has_base = true;
      p.fields.base = m;
      p.rule = "rest of a period";
      return end;
    }
    case Edge::kWhole: {
      if (!view_.Is(at, kTimeUnit) || view_.At(at).unit < Unit::kDay || !AfterThe(i)) return 0;
      p.fields.has_base = true;
      p.fields.base = ResolveRelative(Relation::kThis, view_.At(at).unit, true, anchors_);
      p.rule = "whole period";
      return at + 1;
    }
    case Edge::kCourse:
    case Edge::kAll:
      return 0;
    case Edge::kNone: {
      // "later this year", "earlier today", "later in the day"
      uint32_t start = at;
      if (view_.IsPreposition(start, Preposition::kIn) ||
          view_.IsPreposition(start, Preposition::kOn))
        ++start;
      const uint32_t unit = PastThe(start);
      const TimeWord& next = view_.At(unit);
      if (start > at && unit > start && next.Is(kTimePart)) {
        if (anchors_.has_day) {
          p.fields.has_base = true;
          p.fields.base = anchors_.day;
        }
        p.fields.part = next.part;
        p.modifier = later ? TimeModifier::kEnd : TimeModifier::kStart;
        p.modifier_begin = i;
        p.modifier_end = i + 1;
        p.rule = "part of day";
        return unit + 1;
      }
      if (next.Is(kTimeUnit) && unit > start) {
        if (next.unit < Unit::kDay) return 0;
        inner.fields.has_base = true;
        inner.fields.base = ResolveRelative(Relation::kThis, next.unit, true, anchors_);
        end = unit + 1;
      } else if (next.Is(kTimeDeictic) || next.relation == Relation::kThis ||
                 next.relation == Relation::kThat || (start > at && next.Is(kTimeMonth)) ||
                 next.relation == Relation::kLast || (start > at && view_.IsNumber(unit))) {
        if (depth < kDeepest) end = ReadDatePart(unit, depth + 1, inner);
      }
      if (end == 0) return 0;
      Moment m = Resolve(inner.fields, anchors_, view_.vocabulary());
      if (m.known && anchors_.has_date && m.begin <= anchors_.now && anchors_.now < m.end) {
        const absl::CivilSecond now(anchors_.today());
        if (later) m.begin = std::max(m.begin, m.grain == TimeGrain::kDay ? anchors_.now : now);
        if (earlier) m.end = m.grain == TimeGrain::kDay ? anchors_.now : now;
        if (m.end <= m.begin) m.end = m.begin + 1;
      }
      p.fields.has_base = true;
      p.fields.base = m;
      p.modifier_begin = i;
      p.modifier_end = i + 1;
      p.modifier = later ? TimeModifier::kEnd : TimeModifier::kStart;
      p.rule = "later or earlier in a period";
      return end;
    }
  }
  if (end == 0) return 0;
  Moment m = Resolve(inner.fields, anchors_, view_.vocabulary());
  if (m.grain == TimeGrain::kNone) return 0;
  Narrow(m, modifier);
  p.fields = Fields();
  p.fields.has_base = true;
  p.fields.base = m;
  p.modifier = modifier;
  p.modifier_begin = i;
  p.modifier_end = i + 1;
  p.rule = "part of a period";
  return end;
}

uint32_t TimeGrammar::ReadOrdinalOf(uint32_t i, int depth, Point& p) {
  int n = 0;
  uint32_t at = dates_.ReadOrdinal(i, n);
  if (at == i || n == 0) return 0;
  if (view_.IsHyphen(at)) ++at;
  const auto of = [&](uint32_t k) {
    return view_.Is(k, kTimeOf) || view_.IsPreposition(k, Preposition::kIn);
  };
  const auto set = [&](const Moment& m, std::string_view rule) {
    p.fields = Fields();
    p.fields.has_base = true;
    p.fields.base = m;
    p.rule = rule;
  };
  // "the 20th of the current month"
  if (view_.Is(at, kTimeOf)) {
    const uint32_t start = PastThe(at + 1);
    const TimeWord& r = view_.At(start);
    if (n > 0 && n <= 31 && r.relation != Relation::kNone &&
        view_.At(start + 1).unit == Unit::kMonth) {
      Moment month;
      const uint32_t end = ReadContainer(at + 1, depth, month);
      if (end == 0 || !month.known) return 0;
      if (!IsDate(month.begin.year(), month.begin.month(), n)) return 0;
      set(DayOf(absl::CivilDay(month.begin.year(), month.begin.month(), n)), "day of a month");
      return end;
    }
    return 0;
  }
  const TimeWord& w = view_.At(at);
  if (w.Is(kAnyWeekday)) {
    uint32_t end = at + 1;
    Part part = Part::kNone;
    if (view_.Is(end, kTimePart)) part = view_.At(end++).part;
    if (!of(end)) return 0;
    Moment container;
    end = ReadContainer(end + 1, depth, container);
    if (end == 0) return 0;
    const Moment m = NthWeekdayIn(container, w.weekday, n);
    if (m.grain == TimeGrain::kNone) return 0;
    set(m, "nth weekday");
    p.fields.part = part;
    return end;
  }
  if (w.Is(kTimeUnit) || (w.unit == Unit::kQuarter && w.Is(kTimeUnitAbbreviation))) {
    uint32_t end = at + 1;
    if (of(end)) {
      Moment container;
      end = ReadContainer(end + 1, depth, container);
      if (end != 0) {
        const Moment m = NthUnitIn(container, w.unit, n, anchors_);
        if (m.grain != TimeGrain::kNone) {
          set(m, "nth unit");
          return end;
        }
        if (!container.known && (w.unit == Unit::kQuarter || w.unit == Unit::kHalf) && n > 0 &&
            n <= 4) {
          Moment unknown;
          unknown.grain = GrainOf(w.unit);
          unknown.value.Add("XXXX-").Add(w.unit == Unit::kQuarter ? "Q" : "H").AddNumber(n);
          set(unknown, "nth unit");
          return end;
        }
      }
      end = at + 1;
    }
    // "third-quarter", "the fourth quarter", "fourth quarter 2008"
    if (w.unit == Unit::kQuarter && n <= 4 && n != 0 && view_.At(i).relation == Relation::kNone) {
      p.fields = Fields();
      p.fields.quarter = n < 0 ? 4 : n;
      p.rule = "quarter";
      const uint32_t year = dates_.ReadYearAfter(end, p.fields);
      if (year == 0 && n < 0) return 0;
      return year != 0 ? year : end;
    }
    if (w.unit == Unit::kHalf && n > 0 && n <= 2) {
      p.fields = Fields();
      p.fields.half = n;
      p.rule = "half";
      return dates_.ReadYearAfter(end, p.fields);
    }
    return 0;
  }
  // "the first 2 weeks of 2021", "the last four months of the year"
  const Count count = amounts_.ReadCount(at);
  if (count && !count.article && !count.vague && count.value >= 1 && count.value < 1000 &&
      view_.Is(count.end, kTimeUnits | kTimeUnit) && of(count.end + 1)) {
    Moment container;
    const Unit unit = view_.At(count.end).unit;
    const uint32_t end = ReadContainer(count.end + 2, depth, container);
    if (end == 0 || !container.known || (n != 1 && n != -1)) return 0;
    const Moment first = NthUnitIn(container, unit, n, anchors_);
    if (first.grain == TimeGrain::kNone) return 0;
    Amount amount;
    amount.Add(count.value, unit);
    Moment m = container;
    if (n == 1) {
      m.begin = first.begin;
      m.end = Shifted(first.begin, amount, 1);
    } else {
      m.end = first.end;
      m.begin = Shifted(first.end, amount, -1);
    }
    m.value = DurationValue(amount);
    set(m, "first units of a period");
    return end;
  }
  return 0;
}

uint32_t TimeGrammar::ReadUnitOf(uint32_t i, int depth, Point& p) {
  const TimeWord& w = view_.At(i);
  if (!w.Is(kTimeUnit | kTimePart) || !AfterThe(i) || depth >= kDeepest) return 0;
  static const uint64_t kCommencing[] = {Folded("commencing"), Folded("beginning"),
                                         Folded("starting"), Folded("ending")};
  bool commencing = false;
  for (const uint64_t word : kCommencing)
    commencing |= w.unit == Unit::kWeek && view_.In(i + 1) && view_.token(i + 1).folded == word;
  if (!view_.Is(i + 1, kTimeOf) && !commencing) return 0;
  Point inner;
  const uint32_t end = ReadDatePart(PastThe(i + 2), depth + 1, inner);
  if (end == 0) return 0;
  Moment m = Resolve(inner.fields, anchors_, view_.vocabulary());
  if (m.grain == TimeGrain::kNone) return 0;
  if (w.unit == Unit::kYear) return 0;  // "the year of 2008": 2008 by itself
  p.fields = inner.fields;
  if (w.Is(kTimePart) || w.unit == Unit::kNight) {
    if (m.grain != TimeGrain::kDay) return 0;
    p.fields.part = w.Is(kTimePart) ? w.part : Part::kNight;
    p.rule = "part of a day";
    return end;
  }
  p.rule = "period of a date";
  if (w.unit == Unit::kWeek && m.grain == TimeGrain::kDay && m.known) {
    p.fields = Fields();
    p.fields.has_base = true;
    p.fields.base = WeekOf(WeekStart(m.day(), anchors_.week_start));
    return end;
  }
  if (w.unit == Unit::kWeekend && m.grain == TimeGrain::kDay && m.known) {
    p.fields = Fields();
    p.fields.has_base = true;
    p.fields.base = WeekendOf(WeekStart(m.day(), 1) + 5);
    return end;
  }
  // "the month of May", "the year of 2008"
  return GrainOf(w.unit) == m.grain ? end : 0;
}

uint32_t TimeGrammar::ReadWeekOfWeekday(uint32_t i, Point& p) {
  // "Monday next week", "Tuesday of this week", "Sunday from last week"
  if (p.fields.weekday == 0 || p.fields.day != 0 || p.fields.month != 0) return i;
  uint32_t at = i;
  if (view_.Is(at, kTimeOf) || view_.IsPreposition(at, Preposition::kFrom) || view_.IsMark(at, ','))
    ++at;
  at = PastThe(at);
  const Relation r = view_.At(at).relation;
  if (r == Relation::kNone || view_.At(at + 1).unit != Unit::kWeek) return i;
  const Moment week = ResolveRelative(r, Unit::kWeek, false, anchors_);
  if (!week.known) return at + 2;
  const int weekday = p.fields.weekday;
  p.fields = Fields();
  p.fields.has_base = true;
  p.fields.base = DayOf(week.day() + (weekday - options_.week_starts_on + 7) % 7);
  return at + 2;
}

uint32_t TimeGrammar::ReadRelative(uint32_t i, int depth, Point& p) {
  Relation r = view_.At(i).relation;
  if (r == Relation::kNone || r == Relation::kThose || r == Relation::kThese) return 0;
  const bool the = AfterThe(i);
  uint32_t at = i + 1;
  if (r == Relation::kThis || r == Relation::kThat) {
    const Relation more = view_.At(at).relation;
    if (IsBack(more) || IsOn(more) || more == Relation::kSame) {
      r = more;
      ++at;
    }
  }
  if (view_.At(at).year_kind != YearKind::kNone && view_.At(at + 1).unit == Unit::kYear) ++at;
  const TimeWord& w = view_.At(at);
  if (w.Is(kTimeUnit | kTimeUnitAbbreviation) && w.unit != Unit::kNone) {
    if (w.unit == Unit::kSecond || (w.unit == Unit::kSeason && r != Relation::kThis &&
                                    r != Relation::kLast && r != Relation::kNext))
      return 0;
    if (w.unit == Unit::kSeason && !view_.IsWholeText()) return 0;  // of a sport
    if (w.unit < Unit::kDay && w.unit != Unit::kNight && !anchors_.has_time) return 0;
    if (r == Relation::kFollowing && !the && w.unit != Unit::kDay && !view_.IsWholeText()) return 0;
    Unit unit = w.unit;
    if (unit == Unit::kFortnight) {
      unit = Unit::kWeek;
    }
    p.fields = Fields();
    p.fields.has_base = true;
    p.fields.base = ResolveRelative(r, unit, the, anchors_);
    if (w.unit == Unit::kWeekday && anchors_.has_date)
      p.fields.base =
          PeriodAt(anchors_.now, Unit::kWeekday, IsBack(r) ? -1 : 1, anchors_.week_start);
    if (unit == Unit::kNight) {
      p.fields.base = ResolveRelative(r, Unit::kDay, the, anchors_);
      p.fields.part = Part::kNight;
    }
    p.rule = "relative unit";
    uint32_t end = at + 1;
    // "next week Monday", "next week on Tuesday"
    if (unit == Unit::kWeek && p.fields.base.known) {
      uint32_t day = end;
      if (view_.IsPreposition(day, Preposition::kOn) || view_.IsHyphen(day) || view_.IsDash(day))
        ++day;
      const bool own = !view_.IsMark(end, ',');
      if (own && view_.Is(day, kAnyWeekday)) {
        const int weekday = view_.At(day).weekday;
        p.fields.base = DayOf(p.fields.base.day() + (weekday - options_.week_starts_on + 7) % 7);
        end = day + 1;
      }
    }
    // "next year's first quarter"
    if (unit == Unit::kYear && view_.IsPossessive(end) && p.fields.base.known) {
      int n = 0;
      const uint32_t ordinal = dates_.ReadOrdinal(end + 1, n);
      const Unit part = view_.At(ordinal).unit;
      if (ordinal > end + 1 && (part == Unit::kQuarter || part == Unit::kHalf)) {
        const Moment m = NthUnitIn(p.fields.base, part, n, anchors_);
        if (m.grain != TimeGrain::kNone) {
          p.fields.base = m;
          end = ordinal + 1;
        }
      }
    }
    return end;
  }
  if (w.Is(kTimePart)) {
    if (r == Relation::kThat || r == Relation::kSame || r == Relation::kCurrent)
      r = Relation::kThat;
    const Moment day = ResolveRelative(r, Unit::kDay, the, anchors_);
    p.fields = Fields();
    p.fields.has_base = true;
    p.fields.base = day;
    p.fields.part = w.part;
    p.rule = "relative part of day";
    return at + 1;
  }
  Fields f;
  const uint32_t end = dates_.Read(at, true, f);
  if (end == 0 || f.has_clock()) return 0;
  const bool named = f.weekday != 0 || f.month != 0 || f.season != Season::kNone ||
                     f.holiday != Fields::kNone || f.quarter != 0 || f.decade != Fields::kNone;
  if (!named || (f.year != Fields::kNone && !IsBack(r))) return 0;
  if (r == Relation::kFollowing && !the) return 0;
  if (f.day == 0) f.relation = r;
  if (r == Relation::kThat || r == Relation::kSame) f.relation = Relation::kThis;
  p.fields = f;
  p.rule = "relative date";
  (void)depth;
  return end;
}

uint32_t TimeGrammar::ReadDeictic(uint32_t i, Point& p) {
  const TimeWord& w = view_.At(i);
  if (!w.Is(kTimeDeictic)) return 0;
  p.fields = Fields();
  p.fields.has_base = true;
  p.fields.part = w.part;
  p.rule = "day from today";
  if (anchors_.has_date) {
    p.fields.base = DayOf(anchors_.today() + w.shift);
  } else {
    p.fields.base.grain = TimeGrain::kDay;
    p.fields.base.value.Add("XXXX-XX-XX");
  }
  return i + 1;
}

uint32_t TimeGrammar::ReadCounted(uint32_t i, int depth, Point& p) {
  Amount amount;
  uint32_t age = 0;
  bool the = false;
  int weekday = 0;
  uint32_t end = 0;
  static const uint64_t kNow = Folded("now");
  if (!view_.Ahead(i, 6,
                   kTimeUnit | kTimeUnits | kTimeUnitAbbreviation | kTimeWeekday | kTimeWeekdays) &&
      (!view_.IsNumber(i) || view_.Number(i).suffix.empty()))
    return 0;
  // "2 Sundays ago", "three Fridays from now"
  if (const Count count = amounts_.ReadCount(i);
      count && !count.article && !count.vague && count.value >= 1 && count.value < 1000 &&
      view_.Is(count.end, kTimeWeekday | kTimeWeekdays)) {
    weekday = view_.At(count.end).weekday;
    amount.Add(count.value, Unit::kWeek);
    end = count.end + 1;
  }
  if (end == 0) end = amounts_.ReadAmount(i, amount, age);
  if (end == 0) {
    // "the day before", "day after tomorrow", "the year previous"
    if (!view_.Is(i, kTimeUnit) || view_.At(i).unit < Unit::kDay) return 0;
    amount.Add(1, view_.At(i).unit);
    end = i + 1;
    the = true;
  }
  const TimeWord& w = view_.At(end);
  const Unit unit = amount.finest();
  const auto set = [&](absl::CivilSecond from, int sign, std::string_view rule) {
    p.fields = Fields();
    p.fields.has_base = true;
    p.rule = rule;
    Moment& m = p.fields.base;
    if (amount.vague()) {
      m = ReferenceTo(sign < 0 ? "PAST_REF" : "FUTURE_REF");
      m.grain = TimeGrain::kDay;
      m.known = false;
      return;
    }
    if (weekday != 0) {
      absl::CivilDay day(from);
      const int now = WeekdayOf(day);
      const auto n = static_cast<int>(amount.parts[0].number);
      if (sign > 0) {
        const int on = (weekday - now + 7) % 7;
        day += (on == 0 ? 7 : on) + 7 * (n - 1);
      } else {
        const int back = (now - weekday + 7) % 7;
        day -= (back == 0 ? 7 : back) + 7 * (n - 1);
      }
      m = DayOf(day);
      return;
    }
    if (unit == Unit::kWeekday) {
      m = PeriodAt(from, Unit::kWeekday,
                   sign * static_cast<int>(std::min(amount.parts[0].number, 400.0)), 1);
      return;
    }
    const absl::CivilSecond at = Shifted(from, amount, sign);
    if (unit < Unit::kNight) {
      const bool seconds = unit == Unit::kSecond || at.second() != 0;
      m = PeriodAt(at, seconds ? Unit::kSecond : Unit::kMinute, 0, 1);
      return;
    }
    // The value has the unit's grain; the interval is the day that the count arrives at.
    const Unit grain = unit == Unit::kDecade || unit == Unit::kCentury || unit == Unit::kMillennium
                           ? Unit::kYear
                       : unit == Unit::kQuarter                         ? Unit::kMonth
                       : unit == Unit::kFortnight                       ? Unit::kWeek
                       : unit == Unit::kNight || unit == Unit::kWeekend ? Unit::kDay
                                                                        : unit;
    m = PeriodAt(at, grain, 0, anchors_.week_start);
    m.begin = absl::CivilSecond(absl::CivilDay(at));
    m.end = absl::CivilSecond(absl::CivilDay(at) + 1);
  };
  const auto unknown = [&](std::string_view rule) {
    p.fields = Fields();
    p.fields.has_base = true;
    p.fields.base.grain = GrainOf(unit);
    p.fields.base.value.Add(unit >= Unit::kYear    ? "XXXX"
                            : unit >= Unit::kMonth ? "XXXX-XX"
                            : unit >= Unit::kWeek  ? "XXXX-WXX"
                                                   : "XXXX-XX-XX");
    p.rule = rule;
  };
  const bool subday = unit < Unit::kNight;
  const bool known = anchors_.has_date && (!subday || anchors_.has_time);
  const absl::CivilSecond now = subday ? anchors_.now : absl::CivilSecond(anchors_.today());
  switch (w.after) {
    case After::kAgo:
    case After::kHence: {
      if (the) return 0;
      static const uint64_t kBackWord = Folded("back");
      if (view_.token(end).folded == kBackWord && view_.IsWord(end + 1) &&
          view_.At(end + 1).classes == 0)
        return 0;
      const int sign = w.after == After::kAgo ? -1 : 1;
      if (amount.vague() || known) {
        set(now, sign, "so long ago");
      } else {
        unknown("so long ago");
      }
      return end + 1;
    }
    case After::kFrom: {
      if (the) return 0;
      if (view_.In(end + 1) && view_.token(end + 1).folded == kNow) {
        if (amount.vague() || known) {
          set(now, 1, "so long from now");
        } else {
          unknown("so long from now");
        }
        return end + 2;
      }
      Point from;
      const uint32_t past = depth < kDeepest ? ReadDatePart(PastThe(end + 1), depth + 1, from) : 0;
      if (past == 0) return 0;
      const Moment m = Resolve(from.fields, anchors_, view_.vocabulary());
      if (!m.known || amount.vague()) return 0;
      set(m.begin, 1, "so long from a date");
      return past;
    }
    case After::kEarlier:
    case After::kLater: {
      if (the && !AfterThe(i)) return 0;
      if (view_.Is(end + 1, kTimeDeictic) || view_.At(end + 1).relation == Relation::kThis)
        return 0;
      const int sign = w.after == After::kEarlier ? -1 : 1;
      const bool reference = anchors_.has_reference && anchors_.reference.known;
      if (amount.vague()) {
        set(now, sign, "so long after the last date");
      } else if (reference && !subday) {
        set(anchors_.reference.begin, sign, "so long after the last date");
      } else if (known) {
        set(now, sign, "so long after the last date");
      } else {
        unknown("so long after the last date");
      }
      return end + 1;
    }
    case After::kBefore:
    case After::kAfter: {
      const int sign = w.after == After::kBefore ? -1 : 1;
      Point from;
      const uint32_t past = depth < kDeepest ? ReadDatePart(PastThe(end + 1), depth + 1, from) : 0;
      if (past != 0) {
        const Moment m = Resolve(from.fields, anchors_, view_.vocabulary());
        if (m.grain == TimeGrain::kNone || amount.vague()) return 0;
        if (the && m.grain > GrainOf(unit)) return 0;
        if (!m.known) {
          unknown("so long before or after a date");
        } else {
          set(m.begin, sign, "so long before or after a date");
        }
        return past;
      }
      // "the day before", at the end of a clause.
      const bool ends = !view_.In(end + 1) || !view_.IsWord(end + 1) ||
                        view_.Is(end + 1, kTimePreposition | kTimeAnd);
      if (!the || !AfterThe(i) || !ends) return 0;
      const bool reference = anchors_.has_reference && anchors_.reference.known &&
                             anchors_.reference.grain <= GrainOf(unit);
      if (reference) {
        set(anchors_.reference.begin, sign, "period before or after the last date");
      } else if (known) {
        set(now, sign, "period before or after the last date");
      } else {
        unknown("period before or after the last date");
      }
      return end + 1;
    }
    default:
      break;
  }
  if (the && AfterThe(i) &&
      (w.relation == Relation::kPrevious || w.relation == Relation::kFollowing) &&
      (!view_.IsWord(end + 1) || view_.At(end + 1).classes != 0)) {
    p.fields = Fields();
    p.fields.has_base = true;
    p.fields.base = ResolveRelative(w.relation, unit, true, anchors_);
    p.rule = "period before or after the last date";
    return end + 1;
  }
  // "in two weeks", of what lies ahead.
  const bool around = After(i, Preposition::kAround) && i - 1 > view_.first() &&
                      view_.IsPreposition(i - 2, Preposition::kIn);
  if (!the && (After(i, Preposition::kIn) || around) && weekday == 0) {
    SetTense(i, end);
    if (anchors_.tense.Get() == Tense::kFuture && (known || amount.vague()) &&
        !view_.IsHyphen(end)) {
      set(now, 1, "in so long");
      return end;
    }
  }
  return 0;
}

uint32_t TimeGrammar::ReadDatePart(uint32_t i, int depth, Point& p) {
  if (!view_.In(i)) return 0;
  const TimeWord& w = view_.At(i);
  uint32_t end = 0;
  if (w.Is(kTimeEdge | kTimeEdgeOfUnit) || w.after == After::kLater || w.after == After::kEarlier) {
    if ((end = ReadEdge(i, depth, p)) != 0) return end;
  }
  if ((view_.IsNumber(i) || w.Is(kTimeOrdinal | kTimeNumber) || w.relation == Relation::kLast) &&
      (end = ReadOrdinalOf(i, depth, p)) != 0)
    return end;
  if (w.Is(kTimeDeictic)) return ReadDeictic(i, p);
  if (w.Is(kTimeRelation) && (end = ReadRelative(i, depth, p)) != 0) return end;
  if (w.Is(kTimeUnit | kTimePart) && (end = ReadUnitOf(i, depth, p)) != 0) return end;
  if ((view_.IsNumber(i) || w.Is(kTimeNumber | kTimeArticle | kTimeVague | kTimeHalf | kTimeUnit |
                                 kTimeUnits | kTimeScale)) &&
      (end = ReadCounted(i, depth, p)) != 0)
    return end;
  // "years ago"
  if (w.Is(kTimeUnits) && view_.At(i + 1).after == After::kAgo) {
    p.fields = Fields();
    p.fields.has_base = true;
    p.fields.base = ReferenceTo("PAST_REF");
    p.fields.base.grain = TimeGrain::kDay;
    p.rule = "so long ago";
    return i + 2;
  }
  const bool named =
      depth > 0 || (i > view_.first() && view_.IsHyphen(i - 1) && view_.Is(i - 2, kTimeEdge));
  end = dates_.Read(i, named, p.fields);
  if (end == 0) return 0;
  if (p.rule.empty()) p.rule = "calendar date";
  end = ReadWeekOfWeekday(end, p);
  // "Jul 18, Fri"
  if (p.fields.month != 0 && p.fields.day != 0 && p.fields.weekday == 0) {
    const uint32_t at = view_.IsMark(end, ',') ? end + 1 : end;
    if (view_.Is(at, kTimeWeekdayAbbreviation | kTimeWeekday) && at > end) {
      p.fields.weekday = view_.At(at).weekday;
      end = at + 1;
    }
  }
  // "Thanksgiving 3 months ago", "March in two years"
  if ((p.fields.month != 0 || p.fields.holiday != Fields::kNone) &&
      p.fields.year == Fields::kNone && p.fields.day == 0 && anchors_.has_date) {
    const bool in = view_.IsPreposition(end, Preposition::kIn);
    Amount amount;
    uint32_t age = 0;
    const uint32_t past = amounts_.ReadAmount(in ? end + 1 : end, amount, age);
    const bool ago = past != 0 && view_.At(past).after == After::kAgo;
    if (past != 0 && !amount.vague() && (in ? amount.unit() >= Unit::kYear : ago)) {
      p.fields.year = static_cast<int>(Shifted(anchors_.now, amount, in ? 1 : -1).year());
      end = in ? past : past + 1;
    }
  }
  // "Thanksgiving of next year", "March of last year"
  if ((p.fields.month != 0 || p.fields.holiday != Fields::kNone) &&
      p.fields.year == Fields::kNone && depth < kDeepest) {
    uint32_t at = end;
    if (view_.Is(at, kTimeOf) || view_.IsMark(at, ',')) ++at;
    const Relation r = view_.At(at).relation;
    if ((r == Relation::kNext || r == Relation::kLast || r == Relation::kThis) &&
        view_.At(at + 1).unit == Unit::kYear && anchors_.has_date) {
      const Moment year = ResolveRelative(r, Unit::kYear, false, anchors_);
      p.fields.year = static_cast<int>(year.begin.year());
      end = at + 2;
    }
  }
  return end;
}

}  // namespace nutgraf::internal
