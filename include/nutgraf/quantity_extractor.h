// QuantityExtractor: numbers with what belongs to them.
//
//   pipeline.Add(nutgraf::Tokenizer())
//       .Add(nutgraf::SentenceSplitter())
//       .Add(nutgraf::QuantityExtractor());
//   ...
//   // "At least 164 people": value 164, bound at_least, counted "people"
//   // "nearly 3.5 percent of the adults": value 3.5, unit percent, of "the adults"
//
// Cardinals in digits and words, ordinals, fractions, percentages, money, measures, ages,
// temperatures; bounds and approximations as fields. What looks like a number and is none (years,
// dates, scores like 2-0, flight numbers) is left alone. The vocabulary stands in data/quantity;
// docs/quantities.md gives the grammar.
//
// Cost: linear; the number of tokens looked at around a number is bounded. Threads: const, safe
// from any thread.

#ifndef NUTGRAF_QUANTITY_EXTRACTOR_H_
#define NUTGRAF_QUANTITY_EXTRACTOR_H_

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/mention.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"

namespace nutgraf {

namespace internal {
class QuantityLexicon;
}  // namespace internal

/// The stage. A number inside a name of several words ("Group of Seven") that a matcher has
/// proposed is no quantity.
class QuantityExtractor {
 public:
  static constexpr std::string_view kName = "quantity_extractor";
  using Requires = Layers<Token, Sentence>;
  using Uses = Layers<MentionCandidate>;
  using Provides = Layers<Quantity>;

  QuantityExtractor();

  absl::Status Run(Document& document) const;

  /// The work of the stage: appends the quantities of the sentences to `quantities`.
  void Extract(std::string_view text, absl::Span<const Token> tokens,
               absl::Span<const Sentence> sentences, absl::Span<const MentionCandidate> names,
               LayerRows<Quantity>& quantities) const;

 private:
  std::shared_ptr<const internal::QuantityLexicon> lexicon_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_QUANTITY_EXTRACTOR_H_
