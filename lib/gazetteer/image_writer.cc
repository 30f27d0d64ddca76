#include "lib/gazetteer/image_writer.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/gazetteer/image.h"
#include "lib/gazetteer/near_keys.h"
#include "lib/gazetteer/surface.h"
#include "lib/text/hash.h"
#include "lib/text/string_view.h"

namespace nutgraf::internal {

namespace {

namespace format = gazetteer_format;
using Name = CollectedNames::Name;
using Entry = CollectedNames::Entry;

// Links and entries have 31 bits for a place.
constexpr size_t kMostSectionBytes = std::numeric_limits<uint32_t>::max() / 2 - 1;

absl::Status TooLarge(std::string_view what, size_t size) {
  return absl::ResourceExhaustedError(absl::StrCat(Absl(what), " of ", size,
                                                   " bytes and more; at most ", kMostSectionBytes,
                                                   " are addressed: use several gazetteers"));
}

// A row of a hash table: where a sequence leads, or a name.
struct HashRow {
  uint64_t hash;
  uint32_t row;
};

// Sorted by home, then by hash: tables are filled in this order, the same bytes on every build.
void SortByHome(std::vector<HashRow>& rows, uint64_t multiplier, uint64_t count) {
  const auto key = [&](const HashRow& r) {
    return std::tuple(SlotKeyOf(r.hash, multiplier, count).home, r.hash);
  };
  std::sort(rows.begin(), rows.end(),
            [&](const HashRow& a, const HashRow& b) { return key(a) < key(b); });
}

// Links of token sequences, eight of ten slots used. False where the multiplier makes too many
// sequences that meet share a tag, or too long a way to one.
bool FillBuckets(std::vector<HashRow>& links, uint64_t multiplier,
                 std::vector<format::Bucket>& buckets) {
  buckets.assign(links.size() / 8 + 1, format::Bucket{});
  const uint64_t count = buckets.size();
  SortByHome(links, multiplier, count);
  std::vector<uint8_t> used(count, 0);
  for (const auto& [hash, link] : links) {
    const SlotKey key = SlotKeyOf(hash, multiplier, count);
    uint64_t i = key.home;
    for (uint64_t n = 1; used[i] == format::Bucket::kSlots; ++n) {
      buckets[i].overflow |= uint32_t{1} << (key.tag & 31U);
      i = i + 1 == count ? 0 : i + 1;
      if (n == kMostProbes) return false;
    }
    buckets[i].tags[used[i]] = static_cast<uint16_t>(key.tag);
    buckets[i].links[used[i]++] = link;
  }
  for (const auto& [hash, link] : links) {
    const SlotKey key = SlotKeyOf(hash, multiplier, count);
    uint32_t same = 0;
    for (uint64_t i = key.home;; i = i + 1 == count ? 0 : i + 1) {
      for (uint32_t k = 0; k < used[i]; ++k) {
        if (buckets[i].tags[k] == static_cast<uint16_t>(key.tag) && buckets[i].links[k] > 1) ++same;
      }
      if ((buckets[i].overflow >> (key.tag & 31U) & 1U) == 0) break;
    }
    if (same > Gazetteer::Image::Sequence::kMostPlaces) return false;
  }
  return true;
}

// Near names, two of three slots used.
bool FillNear(std::vector<HashRow>& names, uint64_t multiplier,
              std::vector<format::NearSlot>& table) {
  if (names.empty()) return true;
  table.assign(names.size() + names.size() / 2 + 8, format::NearSlot{0, format::kNoName});
  SortByHome(names, multiplier, table.size());
  for (const auto& [hash, name] : names) {
    const SlotKey key = SlotKeyOf(hash, multiplier, table.size());
    uint64_t i = key.home;
    for (uint64_t n = 1; table[i].name != format::kNoName; ++n) {
      i = i + 1 == table.size() ? 0 : i + 1;
      if (n == kMostProbes) return false;
    }
    table[i] = {key.tag, name};
  }
  return true;
}

void AppendVarint(uint32_t value, std::string& out) {
  for (; value >= 128; value >>= 7) out += static_cast<char>((value & 127U) | 128U);
  out += static_cast<char>(value);
}

template <typename Row>
void AppendBytes(const Row& row, std::string& out) {
  out.append(reinterpret_cast<const char*>(&row), sizeof(row));
}

// Calls `use` with each word of a normalised name.
template <typename Fn>
void ForEachWord(std::string_view name, const Fn& use) {
  for (size_t at = 0; at <= name.size();) {
    const size_t end = std::min(name.find(' ', at), name.size());
    use(name.substr(at, end - at));
    at = end + 1;
  }
}

// The words of names in one text: the frequent ones first, whose places are short numbers.
class Words {
 public:
  void Count(std::string_view name) {
    ForEachWord(name, [this](std::string_view word) { ++places_[word]; });
  }
  void Write() {
    std::vector<std::pair<uint32_t, std::string_view>> words;
    words.reserve(places_.size());
    for (const auto& [word, count] : places_) words.emplace_back(~count, word);
    std::sort(words.begin(), words.end());
    for (const auto& [count, word] : words) {
      places_[word] = static_cast<uint32_t>(std::min(text_.size(), kMostSectionBytes));
      constexpr size_t kLong = 255;
      text_ += static_cast<char>(std::min(word.size(), kLong));
      if (word.size() >= kLong) {
        for (const int shift : {0, 8, 16}) text_ += static_cast<char>(word.size() >> shift & 255U);
      }
      text_ += word;
    }
  }
  void Append(std::string_view name, std::string& out) const {
    ForEachWord(name,
                [&](std::string_view word) { AppendVarint(places_.find(word)->second, out); });
  }
  const std::string& text() const { return text_; }

