#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
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
#include "lib/gazetteer/name_variants.h"
#include "lib/gazetteer/near_keys.h"
#include "lib/gazetteer/surface.h"
#include "lib/text/string_view.h"
#include "lib/text/unicode.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {

namespace {

namespace format = gazetteer_format;

constexpr size_t kMostBytes = std::numeric_limits<uint16_t>::max();
constexpr size_t kMostImageBytes = std::numeric_limits<uint32_t>::max();

bool IsUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const internal::DecodedChar c = internal::DecodeUtf8(text, i);
    if (c.code_point == internal::kIllFormed) return false;
    i += c.size;
  }
  return true;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// "Helmand [province]": the word in brackets must be there, but is no part of the mention.
struct Bracketed {
  std::string_view name;
  std::string_view tail;
};
Bracketed SplitBracketed(std::string_view text) {
  const size_t bracket = text.find(" [");
  if (bracket == std::string_view::npos || bracket == 0 || text.back() != ']') return {text, {}};
  return {text.substr(0, bracket), text.substr(bracket + 2, text.size() - bracket - 3)};
}

// A table of open addressing, at most three quarters full, filled in the order of its homes: the
// same bytes on every build.
template <typename Row>
struct HashRow {
  uint64_t hash;
  Row row;
};

// Puts `rows` into `table`. False where two rows that meet on the way share a tag, unless `merge`.
template <typename Row, typename IsEmpty>
bool FillTable(std::vector<HashRow<Row>>& rows, uint64_t multiplier, bool tags_may_meet,
               const IsEmpty& is_empty, std::vector<Row>& table) {
  const uint64_t count = table.size();
  const auto home = [&](const HashRow<Row>& r) {
    return internal::SlotKeyOf(r.hash, multiplier, count).home;
  };
  std::sort(rows.begin(), rows.end(), [&](const HashRow<Row>& a, const HashRow<Row>& b) {
    return std::tuple(home(a), a.hash) < std::tuple(home(b), b.hash);
  });
  for (const HashRow<Row>& r : rows) {
    uint64_t i = home(r);
    uint64_t probes = 0;
    while (!is_empty(table[i])) {
      if (!tags_may_meet && table[i].tag == r.row.tag) return false;
      i = i + 1 == count ? 0 : i + 1;
      if (++probes >= internal::kMostProbes) return false;
    }
    table[i] = r.row;
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
  // Hashes and text stand in pools, so that a name allocates nothing of its own.
  struct Name {
    uint64_t key;  // hash of the whole sequence
    uint64_t hashes;
    uint64_t text;
    uint32_t entry;
    uint16_t size;
    uint8_t hash_count;
    uint8_t flags;
    uint8_t prior;
    bool lower_start;
  };

  GazetteerBuilderOptions options;
  std::vector<std::string> types;
  std::vector<Entry> entries;
  absl::flat_hash_map<std::string, uint32_t> entry_of_id;
  std::vector<Name> names;
  std::vector<uint64_t> hashes;
  std::string texts;
  absl::flat_hash_set<uint64_t> common_words;
  std::string licence;
  LayerRows<Token> tokens;

  // As it is stored: with the size of the tail behind it.
  std::string_view Stored(const Name& name) const {
    return std::string_view(texts).substr(name.text, name.size);
  }
  std::string_view Text(const Name& name) const {
    const std::string_view stored = Stored(name);
    return (name.flags & format::kNameTail) != 0 ? stored.substr(0, stored.size() - 1) : stored;
  }

  // Adds a name without its variants, or says why it cannot be one. `tail` bytes at its end are no part
  // of the mention.
  absl::Status AddName(std::string_view text, size_t tail, uint32_t entry, uint8_t policy,
                       double prior) {
    if (!IsUtf8(text)) return absl::InvalidArgumentError("a name is not UTF-8");
    tokens.clear();
    Tokenize(text, tokens);
    Name name = {};
    name.hashes = hashes.size();
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (!internal::IsLeftOut(tokens, i)) hashes.push_back(tokens[i].folded);
    }
    const size_t count = hashes.size() - name.hashes;
    if (count == 0) return absl::InvalidArgumentError("a name has no word in it");
    if (count > format::kLongestName) {
      return absl::InvalidArgumentError(absl::StrCat("a name of ", count, " tokens; at most ",
                                                     format::kLongestName, " are matched"));
    }
    const std::string surface =
        (policy & kLiteral) != 0 ? std::string(text) : internal::NormalizedSurface(text, tokens);
    if (surface.size() >= kMostBytes) {
      return absl::InvalidArgumentError("a name of more than 65,535 bytes");
    }
    name.key = internal::BeginSequence(hashes[name.hashes]);
    for (size_t i = 1; i < count; ++i)
      name.key = internal::ExtendPrefix(name.key, hashes[name.hashes + i]);
    name.hash_count = static_cast<uint8_t>(count);
    name.text = texts.size();
    texts += surface;
    size_t tail_tokens = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].begin >= text.size() - tail && !internal::IsLeftOut(tokens, i)) ++tail_tokens;
    }
    if (tail_tokens > 0) texts += static_cast<char>(tail_tokens);
    name.size = static_cast<uint16_t>(texts.size() - name.text);
    name.entry = entry;
    name.flags = policy & (kAnyCase | kUpperCase | kContextOnly | kNeverAlone | kLiteral);
    if (tail_tokens > 0) name.flags |= format::kNameTail;
    name.prior = static_cast<uint8_t>(std::lround(prior * 255));
    name.lower_start = internal::IsLowerStart(tokens.front());
    names.push_back(name);
    return absl::OkStatus();
  }

  absl::Status AddNameAndVariants(std::string_view text, uint32_t entry, EntityType type,
                                  uint8_t policy, double prior) {
    if ((policy & kLiteral) != 0) return AddName(Trim(text), 0, entry, policy, prior);
    const Bracketed name_and_tail = SplitBracketed(Trim(text));
    const std::string whole = name_and_tail.tail.empty()
                                  ? std::string(name_and_tail.name)
                                  : absl::StrCat(internal::Absl(name_and_tail.name), " ",
                                                 internal::Absl(name_and_tail.tail));
    absl::Status status = AddName(whole, name_and_tail.tail.size(), entry, policy, prior);
    if (!status.ok() || !options.variants || !name_and_tail.tail.empty()) return status;
    // Of what AddName() has just put there.
    const std::string name(Text(names.back()));
    tokens.clear();
    Tokenize(name, tokens);
    const bool keeps_form =
        (policy & kWholeName) != 0 || (type != EntityType::kOrganization &&
                                       type != EntityType::kFacility && type != EntityType::kOther);
    for (const internal::NameVariant& v : internal::NameVariants(name, tokens, keeps_form)) {
      if (!AddName(v.name, 0, entry, policy, prior).ok()) continue;
      if (v.without_legal_form) weak_if_common.push_back(static_cast<uint32_t>(names.size() - 1));
    }
    return absl::OkStatus();
  }

  // Names that lost their legal form: "Target" of "Target Corp" needs context.
  std::vector<uint32_t> weak_if_common;

  void AddNear(const std::vector<uint32_t>& kept, const std::vector<uint32_t>& places,
               std::vector<HashRow<format::NearSlot>>& rows) const;
};

