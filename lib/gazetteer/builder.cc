#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/gazetteer/image.h"
#include "lib/gazetteer/surface.h"
#include "lib/text/unicode.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {

namespace {

namespace format = gazetteer_format;

bool IsUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const internal::DecodedChar c = internal::DecodeUtf8(text, i);
    if (c.code_point == internal::kIllFormed) return false;
    i += c.size;
  }
  return true;
}

}  // namespace

struct GazetteerBuilder::Impl {
  struct Entry {
    std::string name;
    std::string id;
    uint32_t type;
  };
  struct Surface {
    std::vector<uint64_t> hashes;  // of its tokens
    std::string text;              // normalised
    uint32_t entry;
    uint8_t flags;
    uint8_t prior;
    bool lower_start;
    uint64_t key = 0;  // hash of the whole sequence
  };

  std::vector<std::string> types;
  std::vector<Entry> entries;
  std::unordered_map<std::string, uint32_t> entry_of_id;
  std::vector<Surface> surfaces;
  std::unordered_set<uint64_t> common_words;
  std::string licence;
  LayerRows<Token> tokens;

  // The surface of a name, or why it cannot be one.
  absl::Status AddSurface(std::string_view name, uint32_t entry, uint8_t policy, double prior) {
    if (!IsUtf8(name)) return absl::InvalidArgumentError("a name is not UTF-8");
    tokens.clear();
    Tokenize(name, tokens);
    Surface s;
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (!internal::IsLeftOut(tokens, i)) s.hashes.push_back(tokens[i].folded);
    }
    if (s.hashes.empty()) return absl::InvalidArgumentError("a name has no word in it");
    if (s.hashes.size() > format::kLongestName) {
      return absl::InvalidArgumentError(absl::StrCat("a name of ", s.hashes.size(),
                                                     " tokens; at most ", format::kLongestName,
                                                     " are matched"));
    }
    s.text = internal::NormalizedSurface(name, tokens);
    if (s.text.size() > std::numeric_limits<uint16_t>::max()) {
      return absl::InvalidArgumentError("a name of more than 65,535 bytes");
    }
    s.entry = entry;
    s.flags = policy & (kAnyCase | kUpperCase | kContextOnly);
    s.prior = static_cast<uint8_t>(std::lround(prior * 255));
    s.lower_start = internal::IsLowerStart(tokens.front());
    surfaces.push_back(std::move(s));
    return absl::OkStatus();
  }
};

GazetteerBuilder::GazetteerBuilder() : impl_(std::make_unique<Impl>()) {}
GazetteerBuilder::~GazetteerBuilder() = default;
GazetteerBuilder::GazetteerBuilder(GazetteerBuilder&&) noexcept = default;
GazetteerBuilder& GazetteerBuilder::operator=(GazetteerBuilder&&) noexcept = default;

absl::Status GazetteerBuilder::Add(const GazetteerEntry& entry) {
  if (!(entry.prior >= 0 && entry.prior <= 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat("prior ", entry.prior, " is not between 0 and 1"));
  }
  if (entry.id.size() > std::numeric_limits<uint16_t>::max() ||
      entry.name.size() > std::numeric_limits<uint16_t>::max()) {
    return absl::InvalidArgumentError("a name or id of more than 65,535 bytes");
  }
  const auto type = std::find(impl_->types.begin(), impl_->types.end(), entry.type);
  const auto type_index = static_cast<uint32_t>(type - impl_->types.begin());
  if (type == impl_->types.end() && impl_->types.size() >= 256) {
    return absl::InvalidArgumentError(
        absl::StrCat("type '", entry.type, "' is the 257th; at most 256 are kept"));
  }
  // A failed entry leaves nothing behind.
  const size_t surfaces_before = impl_->surfaces.size();
  uint32_t index = static_cast<uint32_t>(impl_->entries.size());
  std::string key;
  if (!entry.id.empty()) {
    key = absl::StrCat(entry.type, "\n", entry.id);
    if (const auto known = impl_->entry_of_id.find(key); known != impl_->entry_of_id.end())
      index = known->second;
  }
  absl::Status status = impl_->AddSurface(entry.name, index, entry.policy, entry.prior);
  for (size_t i = 0; i < entry.aliases.size() && status.ok(); ++i) {
    status = impl_->AddSurface(entry.aliases[i], index, entry.policy, entry.prior);
  }
  if (!status.ok()) {
    impl_->surfaces.resize(surfaces_before);
    return status;
  }
  if (type == impl_->types.end()) impl_->types.push_back(entry.type);
  if (index == impl_->entries.size()) {
    impl_->entries.push_back({entry.name, entry.id, type_index});
    if (!key.empty()) impl_->entry_of_id.emplace(std::move(key), index);
  }
  return absl::OkStatus();
}

