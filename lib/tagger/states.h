// The states of the chain: for each type the first, an inner, the last token of a name, and a name
// of one token (BILOU); and outside of names.
//
// Scores of a token stand in 32 lanes: eight types of B, eight of I, eight of L, eight of U. The
// outside scores 0 always, since only differences count; so a row of weights is 32 bytes.

#ifndef NUTGRAF_LIB_TAGGER_STATES_H_
#define NUTGRAF_LIB_TAGGER_STATES_H_

#include <cstddef>
#include <cstdint>

namespace nutgraf::internal {

inline constexpr size_t kMostTypes = 8;
inline constexpr size_t kLanes = 4 * kMostTypes;
inline constexpr size_t kOutside = kLanes;  // as a state
inline constexpr size_t kStates = kLanes + 1;

enum Place : size_t {
  kFirst = 0,
  kInner = kMostTypes,
  kLast = 2 * kMostTypes,
  kUnit = 3 * kMostTypes
};

// What a step between two tokens is worth. After a token that ends something (source 0: outside, 1 + t:
// a name of type t) comes the first token of a name of type t, or one outside; inside a name the type
// stays.
template <class Number>
struct Transitions {
  Number begin[kMostTypes + 1][kMostTypes];  // source, type of what begins
  Number outside[16];                        // source; the rest is zero
  Number first_inner[kMostTypes];
  Number first_last[kMostTypes];
  Number inner_inner[kMostTypes];
  Number inner_last[kMostTypes];
};

// A span of tokens that the chain takes for a name.
struct TaggedSpan {
  uint32_t begin;
  uint32_t end;
  uint32_t type;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_STATES_H_
