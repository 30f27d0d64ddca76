// The tokens of one sentence, as the readers of quantities ask for them.

#ifndef NUTGRAF_LIB_QUANTITY_SENTENCE_VIEW_H_
#define NUTGRAF_LIB_QUANTITY_SENTENCE_VIEW_H_

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "lib/quantity/lexicon.h"
#include "lib/text/hash.h"
#include "nutgraf/sentence.h"
#include "nutgraf/span.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

constexpr uint64_t Folded(std::string_view word) { return HashShort(word); }

// Words that the grammar itself asks for.
struct Words {
  uint64_t a = Folded("a");
  uint64_t about = Folded("about");
  uint64_t account = Folded("account");
  uint64_t additional = Folded("additional");
  uint64_t after = Folded("after");
  uint64_t age = Folded("age");
  uint64_t aged = Folded("aged");
  uint64_t ages = Folded("ages");
  uint64_t ago = Folded("ago");
  uint64_t all = Folded("all");
  uint64_t am = Folded("am");
  uint64_t an = Folded("an");
  uint64_t and_ = Folded("and");
  uint64_t another = Folded("another");
  uint64_t any = Folded("any");
  uint64_t around = Folded("around");
  uint64_t as = Folded("as");
  uint64_t at = Folded("at");
  uint64_t before = Folded("before");
  uint64_t below = Folded("below");
  uint64_t between = Folded("between");
  uint64_t both = Folded("both");
  uint64_t but = Folded("but");
  uint64_t by = Folded("by");
  uint64_t celsius = Folded("celsius");
  uint64_t centuries = Folded("centuries");
  uint64_t century = Folded("century");
  uint64_t cold = Folded("cold");
  uint64_t couple = Folded("couple");
  uint64_t cubed = Folded("cubed");
  uint64_t day = Folded("day");
  uint64_t degrees = Folded("degrees");
  uint64_t door = Folded("door");
  uint64_t each = Folded("each");
  uint64_t earlier = Folded("earlier");
  uint64_t every = Folded("every");
  uint64_t fahrenheit = Folded("fahrenheit");
  uint64_t few = Folded("few");
  uint64_t fold = Folded("fold");
  uint64_t from = Folded("from");
  uint64_t handful = Folded("handful");
  uint64_t heat = Folded("heat");
  uint64_t her = Folded("her");
  uint64_t high = Folded("high");
  uint64_t highs = Folded("highs");
  uint64_t his = Folded("his");
  uint64_t hot = Folded("hot");
  uint64_t in = Folded("in");
  uint64_t its = Folded("its");
  uint64_t later = Folded("later");
  uint64_t longer = Folded("longer");
  uint64_t low = Folded("low");
  uint64_t lows = Folded("lows");
  uint64_t minus = Folded("minus");
  uint64_t more = Folded("more");
  uint64_t my = Folded("my");
  uint64_t negative = Folded("negative");
  uint64_t no = Folded("no");
  uint64_t oclock = Folded("o'clock");
  uint64_t of = Folded("of");
  uint64_t old = Folded("old");
  uint64_t olds = Folded("olds");
  uint64_t one = Folded("one");
  uint64_t or_ = Folded("or");
  uint64_t other = Folded("other");
  uint64_t our = Folded("our");
  uint64_t out = Folded("out");
  uint64_t over = Folded("over");
  uint64_t pair = Folded("pair");
  uint64_t per = Folded("per");
  uint64_t pm = Folded("pm");
  uint64_t point = Folded("point");
  uint64_t score = Folded("score");
  uint64_t some = Folded("some");
  uint64_t split = Folded("split");
  uint64_t squared = Folded("squared");
  uint64_t temperature = Folded("temperature");
  uint64_t temperatures = Folded("temperatures");
  uint64_t than = Folded("than");
  uint64_t that = Folded("that");
  uint64_t the = Folded("the");
  uint64_t their = Folded("their");
  uint64_t these = Folded("these");
  uint64_t this_ = Folded("this");
  uint64_t those = Folded("those");
  uint64_t through = Folded("through");
  uint64_t times = Folded("times");
  uint64_t to = Folded("to");
  uint64_t warm = Folded("warm");
  uint64_t weather = Folded("weather");
  uint64_t which = Folded("which");
  uint64_t who = Folded("who");
  uint64_t x = Folded("x");
  uint64_t foot = Folded("foot");
  uint64_t your = Folded("your");
  uint64_t zero = Folded("zero");
};
inline constexpr Words kWords;
constexpr const Words& W() { return kWords; }

// Words that may stand after a number as its unit.
inline constexpr uint32_t kUnits =
    kWordUnit | kWordPercent | kWordCurrency | kWordCurrencyCode | kWordSubunit | kWordCount;

// Indices are those of the document's tokens; what lies outside the sentence answers every question
// with no.
class SentenceView {
 public:
  SentenceView(const QuantityLexicon& lexicon, std::string_view text,
               absl::Span<const Token> tokens)
      : lexicon_(lexicon), text_(text), tokens_(tokens) {}

  void SetSentence(const Sentence& sentence) {
    first_ = sentence.tokens.begin;
    last_ = sentence.tokens.end;
  }

  const QuantityLexicon& lexicon() const { return lexicon_; }

