// MentionResolver: decides between overlapping candidates, by one explicit policy.
//
//   pipeline.Add(nutgraf::GazetteerMatcher(mine, {.rank = 0}))
//       .Add(nutgraf::GazetteerMatcher(nutgraf::english::DefaultGazetteer()))
//       .Add(nutgraf::QuantityExtractor())
//       .Add(nutgraf::MentionResolver());
//
// The policy, in this order (docs/mentions.md explains each rule):
//   1. A candidate that needs context and has none is dropped: a name that is also a common word, at
//      the start of a sentence; a surname alone that nothing makes a person of.
//   2. A candidate inside a quantity's number or unit ("Singapore dollars") is dropped.
//   3. Where a recogniser has read the text, it decides on names that tables and rules propose (rank 1
//      and more): those of one token that are not well known, and those that overlap what it is sure of, are dropped. Names of
//      rank 0, the caller's own, win over it.
//   4. Of overlapping candidates the better source wins (Mention::rank), then the longer one, then
//      the one that is surer, then the first.
// A name that the recogniser has found gets id and canonical name of a gazetteer's entry of that name
// and type. Candidates of type TITLE ("President") give context to names and become no mentions.
//
// Cost: linear but for sorting the candidates. Threads: const, safe from any thread.

#ifndef NUTGRAF_MENTION_RESOLVER_H_
#define NUTGRAF_MENTION_RESOLVER_H_

#include <string_view>

#include "absl/status/status.h"
#include "nutgraf/document.h"
#include "nutgraf/entity_recognizer.h"
#include "nutgraf/mention.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"

namespace nutgraf {

struct MentionResolverOptions {
  /// Mentions with a lower confidence are dropped.
  float min_confidence = 0;
};

/// The stage: MentionCandidate rows to Mention rows.
class MentionResolver {
 public:
  static constexpr std::string_view kName = "mention_resolver";
  using Requires = Layers<Token, Sentence, MentionCandidate>;
  using Uses = Layers<Quantity, Recognized>;
  using Provides = Layers<Mention>;

  explicit MentionResolver(MentionResolverOptions options = {}) : options_(options) {}

  absl::Status Run(Document& document) const;

 private:
  MentionResolverOptions options_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_MENTION_RESOLVER_H_
