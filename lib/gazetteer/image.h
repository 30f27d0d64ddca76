// The gazetteer's image: file format and memory format in one. docs/formats.md describes it for
// readers in other languages.
//
// Header (64 bytes), section table, sections, each at a multiple of 64; all numbers little-endian:
//   filter    bits of the first tokens' hashes, a power of two of 64-bit words
//   slots     open addressing over the hashes of token sequences, each prefix of each name once
//   heap      the names as written, those of one token sequence in a row, each behind its head;
//             then all other text
//   entries   what names mean
//   types     names of types
//   licence   text
//   near      open addressing over names with a letter left out; empty unless asked for
//
// A name costs about 8 bytes of slots (12 with the empty ones), 8 of head, 12 of entry, and its
// text once.

#ifndef NUTGRAF_LIB_GAZETTEER_IMAGE_H_
#define NUTGRAF_LIB_GAZETTEER_IMAGE_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
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
  kHeap,
  kEntries,
  kTypes,
  kLicence,
  kNear,
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
  uint32_t name_count;
  uint64_t multiplier;  // odd; see SlotKey
  uint32_t names_size;  // bytes of the heap that are names
  uint32_t flags;       // HeaderFlag
  uint32_t reserved[2];
};
static_assert(sizeof(Header) == 64);

enum HeaderFlag : uint32_t {
  kHasAnyCase = 1U << 0,  // a name may be written in lower case
};

// Raised when the same text may give other tokens or hashes: images made before are then refused.
inline constexpr uint32_t kTokenizerVersion = 1;

struct SectionRow {
  uint32_t id;
  uint32_t reserved;
  uint64_t offset;
  uint64_t size;
};

// Where a token sequence leads. An empty slot is all zero.
struct Slot {
  uint32_t tag;
  uint32_t link;  // bit 0: longer names begin like this; above it: 1 + place of its first name in
                  // the heap, in units of 4 bytes, or 0 where no name ends here

  bool empty() const { return link == 0; }
  bool longer() const { return (link & 1U) != 0; }
  bool has_names() const { return link > 1; }
  uint64_t names() const { return (uint64_t{link >> 1} - 1) * 4; }
};
static_assert(sizeof(Slot) == 8);

enum NameFlag : uint8_t {
  kNameAnyCase = kAnyCase,
  kNameUpperCase = kUpperCase,
  kNameContext = kContextOnly,
  kNameNeverAlone = kNeverAlone,
  kNameLiteral = kLiteral,
  kNameTail = 1U << 5,  // the text's last byte is a number of tokens that follow the mention
  kNameCommonWord = 1U << 6,
  kNameLast = 1U << 7,  // of its token sequence
};

// Stands in the heap at a multiple of 4 bytes, its text behind it. The text is normalised (tokens
// with one space between, hyphens between words left out), but for kNameLiteral.
struct NameHead {
  uint32_t entry;
  uint16_t size;
  uint8_t flags;
  uint8_t prior;  // of 255
};
static_assert(sizeof(NameHead) == 8);

struct Entry {
  uint32_t name;  // in the heap
  uint32_t id;    // in the heap: two bytes size, then the text; 0xFFFFFFFF where there is none
  uint16_t name_size;
  uint8_t type;
  uint8_t reserved;
};
static_assert(sizeof(Entry) == 12);
inline constexpr uint32_t kNoId = 0xFFFFFFFFU;

struct TypeRow {
  uint32_t name;  // in the heap
  uint32_t size;
};

// A name with a letter left out leads to the name. An empty slot has name 0xFFFFFFFF.
struct NearSlot {
  uint32_t tag;
  uint32_t name;  // place in the heap, in units of 4 bytes
};
static_assert(sizeof(NearSlot) == 8);
inline constexpr uint32_t kNoName = 0xFFFFFFFFU;

}  // namespace gazetteer_format

namespace internal {

// Hash of a sequence of one token is its folded hash; see ExtendPrefix for longer ones.
inline uint64_t BeginSequence(uint64_t folded) { return folded; }

// Whether a name or text begins without capitals and digits. Most words of a text do and begin no
// name, so the filter keeps them apart.
inline bool IsLowerStart(const Token& token) {
  return !token.Has(kUpperFirst | kUpperLater | kDigit);
}

// Two bits of one word of the filter.
struct FilterBits {
  uint64_t word;
  uint64_t bits;
};
inline FilterBits FilterOf(uint64_t folded, bool lower_start) {
  const uint64_t key = lower_start ? (folded << 17) | (folded >> 47) : folded;
  return {key >> 12, (uint64_t{1} << (key & 63U)) | (uint64_t{1} << ((key >> 6) & 63U))};
}

// Where a hash is looked for in a table of `count` slots, and the tag it has there. The multiplier
// is the image's: the builder chooses one for which no two sequences that meet share a tag.
struct SlotKey {
  uint64_t home;
  uint32_t tag;
};
inline SlotKey SlotKeyOf(uint64_t hash, uint64_t multiplier, uint64_t count) {
  const uint64_t x = hash * multiplier;
  return {((x & 0xFFFFFFFFU) * count) >> 32, static_cast<uint32_t>(x >> 32)};
}
// A built image never needs as many probes.
inline constexpr uint64_t kMostProbes = 256;

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
  gazetteer_format::Header header() const {
    gazetteer_format::Header header;
    std::memcpy(&header, bytes_.data(), sizeof(header));
    return header;
  }

  // False where no name begins with this token.
  bool MayBegin(const Token& token) const {
    const internal::FilterBits f = internal::FilterOf(token.folded, internal::IsLowerStart(token));
    return (filter_[f.word & filter_mask_] & f.bits) == f.bits;
  }

