// What the readers of times ask of words, by several of the classes.

#ifndef NUTGRAF_LIB_TIME_GRAMMAR_WORDS_H_
#define NUTGRAF_LIB_TIME_GRAMMAR_WORDS_H_

#include <cstdint>
#include <string_view>

#include "lib/text/hash.h"
#include "lib/time/time_view.h"
#include "lib/time/vocabulary.h"

namespace nutgraf::internal {

inline constexpr uint64_t kAnyUnit = kTimeUnit | kTimeUnits | kTimeUnitAbbreviation;
inline constexpr uint64_t kAnyWeekday = kTimeWeekday | kTimeWeekdayAbbreviation;
inline constexpr uint64_t kAnyMonth = kTimeMonth | kTimeMonthAbbreviation;

// Of "the last day of the first week of May": how deep one period may lie in another.
inline constexpr int kDeepest = 2;

inline uint64_t Folded(std::string_view word) { return HashBytes(word); }

// Digits that may be a year.
inline bool IsYearNumber(const Digits& d) {
  return d.whole() && d.count == 4 && d.suffix.empty() && d.value >= 1000 && d.value <= 2199;
}
// "th" behind digits.
inline bool IsOrdinalSuffix(std::string_view s) {
  return s == "st" || s == "nd" || s == "rd" || s == "th" || s == "ST" || s == "ND" || s == "RD" ||
         s == "TH";
}

// "last", "past"; "next", "coming".
inline bool IsBack(Relation r) {
  return r == Relation::kLast || r == Relation::kPast || r == Relation::kPrevious;
}
inline bool IsOn(Relation r) {
  return r == Relation::kNext || r == Relation::kComing || r == Relation::kFollowing;
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_GRAMMAR_WORDS_H_
