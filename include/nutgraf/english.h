// English, ready made: data and pipelines, linked into the binary (target nutgraf::english). No
// file, no download.
//
//   absl::StatusOr<nutgraf::Pipeline> pipeline = nutgraf::NewsPipeline();
//   nutgraf::Document document;
//   absl::Status status = pipeline->Process(article, document);

#ifndef NUTGRAF_ENGLISH_H_
#define NUTGRAF_ENGLISH_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/name_parts.h"
#include "nutgraf/part_of_speech_tagger.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity_extractor.h"
#include "nutgraf/tagger_model.h"
#include "nutgraf/time_extractor.h"

namespace nutgraf {

namespace english {

/// The default gazetteer: countries, places, nationalities, organisations, persons, and titles
/// (type "TITLE"). Read-only data of the binary; cheap.
Gazetteer DefaultGazetteer();

/// First and last names, spellings and nicknames of many countries. Read-only data of the binary;
/// cheap.
NameParts DefaultNameParts();

/// The default model of the recogniser: persons, organisations, places, facilities, nationalities,
/// events, products, works. Read-only data of the binary; cheap.
TaggerModel DefaultTaggerModel();

/// The default model of parts of speech. Read-only data of the binary; cheap.
PartOfSpeechModel DefaultPartOfSpeechModel();

/// What a program that carries the default data must show its users: licences and attributions.
std::string_view Licence();

}  // namespace english

struct NewsPipelineOptions {
  /// See Pipeline::Builder::SetMaxTextBytes().
  size_t max_text_bytes = Pipeline::kDefaultMaxTextBytes;
  QuantityOptions quantities;
  TimeOptions times;
  /// Also parts of speech and lemmas, with english::DefaultPartOfSpeechModel().
  bool parts_of_speech = false;
  /// The recogniser's model, where not english::DefaultTaggerModel().
  std::optional<TaggerModel> model = std::nullopt;
};

/// Everything: tokens, sentences, the default gazetteer, names by their last word, times, quantities, the
/// recogniser, resolved mentions. Cheap to build; build it once.
absl::StatusOr<Pipeline> NewsPipeline(const NewsPipelineOptions& options = {});

}  // namespace nutgraf

#endif  // NUTGRAF_ENGLISH_H_
