// PartOfSpeechTagger: tells of each token what kind of word it is, and its lemma.
//
//   pipeline.Add(nutgraf::Tokenizer())
//       .Add(nutgraf::SentenceSplitter())
//       .Add(nutgraf::PartOfSpeechTagger(nutgraf::english::DefaultPartOfSpeechModel()));
//
// A chain of tags over each sentence, scored by a trained model of the same make as the recogniser's;
// lemmas by a table of irregular forms and by rules. docs/parts_of_speech.md.
//
// Cost: linear, whatever the text; nothing is allocated on a warm document. Threads: const, safe from
// any thread; the model is shared.

#ifndef NUTGRAF_PART_OF_SPEECH_TAGGER_H_
#define NUTGRAF_PART_OF_SPEECH_TAGGER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/document.h"
#include "nutgraf/part_of_speech.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"

namespace nutgraf {

/// What a trained tagger knows, in one image that is used where it lies. Immutable, a cheap handle,
/// safe on any thread; copies share the image. As with TaggerModel, wrong content gives wrong tags
/// but no access outside the image.
class PartOfSpeechModel {
 public:
  static constexpr uint16_t kMajorVersion = 1;
  static constexpr uint16_t kMinorVersion = 0;

  /// Knows nothing: takes every word for a noun.
  PartOfSpeechModel();

  /// Maps the file. NotFound or PermissionDenied where it cannot be read, InvalidArgument where it
  /// is no model, of another version, or made for other tokens or features than this library has.
  /// The file must not be truncated while mapped.
  static absl::StatusOr<PartOfSpeechModel> Open(const std::string& path);

  /// Uses `image` where it lies; `owner`, where not null, keeps it alive. Requires an address
  /// divisible by 8.
  static absl::StatusOr<PartOfSpeechModel> FromBytes(std::string_view image,
                                                     std::shared_ptr<const void> owner = nullptr);

  /// Checks the whole image. Linear. DataLoss that says what is wrong.
  absl::Status Verify() const;

  /// What its makers ask to be told to users of the data.
  std::string_view licence() const;

  /// For stages; see lib/tagger/pos_model.h.
  class Image;
  const Image& internal_image() const { return *image_; }
  std::shared_ptr<const void> owner() const { return image_; }

 private:
  explicit PartOfSpeechModel(std::shared_ptr<const Image> image) : image_(std::move(image)) {}
  std::shared_ptr<const Image> image_;
};

/// The stage: writes a row a token.
class PartOfSpeechTagger {
 public:
  static constexpr std::string_view kName = "part_of_speech_tagger";
  using Requires = Layers<Token, Sentence>;
  using Provides = Layers<PartOfSpeech>;

  explicit PartOfSpeechTagger(PartOfSpeechModel model) : model_(std::move(model)) {}

  absl::Status Run(Document& document) const;

 private:
  PartOfSpeechModel model_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_PART_OF_SPEECH_TAGGER_H_
