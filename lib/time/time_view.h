// The tokens of one sentence, as the readers of times ask for them.

#ifndef NUTGRAF_LIB_TIME_TIME_VIEW_H_
#define NUTGRAF_LIB_TIME_TIME_VIEW_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "lib/time/vocabulary.h"
#include "nutgraf/sentence.h"
#include "nutgraf/span.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// The digits at the start of a token and what follows them in it.
struct Digits {
  uint32_t value = 0;      // of the digits before the first point; at most 9 digits
  uint32_t count = 0;      // how many; 0 for no number
  double real = 0;         // with decimals, without separators of thousands
  uint32_t parts[3] = {};  // "3.5.2021"
  uint32_t part_digits[3] = {};
  uint32_t part_count = 0;  // numbers separated by points
  bool grouped = false;     // "1,990"
  std::string_view suffix;  // "th", "pm"
  explicit operator bool() const { return count > 0; }
  bool whole() const { return count > 0 && part_count == 1 && !grouped; }
};
Digits ReadDigits(std::string_view token);

// Indices are those of the document's tokens; what lies outside the sentence answers every question
// with no.
class TimeView {
 public:
  TimeView(const TimeVocabulary& vocabulary, std::string_view text, absl::Span<const Token> tokens,
           absl::Span<const uint16_t> words)
      : vocabulary_(vocabulary), text_(text), tokens_(tokens), words_(words) {}

  void SetSentence(const Sentence& sentence) {
    first_ = sentence.tokens.begin;
    last_ = sentence.tokens.end;
  }

  const TimeVocabulary& vocabulary() const { return vocabulary_; }
  uint32_t first() const { return first_; }
  uint32_t last() const { return last_; }
  // The sentence is all of the text, but for blanks.
  bool IsWholeText() const { return first_ == 0 && last_ == tokens_.size(); }
  bool In(uint32_t i) const { return i >= first_ && i < last_; }

  const Token& token(uint32_t i) const { return tokens_[i]; }
  absl::Span<const Token> Tokens(uint32_t begin, uint32_t end) const {
    return tokens_.subspan(begin, end - begin);
  }
  std::string_view Bytes(uint32_t i) const { return Slice(text_, tokens_[i].span()); }
  const TimeWord& At(uint32_t i) const { return vocabulary_.word(In(i) ? words_[i] : 0); }
  bool Is(uint32_t i, uint64_t classes) const { return At(i).Is(classes); }
  // A word of these classes among the `count` tokens from i on.
  bool Ahead(uint32_t i, uint32_t count, uint64_t classes) const {
    const uint32_t end = last_ - i < count ? last_ : i + count;
    for (; i < end; ++i) {
      if (vocabulary_.word(words_[i]).Is(classes)) return true;
    }
    return false;
  }
  bool IsPreposition(uint32_t i, Preposition p) const { return At(i).preposition == p; }

  bool IsWord(uint32_t i) const { return In(i) && tokens_[i].IsWord(); }
  // A word that means nothing to the grammar by itself.
  bool IsUnknown(uint32_t i) const {
    return (At(i).classes & ~(kTimePhrase | kTimePhraseAlone | kTimeNumbered)) == 0;
  }
  bool IsCapital(uint32_t i) const { return IsWord(i) && tokens_[i].Has(kUpperFirst); }
  bool IsNumber(uint32_t i) const { return In(i) && tokens_[i].kind() == TokenKind::kNumber; }
  // Read once for the few tokens around the one that is looked at.
  const Digits& Number(uint32_t i) const {
    if (!IsNumber(i)) return kNoDigits;
    Memo& memo = memos_[i % kMemos];
    if (memo.token != i) memo = {i, ReadDigits(Bytes(i))};
    return memo.digits;
  }
  bool IsMark(uint32_t i, uint32_t lead) const {
    return In(i) && tokens_[i].lead == lead && tokens_[i].size() <= 3;
  }
  // No blank before token i.
  bool Glued(uint32_t i) const { return In(i) && tokens_[i].Has(kGlued); }
  bool IsHyphen(uint32_t i) const {
    return In(i) &&
           (tokens_[i].Has(kCompound) || IsMark(i, '-') || IsMark(i, 0x2010) || IsMark(i, 0x2011));
  }
  bool IsDash(uint32_t i) const {
    return IsHyphen(i) || IsMark(i, 0x2013) || IsMark(i, 0x2014) || IsMark(i, '~');
  }
  bool IsPossessive(uint32_t i) const {
    return In(i) && tokens_[i].Has(kClitic) &&
           (tokens_[i].lead == '\'' || tokens_[i].lead == 0x2019);
  }
  ByteSpan SpanOf(uint32_t begin, uint32_t end) const {
    return {tokens_[begin].begin, tokens_[end - 1].end};
  }

 private:
  static constexpr uint32_t kMemos = 8;
  struct Memo {
    uint32_t token = UINT32_MAX;
    Digits digits;
  };
  static const Digits kNoDigits;

  const TimeVocabulary& vocabulary_;
  const std::string_view text_;
  const absl::Span<const Token> tokens_;
  const absl::Span<const uint16_t> words_;
  uint32_t first_ = 0;
  uint32_t last_ = 0;
  mutable std::array<Memo, kMemos> memos_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TIME_TIME_VIEW_H_
