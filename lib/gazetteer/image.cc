#include "lib/gazetteer/image.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/text/string_view.h"

namespace nutgraf {

using gazetteer_format::Header;
using gazetteer_format::SectionRow;
using gazetteer_format::Slot;
using gazetteer_format::Surface;
using gazetteer_format::TypeRow;
using internal::Absl;

namespace {
constexpr std::string_view kSectionNames[] = {"filter", "slots",   "surfaces", "entries",
                                              "types",  "strings", "licence"};
}  // namespace

absl::StatusOr<std::shared_ptr<const Gazetteer::Image>> Gazetteer::Image::Make(
    std::string_view bytes, std::shared_ptr<const void> owner, std::string_view source) {
  const auto invalid = [source](const auto&... parts) {
    return absl::InvalidArgumentError(absl::StrCat(Absl(source), ": ", parts...));
  };
  if (std::endian::native != std::endian::little) {
    return absl::UnimplementedError("gazetteer images are little-endian; this processor is not");
  }
  if (reinterpret_cast<uintptr_t>(bytes.data()) % alignof(uint64_t) != 0) {
    return invalid("image at an address that is not divisible by 8; copy it to one that is");
  }
  Header header;
  if (bytes.size() < sizeof(header)) {
    return invalid("not a gazetteer: ", bytes.size(), " bytes, less than a header");
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, gazetteer_format::kMagic, sizeof(header.magic)) != 0) {
    return invalid(
        "not a gazetteer: it does not begin with NUTGAZ; make one with nutgraf::GazetteerBuilder");
  }
  if (header.major != kMajorVersion) {
    return invalid("gazetteer format ", header.major, ".", header.minor, "; this library reads ",
                   kMajorVersion, ".x; compile it again with this version's GazetteerBuilder");
  }
  if (header.tokenizer_version != gazetteer_format::kTokenizerVersion) {
    return invalid("compiled for tokenizer version ", header.tokenizer_version, ", this is ",
                   gazetteer_format::kTokenizerVersion,
                   "; compile it again with this version's GazetteerBuilder");
  }
  if (header.file_size != bytes.size()) {
    return invalid("gazetteer of ", header.file_size, " bytes, but ", bytes.size(),
                   " are there: truncated?");
  }
  if (header.section_count < gazetteer_format::kSectionCount || header.section_count > 1024 ||
      sizeof(Header) + header.section_count * sizeof(SectionRow) > bytes.size()) {
    return invalid("section table of ", header.section_count, " rows does not fit");
  }
  std::string_view sections[gazetteer_format::kSectionCount];
  for (uint32_t i = 0; i < gazetteer_format::kSectionCount; ++i) {
    SectionRow row;
    std::memcpy(&row, bytes.data() + sizeof(Header) + i * sizeof(row), sizeof(row));
    if (row.id != i || row.offset % gazetteer_format::kAlignment != 0 ||
        row.offset > bytes.size() || row.size > bytes.size() - row.offset) {
      return invalid("section ", Absl(kSectionNames[i]), " at byte ", row.offset, " of ", row.size,
                     " bytes does not fit");
    }
    sections[i] = bytes.substr(row.offset, row.size);
  }
  const auto rows = [&](uint32_t section, size_t size) { return sections[section].size() / size; };
  const auto whole_power = [&](uint32_t section, size_t size) {
    return sections[section].size() % size == 0 && std::has_single_bit(rows(section, size));
  };
  if (!whole_power(gazetteer_format::kFilter, 8) ||
      !whole_power(gazetteer_format::kSlots, sizeof(Slot))) {
    return invalid("sections filter and slots must have a power of two of rows");
  }
  const auto image = std::make_shared<Image>();
  image->bytes_ = bytes;
  image->owner_ = std::move(owner);
  image->filter_ = reinterpret_cast<const uint64_t*>(sections[gazetteer_format::kFilter].data());
  image->filter_mask_ = rows(gazetteer_format::kFilter, 8) - 1;
  image->slots_ = reinterpret_cast<const Slot*>(sections[gazetteer_format::kSlots].data());
  image->slot_mask_ = rows(gazetteer_format::kSlots, sizeof(Slot)) - 1;
  image->surfaces_ = reinterpret_cast<const Surface*>(sections[gazetteer_format::kSurfaces].data());
  image->surface_count_ = rows(gazetteer_format::kSurfaces, sizeof(Surface));
  image->entries_ =
      reinterpret_cast<const gazetteer_format::Entry*>(sections[gazetteer_format::kEntries].data());
  image->entry_count_ = rows(gazetteer_format::kEntries, sizeof(gazetteer_format::Entry));
  image->types_ = reinterpret_cast<const TypeRow*>(sections[gazetteer_format::kTypes].data());
  const size_t types = rows(gazetteer_format::kTypes, sizeof(TypeRow));
  if (types > image->entity_types_.size()) return invalid(types, " types; at most 256 are read");
  image->type_count_ = static_cast<uint32_t>(types);
  image->strings_ = sections[gazetteer_format::kStrings];
  image->licence_ = sections[gazetteer_format::kLicence];
  for (uint32_t i = 0; i < types; ++i)
    image->entity_types_[i] = EntityTypeFromName(image->type_name(i));
  return std::shared_ptr<const Image>(image);
}

