// The gazetteer's image: file format and memory format in one. docs/formats.md describes it for
// readers in other languages.
//
// Header (64 bytes), section table, sections, each at a multiple of 64; all numbers little-endian:
//   filter    bits of the first tokens' hashes, a power of two of 64-bit words
//   buckets   a hash table over token sequences, each prefix of each name once; a cache line holds
//             ten
//   names     what is found, those of one token sequence in a row: some bytes of head, then the
//             places of its words
//   text      words, each with its size in front, the frequent ones first: their places are short
//             numbers; then other text
//   entries   where each entry stands in the records
//   records   what names mean: type, canonical name, id. A name that is an entry of its own, without
//             id, has none
//   types     names of types
//   licence   text
//   near      open addressing over names with a letter left out; empty unless asked for
//
// A million names of 17 letters and 2.6 words, without ids, take some 18 MB in memory (and 4 MB of
// entries, which only those who enumerate them touch).

#ifndef NUTGRAF_LIB_GAZETTEER_IMAGE_H_
#define NUTGRAF_LIB_GAZETTEER_IMAGE_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lib/gazetteer/tag_search.h"
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
  kBuckets,
  kNames,
  kText,
  kEntries,
  kRecords,
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
  uint64_t multiplier;  // odd; see SlotKeyOf
  uint32_t flags;       // HeaderFlag
  uint32_t reserved[3];
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

// Ten slots in a cache line. A slot is used where its link is not 0.
struct Bucket {
  static constexpr uint32_t kSlots = internal::kTags;
  uint16_t tags[kSlots];
  uint32_t overflow;  // bit (tag & 31) of each sequence that belongs here or before and stands in a
                      // later bucket
  uint32_t links[kSlots];
};
static_assert(sizeof(Bucket) == 64);

// A slot's link: bit 0 where longer names begin with the sequence; above it 1 + the place of its
// first name among the names, or 0 where no name ends here.
inline constexpr uint32_t kLongerBit = 1;

enum NameFlag : uint8_t {
  kNameAnyCase = kAnyCase,
  kNameUpperCase = kUpperCase,
  kNameContext = kContextOnly,
  kNameNeverAlone = kNeverAlone,
  kNameLiteral = kLiteral,
  kNameCommonWord = 1U << 6,
  kNameLast = 1U << 7,  // of its token sequence
};

// A name: flags, prior (of 255), type, shape, each a byte; then, where its shape says so, the tail
// (a byte: tokens at its end that are no part of the mention) and the place of its record (a varint);
// then the places of its words in the text (varints), or, where it has none, its text (size in two bytes, then the bytes).
// Varints are LEB128.
enum NameShape : uint8_t {
  kWordCount = 63U,      // words, which stand one blank apart; 0: text of its own
  kHasRecord = 1U << 6,  // else it is an entry of its own: it has no id, and is its name
  kHasTail = 1U << 7,
};

// A record: number of its entry, sizes of name and id, type; then both texts.
struct RecordHead {
  uint32_t entry;
  uint16_t name_size;
  uint16_t id_size;
  uint32_t type;
};
static_assert(sizeof(RecordHead) == 12);

// In the entries: the place of the record, or, with this bit, that of the name which is the entry.
inline constexpr uint32_t kIsName = 1U << 31;

struct TypeRow {
  uint32_t name;  // in the text
  uint32_t size;
};

// A name with a letter left out leads to the name. An empty slot has name 0xFFFFFFFF.
struct NearSlot {
  uint32_t tag;
  uint32_t name;  // its place
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

// Where a hash is looked for in a table of `count` rows, and the tag it has there; a bucket keeps
// the low 16 bits of the tag. The multiplier is the image's: the builder chooses one for which few
// sequences that meet share a tag.
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

  // Asks the processor for the bucket of a token sequence, which Find() will look at soon.
  void Prefetch(uint64_t hash) const {
    __builtin_prefetch(buckets_ + internal::SlotKeyOf(hash, multiplier_, bucket_count_).home);
  }

  // The same for a name.
  void PrefetchName(uint32_t place) const {
    if (place < names_.size()) __builtin_prefetch(names_.data() + place);
  }

