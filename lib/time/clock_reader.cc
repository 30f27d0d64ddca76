#include "lib/time/clock_reader.h"

#include <cstdint>
#include <string_view>

#include "lib/time/grammar_words.h"

namespace nutgraf::internal {

namespace {

// Zones that are also words are zones in capitals only.
bool IsZoneWord(const TimeView& view, uint32_t i) {
  if (!view.Is(i, kTimeZone)) return false;
  return view.token(i).IsAllUpper() ||
         (view.token(i).size() >= 3 && !view.Is(i, kTimePreposition) && view.token(i).Has(kLower) &&
          view.Bytes(i) != "cat" && view.Bytes(i) != "eat" && view.Bytes(i) != "art" &&
          !view.token(i).Has(kUpperFirst));
}

}  // namespace

bool SetMeridiem(Fields& f, int hours) {
  if (f.hour < 1 || f.hour > 12) return false;
  f.hour = f.hour % 12 + hours;
  f.meridiem = true;
  return true;
}

bool ClockReader::SuffixMeridiem(std::string_view s, int& hours) {
  if (s == "am" || s == "AM" || s == "Am" || s == "a" || s == "A" || s == "a.m." || s == "a.m" ||
      s == "A.M.") {
    hours = 0;
    return true;
  }
  if (s == "pm" || s == "PM" || s == "Pm" || s == "p" || s == "P" || s == "p.m." || s == "p.m" ||
      s == "P.M.") {
    hours = 12;
    return true;
  }
  return false;
}

uint32_t ClockReader::ReadMeridiem(uint32_t i, int& hours) const {
  if (const TimeWord& w = view_.At(i); w.Is(kTimeMeridiem)) {
    hours = w.meridiem;
    return i + 1;
  }
  // "p m"
  static const uint64_t kP = Folded("p");
  static const uint64_t kA = Folded("a");
  static const uint64_t kM = Folded("m");
  if (view_.In(i + 1) && view_.token(i + 1).folded == kM &&
      (view_.token(i).folded == kP || view_.token(i).folded == kA)) {
    hours = view_.token(i).folded == kP ? 12 : 0;
    return i + 2;
  }
  return i;
}

uint32_t ClockReader::ReadZone(uint32_t i, Fields& f) const {
  uint32_t at = i;
  const bool bracket = view_.IsMark(at, '(');
  if (bracket) ++at;
  bool any = false;
  if (IsZoneWord(view_, at)) {
    f.zone = view_.At(at).zone;
    any = true;
    ++at;
  }
  // "+8", "+0530", "-05:30"
  const bool plus = view_.IsMark(at, '+');
  const bool minus = view_.IsMark(at, '-') || view_.IsMark(at, 0x2212);
  if ((plus || minus) && (any || (view_.Glued(at) && plus)) && view_.Glued(at + 1)) {
    const Digits d = view_.Number(at + 1);
    if (d.whole() && d.suffix.empty() && d.count <= 4) {
      int minutes =
          static_cast<int>(d.count <= 2 ? d.value * 60 : d.value / 100 * 60 + d.value % 100);
      uint32_t end = at + 2;
      if (d.count <= 2 && view_.IsMark(end, ':') && view_.Glued(end)) {
        const Digits more = view_.Number(end + 1);
        if (more.whole() && more.count == 2) {
          minutes += static_cast<int>(more.value);
          end += 2;
        }
      }
      if (minutes <= 14 * 60) {
        f.zone = minus ? -minutes : minutes;
        any = true;
        at = end;
      }
    }
  }
  if (!any) return i;
  if (bracket) {
    if (!view_.IsMark(at, ')')) return i;
    ++at;
  } else if (view_.IsMark(at, '(') && IsZoneWord(view_, at + 1) && view_.IsMark(at + 2, ')')) {
    at += 3;  // "+0900 (JST)"
  }
  f.zoned = true;
  return at;
}

uint32_t ClockReader::ReadPartOfDay(uint32_t i, Part& part) const {
  uint32_t at = i;
  bool preposition = false;
  if (view_.IsPreposition(at, Preposition::kIn) || view_.IsPreposition(at, Preposition::kAt) ||
      view_.IsPreposition(at, Preposition::kDuring)) {
    preposition = true;
    ++at;
    if (view_.Is(at, kTimeThe)) ++at;
  }
  if (view_.At(at).edge == Edge::kEarly || view_.At(at).edge == Edge::kLate) ++at;
  const TimeWord& w = view_.At(at);
  if (w.Is(kTimePart)) {
    part = w.part;
    return at + 1;
  }
  if (w.unit == Unit::kNight && w.Is(kTimeUnit)) {
    part = Part::kNight;
    return at + 1;
  }
  if (preposition && w.Is(kTimeMeridiem)) {
    part = w.meridiem == 12 ? Part::kAfternoon : Part::kMorning;
    return at + 1;
  }
  return 0;
}

uint32_t ClockReader::ReadDigital(uint32_t i, bool at, Fields& f) const {
  const Digits h = view_.Number(i);
  if (!h || h.grouped || h.part_count > 2) return 0;
  uint32_t end = i + 1;
  int hours = 0;
  const auto meridiem = [&](std::string_view suffix) {
    if (!suffix.empty()) return SuffixMeridiem(suffix, hours) && SetMeridiem(f, hours);
    const uint32_t past = ReadMeridiem(end, hours);
    if (past == end) return true;
    if (!SetMeridiem(f, hours)) return false;
    end = past;
    return true;
  };
  // "2.30pm"
  if (h.part_count == 2) {
    if (h.part_digits[1] != 2 || h.parts[0] > 24 || h.parts[1] > 59) return 0;
    f.hour = static_cast<int>(h.parts[0]);
    f.minute = static_cast<int>(h.parts[1]);
    if (!meridiem(h.suffix)) return 0;
    Fields zone;
    return f.meridiem || (at && ReadZone(end, zone) > end) ? end : 0;
  }
  if (h.count > 4) return 0;
  // "15:30", "3:15pm", "9:01:10 AM"
  if (h.suffix.empty() && view_.IsMark(i + 1, ':') && view_.Glued(i + 1) && view_.Glued(i + 2)) {
    const Digits m = view_.Number(i + 2);
    if (h.value > 24 || h.count > 2 || !m.whole() || m.count != 2 || m.value > 59) return 0;
    f.hour = static_cast<int>(h.value);
    f.minute = static_cast<int>(m.value);
    if (f.hour == 24 && f.minute > 0) return 0;
    end = i + 3;
    std::string_view suffix = m.suffix;
    if (suffix.empty() && view_.IsMark(end, ':') && view_.Glued(end)) {
      const Digits s = view_.Number(end + 1);
      if (!s || s.grouped || s.part_digits[0] != 2 || s.value > 59) return 0;
      f.second = static_cast<int>(s.value);
      suffix = s.suffix;
      end += 2;
      if (view_.IsMark(end, ':') && view_.Glued(end)) return 0;
    }
    if (suffix == "Z" || suffix == "z") {
      f.zoned = true;
      f.zone = 0;
      return end;
    }
    if (!meridiem(suffix)) return 0;
    // "Luke 10:30"
    Fields zone;
    if (!f.meridiem && i > view_.first() + 1 && view_.IsCapital(i - 1) && view_.IsUnknown(i - 1) &&
        view_.token(i - 1).IsCapitalized() && ReadZone(end, zone) == end)
      return 0;
    return end;
  }
  // "15h20", "15h"
  if (!h.suffix.empty() && (h.suffix[0] == 'h' || h.suffix[0] == 'H') && h.value <= 24) {
    const Digits m = ReadDigits(h.suffix.substr(1));
    if (h.suffix.size() == 1) {
      if (!at) return 0;
      f.hour = static_cast<int>(h.value);
      return end;
    }
    if (!m.whole() || m.count != 2 || m.value > 59 || !m.suffix.empty()) return 0;
    f.hour = static_cast<int>(h.value);
    f.minute = static_cast<int>(m.value);
    return end;
  }
  if (h.suffix == "ish" && h.value >= 1 && h.value <= 12) {
    f.hour = static_cast<int>(h.value);
    return end;
  }
  // "0800 UTC", "1430 hours"
  if (h.count == 4 && h.suffix.empty()) {
    static const uint64_t kHours = Folded("hours");
    if (h.value / 100 > 24 || h.value % 100 > 59) return 0;
    Fields zone;
    const bool zoned = ReadZone(end, zone) > end;
    const bool unit = view_.In(end) && view_.token(end).folded == kHours;
    if (!zoned && !(unit && (at || view_.Bytes(i)[0] == '0'))) return 0;
    f.hour = static_cast<int>(h.value / 100);
    f.minute = static_cast<int>(h.value % 100);
    return unit ? end + 1 : end;
  }
  if (h.count > 2 || h.value > 24) return 0;
  f.hour = static_cast<int>(h.value);
  if (!h.suffix.empty()) {
    if (h.suffix.size() == 1 && !at) return 0;
    return meridiem(h.suffix) ? end : 0;
  }
  if (view_.Is(end, kTimeOclock)) {
    f.minute = 0;
    return h.value <= 12 ? end + 1 : 0;
  }
  if (view_.At(end).clock != 0 && h.value == 12) return end + 1;  // "12 noon"
  if (const uint32_t past = ReadMeridiem(end, hours); past > end)
    return SetMeridiem(f, hours) ? past : 0;
  // "3 in the afternoon"
  Part part = Part::kNone;
  if (h.value >= 1 && h.value <= 12 &&
      (view_.IsPreposition(end, Preposition::kIn) || view_.IsPreposition(end, Preposition::kAt)) &&
      ReadPartOfDay(end, part) != 0)
    return end;
  if (Fields zone; ReadZone(end, zone) > end && at) return end;
  return 0;
}

uint32_t ClockReader::ReadSpoken(uint32_t i, bool at, Fields& f) const {
  const TimeWord& w = view_.At(i);
  if (w.clock != 0) {
    // "Senator Noon"
    if (view_.token(i).IsCapitalized() && i > view_.first() && view_.IsCapital(i - 1) &&
        view_.IsUnknown(i - 1))
      return 0;
    f.hour = w.clock;
    f.meridiem = true;
    return i + 1;
  }
  static const uint64_t kSingle = Folded("single");
  if (!w.Is(kTimeNumber) || w.number < 1 || w.number > 12 || view_.token(i).folded == kSingle)
    return 0;
  f.hour = w.number;
  uint32_t end = i + 1;
  if (view_.Is(end, kTimeOclock)) {
    f.minute = 0;
    return end + 1;
  }
  // "nine fifty nine", "three twenty"
  bool minutes = false;
  if (const Count m = amounts_.ReadWords(end); m && m.value >= 10 && m.value < 60) {
    f.minute = static_cast<int>(m.value);
    end = m.end;
    minutes = true;
  }
  int hours = 0;
  if (const uint32_t past = ReadMeridiem(end, hours); past > end)
    return SetMeridiem(f, hours) ? past : 0;
  Part part = Part::kNone;
  if (view_.IsPreposition(end, Preposition::kIn) && ReadPartOfDay(end, part) != 0) return end;
  if (!at) return 0;
  if (minutes && view_.At(end).unit == Unit::kMinute) ++end;
  const bool ends = !view_.In(end) || (!view_.IsWord(end) && !view_.IsNumber(end));
  return minutes && ends ? end : 0;
}

uint32_t ClockReader::ReadPast(uint32_t i, Fields& f) const {
  if (!view_.Ahead(i + 1, 4, kTimePreposition | kTimeRelation)) return 0;
  double minutes = 0;
  uint32_t at = i;
  bool strong = false;  // needs no unit to be a time
  if (view_.Is(at, kTimeArticle)) ++at;
  if (view_.Is(at, kTimeHalf)) {
    minutes = 30;
    strong = true;
    ++at;
  } else if (view_.Is(at, kTimeQuarterWord)) {
    minutes = 15;
    strong = true;
    ++at;
  } else {
    const Count count = amounts_.ReadCount(i);
    if (!count || count.article || count.vague || count.value < 1 || count.value > 59) return 0;
    minutes = count.value;
    at = count.end;
    if (view_.At(at).unit == Unit::kMinute) {
      strong = true;
      ++at;
    }
  }
  static const uint64_t kTil = Folded("til");
  const bool past = view_.At(at).relation == Relation::kPast;
  const bool after = view_.IsPreposition(at, Preposition::kAfter);
  const bool to = view_.IsPreposition(at, Preposition::kTo) ||
                  view_.IsPreposition(at, Preposition::kBefore) ||
                  (view_.In(at) && view_.token(at).folded == kTil);
  const bool from = view_.IsPreposition(at, Preposition::kFrom) && strong;
  if (!past && !after && !to && !from) return 0;
  ++at;
  Fields hour;
  uint32_t end = ReadDigital(at, true, hour);
  if (end == 0) end = ReadSpoken(at, false, hour);
  bool sure = end != 0;
  if (end == 0) {
    // A bare hour: "half past six".
    const TimeWord& w = view_.At(at);
    const Digits d = view_.Number(at);
    if (w.Is(kTimeNumber) && w.number >= 1 && w.number <= 12) {
      hour.hour = w.number;
    } else if (d.whole() && d.suffix.empty() && d.count <= 2 && d.value >= 1 && d.value <= 24 &&
               !view_.Glued(at + 1)) {
      hour.hour = static_cast<int>(d.value);
    } else {
      return 0;
    }
    end = at + 1;
    sure = past || (strong && (to || after) && minutes <= 30 &&
                    view_.Is(i, kTimeHalf | kTimeQuarterWord | kTimeArticle));
    if (view_.Is(end, kTimeUnit | kTimeUnits)) return 0;
  }
  if (hour.minute > 0 || !sure) return 0;
  // "5 to 6pm" is a range, "15 to noon" a time.
  if (!past && !after && !strong && !(hour.meridiem && view_.At(at).clock != 0)) return 0;
  f = hour;
  int total = hour.hour * 60 + static_cast<int>(past || after ? minutes : -minutes);
  if (total < 0) total += 24 * 60;
  // "half past noon" is no later than noon's own day.
  f.hour = total / 60 % 24;
  f.minute = total % 60;
  return end;
}

uint32_t ClockReader::Read(uint32_t i, bool at, Fields& fields) const {
  if (!view_.IsNumber(i) &&
      !view_.Is(i, kTimeNumber | kTimeClock | kTimeHalf | kTimeQuarterWord | kTimeArticle))
    return 0;
  Fields f;
  uint32_t end = ReadPast(i, f);
  if (end == 0) {
    f = Fields();
    end = ReadDigital(i, at, f);
  }
  if (end == 0) {
    f = Fields();
    end = ReadSpoken(i, at, f);
  }
  if (end == 0 && at) {
    // "at 5", where nothing is counted.
    const Digits d = view_.Number(i);
    const bool time_next = !view_.In(i + 1) || view_.At(i + 1).classes != 0 ||
                           (!view_.IsWord(i + 1) && !view_.IsNumber(i + 1) &&
                            !(view_.Glued(i + 1) && view_.Glued(i + 2)));
    f = Fields();
    if (d.whole() && d.suffix.empty() && d.count <= 2 && d.value >= 1 && d.value <= 24 &&
        time_next && !view_.Is(i + 1, kTimeUnit | kTimeUnits | kTimeScale | kTimeOf)) {
      f.hour = static_cast<int>(d.value);
      end = i + 1;
    }
  }
  if (end == 0) return 0;
  // "3:15 in the afternoon", "8 in the evening"
  Part part = Part::kNone;
  const bool linked = view_.IsPreposition(end, Preposition::kIn) ||
                      view_.IsPreposition(end, Preposition::kAt) ||
                      view_.At(end).edge == Edge::kEarly;
  if (linked) {
    if (const uint32_t past = ReadPartOfDay(end, part); past != 0) {
      if (part != Part::kMorning && f.hour < 12 && !f.meridiem &&
          !(part == Part::kNight && f.hour < 6))
        f.hour += 12;
      if (part == Part::kMorning && f.hour == 12) f.hour = 0;
      f.meridiem = true;
      end = past;
    }
  }
  end = ReadZone(end, f);
  fields.hour = f.hour;
  fields.minute = f.minute;
  fields.second = f.second;
  fields.meridiem = f.meridiem;
  fields.zoned = f.zoned;
  fields.zone = f.zone;
  return end;
}

}  // namespace nutgraf::internal
