// Positions of the bits of a mask.

#ifndef NUTGRAF_LIB_TEXT_BIT_POSITIONS_H_
#define NUTGRAF_LIB_TEXT_BIT_POSITIONS_H_

#include <bit>
#include <cstdint>

#include "lib/text/byte_masks.h"

namespace nutgraf::internal {

// Writes `base` + the position of each bit of `mask` to `out`, in order; returns how many there
// are. Up to 16 entries past the last may be overwritten: that saves a branch a bit, which would be
// mispredicted once a mask.
[[gnu::always_inline]] inline uint32_t BitPositions(uint64_t mask, uint32_t base, uint32_t* out) {
  const auto count = static_cast<uint32_t>(std::popcount(mask));
  const auto eight = [&](uint32_t from) {
    for (uint32_t k = 0; k < 8; ++k) {
      out[from + k] = base + static_cast<uint32_t>(std::countr_zero(mask));
      mask &= mask - 1;
    }
  };
  eight(0);
  if (count > 8) {
    eight(8);
    for (uint32_t from = 16; from < count; from += 8) eight(from);
  }
  return count;
}

#if defined(NUTGRAF_HAVE_AVX512)
// Requires a processor with AVX-512 (BW, VBMI2): the bytes 0 to 63, compressed by the mask, are the
// positions.
NUTGRAF_TARGET_AVX512 inline uint32_t BitPositionsAvx512(uint64_t mask, uint32_t base,
                                                         uint32_t* out) {
  alignas(64) static constexpr uint8_t kBytes[64] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const auto count = static_cast<uint32_t>(std::popcount(mask));
  const __m512i positions = _mm512_maskz_compress_epi8(mask, _mm512_load_si512(kBytes));
  const __m512i bases = _mm512_set1_epi32(static_cast<int>(base));
  // (The forms with an all-ones mask: GCC 12 warns about its own headers for the plain ones.)
  const auto store = [&](uint32_t from, __m128i sixteen) NUTGRAF_TARGET_AVX512 {
    const __m512i wide = _mm512_maskz_cvtepu8_epi32(0xFFFF, sixteen);
    _mm512_storeu_si512(out + from, _mm512_add_epi32(bases, wide));
  };
  store(0, _mm512_maskz_extracti32x4_epi32(0xF, positions, 0));
  if (count > 16) {
    alignas(64) uint8_t bytes[64];
    _mm512_store_si512(bytes, positions);
    for (uint32_t from = 16; from < count; from += 16) {
      store(from, _mm_load_si128(reinterpret_cast<const __m128i*>(bytes + from)));
    }
  }
  return count;
}
#endif

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_BIT_POSITIONS_H_
