#include "lib/time/amount_reader.h"

#include <cstdint>

#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

namespace {

// Words between a count and its unit.
bool IsBetween(uint64_t folded) {
  static const uint64_t kWords[] = {Folded("more"),     Folded("additional"), Folded("consecutive"),
                                    Folded("straight"), Folded("full"),       Folded("whole"),
                                    Folded("long"),     Folded("successive"), Folded("further"),
                                    Folded("extra"),    Folded("solid"),      Folded("calendar")};
  for (const uint64_t word : kWords) {
    if (folded == word) return true;
  }
  return false;
}

}  // namespace

Count AmountReader::ReadWords(uint32_t i) const {
  Count c;
  double total = 0;
  double current = 0;
  bool any = false;
  for (uint32_t steps = 0; steps < 8; ++steps) {
    uint32_t at = i;
    if (any && view_.IsHyphen(at)) ++at;
    if (any && view_.Is(at, kTimeAnd) && current + total >= 100) ++at;
    const TimeWord& w = view_.At(at);
    if (w.Is(kTimeNumber)) {
      const bool fits = !any ||
                        (current >= 20 && current < 100 && w.number < 10 &&
                         static_cast<int>(current) % 10 == 0) ||
                        (current >= 100 && w.number < 100) || (current == 0 && total > 0);
      if (!fits) break;
      current += w.number;
    } else if (w.Is(kTimeScale) && any) {
      if (w.number == 100 || w.number == 12 || w.number == 20) {
        current *= w.number;
      } else {
        total += current * w.number;
        current = 0;
      }
    } else {
      break;
    }
    any = true;
    i = at + 1;
  }
  if (!any) return c;
  c.value = total + current;
  c.end = i;
  return c;
}

Count AmountReader::ReadSlashFraction(uint32_t i) const {
  const Digits above = view_.Number(i);
  if (!above.whole() || !view_.IsMark(i + 1, '/') || !view_.Glued(i + 1)) return {};
  const Digits below = view_.Number(i + 2);
  if (!below.whole() || below.value < 2 || below.value > 10 || above.value >= below.value ||
      above.value == 0 || !above.suffix.empty())
    return {};
  Count c;
  c.value = static_cast<double>(above.value) / below.value;
  c.end = i + 3;
  c.digits = true;
  return c;
}

Count AmountReader::ReadCount(uint32_t i) const {
  Count c = ReadCountAt(i);
  c.begin = i;
  return c;
}

Count AmountReader::ReadCountAt(uint32_t i) const {
  Count c;
  if (view_.IsNumber(i)) {
    if ((c = ReadSlashFraction(i))) return c;
    const Digits d = view_.Number(i);
    if (!d || d.part_count > 2 || !d.suffix.empty()) return {};
    c.value = d.grouped ? 0 : d.real;
    c.end = i + 1;
    c.digits = true;
    if (d.grouped) c.value = d.real;
    if (const Count part = ReadSlashFraction(i + 1); part && !view_.Glued(i + 1)) {
      c.value += part.value;
      c.end = part.end;
    }
    const TimeWord& scale = view_.At(c.end);
    if (scale.Is(kTimeScale) && scale.number >= 1000) {
      c.value *= scale.number;
      ++c.end;
    }
  } else {
    const TimeWord& w = view_.At(i);
    if (w.Is(kTimeArticle)) {
      const TimeWord& next = view_.At(i + 1);
      if (next.Is(kTimeVague) || next.Is(kTimeScale)) {
        c.end = i + 2;
        c.value = next.number;
        c.vague = next.Is(kTimeVague) && next.number == 0;
        if (view_.Is(c.end, kTimeOf)) ++c.end;
        if (next.Is(kTimeScale) && next.number >= 100) {
          if (const Count more = ReadWords(c.end); more && view_.Is(c.end - 1, kTimeAnd)) return {};
        }
        return c;
      }
      c.value = 1;
      c.end = i + 1;
      c.article = true;
      return c;
    }
    if (w.Is(kTimeVague)) {
      c.value = w.number;
      c.vague = w.number == 0;
      c.end = i + 1;
      if (view_.Is(c.end, kTimeOf)) ++c.end;
      return c;
    }
    // "dozens of", "hundreds of thousands of"
    if (w.Is(kTimeScale) && view_.Is(i + 1, kTimeOf)) {
      c.vague = true;
      c.end = i + 2;
      if (view_.Is(c.end, kTimeScale) && view_.Is(c.end + 1, kTimeOf)) c.end += 2;
      return c;
    }
    c = ReadWords(i);
    if (!c) return {};
  }
  // "two and a half", "2 1/2", "one and three quarters"
  if (view_.Is(c.end, kTimeAnd)) {
    uint32_t at = c.end + 1;
    double times = 1;
    if (view_.Is(at, kTimeArticle)) {
      ++at;
    } else if (const TimeWord& n = view_.At(at); n.Is(kTimeNumber) && n.number <= 3) {
      times = n.number;
      ++at;
    }
    const bool half = view_.Is(at, kTimeHalf);
    const bool quarter = view_.At(at).unit == Unit::kQuarter;
    if (half || quarter) {
      // "one hour and a half" has its unit before; here it comes after.
      uint32_t unit = at + 1;
      if (view_.Is(unit, kTimeOf)) ++unit;
      if (view_.IsHyphen(unit)) ++unit;
      if (view_.Is(unit, kAnyUnit) && view_.At(unit).unit != Unit::kQuarter) {
        c.value += half ? 0.5 : 0.25 * times;
        c.end = unit > at + 1 && view_.Is(at + 1, kTimeOf) ? unit : at + 1;
      }
    }
  }
  return c;
}

