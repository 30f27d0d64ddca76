// 64 bytes at a time: one bit a byte for each class of character that the tokenizer's fast path
// asks for.
//
//   ByteMasks m = ClassifyBlock(text.data() + i);  // SSE2 or NEON, else portable: the same bits
//   if (m.complex == 0) ...                        // plain ASCII words, numbers and marks only

#ifndef NUTGRAF_LIB_TEXT_BYTE_MASKS_H_
#define NUTGRAF_LIB_TEXT_BYTE_MASKS_H_

#include <cstdint>
#include <cstring>
#include <initializer_list>

#if defined(__SSE2__)
#include <emmintrin.h>
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>
// What can be compiled for; the processor is asked at run time.
#define NUTGRAF_HAVE_AVX2 1
#define NUTGRAF_HAVE_AVX512 1
#define NUTGRAF_TARGET_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt")))
#endif
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace nutgraf::internal {

struct ByteMasks {
  uint64_t letter;
  uint64_t digit;
  uint64_t space;  // separators: <= 0x20, 0x7F
  uint64_t blank;  // ' '
  uint64_t dot;
  uint64_t apostrophe;
  uint64_t comma;
  uint64_t dash;
  // Bytes by which a chunk (what stands between two separators) needs the scalar rules: non-ASCII,
  // _ @ # `, a mark that equals the byte before it ("...", "--"), "/" after ":" and a doubled w
  // (URLs).
  uint64_t complex;

  // Makes the bytes of `mask` separators.
  void Clear(uint64_t mask) {
    for (uint64_t* m : {&letter, &digit, &blank, &dot, &apostrophe, &comma, &dash, &complex})
      *m &= ~mask;
    space |= mask;
  }

  friend bool operator==(const ByteMasks&, const ByteMasks&) = default;
};

// The obvious definition; what the others must equal. Reads bytes[-1, 64).
inline ByteMasks ClassifyBlockPortable(const char* bytes) {
  ByteMasks m = {};
  for (int i = 0; i < 64; ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    const auto before = static_cast<unsigned char>(bytes[i - 1]);
    const uint64_t bit = uint64_t{1} << i;
    const bool letter = static_cast<unsigned char>((c | 0x20U) - 'a') < 26;
    const bool digit = static_cast<unsigned char>(c - '0') < 10;
    const bool space = c <= 0x20 || c == 0x7F;
    if (letter) m.letter |= bit;
    if (digit) m.digit |= bit;
    if (space) m.space |= bit;
    if (c == ' ') m.blank |= bit;
    if (c == '.') m.dot |= bit;
    if (c == '\'') m.apostrophe |= bit;
    if (c == ',') m.comma |= bit;
    if (c == '-') m.dash |= bit;
    const bool doubled = c == before && !letter && !digit && !space;
    if (c >= 0x80 || c == '_' || c == '@' || c == '#' || c == '`' || doubled ||
        (c == '/' && before == ':') || ((c | 0x20U) == 'w' && (before | 0x20U) == 'w')) {
      m.complex |= bit;
    }
  }
  return m;
}

#if defined(__SSE2__)

inline ByteMasks ClassifyBlock(const char* bytes) {
  ByteMasks m = {};
  const auto is = [](__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); };
  // Unsigned c - low < count, by a signed comparison.
  const auto in = [](__m128i v, int low, int count) {
    return _mm_cmplt_epi8(_mm_add_epi8(v, _mm_set1_epi8(static_cast<char>(-128 - low))),
                          _mm_set1_epi8(static_cast<char>(-128 + count)));
  };
  const auto bits = [](__m128i v) {
    return static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(v)));
  };
  for (int k = 0; k < 4; ++k) {
    const int shift = 16 * k;
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + shift));
    const __m128i before = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + shift - 1));
    const __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
    const __m128i letter = in(lower, 'a', 26);
    const __m128i digit = in(v, '0', 10);
    const __m128i space =
        _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x20)), v), is(v, 0x7F));
    const __m128i same = _mm_cmpeq_epi8(v, before);
    const __m128i plain = _mm_or_si128(_mm_or_si128(letter, digit), space);
    const __m128i doubled = _mm_andnot_si128(plain, same);
    // "ww" in any case: bytes that differ only in 0x20 would be missed by `same`, so compare the
    // lower-case forms.
    const __m128i ww =
        _mm_and_si128(is(lower, 'w'), is(_mm_or_si128(before, _mm_set1_epi8(0x20)), 'w'));
    const __m128i url = _mm_and_si128(is(v, '/'), is(before, ':'));
    const __m128i marks =
        _mm_or_si128(_mm_or_si128(is(v, '_'), is(v, '@')), _mm_or_si128(is(v, '#'), is(v, '`')));
    m.letter |= bits(letter) << shift;
    m.digit |= bits(digit) << shift;
    m.space |= bits(space) << shift;
    m.blank |= bits(is(v, ' ')) << shift;
    m.dot |= bits(is(v, '.')) << shift;
    m.apostrophe |= bits(is(v, '\'')) << shift;
    m.comma |= bits(is(v, ',')) << shift;
    m.dash |= bits(is(v, '-')) << shift;
    m.complex |=
        bits(_mm_or_si128(_mm_or_si128(v, marks), _mm_or_si128(_mm_or_si128(doubled, url), ww)))
        << shift;
  }
  return m;
}