  // The first token from token i on that a quantity may begin with, or last(). Nearly all of the
  // time of a text goes by here: one branch a token.
  uint32_t NextBegin(uint32_t i) const {
    const QuantityLexicon& lexicon = lexicon_;
    const Token* const tokens = tokens_.data();
    for (; i < last_; ++i) {
      const Token& t = tokens[i];
      __builtin_prefetch(&t + 32);
      const uint32_t number = t.kind() == TokenKind::kNumber ? 1 : 0;
      if ((number | lexicon.MayBegin(t) | (t.bits & kDigit)) != 0) break;
    }
    return i;
  }

  const Token& token(uint32_t i) const { return tokens_[i]; }
  uint32_t first() const { return first_; }
  uint32_t last() const { return last_; }

  std::string_view Bytes(uint32_t i) const { return Slice(text_, tokens_[i].span()); }
  bool In(uint32_t i) const { return i >= first_ && i < last_; }
  bool Is(uint32_t i, uint64_t word) const { return In(i) && tokens_[i].folded == word; }
  bool IsMark(uint32_t i, uint32_t lead) const {
    return In(i) && tokens_[i].lead == lead && tokens_[i].size() <= 3;
  }
  bool Glued(uint32_t i) const { return In(i) && tokens_[i].Has(kGlued); }
  bool IsNumberToken(uint32_t i) const { return In(i) && tokens_[i].kind() == TokenKind::kNumber; }
  // "GBP3.01", "RM20m": a currency and digits in one token.
  static bool MayBeCode(const Token& t) {
    return (t.bits & (kDigit | kUpperFirst | 15U)) ==
           (kDigit | kUpperFirst | static_cast<uint32_t>(TokenKind::kWord));
  }
  bool IsHyphen(uint32_t i) const { return In(i) && tokens_[i].Has(kCompound); }
  bool IsDash(uint32_t i) const {
    return In(i) &&
           (tokens_[i].Has(kCompound) || tokens_[i].lead == 0x2013 || tokens_[i].lead == 0x2014);
  }
  // Whether token i is plain digits.
  bool IsDigits(uint32_t i) const {
    return IsNumberToken(i) && !tokens_[i].Has(kInnerMark | kLower | kUpperLater | kNonAscii);
  }
  // Whether one blank stands before token i, and whether it is one that does not break.
  bool OneBlankBefore(uint32_t i) const {
    return i > first_ && (tokens_[i].begin == tokens_[i - 1].end + 1 || Nbsp(i));
  }
  bool Nbsp(uint32_t i) const {
    if (i <= first_ || !In(i)) return false;
    const std::string_view gap =
        text_.substr(tokens_[i - 1].end, tokens_[i].begin - tokens_[i - 1].end);
    return gap == "\u00A0" || gap == "\u202F" || gap == "\u2009";
  }
  // Past a hyphen between words, which may have blanks around.
  uint32_t PastHyphen(uint32_t i) const { return IsDash(i) || IsMark(i, '-') ? i + 1 : i; }

  // The kinds of the phrases that token i is.
  uint32_t KindsOf(uint32_t i) const { return In(i) ? lexicon_.KindsOf(tokens_[i]) : 0; }

  // True for a plural noun, by its form.
  bool LooksPlural(uint32_t i) const {
    return In(i) && LooksPlural(i, lexicon_.KindsOf(tokens_[i]));
  }
  // The same for a token whose kinds are known.
  bool LooksPlural(uint32_t i, uint32_t kinds) const {
    const Token& t = tokens_[i];
    if (!t.IsWord() || t.Has(kClitic | kPeriod)) return false;
    if ((kinds & kWordPlural) != 0) return true;
    if ((kinds & (kWordSingularS | kWordStop)) != 0 || t.size() <= 3) return false;
    const char* const last = text_.data() + t.end - 1;
    if (*last != 's' && *last != 'S') return false;
    const char before = last[-1];
    return before != 's' && before != 'u' && before != 'i' && before != '\'';
  }

  QuantityLexicon::Found Find(uint32_t i, uint32_t words) const {
    return In(i) ? lexicon_.Longest(tokens_, i, last_, words) : QuantityLexicon::Found();
  }
  // The phrase whose first word has these hashes and stands at the end of token i.
  QuantityLexicon::Found FindFrom(uint64_t folded, uint64_t exact, uint32_t i,
                                  uint32_t words) const {
    return lexicon_.LongestFrom(folded, exact, tokens_, i, last_, words);
  }
  // The phrase of one of the kinds `words` that ends before token `end` and begins at or after
  // `limit`.
  QuantityLexicon::Found FindBefore(uint32_t end, uint32_t words, uint32_t limit = 0) const {
    return end > first_ ? lexicon_.LongestBefore(tokens_, end, std::max(first_, limit), words)
                        : QuantityLexicon::Found();
  }
  bool IsKind(uint32_t i, uint32_t words) const { return static_cast<bool>(Find(i, words)); }
  ByteSpan SpanOf(uint32_t begin, uint32_t end) const {
    return {tokens_[begin].begin, tokens_[end - 1].end};
  }

 private:
  const QuantityLexicon& lexicon_;
  const std::string_view text_;
  const absl::Span<const Token> tokens_;
  uint32_t first_ = 0;
  uint32_t last_ = 0;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_QUANTITY_SENTENCE_VIEW_H_
