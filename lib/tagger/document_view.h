// What the features ask of a whole document: names that the matchers propose, how its sentences are
// written, runs of capitalised words, and how each word occurs elsewhere in it.
//
//   DocumentView view;  // keeps its memory
//   view.Reset(tokens, sentences, candidates);

#ifndef NUTGRAF_LIB_TAGGER_DOCUMENT_VIEW_H_
#define NUTGRAF_LIB_TAGGER_DOCUMENT_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "nutgraf/mention.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// Bits of DocumentView::style().
enum Style : uint8_t {
  kFirstWord = 1U << 0,  // no word stands before it in the sentence
  kHeadline = 1U << 1,   // most words of the sentence are capitalised
  kUpperText = 1U << 2,  // all letters of the sentence are capitals
  kLowerText = 1U << 3,  // none is
  kNoPeriod = 1U << 4,   // no full stop ends it
};

// How a word occurs in the document.
struct WordUse {
  uint64_t folded;
  uint32_t lower = 0;     // in lower case
  uint32_t capital = 0;   // with a capital, inside sentences that have lower case, too
  uint32_t contexts = 0;  // among the first occurrences with a capital: see kMostContexts
};

// A run of capitalised words.
struct CapitalRun {
  uint32_t begin;
  uint32_t end;
};

class DocumentView {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFFU;
  // Contexts of one word that are counted.
  static constexpr uint32_t kMostContexts = 16;

  void Reset(absl::Span<const Token> tokens, absl::Span<const Sentence> sentences,
             absl::Span<const MentionCandidate> candidates);

  absl::Span<const Token> tokens() const { return tokens_; }
  // Bits: four (first, inner, last, only token) a type of the gazetteer's candidates, type kOther
  // (titles) among them; then one for candidates that need context.
  uint64_t known(uint32_t token) const { return known_[token]; }
  // Type and place of what HeadedNameMatcher proposes; 0 where nothing.
  uint8_t headed(uint32_t token) const { return headed_[token]; }
  uint8_t style(uint32_t token) const { return style_[token]; }
  // The run that the token is part of; kNone where there is none.
  uint32_t run(uint32_t token) const { return run_[token]; }
  const CapitalRun& run_at(uint32_t run) const { return runs_[run]; }
  // How the token's word is used; null for marks.
  const WordUse* use(uint32_t token) const {
    return use_[token] == kNone ? nullptr : &uses_[use_[token]];
  }
  uint32_t use_index(uint32_t token) const { return use_[token]; }
  // Whether the token is among the first occurrences of its word whose contexts count.
  bool has_context(uint32_t token) const { return (style_[token] & kCounted) != 0; }
  size_t use_count() const { return uses_.size(); }

 private:
  static constexpr uint8_t kCounted = 1U << 7;

  void ReadCandidates(absl::Span<const MentionCandidate> candidates);
  void ReadSentence(const Sentence& sentence);
  uint32_t FindUse(uint64_t folded);

  absl::Span<const Token> tokens_;
  std::vector<uint64_t> known_;
  std::vector<uint8_t> headed_;
  std::vector<uint8_t> style_;
  std::vector<uint32_t> run_;
  std::vector<CapitalRun> runs_;
  std::vector<uint32_t> use_;
  std::vector<WordUse> uses_;
  std::vector<uint32_t> index_;  // of uses_ by hash, 1 + place; a power of two
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_DOCUMENT_VIEW_H_
