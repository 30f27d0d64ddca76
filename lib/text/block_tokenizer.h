// The fast path: 64 bytes at a time, runs of plain ASCII joined by bit arithmetic, the rest sent to
// the scalar rules.

#ifndef NUTGRAF_LIB_TEXT_BLOCK_TOKENIZER_H_
#define NUTGRAF_LIB_TEXT_BLOCK_TOKENIZER_H_

#include <string_view>

#include "lib/text/token_builder.h"

namespace nutgraf::internal {

// Zero bytes that must be readable after a padded text.
inline constexpr size_t kTextPadding = 128;

// Appends the tokens of `text`. `padded` promises kTextPadding zero bytes after the text; without
// it the last bytes of the text go through the scalar rules. The tokens are the same.
void TokenizeBlocks(std::string_view text, bool padded, TokenSink& sink);

// The same without the instructions that only some processors have: SSE2, NEON or none.
void TokenizeBlocksBaseline(std::string_view text, bool padded, TokenSink& sink);

// True where this processor has what the faster path needs.
bool HaveAvx2();

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_BLOCK_TOKENIZER_H_
