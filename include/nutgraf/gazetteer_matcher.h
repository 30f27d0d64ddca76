// GazetteerMatcher: finds the names of a gazetteer.
//
//   // Names of the first gazetteer win over those of the second.
//   pipeline.Add(nutgraf::Tokenizer())
//       .Add(nutgraf::GazetteerMatcher({mine, nutgraf::english::DefaultGazetteer()}));
//
// Leftmost, longest, from token to token. Writes MentionCandidate rows, one for each entry that the
// name may mean; MentionResolver decides.
//
// Cost: linear; a name has at most 32 tokens. With near_matches each capitalised word that begins no
// name costs some microseconds, and up to a hundred where words are 48 letters long. Threads: const, safe from any thread; the gazetteer is shared.

#ifndef NUTGRAF_GAZETTEER_MATCHER_H_
#define NUTGRAF_GAZETTEER_MATCHER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/mention.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/string_pool.h"
#include "nutgraf/token.h"

namespace nutgraf {

struct GazetteerMatcherOptions {
  /// Mention::rank of what is found: lower wins; of several gazetteers that of the first one, each has
  /// one more than the one before it, at most 255. Where nothing is said: 1 for one gazetteer, 0 for
  /// the first of several, which is then the caller's own.
  std::optional<uint8_t> rank = std::nullopt;
  /// Also names inside and across other names: each that fits, not the leftmost longest ones.
  bool all_overlapping = false;
  /// Only entries of these types; empty: all.
  std::vector<std::string> types = {};
  /// Only names of at most so many tokens (hyphens between words do not count); at most 32.
  uint32_t max_tokens = 32;
  /// At most so many entries for one name, best prior first.
  uint32_t max_entries = 64;
  /// Where no name fits, also names of at least 8 letters that are one edit away (a letter too many,
  /// missing, wrong, or two swapped): candidates marked kNearMatch, their confidence the prior times
  /// the part of the letters that agree. The image must have been built with
  /// GazetteerBuilderOptions::near_matches; without, nothing more is found.
  bool near_matches = false;
};

/// Appends the names of `gazetteer` in `tokens`, which are those of `text`, to `candidates`. Their
/// views point into the gazetteer, the text and `strings`.
void MatchGazetteer(std::string_view text, absl::Span<const Token> tokens,
                    const Gazetteer& gazetteer, const GazetteerMatcherOptions& options,
                    LayerRows<MentionCandidate>& candidates, StringPool& strings);

/// The stage.
class GazetteerMatcher {
 public:
  static constexpr std::string_view kName = "gazetteer_matcher";
  using Requires = Layers<Token>;
  using Provides = Layers<MentionCandidate>;

  explicit GazetteerMatcher(Gazetteer gazetteer, GazetteerMatcherOptions options = {})
      : GazetteerMatcher(std::vector<Gazetteer>{std::move(gazetteer)}, std::move(options)) {}

  /// Several gazetteers, the first before the second and so on: see `rank`.
  explicit GazetteerMatcher(std::vector<Gazetteer> gazetteers, GazetteerMatcherOptions options = {})
      : gazetteers_(std::move(gazetteers)), options_(std::move(options)) {}

  absl::Status Run(Document& document) const;

 private:
  std::vector<Gazetteer> gazetteers_;
  GazetteerMatcherOptions options_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_GAZETTEER_MATCHER_H_