void GazetteerBuilder::AddCommonWord(std::string_view word) {
  impl_->tokens.clear();
  Tokenize(word, impl_->tokens);
  if (impl_->tokens.size() == 1) impl_->common_words.insert(impl_->tokens[0].folded);
}

void GazetteerBuilder::SetLicence(std::string_view text) { impl_->licence = text; }

absl::StatusOr<std::string> GazetteerBuilder::BuildImage() const {
  std::string strings;
  std::unordered_map<std::string, uint32_t> offsets;
  const auto intern = [&](const std::string& s) {
    const auto [it, added] = offsets.try_emplace(s, static_cast<uint32_t>(strings.size()));
    if (added) strings += s;
    return it->second;
  };

  // Surfaces sorted by token sequence, then by prior; the same name of the same entry once.
  std::vector<Impl::Surface> surfaces = impl_->surfaces;
  for (Impl::Surface& s : surfaces) {
    s.key = internal::BeginSequence(s.hashes[0]);
    for (size_t i = 1; i < s.hashes.size(); ++i) s.key = internal::ExtendPrefix(s.key, s.hashes[i]);
    if (s.hashes.size() == 1 && impl_->common_words.count(s.hashes[0]) > 0)
      s.flags |= format::kSurfaceCommonWord;
  }
  std::stable_sort(surfaces.begin(), surfaces.end(),
                   [](const Impl::Surface& a, const Impl::Surface& b) {
                     if (a.key != b.key) return a.key < b.key;
                     return a.prior > b.prior;
                   });
  std::vector<Impl::Surface> kept;
  std::unordered_set<std::string> known;  // of the sequence at hand: entry and text
  for (Impl::Surface& s : surfaces) {
    if (kept.empty() || kept.back().key != s.key) known.clear();
    if (known.insert(absl::StrCat(s.entry, " ", s.text)).second) kept.push_back(std::move(s));
  }

  std::vector<format::Surface> surface_rows;
  std::unordered_map<uint64_t, format::Slot> prefixes;
  std::unordered_set<uint64_t> filter_keys;
  for (size_t i = 0; i < kept.size(); ++i) {
    const Impl::Surface& s = kept[i];
    const bool any = (s.flags & kAnyCase) != 0;
    if (s.lower_start || any) filter_keys.insert(internal::FilterKey(s.hashes[0], true));
    if (!s.lower_start || any || (s.flags & kUpperCase) != 0) {
      filter_keys.insert(internal::FilterKey(s.hashes[0], false));
    }
    uint64_t hash = internal::BeginSequence(s.hashes[0]);
    for (size_t k = 1; k < s.hashes.size(); ++k) {
      prefixes.try_emplace(hash, format::Slot{hash, 0, 0}).first->second.longer = 1;
      hash = internal::ExtendPrefix(hash, s.hashes[k]);
    }
    format::Slot& slot = prefixes.try_emplace(hash, format::Slot{hash, 0, 0}).first->second;
    if (slot.surface == 0) slot.surface = static_cast<uint32_t>(i + 1);
    const bool last = i + 1 == kept.size() || kept[i + 1].key != s.key;
    surface_rows.push_back(
        {.entry = s.entry,
         .text = intern(s.text),
         .size = static_cast<uint16_t>(s.text.size()),
         .flags = static_cast<uint8_t>(s.flags | (last ? format::kSurfaceLast : 0)),
         .prior = s.prior});
  }
  std::vector<format::Entry> entry_rows;
  for (const Impl::Entry& e : impl_->entries) {
    entry_rows.push_back({.name = intern(e.name),
                          .id = intern(e.id),
                          .name_size = static_cast<uint16_t>(e.name.size()),
                          .id_size = static_cast<uint16_t>(e.id.size()),
                          .type = e.type});
  }
  std::vector<format::TypeRow> type_rows;
  for (const std::string& type : impl_->types) {
    type_rows.push_back({.name = intern(type), .size = static_cast<uint32_t>(type.size())});
  }

  // Slots at most half full, inserted in order of their hashes: the same bytes on every build.
  std::vector<format::Slot> sorted;
  sorted.reserve(prefixes.size());
  for (const auto& [hash, slot] : prefixes) sorted.push_back(slot);
  std::sort(sorted.begin(), sorted.end(),
            [](const format::Slot& a, const format::Slot& b) { return a.hash < b.hash; });
  std::vector<format::Slot> slots(std::bit_ceil(sorted.size() * 2 + 2), format::Slot{0, 0, 0});
  const uint64_t mask = slots.size() - 1;
  for (const format::Slot& slot : sorted) {
    uint64_t i = slot.hash & mask;
    while ((slots[i].surface | slots[i].longer) != 0) i = (i + 1) & mask;
    slots[i] = slot;
  }
  // Sixteen bits a first token.
  std::vector<uint64_t> filter(std::bit_ceil(filter_keys.size() / 4 + 1), 0);
  for (const uint64_t key : filter_keys)
    filter[(key >> 6) & (filter.size() - 1)] |= uint64_t{1} << (key & 63U);

  std::string image(sizeof(format::Header) + format::kSectionCount * sizeof(format::SectionRow),
                    '\0');
  const auto add = [&image](uint32_t id, const void* data, size_t size) {
    image.resize((image.size() + format::kAlignment - 1) / format::kAlignment * format::kAlignment,
                 '\0');
    const format::SectionRow row = {.id = id, .reserved = 0, .offset = image.size(), .size = size};
    std::memcpy(image.data() + sizeof(format::Header) + id * sizeof(row), &row, sizeof(row));
    if (size > 0) image.append(static_cast<const char*>(data), size);
  };
  const auto add_rows = [&add](uint32_t id, const auto& rows) {
    add(id, rows.data(), rows.size() * sizeof(rows[0]));
  };
  add_rows(format::kFilter, filter);
  add_rows(format::kSlots, slots);
  add_rows(format::kSurfaces, surface_rows);
  add_rows(format::kEntries, entry_rows);
  add_rows(format::kTypes, type_rows);
  add_rows(format::kStrings, strings);
  add_rows(format::kLicence, impl_->licence);
  image.resize((image.size() + 7) / 8 * 8, '\0');
  if (image.size() > std::numeric_limits<uint32_t>::max()) {
    return absl::ResourceExhaustedError(
        absl::StrCat("image of ", image.size(), " bytes; at most 4 GiB are addressed"));
  }
  format::Header header = {};
  std::memcpy(header.magic, format::kMagic, sizeof(header.magic));
  header.major = Gazetteer::kMajorVersion;
  header.minor = Gazetteer::kMinorVersion;
  header.section_count = format::kSectionCount;
  header.file_size = image.size();
  header.tokenizer_version = format::kTokenizerVersion;
  header.checksum = internal::Checksum(std::string_view(image).substr(sizeof(header)));
  std::memcpy(image.data(), &header, sizeof(header));
  return image;
}

absl::StatusOr<Gazetteer> GazetteerBuilder::Build() const {
  absl::StatusOr<std::string> image = BuildImage();
  if (!image.ok()) return image.status();
  const auto owner = std::make_shared<std::vector<uint64_t>>(image->size() / 8);
  std::memcpy(owner->data(), image->data(), image->size());
  return Gazetteer::FromBytes(
      std::string_view(reinterpret_cast<const char*>(owner->data()), image->size()), owner);
}

}  // namespace nutgraf
