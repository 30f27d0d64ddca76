#include "lib/tagger/pos_model.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/gazetteer/file_bytes.h"
#include "nutgraf/part_of_speech.h"

namespace nutgraf {

namespace {

constexpr int16_t kMostBias = 2000;

constexpr internal::ImageKind kKind = {
    .magic = {"NUTPOS\r\n", 8},
    .name = "model of parts of speech",
    .major = PartOfSpeechModel::kMajorVersion,
    .minor = PartOfSpeechModel::kMinorVersion,
    .chain_size = sizeof(PartOfSpeechModel::Image::Chain),
    .row_size = internal::kPosStates,
    .most_types = internal::kPosStates,
};

}  // namespace

absl::StatusOr<std::shared_ptr<const PartOfSpeechModel::Image>> PartOfSpeechModel::Image::Make(
    std::string_view bytes, std::shared_ptr<const void> owner, std::string_view source) {
  absl::StatusOr<internal::ImageView> view = internal::ReadImage(kKind, bytes, source);
  if (!view.ok()) return view.status();
  auto image = std::make_shared<Image>();
  image->view_ = *view;
  image->owner_ = std::move(owner);
  image->rows_ = internal::RowTable<internal::kPosStates>(view->rows, view->header.row_count);
  std::memcpy(&image->chain_, view->chain, sizeof(Chain));
  // Keeps sums of scores in their range.
  for (int16_t& v : image->chain_.bias) v = std::clamp<int16_t>(v, -kMostBias, kMostBias);
  for (auto& from : image->chain_.transitions.from)
    for (int16_t& v : from) v = std::clamp<int16_t>(v, -kMostBias, kMostBias);
  return std::shared_ptr<const Image>(std::move(image));
}

absl::Status PartOfSpeechModel::Image::Verify() const {
  return empty() ? absl::OkStatus() : internal::VerifyImage(kKind, view_);
}

namespace internal {

std::string WritePosModel(const PartOfSpeechModel::Image::Chain& chain,
                          const std::vector<uint64_t>& words, std::string_view rows,
                          std::string_view licence) {
  return WriteImage(kKind, {.type_count = kPosStates,
                            .chain = {reinterpret_cast<const char*>(&chain), sizeof(chain)},
                            .words = words,
                            .rows = rows,
                            .unit = 1,
                            .licence = licence});
}

}  // namespace internal

PartOfSpeechModel::PartOfSpeechModel() : image_(std::make_shared<const Image>()) {}

absl::StatusOr<PartOfSpeechModel> PartOfSpeechModel::Open(const std::string& path) {
  const absl::StatusOr<internal::FileBytes> file = internal::MapFile(path);
  if (!file.ok()) return file.status();
  auto image = Image::Make(file->bytes, file->owner, path);
  if (!image.ok()) return image.status();
  return PartOfSpeechModel(*std::move(image));
}

absl::StatusOr<PartOfSpeechModel> PartOfSpeechModel::FromBytes(std::string_view image,
                                                               std::shared_ptr<const void> owner) {
  auto made = Image::Make(image, std::move(owner), "model in memory");
  if (!made.ok()) return made.status();
  return PartOfSpeechModel(*std::move(made));
}

absl::Status PartOfSpeechModel::Verify() const { return image_->Verify(); }

std::string_view PartOfSpeechModel::licence() const { return image_->view().licence; }

}  // namespace nutgraf