// Near names are found by forms of theirs with a letter left out.
void GazetteerBuilder::Impl::AddNear(const std::vector<uint32_t>& kept,
                                     const std::vector<uint32_t>& places,
                                     std::vector<HashRow<format::NearSlot>>& rows) const {
  std::string folded;
  std::vector<std::string_view> words;
  for (size_t i = 0; i < kept.size(); ++i) {
    const Name& name = names[kept[i]];
    // Names of one sequence are found together.
    if (i > 0 && names[kept[i - 1]].key == name.key) continue;
    folded = internal::FoldedSurface(Text(name));
    words.clear();
    for (size_t at = 0; at <= folded.size();) {
      const size_t end = std::min(folded.find(' ', at), folded.size());
      words.push_back(std::string_view(folded).substr(at, end - at));
      at = end + 1;
    }
    internal::ForEachNearKey(words, [&](uint64_t key) { rows.push_back({key, {0, places[i]}}); });
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.hash, a.row.name) < std::tuple(b.hash, b.row.name);
  });
  rows.erase(std::unique(rows.begin(), rows.end(),
                         [](const auto& a, const auto& b) {
                           return a.hash == b.hash && a.row.name == b.row.name;
                         }),
             rows.end());
}

GazetteerBuilder::GazetteerBuilder(GazetteerBuilderOptions options)
    : impl_(std::make_unique<Impl>()) {
  impl_->options = std::move(options);
}
GazetteerBuilder::~GazetteerBuilder() = default;
GazetteerBuilder::GazetteerBuilder(GazetteerBuilder&&) noexcept = default;
GazetteerBuilder& GazetteerBuilder::operator=(GazetteerBuilder&&) noexcept = default;

