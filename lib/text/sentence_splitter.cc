#include "nutgraf/sentence_splitter.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "lib/text/abbreviation.h"

namespace nutgraf {

namespace {

using internal::FindAbbreviation;

// A line wider than this was not wrapped: its end is the end of a paragraph.
constexpr uint32_t kWidestWrapped = 120;
// A paragraph with no line as wide as this is a list of short lines.
constexpr uint32_t kNarrowestWrapped = 45;

class Splitter {
 public:
  Splitter(std::string_view text, absl::Span<const Token> tokens, LayerRows<Sentence>& sentences)
      : text_(text), tokens_(tokens), sentences_(sentences) {}

  void Run() {
    constexpr uint32_t kMayEnd = kTerminator | kPeriod | kAfterNewline;
    const auto count = static_cast<uint32_t>(tokens_.size());
    for (uint32_t i = 0; i < count; ++i) {
      const uint32_t bits = tokens_[i].bits;
      if ((bits & kMayEnd) == 0) [[likely]]
        continue;
      if ((bits & kAfterNewline) != 0) {
        if (i > begin_ && LineEnds(i)) End(i);
        line_begin_ = i;
      }
      if ((bits & (kTerminator | kPeriod)) != 0) {
        const uint32_t next = PastClosers(i);
        if (next < count && SentenceEnds(i, next)) End(next);
        i = next - 1;  // what closes is not looked at again: linear
      }
    }
    End(count);
  }

 private:
  void End(uint32_t end) {
    if (end <= begin_) return;
    if ((tokens_[begin_].bits & kAfterBlank) != 0 && !sentences_.empty()) ++paragraph_;
    sentences_.push_back(Sentence{.span = {tokens_[begin_].begin, tokens_[end - 1].end},
                                  .tokens = {begin_, end},
                                  .paragraph = paragraph_});
    begin_ = end;
  }

  // Past the quotation marks and brackets that close the sentence which ends with token i.
  uint32_t PastClosers(uint32_t i) const {
    uint32_t next = i + 1;
    while (next < tokens_.size() && tokens_[next].Has(kGlued)) {
      const Token& t = tokens_[next];
      if (t.Has(kTerminator) || (t.Has(kClose) && !t.Has(kOpen))) {
        ++next;
        continue;
      }
      // ASCII quotation marks close where no word begins right after them.
      const bool mark = t.Has(kQuote) && (t.lead == '"' || t.lead == '\'');
      if (!mark ||
          (next + 1 < tokens_.size() && tokens_[next + 1].Has(kGlued) && Opens(tokens_[next + 1])))
        break;
      ++next;
    }
    return next;
  }

  static bool Opens(const Token& t) { return t.kind() >= TokenKind::kWord; }

  // Whether token i, a terminator or an abbreviation with its period, ends a sentence before token
  // `next`.
  bool SentenceEnds(uint32_t i, uint32_t next) const {
    const Token& last = tokens_[i];
    if (tokens_[next].Has(kAfterBlank)) return true;
    // What comes next, past opening marks.
    uint32_t first = next;
    constexpr uint32_t kMostMarks = 8;
    while (first < tokens_.size() && first - next < kMostMarks && !Opens(tokens_[first]) &&
           !tokens_[first].Has(kAfterNewline | kTerminator) &&
           tokens_[first].Has(kQuote | kOpen | kDash)) {
      ++first;
    }
    if (first >= tokens_.size()) return true;
    const Token& word = tokens_[first];
    const bool marked = first > next;  // by an opening mark
    const bool glued = tokens_[next].Has(kGlued);
    const bool lower =
        word.IsWord() && !word.Has(kUpperFirst) && word.Has(kLower) && !word.Has(kUpperLater);
    if (last.Has(kPeriod)) {
      // "9 a.m. (0800 GMT)": a bracket goes on.
      const bool bracket = tokens_[next].lead == '(' || tokens_[next].lead == '[';
      return AbbreviationEnds(i, word, marked && !bracket, glued);
    }
    if (last.lead != '.') {
      // "What?" he asked. An ellipsis, "!" or "?" ends a sentence where the next begins with a
      // capital, digit or mark.
      if (glued && word.IsWord() && !word.Has(kUpperFirst)) return false;
      return !lower && !tokens_[next].Has(kCompound) && word.lead != ',' && word.lead != ';';
    }
    if (last.size() > 1) return !lower && word.lead != ',' && !glued;  // "..."
    if (IsListMarker(i)) return false;
    if (glued && !tokens_[next].Has(kQuote | kOpen)) {
      // A missing space: "end.The". But "x.y", "1.a", "etc.)".
      return word.IsWord() && word.Has(kUpperFirst) && i > 0 && tokens_[i - 1].IsWord();
    }
    if (word.lead == ',' || word.lead == ';' || word.lead == ':') return false;
    // After a quotation that closed, a lower-case word goes on: "It ended.” he said.
    if (lower) return next == i + 1 && !marked && EndsLikeASentence(i);
    return true;
  }

