// Composes a pipeline stage by stage, runs it on a text, and reads two layers together.
//
//   build/release/bin/nutgraf-compose-pipeline
//
// Prints each sentence, and under it the names in it:
//
//   Tokayev spoke in Nur-Sultan on Tuesday.
//     PERSON        Tokayev     person/kassym-jomart-tokayev
//     LOCATION      Nur-Sultan  capital/astana
//   The CSTO’s troops will leave.
//     ORGANIZATION  CSTO        org/csto

#include <cstddef>
#include <iomanip>
#include <iostream>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/mention.h"
#include "nutgraf/mention_resolver.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/sentence.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/span.h"
#include "nutgraf/tokenizer.h"

namespace {

absl::Status Run(std::string_view text) {
  // No quantities here: a stage that nobody needs is left out. NewsPipeline() has all of them.
  const absl::StatusOr<nutgraf::Pipeline> pipeline =
      nutgraf::Pipeline::Builder()
          .Add(nutgraf::Tokenizer())
          .Add(nutgraf::SentenceSplitter())
          .Add(nutgraf::GazetteerMatcher(nutgraf::english::DefaultGazetteer()))
          .Add(nutgraf::MentionResolver())
          .Build();
  if (!pipeline.ok()) return pipeline.status();
  nutgraf::Document document;
  if (absl::Status status = pipeline->Process(text, document); !status.ok()) return status;

  // Sentences and mentions are both in the order of the text.
  const absl::Span<const nutgraf::Mention> mentions = document.Get<nutgraf::Mention>();
  size_t next = 0;
  for (const nutgraf::Sentence& sentence : document.Get<nutgraf::Sentence>()) {
    std::cout << nutgraf::Slice(text, sentence.span) << "\n";
    for (; next < mentions.size() && mentions[next].span.begin < sentence.span.end; ++next) {
      const nutgraf::Mention& mention = mentions[next];
      std::cout << "  " << std::left << std::setw(14) << mention.label << std::setw(12)
                << nutgraf::Slice(text, mention.span) << mention.id << "\n";
    }
  }
  return absl::OkStatus();
}

}  // namespace

int main() {
  const absl::Status status =
      Run("Tokayev spoke in Nur-Sultan on Tuesday. The CSTO’s troops will leave.");
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
