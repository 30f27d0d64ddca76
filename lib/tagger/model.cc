#include "lib/tagger/model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/gazetteer/file_bytes.h"
#include "lib/tagger/forward_backward.h"
#include "lib/tagger/image_file.h"

namespace nutgraf {

namespace format = tagger_format;

namespace {

// Of bias and transitions: keeps sums of scores in their range.
constexpr int16_t kMostBias = 2000;

constexpr internal::ImageKind kKind = {
    .magic = {format::kMagic, sizeof(format::kMagic)},
    .name = "tagger model",
    .major = TaggerModel::kMajorVersion,
    .minor = TaggerModel::kMinorVersion,
    .chain_size = sizeof(format::Chain),
    .row_size = sizeof(format::Row),
    .most_types = internal::kMostTypes,
};

void Bound(int16_t* values, size_t count) {
  for (size_t i = 0; i < count; ++i)
    values[i] = std::clamp<int16_t>(values[i], -kMostBias, kMostBias);
}

template <class From, class To, class Use>
void ForEachTransition(From& from, To& to, Use use) {
  for (size_t s = 0; s <= internal::kMostTypes; ++s) {
    for (size_t t = 0; t < internal::kMostTypes; ++t) use(from.begin[s][t], to.begin[s][t]);
    use(from.outside[s], to.outside[s]);
  }
  for (size_t t = 0; t < internal::kMostTypes; ++t) {
    use(from.first_inner[t], to.first_inner[t]);
    use(from.first_last[t], to.first_last[t]);
    use(from.inner_inner[t], to.inner_inner[t]);
    use(from.inner_last[t], to.inner_last[t]);
  }
}

}  // namespace

TaggerModel::Image::Image() { Prepare(); }

absl::StatusOr<std::shared_ptr<const TaggerModel::Image>> TaggerModel::Image::Make(
    std::string_view bytes, std::shared_ptr<const void> owner, std::string_view source) {
  absl::StatusOr<internal::ImageView> view = internal::ReadImage(kKind, bytes, source);
  if (!view.ok()) return view.status();
  auto image = std::make_shared<Image>();
  image->view_ = *view;
  image->owner_ = std::move(owner);
  std::memcpy(&image->chain_, view->chain, sizeof(format::Chain));
  image->rows_ = internal::RowTable<internal::kLanes>(view->rows, view->header.row_count);
  for (uint32_t t = 0; t < view->header.type_count; ++t) {
    const char* const name = view->chain + size_t{t} * format::kTypeNameSize;
    const std::string_view label(name, strnlen(name, format::kTypeNameSize));
    image->labels_.push_back(label);
    image->types_.push_back(EntityTypeFromName(label));
  }
  image->person_type_ = static_cast<size_t>(
      std::find(image->types_.begin(), image->types_.end(), EntityType::kPerson) -
      image->types_.begin());
  image->Prepare();
  return std::shared_ptr<const Image>(std::move(image));
}

void TaggerModel::Image::Prepare() {
  Bound(chain_.bias, internal::kLanes);
  internal::Transitions<int16_t>& tr = chain_.transitions;
  internal::Transitions<float> scores = {};
  float unit = view_.header.unit;
  if (!(unit > 0.001F && unit < 1)) unit = 0.02F;
  unit_ = unit;
  ForEachTransition(tr, scores, [unit](int16_t& from, float& to) {
    Bound(&from, 1);
    to = std::clamp(static_cast<float>(from) * unit, -30.0F, 30.0F);
  });
  // Types that are not there never begin.
  for (size_t t = labels_.size(); t < internal::kMostTypes; ++t) {
    for (size_t s = 0; s <= internal::kMostTypes; ++s) {
      tr.begin[s][t] = -kMostBias;
      scores.begin[s][t] = -100;
    }
  }
  transition_odds_ = internal::ToOdds(scores);
  for (size_t i = 0; i < odds_.size(); ++i) odds_[i] = std::exp(-unit * static_cast<float>(i));
  for (float& c : chain_.calibration) c = c >= 0 && c <= 1 ? c : 0.5F;
}

float TaggerModel::Image::Calibrated(float probability) const {
  const float doubt = std::clamp(1 - probability, 1e-6F, 1.0F);
  const float at = std::min(-2 * std::log2(doubt), float{format::kCalibrationPoints - 1} - 0.001F);
  const auto i = static_cast<size_t>(at);
  const float rest = at - static_cast<float>(i);
  return chain_.calibration[i] * (1 - rest) + chain_.calibration[i + 1] * rest;
}

absl::Status TaggerModel::Image::Verify() const {
  if (view_.bytes.empty()) return absl::OkStatus();
  if (absl::Status s = internal::VerifyImage(kKind, view_); !s.ok()) return s;
  for (size_t t = 0; t < labels_.size(); ++t) {
    if (labels_[t].empty()) {
      return absl::DataLossError(absl::StrCat("tagger model: type ", t, " has no name"));
    }
  }
  return absl::OkStatus();
}

namespace internal {

std::string WriteModel(const ModelParts& parts) {
  format::Chain chain = parts.chain;
  for (size_t t = 0; t < parts.types.size(); ++t) {
    std::memset(chain.types[t], 0, format::kTypeNameSize);
    std::memcpy(chain.types[t], parts.types[t].data(),
                std::min<size_t>(parts.types[t].size(), format::kTypeNameSize));
  }
  return WriteImage(kKind, {.type_count = static_cast<uint32_t>(parts.types.size()),
                            .chain = {reinterpret_cast<const char*>(&chain), sizeof(chain)},
                            .words = parts.words,
                            .rows = {reinterpret_cast<const char*>(parts.rows.data()),
                                     parts.rows.size() * sizeof(format::Row)},
                            .unit = parts.unit,
                            .licence = parts.licence});
}

}  // namespace internal

TaggerModel::TaggerModel() : image_(std::make_shared<const Image>()) {}

namespace {

absl::StatusOr<std::shared_ptr<const TaggerModel::Image>> Make(
    const absl::StatusOr<internal::FileBytes>& file, const std::string& path) {
  if (!file.ok()) return file.status();
  return TaggerModel::Image::Make(file->bytes, file->owner, path);
}

}  // namespace

absl::StatusOr<TaggerModel> TaggerModel::Open(const std::string& path) {
  auto image = Make(internal::MapFile(path), path);
  if (!image.ok()) return image.status();
  return TaggerModel(*std::move(image));
}

absl::StatusOr<TaggerModel> TaggerModel::OpenCopy(const std::string& path) {
  auto image = Make(internal::ReadFile(path), path);
  if (!image.ok()) return image.status();
  return TaggerModel(*std::move(image));
}

absl::StatusOr<TaggerModel> TaggerModel::FromBytes(std::string_view image,
                                                   std::shared_ptr<const void> owner) {
  auto made = Image::Make(image, std::move(owner), "model in memory");
  if (!made.ok()) return made.status();
  return TaggerModel(*std::move(made));
}

absl::Status TaggerModel::Verify() const { return image_->Verify(); }

std::vector<std::string> TaggerModel::types() const {
  std::vector<std::string> names;
  for (uint32_t t = 0; t < image_->type_count(); ++t) names.emplace_back(image_->label(t));
  return names;
}

std::string_view TaggerModel::image() const { return image_->bytes(); }
std::string_view TaggerModel::licence() const { return image_->licence(); }

}  // namespace nutgraf
