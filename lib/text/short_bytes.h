// The bytes of a short ASCII token in one vector register: where its capitals are, and its two
// hashes.

#ifndef NUTGRAF_LIB_TEXT_SHORT_BYTES_H_
#define NUTGRAF_LIB_TEXT_SHORT_BYTES_H_

#include <cstdint>
#include <cstring>

#include "lib/text/byte_masks.h"
#include "lib/text/hash.h"
#include "lib/text/token_builder.h"

namespace nutgraf::internal {

// What the (at most 16) bytes of a short ASCII token say: one bit a byte, and the two hashes.
struct ShortBytes {
  uint32_t upper;  // upper-case letters
  uint32_t rest;   // all others
  uint64_t exact;
  uint64_t folded;
};

// Vector constants, kept in memory on purpose: compilers that see their values build them anew for
// every token.
struct alignas(16) ShortConstants {
  unsigned char mask[32];   // 16 bytes of ones, then 16 of zeros: loaded at 16 - n it keeps the
                            // first n of 16 bytes
  signed char upper[16];    // added to a byte, brings 'A' to -128
  signed char letters[16];  // -128 + 26
  unsigned char case_bit[16];
  uint64_t seeds[2];  // of HashBlock
};
extern const ShortConstants kShortConstants;

[[gnu::always_inline]] inline ShortBytes ClassifyShort(const char* bytes, uint32_t size) {
  ShortBytes out;
#if defined(__SSE2__)
  const auto load = [](const void* p) { return _mm_loadu_si128(static_cast<const __m128i*>(p)); };
  const __m128i mask = load(kShortConstants.mask + 16 - size);
  const __m128i v = _mm_and_si128(load(bytes), mask);
  const __m128i seeds = load(kShortConstants.seeds);
  // Unsigned c - low < count, by a signed comparison.
  const __m128i upper =
      _mm_cmplt_epi8(_mm_add_epi8(v, load(kShortConstants.upper)), load(kShortConstants.letters));
  const __m128i folded = _mm_or_si128(v, _mm_and_si128(upper, load(kShortConstants.case_bit)));
  out.rest = static_cast<uint32_t>(_mm_movemask_epi8(_mm_xor_si128(mask, upper)));
  out.upper = static_cast<uint32_t>(_mm_movemask_epi8(upper));
  const auto hash = [seeds](__m128i x) {  // HashBlock(0, low half, high half)
    x = _mm_xor_si128(x, seeds);
    return Mix(static_cast<uint64_t>(_mm_cvtsi128_si64(x)),
               static_cast<uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(x, x))));
  };
  out.exact = hash(v);
  out.folded = hash(folded);
#else
  unsigned char block[16] = {};
  std::memcpy(block, bytes, size);
  out.exact = HashBlock(0, LoadLittleEndian64(block), LoadLittleEndian64(block + 8));
  out.upper = 0;
  for (uint32_t i = 0; i < size; ++i) {
    const uint32_t bit = uint32_t{1} << i;
    if (IsAsciiUpper(block[i])) {
      out.upper |= bit;
      block[i] |= 0x20;
    }
  }
  out.rest = ((uint32_t{1} << size) - 1) ^ out.upper;
  out.folded = HashBlock(0, LoadLittleEndian64(block), LoadLittleEndian64(block + 8));
#endif
  return out;
}

#if defined(NUTGRAF_HAVE_AVX512)
// Requires a processor with AVX-512 (BW, VL).
NUTGRAF_TARGET_AVX512 inline ShortBytes ClassifyShortAvx512(const char* bytes, uint32_t size) {
  ShortBytes out;
  const uint32_t mask = _bzhi_u32(0xFFFF, size);
  const __m128i v = _mm_maskz_loadu_epi8(static_cast<__mmask16>(mask), bytes);
  const __mmask16 upper =
      _mm_cmplt_epu8_mask(_mm_sub_epi8(v, _mm_set1_epi8('A')), _mm_set1_epi8(26));
  const __m128i folded = _mm_mask_add_epi8(v, upper, v, _mm_set1_epi8(0x20));
  const __m128i seeds =
      _mm_set_epi64x(static_cast<int64_t>(kHashSeed1), static_cast<int64_t>(kHashSeed0));
  const __m128i a = _mm_xor_si128(v, seeds);
  const __m128i b = _mm_xor_si128(folded, seeds);
  out.upper = upper;
  out.rest = mask ^ out.upper;
  out.exact = Mix(static_cast<uint64_t>(_mm_cvtsi128_si64(a)),
                  static_cast<uint64_t>(_mm_extract_epi64(a, 1)));
  out.folded = Mix(static_cast<uint64_t>(_mm_cvtsi128_si64(b)),
                   static_cast<uint64_t>(_mm_extract_epi64(b, 1)));
  return out;
}
#endif

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_SHORT_BYTES_H_
