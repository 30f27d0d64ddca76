#include "lib/text/block_tokenizer.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "lib/text/bit_positions.h"
#include "lib/text/byte_masks.h"
#include "lib/text/scalar_tokenizer.h"
#include "lib/text/short_bytes.h"

namespace nutgraf::internal {

namespace {

constexpr uint32_t kBlock = 64;
constexpr uint32_t kNone = 0xFFFFFFFFU;

uint64_t Bit(uint32_t i) { return uint64_t{1} << i; }
// Bits below i; i may be 64.
uint64_t Below(uint32_t i) { return i >= 64 ? ~uint64_t{0} : Bit(i) - 1; }

namespace baseline {
#define NUTGRAF_CLASSIFY_BLOCK ClassifyBlock
#define NUTGRAF_CLASSIFY_SHORT ClassifyShort
#define NUTGRAF_BIT_POSITIONS BitPositions
#include "lib/text/block_scanner.inc"
#undef NUTGRAF_CLASSIFY_BLOCK
#undef NUTGRAF_CLASSIFY_SHORT
#undef NUTGRAF_BIT_POSITIONS
}  // namespace baseline

#if defined(NUTGRAF_HAVE_AVX2)

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,popcnt")
#endif
namespace avx2 {
#define NUTGRAF_CLASSIFY_BLOCK ClassifyBlockAvx2
#define NUTGRAF_CLASSIFY_SHORT ClassifyShort
#define NUTGRAF_BIT_POSITIONS BitPositions
#include "lib/text/block_scanner.inc"
#undef NUTGRAF_CLASSIFY_BLOCK
#undef NUTGRAF_CLASSIFY_SHORT
#undef NUTGRAF_BIT_POSITIONS
void Run(std::string_view text, bool padded, TokenSink& sink) {
  BlockScanner(text, padded, sink).Run();
}
}  // namespace avx2
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#if defined(__clang__)
#pragma clang attribute push(                                                            \
    __attribute__((                                                                      \
        target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt"))), \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt")
#endif
namespace avx512 {
#define NUTGRAF_CLASSIFY_BLOCK ClassifyBlockAvx512
#define NUTGRAF_CLASSIFY_SHORT ClassifyShortAvx512
#define NUTGRAF_BIT_POSITIONS BitPositionsAvx512
#include "lib/text/block_scanner.inc"
#undef NUTGRAF_CLASSIFY_BLOCK
#undef NUTGRAF_CLASSIFY_SHORT
#undef NUTGRAF_BIT_POSITIONS
void Run(std::string_view text, bool padded, TokenSink& sink) {
  BlockScanner(text, padded, sink).Run();
}
}  // namespace avx512
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif

}  // namespace

bool HasKernel(TokenizerKernel kernel) {
#if defined(NUTGRAF_HAVE_AVX2)
  const auto all = [](std::initializer_list<bool> has) {
    return std::find(has.begin(), has.end(), false) == has.end();
  };
  static const bool kAvx2 =
      all({__builtin_cpu_supports("avx2") != 0, __builtin_cpu_supports("bmi") != 0,
           __builtin_cpu_supports("bmi2") != 0, __builtin_cpu_supports("popcnt") != 0});
  static const bool kAvx512 =
      kAvx2 &&
      all({__builtin_cpu_supports("avx512f") != 0, __builtin_cpu_supports("avx512bw") != 0,
           __builtin_cpu_supports("avx512dq") != 0, __builtin_cpu_supports("avx512vl") != 0,
           __builtin_cpu_supports("avx512vbmi2") != 0});
  if (kernel == TokenizerKernel::kAvx2) return kAvx2;
  if (kernel == TokenizerKernel::kAvx512) return kAvx512;
#endif
  return kernel == TokenizerKernel::kBaseline;
}

TokenizerKernel BestKernel() {
  static const TokenizerKernel kBest =
      HasKernel(TokenizerKernel::kAvx512) ? TokenizerKernel::kAvx512
      : HasKernel(TokenizerKernel::kAvx2) ? TokenizerKernel::kAvx2
                                          : TokenizerKernel::kBaseline;
  return kBest;
}

void TokenizeBlocks(std::string_view text, bool padded, TokenSink& sink, TokenizerKernel kernel) {
#if defined(NUTGRAF_HAVE_AVX2)
  if (kernel == TokenizerKernel::kAvx512) return avx512::Run(text, padded, sink);
  if (kernel == TokenizerKernel::kAvx2) return avx2::Run(text, padded, sink);
#else
  (void)kernel;
#endif
  baseline::BlockScanner(text, padded, sink).Run();
}

}  // namespace nutgraf::internal
