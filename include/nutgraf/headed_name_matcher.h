// HeadedNameMatcher: finds names by the word that tells what they are: "Kaduna State", "Balboa
// Capital Corp", "Supreme Court of Appeal", "Ministry of Health".
//
//   pipeline.Add(nutgraf::GazetteerMatcher(nutgraf::english::DefaultGazetteer()))
//       .Add(nutgraf::HeadedNameMatcher())
//       .Add(nutgraf::MentionResolver());
//
// A name is a run of capitalised words up to a head ("State", "Court", "Airport": data/lexicon/
// name_words.tsv), with what follows "of". Weak heads ("Group", "Centre") need a name of the
// gazetteer in the run. So a gazetteer's "China" does not stand for "China Electricity Council".
// Sentences that are capitalised throughout (headlines) are left alone.
//
// Cost: linear. Threads: const, safe from any thread.

#ifndef NUTGRAF_HEADED_NAME_MATCHER_H_
#define NUTGRAF_HEADED_NAME_MATCHER_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "nutgraf/document.h"
#include "nutgraf/mention.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"

namespace nutgraf {

struct HeadedNameMatcherOptions {
  uint8_t rank = 1;         ///< Mention::rank of what is found
  float confidence = 0.7F;  ///< Mention::confidence of what is found
};

/// The stage: appends to the MentionCandidate rows, source "headed_name", no id.
class HeadedNameMatcher {
 public:
  static constexpr std::string_view kName = "headed_name_matcher";
  using Requires = Layers<Token, Sentence, MentionCandidate>;
  using Provides = Layers<MentionCandidate>;

  explicit HeadedNameMatcher(HeadedNameMatcherOptions options = {}) : options_(options) {}

  absl::Status Run(Document& document) const;

 private:
  HeadedNameMatcherOptions options_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_HEADED_NAME_MATCHER_H_
