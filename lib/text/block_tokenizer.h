// The fast path: 64 bytes at a time, runs of plain ASCII joined by bit arithmetic, the rest sent to
// the scalar rules.

#ifndef NUTGRAF_LIB_TEXT_BLOCK_TOKENIZER_H_
#define NUTGRAF_LIB_TEXT_BLOCK_TOKENIZER_H_

#include <string_view>

#include "lib/text/token_builder.h"

namespace nutgraf::internal {

// Zero bytes that must be readable after a padded text.
inline constexpr size_t kTextPadding = 128;

// One source, compiled for several instruction sets.
enum class TokenizerKernel : uint8_t {
  kBaseline,  // SSE2, NEON or none
  kAvx2,      // x86-64-v3: AVX2, BMI2
  kAvx512,    // Ice Lake, Zen 4: AVX-512 with BW, VL, VBMI2
};

// Whether this processor (and this build) has it.
bool HasKernel(TokenizerKernel kernel);

// The fastest that it has.
TokenizerKernel BestKernel();

// Appends the tokens of `text`. `padded` promises kTextPadding zero bytes after the text; without
// it the last bytes of the text go through the scalar rules. Requires HasKernel(kernel). The tokens
// are the same, whatever the kernel is.
void TokenizeBlocks(std::string_view text, bool padded, TokenSink& sink,
                    TokenizerKernel kernel = BestKernel());

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_BLOCK_TOKENIZER_H_
