// A model of any bytes, of names or of parts of speech: opening is an error, or what uses it stays
// inside it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "lib/tagger/format.h"
#include "nutgraf/document.h"
#include "nutgraf/entity_recognizer.h"
#include "nutgraf/part_of_speech_tagger.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tagger_model.h"
#include "nutgraf/tokenizer.h"

namespace {

// Prepared for the stages.
void Prepare(nutgraf::Document& document) {
  document.Reset(
      "NUR-SULTAN -- Kassym-Jomart Tokayev spoke. Mr. Tokayev met the Bank of China's Li Wu.\n\n"
      "TOKAYEV MEETS LI WU\n\nTokayev, said Tokayev, is Tokayev.");
  if (!nutgraf::Tokenizer().Run(document).ok()) std::abort();
  if (!nutgraf::SentenceSplitter().Run(document).ok()) std::abort();
}

void Recognize(const nutgraf::TaggerModel& model) {
  (void)model.Verify();
  nutgraf::Document document;
  Prepare(document);
  if (!nutgraf::EntityRecognizer(model).Run(document).ok()) std::abort();
  const size_t tokens = document.Get<nutgraf::Token>().size();
  for (const nutgraf::MentionCandidate& c : document.Get<nutgraf::MentionCandidate>()) {
    if (c.tokens.begin >= c.tokens.end || c.tokens.end > tokens) std::abort();
    if (!(c.confidence >= 0 && c.confidence <= 1)) std::abort();
  }
}

void Tag(const nutgraf::PartOfSpeechModel& model) {
  (void)model.Verify();
  nutgraf::Document document;
  Prepare(document);
  if (!nutgraf::PartOfSpeechTagger(model).Run(document).ok()) std::abort();
  for (const nutgraf::PartOfSpeech& part : document.Get<nutgraf::PartOfSpeech>())
    if (static_cast<size_t>(part.tag) >= nutgraf::kPosTags) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto owner = std::make_shared<std::vector<uint64_t>>(size / 8 + 1);
  if (size > 0) std::memcpy(owner->data(), data, size);
  // The size in the header is what a fuzzer guesses last.
  if (size >= sizeof(nutgraf::tagger_format::Header)) {
    const uint64_t file_size = size;
    std::memcpy(reinterpret_cast<char*>(owner->data()) +
                    offsetof(nutgraf::tagger_format::Header, file_size),
                &file_size, sizeof(file_size));
  }
  const std::string_view image(reinterpret_cast<const char*>(owner->data()), size);
  if (const auto model = nutgraf::TaggerModel::FromBytes(image, owner); model.ok())
    Recognize(*model);
  if (const auto model = nutgraf::PartOfSpeechModel::FromBytes(image, owner); model.ok())
    Tag(*model);
  return 0;
}
