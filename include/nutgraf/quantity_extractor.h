// QuantityExtractor: numbers with what belongs to them.
//
//   pipeline.Add(nutgraf::Tokenizer())
//       .Add(nutgraf::SentenceSplitter())
//       .Add(nutgraf::QuantityExtractor());
//   ...
//   // "At least 164 people": value 164, bound at_least, counted "people"
//   // "nearly 3.5 percent of the adults": value 3.5, unit percent, of "the adults"
//
// Cardinals in digits and words, ordinals, fractions, multiples, percentages, money, measures, ages,
// temperatures; ranges; bounds and approximations as fields. What looks like a number and is none
// (years, dates, scores like 2-0, flight numbers) is left alone. The vocabulary stands in
// data/quantity; docs/quantities.md gives the grammar.
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
#include "nutgraf/time_expression.h"
#include "nutgraf/token.h"

namespace nutgraf {

namespace internal {
class QuantityLexicon;
}  // namespace internal

/// What counts as a quantity where opinions differ.
struct QuantityOptions {
  /// "the last page", "the previous owner", "next to last" are ordinals: Quantity::anchor.
  bool relative_ordinals = true;
  /// "a dollar", "a mile" are one of it.
  bool article_units = true;
  /// "dozens of", "several thousand" are quantities: Quantity::vague.
  bool vague = true;
  /// "from $5m to $7m" is a range; else two values.
  bool from_to_ranges = true;
};

/// The stage. A number inside a name of several words ("Group of Seven") that a matcher has
/// proposed is no quantity, nor is one inside a time expression.
class QuantityExtractor {
 public:
  static constexpr std::string_view kName = "quantity_extractor";
  using Requires = Layers<Token, Sentence>;
  using Uses = Layers<MentionCandidate, TimeExpression>;
  using Provides = Layers<Quantity>;

  explicit QuantityExtractor(const QuantityOptions& options = {});

  absl::Status Run(Document& document) const;

  /// The work of the stage: appends the quantities of the sentences to `quantities`. `times` are in
  /// the order of the text.
  void Extract(std::string_view text, absl::Span<const Token> tokens,
               absl::Span<const Sentence> sentences, absl::Span<const MentionCandidate> names,
               absl::Span<const TimeExpression> times, LayerRows<Quantity>& quantities) const;

 private:
  QuantityOptions options_;
  std::shared_ptr<const internal::QuantityLexicon> lexicon_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_QUANTITY_EXTRACTOR_H_
