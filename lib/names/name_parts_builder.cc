#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/gazetteer/image.h"
#include "lib/names/format.h"
#include "lib/text/lines.h"
#include "lib/text/string_view.h"
#include "nutgraf/name_parts.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {

namespace format = name_parts_format;
using internal::Split;

struct NamePartsBuilder::Impl {
  struct Word {
    uint8_t first_frequency = 0;
    uint8_t last_frequency = 0;
    uint8_t flags = format::kUsed;
    std::vector<uint32_t> groups = {};
  };
  absl::flat_hash_map<uint64_t, Word> words;
  uint32_t group_count = 0;
  LayerRows<Token> tokens;

  // The word, made where it is new; null where it is not one token.
  Word* Get(std::string_view word) {
    tokens.clear();
    Tokenize(word, tokens);
    return tokens.size() == 1 ? &words[tokens[0].folded] : nullptr;
  }

  void AddToGroup(std::string_view name, uint32_t group) {
    constexpr size_t kMostGroups = std::numeric_limits<uint8_t>::max();
    Word* const word = Get(name);
    if (word == nullptr || word->groups.size() == kMostGroups) return;
    if (std::find(word->groups.begin(), word->groups.end(), group) == word->groups.end())
      word->groups.push_back(group);
  }
};

namespace {

absl::Status ParseFrequency(std::string_view field, uint8_t& frequency) {
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), frequency);
  if (error != std::errc() || end != field.data() + field.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("frequency '", internal::Absl(field), "' is no number from 0 to 255"));
  }
  return absl::OkStatus();
}

