#include "nutgraf/pattern_matcher.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"

namespace nutgraf {

namespace {

// Working memory, kept in the document.
struct Scratch {
  std::vector<PatternMatch> matches;
};

// The tokens that a range of bytes covers; empty where it cuts one, unless `whole` is false.
TokenRange Covered(absl::Span<const Token> tokens, ByteSpan span, bool whole) {
  const auto* const first = std::partition_point(
      tokens.begin(), tokens.end(), [span](const Token& token) { return token.end <= span.begin; });
  const auto* const last = std::partition_point(
      first, tokens.end(), [span](const Token& token) { return token.begin < span.end; });
  if (first == last) return {0, 0};
  if (whole && (first->begin != span.begin || (last - 1)->end != span.end)) return {0, 0};
  return {static_cast<uint32_t>(first - tokens.begin()),
          static_cast<uint32_t>(last - tokens.begin())};
}

}  // namespace

absl::Status PatternMatcher::Run(Document& document) const {
  const std::string_view text = document.text();
  const absl::Span<const Token> tokens = document.Get<Token>();
  std::vector<PatternMatch>& matches = document.Scratch<Scratch>().matches;
  LayerRows<MentionCandidate>& candidates = document.Rows<MentionCandidate>();
  document.Hold(patterns_.owner());
  matches.clear();
  const uint64_t max_work = text.size() * uint64_t{options_.max_work_per_byte} + (1U << 20);
  uint64_t work = 0;
  absl::Status status;
  if (options_.by_sentence && document.Has<Sentence>()) {
    for (const Sentence& sentence : document.Get<Sentence>()) {
      if (sentence.tokens.empty()) continue;
      const ByteSpan range = {tokens[sentence.tokens.begin].begin,
                              tokens[sentence.tokens.end - 1].end};
      status = patterns_.Find(text, range, max_work, work, matches);
      if (!status.ok()) return status;
    }
  } else {
    const ByteSpan range = {0, static_cast<uint32_t>(text.size())};
    status = patterns_.Find(text, range, max_work, work, matches);
    if (!status.ok()) return status;
  }
  std::sort(matches.begin(), matches.end(), [](const PatternMatch& a, const PatternMatch& b) {
    if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
    return a.pattern < b.pattern;
  });
  for (const PatternMatch& match : matches) {
    const TokenRange range = Covered(tokens, match.span, options_.whole_tokens);
    if (range.empty()) continue;
    const Pattern& pattern = patterns_.pattern(match.pattern);
    MentionCandidate c = {};
    c.span = match.span;
    c.tokens = range;
    c.type = EntityTypeFromName(pattern.type);
    c.rank = options_.rank;
    c.confidence = static_cast<float>(pattern.confidence);
    c.label = pattern.type;
    c.source = "pattern";
    c.id = pattern.name;
    candidates.push_back(c);
  }
  return absl::OkStatus();
}

}  // namespace nutgraf