absl::Status GazetteerBuilder::Add(const GazetteerEntry& entry) {
  if (!(entry.prior >= 0 && entry.prior <= 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat("prior ", entry.prior, " is not between 0 and 1"));
  }
  if (entry.id.size() > kMostBytes || entry.name.size() > kMostBytes) {
    return absl::InvalidArgumentError("a name or id of more than 65,535 bytes");
  }
  const auto type = std::find(impl_->types.begin(), impl_->types.end(), entry.type);
  const auto type_index = static_cast<uint32_t>(type - impl_->types.begin());
  if (type == impl_->types.end() && impl_->types.size() >= 256) {
    return absl::InvalidArgumentError(
        absl::StrCat("type '", entry.type, "' is the 257th; at most 256 are kept"));
  }
  // A failed entry leaves nothing behind.
  const size_t names_before = impl_->names.size();
  const size_t weak_before = impl_->weak_if_common.size();
  auto index = static_cast<uint32_t>(impl_->entries.size());
  std::string key;
  if (!entry.id.empty()) {
    key = absl::StrCat(entry.type, "\n", entry.id);
    if (const auto known = impl_->entry_of_id.find(key); known != impl_->entry_of_id.end())
      index = known->second;
  }
  const EntityType entity_type = EntityTypeFromName(entry.type);
  absl::Status status =
      impl_->AddNameAndVariants(entry.name, index, entity_type, entry.policy, entry.prior);
  for (size_t i = 0; i < entry.aliases.size() && status.ok(); ++i) {
    status =
        impl_->AddNameAndVariants(entry.aliases[i], index, entity_type, entry.policy, entry.prior);
  }
  if (!status.ok()) {
    impl_->names.resize(names_before);
    impl_->weak_if_common.resize(weak_before);
    return status;
  }
  if (type == impl_->types.end()) impl_->types.push_back(entry.type);
  if (index == impl_->entries.size()) {
    const std::string_view name = Trim(entry.name);
    impl_->entries.push_back(
        {std::string((entry.policy & kLiteral) != 0 ? name : SplitBracketed(name).name), entry.id,
         type_index});
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

const GazetteerBuilderOptions& GazetteerBuilder::options() const { return impl_->options; }

absl::StatusOr<std::string> GazetteerBuilder::BuildImage() const {
  const Impl& impl = *impl_;
  std::vector<uint8_t> flags(impl.names.size());
  for (size_t i = 0; i < flags.size(); ++i) {
    const Impl::Name& name = impl.names[i];
    const bool common = name.hash_count == 1 && impl.common_words.contains(name.key);
    flags[i] = static_cast<uint8_t>(name.flags | (common ? format::kNameCommonWord : 0));
  }
  for (const uint32_t i : impl.weak_if_common) {
    if ((flags[i] & format::kNameCommonWord) != 0) flags[i] |= kContextOnly;
  }

  // Names sorted by token sequence, then by prior; the same name of the same entry once.
  std::vector<uint32_t> kept(impl.names.size());
  for (uint32_t i = 0; i < kept.size(); ++i) kept[i] = i;
  std::sort(kept.begin(), kept.end(), [&](uint32_t x, uint32_t y) {
    const Impl::Name &a = impl.names[x], &b = impl.names[y];
    if (a.key != b.key) return a.key < b.key;
    if (a.prior != b.prior) return a.prior > b.prior;
    return x < y;
  });
  size_t kept_count = 0;
  size_t sequence = 0;  // where the sequence at hand begins among those kept
  for (const uint32_t index : kept) {
    const Impl::Name& name = impl.names[index];
    if (kept_count > 0 && impl.names[kept[sequence]].key != name.key) sequence = kept_count;
    bool known = false;
    // Long runs of one name are rows of a table: the last ones are compared, the rest is spared.
    constexpr size_t kMostCompared = 256;
    for (size_t k = std::max(sequence, kept_count - std::min(kept_count, kMostCompared));
         k < kept_count && !known; ++k) {
      const Impl::Name& other = impl.names[kept[k]];
      known = other.entry == name.entry && impl.Stored(other) == impl.Stored(name);
    }
    if (!known) kept[kept_count++] = index;
  }
  kept.resize(kept_count);

  std::string heap;
  std::vector<uint32_t> places(kept.size());  // in units of 4 bytes
  std::vector<format::Entry> entries(impl.entries.size());
  std::vector<HashRow<format::Slot>> slots;
  slots.reserve(kept.size() * 2);
  absl::flat_hash_set<uint64_t> first_lower, first_other;
  bool has_any_case = false;
  for (size_t i = 0; i < kept.size(); ++i) {
    const Impl::Name& name = impl.names[kept[i]];
    const uint64_t* const hashes = impl.hashes.data() + name.hashes;
    const bool any = (name.flags & kAnyCase) != 0;
    has_any_case = has_any_case || any;
    if (name.lower_start || any) first_lower.insert(hashes[0]);
    if (!name.lower_start || any || (name.flags & kUpperCase) != 0) first_other.insert(hashes[0]);
    uint64_t hash = internal::BeginSequence(hashes[0]);
    for (size_t k = 1; k < name.hash_count; ++k) {
      slots.push_back({hash, {.tag = 0, .link = 1}});
      hash = internal::ExtendPrefix(hash, hashes[k]);
    }
    const bool first = i == 0 || impl.names[kept[i - 1]].key != name.key;
    const bool last = i + 1 == kept.size() || impl.names[kept[i + 1]].key != name.key;
    if (heap.size() > kMostImageBytes) break;
    places[i] = static_cast<uint32_t>(heap.size() / 4);
    if (first) slots.push_back({hash, {.tag = 0, .link = (places[i] + 1) << 1}});
    const format::NameHead head = {
        .entry = name.entry,
        .size = name.size,
        .flags = static_cast<uint8_t>(flags[kept[i]] | (last ? format::kNameLast : 0)),
        .prior = name.prior};
    heap.append(reinterpret_cast<const char*>(&head), sizeof(head));
    // The canonical name of an entry is most often one of its names.
    format::Entry& entry = entries[name.entry];
    if (entry.name_size == 0 && impl.Text(name) == impl.entries[name.entry].name) {
      entry.name = static_cast<uint32_t>(heap.size());
      entry.name_size = static_cast<uint16_t>(impl.Text(name).size());
    }
    heap += impl.Stored(name);
    heap.resize((heap.size() + 3) / 4 * 4, '\0');
  }
  const size_t names_size = heap.size();
  const auto add_text = [&heap](std::string_view text) {
    const size_t at = heap.size();
    heap += text;
    return static_cast<uint32_t>(std::min(at, kMostImageBytes));
  };
  for (size_t i = 0; i < entries.size(); ++i) {
    const Impl::Entry& e = impl.entries[i];
    if (entries[i].name_size == 0) {
      entries[i].name = add_text(e.name);
      entries[i].name_size = static_cast<uint16_t>(e.name.size());
    }
    entries[i].type = static_cast<uint8_t>(e.type);
    entries[i].id = format::kNoId;
    if (!e.id.empty()) {
      const char size[2] = {static_cast<char>(e.id.size() & 0xFFU),
                            static_cast<char>(e.id.size() >> 8)};
      entries[i].id = add_text(std::string_view(size, 2));
      add_text(e.id);
    }
  }
  std::vector<format::TypeRow> types;
  for (const std::string& type : impl.types) {
    types.push_back({.name = add_text(type), .size = static_cast<uint32_t>(type.size())});
  }
  const auto too_large = [](size_t size) {
    return absl::ResourceExhaustedError(
        absl::StrCat("image of ", size, " bytes and more; at most 4 GiB are addressed"));
  };
  if (heap.size() > kMostImageBytes) return too_large(heap.size());

  // One slot a sequence: whether names end there, and whether longer ones begin so.
  std::sort(slots.begin(), slots.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.hash, a.row.link) < std::tuple(b.hash, b.row.link);
  });
  size_t slot_count = 0;
  for (const auto& slot : slots) {
    if (slot_count > 0 && slots[slot_count - 1].hash == slot.hash) {
      slots[slot_count - 1].row.link |= slot.row.link;
    } else {
      slots[slot_count++] = slot;
    }
  }
  slots.resize(slot_count);
  std::vector<HashRow<format::NearSlot>> near;
  if (impl.options.near_matches) impl.AddNear(kept, places, near);

  // A multiplier for which no two sequences that meet share a tag; one try nearly always does.
  std::vector<format::Slot> slot_table;
  std::vector<format::NearSlot> near_table;
  uint64_t multiplier = 0;
  for (int attempt = 0;; ++attempt) {
    if (attempt == 64) return absl::InternalError("no multiplier keeps the names' hashes apart");
    multiplier =
        internal::Mix(internal::kHashSeed0 + static_cast<uint64_t>(attempt), internal::kHashSeed1) |
        1U;
    const size_t slots_wanted = slots.size() + slots.size() / 2 + 8;
    slot_table.assign(slots_wanted, format::Slot{0, 0});
    for (auto& r : slots)
      r.row.tag = internal::SlotKeyOf(r.hash, multiplier, slot_table.size()).tag;
    if (!FillTable(
            slots, multiplier, false, [](const format::Slot& s) { return s.empty(); },
            slot_table)) {
      continue;
    }
    if (near.empty()) break;
    near_table.assign(near.size() + near.size() / 2 + 8, format::NearSlot{0, format::kNoName});
    for (auto& r : near) r.row.tag = internal::SlotKeyOf(r.hash, multiplier, near_table.size()).tag;
    if (FillTable(
            near, multiplier, true,
            [](const format::NearSlot& s) { return s.name == format::kNoName; }, near_table)) {
      break;
    }
  }
  // Sixteen bits a first token.
  std::vector<uint64_t> filter(std::bit_ceil((first_lower.size() + first_other.size()) / 4 + 1), 0);
  const auto add_first = [&filter](uint64_t folded, bool lower_start) {
    const internal::FilterBits f = internal::FilterOf(folded, lower_start);
    filter[f.word & (filter.size() - 1)] |= f.bits;
  };
  for (const uint64_t folded : first_lower) add_first(folded, true);
  for (const uint64_t folded : first_other) add_first(folded, false);

  std::string image(sizeof(format::Header) + format::kSectionCount * sizeof(format::SectionRow),
                    '\0');
  const size_t bytes = heap.size() + slot_table.size() * sizeof(format::Slot) +
                       near_table.size() * sizeof(format::NearSlot) + filter.size() * 8 +
                       entries.size() * sizeof(format::Entry) + impl.licence.size() + 4096;
  image.reserve(bytes);
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
  add_rows(format::kSlots, slot_table);
  add_rows(format::kHeap, heap);
  add_rows(format::kEntries, entries);
  add_rows(format::kTypes, types);
  add_rows(format::kLicence, impl.licence);
  add_rows(format::kNear, near_table);
  image.resize((image.size() + 7) / 8 * 8, '\0');
  format::Header header = {};
  std::memcpy(header.magic, format::kMagic, sizeof(header.magic));
  header.major = Gazetteer::kMajorVersion;
  header.minor = Gazetteer::kMinorVersion;
  header.section_count = format::kSectionCount;
  header.file_size = image.size();
  header.tokenizer_version = format::kTokenizerVersion;
  header.name_count = static_cast<uint32_t>(kept.size());
  header.multiplier = multiplier;
  if (has_any_case) header.flags = format::kHasAnyCase;
  header.names_size = static_cast<uint32_t>(names_size);
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
