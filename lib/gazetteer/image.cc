#include "lib/gazetteer/image.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/text/string_view.h"

namespace nutgraf {

using gazetteer_format::Header;
using gazetteer_format::SectionRow;
using gazetteer_format::Slot;
using gazetteer_format::TypeRow;
using internal::Absl;

namespace {
constexpr std::string_view kSectionNames[] = {"filter", "slots",   "heap", "entries",
                                              "types",  "licence", "near"};
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
  const auto whole = [&](uint32_t section, size_t size) {
    return sections[section].size() % size == 0 && rows(section, size) > 0;
  };
  if (!whole(gazetteer_format::kFilter, 8) ||
      !std::has_single_bit(rows(gazetteer_format::kFilter, 8))) {
    return invalid("section filter must have a power of two of rows");
  }
  if (!whole(gazetteer_format::kSlots, sizeof(Slot)) ||
      rows(gazetteer_format::kSlots, sizeof(Slot)) > std::numeric_limits<uint32_t>::max()) {
    return invalid("section slots must have between 1 and 2^32 - 1 rows");
  }
  if (header.names_size > sections[gazetteer_format::kHeap].size()) {
    return invalid("names of ", header.names_size, " bytes do not fit the heap of ",
                   sections[gazetteer_format::kHeap].size());
  }
  const auto image = std::make_shared<Image>();
  image->bytes_ = bytes;
  image->owner_ = std::move(owner);
  image->filter_ = reinterpret_cast<const uint64_t*>(sections[gazetteer_format::kFilter].data());
  image->filter_mask_ = rows(gazetteer_format::kFilter, 8) - 1;
  image->slots_ = reinterpret_cast<const Slot*>(sections[gazetteer_format::kSlots].data());
  image->slot_count_ = rows(gazetteer_format::kSlots, sizeof(Slot));
  image->multiplier_ = header.multiplier;
  image->flags_ = header.flags;
  image->heap_ = sections[gazetteer_format::kHeap];
  image->names_ = image->heap_.substr(0, header.names_size);
  image->name_count_ = header.name_count;
  image->entries_ =
      reinterpret_cast<const gazetteer_format::Entry*>(sections[gazetteer_format::kEntries].data());
  image->entry_count_ = rows(gazetteer_format::kEntries, sizeof(gazetteer_format::Entry));
  image->types_ = reinterpret_cast<const TypeRow*>(sections[gazetteer_format::kTypes].data());
  const size_t types = rows(gazetteer_format::kTypes, sizeof(TypeRow));
  if (types > image->entity_types_.size()) return invalid(types, " types; at most 256 are read");
  image->type_count_ = static_cast<uint32_t>(types);
  image->licence_ = sections[gazetteer_format::kLicence];
  image->near_ =
      reinterpret_cast<const gazetteer_format::NearSlot*>(sections[gazetteer_format::kNear].data());
  image->near_count_ = rows(gazetteer_format::kNear, sizeof(gazetteer_format::NearSlot));
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
    return offset <= heap_.size() && size <= heap_.size() - offset;
  };
  for (uint32_t i = 0; i < type_count_; ++i) {
    if (!string_fits(types_[i].name, types_[i].size))
      return loss("type ", i, " lies outside the heap");
  }
  for (size_t i = 0; i < entry_count_; ++i) {
    const gazetteer_format::Entry& e = entries_[i];
    if (!string_fits(e.name, e.name_size) ||
        (e.id != gazetteer_format::kNoId &&
         (!string_fits(e.id, 2) ||
          (entry_id(e).empty() && string(e.id, 2) != std::string_view("\0\0", 2))))) {
      return loss("entry ", i, " lies outside the heap");
    }
    if (e.type >= type_count_) return loss("entry ", i, " has a type that is not there");
  }
  // Where names begin, and where those of a sequence do.
  size_t names = 0;
  uint64_t end = 0;
  bool last = true;
  absl::flat_hash_set<uint64_t> places;
  absl::flat_hash_set<uint64_t> firsts;
  for (NameCursor c = AllNames(); c.Next(); ++names) {
    if (c.name().entry >= entry_count_)
      return loss("name ", names, " belongs to an entry that is not there");
    places.insert(c.name().place);
    if (last) firsts.insert(c.name().place);
    last = (c.name().flags & gazetteer_format::kNameLast) != 0;
    end = c.name().place + sizeof(gazetteer_format::NameHead) + c.name().text.size() +
          ((c.name().flags & gazetteer_format::kNameTail) != 0 ? 1 : 0);
  }
  if (!last) return loss("the last name does not end its sequence");
  if (names != name_count_ || (end + 3) / 4 * 4 != names_.size()) {
    return loss(names, " names are there, ", name_count_, " should be");
  }
  uint64_t used = 0;
  for (uint64_t i = 0; i < slot_count_; ++i) {
    if (slots_[i].has_names() && !firsts.contains(slots_[i].names()))
      return loss("slot ", i, " leads to no name");
    used += slots_[i].empty() ? 0 : 1;
  }
  if (used == slot_count_) return loss("no slot is empty");
  for (size_t i = 0; i < near_count_; ++i) {
    if (near_[i].name != gazetteer_format::kNoName && !places.contains(uint64_t{near_[i].name} * 4))
      return loss("near slot ", i, " leads to no name");
  }
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
