// From what a date or time says to a place in the calendar.

#ifndef NUTGRAF_LIB_TIME_RESOLVER_H_
#define NUTGRAF_LIB_TIME_RESOLVER_H_

#include <cstdint>

#include "absl/time/civil_time.h"
#include "lib/time/moment.h"
#include "lib/time/vocabulary.h"

namespace nutgraf::internal {

class TimeView;

enum class Tense : uint8_t { kUnknown, kPast, kFuture };

// The tense of the clause around some tokens, looked for when it is asked for: most times need
// none.
class ClauseTense {
 public:
  ClauseTense() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a tense that is known
  ClauseTense(Tense tense) : value_(tense) {}
  // `view` must stay on the sentence.
  ClauseTense(const TimeView& view, uint32_t begin, uint32_t end)
      : view_(&view), begin_(begin), end_(end) {}

  Tense Get() const {
    if (view_ != nullptr) Find();
    return value_;
  }

 private:
  void Find() const;

  mutable const TimeView* view_ = nullptr;  // until it is found
  uint32_t begin_ = 0;
  uint32_t end_ = 0;
  mutable Tense value_ = Tense::kUnknown;
};

// What relative times refer to.
struct Anchors {
  bool has_date = false;
  bool has_time = false;  // now is more than a day
  absl::CivilSecond now;  // of the document
  bool has_reference = false;
  Moment reference;  // the last date that the text has mentioned
  bool has_day = false;
  Moment day;  // the last day mentioned
  int week_start = 1;
  ClauseTense tense;  // of the clause

  absl::CivilDay today() const { return absl::CivilDay(now); }
};

// What a date or time says, as far as it says it.
struct Fields {
  static constexpr int kNone = -1;

  Fields() {}  // NOLINT(modernize-use-equals-default): does not write zeros over all of it first

  bool has_base = false;  // the day is known already; what follows is on top of it
  Moment base;
  int year = kNone;
  bool two_digits = false;  // year is 0 to 99
  bool before_christ = false;
  int decade = kNone;   // 199 for the 1990s; below 10 where the century is not said
  int century = kNone;  // 20 for the 20th
  int quarter = 0;
  int half = 0;
  int week = 0;
  int month = 0;
  int day = 0;
  int weekday = 0;
  int holiday = kNone;
  Season season = Season::kNone;
  Relation relation = Relation::kNone;  // of weekday, month, season, quarter or holiday
  Part part = Part::kNone;
  int hour = kNone;  // 24 for midnight
  int minute = kNone;
  int second = kNone;
  bool meridiem = false;  // morning or afternoon is said
  bool zoned = false;
  int zone = 0;  // minutes east of Greenwich

  bool has_clock() const { return hour != kNone; }
  bool has_date() const {
    return has_base || year != kNone || decade != kNone || century != kNone || quarter != 0 ||
           half != 0 || week != 0 || month != 0 || day != 0 || weekday != 0 || holiday != kNone ||
           season != Season::kNone;
  }
  // A single day of the calendar.
  bool has_day() const {
    return (has_base && base.grain == TimeGrain::kDay) || day != 0 || weekday != 0 ||
           holiday != kNone;
  }
};

// The year of a number of two digits, near the document's.
int FullYear(int two_digits, const Anchors& anchors);

// The moment that the fields name; not known where they say too little. grain is kNone where there
// is no such day.
Moment Resolve(const Fields& fields, const Anchors& anchors, const TimeVocabulary& vocabulary);

// "last week", "this year", "the next day": a period named by its distance from today or, for
// "the following", "the previous", "the same" and "that", from the last date mentioned.
Moment ResolveRelative(Relation relation, Unit unit, bool with_article, const Anchors& anchors);

// The n-th period of that unit in the container, from its end where n is negative. grain is kNone
// where there is none.
Moment NthUnitIn(const Moment& container, Unit unit, int n, const Anchors& anchors);
Moment NthWeekdayIn(const Moment& container, int weekday, int n);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_RESOLVER_H_
