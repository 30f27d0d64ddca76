#include "lib/tagger/image_file.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/gazetteer/image.h"
#include "lib/text/string_view.h"

namespace nutgraf::internal {

namespace format = tagger_format;

namespace {

uint64_t Aligned(uint64_t size) {
  return (size + format::kAlignment - 1) / format::kAlignment * format::kAlignment;
}

struct Places {
  uint64_t chain, words, rows, licence, end;
};

Places PlacesOf(const ImageKind& kind, const format::Header& header) {
  Places p = {};
  p.chain = sizeof(format::Header);
  p.words = Aligned(p.chain + kind.chain_size);
  p.rows = Aligned(p.words + uint64_t{header.word_slots} * sizeof(uint64_t));
  p.licence = p.rows + uint64_t{header.row_count} * kind.row_size;
  p.end = p.licence + header.licence_size;
  return p;
}

}  // namespace

absl::StatusOr<ImageView> ReadImage(const ImageKind& kind, std::string_view bytes,
                                    std::string_view source) {
  const absl::string_view name = Absl(kind.name);
  const auto invalid = [source](const std::string& what) {
    return absl::InvalidArgumentError(absl::StrCat(Absl(source), ": ", what));
  };
  if (std::endian::native != std::endian::little) {
    return absl::UnimplementedError("models are little-endian; this processor is not");
  }
  if (reinterpret_cast<uintptr_t>(bytes.data()) % alignof(uint64_t) != 0) {
    return invalid(absl::StrCat(name, " at an address that is not divisible by 8"));
  }
  ImageView view = {};
  format::Header& header = view.header;
  if (bytes.size() < sizeof(header) ||
      std::memcmp(bytes.data(), kind.magic.data(), sizeof(header.magic)) != 0) {
    return invalid(absl::StrCat("no ", name, ": it does not begin with ",
                                Absl(kind.magic.substr(0, 6)), "; make one with nutgraf-train"));
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.major != kind.major) {
    return invalid(absl::StrCat(name, " of format ", header.major, "; this library reads ",
                                kind.major, "; train it again with this version's nutgraf-train"));
  }
  if (header.tokenizer_version != gazetteer_format::kTokenizerVersion ||
      header.feature_version != format::kFeatureVersion) {
    return invalid(absl::StrCat(
        name, " for tokenizer ", header.tokenizer_version, " and features ", header.feature_version,
        "; this library has ", gazetteer_format::kTokenizerVersion, " and ",
        format::kFeatureVersion, "; train it again with this version's nutgraf-train"));
  }
  const Places places = PlacesOf(kind, header);
  if (header.file_size != bytes.size() || places.end != bytes.size()) {
    return invalid(absl::StrCat(name, " of ", header.file_size, " bytes, but ", bytes.size(),
                                " are there: truncated?"));
  }
  if (header.type_count == 0 || header.type_count > kind.most_types || header.row_count == 0) {
    return invalid(absl::StrCat(name, " with ", header.type_count, " types and ", header.row_count,
                                " rows: damaged"));
  }
  view.bytes = bytes;
  view.chain = bytes.data() + places.chain;
  view.words =
      WordTable(reinterpret_cast<const uint64_t*>(bytes.data() + places.words), header.word_slots);
  view.rows = reinterpret_cast<const int8_t*>(bytes.data() + places.rows);
  view.licence = bytes.substr(places.licence, header.licence_size);
  return view;
}

absl::Status VerifyImage(const ImageKind& kind, const ImageView& view) {
  if (Checksum(view.bytes.substr(sizeof(format::Header))) == view.header.checksum)
    return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      Absl(kind.name), ": the checksum is not that of the content: the file is damaged"));
}

std::string WriteImage(const ImageKind& kind, const ImageParts& parts) {
  format::Header header = {};
  std::memcpy(header.magic, kind.magic.data(), sizeof(header.magic));
  header.major = kind.major;
  header.minor = kind.minor;
  header.tokenizer_version = gazetteer_format::kTokenizerVersion;
  header.feature_version = format::kFeatureVersion;
  header.type_count = parts.type_count;
  header.word_slots = static_cast<uint32_t>(parts.words.size());
  header.row_count = static_cast<uint32_t>(parts.rows.size() / kind.row_size);
  header.licence_size = static_cast<uint32_t>(parts.licence.size());
  header.unit = parts.unit;
  const Places places = PlacesOf(kind, header);
  header.file_size = places.end;

  std::string image(places.end, '\0');
  const auto put = [&image](uint64_t place, const void* from, size_t size) {
    if (size > 0) std::memcpy(image.data() + place, from, size);
  };
  put(places.chain, parts.chain.data(), kind.chain_size);
  put(places.words, parts.words.data(), parts.words.size() * sizeof(uint64_t));
  put(places.rows, parts.rows.data(), parts.rows.size());
  put(places.licence, parts.licence.data(), parts.licence.size());
  header.checksum = Checksum(std::string_view(image).substr(sizeof(header)));
  put(0, &header, sizeof(header));
  return image;
}

}  // namespace nutgraf::internal
