// What a gazetteer image is made of, and how it is written.

#ifndef NUTGRAF_LIB_GAZETTEER_IMAGE_WRITER_H_
#define NUTGRAF_LIB_GAZETTEER_IMAGE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace nutgraf::internal {

// Of a name, and of an id.
inline constexpr size_t kMostNameBytes = std::numeric_limits<uint16_t>::max();

// Names and what they mean, as a builder has collected them. Hashes and text stand in pools, so that
// a name allocates nothing of its own.
struct CollectedNames {
  struct Entry {
    std::string name;
    std::string id;
    uint32_t type;
  };
  struct Name {
    uint64_t key;     // hash of the whole sequence
    uint64_t hashes;  // the first of its tokens' hashes
    uint64_t text;
    uint32_t entry;
    uint16_t size;
    uint8_t hash_count;
    uint8_t tail;   // tokens
    uint8_t flags;  // GazetteerPolicy
    uint8_t prior;
    bool lower_start;
    bool of_words;  // is its tokens with one blank between
    bool variant;   // nobody wrote it so
  };

  std::vector<std::string> types;
  std::vector<Entry> entries;
  std::vector<Name> names;
  std::vector<uint64_t> hashes;
  std::string texts;
  std::string licence;

  std::string_view Text(const Name& name) const {
    return std::string_view(texts).substr(name.text, name.size);
  }
};

// The bytes of the image: the same for the same names in the same order. `flags` are those of the
// names, all told. ResourceExhausted where a part of it would be too large to be addressed.
absl::StatusOr<std::string> WriteImage(const CollectedNames& collected,
                                       const std::vector<uint8_t>& flags, bool near_matches);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_GAZETTEER_IMAGE_WRITER_H_
