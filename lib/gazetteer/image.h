// The gazetteer's image: file format and memory format in one. docs/formats.md describes it for
// readers in other languages.
//
// Header (64 bytes), section table, sections, each at a multiple of 64; all numbers little-endian:
//   filter    bits of the first tokens' hashes, a power of two of 64-bit words
//   slots     open addressing over the hashes of token sequences, each prefix of each name once; a
//             power of two
//   surfaces  names as written, those of one token sequence in a row
//   entries   what names mean
//   types     names of types
//   strings   all text
//   licence   text

#ifndef NUTGRAF_LIB_GAZETTEER_IMAGE_H_
#define NUTGRAF_LIB_GAZETTEER_IMAGE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/text/hash.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/token.h"

namespace nutgraf {

namespace gazetteer_format {

inline constexpr char kMagic[8] = {'N', 'U', 'T', 'G', 'A', 'Z', '\r', '\n'};
inline constexpr uint32_t kLongestName = 32;  // tokens
inline constexpr uint32_t kAlignment = 64;

enum Section : uint32_t {
  kFilter = 0,
  kSlots,
  kSurfaces,
  kEntries,
  kTypes,
  kStrings,
  kLicence,
  kSectionCount
};

struct Header {
  char magic[8];
  uint16_t major;
  uint16_t minor;
  uint32_t section_count;
  uint64_t file_size;
  uint64_t checksum;           // of all bytes after the header
  uint32_t tokenizer_version;  // kTokenizerVersion
  uint32_t flags;              // none yet
  uint64_t reserved[3];
};
static_assert(sizeof(Header) == 64);

// Raised when the same text may give other tokens or hashes: images made before are then refused.
inline constexpr uint32_t kTokenizerVersion = 1;

struct SectionRow {
  uint32_t id;
  uint32_t reserved;
  uint64_t offset;
  uint64_t size;
};

struct Slot {
  uint64_t hash;
  uint32_t surface;  // first of its surfaces + 1; 0 where only longer names go through here
  uint32_t longer;   // 1 where longer names begin like this
};
static_assert(sizeof(Slot) == 16);

enum SurfaceFlag : uint8_t {
  kSurfaceAnyCase = kAnyCase,
  kSurfaceUpperCase = kUpperCase,
  kSurfaceContext = kContextOnly,
  kSurfaceCommonWord = 1U << 3,
  kSurfaceLast = 1U << 7,  // of its token sequence
};

// Text is normalised: tokens with one space between, hyphens between words left out.
struct Surface {
  uint32_t entry;
  uint32_t text;
  uint16_t size;
  uint8_t flags;
  uint8_t prior;  // of 255
};
static_assert(sizeof(Surface) == 12);

struct Entry {
  uint32_t name;
  uint32_t id;
  uint16_t name_size;
  uint16_t id_size;
  uint32_t type;
};
static_assert(sizeof(Entry) == 16);

struct TypeRow {
  uint32_t name;
  uint32_t size;
};

}  // namespace gazetteer_format

namespace internal {

// Hash of a sequence of one token is its folded hash; see ExtendPrefix for longer ones.
inline uint64_t BeginSequence(uint64_t folded) { return folded; }

// Whether a name or text begins without capitals and digits. Most words of a text do and begin no
// name, so the filter keeps them apart.
inline bool IsLowerStart(const Token& token) {
  return !token.Has(kUpperFirst | kUpperLater | kDigit);
}
inline uint64_t FilterKey(uint64_t folded, bool lower_start) {
  return lower_start ? (folded << 17) | (folded >> 47) : folded;
}

// Checksum of the image.
uint64_t Checksum(std::string_view bytes);

}  // namespace internal

// A view of an image whose header and section table have been checked. Every accessor stays inside
// the image whatever its content.
class Gazetteer::Image {
 public:
  static absl::StatusOr<std::shared_ptr<const Image>> Make(std::string_view bytes,
                                                           std::shared_ptr<const void> owner,
                                                           std::string_view source);

  std::string_view bytes() const { return bytes_; }

  // False where no name begins with this token.
  bool MayBegin(const Token& token) const {
    const uint64_t key = internal::FilterKey(token.folded, internal::IsLowerStart(token));
    return (filter_[(key >> 6) & filter_mask_] >> (key & 63U) & 1U) != 0;
  }

  // The slot of a token sequence; null where there is none. The number of probes is bounded by
  // kMostProbes, which a built image never needs.
  const gazetteer_format::Slot* Find(uint64_t hash) const {
    constexpr uint64_t kMostProbes = 256;
    for (uint64_t i = hash & slot_mask_, n = 0; n < kMostProbes; i = (i + 1) & slot_mask_, ++n) {
      const gazetteer_format::Slot& slot = slots_[i];
      if (slot.hash == hash && (slot.surface | slot.longer) != 0) return &slot;
      if ((slot.surface | slot.longer) == 0) return nullptr;
    }
    return nullptr;
  }

  size_t surface_count() const { return surface_count_; }
  size_t entry_count() const { return entry_count_; }
  const gazetteer_format::Surface* surface(uint64_t i) const {
    return i < surface_count_ ? surfaces_ + i : nullptr;
  }
  const gazetteer_format::Entry* entry(uint64_t i) const {
    return i < entry_count_ ? entries_ + i : nullptr;
  }
  std::string_view string(uint64_t offset, uint64_t size) const {
    return offset <= strings_.size() && size <= strings_.size() - offset
               ? strings_.substr(offset, size)
               : std::string_view();
  }
  std::string_view type_name(uint32_t type) const {
    return type < type_count_ ? string(types_[type].name, types_[type].size) : std::string_view();
  }
  EntityType type(uint32_t type) const {
    return type < type_count_ ? entity_types_[type & 255U] : EntityType::kOther;
  }
  std::string_view licence() const { return licence_; }
  absl::Status Verify() const;

 private:
  std::string_view bytes_;
  std::shared_ptr<const void> owner_;
  const uint64_t* filter_ = nullptr;
  uint64_t filter_mask_ = 0;
  const gazetteer_format::Slot* slots_ = nullptr;
  uint64_t slot_mask_ = 0;
  const gazetteer_format::Surface* surfaces_ = nullptr;
  size_t surface_count_ = 0;
  const gazetteer_format::Entry* entries_ = nullptr;
  size_t entry_count_ = 0;
  const gazetteer_format::TypeRow* types_ = nullptr;
  uint32_t type_count_ = 0;
  std::array<EntityType, 256> entity_types_ = {};
  std::string_view strings_;
  std::string_view licence_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_LIB_GAZETTEER_IMAGE_H_
