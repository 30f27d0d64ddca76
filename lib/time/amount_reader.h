// Amounts of time: "10 days", "two and a half years", "an hour and 45 minutes", "several weeks".

#ifndef NUTGRAF_LIB_TIME_AMOUNT_READER_H_
#define NUTGRAF_LIB_TIME_AMOUNT_READER_H_

#include <cstdint>

#include "lib/time/moment.h"
#include "lib/time/time_view.h"

namespace nutgraf::internal {

// A number before a unit.
struct Count {
  double value = 0;  // 0 where it is not said
  uint32_t begin = 0;
  uint32_t end = 0;      // token after it; 0 where there is none
  bool article = false;  // "a", "an"
  bool digits = false;
  bool vague = false;
  explicit operator bool() const { return end != 0; }
};

class AmountReader {
 public:
  // `view` must outlive the reader.
  explicit AmountReader(const TimeView& view) : view_(view) {}

  // "2.5", "twenty-five", "a couple of", "several", "a", "two hundred".
  Count ReadCount(uint32_t i) const;
  // Cardinals in words alone.
  Count ReadWords(uint32_t i) const;

  // The amount at token i; returns the token after it, 0 where there is none. An age ("21-year-old")
  // is none; `age_end` is then the token after it. `one_unit`: without what may follow the first.
  uint32_t ReadAmount(uint32_t i, Amount& amount, uint32_t& age_end, bool one_unit = false) const;

 private:
  Count ReadCountAt(uint32_t i) const;
  // The unit at token i after a count; kNone where none stands there.
  Unit UnitAfter(uint32_t i, const Count& count) const;
  // "1/2", "3/4".
  Count ReadSlashFraction(uint32_t i) const;
  // "half an hour", "a quarter of an hour".
  uint32_t ReadPartOfUnit(uint32_t i, Amount& amount) const;
  uint32_t ReadOne(uint32_t i, Amount& amount, uint32_t& age_end) const;
  // "-old", "years of age" after a unit.
  uint32_t PastAge(uint32_t begin, uint32_t i) const;
  bool EndsPhrase(uint32_t i) const;

  const TimeView& view_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_AMOUNT_READER_H_