#if defined(NUTGRAF_HAVE_AVX2)
// Requires a processor with AVX2.
__attribute__((target("avx2,bmi,bmi2,popcnt"))) inline ByteMasks ClassifyBlockAvx2(
    const char* bytes) {
  ByteMasks m = {};
  const __m256i case_bit = _mm256_set1_epi8(0x20);
  for (int k = 0; k < 2; ++k) {
    const int shift = 32 * k;
    const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + shift));
    const __m256i before = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + shift - 1));
    const __m256i lower = _mm256_or_si256(v, case_bit);
    const __m256i letter =
        _mm256_cmpgt_epi8(_mm256_set1_epi8(-128 + 26),
                          _mm256_add_epi8(lower, _mm256_set1_epi8(static_cast<char>(-128 - 'a'))));
    const __m256i digit =
        _mm256_cmpgt_epi8(_mm256_set1_epi8(-128 + 10),
                          _mm256_add_epi8(v, _mm256_set1_epi8(static_cast<char>(-128 - '0'))));
    const __m256i space = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(v, case_bit), v),
                                          _mm256_cmpeq_epi8(v, _mm256_set1_epi8(0x7F)));
    const __m256i plain = _mm256_or_si256(_mm256_or_si256(letter, digit), space);
    const __m256i doubled = _mm256_andnot_si256(plain, _mm256_cmpeq_epi8(v, before));
    const __m256i ww = _mm256_and_si256(
        _mm256_cmpeq_epi8(lower, _mm256_set1_epi8('w')),
        _mm256_cmpeq_epi8(_mm256_or_si256(before, case_bit), _mm256_set1_epi8('w')));
    const __m256i url = _mm256_and_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('/')),
                                         _mm256_cmpeq_epi8(before, _mm256_set1_epi8(':')));
    const __m256i marks =
        _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('_')),
                                        _mm256_cmpeq_epi8(v, _mm256_set1_epi8('@'))),
                        _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('#')),
                                        _mm256_cmpeq_epi8(v, _mm256_set1_epi8('`'))));
    const __m256i complex = _mm256_or_si256(_mm256_or_si256(v, marks),
                                            _mm256_or_si256(_mm256_or_si256(doubled, url), ww));
    const auto add = [shift](uint64_t & mask, __m256i x)
        __attribute__((target("avx2,bmi,bmi2,popcnt"))) {
      mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm256_movemask_epi8(x))) << shift;
    };
    add(m.letter, letter);
    add(m.digit, digit);
    add(m.space, space);
    add(m.blank, _mm256_cmpeq_epi8(v, case_bit));
    add(m.dot, _mm256_cmpeq_epi8(v, _mm256_set1_epi8('.')));
    add(m.apostrophe, _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\'')));
    add(m.comma, _mm256_cmpeq_epi8(v, _mm256_set1_epi8(',')));
    add(m.dash, _mm256_cmpeq_epi8(v, _mm256_set1_epi8('-')));
    add(m.complex, complex);
  }
  return m;
}
#endif

