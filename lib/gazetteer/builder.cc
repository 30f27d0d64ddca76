#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/gazetteer/file_bytes.h"
#include "lib/gazetteer/image.h"
#include "lib/gazetteer/image_writer.h"
#include "lib/gazetteer/name_variants.h"
#include "lib/gazetteer/surface.h"
#include "lib/text/string_view.h"
#include "lib/text/unicode.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {

namespace {

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

}  // namespace

struct GazetteerBuilder::Impl {
  GazetteerBuilderOptions options;
  internal::CollectedNames collected;
  absl::flat_hash_map<std::string, uint32_t> entry_of_id;
  absl::flat_hash_set<uint64_t> common_words;
  std::vector<uint32_t> weak_if_common;  // names that lost their legal form: "Target" of "Target
                                         // Corp" needs context
  LayerRows<Token> tokens;

  // Adds a name without its variants, or says why it cannot be one. `tail` bytes at its end are no part
  // of the mention.
  absl::Status AddName(std::string_view text, size_t tail, uint32_t entry, uint8_t policy,
                       double prior) {
    if (!IsUtf8(text)) return absl::InvalidArgumentError("a name is not UTF-8");
    tokens.clear();
    Tokenize(text, tokens);
    internal::CollectedNames::Name name = {};
    name.hashes = collected.hashes.size();
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (!internal::IsLeftOut(tokens, i)) collected.hashes.push_back(tokens[i].folded);
    }
    const size_t count = collected.hashes.size() - name.hashes;
    if (count == 0) return absl::InvalidArgumentError("a name has no token");
    if (count > gazetteer_format::kLongestName) {
      return absl::InvalidArgumentError(absl::StrCat("a name of ", count, " tokens; at most ",
                                                     gazetteer_format::kLongestName,
                                                     " are matched"));
    }
    const std::string normalized = internal::NormalizedSurface(text, tokens);
    name.of_words = (policy & kLiteral) == 0 || normalized == text;
    const std::string_view surface = name.of_words ? std::string_view(normalized) : text;
    if (surface.size() > internal::kMostNameBytes) {
      return absl::InvalidArgumentError("a name of more than 65,535 bytes");
    }
    name.key = internal::BeginSequence(collected.hashes[name.hashes]);
    for (size_t i = 1; i < count; ++i)
      name.key = internal::ExtendPrefix(name.key, collected.hashes[name.hashes + i]);
    name.hash_count = static_cast<uint8_t>(count);
    name.text = collected.texts.size();
    collected.texts += surface;
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
    collected.names.push_back(name);
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
    const std::string name(collected.Text(collected.names.back()));
    const bool keeps_form =
        (policy & kWholeName) != 0 || (type != EntityType::kOrganization &&
                                       type != EntityType::kFacility && type != EntityType::kOther);
    for (const internal::NameVariant& v : internal::NameVariants(name, keeps_form)) {
      if (!AddName(v.name, 0, entry, policy, prior).ok()) continue;
      collected.names.back().variant = true;
      if (v.without_legal_form)
        weak_if_common.push_back(static_cast<uint32_t>(collected.names.size() - 1));
    }
    return absl::OkStatus();
  }
};

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
  if (entry.id.size() > internal::kMostNameBytes || entry.name.size() > internal::kMostNameBytes) {
    return absl::InvalidArgumentError("a name or id of more than 65,535 bytes");
  }
  const auto type =
      std::find(impl_->collected.types.begin(), impl_->collected.types.end(), entry.type);
  const auto type_index = static_cast<uint32_t>(type - impl_->collected.types.begin());
  if (type == impl_->collected.types.end() && impl_->collected.types.size() >= 256) {
    return absl::InvalidArgumentError(
        absl::StrCat("type '", entry.type, "' is the 257th; at most 256 are kept"));
  }
  // A failed entry leaves nothing behind.
  const size_t names_before = impl_->collected.names.size();
  const size_t hashes_before = impl_->collected.hashes.size();
  const size_t texts_before = impl_->collected.texts.size();
  const size_t weak_before = impl_->weak_if_common.size();
  auto index = static_cast<uint32_t>(impl_->collected.entries.size());
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
    if (!status.ok())
      status = absl::InvalidArgumentError(absl::StrCat("alias ", i + 1, ": ", status.message()));
  }
  if (!status.ok()) {
    impl_->collected.names.resize(names_before);
    impl_->collected.hashes.resize(hashes_before);
    impl_->collected.texts.resize(texts_before);
    impl_->weak_if_common.resize(weak_before);
    return status;
  }
  if (type == impl_->collected.types.end()) impl_->collected.types.push_back(entry.type);
  if (index == impl_->collected.entries.size()) {
    const std::string_view name = Trim(entry.name);
    impl_->collected.entries.push_back(
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

void GazetteerBuilder::SetLicence(std::string_view text) { impl_->collected.licence = text; }

const GazetteerBuilderOptions& GazetteerBuilder::options() const { return impl_->options; }

absl::StatusOr<std::string> GazetteerBuilder::BuildImage() const {
  const std::vector<internal::CollectedNames::Name>& names = impl_->collected.names;
  std::vector<uint8_t> flags;
  flags.reserve(names.size());
  for (const internal::CollectedNames::Name& name : names) {
    const bool common = name.hash_count == 1 && impl_->common_words.contains(name.key);
    const int all = name.flags | (common ? gazetteer_format::kNameCommonWord : 0);
    flags.push_back(static_cast<uint8_t>(all));
  }
  for (const uint32_t i : impl_->weak_if_common) {
    if ((flags[i] & gazetteer_format::kNameCommonWord) != 0) flags[i] |= kContextOnly;
  }
  return internal::WriteImage(impl_->collected, flags, impl_->options.near_matches);
}

absl::StatusOr<Gazetteer> GazetteerBuilder::Build() const {
  absl::StatusOr<std::string> image = BuildImage();
  if (!image.ok()) return image.status();
  const std::shared_ptr<char> memory = internal::ImageMemory(image->size());
  std::memcpy(memory.get(), image->data(), image->size());
  return Gazetteer::FromBytes(std::string_view(memory.get(), image->size()), memory);
}

}  // namespace nutgraf
