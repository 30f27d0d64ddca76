#include "nutgraf/entity_recognizer.h"

#include "absl/status/status.h"
#include "lib/tagger/model.h"
#include "lib/tagger/name_tagger.h"

namespace nutgraf {

absl::Status EntityRecognizer::Run(Document& document) const {
  const TaggerModel::Image& image = model_.internal_image();
  LayerRows<MentionCandidate>& candidates = document.Rows<MentionCandidate>();
  const absl::Span<const Token> tokens = document.Get<Token>();
  document.Hold(model_.owner());
  if (!image.empty()) {
    Recognized recognized = {};
    for (uint32_t t = 0; t < image.type_count(); ++t) {
      if (image.type(t) != EntityType::kOther)
        recognized.types |= 1U << static_cast<uint32_t>(image.type(t));
    }
    document.Rows<Recognized>().push_back(recognized);
  }
  for (const internal::FoundName& name : document.Scratch<internal::NameTagger>().Run(
           document.text(), tokens, document.Get<Sentence>(), candidates, image)) {
    const float confidence = image.Calibrated(name.probability);
    if (confidence < options_.min_confidence || name.type >= image.type_count()) continue;
    MentionCandidate c = {};
    c.span = {tokens[name.begin].begin, tokens[name.end - 1].end};
    c.tokens = {name.begin, name.end};
    c.type = image.type(name.type);
    c.rank = options_.rank;
    c.flags = kRecognized;
    c.confidence = confidence;
    c.label = image.label(name.type);
    c.source = "recognizer";
    candidates.push_back(c);
  }
  return absl::OkStatus();
}

}  // namespace nutgraf
