// EntityRecognizer: finds names by what a trained model makes of the words and what stands around
// them, also names that no gazetteer knows.
//
//   pipeline.Add(nutgraf::Tokenizer())
//       .Add(nutgraf::SentenceSplitter())
//       .Add(nutgraf::GazetteerMatcher(nutgraf::english::DefaultGazetteer()))
//       .Add(nutgraf::EntityRecognizer(nutgraf::english::DefaultTaggerModel()))
//       .Add(nutgraf::MentionResolver());
//
// Candidates of earlier stages are evidence, where they are there; the default model was trained with
// those of NewsPipeline(). docs/recognizer.md says how it decides.
//
// Cost: linear, whatever the text. Threads: const, safe from any thread; the model is shared.

#ifndef NUTGRAF_ENTITY_RECOGNIZER_H_
#define NUTGRAF_ENTITY_RECOGNIZER_H_

#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "nutgraf/document.h"
#include "nutgraf/mention.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/sentence.h"
#include "nutgraf/tagger_model.h"
#include "nutgraf/token.h"

namespace nutgraf {

/// Says that a recogniser has read the document, and which types it knows: where it has found
/// nothing, there is probably nothing.
struct Recognized {
  static constexpr std::string_view kLayerName = "recognized";
  static constexpr bool kOneProvider = false;

  uint32_t types;  ///< Bit 1 << EntityType for each
};

struct EntityRecognizerOptions {
  uint8_t rank = 1;  ///< Mention::rank of what is found
  /// Names that are less sure (Mention::confidence) are left out.
  float min_confidence = 0;
};

/// The stage: appends to the MentionCandidate rows, source "recognizer", no id.
class EntityRecognizer {
 public:
  static constexpr std::string_view kName = "entity_recognizer";
  using Requires = Layers<Token, Sentence>;
  using Uses = Layers<MentionCandidate>;
  using Provides = Layers<MentionCandidate, Recognized>;

  explicit EntityRecognizer(TaggerModel model, EntityRecognizerOptions options = {})
      : model_(std::move(model)), options_(options) {}

  absl::Status Run(Document& document) const;

 private:
  TaggerModel model_;
  EntityRecognizerOptions options_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_ENTITY_RECOGNIZER_H_
