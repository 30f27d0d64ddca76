// Dates as the calendar writes them: "3 May 2021", "Sept. 9", "2021-05-03", "Tuesday", "the 1990s",
// "Q3 2015", "Christmas Day".

#ifndef NUTGRAF_LIB_TIME_DATE_READER_H_
#define NUTGRAF_LIB_TIME_DATE_READER_H_

#include <cstdint>

#include "lib/time/amount_reader.h"
#include "lib/time/clock_reader.h"
#include "lib/time/resolver.h"
#include "lib/time/time_view.h"
#include "nutgraf/time_extractor.h"

namespace nutgraf::internal {

class DateReader {
 public:
  // All must outlive the reader.
  DateReader(const TimeView& view, const AmountReader& amounts, const ClockReader& clocks,
             const TimeOptions& options)
      : view_(view), amounts_(amounts), clocks_(clocks), options_(options) {}

  // The date at token i into the fields; returns the token after it, 0 where there is none.
  // `named`: something before it says that a date follows ("last", "early", "end of"), so that
  // words that may mean something else ("may", "fall") are dates.
  uint32_t Read(uint32_t i, bool named, Fields& fields) const;

  // A year alone at token i: "2015", "nineteen ninety-six", "'09".
  uint32_t ReadYear(uint32_t i, Fields& fields) const;
  // A year that follows a month, a quarter, a holiday: also "of 2015", ", 2015", "'15".
  uint32_t ReadYearAfter(uint32_t i, Fields& fields) const;

  // A day of the month at token i: "3", "3rd", "twenty-fourth".
  uint32_t ReadDayNumber(uint32_t i, bool& ordinal, int& day) const;

  // The month at token i, with its full name or an abbreviation; 0 for none.
  int MonthAt(uint32_t i) const;
  // An ordinal at token i: "first", "21st", "last" (-1), "third last" (-3); `value` 0 and i where
  // there is none.
  uint32_t ReadOrdinal(uint32_t i, int& value) const;

 private:
  uint32_t ReadNumeric(uint32_t i, Fields& fields) const;
  uint32_t ReadIsoTime(uint32_t i, std::string_view suffix, Fields& fields) const;
  uint32_t ReadMonthFirst(uint32_t i, bool named, Fields& fields) const;
  uint32_t ReadDayFirst(uint32_t i, Fields& fields) const;
  uint32_t ReadWeekday(uint32_t i, bool named, Fields& fields) const;
  uint32_t ReadPeriodName(uint32_t i, bool named, Fields& fields) const;
  uint32_t ReadDecadeOrCentury(uint32_t i, Fields& fields) const;
  bool MonthStandsAlone(uint32_t i, bool named) const;
  bool YearStandsAlone(uint32_t i) const;
  // Something before token i that says that a time may follow.
  bool AfterPreposition(uint32_t i) const;
  bool SentenceIsShort() const { return view_.last() - view_.first() <= 8; }

  const TimeView& view_;
  const AmountReader& amounts_;
  const ClockReader& clocks_;
  const TimeOptions& options_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_DATE_READER_H_
