// Sentences: token ranges in reading order.
//
//   for (const nutgraf::Sentence& s : document.Get<nutgraf::Sentence>()) {
//     std::string_view text = nutgraf::Slice(document.text(), s.span);
//   }

#ifndef NUTGRAF_SENTENCE_H_
#define NUTGRAF_SENTENCE_H_

#include <cstdint>
#include <string_view>

#include "nutgraf/span.h"

namespace nutgraf {

/// One sentence, headline or other line that stands for itself. Sentences cover all tokens, none
/// twice.
struct Sentence {
  static constexpr std::string_view kLayerName = "sentences";
  static constexpr bool kOneProvider = true;

  ByteSpan span;       ///< From its first token to its last
  TokenRange tokens;   ///< Never empty
  uint32_t paragraph;  ///< Counts from 0; a blank line begins a new one
};

}  // namespace nutgraf

#endif  // NUTGRAF_SENTENCE_H_