// Calls `use` with the fields of each row after the header, which must be `header`.
template <typename Fn>
absl::Status ForEachRow(std::string_view text, std::string_view source, std::string_view header,
                        const Fn& use) {
  const size_t columns = Split(header, '\t').size();
  bool header_seen = false;
  internal::SkipByteOrderMark(text);
  for (size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = internal::TakeLine(text);
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string_view> fields = Split(line, '\t');
    absl::Status status;
    if (!header_seen) {
      header_seen = true;
      if (line != header) {
        std::string columns_text(header);
        std::replace(columns_text.begin(), columns_text.end(), '\t', ' ');
        status = absl::InvalidArgumentError(
            absl::StrCat("the header must name the columns ", columns_text));
      }
    } else if (fields.size() != columns) {
      status = absl::InvalidArgumentError(
          absl::StrCat(fields.size(), " columns where the header has ", columns));
    } else {
      status = use(fields);
    }
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(internal::Absl(source), ":", number, ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

}  // namespace

NamePartsBuilder::NamePartsBuilder() : impl_(std::make_unique<Impl>()) {}
NamePartsBuilder::~NamePartsBuilder() = default;
NamePartsBuilder::NamePartsBuilder(NamePartsBuilder&&) noexcept = default;
NamePartsBuilder& NamePartsBuilder::operator=(NamePartsBuilder&&) noexcept = default;

absl::Status NamePartsBuilder::AddFirstNames(std::string_view tsv, std::string_view source) {
  return ForEachRow(tsv, source, "name\tsex\tfrequency", [this](const auto& fields) {
    NameSex sex = NameSex::kBoth;
    if (fields[1] == "f") {
      sex = NameSex::kFemale;
    } else if (fields[1] == "m") {
      sex = NameSex::kMale;
    } else if (fields[1] != "u") {
      return absl::InvalidArgumentError(
          absl::StrCat("sex '", internal::Absl(fields[1]), "' is none of f, m, u"));
    }
    uint8_t frequency = 0;
    if (absl::Status status = ParseFrequency(fields[2], frequency); !status.ok()) return status;
    if (Impl::Word* const word = impl_->Get(fields[0])) {
      word->flags |= static_cast<uint8_t>(format::kFirst | static_cast<uint8_t>(sex));
      word->first_frequency = std::max(word->first_frequency, frequency);
    }
    return absl::OkStatus();
  });
}

absl::Status NamePartsBuilder::AddLastNames(std::string_view tsv, std::string_view source) {
  return ForEachRow(tsv, source, "name\tfrequency", [this](const auto& fields) {
    uint8_t frequency = 0;
    if (absl::Status status = ParseFrequency(fields[1], frequency); !status.ok()) return status;
    if (Impl::Word* const word = impl_->Get(fields[0])) {
      word->flags |= format::kLast;
      word->last_frequency = std::max(word->last_frequency, frequency);
    }
    return absl::OkStatus();
  });
}

absl::Status NamePartsBuilder::AddSpellings(std::string_view tsv, std::string_view source) {
  return ForEachRow(tsv, source, "forms", [this](const auto& fields) {
    for (const std::string_view form : Split(fields[0], '|'))
      impl_->AddToGroup(form, impl_->group_count);
    ++impl_->group_count;
    return absl::OkStatus();
  });
}

absl::Status NamePartsBuilder::AddNicknames(std::string_view tsv, std::string_view source) {
  return ForEachRow(tsv, source, "name\tnicknames", [this](const auto& fields) {
    const uint32_t group = impl_->group_count++ | format::kNicknameGroup;
    impl_->AddToGroup(fields[0], group);
    for (const std::string_view form : Split(fields[1], '|')) impl_->AddToGroup(form, group);
    return absl::OkStatus();
  });
}

std::string NamePartsBuilder::BuildImage() const {
  std::vector<uint64_t> hashes;
  for (const auto& [hash, word] : impl_->words) hashes.push_back(hash);
  std::sort(hashes.begin(), hashes.end());  // the order of their homes
  // Two of three slots used, or fewer, until no word is far from its home.
  std::vector<NameParts::Slot> slots;
  std::vector<uint32_t> groups;
  size_t count = hashes.size() + hashes.size() / 2 + 8;
  for (bool fits = false; !fits; count += count / 2) {
    slots.assign(count, NameParts::Slot{});
    groups.clear();
    fits = true;
    for (const uint64_t hash : hashes) {
      const Impl::Word& word = impl_->words.at(hash);
      uint64_t i = ((hash >> 32) * slots.size()) >> 32;
      uint64_t probes = 1;
      for (; slots[i].flags != 0; ++probes) i = i + 1 == slots.size() ? 0 : i + 1;
      fits = fits && probes <= format::kMostProbes;
      slots[i] = {.hash = hash,
                  .first_frequency = word.first_frequency,
                  .last_frequency = word.last_frequency,
                  .flags = word.flags,
                  .group_count = static_cast<uint8_t>(word.groups.size()),
                  .groups = static_cast<uint32_t>(groups.size())};
      groups.insert(groups.end(), word.groups.begin(), word.groups.end());
    }
  }
  if (groups.size() % 2 != 0) groups.push_back(0);
  format::Header header = {};
  std::memcpy(header.magic, format::kMagic, sizeof(header.magic));
  header.major = NameParts::kMajorVersion;
  header.minor = NameParts::kMinorVersion;
  header.tokenizer_version = gazetteer_format::kTokenizerVersion;
  header.slot_count = static_cast<uint32_t>(slots.size());
  header.group_count = static_cast<uint32_t>(groups.size());
  header.word_count = static_cast<uint32_t>(hashes.size());
  std::string image(sizeof(header), '\0');
  image.append(reinterpret_cast<const char*>(slots.data()), slots.size() * sizeof(slots[0]));
  image.append(reinterpret_cast<const char*>(groups.data()), groups.size() * sizeof(groups[0]));
  header.file_size = image.size();
  header.checksum = internal::Checksum(std::string_view(image).substr(sizeof(header)));
  std::memcpy(image.data(), &header, sizeof(header));
  return image;
}

absl::StatusOr<NameParts> NamePartsBuilder::Build() const {
  const std::string image = BuildImage();
  const auto owner = std::make_shared<std::vector<uint64_t>>((image.size() + 7) / 8);
  std::memcpy(owner->data(), image.data(), image.size());
  return NameParts::FromBytes({reinterpret_cast<const char*>(owner->data()), image.size()}, owner);
}

}  // namespace nutgraf
