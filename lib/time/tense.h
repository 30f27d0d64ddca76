// Whether what a clause says lies behind or ahead, by the verbs around a word.

#ifndef NUTGRAF_LIB_TIME_TENSE_H_
#define NUTGRAF_LIB_TIME_TENSE_H_

#include <cstdint>

#include "lib/time/resolver.h"
#include "lib/time/time_view.h"

namespace nutgraf::internal {

// By the nearest verb before token `begin`, else the nearest after `end`; at most 40 tokens each
// way. A text of one short sentence without a verb is an entry of a calendar or a request: ahead.
Tense TenseAround(const TimeView& view, uint32_t begin, uint32_t end);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_TENSE_H_
