#include "lib/tagger/model.h"

#include <algorithm>
#include <bit>
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
#include "lib/gazetteer/image.h"
#include "lib/tagger/forward_backward.h"
#include "lib/text/string_view.h"

namespace nutgraf {

namespace format = tagger_format;

namespace {

// Of bias and transitions: keeps sums of scores in their range.
constexpr int16_t kMostBias = 2000;

uint64_t Aligned(uint64_t size) {
  return (size + format::kAlignment - 1) / format::kAlignment * format::kAlignment;
}

struct Places {
  uint64_t chain, words, rows, licence, end;
};

Places PlacesOf(const format::Header& header) {
  Places p = {};
  p.chain = sizeof(format::Header);
  p.words = Aligned(p.chain + sizeof(format::Chain));
  p.rows = Aligned(p.words + uint64_t{header.word_slots} * sizeof(uint64_t));
  p.licence = p.rows + uint64_t{header.row_count} * sizeof(format::Row);
  p.end = p.licence + header.licence_size;
  return p;
}

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
  const auto invalid = [source](const std::string& what) {
    return absl::InvalidArgumentError(absl::StrCat(internal::Absl(source), ": ", what));
  };
  if (std::endian::native != std::endian::little) {
    return absl::UnimplementedError("tagger models are little-endian; this processor is not");
  }
  if (reinterpret_cast<uintptr_t>(bytes.data()) % alignof(uint64_t) != 0) {
    return invalid("model at an address that is not divisible by 8");
  }
  format::Header header;
  if (bytes.size() < sizeof(header) || std::memcmp(bytes.data(), format::kMagic, 8) != 0) {
    return invalid("no tagger model: it does not begin with NUTTAG; make one with nutgraf-train");
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.major != kMajorVersion) {
    return invalid(absl::StrCat("tagger model of format ", header.major, "; this library reads ",
                                kMajorVersion,
                                "; train it again with this version's nutgraf-train"));
  }
  if (header.tokenizer_version != gazetteer_format::kTokenizerVersion ||
      header.feature_version != format::kFeatureVersion) {
    return invalid(absl::StrCat(
        "tagger model for tokenizer ", header.tokenizer_version, " and features ",
        header.feature_version, "; this library has ", gazetteer_format::kTokenizerVersion, " and ",
        format::kFeatureVersion, "; train it again with this version's nutgraf-train"));
  }
  const Places places = PlacesOf(header);
  if (header.file_size != bytes.size() || places.end != bytes.size()) {
    return invalid(absl::StrCat("tagger model of ", header.file_size, " bytes, but ", bytes.size(),
                                " are there: truncated?"));
  }
  if (header.type_count == 0 || header.type_count > internal::kMostTypes || header.row_count == 0) {
    return invalid(absl::StrCat("tagger model with ", header.type_count, " types and ",
                                header.row_count, " rows: damaged"));
  }
  auto image = std::make_shared<Image>();
  image->bytes_ = bytes;
  image->owner_ = std::move(owner);
  image->header_ = header;
  std::memcpy(&image->chain_, bytes.data() + places.chain, sizeof(format::Chain));
  image->words_ = internal::WordTable(
      reinterpret_cast<const uint64_t*>(bytes.data() + places.words), header.word_slots);
  image->rows_ = reinterpret_cast<const format::Row*>(bytes.data() + places.rows);
  image->row_count_ = header.row_count;
  image->licence_ = bytes.substr(places.licence, header.licence_size);
  for (uint32_t t = 0; t < header.type_count; ++t) {
    const char* const name = bytes.data() + places.chain + size_t{t} * format::kTypeNameSize;
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
  float unit = header_.unit;
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
  if (bytes_.empty()) return absl::OkStatus();
  if (internal::Checksum(bytes_.substr(sizeof(format::Header))) != header_.checksum) {
    return absl::DataLossError(
        "tagger model: the checksum is not that of the content: the file is damaged");
  }
  for (size_t t = 0; t < labels_.size(); ++t) {
    if (labels_[t].empty()) {
      return absl::DataLossError(absl::StrCat("tagger model: type ", t, " has no name"));
    }
  }
  return absl::OkStatus();
}

namespace internal {

std::string WriteModel(const ModelParts& parts) {
  format::Header header = {};
  std::memcpy(header.magic, format::kMagic, sizeof(header.magic));
  header.major = TaggerModel::kMajorVersion;
  header.minor = TaggerModel::kMinorVersion;
  header.tokenizer_version = gazetteer_format::kTokenizerVersion;
  header.feature_version = format::kFeatureVersion;
  header.type_count = static_cast<uint32_t>(parts.types.size());
  header.word_slots = static_cast<uint32_t>(parts.words.size());
  header.row_count = static_cast<uint32_t>(parts.rows.size());
  header.licence_size = static_cast<uint32_t>(parts.licence.size());
  header.unit = parts.unit;
  const Places places = PlacesOf(header);
  header.file_size = places.end;

  format::Chain chain = parts.chain;
  for (size_t t = 0; t < parts.types.size(); ++t) {
    std::memset(chain.types[t], 0, format::kTypeNameSize);
    std::memcpy(chain.types[t], parts.types[t].data(),
                std::min<size_t>(parts.types[t].size(), format::kTypeNameSize));
  }
  std::string image(places.end, '\0');
  const auto put = [&image](uint64_t place, const void* from, size_t size) {
    if (size > 0) std::memcpy(image.data() + place, from, size);
  };
  put(places.chain, &chain, sizeof(chain));
  put(places.words, parts.words.data(), parts.words.size() * sizeof(uint64_t));
  put(places.rows, parts.rows.data(), parts.rows.size() * sizeof(format::Row));
  put(places.licence, parts.licence.data(), parts.licence.size());
  header.checksum = Checksum(std::string_view(image).substr(sizeof(header)));
  put(0, &header, sizeof(header));
  return image;
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