Unit AmountReader::UnitAfter(uint32_t i, const Count& count) const {
  const TimeWord& w = view_.At(i);
  if (!w.Is(kAnyUnit)) return Unit::kNone;
  const Unit unit = w.unit;
  if (!w.Is(kTimeUnit | kTimeUnits) && !count.digits && !count.article && !count.vague &&
      view_.token(i).size() < 3)
    return Unit::kNone;
  // "one quarter", "three quarters" are parts of something, "for three quarters" is a length.
  if (unit == Unit::kQuarter) {
    if (count.value == 1 || count.value > 100 || view_.Is(i + 1, kTimeOf)) return Unit::kNone;
    if (count.value == 3 && !view_.Is(count.begin - 1, kTimePreposition | kTimeRelation))
      return Unit::kNone;
  }
  // "a half", "two halves", "a season", "three seasons": no lengths.
  if (unit == Unit::kHalf || unit == Unit::kSeason) return Unit::kNone;
  if (count.article && (unit == Unit::kSecond || unit == Unit::kQuarter || unit == Unit::kWeekend ||
                        unit == Unit::kNight))
    return Unit::kNone;
  // "a minute amount"
  if (count.article && unit == Unit::kMinute && view_.IsWord(i + 1) && view_.IsUnknown(i + 1) &&
      !view_.IsCapital(i + 1))
    return Unit::kNone;
  // "three night markets"
  if (unit == Unit::kNight && !w.Is(kTimeUnits) && count.value != 1) return Unit::kNone;
  return unit;
}

uint32_t AmountReader::ReadPartOfUnit(uint32_t i, Amount& amount) const {
  double number = 0;
  uint32_t at = i;
  const uint32_t article = view_.Is(at, kTimeArticle) ? 1 : 0;
  if (view_.Is(at + article, kTimeHalf)) {
    number = 0.5;
    at += article + 1;
  } else if (view_.At(at + article).unit == Unit::kQuarter && view_.Is(at + article, kTimeUnit) &&
             view_.At(at + article).Is(kTimeQuarterWord)) {
    number = 0.25;
    at += article + 1;
    if (view_.Is(at, kTimeOf)) ++at;
  } else if (const TimeWord& n = view_.At(at); n.Is(kTimeNumber) && n.number == 3) {
    ++at;
    if (view_.IsHyphen(at)) ++at;
    if (view_.At(at).unit != Unit::kQuarter || !view_.Is(at, kTimeUnits)) return 0;
    number = 0.75;
    ++at;
    if (view_.Is(at, kTimeOf)) ++at;
  } else {
    return 0;
  }
  if (view_.IsHyphen(at)) ++at;
  if (view_.Is(at, kTimeArticle)) ++at;
  const TimeWord& w = view_.At(at);
  if (!w.Is(kTimeUnit) || w.unit == Unit::kHalf || w.unit == Unit::kQuarter ||
      w.unit == Unit::kSecond)
    return 0;
  const double factor = w.unit == Unit::kDay ? 24 : w.unit == Unit::kYear ? 12 : 0;
  if (w.unit == Unit::kDecade || w.unit == Unit::kCentury) {
    amount.Add(number * (w.unit == Unit::kDecade ? 10 : 100), Unit::kYear);
  } else if (factor > 0 && number == 0.5) {
    amount.Add(number * factor, w.unit == Unit::kDay ? Unit::kHour : Unit::kMonth);
  } else {
    amount.Add(number, w.unit);
  }
  return at + 1;
}

