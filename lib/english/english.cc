#include "nutgraf/english.h"

#include <string_view>

#include "absl/status/statusor.h"
#include "nutgraf/entity_recognizer.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/headed_name_matcher.h"
#include "nutgraf/mention_resolver.h"
#include "nutgraf/name_parts.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity_extractor.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/time_extractor.h"
#include "nutgraf/tokenizer.h"

extern "C" {
extern const char nutgraf_english_tagger[];
extern const char nutgraf_english_tagger_end[];
extern const char nutgraf_english_pos[];
extern const char nutgraf_english_pos_end[];
extern const char nutgraf_english_gaz[];
extern const char nutgraf_english_gaz_end[];
extern const char nutgraf_english_names[];
extern const char nutgraf_english_names_end[];
}

namespace nutgraf {

namespace english {

Gazetteer DefaultGazetteer() {
  const std::string_view image(nutgraf_english_gaz,
                               static_cast<size_t>(nutgraf_english_gaz_end - nutgraf_english_gaz));
  absl::StatusOr<Gazetteer> gazetteer = Gazetteer::FromBytes(image);
  // The image was made by the same build; a test verifies it.
  return gazetteer.ok() ? *std::move(gazetteer) : Gazetteer();
}

NameParts DefaultNameParts() {
  const absl::StatusOr<NameParts> names =
      NameParts::FromBytes({nutgraf_english_names, static_cast<size_t>(nutgraf_english_names_end -
                                                                       nutgraf_english_names)});
  // The same holds.
  return names.ok() ? *names : NameParts();
}

TaggerModel DefaultTaggerModel() {
  const absl::StatusOr<TaggerModel> model = TaggerModel::FromBytes(
      {nutgraf_english_tagger,
       static_cast<size_t>(nutgraf_english_tagger_end - nutgraf_english_tagger)});
  // Where the library's features have changed and the model has not, nothing is recognised; a test
  // tells.
  return model.ok() ? *model : TaggerModel();
}

PartOfSpeechModel DefaultPartOfSpeechModel() {
  const absl::StatusOr<PartOfSpeechModel> model = PartOfSpeechModel::FromBytes(
      {nutgraf_english_pos, static_cast<size_t>(nutgraf_english_pos_end - nutgraf_english_pos)});
  // The same holds.
  return model.ok() ? *model : PartOfSpeechModel();
}

std::string_view Licence() {
  const std::string_view image(nutgraf_english_gaz,
                               static_cast<size_t>(nutgraf_english_gaz_end - nutgraf_english_gaz));
  const absl::StatusOr<Gazetteer> gazetteer = Gazetteer::FromBytes(image);
  return gazetteer.ok() ? gazetteer->licence() : std::string_view();
}

}  // namespace english

absl::StatusOr<Pipeline> NewsPipeline(const NewsPipelineOptions& options) {
  Pipeline::Builder builder;
  builder.SetMaxTextBytes(options.max_text_bytes).Add(Tokenizer()).Add(SentenceSplitter());
  if (options.parts_of_speech) builder.Add(PartOfSpeechTagger(english::DefaultPartOfSpeechModel()));
  return builder.Add(GazetteerMatcher(english::DefaultGazetteer()))
      .Add(HeadedNameMatcher())
      .Add(EntityRecognizer(options.model.has_value() ? *options.model
                                                      : english::DefaultTaggerModel()))
      .Add(TimeExtractor(options.times))
      .Add(QuantityExtractor(options.quantities))
      .Add(MentionResolver())
      .Build();
}

}  // namespace nutgraf
