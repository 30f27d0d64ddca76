// The best sequence of states, and from it the names: integer scores, eight types at a time.
//
//   Viterbi viterbi;  // keeps its memory
//   viterbi.Run(scores, transitions, spans);
//
// A name may only begin after a state that ends something, and goes on in its own type: so a step
// looks at nine sources for what begins, and at two for what goes on, instead of 33 times 33.

#ifndef NUTGRAF_LIB_TAGGER_VITERBI_H_
#define NUTGRAF_LIB_TAGGER_VITERBI_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lib/tagger/states.h"

namespace nutgraf::internal {

// Scores of a token, a lane a state. Beyond +-kMostScore they are cut off.
struct alignas(64) TokenScores {
  int16_t lanes[kLanes];
};
inline constexpr int16_t kMostScore = 6000;

class Viterbi {
 public:
  // Appends the names of the best sequence to `spans`, whose places count from `first` on.
  void Run(absl::Span<const TokenScores> scores, const Transitions<int16_t>& transitions,
           uint32_t first, std::vector<TaggedSpan>& spans);

 private:
  // Where the best ways into a token come from.
  struct alignas(16) Back {
    int16_t begin[kMostTypes];  // source of a name that begins here
    uint8_t inner;              // bit a type: from an inner token, not the first
    uint8_t last;               // the same for a name's last token
    uint8_t ends;               // bit a type: the better end is the only token
    uint8_t outside;            // source
    uint32_t unused[3];
  };
  std::vector<Back> backs_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_VITERBI_H_