  // Asks the processor for the slot of a token sequence, which Find() will look at soon.
  void Prefetch(uint64_t hash) const {
    __builtin_prefetch(slots_ + internal::SlotKeyOf(hash, multiplier_, slot_count_).home);
  }

  // The slot of a token sequence; null where there is none.
  const gazetteer_format::Slot* Find(uint64_t hash) const {
    const internal::SlotKey key = internal::SlotKeyOf(hash, multiplier_, slot_count_);
    for (uint64_t i = key.home, n = 0; n < internal::kMostProbes; ++n) {
      const gazetteer_format::Slot& slot = slots_[i];
      if (slot.empty()) return nullptr;
      if (slot.tag == key.tag) return &slot;
      if (++i == slot_count_) i = 0;
    }
    return nullptr;
  }

  // A name as it stands in the image.
  struct Name {
    uint32_t entry = 0;
    uint8_t flags = 0;
    uint8_t prior = 0;
    std::string_view text;
    uint32_t tail = 0;   // tokens at its end that are no part of the mention
    uint64_t place = 0;  // in the heap
  };

  // Walks over the names from a place on, to the end of their token sequence:
  //   for (NameCursor c = image.NamesOf(slot); c.Next();) Use(c.name());
  class NameCursor {
   public:
    NameCursor(std::string_view names, uint64_t place, bool all)
        : names_(names), place_(place), all_(all) {}
    bool Next() {
      gazetteer_format::NameHead head;
      if (done_ || place_ >= names_.size() || names_.size() - place_ < sizeof(head)) return false;
      std::memcpy(&head, names_.data() + place_, sizeof(head));
      if (names_.size() - place_ - sizeof(head) < head.size) return false;
      name_ = {.entry = head.entry,
               .flags = head.flags,
               .prior = head.prior,
               .text = names_.substr(place_ + sizeof(head), head.size),
               .tail = 0,
               .place = place_};
      if ((head.flags & gazetteer_format::kNameTail) != 0 && head.size > 0) {
        name_.tail = static_cast<unsigned char>(name_.text.back());
        name_.text.remove_suffix(1);
      }
      place_ += (sizeof(head) + head.size + 3) / 4 * 4;
      done_ = !all_ && (head.flags & gazetteer_format::kNameLast) != 0;
      return true;
    }
    const Name& name() const { return name_; }

   private:
    std::string_view names_;
    uint64_t place_;
    bool all_;
    bool done_ = false;
    Name name_;
  };
  // Requires slot.has_names().
  NameCursor NamesOf(const gazetteer_format::Slot& slot) const {
    return NameCursor(names_, slot.names(), false);
  }
  NameCursor NameAt(uint64_t place) const { return NameCursor(names_, place, false); }
  NameCursor AllNames() const { return NameCursor(names_, 0, true); }

  size_t name_count() const { return name_count_; }
  size_t entry_count() const { return entry_count_; }
  const gazetteer_format::Entry* entry(uint64_t i) const {
    return i < entry_count_ ? entries_ + i : nullptr;
  }
  std::string_view entry_name(const gazetteer_format::Entry& e) const {
    return string(e.name, e.name_size);
  }
  std::string_view entry_id(const gazetteer_format::Entry& e) const {
    if (e.id == gazetteer_format::kNoId) return {};
    const std::string_view size = string(e.id, 2);
    if (size.empty()) return {};
    return string(uint64_t{e.id} + 2, static_cast<uint64_t>(static_cast<unsigned char>(size[0])) |
                                          static_cast<uint64_t>(static_cast<unsigned char>(size[1]))
                                              << 8);
  }
  uint32_t type_count() const { return type_count_; }
  std::string_view type_name(uint32_t type) const {
    return type < type_count_ ? string(types_[type].name, types_[type].size) : std::string_view();
  }
  EntityType type(uint32_t type) const {
    return type < type_count_ ? entity_types_[type & 255U] : EntityType::kOther;
  }
  absl::Span<const gazetteer_format::NearSlot> near_slots() const { return {near_, near_count_}; }
  uint64_t multiplier() const { return multiplier_; }
  // Whether some name is found in any case.
  bool has_any_case() const { return (flags_ & gazetteer_format::kHasAnyCase) != 0; }
  std::string_view licence() const { return licence_; }
  absl::Status Verify() const;

 private:
  std::string_view string(uint64_t offset, uint64_t size) const {
    return offset <= heap_.size() && size <= heap_.size() - offset ? heap_.substr(offset, size)
                                                                   : std::string_view();
  }

  std::string_view bytes_;
  std::shared_ptr<const void> owner_;
  const uint64_t* filter_ = nullptr;
  uint64_t filter_mask_ = 0;
  const gazetteer_format::Slot* slots_ = nullptr;
  uint64_t slot_count_ = 0;
  uint64_t multiplier_ = 1;
  uint32_t flags_ = 0;
  std::string_view heap_;
  std::string_view names_;  // the first part of the heap
  size_t name_count_ = 0;
  const gazetteer_format::Entry* entries_ = nullptr;
  size_t entry_count_ = 0;
  const gazetteer_format::TypeRow* types_ = nullptr;
  uint32_t type_count_ = 0;
  std::array<EntityType, 256> entity_types_ = {};
  std::string_view licence_;
  const gazetteer_format::NearSlot* near_ = nullptr;
  size_t near_count_ = 0;
};

}  // namespace nutgraf

#endif  // NUTGRAF_LIB_GAZETTEER_IMAGE_H_
