// Random numbers that are the same everywhere: of a seed and two numbers that say what they are for.

#ifndef NUTGRAF_LIB_TAGGER_RANDOM_H_
#define NUTGRAF_LIB_TAGGER_RANDOM_H_

#include <cstdint>

#include "lib/text/hash.h"

namespace nutgraf::internal {

class Random {
 public:
  Random(uint64_t seed, uint64_t a, uint64_t b)
      : state_(Mix(Mix(seed ^ kHashSeed0, a ^ kHashSeed1) ^ kPrefixSeed0, b ^ kPrefixSeed1)) {}

  uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    return Mix(state_ ^ kHashSeed0, kHashSeed1);
  }
  // Less than `n`, which is not 0.
  uint64_t Below(uint64_t n) { return ((Next() >> 32) * n) >> 32; }
  bool Chance(float probability) {
    return static_cast<float>(Next() >> 40) < probability * 16777216.0F;
  }

 private:
  uint64_t state_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_RANDOM_H_
