// Times of day: "5 p.m.", "15:30 GMT", "half past six", "noon".

#ifndef NUTGRAF_LIB_TIME_CLOCK_READER_H_
#define NUTGRAF_LIB_TIME_CLOCK_READER_H_

#include <cstdint>

#include "lib/time/amount_reader.h"
#include "lib/time/resolver.h"
#include "lib/time/time_view.h"

namespace nutgraf::internal {

class ClockReader {
 public:
  // Both must outlive the reader.
  ClockReader(const TimeView& view, const AmountReader& amounts) : view_(view), amounts_(amounts) {}

  // The time of day at token i into the fields; returns the token after it, 0 where there is none.
  // `at`: after "at" or a date, where a bare hour is enough.
  uint32_t Read(uint32_t i, bool at, Fields& fields) const;

  // "GMT", "(GMT +8)", "+0530" at token i; returns i where there is none.
  uint32_t ReadZone(uint32_t i, Fields& fields) const;

  // "in the morning", "at night", "tonight": the part of day at token i and the token after it, 0
  // where there is none.
  uint32_t ReadPartOfDay(uint32_t i, Part& part) const;

 private:
  uint32_t ReadDigital(uint32_t i, bool at, Fields& fields) const;
  uint32_t ReadSpoken(uint32_t i, bool at, Fields& fields) const;
  // "half past six", "20 minutes to two"
  uint32_t ReadPast(uint32_t i, Fields& fields) const;
  // "am", "p.m.", "p m" at token i; the token after it, i where there is none.
  uint32_t ReadMeridiem(uint32_t i, int& hours) const;
  // What stands in the same token as the minutes or the hour: "pm", "p".
  static bool SuffixMeridiem(std::string_view suffix, int& hours);

  const TimeView& view_;
  const AmountReader& amounts_;
};

// Sets the hour of `fields` by "am" or "pm" (0 or 12 hours). False where there is no such hour.
bool SetMeridiem(Fields& fields, int hours);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_CLOCK_READER_H_