  // What is known of a token sequence. Where tags of other sequences are the same, their names are
  // among the places too, and `longer` may be theirs: whoever finds names compares their words.
  struct Sequence {
    static constexpr uint32_t kMostPlaces = 4;
    bool longer = false;  // longer names begin like this
    uint32_t count = 0;
    uint32_t places[kMostPlaces];  // of the first names of each
  };
  Sequence Find(uint64_t hash) const {
    const internal::SlotKey key = internal::SlotKeyOf(hash, multiplier_, bucket_count_);
    const auto tag = static_cast<uint16_t>(key.tag);
    Sequence found;
    for (uint64_t i = key.home, n = 0; n < internal::kMostProbes; ++n) {
      const gazetteer_format::Bucket& bucket = buckets_[i];
      for (uint32_t same = internal::SameTags(bucket.tags, tag); same != 0; same &= same - 1) {
        const uint32_t link = bucket.links[__builtin_ctz(same)];
        found.longer = found.longer || (link & gazetteer_format::kLongerBit) != 0;
        if (link > 1 && found.count < Sequence::kMostPlaces)
          found.places[found.count++] = (link >> 1) - 1;
      }
      if ((bucket.overflow >> (tag & 31U) & 1U) == 0) break;
      if (++i == bucket_count_) i = 0;
    }
    return found;
  }

  // A name as it stands in the image.
  struct Name {
    uint8_t flags = 0;
    uint8_t prior = 0;
    uint8_t type = 0;
    uint8_t tail = 0;     // tokens at its end that are no part of the mention
    uint32_t place = 0;   // among the names
    uint32_t record = 0;  // place among the records
    bool has_record = false;
    uint32_t word_count = 0;  // 0: `text` is the name
    std::string_view text;    // begins with its words' places, or is the name
  };

  // Walks over the names from a place on, to the end of their token sequence:
  //   for (NameCursor c = image.NamesAt(place); c.Next();) Use(c.name());
  class NameCursor {
   public:
    NameCursor(std::string_view names, uint64_t place, bool all)
        : names_(names), place_(place), all_(all) {}
    bool Next();
    const Name& name() const { return name_; }
    // Where the names behind the one at hand begin.
    uint64_t End() {
      SkipWords();
      return place_;
    }
    // Whether all words of the name at hand are there, once End() was asked.
    bool whole() const { return words_left_ == 0; }

   private:
    // The words of the last name: most sequences have one, and then nobody asks where it ends.
    void SkipWords() {
      for (; words_left_ > 0 && place_ < names_.size(); ++place_) {
        if ((static_cast<unsigned char>(names_[place_]) & 128U) == 0) --words_left_;
      }
    }

    std::string_view names_;
    uint64_t place_;
    bool all_;
    bool done_ = false;
    uint32_t words_left_ = 0;
    Name name_;
  };
  NameCursor NamesAt(uint64_t place) const { return NameCursor(names_, place, false); }
  NameCursor AllNames() const { return NameCursor(names_, 0, true); }

  // Walks over the words of a name that has some:
  //   for (WordCursor w = image.WordsOf(name); w.Next();) Use(w.word());
  class WordCursor {
   public:
    WordCursor(const Image& image, const Name& name)
        : image_(image), left_(name.word_count), places_(name.text) {}
    bool Next() {
      if (left_ == 0) return false;
      --left_;
      word_ = image_.word(TakeVarint(places_));
      return true;
    }
    std::string_view word() const { return word_; }
    std::string_view First() { return Next() ? word_ : std::string_view(); }

   private:
    const Image& image_;
    uint32_t left_;
    std::string_view places_;
    std::string_view word_;
  };
  WordCursor WordsOf(const Name& name) const { return WordCursor(*this, name); }

  // The name in one piece: its size, and into `out`, which has room for it.
  size_t TextSize(const Name& name) const;
  void WriteText(const Name& name, char* out) const;
  std::string Text(const Name& name) const {
    std::string text(TextSize(name), '\0');
    WriteText(name, text.data());
    return text;
  }

  // Takes a number off the front; 0 at the end.
  static uint32_t TakeVarint(std::string_view& bytes) {
    uint32_t value = 0;
    for (uint32_t shift = 0; !bytes.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      if (shift < 32) value |= static_cast<uint32_t>(byte & 127U) << shift;
      if ((byte & 128U) == 0) break;
    }
    return value;
  }

  // A record: an entry that has one.
  struct Record {
    uint32_t entry = 0;
    uint32_t type = 0;
    std::string_view name;
    std::string_view id;
  };
  Record record(uint64_t place) const {
    gazetteer_format::RecordHead head = {};
    if (place > records_.size() || records_.size() - place < sizeof(head)) return {};
    std::memcpy(&head, records_.data() + place, sizeof(head));
    const std::string_view rest = records_.substr(place + sizeof(head));
    if (rest.size() < size_t{head.name_size} + head.id_size) return {};
    return {.entry = head.entry,
            .type = head.type,
            .name = rest.substr(0, head.name_size),
            .id = rest.substr(head.name_size, head.id_size)};
  }

