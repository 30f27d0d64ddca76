#include "lib/tagger/document_view.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace nutgraf::internal {

namespace {

constexpr uint64_t kWeakBit = uint64_t{1} << 36;

// First, inner, last, only: 0 to 3.
uint32_t PartOf(const TokenRange& range, uint32_t token) {
  if (range.size() == 1) return 3;
  if (token == range.begin) return 0;
  return token + 1 == range.end ? 2 : 1;
}

bool IsNameStart(const Token& token) {
  return token.IsWord() && token.Has(kUpperFirst) && !token.Has(kClitic);
}

}  // namespace

void DocumentView::Reset(absl::Span<const Token> tokens, absl::Span<const Sentence> sentences,
                         absl::Span<const MentionCandidate> candidates) {
  tokens_ = tokens;
  const size_t n = tokens.size();
  known_.assign(n, 0);
  headed_.assign(n, 0);
  style_.assign(n, 0);
  run_.assign(n, kNone);
  use_.assign(n, kNone);
  runs_.clear();
  uses_.clear();
  index_.assign(std::bit_ceil(std::max<size_t>(n, 8) * 2), 0);
  ReadCandidates(candidates);
  for (const Sentence& sentence : sentences) ReadSentence(sentence);
}

void DocumentView::ReadCandidates(absl::Span<const MentionCandidate> candidates) {
  for (const MentionCandidate& c : candidates) {
    if (c.tokens.end > tokens_.size()) continue;
    const auto type = static_cast<uint32_t>(c.type);
    if (type > static_cast<uint32_t>(EntityType::kWork)) continue;
    // The caller's own labels mean nothing here, titles do.
    if (c.type == EntityType::kOther && c.label != "TITLE") continue;
    const bool headed = c.source == "headed_name";
    const bool weak = (c.flags & (kNeedsContext | kNeverAloneName)) != 0;
    for (uint32_t i = c.tokens.begin; i < c.tokens.end; ++i) {
      const uint32_t part = PartOf(c.tokens, i);
      if (headed) {
        headed_[i] = static_cast<uint8_t>(1 + type * 4 + part);
      } else {
        known_[i] |= uint64_t{1} << (type * 4 + part);
        if (weak) known_[i] |= kWeakBit;
      }
    }
  }
}

void DocumentView::ReadSentence(const Sentence& sentence) {
  const TokenRange range = sentence.tokens;
  uint32_t words = 0, capitals = 0;
  bool lower = false, upper = false;
  for (uint32_t i = range.begin; i < range.end; ++i) {
    const Token& token = tokens_[i];
    if (!token.IsWord() || token.Has(kClitic)) continue;
    ++words;
    if (token.Has(kUpperFirst)) ++capitals;
    lower = lower || token.Has(kLower);
    upper = upper || token.Has(kUpperFirst | kUpperLater);
  }
  uint8_t style = 0;
  if (words >= 4 && capitals * 10 >= words * 7) style |= kHeadline;
  if (upper && !lower && words >= 2) style |= kUpperText;
  if (lower && !upper) style |= kLowerText;
  const uint32_t last = tokens_[range.end - 1].lead;
  if (last != '.' && last != '!' && last != '?' && last != '"' && last != 0x201D)
    style |= kNoPeriod;

  bool first = true;
  for (uint32_t i = range.begin; i < range.end; ++i) {
    const Token& token = tokens_[i];
    style_[i] = style;
    if (token.kind() < TokenKind::kWord) continue;
    const bool initial = first;
    if (first) style_[i] |= kFirstWord;
    first = false;
    if (!token.IsWord()) continue;
    const uint32_t at = FindUse(token.folded);
    use_[i] = at;
    WordUse& use = uses_[at];
    if (!token.Has(kUpperFirst)) {
      ++use.lower;
    } else if ((style & (kUpperText | kHeadline)) == 0) {
      if (!initial) ++use.capital;
      if (use.contexts < kMostContexts) {
        ++use.contexts;
        style_[i] |= kCounted;
      }
    }
  }

  for (uint32_t i = range.begin; i < range.end; ++i) {
    if (!IsNameStart(tokens_[i])) continue;
    uint32_t end = i + 1;
    while (end < range.end) {
      if (IsNameStart(tokens_[end])) {
        ++end;
        continue;
      }
      const bool joins = tokens_[end].lead == '&' || tokens_[end].Has(kCompound);
      if (!joins || end + 1 >= range.end || !IsNameStart(tokens_[end + 1])) break;
      end += 2;
    }
    const auto run = static_cast<uint32_t>(runs_.size());
    runs_.push_back({i, end});
    for (uint32_t k = i; k < end; ++k) run_[k] = run;
    i = end - 1;
  }
}

uint32_t DocumentView::FindUse(uint64_t folded) {
  const size_t mask = index_.size() - 1;
  for (size_t i = (folded >> 20) & mask;; i = (i + 1) & mask) {
    if (index_[i] == 0) {
      index_[i] = static_cast<uint32_t>(uses_.size()) + 1;
      uses_.push_back({.folded = folded});
      return index_[i] - 1;
    }
    if (uses_[index_[i] - 1].folded == folded) return index_[i] - 1;
  }
}

}  // namespace nutgraf::internal
