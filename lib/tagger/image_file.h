// What the images of all trained models share: head, chain, words, rows, licence. docs/formats.md
// describes them.

#ifndef NUTGRAF_LIB_TAGGER_IMAGE_FILE_H_
#define NUTGRAF_LIB_TAGGER_IMAGE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/tagger/format.h"
#include "lib/tagger/word_table.h"

namespace nutgraf::internal {

// A kind of image.
struct ImageKind {
  std::string_view magic;  // 8 bytes
  std::string_view name;   // "tagger model", for messages
  uint16_t major;
  uint16_t minor;
  size_t chain_size;
  size_t row_size;
  uint32_t most_types;
};

// Views into an image. Sizes agree; nothing else has been checked.
struct ImageView {
  std::string_view bytes;
  tagger_format::Header header;
  const char* chain;  // chain_size bytes
  WordTable words;
  const int8_t* rows;
  std::string_view licence;
};

// InvalidArgument, which names `source`, where it is no image of that kind for this library.
absl::StatusOr<ImageView> ReadImage(const ImageKind& kind, std::string_view bytes,
                                    std::string_view source);

// DataLoss where the content is not what was written.
absl::Status VerifyImage(const ImageKind& kind, const ImageView& view);

struct ImageParts {
  uint32_t type_count;
  std::string_view chain;  // chain_size bytes
  const std::vector<uint64_t>& words;
  std::string_view rows;
  float unit;
  std::string_view licence;
};
std::string WriteImage(const ImageKind& kind, const ImageParts& parts);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_IMAGE_FILE_H_
