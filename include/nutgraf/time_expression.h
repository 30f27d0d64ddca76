// Time expressions: when, how long, how often.
//
//   for (const nutgraf::TimeExpression& t : document.Get<nutgraf::TimeExpression>()) {
//     // "Tuesday" in an article of 2022-01-11: kind kDate, value "2022-01-11", and the interval
//     // from 2022-01-11 00:00 to 2022-01-12 00:00
//   }
//
// The values are those of TIMEX3, the annotation of times of ISO-TimeML (ISO 24617-1): "2019",
// "2022-W01", "P10D", "XXXX-WXX-2" where what is missing is not known.

#ifndef NUTGRAF_TIME_EXPRESSION_H_
#define NUTGRAF_TIME_EXPRESSION_H_

#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"
#include "nutgraf/span.h"

namespace nutgraf {

/// The types of TIMEX3.
enum class TimeKind : uint8_t {
  kDate,      ///< A day or more of the calendar: "3 May 2021", "last week", "the 1990s"
  kTime,      ///< Less than a day: "5 p.m.", "Tuesday night"
  kDuration,  ///< "10 days", "five-year"
  kSet,       ///< "every Tuesday", "annual"
};

/// "date", "time", "duration", "set".
std::string_view TimeKindName(TimeKind kind);

/// What a modifier does to a time: the attribute `mod` of TIMEX3.
enum class TimeModifier : uint8_t {
  kNone,
  kApproximate,  ///< APPROX: "about three years"
  kStart,        ///< START: "early May", "the beginning of 2010"
  kMiddle,       ///< MID: "mid-May"
  kEnd,          ///< END: "late 2012"
  kBefore,       ///< BEFORE: "before 2010", "more than two years ago"
  kAfter,        ///< AFTER: "after Friday", "less than a year ago"
  kOnOrBefore,   ///< ON_OR_BEFORE: "until Friday", "by May", "no less than two years ago"
  kOnOrAfter,    ///< ON_OR_AFTER: "since 2019", "no more than two years ago"
  kLessThan,     ///< LESS_THAN: "less than two hours", "nearly four decades"
  kMoreThan,     ///< MORE_THAN: "more than two hours"
  kAtMost,       ///< EQUAL_OR_LESS: "up to two hours"
  kAtLeast,      ///< EQUAL_OR_MORE: "at least two hours"
};

/// The name in TIMEX3, "APPROX"; empty for kNone.
std::string_view TimeModifierName(TimeModifier modifier);

/// The finest part of a date or time that the text gives.
enum class TimeGrain : uint8_t {
  kNone,
  kSecond,
  kMinute,
  kHour,
  kPartOfDay,
  kDay,
  kWeekend,
  kWeek,
  kMonth,
  kQuarter,
  kHalf,
  kSeason,
  kYear,
  kDecade,
  kCentury,
  kMillennium,
};

/// One time expression. Spans that do not apply are empty ({0, 0}). Views point to static tables or
/// into the document.
struct TimeExpression {
  static constexpr std::string_view kLayerName = "times";
  static constexpr bool kOneProvider = true;

  ByteSpan span;  ///< Without preposition ("on", "since") and article
  TokenRange tokens;
  TimeKind kind;
  TimeModifier modifier_kind;
  TimeGrain grain;          ///< Of a date or time; of the unit for durations and sets
  bool has_interval;        ///< begin and end hold: the calendar place is known
  bool begin_open;          ///< No begin: "until Friday"
  bool end_open;            ///< No end: "since 2019"
  std::string_view value;   ///< TIMEX3
  absl::CivilSecond begin;  ///< First second of the half-open interval, in the text's own zone
  absl::CivilSecond end;    ///< The second after its last
  ByteSpan modifier;        ///< "early", "about", "since"
  std::string_view rule;    ///< The rule of the grammar that made it, for traces
};

}  // namespace nutgraf

#endif  // NUTGRAF_TIME_EXPRESSION_H_