uint32_t AmountReader::PastAge(uint32_t begin, uint32_t i) const {
  uint32_t at = i;
  if (view_.IsHyphen(at)) ++at;
  if (view_.At(at).after == After::kOld) return at + 1;
  static const uint64_t kOlds = Folded("olds");
  static const uint64_t kAge = Folded("age");
  static const uint64_t kAged = Folded("aged");
  if (view_.In(at) && view_.token(at).folded == kOlds) return at + 1;
  if (view_.Is(i, kTimeOf) && view_.In(i + 1) && view_.token(i + 1).folded == kAge) return i + 2;
  if (begin > view_.first() && view_.token(begin - 1).folded == kAged) return i;
  return 0;
}

bool AmountReader::EndsPhrase(uint32_t i) const {
  return !view_.In(i) || (!view_.IsWord(i) && !view_.IsNumber(i) && !view_.IsHyphen(i));
}

uint32_t AmountReader::ReadOne(uint32_t i, Amount& amount, uint32_t& age_end) const {
  if (const uint32_t end = ReadPartOfUnit(i, amount); end != 0) return end;
  // "5min", "2hour"
  if (const Digits d = view_.Number(i); d && d.part_count <= 2 && !d.suffix.empty()) {
    const TimeWord& w = view_.vocabulary().word(view_.vocabulary().Find(Folded(d.suffix)).number);
    if (!w.Is(kAnyUnit)) return 0;
    amount.Add(d.real, w.unit);
    return i + 1;
  }
  const Count count = ReadCount(i);
  if (!count) return 0;
  uint32_t at = count.end;
  if (view_.IsHyphen(at)) ++at;
  for (int k = 0; k < 2 && view_.In(at) && IsBetween(view_.token(at).folded); ++k) ++at;
  bool business = false;
  if (view_.At(at).year_kind == YearKind::kBusiness) {
    business = true;
    ++at;
  }
  Unit unit = UnitAfter(at, count);
  if (unit == Unit::kNone || (count.value == 0 && !count.vague)) return 0;
  if (business) unit = unit == Unit::kDay ? Unit::kWeekday : unit;
  if (const uint32_t past = PastAge(i, at + 1); past != 0) {
    age_end = past;
    return 0;
  }
  amount.Add(count.vague ? 0 : count.value, unit);
  return at + 1;
}

uint32_t AmountReader::ReadAmount(uint32_t i, Amount& amount, uint32_t& age_end,
                                  bool one_unit) const {
  uint32_t end = ReadOne(i, amount, age_end);
  if (end == 0 || one_unit) return end;
  // "3 hours 20 minutes", "1 year, 2 days, 3 hours and 4 seconds", "an hour and a half"
  for (uint32_t steps = 0; steps < 5; ++steps) {
    uint32_t at = end;
    const bool comma = view_.IsMark(at, ',');
    if (comma) ++at;
    const bool conjunction = view_.Is(at, kTimeAnd);
    if (conjunction) ++at;
    if (conjunction && !comma) {
      uint32_t half = at;
      if (view_.Is(half, kTimeArticle)) ++half;
      const bool is_half = view_.Is(half, kTimeHalf);
      const bool is_quarter = view_.Is(half, kTimeQuarterWord);
      const bool unit_next = view_.Is(half + 1, kAnyUnit) || view_.Is(half + 1, kTimeArticle) ||
                             view_.Is(half + 1, kTimeOf) || view_.IsHyphen(half + 1);
      if ((is_half || is_quarter) && !unit_next && !amount.vague()) {
        amount.parts[amount.count - 1].number += is_half ? 0.5 : 0.25;
        end = half + 1;
        break;
      }
    }
    Amount more;
    uint32_t age = 0;
    const uint32_t past = ReadOne(at, more, age);
    if (past == 0) {
      // "1 hour fifteen"
      if (!comma && amount.finest() == Unit::kHour && amount.count == 1) {
        const Count minutes = ReadCount(at);
        if (minutes && !minutes.article && !minutes.vague && minutes.value >= 1 &&
            minutes.value < 60 && EndsPhrase(minutes.end)) {
          amount.Add(minutes.value, Unit::kMinute);
          end = minutes.end;
        }
      }
      break;
    }
    if (more.vague() || amount.vague() || more.unit() >= amount.finest()) break;
    // "two years and a month ago", but "a year and five weeks": only what is put together as one.
    amount.Add(more.parts[0].number, more.parts[0].unit);
    end = past;
  }
  return end;
}

}  // namespace nutgraf::internal
