// The image of name parts: header (64 bytes), slots, groups; little-endian. docs/formats.md
// describes it.

#ifndef NUTGRAF_LIB_NAMES_FORMAT_H_
#define NUTGRAF_LIB_NAMES_FORMAT_H_

#include <cstdint>

#include "nutgraf/name_parts.h"

namespace nutgraf {

namespace name_parts_format {

inline constexpr char kMagic[8] = {'N', 'U', 'T', 'N', 'A', 'M', '\r', '\n'};
inline constexpr uint64_t kMostProbes = 256;

struct Header {
  char magic[8];
  uint16_t major;
  uint16_t minor;
  uint32_t tokenizer_version;
  uint64_t file_size;
  uint64_t checksum;  // of all bytes after the header
  uint32_t slot_count;
  uint32_t group_count;
  uint32_t word_count;
  uint32_t reserved[5];
};
static_assert(sizeof(Header) == 64);

enum SlotFlag : uint8_t {
  kSexMask = 3U,  // NameSex
  kFirst = 1U << 2,
  kLast = 1U << 3,
  kUsed = 1U << 4,
};

// A group with this bit holds a name and its nicknames, others spellings of one name.
inline constexpr uint32_t kNicknameGroup = 1U << 31;

}  // namespace name_parts_format

// A word. Open addressing, at most three quarters full, from row hash * slot_count / 2^64 on; the
// low bits of a hash tell no two words apart there.
struct NameParts::Slot {
  uint64_t hash;  // folded
  uint8_t first_frequency;
  uint8_t last_frequency;
  uint8_t flags;        // SlotFlag
  uint8_t group_count;  // of the groups that it is in
  uint32_t groups;      // first of them
};

}  // namespace nutgraf

#endif  // NUTGRAF_LIB_NAMES_FORMAT_H_