 private:
  absl::flat_hash_map<std::string_view, uint32_t> places_;  // first counts
  std::string text_;
};

// Sorted by token sequence, then by prior; the same name of the same entry once, as its table has it
// rather than as a variant.
std::vector<uint32_t> KeptNames(const CollectedNames& collected) {
  const std::vector<Name>& names = collected.names;
  std::vector<uint32_t> kept(names.size());
  for (uint32_t i = 0; i < kept.size(); ++i) kept[i] = i;
  const auto sort_by = [&](const auto& key) {
    std::sort(kept.begin(), kept.end(), [&](uint32_t x, uint32_t y) { return key(x) < key(y); });
  };
  const auto same = [&](uint32_t x, uint32_t y) {
    const Name &a = names[x], &b = names[y];
    return a.key == b.key && a.entry == b.entry && a.tail == b.tail &&
           collected.Text(a) == collected.Text(b);
  };
  sort_by([&](uint32_t i) {
    const Name& name = names[i];
    return std::tuple(name.key, name.entry, collected.Text(name), name.tail, name.variant,
                      255 - name.prior, i);
  });
  kept.erase(std::unique(kept.begin(), kept.end(), same), kept.end());
  sort_by([&](uint32_t i) { return std::tuple(names[i].key, 255 - names[i].prior, i); });
  return kept;
}

// Where near names are found: forms of theirs with a letter left out.
std::vector<HashRow> NearNames(const CollectedNames& collected, const std::vector<uint32_t>& kept,
                               const std::vector<uint32_t>& places) {
  const std::vector<Name>& names = collected.names;
  std::vector<HashRow> rows;
  std::vector<std::string> folded;
  std::vector<std::string_view> words;
  uint32_t first = 0;  // name of the sequence at hand
  bool has_keys = false;
  for (size_t i = 0; i < kept.size(); ++i) {
    const Name& name = names[kept[i]];
    // Names of one sequence are found together.
    if (i == 0 || names[kept[i - 1]].key != name.key) {
      first = places[i];
      has_keys = false;
    }
    if (!name.of_words || has_keys) continue;
    has_keys = true;
    folded.clear();
    ForEachWord(collected.Text(name),
                [&folded](std::string_view word) { folded.push_back(FoldedSurface(word)); });
    words.assign(folded.begin(), folded.end());
    ForEachNearKey(words, kShortestNearName, [&](uint64_t key) { rows.push_back({key, first}); });
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.hash, a.row) < std::tuple(b.hash, b.row);
  });
  // Of many names that one letter tells apart the first ones: nobody looks at more of them.
  constexpr size_t kMostOfOneKey = 64;
  size_t count = 0;
  size_t of_key = 0;
  for (const HashRow& row : rows) {
    const bool same_key = count > 0 && rows[count - 1].hash == row.hash;
    if (same_key && (rows[count - 1].row == row.row || of_key == kMostOfOneKey)) continue;
    of_key = same_key ? of_key + 1 : 1;
    rows[count++] = row;
  }
  rows.resize(count);
  return rows;
}

// Writes the sections, one after the other; each step needs those before it.
class ImageWriter {
 public:
  ImageWriter(const CollectedNames& collected, const std::vector<uint8_t>& flags, bool near_matches)
      : collected_(collected),
        flags_(flags),
        near_matches_(near_matches),
        kept_(KeptNames(collected)) {}

  absl::StatusOr<std::string> Write() {
    WriteWords();
    absl::Status status = WriteRecords();
    if (status.ok()) status = WriteNames();
    if (status.ok()) status = WriteTypes();
    if (status.ok()) status = WriteTables();
    if (!status.ok()) return status;
    WriteFilter();
    return Assemble();
  }

