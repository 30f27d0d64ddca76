// A tagger model of any bytes: opening is an error, or recognition stays inside it.

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
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tagger_model.h"
#include "nutgraf/tokenizer.h"

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
  const auto model = nutgraf::TaggerModel::FromBytes(
      std::string_view(reinterpret_cast<const char*>(owner->data()), size), owner);
  if (!model.ok()) return 0;
  (void)model->Verify();
  nutgraf::Document document;
  document.Reset(
      "NUR-SULTAN -- Kassym-Jomart Tokayev spoke. Mr. Tokayev met the Bank of China's Li Wu.\n\n"
      "TOKAYEV MEETS LI WU\n\nTokayev, said Tokayev, is Tokayev.");
  if (!nutgraf::Tokenizer().Run(document).ok()) std::abort();
  if (!nutgraf::SentenceSplitter().Run(document).ok()) std::abort();
  if (!nutgraf::EntityRecognizer(*model).Run(document).ok()) std::abort();
  const size_t tokens = document.Get<nutgraf::Token>().size();
  for (const nutgraf::MentionCandidate& c : document.Get<nutgraf::MentionCandidate>()) {
    if (c.tokens.begin >= c.tokens.end || c.tokens.end > tokens) std::abort();
    if (!(c.confidence >= 0 && c.confidence <= 1)) std::abort();
  }
  return 0;
}
