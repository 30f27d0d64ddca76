#include "lib/time/time_grammar.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"
#include "lib/text/hash.h"
#include "lib/time/calendar.h"

namespace nutgraf::internal {

namespace {

constexpr uint64_t kAnyUnit = kTimeUnit | kTimeUnits | kTimeUnitAbbreviation;
constexpr uint64_t kAnyWeekday = kTimeWeekday | kTimeWeekdayAbbreviation;
constexpr int kDeepest = 2;  // "the last day of the first week of May"

uint64_t Folded(std::string_view word) { return HashBytes(word); }

bool IsBack(Relation r) {
  return r == Relation::kLast || r == Relation::kPast || r == Relation::kPrevious;
}
bool IsOn(Relation r) {
  return r == Relation::kNext || r == Relation::kComing || r == Relation::kFollowing;
}

// The interval of the first, second or last third of a period: of a month the days to the 10th,
// 20th and last, of a year four months each.
void Narrow(Moment& m, TimeModifier modifier) {
  if (!m.known) return;
  const absl::CivilDay first = m.day();
  const int64_t days = absl::CivilDay(m.end) - first;
  if (days < 2) return;
  absl::CivilDay second = first + days / 3;
  absl::CivilDay last = first + (2 * days) / 3;
  if (m.grain == TimeGrain::kMonth) {
    second = first + 10;
    last = first + 20;
  } else if (m.grain == TimeGrain::kYear) {
    second = absl::CivilDay(absl::CivilMonth(first) + 4);
    last = absl::CivilDay(absl::CivilMonth(first) + 8);
  }
  if (modifier == TimeModifier::kStart) m.end = absl::CivilSecond(second);
  if (modifier == TimeModifier::kMiddle) {
    m.begin = absl::CivilSecond(second);
    m.end = absl::CivilSecond(last);
  }
  if (modifier == TimeModifier::kEnd) m.begin = absl::CivilSecond(last);
}

// What "before", "since", ... make of the interval.
void Open(Moment& m, TimeModifier modifier) {
  if (!m.known) return;
  const bool clock = m.grain < TimeGrain::kDay && m.grain != TimeGrain::kPartOfDay;
  switch (modifier) {
    case TimeModifier::kBefore:
      m.end = m.begin;
      m.begin_open = true;
      break;
    case TimeModifier::kAfter:
      if (!clock) m.begin = m.end;
      m.end_open = true;
      break;
    case TimeModifier::kOnOrBefore:
      if (clock) m.end = m.begin;
      m.begin_open = true;
      break;
    case TimeModifier::kOnOrAfter:
      m.end_open = true;
      break;
    default:
      break;
  }
}

Moment Reference(std::string_view timex) {
  Moment m;
  m.grain = TimeGrain::kNone;
  m.value.Add(timex);
  return m;
}

}  // namespace

void TimeGrammar::SetTense(uint32_t begin, uint32_t end) {
  anchors_.tense = ClauseTense(view_, begin, end);
}

// -- Dates -----------------------------------------------------------------------------------------

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
      !view_.IsNumber(i))
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
      m = Reference(sign < 0 ? "PAST_REF" : "FUTURE_REF");
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
    p.fields.base = Reference("PAST_REF");
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

// -- Points ----------------------------------------------------------------------------------------

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

// -- Ranges ----------------------------------------------------------------------------------------

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
      if (n > 12 && n > 24) return {};
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

// -- Durations, sets, references -------------------------------------------------------------------

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
  r.moment = Reference(timex);
  r.rule = "reference";
  return r;
}

// -- All together ----------------------------------------------------------------------------------

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
