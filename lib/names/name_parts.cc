#include "nutgraf/name_parts.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/gazetteer/file_bytes.h"
#include "lib/gazetteer/image.h"
#include "lib/names/format.h"
#include "lib/text/string_view.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {

namespace format = name_parts_format;

namespace {

absl::Status Invalid(std::string_view source, std::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(internal::Absl(source), ": ", internal::Absl(what)));
}

// The folded hash of a word; false where it is not one token.
bool FoldedHash(std::string_view word, uint64_t& folded) {
  LayerRows<Token> tokens;
  Tokenize(word, tokens);
  if (tokens.size() != 1) return false;
  folded = tokens[0].folded;
  return true;
}

}  // namespace

absl::StatusOr<NameParts> NameParts::Open(const std::string& path) {
  absl::StatusOr<internal::FileBytes> file = internal::MapFile(path);
  if (!file.ok()) return file.status();
  absl::StatusOr<NameParts> names = FromBytes(file->bytes, file->owner);
  if (!names.ok()) return Invalid(path, internal::Std(names.status().message()));
  return names;
}

absl::StatusOr<NameParts> NameParts::FromBytes(std::string_view image,
                                               std::shared_ptr<const void> owner) {
  if (std::endian::native != std::endian::little) {
    return absl::UnimplementedError(
        "images of name parts are little-endian; this processor is not");
  }
  if (reinterpret_cast<uintptr_t>(image.data()) % alignof(Slot) != 0) {
    return absl::InvalidArgumentError("image at an address that is not divisible by 8");
  }
  format::Header header;
  if (image.size() < sizeof(header) || std::memcmp(image.data(), format::kMagic, 8) != 0) {
    return absl::InvalidArgumentError("no image of name parts: it does not begin with NUTNAM");
  }
  std::memcpy(&header, image.data(), sizeof(header));
  if (header.major != kMajorVersion ||
      header.tokenizer_version != gazetteer_format::kTokenizerVersion) {
    return absl::InvalidArgumentError(
        absl::StrCat("name parts of format ", header.major, " and tokenizer ",
                     header.tokenizer_version, "; this library reads ", kMajorVersion, " and ",
                     gazetteer_format::kTokenizerVersion, "; compile the tables again"));
  }
  const uint64_t size = sizeof(header) + uint64_t{header.slot_count} * sizeof(Slot) +
                        uint64_t{header.group_count} * sizeof(uint32_t);
  if (header.file_size != image.size() || size > image.size()) {
    return absl::InvalidArgumentError(absl::StrCat("name parts of ", header.file_size,
                                                   " bytes, but ", image.size(),
                                                   " are there: truncated?"));
  }
  NameParts names;
  names.image_ = image;
  names.owner_ = std::move(owner);
  names.slots_ = reinterpret_cast<const Slot*>(image.data() + sizeof(header));
  names.slot_count_ = header.slot_count;
  names.word_count_ = header.word_count;
  names.groups_ = reinterpret_cast<const uint32_t*>(names.slots_ + header.slot_count);
  names.group_count_ = header.group_count;
  return names;
}

absl::Status NameParts::Verify() const {
  if (image_.empty()) return absl::OkStatus();
  format::Header header;
  std::memcpy(&header, image_.data(), sizeof(header));
  if (internal::Checksum(image_.substr(sizeof(header))) != header.checksum) {
    return absl::DataLossError(
        "name parts: the checksum is not that of the content: the file is damaged");
  }
  size_t words = 0;
  for (size_t i = 0; i < slot_count_; ++i) {
    const Slot& slot = slots_[i];
    if ((slot.flags & format::kUsed) == 0) continue;
    ++words;
    if (uint64_t{slot.groups} + slot.group_count > group_count_) {
      return absl::DataLossError(
          absl::StrCat("name parts: slot ", i, " names groups that are not there"));
    }
  }
  if (words != word_count_ || (words > 0 && words == slot_count_)) {
    return absl::DataLossError(
        absl::StrCat("name parts: ", words, " words are there, ", word_count_, " should be"));
  }
  return absl::OkStatus();
}

const NameParts::Slot* NameParts::Find(uint64_t folded) const {
  if (slot_count_ == 0) return nullptr;
  uint64_t i = ((folded >> 32) * slot_count_) >> 32;
  for (uint64_t n = 0; n < format::kMostProbes; ++n) {
    const Slot& slot = slots_[i];
    if ((slot.flags & format::kUsed) == 0) return nullptr;
    if (slot.hash == folded) return &slot;
    if (++i == slot_count_) i = 0;
  }
  return nullptr;
}

NamePart NameParts::LookupHash(uint64_t folded) const {
  const Slot* const slot = Find(folded);
  if (slot == nullptr) return {};
  return {.is_first = (slot->flags & format::kFirst) != 0,
          .is_last = (slot->flags & format::kLast) != 0,
          .sex = static_cast<NameSex>(slot->flags & format::kSexMask),
          .first_frequency = slot->first_frequency,
          .last_frequency = slot->last_frequency};
}

NameRelation NameParts::RelateHashes(uint64_t a, uint64_t b) const {
  if (a == b) return NameRelation::kSame;
  const Slot* const x = Find(a);
  const Slot* const y = Find(b);
  if (x == nullptr || y == nullptr) return NameRelation::kNone;
  NameRelation relation = NameRelation::kNone;
  for (uint64_t i = 0; i < x->group_count && x->groups + i < group_count_; ++i) {
    for (uint64_t k = 0; k < y->group_count && y->groups + k < group_count_; ++k) {
      if (groups_[x->groups + i] != groups_[y->groups + k]) continue;
      if ((groups_[x->groups + i] & format::kNicknameGroup) == 0) return NameRelation::kSpelling;
      relation = NameRelation::kNickname;
    }
  }
  return relation;
}

NamePart NameParts::Lookup(std::string_view word) const {
  uint64_t folded = 0;
  return FoldedHash(word, folded) ? LookupHash(folded) : NamePart{};
}

NameRelation NameParts::Relate(std::string_view a, std::string_view b) const {
  uint64_t x = 0, y = 0;
  return FoldedHash(a, x) && FoldedHash(b, y) ? RelateHashes(x, y) : NameRelation::kNone;
}

}  // namespace nutgraf