absl::Status Gazetteer::Image::Verify() const {
  const auto loss = [](const auto&... parts) {
    return absl::DataLossError(absl::StrCat("gazetteer: ", parts...));
  };
  Header header;
  std::memcpy(&header, bytes_.data(), sizeof(header));
  if (internal::Checksum(bytes_.substr(sizeof(header))) != header.checksum) {
    return loss("the checksum is not that of the content: the file is damaged");
  }
  const auto string_fits = [this](uint64_t offset, uint64_t size) {
    return offset <= strings_.size() && size <= strings_.size() - offset;
  };
  for (uint32_t i = 0; i < type_count_; ++i) {
    if (!string_fits(types_[i].name, types_[i].size))
      return loss("type ", i, " lies outside the strings");
  }
  for (size_t i = 0; i < entry_count_; ++i) {
    if (!string_fits(entries_[i].name, entries_[i].name_size) ||
        !string_fits(entries_[i].id, entries_[i].id_size)) {
      return loss("entry ", i, " lies outside the strings");
    }
    if (entries_[i].type >= type_count_) return loss("entry ", i, " has a type that is not there");
  }
  for (size_t i = 0; i < surface_count_; ++i) {
    if (!string_fits(surfaces_[i].text, surfaces_[i].size))
      return loss("name ", i, " lies outside the strings");
    if (surfaces_[i].entry >= entry_count_)
      return loss("name ", i, " belongs to an entry that is not there");
  }
  if (surface_count_ > 0 &&
      (surfaces_[surface_count_ - 1].flags & gazetteer_format::kSurfaceLast) == 0) {
    return loss("the last name does not end its sequence");
  }
  uint64_t used = 0;
  for (uint64_t i = 0; i <= slot_mask_; ++i) {
    if (slots_[i].surface > surface_count_)
      return loss("slot ", i, " names a name that is not there");
    used += (slots_[i].surface | slots_[i].longer) != 0 ? 1 : 0;
  }
  if (used > slot_mask_) return loss("no slot is empty");
  return absl::OkStatus();
}

namespace internal {

uint64_t Checksum(std::string_view bytes) {
  const auto* const data = reinterpret_cast<const unsigned char*>(bytes.data());
  uint64_t state = bytes.size();
  size_t i = 0;
  for (; i + 16 <= bytes.size(); i += 16) {
    state = HashBlock(state, LoadLittleEndian64(data + i), LoadLittleEndian64(data + i + 8));
  }
  unsigned char rest[16] = {};
  std::memcpy(rest, data + i, bytes.size() - i);
  return HashBlock(state, LoadLittleEndian64(rest), LoadLittleEndian64(rest + 8));
}

}  // namespace internal

}  // namespace nutgraf
