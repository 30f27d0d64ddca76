#include "nutgraf/headed_name_matcher.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "lib/entity/capital_run.h"
#include "lib/entity/name_words.h"
#include "lib/text/hash.h"

namespace nutgraf {

namespace {

using internal::NameWords;

// Tokens; a longer run is no name.
constexpr uint32_t kLongestRun = 32;

// Of titles like "Reader's Digest", which are hardly ever anything else.
constexpr float kOwnedConfidence = 0.95F;

enum Mark : uint8_t {
  kKnown = 1U << 0,   // part of a candidate
  kTitle = 1U << 1,   // begins a title
  kBegins = 1U << 2,  // begins a candidate
};

// Working memory, kept in the document.
struct Scratch {
  std::vector<uint8_t> marks;  // of each token
};

class Matcher {
 public:
  Matcher(Document& document, const HeadedNameMatcherOptions& options)
      : tokens_(document.Get<Token>()),
        sentences_(document.Get<Sentence>()),
        words_(NameWords::Default()),
        marks_(document.Scratch<Scratch>().marks),
        candidates_(document.Rows<MentionCandidate>()),
        options_(options) {}

  void Run() {
    marks_.assign(tokens_.size(), 0);
    for (const MentionCandidate& c : candidates_) {
      if (c.label == "TITLE") {
        marks_[c.tokens.begin] |= kTitle;
        continue;
      }
      marks_[c.tokens.begin] |= kBegins;
      for (uint32_t i = c.tokens.begin; i < c.tokens.end; ++i) marks_[i] |= kKnown;
    }
    for (const Sentence& sentence : sentences_) MatchSentence(sentence);
  }

 private:
  void MatchSentence(const Sentence& sentence) {
    const size_t before = candidates_.size();
    for (uint32_t i = sentence.tokens.begin; i < sentence.tokens.end;) {
      if (!tokens_[i].Has(kUpperFirst) || !internal::IsNameWord(tokens_[i], words_) ||
          (marks_[i] & kTitle) != 0) {
        ++i;
        continue;
      }
      const uint32_t end = EndOfRun(i, sentence.tokens.end);
      if (end - i <= kLongestRun) MatchRun(i, end, sentence.tokens.end);
      i = end;
    }
    // Asked last: few sentences have a name with a head.
    if (candidates_.size() > before && internal::IsHeadline(tokens_, sentence))
      candidates_.resize(before);
  }

  uint32_t EndOfRun(uint32_t begin, uint32_t limit) const {
    uint32_t end = begin + 1;
    while (end < limit && (internal::GoesOn(tokens_, end, words_) || IsPlural(end, limit)) &&
           (marks_[end] & kTitle) == 0) {
      ++end;
    }
    return end;
  }

  // The apostrophe of "Harbor Workers' Union". After a name that is known by itself ("the Philippines'
  // Defense Ministry") it ends the run.
  bool IsPlural(uint32_t i, uint32_t limit) const {
    const Token& token = tokens_[i];
    const bool apostrophe =
        (token.lead == '\'' && token.size() == 1) || (token.lead == 0x2019 && token.size() == 3);
    return apostrophe && token.Has(kGlued) && (marks_[i - 1] & kKnown) == 0 && i + 1 < limit &&
           internal::IsNameWord(tokens_[i + 1], words_);
  }

  // The last head of the run tells what the name is.
  void MatchRun(uint32_t begin, uint32_t end, uint32_t limit) {
    for (uint32_t head = end; head > begin; --head) {
      const uint32_t flags = words_.Get(tokens_[head - 1].folded);
      if (internal::HeadType(flags) == EntityType::kOther) continue;
      const uint32_t end_of_of =
          (flags & NameWords::kTakesOf) != 0 ? EndOfPhrase(head, limit) : head;
      const uint32_t owner = (flags & NameWords::kTakesOwner) != 0 ? BeginOfOwner(begin) : begin;
      if (end_of_of == head) {
        if (head - owner < 2) continue;
        if ((flags & NameWords::kStrong) == 0 && !IsKnown(begin, head - 1)) continue;
      }
      Add(owner, end_of_of, internal::HeadType(flags),
          owner < begin ? kOwnedConfidence : options_.confidence);
      return;
    }
  }

  // Where "Davenport's" begins before a run; `begin` where there is none.
  uint32_t BeginOfOwner(uint32_t begin) const {
    if (begin < 2 || !tokens_[begin - 1].Has(kClitic) || tokens_[begin - 1].lead == 'n')
      return begin;
    uint32_t first = begin - 1;
    while (first > 0 && internal::IsNameWord(tokens_[first - 1], words_) &&
           tokens_[first - 1].Has(kUpperFirst) && begin - first < kLongestRun) {
      --first;
    }
    return first == begin - 1 ? begin : first;
  }

  // "of Health and Welfare" after a head; `head` where there is none.
  uint32_t EndOfPhrase(uint32_t head, uint32_t limit) const {
    static const uint64_t kOf = internal::HashBytes("of"), kFor = internal::HashBytes("for"),
                          kThe = internal::HashBytes("the"), kAnd = internal::HashBytes("and");
    uint32_t i = head;
    if (i >= limit || (tokens_[i].folded != kOf && tokens_[i].folded != kFor)) return head;
    if (++i < limit && tokens_[i].folded == kThe) ++i;
    if (i >= limit || !internal::IsNameWord(tokens_[i], words_) || (marks_[i] & kTitle) != 0)
      return head;
    uint32_t end = EndOfRun(i, limit);
    limit = std::min(limit, head + kLongestRun);
    while (end + 1 < limit && tokens_[end].folded == kAnd &&
           internal::IsNameWord(tokens_[end + 1], words_) && !tokens_[end + 1].IsAllUpper() &&
           (marks_[end + 1] & (kTitle | kBegins)) == 0) {
      end = EndOfRun(end + 1, limit);
    }
    return end - head <= kLongestRun ? end : head;
  }

  bool IsKnown(uint32_t begin, uint32_t end) const {
    for (uint32_t i = begin; i < end; ++i) {
      if ((marks_[i] & kKnown) != 0) return true;
    }
    return false;
  }

  void Add(uint32_t begin, uint32_t end, EntityType type, float confidence) {
    MentionCandidate c = {};
    c.span = {tokens_[begin].begin, tokens_[end - 1].end};
    c.tokens = {begin, end};
    c.type = type;
    c.rank = options_.rank;
    c.confidence = confidence;
    c.label = EntityTypeName(type);
    c.source = "headed_name";
    candidates_.push_back(c);
  }

  const absl::Span<const Token> tokens_;
  const absl::Span<const Sentence> sentences_;
  const NameWords& words_;
  std::vector<uint8_t>& marks_;
  LayerRows<MentionCandidate>& candidates_;
  const HeadedNameMatcherOptions& options_;
};

}  // namespace

absl::Status HeadedNameMatcher::Run(Document& document) const {
  Matcher(document, options_).Run();
  return absl::OkStatus();
}

}  // namespace nutgraf
