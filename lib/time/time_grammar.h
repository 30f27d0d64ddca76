// The grammar of times: puts dates, times of day and amounts together to points, ranges, durations
// and sets.

#ifndef NUTGRAF_LIB_TIME_TIME_GRAMMAR_H_
#define NUTGRAF_LIB_TIME_TIME_GRAMMAR_H_

#include <cstdint>
#include <string_view>

#include "lib/time/amount_reader.h"
#include "lib/time/clock_reader.h"
#include "lib/time/date_reader.h"
#include "lib/time/moment.h"
#include "lib/time/resolver.h"
#include "lib/time/time_view.h"
#include "nutgraf/span.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/time_extractor.h"

namespace nutgraf::internal {

// What the grammar has read.
struct TimeReading {
  TimeReading() {}  // NOLINT(modernize-use-equals-default): as Moment

  uint32_t begin = 0;
  uint32_t end = 0;  // token after it; 0 where there is none
  TimeKind kind = TimeKind::kDate;
  Moment moment;
  TimeModifier modifier = TimeModifier::kNone;
  uint32_t modifier_begin = 0;  // tokens; equal where there is none
  uint32_t modifier_end = 0;
  bool refers = false;  // a date that later ones may refer to
  std::string_view rule;
  explicit operator bool() const { return end != 0; }
};

class TimeGrammar {
 public:
  // All must outlive the grammar. `anchors` are asked anew for each reading.
  TimeGrammar(const TimeView& view, const TimeOptions& options, Anchors& anchors)
      : view_(view),
        options_(options),
        anchors_(anchors),
        amounts_(view),
        clocks_(view, amounts_),
        dates_(view, amounts_, clocks_, options) {}

  // What begins with token i; nothing before token `floor` is part of it. `skip` is the token after
  // what was seen to be no time ("21-year-old").
  TimeReading Read(uint32_t i, uint32_t floor, uint32_t& skip);

  // A full date (year, month and day) at token i, for the date of the document.
  bool ReadFullDate(uint32_t i, uint32_t& end, absl::CivilDay& day) const;

 private:
  // A date or time as far as it is said, before it is resolved.
  struct Point {
    Point() {}  // NOLINT(modernize-use-equals-default): as Moment

    Fields fields;
    uint32_t begin = 0;
    uint32_t end = 0;
    TimeModifier modifier = TimeModifier::kNone;  // of an edge
    uint32_t modifier_begin = 0;
    uint32_t modifier_end = 0;
    bool limits = false;  // the modifier opens the interval: "Friday before 5 p.m."
    bool bare = false;    // a number that is a day or an hour by what follows
    std::string_view rule;
    explicit operator bool() const { return end != 0; }
  };

  // Each reads what begins with token i and returns the token after it, 0 where there is none.
  uint32_t ReadDatePart(uint32_t i, int depth, Point& p);
  uint32_t ReadEdge(uint32_t i, int depth, Point& p);
  uint32_t ReadOrdinalOf(uint32_t i, int depth, Point& p);
  uint32_t ReadUnitOf(uint32_t i, int depth, Point& p);
  uint32_t ReadRelative(uint32_t i, int depth, Point& p);
  uint32_t ReadDeictic(uint32_t i, Point& p);
  uint32_t ReadCounted(uint32_t i, int depth, Point& p);
  uint32_t ReadWeekOfWeekday(uint32_t i, Point& p);
  uint32_t ReadContainer(uint32_t i, int depth, Moment& container);

  bool ReadPoint(uint32_t i, Point& p);
  // A clock or part of day behind a date, a date behind a clock.
  void Attach(Point& p);
  bool ReadBare(uint32_t i, Point& p) const;

  TimeReading ReadRange(uint32_t i, bool opened);
  TimeReading RangeFrom(const Point& first, bool opened, bool between);
  TimeReading ReadAnchoredDuration(uint32_t i);
  TimeReading ReadSet(uint32_t i);
  TimeReading ReadDuration(uint32_t i, uint32_t& skip);
  TimeReading ReadThisUnit(uint32_t i);
  TimeReading ReadReference(uint32_t i);
  bool ReferenceMayStand(uint32_t i) const;

  TimeReading Finish(const Point& p);
  void Limit(TimeReading& r, uint32_t floor) const;
  uint32_t ReadLimitedClock(uint32_t i, Point& p) const;
  bool AfterThe(uint32_t i) const { return i > view_.first() && view_.Is(i - 1, kTimeThe); }
  bool After(uint32_t i, Preposition p) const {
    return i > view_.first() && view_.IsPreposition(i - 1, p);
  }
  // Skips "the".
  uint32_t PastThe(uint32_t i) const { return view_.Is(i, kTimeThe) ? i + 1 : i; }
  void SetTense(uint32_t begin, uint32_t end);

  const TimeView& view_;
  const TimeOptions& options_;
  Anchors& anchors_;
  AmountReader amounts_;
  ClockReader clocks_;
  DateReader dates_;
  uint32_t impossible_end_ = 0;  // after a range whose end does not exist: "February 20 - 29, 2022"
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_TIME_GRAMMAR_H_
