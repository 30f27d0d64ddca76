#include "nutgraf/gazetteer.h"

#include <algorithm>
#include <cstdint>
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
size_t Gazetteer::surface_count() const { return image_->surface_count(); }
std::string_view Gazetteer::image() const { return image_->bytes(); }
std::string_view Gazetteer::licence() const { return image_->licence(); }

Gazetteer::Entry Gazetteer::entry(uint32_t i) const {
  const gazetteer_format::Entry* const e = image_->entry(i);
  if (e == nullptr) return {};
  return {.name = image_->string(e->name, e->name_size),
          .id = image_->string(e->id, e->id_size),
          .type = image_->type_name(e->type)};
}

std::vector<Gazetteer::Entry> Gazetteer::Lookup(std::string_view name) const {
  std::vector<Entry> entries;
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
    if (slot == nullptr) return entries;
  }
  if (slot == nullptr || slot->surface == 0) return entries;
  std::vector<uint32_t> known;
  for (uint64_t i = slot->surface - 1;; ++i) {
    const gazetteer_format::Surface* const s = image_->surface(i);
    if (s == nullptr) break;
    if (internal::CompareSurface(name, tokens, image_->string(s->text, s->size)).same) {
      if (std::find(known.begin(), known.end(), s->entry) == known.end()) {
        known.push_back(s->entry);
        entries.push_back(entry(s->entry));
      }
    }
    if ((s->flags & gazetteer_format::kSurfaceLast) != 0) break;
  }
  return entries;
}

}  // namespace nutgraf