 private:
  void WriteWords() {
    for (const uint32_t index : kept_) {
      const Name& name = collected_.names[index];
      if (name.of_words) words_.Count(collected_.Text(name));
    }
    words_.Write();
    text_ = words_.text();
  }

  // An entry whose only name is its own, and that has no id, needs no record.
  absl::Status WriteRecords() {
    std::vector<uint32_t> names_of_entry(collected_.entries.size(), 0);
    for (const uint32_t index : kept_) ++names_of_entry[collected_.names[index].entry];
    entries_.assign(collected_.entries.size(), format::kIsName);
    for (const uint32_t index : kept_) {
      const Name& name = collected_.names[index];
      const Entry& entry = collected_.entries[name.entry];
      const bool is_entry = names_of_entry[name.entry] == 1 && entry.id.empty() && name.tail == 0 &&
                            collected_.Text(name) == entry.name;
      if (!is_entry) entries_[name.entry] = 0;
    }
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i] != 0) continue;
      const Entry& e = collected_.entries[i];
      if (records_.size() > kMostSectionBytes) return TooLarge("entries", records_.size());
      entries_[i] = static_cast<uint32_t>(records_.size());
      AppendBytes(format::RecordHead{.entry = i,
                                     .name_size = static_cast<uint16_t>(e.name.size()),
                                     .id_size = static_cast<uint16_t>(e.id.size()),
                                     .type = e.type},
                  records_);
      records_ += e.name;
      records_ += e.id;
    }
    return absl::OkStatus();
  }

  // The names, and where their token sequences and those they begin with lead.
  absl::Status WriteNames() {
    places_.resize(kept_.size());
    links_.reserve(kept_.size() * 2);
    for (size_t i = 0; i < kept_.size(); ++i) {
      const Name& name = collected_.names[kept_[i]];
      if (names_.size() > kMostSectionBytes) return TooLarge("names", names_.size());
      places_[i] = static_cast<uint32_t>(names_.size());
      const uint64_t* const hashes = collected_.hashes.data() + name.hashes;
      uint64_t hash = BeginSequence(hashes[0]);
      for (size_t k = 1; k < name.hash_count; ++k) {
        links_.push_back({hash, format::kLongerBit});
        hash = ExtendPrefix(hash, hashes[k]);
      }
      const bool first = i == 0 || collected_.names[kept_[i - 1]].key != name.key;
      const bool last = i + 1 == kept_.size() || collected_.names[kept_[i + 1]].key != name.key;
      if (first) links_.push_back({hash, (places_[i] + 1) << 1});
      const int flags = flags_[kept_[i]] | (last ? format::kNameLast : 0);
      WriteName(name, places_[i], static_cast<char>(flags));
    }
    MergeLinks();
    return absl::OkStatus();
  }

  void WriteName(const Name& name, uint32_t place, char flags) {
    uint32_t& entry = entries_[name.entry];
    const bool has_record = (entry & format::kIsName) == 0;
    if (!has_record) entry = format::kIsName | place;
    names_ += flags;
    names_ += static_cast<char>(name.prior);
    names_ += static_cast<char>(collected_.entries[name.entry].type);
    names_ += static_cast<char>((name.of_words ? name.hash_count : 0) |
                                (has_record ? format::kHasRecord : 0) |
                                (name.tail > 0 ? format::kHasTail : 0));
    if (name.tail > 0) names_ += static_cast<char>(name.tail);
    if (has_record) AppendVarint(entry, names_);
    if (name.of_words) {
      words_.Append(collected_.Text(name), names_);
    } else {
      AppendBytes(name.size, names_);
      names_ += collected_.Text(name);
    }
  }

  // One link a sequence: whether names end there, and whether longer ones begin so.
  void MergeLinks() {
    std::sort(links_.begin(), links_.end(), [](const HashRow& a, const HashRow& b) {
      return std::tuple(a.hash, a.row) < std::tuple(b.hash, b.row);
    });
    size_t count = 0;
    for (const HashRow& link : links_) {
      if (count > 0 && links_[count - 1].hash == link.hash) {
        links_[count - 1].row |= link.row;
      } else {
        links_[count++] = link;
      }
    }
    links_.resize(count);
  }

  absl::Status WriteTypes() {
    for (const std::string& type : collected_.types) {
      types_.push_back({.name = static_cast<uint32_t>(text_.size()),
                        .size = static_cast<uint32_t>(type.size())});
      text_ += type;
    }
    return text_.size() > kMostSectionBytes ? TooLarge("words", text_.size()) : absl::OkStatus();
  }

  // The first multiplier nearly always does.
  absl::Status WriteTables() {
    std::vector<HashRow> near_names;
    if (near_matches_) near_names = NearNames(collected_, kept_, places_);
    for (uint64_t attempt = 0; attempt < 64; ++attempt) {
      multiplier_ = Mix(kHashSeed0 + attempt, kHashSeed1) | 1U;
      if (FillBuckets(links_, multiplier_, buckets_) && FillNear(near_names, multiplier_, near_))
        return absl::OkStatus();
    }
    return absl::ResourceExhaustedError(
        "too many names share the hashes of their words; use several gazetteers");
  }

  // Sixteen bits a first token.
  void WriteFilter() {
    absl::flat_hash_set<uint64_t> lower, other;
    for (const uint32_t index : kept_) {
      const Name& name = collected_.names[index];
      const uint64_t first = collected_.hashes[name.hashes];
      const bool any = (name.flags & kAnyCase) != 0;
      has_any_case_ = has_any_case_ || any;
      if (name.lower_start || any) lower.insert(first);
      if (!name.lower_start || any || (name.flags & kUpperCase) != 0) other.insert(first);
    }
    filter_.assign(std::bit_ceil((lower.size() + other.size()) / 4 + 1), 0);
    const auto add = [this](uint64_t folded, bool lower_start) {
      const FilterBits f = FilterOf(folded, lower_start);
      filter_[f.word & (filter_.size() - 1)] |= f.bits;
    };
    for (const uint64_t folded : lower) add(folded, true);
    for (const uint64_t folded : other) add(folded, false);
  }

  std::string Assemble() const {
    std::string image(sizeof(format::Header) + format::kSectionCount * sizeof(format::SectionRow),
                      '\0');
    const auto add = [&image](uint32_t id, const auto& rows) {
      const size_t size = rows.size() * sizeof(rows[0]);
      image.resize(
          (image.size() + format::kAlignment - 1) / format::kAlignment * format::kAlignment, '\0');
      const format::SectionRow row = {
          .id = id, .reserved = 0, .offset = image.size(), .size = size};
      std::memcpy(image.data() + sizeof(format::Header) + id * sizeof(row), &row, sizeof(row));
      if (size > 0) image.append(reinterpret_cast<const char*>(rows.data()), size);
    };
    image.reserve(
        names_.size() + text_.size() + records_.size() + buckets_.size() * sizeof(format::Bucket) +
        near_.size() * sizeof(format::NearSlot) +
        (filter_.size() + entries_.size()) * sizeof(uint64_t) + collected_.licence.size() + 4096);
    add(format::kFilter, filter_);
    add(format::kBuckets, buckets_);
    add(format::kNames, names_);
    add(format::kText, text_);
    add(format::kEntries, entries_);
    add(format::kRecords, records_);
    add(format::kTypes, types_);
    add(format::kLicence, collected_.licence);
    add(format::kNear, near_);
    image.resize((image.size() + 7) / 8 * 8, '\0');
    format::Header header = {};
    std::memcpy(header.magic, format::kMagic, sizeof(header.magic));
    header.major = Gazetteer::kMajorVersion;
    header.minor = Gazetteer::kMinorVersion;
    header.section_count = format::kSectionCount;
    header.file_size = image.size();
    header.tokenizer_version = format::kTokenizerVersion;
    header.name_count = static_cast<uint32_t>(kept_.size());
    header.multiplier = multiplier_;
    if (has_any_case_) header.flags = format::kHasAnyCase;
    header.checksum = Checksum(std::string_view(image).substr(sizeof(header)));
    std::memcpy(image.data(), &header, sizeof(header));
    return image;
  }

  const CollectedNames& collected_;
  const std::vector<uint8_t>& flags_;
  const bool near_matches_;
  const std::vector<uint32_t> kept_;
  Words words_;
  std::string text_;
  std::vector<uint32_t> entries_;
  std::string records_;
  std::string names_;
  std::vector<uint32_t> places_;  // of those kept, among the names
  std::vector<HashRow> links_;
  std::vector<format::TypeRow> types_;
  uint64_t multiplier_ = 1;
  std::vector<format::Bucket> buckets_;
  std::vector<format::NearSlot> near_;
  std::vector<uint64_t> filter_;
  bool has_any_case_ = false;
};

}  // namespace

absl::StatusOr<std::string> WriteImage(const CollectedNames& collected,
                                       const std::vector<uint8_t>& flags, bool near_matches) {
  return ImageWriter(collected, flags, near_matches).Write();
}

}  // namespace nutgraf::internal
