// PatternMatcher: finds what regular expressions describe: URLs, phone numbers, securities, part
// numbers of your own.
//
//   std::vector<nutgraf::Pattern> patterns = nutgraf::CommonPatterns();
//   patterns.push_back({.name = "part", .type = "PART_NUMBER", .regex = R"(\bXJ-\d{2,4}\b)"});
//   absl::StatusOr<nutgraf::PatternSet> set = nutgraf::PatternSet::Compile(patterns);
//   if (!set.ok()) return set.status();  // "pattern 'part': missing ): (XJ"
//   pipeline.Add(nutgraf::Tokenizer()).Add(nutgraf::PatternMatcher(*set));
//
// The expressions are RE2's (https://github.com/google/re2/wiki/Syntax): time is linear in the text
// for each search, whatever the pattern. Finding all matches is a search for each; so a match is at
// most PatternSetOptions::max_match_bytes long, and the work in one document is bounded.
//
// Cost: one pass for all patterns together tells which occur; those are then searched one by one.
// Threads: a PatternSet is immutable and safe on any thread; copies share it. Matching allocates.

#ifndef NUTGRAF_PATTERN_MATCHER_H_
#define NUTGRAF_PATTERN_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/mention.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/sentence.h"
#include "nutgraf/span.h"
#include "nutgraf/token.h"

namespace nutgraf {

/// One pattern.
struct Pattern {
  std::string name;   ///< Becomes Mention::id
  std::string type;   ///< "ORGANIZATION", ... or a type of your own: Mention::label
  std::string regex;  ///< RE2 syntax. Where it has a group, what the first group matched is found,
                      ///< and nothing where that took no part
  double confidence = 1.0;  ///< 0 to 1
  /// Further checks of what was found, a check digit; empty: none. Called from any thread.
  std::function<bool(std::string_view)> accept = {};
};

/// Ready patterns: "url" (URL), "email" (EMAIL), "handle" (HANDLE), "phone" (PHONE), "isin" (ISIN)
/// and "iban" (IBAN), both with check digits, "flight" (FLIGHT), "coordinates" (COORDINATES).
std::vector<Pattern> CommonPatterns();

struct PatternSetOptions {
  /// A match is at most so long, and nothing farther than that from its begin decides about it.
  uint32_t max_match_bytes = 1024;
  /// Memory for the automata of a pattern, and for that of all together.
  int64_t max_memory = int64_t{64} << 20;
};

/// Where a pattern matched.
struct PatternMatch {
  uint32_t pattern;  ///< Its place in the list given to Compile()
  ByteSpan span;
};

/// Compiled patterns.
class PatternSet {
 public:
  /// No patterns.
  PatternSet();

  /// InvalidArgument that names the pattern and says what is wrong with it, or that it matches the
  /// empty string; ResourceExhausted where the patterns need more than max_memory.
  static absl::StatusOr<PatternSet> Compile(const std::vector<Pattern>& patterns,
                                            const PatternSetOptions& options = {});

  size_t size() const;
  const Pattern& pattern(uint32_t i) const;

  /// Appends the matches of all patterns in text[range], in the order of patterns, and for each
  /// pattern leftmost first and without overlaps. ^, $ and \b see the text around the range.
  /// `work` counts the bytes that may be looked at and may not pass `max_work`: ResourceExhausted then, and
  /// what was found so far stays. Requires range.end <= text.size().
  absl::Status Find(std::string_view text, ByteSpan range, uint64_t max_work, uint64_t& work,
                    std::vector<PatternMatch>& matches) const;

  /// For stages, to hold on to.
  std::shared_ptr<const void> owner() const;

 private:
  struct Impl;
  explicit PatternSet(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

struct PatternMatcherOptions {
  uint8_t rank = 0;  ///< Mention::rank of what is found
  /// Search sentence by sentence: no match crosses a sentence's end. Needs the Sentence layer;
  /// searches the whole text where there is none.
  bool by_sentence = false;
  /// Drop matches that do not begin and end where tokens do.
  bool whole_tokens = true;
  /// Work in one document: so many bytes looked at for each byte of its text (and 1 MiB for any). Each
  /// search counts with the most that it may look at, twice PatternSetOptions::max_match_bytes: that is
  /// one pattern, of the default options, that matches at each byte, and then some. Process() fails
  /// with ResourceExhausted where a text needs more, and has no matches then.
  uint32_t max_work_per_byte = 4000;
};

/// The stage: MentionCandidate rows with source "pattern".
class PatternMatcher {
 public:
  static constexpr std::string_view kName = "pattern_matcher";
  using Requires = Layers<Token>;
  using Uses = Layers<Sentence>;
  using Provides = Layers<MentionCandidate>;

  explicit PatternMatcher(PatternSet patterns, PatternMatcherOptions options = {})
      : patterns_(std::move(patterns)), options_(options) {}

  absl::Status Run(Document& document) const;

 private:
  PatternSet patterns_;
  PatternMatcherOptions options_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_PATTERN_MATCHER_H_
