// Features as numbers: hashes of what is seen. Models depend on them: a change raises kFeatureVersion.

#ifndef NUTGRAF_LIB_TAGGER_FEATURE_HASH_H_
#define NUTGRAF_LIB_TAGGER_FEATURE_HASH_H_

#include <cstdint>

#include "lib/text/hash.h"

namespace nutgraf::internal {

// The feature `value` of template `kind`.
inline uint32_t FeatureHash(uint64_t kind, uint64_t value) {
  return static_cast<uint32_t>(Mix(value ^ kPrefixSeed0, (kind * kHashSeed1) ^ kPrefixSeed1) >> 32);
}

// Two values as one.
inline uint64_t Two(uint64_t a, uint64_t b) { return Mix(a ^ kHashSeed0, b ^ kHashSeed1); }

// A byte of a word, without the case of ASCII letters.
inline unsigned char FoldByte(char c) {
  return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_FEATURE_HASH_H_