#if defined(NUTGRAF_HAVE_AVX512)
// Requires a processor with AVX-512 (BW).
NUTGRAF_TARGET_AVX512 inline ByteMasks ClassifyBlockAvx512(const char* bytes) {
  ByteMasks m;
  const auto is = [](__m512i v, char c) NUTGRAF_TARGET_AVX512 {
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
  };
  const auto in = [](__m512i v, char low, char count) NUTGRAF_TARGET_AVX512 {
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(low)),
                                  _mm512_set1_epi8(count));
  };
  const __m512i case_bit = _mm512_set1_epi8(0x20);
  const __m512i v = _mm512_loadu_si512(bytes);
  const __m512i before = _mm512_loadu_si512(bytes - 1);
  const __m512i lower = _mm512_or_si512(v, case_bit);
  m.letter = in(lower, 'a', 26);
  m.digit = in(v, '0', 10);
  m.space = _mm512_cmple_epu8_mask(v, case_bit) | is(v, 0x7F);
  m.blank = is(v, ' ');
  m.dot = is(v, '.');
  m.apostrophe = is(v, '\'');
  m.comma = is(v, ',');
  m.dash = is(v, '-');
  const uint64_t doubled = _mm512_cmpeq_epi8_mask(v, before) & ~(m.letter | m.digit | m.space);
  const uint64_t url = is(v, '/') & is(before, ':');
  const uint64_t ww = is(lower, 'w') & is(_mm512_or_si512(before, case_bit), 'w');
  m.complex = _mm512_movepi8_mask(v) | is(v, '_') | is(v, '@') | is(v, '#') | is(v, '`') | doubled |
              url | ww;
  return m;
}
#endif

#elif defined(__ARM_NEON) && defined(__aarch64__)

inline ByteMasks ClassifyBlock(const char* bytes) {
  ByteMasks m = {};
  const auto is = [](uint8x16_t v, char c) {
    return vceqq_u8(v, vdupq_n_u8(static_cast<uint8_t>(c)));
  };
  const auto in = [](uint8x16_t v, uint8_t low, uint8_t count) {
    return vcltq_u8(vsubq_u8(v, vdupq_n_u8(low)), vdupq_n_u8(count));
  };
  // One bit a byte: keep bit i of lane i (mod 8), add up the halves.
  const auto bits = [](uint8x16_t v) {
    const uint8x16_t weight = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t kept = vandq_u8(v, weight);
    return static_cast<uint64_t>(vaddv_u8(vget_low_u8(kept))) |
           (static_cast<uint64_t>(vaddv_u8(vget_high_u8(kept))) << 8);
  };
  for (int k = 0; k < 4; ++k) {
    const int shift = 16 * k;
    const uint8x16_t v = vld1q_u8(reinterpret_cast<const uint8_t*>(bytes) + shift);
    const uint8x16_t before = vld1q_u8(reinterpret_cast<const uint8_t*>(bytes) + shift - 1);
    const uint8x16_t lower = vorrq_u8(v, vdupq_n_u8(0x20));
    const uint8x16_t letter = in(lower, 'a', 26);
    const uint8x16_t digit = in(v, '0', 10);
    const uint8x16_t space = vorrq_u8(vcleq_u8(v, vdupq_n_u8(0x20)), is(v, 0x7F));
    const uint8x16_t plain = vorrq_u8(vorrq_u8(letter, digit), space);
    const uint8x16_t doubled = vbicq_u8(vceqq_u8(v, before), plain);
    const uint8x16_t ww = vandq_u8(is(lower, 'w'), is(vorrq_u8(before, vdupq_n_u8(0x20)), 'w'));
    const uint8x16_t url = vandq_u8(is(v, '/'), is(before, ':'));
    const uint8x16_t marks =
        vorrq_u8(vorrq_u8(is(v, '_'), is(v, '@')), vorrq_u8(is(v, '#'), is(v, '`')));
    const uint8x16_t high = vcgeq_u8(v, vdupq_n_u8(0x80));
    m.letter |= bits(letter) << shift;
    m.digit |= bits(digit) << shift;
    m.space |= bits(space) << shift;
    m.blank |= bits(is(v, ' ')) << shift;
    m.dot |= bits(is(v, '.')) << shift;
    m.apostrophe |= bits(is(v, '\'')) << shift;
    m.comma |= bits(is(v, ',')) << shift;
    m.dash |= bits(is(v, '-')) << shift;
    m.complex |= bits(vorrq_u8(vorrq_u8(high, marks), vorrq_u8(vorrq_u8(doubled, url), ww)))
                 << shift;
  }
  return m;
}

#else

inline ByteMasks ClassifyBlock(const char* bytes) { return ClassifyBlockPortable(bytes); }

#endif

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_BYTE_MASKS_H_