  size_t name_count() const { return name_count_; }
  size_t entry_count() const { return entries_.size(); }
  // What stands at `i` of the entries; 0 past their end.
  uint32_t entry(uint64_t i) const { return i < entries_.size() ? entries_[i] : 0; }
  // The word at a place of the text. Longer ones than 254 bytes have their size in the three bytes
  // after the first.
  std::string_view word(uint64_t place) const {
    if (place >= text_.size()) return {};
    const auto byte = [&](uint64_t i) {
      return i < text_.size() ? static_cast<uint32_t>(static_cast<unsigned char>(text_[i])) : 0U;
    };
    const uint32_t size = byte(place);
    if (size < 255) return text(place + 1, size);
    return text(place + 4, byte(place + 1) | byte(place + 2) << 8 | byte(place + 3) << 16);
  }
  // Asks the processor for the words of a name.
  void PrefetchWords(const Name& name) const {
    std::string_view places = name.text;
    for (uint32_t left = name.word_count; left > 0; --left) {
      const uint32_t place = TakeVarint(places);
      if (place < text_.size()) __builtin_prefetch(text_.data() + place);
    }
  }
  uint32_t type_count() const { return type_count_; }
  std::string_view type_name(uint32_t type) const {
    return type < type_count_ ? text(types_[type].name, types_[type].size) : std::string_view();
  }
  EntityType type(uint32_t type) const {
    return type < type_count_ ? entity_types_[type & 255U] : EntityType::kOther;
  }
  std::string_view licence() const { return licence_; }
  absl::Span<const gazetteer_format::NearSlot> near_slots() const { return near_; }
  uint64_t multiplier() const { return multiplier_; }
  // Whether some name is found in any case.
  bool has_any_case() const { return (flags_ & gazetteer_format::kHasAnyCase) != 0; }

  absl::Status Verify() const;

 private:
  // Whether the tokens of the text are the words of the name.
  bool AreWordsOf(const Name& name, std::string_view text, absl::Span<const Token> tokens) const;

  // Whether the tokens of a name lead to the names at `place`.
  bool LeadsTo(absl::Span<const Token> tokens, uint32_t place) const;

  std::string_view text(uint64_t offset, uint64_t size) const {
    return offset <= text_.size() && size <= text_.size() - offset ? text_.substr(offset, size)
                                                                   : std::string_view();
  }

  std::string_view bytes_;
  std::shared_ptr<const void> owner_;
  const uint64_t* filter_ = nullptr;
  uint64_t filter_mask_ = 0;
  const gazetteer_format::Bucket* buckets_ = nullptr;
  uint64_t bucket_count_ = 0;
  uint64_t multiplier_ = 1;
  uint32_t flags_ = 0;
  std::string_view names_;
  size_t name_count_ = 0;
  std::string_view text_;
  absl::Span<const uint32_t> entries_;
  std::string_view records_;
  const gazetteer_format::TypeRow* types_ = nullptr;
  uint32_t type_count_ = 0;
  std::array<EntityType, 256> entity_types_ = {};
  std::string_view licence_;
  absl::Span<const gazetteer_format::NearSlot> near_;
};

inline bool Gazetteer::Image::NameCursor::Next() {
  namespace format = gazetteer_format;
  if (done_) return false;
  SkipWords();
  if (place_ >= names_.size() || names_.size() - place_ < 4) return false;
  const auto* const head = reinterpret_cast<const unsigned char*>(names_.data()) + place_;
  std::string_view rest = names_.substr(place_ + 4);
  const uint8_t shape = head[3];
  name_.flags = head[0];
  name_.prior = head[1];
  name_.type = head[2];
  name_.tail = 0;
  name_.place = static_cast<uint32_t>(place_);
  name_.word_count = shape & format::kWordCount;
  if ((shape & format::kHasTail) != 0) {
    if (rest.empty()) return false;
    name_.tail = static_cast<unsigned char>(rest[0]);
    rest.remove_prefix(1);
  }
  name_.has_record = (shape & format::kHasRecord) != 0;
  if (name_.has_record) name_.record = TakeVarint(rest);
  if (name_.word_count == 0) {
    if (rest.size() < 2) return false;
    const size_t size = static_cast<unsigned char>(rest[0]) |
                        static_cast<size_t>(static_cast<unsigned char>(rest[1])) << 8;
    if (rest.size() - 2 < size) return false;
    rest = rest.substr(2, size);
    place_ = static_cast<uint64_t>(rest.data() - names_.data()) + size;
  } else {
    place_ = static_cast<uint64_t>(rest.data() - names_.data());
    words_left_ = name_.word_count;
  }
  name_.text = rest;
  done_ = !all_ && (name_.flags & format::kNameLast) != 0;
  return true;
}

}  // namespace nutgraf

#endif  // NUTGRAF_LIB_GAZETTEER_IMAGE_H_
