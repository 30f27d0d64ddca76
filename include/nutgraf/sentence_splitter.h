// SentenceSplitter: tokens to sentences, for news.
//
//   nutgraf::LayerRows<nutgraf::Token> tokens;
//   nutgraf::Tokenize(text, tokens);
//   nutgraf::LayerRows<nutgraf::Sentence> sentences;
//   nutgraf::SplitSentences(text, tokens, sentences);
//
// A sentence ends at . ! ? and their kind (with the quotation marks and brackets that close after
// them), unless an abbreviation, an initial or what follows says otherwise; at blank lines; and at
// line ends that are no line wrapping: headings, list items, page debris. docs/sentences.md gives
// the rules.
//
// Cost: linear. Threads: const and free functions only, safe from any thread.

#ifndef NUTGRAF_SENTENCE_SPLITTER_H_
#define NUTGRAF_SENTENCE_SPLITTER_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"

namespace nutgraf {

/// Appends the sentences of `tokens`, which are those of `text`, to `sentences`.
void SplitSentences(std::string_view text, absl::Span<const Token> tokens,
                    LayerRows<Sentence>& sentences);

/// The stage: the Token layer to the Sentence layer.
class SentenceSplitter {
 public:
  static constexpr std::string_view kName = "sentence_splitter";
  using Requires = Layers<Token>;
  using Provides = Layers<Sentence>;

  absl::Status Run(Document& document) const;
};

}  // namespace nutgraf

#endif  // NUTGRAF_SENTENCE_SPLITTER_H_
