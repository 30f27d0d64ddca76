#include "nutgraf/gazetteer.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/gazetteer/file_bytes.h"
#include "lib/gazetteer/image.h"
#include "lib/gazetteer/surface.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {

namespace {

absl::StatusOr<std::shared_ptr<const Gazetteer::Image>> Make(
    const absl::StatusOr<internal::FileBytes>& file, const std::string& path) {
  if (!file.ok()) return file.status();
  return Gazetteer::Image::Make(file->bytes, file->owner, path);
}

}  // namespace

Gazetteer::Gazetteer() {
  static const auto* const kEmpty = new Gazetteer(*GazetteerBuilder().Build());
  image_ = kEmpty->image_;
}

absl::StatusOr<Gazetteer> Gazetteer::Open(const std::string& path) {
  auto image = Make(internal::MapFile(path), path);
  if (!image.ok()) return image.status();
  return Gazetteer(*std::move(image));
}

absl::StatusOr<Gazetteer> Gazetteer::OpenCopy(const std::string& path) {
  auto image = Make(internal::ReadFile(path), path);
  if (!image.ok()) return image.status();
  return Gazetteer(*std::move(image));
}

absl::StatusOr<Gazetteer> Gazetteer::FromBytes(std::string_view image,
                                               std::shared_ptr<const void> owner) {
  auto made = Image::Make(image, std::move(owner), "image in memory");
  if (!made.ok()) return made.status();
  return Gazetteer(*std::move(made));
}

absl::Status Gazetteer::Verify() const { return image_->Verify(); }
size_t Gazetteer::entry_count() const { return image_->entry_count(); }
size_t Gazetteer::name_count() const { return image_->name_count(); }
std::string_view Gazetteer::image() const { return image_->bytes(); }
std::string_view Gazetteer::licence() const { return image_->licence(); }

namespace {

namespace format = gazetteer_format;

Gazetteer::Entry EntryOf(const Gazetteer::Image& image, const Gazetteer::Image::Name& name) {
  Gazetteer::Entry entry = {.name = {}, .id = {}, .type = image.type_name(name.type)};
  if (name.has_record) {
    const Gazetteer::Image::Record record = image.record(name.record);
    entry.name = record.name;
    entry.id = record.id;
  } else {
    entry.name = image.Text(name);
  }
  return entry;
}

Gazetteer::Name Row(const Gazetteer::Image& image, const Gazetteer::Image::Name& name) {
  Gazetteer::Name row = {
      .text = image.Text(name),
      .entry = EntryOf(image, name),
      .prior = static_cast<float>(name.prior) / 255.0F,
      .policy = static_cast<uint8_t>(name.flags & ~(format::kNameCommonWord | format::kNameLast)),
      .common_word = (name.flags & format::kNameCommonWord) != 0};
  return row;
}

}  // namespace

Gazetteer::Entry Gazetteer::entry(uint32_t i) const {
  if (i >= image_->entry_count()) return {};
  const uint32_t place = image_->entry(i);
  if ((place & format::kIsName) != 0) {
    Image::NameCursor c = image_->NamesAt(place & ~format::kIsName);
    return c.Next() ? EntryOf(*image_, c.name()) : Entry{};
  }
  const Image::Record record = image_->record(place);
  return {
      .name = std::string(record.name), .id = record.id, .type = image_->type_name(record.type)};
}

std::vector<Gazetteer::Name> Gazetteer::LookupNames(std::string_view name) const {
  std::vector<Name> names;
  LayerRows<Token> tokens;
  Tokenize(name, tokens);
  uint64_t hash = 0;
  bool first = true;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (internal::IsLeftOut(tokens, i)) continue;
    const uint64_t folded = tokens[i].folded;
    hash = first ? internal::BeginSequence(folded) : internal::ExtendPrefix(hash, folded);
    first = false;
  }
  if (first) return names;
  const Image::Sequence sequence = image_->Find(hash);
  for (uint32_t i = 0; i < sequence.count; ++i) {
    for (Image::NameCursor c = image_->NamesAt(sequence.places[i]); c.Next();) {
      if (internal::IsSameName(*image_, c.name(), name, tokens))
        names.push_back(Row(*image_, c.name()));
    }
  }
  return names;
}

std::vector<Gazetteer::Entry> Gazetteer::Lookup(std::string_view name) const {
  std::vector<Entry> entries;
  for (Name& found : LookupNames(name)) {
    const Entry& entry = found.entry;
    const bool known = std::any_of(entries.begin(), entries.end(), [&entry](const Entry& e) {
      return e.id == entry.id && e.type == entry.type && e.name == entry.name;
    });
    if (!known) entries.push_back(std::move(found.entry));
  }
  return entries;
}

void Gazetteer::ForEachName(const std::function<void(const Name&)>& use) const {
  for (Image::NameCursor c = image_->AllNames(); c.Next();) use(Row(*image_, c.name()));
}

bool Gazetteer::has_near_matches() const { return !image_->near_slots().empty(); }

uint16_t Gazetteer::major_version() const { return image_->header().major; }
uint16_t Gazetteer::minor_version() const { return image_->header().minor; }

}  // namespace nutgraf