  // Before a lower-case word only what looks like an ordinary word ends a sentence with its period.
  bool EndsLikeASentence(uint32_t period) const {
    if (period == 0 || !tokens_[period].Has(kGlued)) return false;
    const Token& word = tokens_[period - 1];
    return word.IsWord() && word.size() >= 4 &&
           !word.Has(kUpperFirst | kUpperLater | kDigit | kInnerMark);
  }

  bool AbbreviationEnds(uint32_t i, const Token& word, bool marked, bool glued) const {
    const uint8_t flags = FindAbbreviation(tokens_[i].folded);
    if (glued) return false;
    if ((flags & internal::kAbbreviationTitle) != 0) return false;
    if (!word.IsWord()) return marked && (flags & internal::kAbbreviationFinal) != 0;
    if (!word.Has(kUpperFirst)) return false;
    const bool starter = (FindAbbreviation(word.folded) & internal::kSentenceStarter) != 0;
    const bool initial = tokens_[i].size() == 2 && tokens_[i].Has(kUpperFirst);
    if (initial) {
      // "George W. Bush", "J. The": an initial after a capitalised name is part of it.
      const bool in_name = i > begin_ && tokens_[i - 1].Has(kUpperFirst);
      return starter && word.Has(kLower) && !in_name;
    }
    return (starter && word.Has(kLower)) || (marked && word.Has(kUpperFirst));
  }

  // "1." at the start of a line.
  bool IsListMarker(uint32_t period) const {
    if (period == 0) return false;
    const Token& number = tokens_[period - 1];
    return number.kind() == TokenKind::kNumber && number.Has(kAfterNewline) && number.size() <= 3;
  }

  // Whether the line end before token i, which is no blank line's, ends a sentence.
  bool LineEnds(uint32_t i) {
    const Token& next = tokens_[i];
    if (next.Has(kAfterBlank)) return true;
    MeasureParagraph(i);
    const uint32_t previous_width = Width(line_begin_, i);
    const Token& last = tokens_[i - 1];
    if (last.Has(kTerminator)) return true;
    if (IsBullet(i)) return true;
    if (next.IsWord() && !next.Has(kUpperFirst) && next.Has(kLower) && widest_ <= kWidestWrapped) {
      return false;  // goes on in lower case
    }
    if (widest_ > kWidestWrapped || widest_ < kNarrowestWrapped) return true;
    if (last.lead == ',') return false;
    // Where the next word would have fitted, the line was ended on purpose.
    return previous_width + 1 + next.size() <= widest_;
  }

  bool IsBullet(uint32_t i) const {
    const Token& t = tokens_[i];
    if (t.lead == 0x2022 || t.lead == 0x25AA || t.lead == 0x25CF || t.lead == 0xB7) return true;
    const bool spaced = i + 1 < tokens_.size() && !tokens_[i + 1].Has(kGlued | kAfterNewline);
    if (t.lead == '*' || t.Has(kDash)) return spaced;
    if (t.kind() != TokenKind::kNumber || t.size() > 3 || i + 2 >= tokens_.size()) return false;
    const Token& mark = tokens_[i + 1];
    return mark.Has(kGlued) && (mark.lead == '.' || mark.lead == ')') &&
           !tokens_[i + 2].Has(kGlued);
  }

  // Bytes of the line that begins with token `first` and ends before token `end`.
  uint32_t Width(uint32_t first, uint32_t end) const {
    return tokens_[end - 1].end - tokens_[first].begin;
  }

  // Finds the widest line of the paragraph in which token i stands, once a paragraph.
  void MeasureParagraph(uint32_t i) {
    if (i < measured_) return;
    uint32_t first = i - 1;
    while (first > 0 && !tokens_[first].Has(kAfterBlank)) --first;
    widest_ = 0;
    uint32_t line = first;
    uint32_t end = first + 1;
    for (; end < tokens_.size() && !tokens_[end].Has(kAfterBlank); ++end) {
      if (!tokens_[end].Has(kAfterNewline)) continue;
      widest_ = std::max(widest_, Width(line, end));
      line = end;
    }
    widest_ = std::max(widest_, Width(line, end));
    measured_ = end;
  }

  const std::string_view text_;
  const absl::Span<const Token> tokens_;
  LayerRows<Sentence>& sentences_;
  uint32_t begin_ = 0;
  uint32_t paragraph_ = 0;
  uint32_t measured_ = 0;    // tokens before belong to measured paragraphs
  uint32_t line_begin_ = 0;  // first token of the line under way
  uint32_t widest_ = 0;      // in bytes
};

}  // namespace

void SplitSentences(std::string_view text, absl::Span<const Token> tokens,
                    LayerRows<Sentence>& sentences) {
  Splitter(text, tokens, sentences).Run();
}

absl::Status SentenceSplitter::Run(Document& document) const {
  SplitSentences(document.text(), document.Get<Token>(), document.Rows<Sentence>());
  return absl::OkStatus();
}

}  // namespace nutgraf
