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
// Links and entries have 31 bits for a place.
constexpr size_t kMostSectionBytes = std::numeric_limits<uint32_t>::max() / 2 - 1;

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

template <typename Row>
struct HashRow {
  uint64_t hash;
  Row row;
};

// Sorted by home, then by hash: tables are filled in this order, the same bytes on every build.
template <typename Row>
void SortByHome(std::vector<HashRow<Row>>& rows, uint64_t multiplier, uint64_t count) {
  const auto key = [&](const HashRow<Row>& r) {
    return std::tuple(internal::SlotKeyOf(r.hash, multiplier, count).home, r.hash);
  };
  std::sort(rows.begin(), rows.end(),
            [&](const HashRow<Row>& a, const HashRow<Row>& b) { return key(a) < key(b); });
}

// Links of token sequences, eight of ten slots used. False where the multiplier makes too many
// sequences that meet share a tag, or too long a way to one.
bool FillBuckets(std::vector<HashRow<uint32_t>>& links, uint64_t multiplier,
                 std::vector<format::Bucket>& buckets) {
  buckets.assign(links.size() / 8 + 1, format::Bucket{});
  const uint64_t count = buckets.size();
  SortByHome(links, multiplier, count);
  std::vector<uint8_t> used(count, 0);
  for (const auto& [hash, link] : links) {
    const internal::SlotKey key = internal::SlotKeyOf(hash, multiplier, count);
    uint64_t i = key.home;
    for (uint64_t n = 1; used[i] == format::Bucket::kSlots; ++n) {
      buckets[i].overflow |= uint32_t{1} << (key.tag & 31U);
      i = i + 1 == count ? 0 : i + 1;
      if (n == internal::kMostProbes) return false;
    }
    buckets[i].tags[used[i]] = static_cast<uint16_t>(key.tag);
    buckets[i].links[used[i]++] = link;
  }
  for (const auto& [hash, link] : links) {
    const internal::SlotKey key = internal::SlotKeyOf(hash, multiplier, count);
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
bool FillNear(std::vector<HashRow<uint32_t>>& names, uint64_t multiplier,
              std::vector<format::NearSlot>& table) {
  if (names.empty()) return true;
  table.assign(names.size() + names.size() / 2 + 8, format::NearSlot{0, format::kNoName});
  SortByHome(names, multiplier, table.size());
  for (const auto& [hash, name] : names) {
    const internal::SlotKey key = internal::SlotKeyOf(hash, multiplier, table.size());
    uint64_t i = key.home;
    for (uint64_t n = 1; table[i].name != format::kNoName; ++n) {
      i = i + 1 == table.size() ? 0 : i + 1;
      if (n == internal::kMostProbes) return false;
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
    uint8_t tail;  // tokens
    uint8_t flags;
    uint8_t prior;
    bool lower_start;
    bool of_words;  // is its tokens with one blank between
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

  std::string_view Text(const Name& name) const {
    return std::string_view(texts).substr(name.text, name.size);
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
    if (count == 0) return absl::InvalidArgumentError("a name has no token");
    if (count > format::kLongestName) {
      return absl::InvalidArgumentError(absl::StrCat("a name of ", count, " tokens; at most ",
                                                     format::kLongestName, " are matched"));
    }
    const std::string normalized = internal::NormalizedSurface(text, tokens);
    name.of_words = (policy & kLiteral) == 0 || normalized == text;
    const std::string_view surface = name.of_words ? std::string_view(normalized) : text;
    if (surface.size() > kMostBytes) {
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
    name.tail = static_cast<uint8_t>(tail_tokens);
    name.size = static_cast<uint16_t>(surface.size());
    name.entry = entry;
    name.flags = policy & (kAnyCase | kUpperCase | kContextOnly | kNeverAlone | kLiteral);
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
    const bool keeps_form =
        (policy & kWholeName) != 0 || (type != EntityType::kOrganization &&
                                       type != EntityType::kFacility && type != EntityType::kOther);
    for (const internal::NameVariant& v : internal::NameVariants(name, keeps_form)) {
      if (!AddName(v.name, 0, entry, policy, prior).ok()) continue;
      if (v.without_legal_form) weak_if_common.push_back(static_cast<uint32_t>(names.size() - 1));
    }
    return absl::OkStatus();
  }

  // Names that lost their legal form: "Target" of "Target Corp" needs context.
  std::vector<uint32_t> weak_if_common;

  // Sorted by token sequence, then by prior; the same name of the same entry once.
  std::vector<uint32_t> KeptNames() const;

  // Where near names are found: forms of theirs with a letter left out.
  std::vector<HashRow<uint32_t>> NearNames(const std::vector<uint32_t>& kept,
                                           const std::vector<uint32_t>& places) const;
};

std::vector<uint32_t> GazetteerBuilder::Impl::KeptNames() const {
  std::vector<uint32_t> kept(names.size());
  for (uint32_t i = 0; i < kept.size(); ++i) kept[i] = i;
  std::sort(kept.begin(), kept.end(), [this](uint32_t x, uint32_t y) {
    const Name &a = names[x], &b = names[y];
    if (a.key != b.key) return a.key < b.key;
    if (a.prior != b.prior) return a.prior > b.prior;
    return x < y;
  });
  size_t count = 0;
  size_t sequence = 0;  // where the sequence at hand begins among those kept
  for (const uint32_t index : kept) {
    const Name& name = names[index];
    if (count > 0 && names[kept[sequence]].key != name.key) sequence = count;
    bool known = false;
    // Long runs of one name are rows of a table: the last ones are compared, the rest is spared.
    constexpr size_t kMostCompared = 256;
    for (size_t k = std::max(sequence, count - std::min(count, kMostCompared)); k < count && !known;
         ++k) {
      const Name& other = names[kept[k]];
      known = other.entry == name.entry && other.tail == name.tail && Text(other) == Text(name);
    }
    if (!known) kept[count++] = index;
  }
  kept.resize(count);
  return kept;
}

std::vector<HashRow<uint32_t>> GazetteerBuilder::Impl::NearNames(
    const std::vector<uint32_t>& kept, const std::vector<uint32_t>& places) const {
  std::vector<HashRow<uint32_t>> rows;
  std::vector<std::string> folded;
  std::vector<std::string_view> words;
  for (size_t i = 0; i < kept.size(); ++i) {
    const Name& name = names[kept[i]];
    // Names of one sequence are found together.
    if (!name.of_words || (i > 0 && names[kept[i - 1]].key == name.key)) continue;
    folded.clear();
    ForEachWord(Text(name), [&folded](std::string_view word) {
      folded.push_back(internal::FoldedSurface(word));
    });
    words.assign(folded.begin(), folded.end());
    internal::ForEachNearKey(words, internal::kShortestNearName, [&](uint64_t key) {
      rows.push_back({key, places[i]});
    });
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.hash, a.row) < std::tuple(b.hash, b.row);
  });
  rows.erase(
      std::unique(rows.begin(), rows.end(),
                  [](const auto& a, const auto& b) { return a.hash == b.hash && a.row == b.row; }),
      rows.end());
  return rows;
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

  const std::vector<uint32_t> kept = impl.KeptNames();
  const auto too_large = [](std::string_view what, size_t size) {
    return absl::ResourceExhaustedError(absl::StrCat(internal::Absl(what), " of ", size,
                                                     " bytes and more; at most ", kMostSectionBytes,
                                                     " are addressed: use several gazetteers"));
  };

  // An entry whose only name is its own, and that has no id, needs no record.
  std::vector<uint32_t> names_of_entry(impl.entries.size(), 0);
  Words words;
  for (const uint32_t index : kept) {
    const Impl::Name& name = impl.names[index];
    ++names_of_entry[name.entry];
    if (name.of_words) words.Count(impl.Text(name));
  }
  words.Write();
  std::vector<uint32_t> entries(impl.entries.size(), format::kIsName);
  for (const uint32_t index : kept) {
    const Impl::Name& name = impl.names[index];
    const Impl::Entry& entry = impl.entries[name.entry];
    const bool is_entry = names_of_entry[name.entry] == 1 && entry.id.empty() && name.tail == 0 &&
                          impl.Text(name) == entry.name;
    if (!is_entry) entries[name.entry] = 0;
  }
  std::string records;
  for (uint32_t i = 0; i < entries.size(); ++i) {
    if (entries[i] != 0) continue;
    const Impl::Entry& e = impl.entries[i];
    if (records.size() > kMostSectionBytes) return too_large("entries", records.size());
    entries[i] = static_cast<uint32_t>(records.size());
    AppendBytes(format::RecordHead{.entry = i,
                                   .name_size = static_cast<uint16_t>(e.name.size()),
                                   .id_size = static_cast<uint16_t>(e.id.size()),
                                   .type = e.type},
                records);
    records += e.name;
    records += e.id;
  }

  std::string names;
  std::vector<uint32_t> places(kept.size());
  std::vector<HashRow<uint32_t>> links;
  links.reserve(kept.size() * 2);
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
      links.push_back({hash, format::kLongerBit});
      hash = internal::ExtendPrefix(hash, hashes[k]);
    }
    const bool first = i == 0 || impl.names[kept[i - 1]].key != name.key;
    const bool last = i + 1 == kept.size() || impl.names[kept[i + 1]].key != name.key;
    if (names.size() > kMostSectionBytes) return too_large("names", names.size());
    places[i] = static_cast<uint32_t>(names.size());
    if (first) links.push_back({hash, (places[i] + 1) << 1});
    const bool has_record = (entries[name.entry] & format::kIsName) == 0;
    if (!has_record) entries[name.entry] = format::kIsName | places[i];
    names += static_cast<char>(flags[kept[i]] | (last ? format::kNameLast : 0));
    names += static_cast<char>(name.prior);
    names += static_cast<char>(impl.entries[name.entry].type);
    names += static_cast<char>((name.of_words ? name.hash_count : 0) |
                               (has_record ? format::kHasRecord : 0) |
                               (name.tail > 0 ? format::kHasTail : 0));
    if (name.tail > 0) names += static_cast<char>(name.tail);
    if (has_record) AppendVarint(entries[name.entry], names);
    if (name.of_words) {
      words.Append(impl.Text(name), names);
    } else {
      AppendBytes(name.size, names);
      names += impl.Text(name);
    }
  }
  std::string text = words.text();
  std::vector<format::TypeRow> types;
  for (const std::string& type : impl.types) {
    types.push_back(
        {.name = static_cast<uint32_t>(text.size()), .size = static_cast<uint32_t>(type.size())});
    text += type;
  }
  if (text.size() > kMostSectionBytes) return too_large("words", text.size());

  // One link a sequence: whether names end there, and whether longer ones begin so.
  std::sort(links.begin(), links.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.hash, a.row) < std::tuple(b.hash, b.row);
  });
  size_t link_count = 0;
  for (const auto& link : links) {
    if (link_count > 0 && links[link_count - 1].hash == link.hash) {
      links[link_count - 1].row |= link.row;
    } else {
      links[link_count++] = link;
    }
  }
  links.resize(link_count);
  std::vector<HashRow<uint32_t>> near_names;
  if (impl.options.near_matches) near_names = impl.NearNames(kept, places);

  // The first multiplier nearly always does.
  std::vector<format::Bucket> buckets;
  std::vector<format::NearSlot> near;
  uint64_t multiplier = 0;
  for (uint64_t attempt = 0;; ++attempt) {
    if (attempt == 64) return absl::InternalError("no multiplier keeps the names' hashes apart");
    multiplier = internal::Mix(internal::kHashSeed0 + attempt, internal::kHashSeed1) | 1U;
    if (FillBuckets(links, multiplier, buckets) && FillNear(near_names, multiplier, near)) break;
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
  image.reserve(names.size() + text.size() + records.size() + buckets.size() * sizeof(buckets[0]) +
                near.size() * sizeof(near[0]) + (filter.size() + entries.size()) * 8 +
                impl.licence.size() + 4096);
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
  add_rows(format::kBuckets, buckets);
  add_rows(format::kNames, names);
  add_rows(format::kText, text);
  add_rows(format::kEntries, entries);
  add_rows(format::kRecords, records);
  add_rows(format::kTypes, types);
  add_rows(format::kLicence, impl.licence);
  add_rows(format::kNear, near);
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
