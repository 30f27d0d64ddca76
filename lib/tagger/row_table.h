// The weights of features: a row of small integers, a lane a state, found by the feature's hash.

#ifndef NUTGRAF_LIB_TAGGER_ROW_TABLE_H_
#define NUTGRAF_LIB_TAGGER_ROW_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "lib/tagger/features.h"

namespace nutgraf::internal {

// The row of a table for a feature.
inline uint32_t RowOf(uint32_t hash, uint32_t row_count) {
  return static_cast<uint32_t>((uint64_t{hash} * row_count) >> 32);
}

// Eight lanes at once: written out, since compilers fear that the rows overlap the sums.
using EightSums = int16_t __attribute__((vector_size(16)));
using EightWeights = int8_t __attribute__((vector_size(8)));

inline EightSums LoadEight(const int16_t* from) {
  EightSums lanes;
  std::memcpy(&lanes, from, sizeof(lanes));
  return lanes;
}
inline EightSums LoadEight(const int8_t* from) {
  EightWeights lanes;
  std::memcpy(&lanes, from, sizeof(lanes));
  return __builtin_convertvector(lanes, EightSums);
}

// Adds sums of weights, or a row of them, to `to`.
template <size_t kLanes, class Number>
void AddLanes(const Number* from, int16_t* to) {
  static_assert(kLanes % 8 == 0);
  for (size_t s = 0; s < kLanes; s += 8) {
    const EightSums sums = LoadEight(to + s) + LoadEight(from + s);
    std::memcpy(to + s, &sums, sizeof(sums));
  }
}

// A view of rows. Sums stay in the range of their type: weights are in [-128, 127], and a token has
// fewer than 256 features.
template <size_t kLanes>
class RowTable {
 public:
  RowTable() = default;
  RowTable(const int8_t* rows, uint32_t count) : rows_(rows), count_(count) {}

  uint32_t count() const { return count_; }
  // Requires a table that is not empty.
  const int8_t* Row(uint32_t hash) const { return rows_ + size_t{RowOf(hash, count_)} * kLanes; }

  void Prefetch(const Features& features) const {
    for (uint32_t f = 0; f < features.count; ++f) __builtin_prefetch(Row(features.hashes[f]));
  }
  void Add(const Features& features, int16_t* lanes) const {
    for (uint32_t f = 0; f < features.count; ++f) AddLanes<kLanes>(Row(features.hashes[f]), lanes);
  }

 private:
  const int8_t* rows_ = nullptr;
  uint32_t count_ = 0;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_ROW_TABLE_H_
