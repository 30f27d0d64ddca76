// Names one edit away from what a text writes.

#ifndef NUTGRAF_LIB_GAZETTEER_NEAR_MATCHER_H_
#define NUTGRAF_LIB_GAZETTEER_NEAR_MATCHER_H_

#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "lib/gazetteer/image.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// Near matches that begin with one token.
struct NearMatches {
  static constexpr uint32_t kMost = 16;
  struct Match {
    Gazetteer::Image::Name name;
    float score;  // 0 to 1: one less the part of the letters that differ
  };
  uint32_t end = 0;  // token after the longest name that is near; all matches end there
  uint32_t count = 0;
  Match matches[kMost];
};

// The names of `image` that are one edit away from tokens [begin, ...) of `text`, the longest
// ones. Constant time but for the names compared, which are bounded.
NearMatches FindNear(std::string_view text, absl::Span<const Token> tokens,
                     const Gazetteer::Image& image, uint32_t begin, uint32_t max_tokens);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_GAZETTEER_NEAR_MATCHER_H_
