// GazetteerMatcher: finds the names of a gazetteer.
//
//   pipeline.Add(nutgraf::Tokenizer())
//       .Add(nutgraf::GazetteerMatcher(mine, {.rank = 0}))     // wins over the default one
//       .Add(nutgraf::GazetteerMatcher(nutgraf::english::DefaultGazetteer()));
//
// Leftmost, longest, from token to token. Writes MentionCandidate rows, one for each entry that the
// name may mean; MentionResolver decides.
//
// Cost: linear; a name has at most 32 tokens. Threads: const, safe from any thread; the gazetteer
// is shared.

#ifndef NUTGRAF_GAZETTEER_MATCHER_H_
#define NUTGRAF_GAZETTEER_MATCHER_H_

#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/mention.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/token.h"

namespace nutgraf {

struct GazetteerMatcherOptions {
  /// Mention::rank of what is found: lower wins. 0 for the caller's own names, 1 for a default.
  uint8_t rank = 1;
};

/// Appends the names of `gazetteer` in `tokens`, which are those of `text`, to `candidates`. Their
/// views point into the gazetteer.
void MatchGazetteer(std::string_view text, absl::Span<const Token> tokens,
                    const Gazetteer& gazetteer, const GazetteerMatcherOptions& options,
                    LayerRows<MentionCandidate>& candidates);

/// The stage.
class GazetteerMatcher {
 public:
  static constexpr std::string_view kName = "gazetteer_matcher";
  using Requires = Layers<Token>;
  using Provides = Layers<MentionCandidate>;

  explicit GazetteerMatcher(Gazetteer gazetteer, GazetteerMatcherOptions options = {})
      : gazetteer_(std::move(gazetteer)), options_(options) {}

  absl::Status Run(Document& document) const;

 private:
  Gazetteer gazetteer_;
  GazetteerMatcherOptions options_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_GAZETTEER_MATCHER_H_
