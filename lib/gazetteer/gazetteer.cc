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

Gazetteer::Entry Gazetteer::entry(uint32_t i) const {
  const gazetteer_format::Entry* const e = image_->entry(i);
  if (e == nullptr) return {};
  return {.name = image_->entry_name(*e),
          .id = image_->entry_id(*e),
          .type = image_->type_name(e->type)};
}

namespace {

Gazetteer::Name Row(const Gazetteer::Image::Name& name) {
  return {.text = name.text,
          .entry = name.entry,
          .prior = static_cast<float>(name.prior) / 255.0F,
          .policy = static_cast<uint8_t>(name.flags & ~(gazetteer_format::kNameCommonWord |
                                                        gazetteer_format::kNameTail |
                                                        gazetteer_format::kNameLast)),
          .common_word = (name.flags & gazetteer_format::kNameCommonWord) != 0};
}

}  // namespace

std::vector<Gazetteer::Name> Gazetteer::LookupNames(std::string_view name) const {
  std::vector<Name> names;
  LayerRows<Token> tokens;
  Tokenize(name, tokens);
  uint64_t hash = 0;
  const gazetteer_format::Slot* slot = nullptr;
  bool first = true;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (internal::IsLeftOut(tokens, i)) continue;
    const uint64_t folded = tokens[i].folded;
    hash = first ? internal::BeginSequence(folded) : internal::ExtendPrefix(hash, folded);
    first = false;
    slot = image_->Find(hash);
    if (slot == nullptr) return names;
  }
  if (slot == nullptr || !slot->has_names()) return names;
  for (Image::NameCursor c = image_->NamesOf(*slot); c.Next();) {
    const bool same = (c.name().flags & kLiteral) != 0
                          ? internal::Fits(name, tokens, c.name().text, kLiteral | kAnyCase).fits
                          : internal::CompareSurface(name, tokens, c.name().text).same;
    if (same) names.push_back(Row(c.name()));
  }
  return names;
}

std::vector<Gazetteer::Entry> Gazetteer::Lookup(std::string_view name) const {
  std::vector<Entry> entries;
  std::vector<uint32_t> known;
  for (const Name& found : LookupNames(name)) {
    if (std::find(known.begin(), known.end(), found.entry) != known.end()) continue;
    known.push_back(found.entry);
    entries.push_back(entry(found.entry));
  }
  return entries;
}

void Gazetteer::ForEachName(const std::function<void(const Name&)>& use) const {
  for (Image::NameCursor c = image_->AllNames(); c.Next();) use(Row(c.name()));
}

bool Gazetteer::has_near_matches() const { return !image_->near_slots().empty(); }

uint16_t Gazetteer::major_version() const { return image_->header().major; }
uint16_t Gazetteer::minor_version() const { return image_->header().minor; }

}  // namespace nutgraf
