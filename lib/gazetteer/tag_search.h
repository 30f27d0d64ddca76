// Which of the ten tags of a bucket are the one that is looked for.

#ifndef NUTGRAF_LIB_GAZETTEER_TAG_SEARCH_H_
#define NUTGRAF_LIB_GAZETTEER_TAG_SEARCH_H_

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace nutgraf::internal {

inline constexpr uint32_t kTags = 10;

// Bit i is set where tags[i] == tag.
inline uint32_t SameTags(const uint16_t (&tags)[kTags], uint16_t tag) {
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi16(static_cast<int16_t>(tag));
  const __m128i same =
      _mm_cmpeq_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(tags)), wanted);
  const auto first = static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(same, same))) & 255U;
  return first | static_cast<uint32_t>(tags[8] == tag) << 8 |
         static_cast<uint32_t>(tags[9] == tag) << 9;
#else
  uint32_t same = 0;
  for (uint32_t i = 0; i < kTags; ++i) same |= static_cast<uint32_t>(tags[i] == tag) << i;
  return same;
#endif
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_GAZETTEER_TAG_SEARCH_H_
