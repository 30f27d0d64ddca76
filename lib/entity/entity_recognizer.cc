#include "nutgraf/entity_recognizer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "lib/tagger/model.h"
#include "lib/tagger/name_tagger.h"
#include "lib/text/hash.h"

namespace nutgraf {

namespace {

// Models are less often right on texts of other sources than on those held out from training.
constexpr float kOtherSources = 0.98F;
// And the less, the more a text speaks of its writer and reader, as mail, reviews and comments do: what
// part of the confidence is lost for each part of the tokens that do, up to so many.
constexpr float kInformalLoss = 4;
constexpr float kMostInformal = 0.06F;

float Trust(absl::Span<const Token> tokens) {
  static const auto* const kInformal = [] {
    auto* words = new std::vector<uint64_t>;
    for (const std::string_view word : {"i", "me", "my", "you", "your", "u", "im"})
      words->push_back(internal::HashBytes(word));
    return words;
  }();
  size_t count = 0;
  for (const Token& token : tokens) {
    if (token.size() <= 4 &&
        std::find(kInformal->begin(), kInformal->end(), token.folded) != kInformal->end()) {
      ++count;
    }
  }
  const float part =
      static_cast<float>(count) / static_cast<float>(std::max<size_t>(tokens.size(), 1));
  return kOtherSources * (1 - kInformalLoss * std::min(part, kMostInformal));
}

}  // namespace

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
  const float trust = image.empty() ? 1 : Trust(tokens);
  for (const internal::FoundName& name : document.Scratch<internal::NameTagger>().Run(
           document.text(), tokens, document.Get<Sentence>(), candidates, image)) {
    const float confidence = trust * image.Calibrated(name.probability);
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
