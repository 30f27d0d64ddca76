// TaggerModel: what a trained recogniser knows, in one image that is used where it lies: in a file,
// in the binary, in memory.
//
//   absl::StatusOr<nutgraf::TaggerModel> model = nutgraf::TaggerModel::Open("news.tagger");
//   if (!model.ok()) return model.status();
//   pipeline.Add(nutgraf::EntityRecognizer(*model));
//
// TaggerTrainer makes models (nutgraf/tagger_trainer.h). docs/recognizer.md says what they do.
//
// Threads: immutable, safe on any thread. Lifetime: a cheap handle; copies share the image. Cost:
// Open() maps the file and looks at its head only. A file whose content is wrong (truncated, flipped
// bits) can give wrong names, but never reads outside the image; Verify() checks all of it.

#ifndef NUTGRAF_TAGGER_MODEL_H_
#define NUTGRAF_TAGGER_MODEL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace nutgraf {

/// See the top of the file.
class TaggerModel {
 public:
  static constexpr uint16_t kMajorVersion = 1;
  static constexpr uint16_t kMinorVersion = 0;

  /// Knows nothing, finds nothing.
  TaggerModel();

  /// Maps the file. NotFound or PermissionDenied where it cannot be read, InvalidArgument where it
  /// is no model, of another version, or made for other tokens or features than this library has;
  /// messages name the file and say what to do. The file must not be truncated while mapped.
  static absl::StatusOr<TaggerModel> Open(const std::string& path);

  /// Reads the whole file into memory of its own.
  static absl::StatusOr<TaggerModel> OpenCopy(const std::string& path);

  /// Uses `image` where it lies; `owner`, where not null, keeps it alive. Requires an address
  /// divisible by 8.
  static absl::StatusOr<TaggerModel> FromBytes(std::string_view image,
                                               std::shared_ptr<const void> owner = nullptr);

  /// Checks the whole image. Linear. DataLoss that says what is wrong.
  absl::Status Verify() const;

  /// Names of the types that it tells apart: "PERSON", ...
  std::vector<std::string> types() const;
  /// The image's bytes.
  std::string_view image() const;
  /// What its makers ask to be told to users of the data.
  std::string_view licence() const;

  /// For stages; see lib/tagger/model.h.
  class Image;
  const Image& internal_image() const { return *image_; }
  std::shared_ptr<const void> owner() const { return image_; }

 private:
  explicit TaggerModel(std::shared_ptr<const Image> image) : image_(std::move(image)) {}
  std::shared_ptr<const Image> image_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_TAGGER_MODEL_H_
