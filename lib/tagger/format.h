// The image of a tagger model: file format and memory format in one; little-endian.
// docs/formats.md describes it.
//
// Header (64 bytes), then without gaps, each at a multiple of 64: chain, words, rows, licence.

#ifndef NUTGRAF_LIB_TAGGER_FORMAT_H_
#define NUTGRAF_LIB_TAGGER_FORMAT_H_

#include <cstdint>

#include "lib/tagger/states.h"

namespace nutgraf::tagger_format {

inline constexpr char kMagic[8] = {'N', 'U', 'T', 'T', 'A', 'G', '\r', '\n'};
inline constexpr uint64_t kAlignment = 64;

// Raised whenever the same tokens may give other features: models made before are then refused.
inline constexpr uint32_t kFeatureVersion = 1;

struct Header {
  char magic[8];
  uint16_t major;
  uint16_t minor;
  uint32_t tokenizer_version;
  uint64_t file_size;
  uint64_t checksum;  // of all bytes after the header
  uint32_t feature_version;
  uint32_t type_count;
  uint32_t word_slots;
  uint32_t row_count;
  uint32_t licence_size;
  float unit;  // what a weight of 1 is worth in the logarithm of odds
  uint32_t reserved[2];
};
static_assert(sizeof(Header) == 64);

inline constexpr uint32_t kTypeNameSize = 32;
inline constexpr uint32_t kCalibrationPoints = 16;

struct Chain {
  char types[internal::kMostTypes][kTypeNameSize];  // names, padded with zero bytes
  int16_t bias[internal::kLanes];                   // of every token
  internal::Transitions<int16_t> transitions;
  // Confidence for a posterior probability of 1 - 2^-(i / 2): what part of such spans is right.
  float calibration[kCalibrationPoints];
};

// A row: the weights of a feature.
struct Row {
  int8_t weights[internal::kLanes];
};
static_assert(sizeof(Row) == 32);

// A word, in open addressing from row (hash >> 32) * word_slots >> 32 on: clusters in the low bits,
// then frequencies as a name, then the low bits of the folded hash. 0 where none is.
enum WordBits : uint32_t {
  kCluster4096 = 0,   // 12 bits
  kCluster1024 = 12,  // 10
  kCluster256 = 22,   // 8
  kCluster64 = 30,    // 6
  kFirstName = 36,    // 2: 0 none, 3 frequent
  kLastName = 38,     // 2
  kHasClusters = 40,  // 1
  kTag = 41,          // 23
};
inline constexpr uint64_t kMostProbes = 64;

}  // namespace nutgraf::tagger_format

#endif  // NUTGRAF_LIB_TAGGER_FORMAT_H_
