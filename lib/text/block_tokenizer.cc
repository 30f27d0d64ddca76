#include "lib/text/block_tokenizer.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>

#include "lib/text/byte_masks.h"
#include "lib/text/scalar_tokenizer.h"

namespace nutgraf::internal {

namespace {

constexpr uint32_t kBlock = 64;
constexpr uint32_t kNone = 0xFFFFFFFFU;

uint64_t Bit(uint32_t i) { return uint64_t{1} << i; }
// Bits below i; i may be 64.
uint64_t Below(uint32_t i) { return i >= 64 ? ~uint64_t{0} : Bit(i) - 1; }

namespace baseline {
#define NUTGRAF_CLASSIFY_BLOCK ClassifyBlock
#include "lib/text/block_scanner.inc"
#undef NUTGRAF_CLASSIFY_BLOCK
}  // namespace baseline

#if defined(NUTGRAF_HAVE_AVX2)
// The same source for processors with AVX2 and BMI2 (x86-64-v3), chosen at run time.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"))), \
                             apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,lzcnt,popcnt")
#endif
namespace avx2 {
#define NUTGRAF_CLASSIFY_BLOCK ClassifyBlockAvx2
#include "lib/text/block_scanner.inc"
#undef NUTGRAF_CLASSIFY_BLOCK
void Run(std::string_view text, bool padded, TokenSink& sink) {
  BlockScanner(text, padded, sink).Run();
}
}  // namespace avx2
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif

}  // namespace

bool HaveAvx2() {
#if defined(NUTGRAF_HAVE_AVX2)
  static const bool kHave = __builtin_cpu_supports("avx2") != 0 &&
                            __builtin_cpu_supports("bmi") != 0 &&
                            __builtin_cpu_supports("bmi2") != 0;
  return kHave;
#else
  return false;
#endif
}

void TokenizeBlocksBaseline(std::string_view text, bool padded, TokenSink& sink) {
  baseline::BlockScanner(text, padded, sink).Run();
}

void TokenizeBlocks(std::string_view text, bool padded, TokenSink& sink) {
#if defined(NUTGRAF_HAVE_AVX2)
  if (HaveAvx2()) return avx2::Run(text, padded, sink);
#endif
  TokenizeBlocksBaseline(text, padded, sink);
}

}  // namespace nutgraf::internal
