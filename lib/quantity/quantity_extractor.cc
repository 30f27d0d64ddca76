#include "nutgraf/quantity_extractor.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lib/quantity/lexicon.h"
#include "lib/text/hash.h"
#include "lib/text/token_builder.h"
#include "nutgraf/tokenizer.h"

extern "C" {
extern const char nutgraf_quantity_lex[];
extern const char nutgraf_quantity_lex_end[];
}

namespace nutgraf {

namespace internal {

namespace {

// Working memory, kept in the document.
struct QuantityScratch {
  LayerRows<Token> suffix_tokens;
};

// A number as written, without unit.
struct Number {
  enum class Form : uint8_t { kNone, kDigits, kWords };
  Form form = Form::kNone;
  uint32_t begin = 0;
  uint32_t end = 0;  // token after it
  double value = 0;
  bool ordinal = false;
  bool fraction = false;
  bool scaled = false;   // a scale word or suffix belongs to it: "million", "bn"
  bool grouped = false;  // digits with separators: no year
  bool decimal = false;
  const QuantityEntry* glued_unit = nullptr;  // "5km": in the token itself

  explicit operator bool() const { return form != Form::kNone; }
};

uint64_t Folded(std::string_view word) { return HashBytes(word); }

// Words that the grammar itself asks for.
struct Words {
  uint64_t a = Folded("a");
  uint64_t additional = Folded("additional");
  uint64_t age = Folded("age");
  uint64_t aged = Folded("aged");
  uint64_t all = Folded("all");
  uint64_t am = Folded("am");
  uint64_t an = Folded("an");
  uint64_t and_ = Folded("and");
  uint64_t another = Folded("another");
  uint64_t any = Folded("any");
  uint64_t as = Folded("as");
  uint64_t between = Folded("between");
  uint64_t both = Folded("both");
  uint64_t centuries = Folded("centuries");
  uint64_t century = Folded("century");
  uint64_t day = Folded("day");
  uint64_t each = Folded("each");
  uint64_t every = Folded("every");
  uint64_t from = Folded("from");
  uint64_t half = Folded("half");
  uint64_t her = Folded("her");
  uint64_t his = Folded("his");
  uint64_t in = Folded("in");
  uint64_t its = Folded("its");
  uint64_t minus = Folded("minus");
  uint64_t more = Folded("more");
  uint64_t my = Folded("my");
  uint64_t negative = Folded("negative");
  uint64_t no = Folded("no");
  uint64_t oclock = Folded("o'clock");
  uint64_t of = Folded("of");
  uint64_t old = Folded("old");
  uint64_t one = Folded("one");
  uint64_t or_ = Folded("or");
  uint64_t other = Folded("other");
  uint64_t our = Folded("our");
  uint64_t per = Folded("per");
  uint64_t pm = Folded("pm");
  uint64_t some = Folded("some");
  uint64_t that = Folded("that");
  uint64_t the = Folded("the");
  uint64_t their = Folded("their");
  uint64_t these = Folded("these");
  uint64_t this_ = Folded("this");
  uint64_t those = Folded("those");
  uint64_t times = Folded("times");
  uint64_t to = Folded("to");
  uint64_t which = Folded("which");
  uint64_t who = Folded("who");
  uint64_t your = Folded("your");
};
const Words& W() {
  static const Words kWords;
  return kWords;
}

// To the 15 digits that a double keeps: 16.4 million is 16400000, not 16399999.999999998.
double Rounded(double value) {
  char digits[32];
  const auto end =
      std::to_chars(digits, digits + sizeof(digits), value, std::chars_format::scientific, 14).ptr;
  double rounded = value;
  std::from_chars(digits, end, rounded);
  return rounded;
}

constexpr uint32_t kUnits =
    kWordUnit | kWordPercent | kWordCurrency | kWordCurrencyCode | kWordSubunit;

class Extractor {
 public:
  Extractor(const QuantityLexicon& lexicon, std::string_view text, absl::Span<const Token> tokens,
            absl::Span<const MentionCandidate> names, QuantityScratch& scratch,
            LayerRows<Quantity>& quantities)
      : lexicon_(lexicon),
        text_(text),
        tokens_(tokens),
        names_(names),
        suffix_tokens_(scratch.suffix_tokens),
        quantities_(quantities) {}

  void Run(const Sentence& sentence) {
    first_ = sentence.tokens.begin;
    last_ = sentence.tokens.end;
    done_ = first_;
    for (uint32_t i = first_; i < last_;) {
      const Token& t = tokens_[i];
      if (t.kind() != TokenKind::kNumber && !lexicon_.MayBeginNumber(t)) [[likely]] {
        ++i;
        continue;
      }
      const size_t rows = quantities_.size();
      const uint32_t next = Expression(i);
      if (quantities_.size() > rows || t.kind() == TokenKind::kNumber)
        done_ = std::max(done_, next);
      i = std::max(next, i + 1);
    }
  }

 private:
  // ---- Tokens ----------------------------------------------------------------------------------

  std::string_view Bytes(uint32_t i) const { return Slice(text_, tokens_[i].span()); }
  bool In(uint32_t i) const { return i >= first_ && i < last_; }
  bool Is(uint32_t i, uint64_t word) const { return In(i) && tokens_[i].folded == word; }
  bool IsMark(uint32_t i, uint32_t lead) const {
    return In(i) && tokens_[i].lead == lead && tokens_[i].size() <= 3;
  }
  bool Glued(uint32_t i) const { return In(i) && tokens_[i].Has(kGlued); }
  bool IsNumberToken(uint32_t i) const { return In(i) && tokens_[i].kind() == TokenKind::kNumber; }
  bool IsHyphen(uint32_t i) const { return In(i) && tokens_[i].Has(kCompound); }
  bool IsDash(uint32_t i) const {
    return In(i) &&
           (tokens_[i].Has(kCompound) || tokens_[i].lead == 0x2013 || tokens_[i].lead == 0x2014);
  }
  QuantityLexicon::Found Find(uint32_t i, uint32_t words) const {
    return In(i) ? lexicon_.Longest(text_, tokens_, i, last_, words) : QuantityLexicon::Found();
  }
  QuantityLexicon::Found FindBefore(uint32_t end, uint32_t words) const {
    return end > first_ ? lexicon_.LongestBefore(text_, tokens_, end, first_, words)
                        : QuantityLexicon::Found();
  }
  bool IsKind(uint32_t i, uint32_t words) const { return static_cast<bool>(Find(i, words)); }
  ByteSpan SpanOf(uint32_t begin, uint32_t end) const {
    return {tokens_[begin].begin, tokens_[end - 1].end};
  }

  // ---- Numbers ---------------------------------------------------------------------------------

  // Digits at the start of a token: "2,500", "3.5", ".5". Returns the bytes read, 0 where they are
  // no number.
  static uint32_t ReadDigits(std::string_view s, Number& n) {
    char plain[40];
    size_t size = 0;
    uint32_t i = 0;
    bool point = false;
    uint32_t group = 0;  // digits since the last separator
    bool separated = false;
    bool thousands = true;  // groups as English writes them: 2,500; 1,00,000 (India)
    for (; i < s.size(); ++i) {
      const char c = s[i];
      if (IsAsciiDigit(static_cast<unsigned char>(c))) {
        if (size < sizeof(plain)) plain[size++] = c;
        ++group;
      } else if (c == '.' && !point) {
        point = true;
        if (separated && group != 3) thousands = false;
        if (size < sizeof(plain)) plain[size++] = c;
        group = 0;
      } else if ((c == ',' || c == '\'') && !point) {
        if (separated ? group != 3 && group != 2 : group == 0 || group > 3) thousands = false;
        separated = true;
        group = 0;
      } else {
        break;
      }
    }
    if (size == 0 || size == sizeof(plain)) return 0;
    if (separated && !point && group != 3) thousands = false;
    if (!thousands) return 0;
    // "1.2.3" stops at its second point.
    if (i < s.size() && s[i] == '.') return 0;
    const auto [end, error] = std::from_chars(plain, plain + size, n.value);
    if (error != std::errc() || end != plain + size) return 0;
    n.grouped = separated;
    n.decimal = point;
    return i;
  }

  static double VulgarFraction(std::string_view s) {
    static constexpr struct {
      std::string_view sign;
      double value;
    } kSigns[] = {{"½", 0.5},   {"¼", 0.25},  {"¾", 0.75},  {"⅓", 1.0 / 3}, {"⅔", 2.0 / 3},
                  {"⅛", 0.125}, {"⅜", 0.375}, {"⅝", 0.625}, {"⅞", 0.875},   {"⅕", 0.2},
                  {"⅖", 0.4},   {"⅗", 0.6},   {"⅘", 0.8},   {"⅙", 1.0 / 6}, {"⅚", 5.0 / 6}};
    for (const auto& sign : kSigns) {
      if (s == sign.sign) return sign.value;
    }
    return 0;
  }

  Number Digits(uint32_t i) const {
    Number n;
    n.begin = i;
    n.end = i + 1;
    const std::string_view s = Bytes(i);
    if (const double fraction = VulgarFraction(s); fraction > 0) {
      n.form = Number::Form::kDigits;
      n.value = fraction;
      n.fraction = true;
      return n;
    }
    const uint32_t size = ReadDigits(s, n);
    if (size == 0) return {};
    if (size > 1 && s[0] == '0' && !n.decimal) return {};  // an identifier, a telephone number
    n.form = Number::Form::kDigits;
    if (size == s.size()) return n;
    const std::string_view rest = s.substr(size);
    if (rest == "s" && std::fmod(n.value, 10) == 0 && (size == 2 || size == 4))
      return {};  // "1990s"
    if (const double fraction = VulgarFraction(rest); fraction > 0) {
      n.value += fraction;
      return n;
    }
    if (rest == "st" || rest == "nd" || rest == "rd" || rest == "th" || rest == "ST" ||
        rest == "ND" || rest == "RD" || rest == "TH") {
      if (n.decimal) return {};
      n.ordinal = true;
      return n;
    }
    return WithSuffix(i, rest, n);
  }

  // "12k", "3.2bn", "5km": what follows the digits in the same token.
  Number WithSuffix(uint32_t i, std::string_view rest, Number n) const {
    // The suffix as a token of its own.
    suffix_tokens_.clear();
    Tokenize(rest, suffix_tokens_);
    if (suffix_tokens_.empty()) return {};
    const absl::Span<const Token> tokens(suffix_tokens_);
    const auto count = static_cast<uint32_t>(tokens.size());
    const auto scale = lexicon_.Longest(rest, tokens, 0, count, kWordScaleSuffix);
    const auto unit =
        lexicon_.Longest(rest, tokens, 0, count, kUnits | kWordUnitGlued | kWordSubunitGlued);
    // "5m" is five million after a currency sign, five meters otherwise.
    const bool money = static_cast<bool>(FindBefore(i, kWordCurrencySign | kWordCurrencyCode));
    if (rest == "B" && !money) return {};  // "221B Baker Street"
    if (scale && scale.end == count && (money || !unit || unit.end != count)) {
      n.value *= scale.entry->value;
      n.scaled = true;
      return n;
    }
    if (unit && unit.end == count) {
      n.glued_unit = unit.entry;
      return n;
    }
    return {};
  }

  // Cardinals in words: "two hundred and five", "eighty", "a dozen", "half a million". Also digits
  // with a scale: "2.5 million".
  Number Cardinal(uint32_t i) const {
    Number n;
    n.begin = i;
    double total = 0;    // scales that are complete
    double current = 0;  // what stands before the next scale
    bool any = false;
    bool has_current = false;
    double smallest_scale = 1e30;
    uint32_t at = i;
    if (IsNumberToken(i)) {
      Number digits = Digits(i);
      if (!digits || digits.ordinal || digits.scaled || digits.glued_unit != nullptr) return digits;
      n = digits;
      current = digits.value;
      any = has_current = true;
      at = digits.end;
      // "1 1/2", "2 ½".
      if (IsNumberToken(at) && !Glued(at) && VulgarFraction(Bytes(at)) > 0)
        current += VulgarFraction(Bytes(at++));
    } else {
      n.form = Number::Form::kWords;
      // "half a million", "a hundred", "a dozen"
      if (Is(at, W().half) && (Is(at + 1, W().a) || Is(at + 1, W().an)) &&
          IsKind(at + 2, kWordScale)) {
        current = 0.5;
        any = has_current = true;
        at += 2;
      } else if ((Is(at, W().a) || Is(at, W().an)) && IsKind(at + 1, kWordScale)) {
        current = 1;
        any = has_current = true;
        ++at;
      }
    }
    // Words, at most this many: numbers are short, hostile texts are not.
    for (uint32_t steps = 0; steps < 32 && In(at); ++steps) {
      uint32_t word = at;
      if (any && IsHyphen(word)) ++word;
      const bool after_and = any && Is(word, W().and_);
      if (after_and) ++word;
      auto found = Find(word, kWordNumber | kWordScale);
      // "2.5 mln": an abbreviated scale, where it is no letter that may mean something else.
      if (!found && n.form == Number::Form::kDigits && tokens_[word].size() >= 2) {
        found = Find(word, kWordScaleSuffix);
        if (found && found.end != word + 1) found = {};
      }
      if (!found) {
        // "two and a half", "two and a half million"
        if (after_and && has_current && total == 0) {
          uint32_t part = word;
          if (Is(part, W().a) || Is(part, W().one)) ++part;
          const auto fraction = Find(part, kWordFraction);
          if (fraction && part > word) {
            current += 1 / fraction.entry->value;
            at = fraction.end;
            n.decimal = true;
            continue;
          }
        }
        break;
      }
      const double value = found.entry->value;
      if (found.entry->word != kWordNumber) {
        if (!any || after_and) break;
        if (value == 12) {  // "two dozen"
          current *= 12;
        } else if (value == 100) {
          if (current >= 100 && n.form == Number::Form::kWords) break;
          current = (has_current ? current : 1) * 100;
        } else if (value < smallest_scale) {
          total += (has_current ? current : 1) * value;
          current = 0;
          has_current = false;
          smallest_scale = value;
        } else {
          total = (total + current) * value;  // "two thousand million"
          current = 0;
          has_current = false;
        }
        n.scaled = true;
      } else {
        if (n.form == Number::Form::kDigits) break;  // "5 two": two numbers
        const bool fits = !has_current ||
                          (value < 10 && current >= 20 && std::fmod(current, 10) == 0 &&
                           std::fmod(current, 100) != 0) ||
                          (value < 100 && current >= 100 && std::fmod(current, 100) == 0);
        if (!fits || (after_and && current < 100 && total == 0)) break;
        current += value;
        has_current = true;
      }
      any = true;
      at = found.end;
    }
    if (!any) return {};
    n.value = total + current;
    n.end = at;
    return n;
  }

  // Ordinals in words, and fractions with a written numerator. `n` is a cardinal that ends where
  // they begin.
  Number OrdinalOrFraction(uint32_t i, Number n) const {
    if (!n) {
      if (const auto ordinal = Find(i, kWordOrdinal)) {
        n.form = Number::Form::kWords;
        n.begin = i;
        n.end = ordinal.end;
        n.value = ordinal.entry->value;
        n.ordinal = true;
        // "a third of", "one third" is a fraction; "a third man" is not.
        const bool article = In(i - 1) && (Is(i - 1, W().a) || Is(i - 1, W().an));
        if (article && Is(ordinal.end, W().of)) {
          if (const auto part = Find(i, kWordFraction)) {
            n.begin = i - 1;
            n.value = 1 / part.entry->value;
            n.ordinal = false;
            n.fraction = true;
          }
        }
        return n;
      }
      const auto part = Find(i, kWordFraction);
      if (!part) return {};
      const bool half = part.entry->value == 2;
      const bool article = In(i - 1) && (Is(i - 1, W().a) || Is(i - 1, W().an));
      const bool of = Is(part.end, W().of);
      if (half && (Is(part.end, W().a) || Is(part.end, W().an)) &&
          IsKind(part.end + 1, kWordUnit | kWordPercent)) {
        n.form = Number::Form::kWords;  // "half an hour"
        n.begin = i;
        n.end = part.end + 1;
        n.value = 0.5;
        return n;
      }
      if (!half && !(article && of)) return {};
      // "the first half", "second-half": a part of time.
      if (half && In(i - 1) && (FindBefore(i, kWordOrdinal) || IsHyphen(i - 1))) return {};
      if (half && IsHyphen(part.end) && !IsKind(part.end + 1, kUnits)) return {};
      n.form = Number::Form::kWords;
      n.begin = article && of && !half ? i - 1 : i;
      n.end = part.end;
      n.value = 1 / part.entry->value;
      n.fraction = true;
      return n;
    }
    if (n.ordinal || n.fraction || n.glued_unit != nullptr) return n;
    uint32_t at = n.end;
    if (IsHyphen(at)) ++at;
    if (n.form == Number::Form::kWords || n.value == std::floor(n.value)) {
      const bool tens =
          n.form == Number::Form::kWords && n.value >= 20 && std::fmod(n.value, 10) == 0;
      const auto ordinal = Find(at, kWordOrdinal);
      if (ordinal && tens && ordinal.entry->value < 10) {
        n.value += ordinal.entry->value;  // "twenty-first"
        n.end = ordinal.end;
        n.ordinal = true;
        return n;
      }
      const auto part = Find(at, kWordFraction);
      if (part && n.form == Number::Form::kWords && n.value >= 1 && n.value < 20 && !n.scaled) {
        // "three quarters of", "two-thirds", "one-twelfth"; not "one third person".
        n.value /= part.entry->value;
        n.end = part.end;
        n.fraction = true;
        return n;
      }
    }
    // "1/2", "3/4"
    if (n.form == Number::Form::kDigits && !n.decimal && !n.grouped && IsMark(n.end, '/') &&
        Glued(n.end) && IsNumberToken(n.end + 1) && Glued(n.end + 1)) {
      Number below;
      const std::string_view s = Bytes(n.end + 1);
      if (ReadDigits(s, below) == s.size()) {
        const double d = below.value;
        if ((d == 2 || d == 3 || d == 4 || d == 5 || d == 8) && n.value < d && n.value >= 1) {
          n.value /= d;
          n.end += 2;
          n.fraction = true;
          return n;
        }
      }
      return {};
    }
    return n;
  }

  // ---- What is no quantity ---------------------------------------------------------------------

  // Past a chain of numbers joined by marks: a date, a score, a telephone number, a version, a time
  // of day.
  uint32_t PastChain(uint32_t i) const {
    while (In(i + 2) && Glued(i + 1) && Glued(i + 2) && IsNumberToken(i + 2) &&
           (IsDash(i + 1) || IsMark(i + 1, ':') || IsMark(i + 1, '/') || IsMark(i + 1, '-'))) {
      i += 2;
    }
    return i + 1;
  }

  // "020 7946 0958", "+1 202-555-0143": digits that begin with a zero or after a plus sign, and
  // more of them.
  bool IsPhoneNumber(uint32_t i) const {
    const std::string_view s = Bytes(i);
    const bool zero = s.size() > 1 && s[0] == '0' && IsAsciiDigit(static_cast<unsigned char>(s[1]));
    const bool plus = i > first_ && tokens_[i - 1].lead == '+' && Glued(i);
    return (zero || plus) && PastPhoneNumber(i) > i + 1;
  }
  uint32_t PastPhoneNumber(uint32_t i) const {
    ++i;
    while (In(i) && (IsNumberToken(i) || ((IsMark(i, '-') || IsMark(i, '(') || IsMark(i, ')')) &&
                                          In(i + 1) && IsNumberToken(i + 1))))
      ++i;
    return i;
  }

  bool IsYearLike(const Number& n) const {
    return n.form == Number::Form::kDigits && !n.grouped && !n.decimal && !n.scaled &&
           n.glued_unit == nullptr && tokens_[n.begin].size() == 4 && n.value >= 1000 &&
           n.value < 2100 && n.end == n.begin + 1;
  }

  bool InName(uint32_t begin, uint32_t end) {
    while (name_ < names_.size() && names_[name_].tokens.end <= begin) ++name_;
    for (size_t k = name_; k < names_.size() && names_[k].tokens.begin < end; ++k) {
      const TokenRange range = names_[k].tokens;
      if (range.begin <= begin && end <= range.end && range.size() > end - begin &&
          (names_[k].flags & kNeedsContext) == 0) {
        return true;
      }
    }
    return false;
  }

  bool IsNoQuantity(const Number& n, bool unit) {
    const uint32_t b = n.begin;
    const uint32_t e = n.end;
    if (InName(b, e)) return true;
    const bool before = In(b - 1) && b > first_;
    // Dates: "May 12", "12 May", "the 5th of May".
    if (!n.scaled && !unit && n.value >= 1 && n.value <= 31) {
      if (before && FindBefore(b, kWordMonth)) return true;
      if (IsKind(e, kWordMonth)) return true;
      if (Is(e, W().of) && IsKind(e + 1, kWordMonth)) return true;
    }
    if (n.ordinal) return Is(e, W().century) || Is(e, W().centuries);
    // Times of day.
    if (Is(e, W().am) || Is(e, W().pm) || Is(e, W().oclock)) return true;
    if (unit || n.scaled || n.fraction) return false;
    if (n.form == Number::Form::kDigits) {
      // Part of a word or an identifier: "COVID-19", "F-16", "#1", "1990s".
      if (before && Glued(b)) {
        const Token& left = tokens_[b - 1];
        if (left.Has(kCompound) && In(b - 2) && tokens_[b - 2].IsWord() &&
            !IsKind(b - 2, kWordNumber | kWordModifier)) {
          return true;
        }
        if (left.lead == '#' || left.lead == '/' || left.lead == '@' || left.lead == '_' ||
            left.lead == ':')
          return true;
        if (left.IsWord()) return true;
      }
      if (before && FindBefore(b, kWordNotNumberBefore)) return true;
      // "the Big 12", "Fortune 500": a number that ends a name, unless it counts what follows.
      if (before && b - 1 > first_ && !n.grouped && !n.decimal && tokens_[b - 1].IsWord() &&
          tokens_[b - 1].Has(kUpperFirst) && !tokens_[b - 1].Has(kClitic) &&
          !IsKind(b - 1, kWordStop | kWordModifier) && !PluralAt(e)) {
        return true;
      }
      // A list marker: "1." at the start, "(2)".
      if (b == first_ && (IsMark(e, '.') || IsMark(e, ')')) && Glued(e) && e + 1 < last_)
        return true;
      if (before && IsMark(b - 1, '(') && IsMark(e, ')') && Glued(b) && Glued(e) && n.value < 100 &&
          !n.decimal)
        return true;
      if (IsYearLike(n) && !YearIsCount(n)) return true;
    } else if (n.value == 1 && n.end == n.begin + 1) {
      return IsPronounOne(b);
    }
    return false;
  }

  // Whether a number that may be a year counts something.
  bool YearIsCount(const Number& n) const {
    const uint32_t b = n.begin;
    if (b > first_ && FindBefore(b, kWordModifier)) {
      const uint64_t left = tokens_[b - 1].folded;
      if (left != W().in && !Is(b - 1, Folded("around")) && !Is(b - 1, Folded("about")) &&
          !Is(b - 1, Folded("over")))
        return true;
    }
    if (b > first_ && (Is(b - 1, W().in) || Is(b - 1, W().from))) return false;
    return PluralAt(n.end);
  }

  bool IsPronounOne(uint32_t i) const {
    const Words& w = W();
    if (i > first_) {
      const uint64_t left = tokens_[i - 1].folded;
      for (const uint64_t word :
           {w.the, w.this_, w.that, w.no, w.any, w.each, w.every, w.another, w.which, w.some}) {
        if (left == word) return true;
      }
    }
    if (!In(i + 1)) return true;
    const Token& next = tokens_[i + 1];
    if (next.kind() == TokenKind::kPunctuation || next.Has(kClitic)) return !next.Has(kCompound);
    if (next.folded == w.another || next.folded == w.day || next.folded == w.who) return true;
    if (next.folded == w.of) return false;
    return IsKind(i + 1, kWordStop) && next.folded != w.in && next.folded != w.more;
  }

  // ---- Noun phrases ----------------------------------------------------------------------------

  // True for a plural noun, by its form.
  bool IsPlural(uint32_t i) const {
    const Token& t = tokens_[i];
    if (!t.IsWord() || t.Has(kClitic | kPeriod)) return false;
    const std::string_view s = Bytes(i);
    if (s.size() > 3 && (s.back() == 's' || s.back() == 'S')) {
      const char before = s[s.size() - 2];
      if (before != 's' && before != 'u' && before != 'i' && before != '\'' &&
          !IsKind(i, kWordSingularS | kWordStop))
        return true;
    }
    return IsKind(i, kWordPlural);
  }

  // "returned" in "the third-largest harbor returned to work": what ends in -ed and has no noun
  // after it.
  bool IsPastVerb(uint32_t i) const {
    const std::string_view s = Bytes(i);
    if (s.size() < 5 || s.substr(s.size() - 2) != "ed" || tokens_[i].Has(kUpperFirst)) return false;
    const uint32_t next = i + 1;
    return !In(next) || !tokens_[next].IsWord() || IsKind(next, kWordStop);
  }

  // True where a noun phrase with a plural noun begins at i.
  bool PluralAt(uint32_t i) const {
    for (uint32_t k = i, words = 0; In(k) && words < 4; ++k) {
      if (tokens_[k].Has(kCompound)) continue;
      if (!tokens_[k].IsWord() || tokens_[k].Has(kAfterNewline) || IsKind(k, kWordStop))
        return false;
      if (IsPlural(k)) return true;
      ++words;
    }
    return false;
  }

  // The noun phrase at i: its words up to its head. Without a tagger the head is the first plural
  // noun, or, where there is none, what stands before the next function word or mark. {0, 0} where
  // there is none.
  ByteSpan NounPhrase(uint32_t i, bool with_determiner, bool singular) const {
    constexpr uint32_t kMostWords = 6;
    const Words& w = W();
    uint32_t begin = i;
    const auto is_determiner = [&](uint32_t k) {
      for (const uint64_t word : {w.the, w.a, w.an, w.this_, w.that, w.their, w.its, w.his, w.her,
                                  w.our, w.my, w.your, w.all, w.both, w.these, w.those}) {
        if (Is(k, word)) return true;
      }
      return false;
    };
    if (with_determiner) {
      while (In(i) && is_determiner(i) && i < begin + 2) ++i;
    } else if (Is(i, w.more) || Is(i, w.additional)) {
      begin = ++i;
    }
    uint32_t end = i;
    uint32_t words = 0;
    bool plural = false;
    for (uint32_t k = i; In(k) && words < kMostWords; ++k) {
      const Token& t = tokens_[k];
      if (k > i && t.Has(kAfterNewline)) break;
      if (t.Has(kCompound)) continue;
      if (t.Has(kClitic)) {
        // "Kazakhstan's wealth": the possessor is not the head.
        if (!with_determiner || !(t.lead == '\'' || t.lead == 0x2019) || k == i) break;
        plural = false;
        end = k + 1;
        continue;
      }
      // "one-fifth of the district's 48,000 residents"
      if (with_determiner && k > i && t.kind() == TokenKind::kNumber) continue;
      if (!t.IsWord() || t.Has(kPeriod)) break;
      if (IsKind(k, kWordStop) && !Is(k, w.other)) break;
      if (words > 0 && IsPastVerb(k)) break;
      if (plural && !IsPlural(k)) break;
      end = k + 1;
      ++words;
      if (IsPlural(k) && !singular) {
        plural = true;
        if (!(with_determiner && In(k + 1) &&
              (tokens_[k + 1].Has(kClitic) || IsMark(k + 1, 0x2019) || IsMark(k + 1, '\'')))) {
          // One plural noun more may follow: "police officers", "sports cars".
          if (!(In(k + 1) && tokens_[k + 1].IsWord() && !IsKind(k + 1, kWordStop) &&
                IsPlural(k + 1)))
            break;
        }
      }
      if (singular && words >= 3) break;
      if (singular && IsPlural(k)) break;
    }
    if (end == i) return {0, 0};
    return SpanOf(begin, end);
  }

  // ---- Expressions -----------------------------------------------------------------------------

  // Reads what begins with token i; returns where to go on.
  uint32_t Expression(uint32_t i) {
    if (IsNumberToken(i)) {
      if (IsPhoneNumber(i)) return PastPhoneNumber(i);
      // A chain of digits and marks is no quantity, but for ranges and fractions.
      const uint32_t past = PastChain(i);
      if (past > i + 3) return past;
      if (past == i + 3 && !IsMark(i + 1, '/')) return DigitRange(i, past);
      // "10:30", "9/11"
      if (past == i + 3 && IsMark(i + 1, ':')) return past;
    }
    if (const uint32_t past = Multiple(i); past > i) return past;
    uint32_t begin = i;
    const bool article = i > first_ && i > done_ && (Is(i - 1, W().a) || Is(i - 1, W().an));
    Number n;
    if (article && IsKind(i, kWordScale)) begin = i - 1;
    n = Cardinal(begin);
    n = OrdinalOrFraction(i, n);
    if (!n) return IsNumberToken(i) ? PastChain(i) : i + 1;
    if (n.fraction && IsMark(n.end, '/')) return PastChain(i);
    // "5 to 10 percent": a range, where both ends share the unit.
    if (!n.ordinal && !n.fraction && Is(n.end, W().to)) {
      const Number high = NumberAt(n.end + 1);
      if (high && !high.ordinal && !high.fraction && high.value > n.value &&
          n.glued_unit == nullptr && (RangeIsSure(n, high))) {
        return Finish(n, &high);
      }
    }
    // "five or six sailors"
    if (!n.ordinal && !n.fraction && Is(n.end, W().or_)) {
      const Number high = NumberAt(n.end + 1);
      if (high && !high.ordinal && !high.fraction && high.value > n.value &&
          high.value <= 2 * n.value && n.glued_unit == nullptr && RangeIsSure(n, high)) {
        return Finish(n, &high);
      }
    }
    // "between 5 and 10"
    if (!n.ordinal && Is(n.end, W().and_) && n.begin > first_ &&
        Is(StartOfMoney(n.begin) - 1, W().between)) {
      const Number high = NumberAt(n.end + 1);
      if (high && high.value > n.value) {
        if (!(IsYearLike(n) && IsYearLike(high))) return Finish(n, &high);
        return high.end;
      }
    }
    return Finish(n, nullptr);
  }

  // "twice the level", "double its size", "tenfold", "three-fold", "three times as many". Returns
  // the token after it, or i where there is none: "twice a week" and "three times this year" count
  // events.
  uint32_t Multiple(uint32_t i) {
    const Words& w = W();
    const auto compared = [&](uint32_t at) {
      for (const uint64_t word :
           {w.the, w.its, w.their, w.his, w.her, w.our, w.that, w.as, w.more}) {
        if (Is(at, word)) return true;
      }
      return In(at) && At(at + 1, "than");
    };
    double value = 0;
    uint32_t end = i;
    if (const auto word = Find(i, kWordMultiple)) {
      const bool fold = tokens_[word.end - 1].size() >= 4 &&
                        Bytes(word.end - 1).substr(tokens_[word.end - 1].size() - 4) == "fold";
      if (!fold && !compared(word.end)) return i;
      value = word.entry->value;
      end = word.end;
    } else {
      const Number n = Cardinal(i);
      if (!n || n.ordinal || n.fraction || n.glued_unit != nullptr) return i;
      uint32_t at = n.end;
      if (IsHyphen(at)) ++at;
      if (At(at, "fold")) {
        end = at + 1;
      } else if (Is(n.end, w.times) && (compared(n.end + 1) || PossessiveAt(n.end + 1))) {
        end = n.end + 1;
      } else {
        return i;
      }
      value = n.value;
    }
    Quantity q = {};
    q.kind = QuantityKind::kMultiple;
    q.value = value;
    q.tokens = {i, end};
    q.span = SpanOf(i, end);
    Modifiers(i, end, false, q);
    quantities_.push_back(q);
    return end;
  }
  bool At(uint32_t i, std::string_view word) const { return In(i) && Bytes(i) == word; }
  // "last year's": a possessive within two words.
  bool PossessiveAt(uint32_t i) const {
    for (uint32_t k = i; k < i + 4 && In(k); ++k) {
      if (tokens_[k].Has(kClitic) && k > i) return true;
      if (!tokens_[k].IsWord()) return false;
    }
    return false;
  }

  // A number at token i, past a currency sign that repeats the one before.
  Number NumberAt(uint32_t i) const {
    if (const auto sign = Find(i, kWordCurrencySign)) i = sign.end;
    if (!In(i) || (!IsNumberToken(i) && !lexicon_.MayBeginNumber(tokens_[i]))) return {};
    return OrdinalOrFraction(i, Cardinal(i));
  }

  // Where the number with the currency sign before token i begins.
  uint32_t StartOfMoney(uint32_t i) const {
    const auto sign = FindBefore(i, kWordCurrencySign | kWordCurrencyCode);
    return sign ? sign.end : i;
  }

  // "5 to 10 people": a range only where something is measured or counted.
  bool RangeIsSure(const Number& low, const Number& high) const {
    if (IsYearLike(low) && IsYearLike(high)) return false;
    if (high.glued_unit != nullptr || high.scaled) return true;
    return IsKind(UnitStart(high.end), kUnits) || PluralAt(high.end) ||
           FindBefore(low.begin, kWordCurrencySign);
  }

  uint32_t UnitStart(uint32_t i) const { return IsHyphen(i) ? i + 1 : i; }

  // "10-15 percent", "30-40 people"; other pairs are scores and the like.
  uint32_t DigitRange(uint32_t i, uint32_t past) {
    if (!IsDash(i + 1)) return past;
    Number low = Digits(i);
    Number high = Cardinal(i + 2);
    if (!low || !high || low.ordinal || high.ordinal || low.glued_unit != nullptr ||
        high.value <= low.value)
      return past;
    if (IsYearLike(low)) return past;
    if (!RangeIsSure(low, high)) return past;
    // "a 10-15 victory" is none: percent, units, currency or a plural noun must follow.
    return Finish(low, &high);
  }

  // The currency sign or code before token i: "$", "US$", "US $", "USD". In "the U.S. $4 million"
  // it is "$" alone.
  QuantityLexicon::Found CurrencyBefore(uint32_t i) const {
    auto sign = FindBefore(i, kWordCurrencySign | kWordCurrencyCode | kWordCurrencyCodeWeak);
    if (sign && i - sign.end > 1 && tokens_[sign.end].Has(kPeriod) && !Glued(i - 1)) {
      sign = lexicon_.LongestBefore(text_, tokens_, i, i - 1, kWordCurrencySign);
    }
    return sign;
  }

  // Reads unit, modifiers and what is counted around the number, and writes the row.
  uint32_t Finish(Number n, const Number* high) {
    const Words& w = W();
    uint32_t begin = n.begin;
    uint32_t end = high != nullptr ? high->end : n.end;
    Quantity q = {};
    q.kind = n.ordinal    ? QuantityKind::kOrdinal
             : n.fraction ? QuantityKind::kFraction
                          : QuantityKind::kNumber;
    double factor = 1;
    if (high != nullptr) {
      q.is_range = true;
      // "5 to 10 million": the scale belongs to both.
      if (high->scaled && !n.scaled && n.form == Number::Form::kDigits &&
          high->form == Number::Form::kDigits) {
        const Number bare = Digits(high->begin);
        if (bare && bare.value > 0) n.value *= high->value / bare.value;
      }
    }
    const QuantityEntry* glued = high != nullptr ? high->glued_unit : n.glued_unit;
    bool unit = false;

    // A currency before: "$", "US$", "USD".
    if (!n.ordinal && begin > first_ && begin > done_) {
      const auto sign = CurrencyBefore(begin);
      if (sign && sign.end >= done_) {
        q.kind = QuantityKind::kMoney;
        q.currency = sign.entry->id;
        begin = sign.end;
        unit = true;
        // "$5m"
        if (glued == nullptr && !n.scaled) {
          if (const auto suffix = Find(end, kWordScaleSuffix)) {
            factor = suffix.entry->value;
            end = suffix.end;
          }
        }
        if (IsKind(end, kWordCurrency) && !IsHyphen(end))
          end = Find(end, kWordCurrency).end;  // "$5 dollars"
      }
    }
    if (glued != nullptr && !unit) {
      SetUnit(*glued, q, factor);
      unit = true;
    }
    // A unit after: "percent", "km", "dollars", "cents".
    if (!unit && !n.ordinal) {
      const uint32_t at = UnitStart(end);
      QuantityLexicon::Found found;
      if (Glued(end)) found = Find(end, kWordUnitGlued | kWordSubunitGlued | kUnits);
      if (!found) found = Find(at, kUnits);
      if (!found && !n.scaled) {
        // "5 m euros"
        if (const auto suffix = Find(end, kWordScaleSuffix);
            suffix && IsKind(suffix.end, kWordCurrency | kWordCurrencyCode)) {
          factor = suffix.entry->value;
          end = suffix.end;
          found = Find(end, kUnits);
        }
      }
      if (!found) {
        // "10 €", where no number follows that the sign belongs to
        found = Find(end, kWordCurrencySign);
        if (found && IsNumberToken(found.end)) found = {};
      }
      if (found && UnitFits(n, found)) {
        SetUnit(*found.entry, q, factor);
        end = found.end;
        unit = true;
      }
    }
    if (!unit && q.kind == QuantityKind::kNumber && n.fraction) q.kind = QuantityKind::kFraction;
    if (IsAge(n, end, q)) {
      unit = true;
    } else if (IsNoQuantity(n, unit)) {
      return std::max(high != nullptr ? high->end : PastChain(n.end - 1), n.end);
    }

    // A sign: "-5 degrees".
    if (begin > first_ && begin > done_ && Glued(begin) && n.form == Number::Form::kDigits &&
        (tokens_[begin - 1].lead == '-' || tokens_[begin - 1].lead == 0x2212) &&
        !Glued(begin - 1) && !n.ordinal) {
      --begin;
      n.value = -n.value;
    }

    if (begin > first_ && begin > done_ &&
        (Is(begin - 1, W().minus) || Is(begin - 1, W().negative)) && unit) {
      --begin;
      n.value = -n.value;
    }

    q.value = Rounded(n.value * factor);
    if (high != nullptr) {
      q.low = Rounded(n.value * factor);
      q.high = Rounded(high->value * factor);
      q.value = 0;
    }
    // "$100 a month", "5 km per hour"
    if (unit && q.kind != QuantityKind::kPercent) {
      uint32_t at = end;
      if (Is(at, w.a) || Is(at, w.an) || Is(at, w.per) || Is(at, w.each) || Is(at, w.every) ||
          IsMark(at, '/')) {
        if (const auto per = Find(at + 1, kWordUnit)) q.per = per.entry->id;
      }
    }
    q.tokens = {begin, end};
    q.span = SpanOf(begin, end);
    Modifiers(begin, end, high != nullptr, q);
    Counted(n, end, unit, q);
    if (q.modifier.empty() && !q.counted.empty()) {
      // "40 workers or more"
      uint32_t after = end;
      while (In(after) && tokens_[after].begin < q.counted.end) ++after;
      if (const auto found = Find(after, kWordPostModifier); found && !IsNumberToken(found.end)) {
        if (Apply(found.entry->id, q)) q.modifier = SpanOf(after, found.end);
      }
    }
    quantities_.push_back(q);
    return end;
  }

  void SetUnit(const QuantityEntry& entry, Quantity& q, double& factor) const {
    switch (entry.word) {
      case kWordPercent:
        q.kind = QuantityKind::kPercent;
        q.unit = entry.id;
        q.dimension = "ratio";
        break;
      case kWordCurrency:
      case kWordCurrencySign:
      case kWordCurrencyCode:
        q.kind = QuantityKind::kMoney;
        q.currency = entry.id;
        break;
      case kWordSubunit:
      case kWordSubunitGlued:
        q.kind = QuantityKind::kMoney;
        q.currency = entry.id;
        factor *= entry.value;
        break;
      default:
        q.kind =
            entry.dimension == "temperature" ? QuantityKind::kTemperature : QuantityKind::kMeasure;
        q.unit = entry.id;
        q.dimension = entry.dimension;
    }
  }

  // Words that are units only after a number that asks for one.
  bool UnitFits(const Number& n, const QuantityLexicon::Found& found) const {
    if (found.entry->word == kWordUnit && n.form == Number::Form::kWords && n.value == 1 &&
        Is(n.begin, W().one)) {
      // "one day" is as often "some day"; "one second": keep; "one mark": no.
      return !(found.entry->id == "day" && !Is(found.end, W().of));
    }
    return true;
  }

  // "21-year-old", "45 years old", "aged 45", "Smith, 45, said".
  bool IsAge(const Number& n, uint32_t& end, Quantity& q) const {
    const Words& w = W();
    const bool plain = !n.ordinal && !n.fraction && !n.scaled && n.value >= 0 && n.value < 130;
    if (!plain) return false;
    const auto set = [&q](std::string_view unit) {
      q.kind = QuantityKind::kAge;
      q.unit = unit;
      q.dimension = "time";
      return true;
    };
    if (q.kind == QuantityKind::kMeasure && q.dimension == "time") {
      uint32_t at = end;
      if (IsHyphen(at)) ++at;
      if (Is(at, w.old)) {
        end = at + 1;
        return set(q.unit);
      }
      return q.unit == "year" && n.begin > first_ && Is(n.begin - 1, w.aged) && set(q.unit);
    }
    if (q.kind != QuantityKind::kNumber || n.form != Number::Form::kDigits || n.decimal)
      return false;
    if (n.begin > first_ && Is(n.begin - 1, w.aged)) return set("year");
    if (n.begin > first_ + 1 && Is(n.begin - 1, w.of) && Is(n.begin - 2, w.age)) return set("year");
    if (n.begin > first_ + 1 && IsMark(n.begin - 1, ',') && IsMark(n.end, ',') && n.value >= 5) {
      const Token& name = tokens_[n.begin - 2];
      const bool person = name.IsWord() && name.IsCapitalized() && name.Has(kLower) &&
                          !FindBefore(n.begin - 1, kWordMonth);
      if (person && In(n.end + 1) && tokens_[n.end + 1].IsWord()) return set("year");
    }
    return false;
  }

  void Modifiers(uint32_t begin, uint32_t end, bool range, Quantity& q) {
    uint32_t start = begin;
    // "more than the 500", "as many as 100": at most two phrases ("only about 50").
    for (int k = 0; k < 2; ++k) {
      uint32_t at = start;
      if (at > first_ && at > done_ && k == 0 && Is(at - 1, W().the) &&
          FindBefore(at - 1, kWordModifier))
        --at;
      const auto found = FindBefore(at, kWordModifier);
      if (!found || found.end < done_) break;
      if (!Apply(found.entry->id, q)) break;
      start = found.end;
    }
    if (start < begin) q.modifier = {tokens_[start].begin, tokens_[begin - 1].end};
    if (range && (q.bound != QuantityBound::kNone)) q.bound = QuantityBound::kNone;
    if (const auto after = Find(IsHyphen(end) ? end + 1 : end, kWordPostModifier)) {
      // "or more than" belongs to what comes next.
      const ByteSpan span = SpanOf(end, after.end);
      if (!IsNumberToken(after.end) && Apply(after.entry->id, q) && q.modifier.empty())
        q.modifier = span;
    }
  }

  static bool Apply(std::string_view id, Quantity& q) {
    if (id == "at_least") {
      q.bound = QuantityBound::kAtLeast;
    } else if (id == "at_most") {
      q.bound = QuantityBound::kAtMost;
    } else if (id == "more_than") {
      q.bound = QuantityBound::kMoreThan;
    } else if (id == "less_than") {
      q.bound = QuantityBound::kLessThan;
    } else if (id == "approximate") {
      q.approximation = Approximation::kApproximate;
    } else if (id == "slightly_below") {
      q.approximation = Approximation::kSlightlyBelow;
    } else if (id == "slightly_above") {
      q.approximation = Approximation::kSlightlyAbove;
    } else if (id == "only") {
      q.only = true;
    } else {
      return false;
    }
    return true;
  }

  // What is counted, or what the number is a part of.
  void Counted(const Number& n, uint32_t end, bool unit, Quantity& q) const {
    const Words& w = W();
    uint32_t at = end;
    if (!q.modifier.empty() && q.modifier.begin >= q.span.end) {
      while (In(at) && tokens_[at].begin < q.modifier.end) ++at;  // "500 or more people"
    }
    const bool of = Is(at, w.of);
    const bool part = q.kind == QuantityKind::kPercent || q.kind == QuantityKind::kFraction;
    if (of) {
      const ByteSpan phrase = NounPhrase(at + 1, true, false);
      if (part || q.kind == QuantityKind::kMoney) {
        q.of = phrase;
      } else {
        q.counted = phrase;
      }
      return;
    }
    if (q.kind == QuantityKind::kFraction && Is(at, w.the)) {
      q.of = NounPhrase(at, true, false);  // "half the population"
      return;
    }
    if (q.kind == QuantityKind::kAge || part || (unit && q.kind == QuantityKind::kMoney)) return;
    if (IsHyphen(at)) ++at;
    if (!In(at) || (Glued(at) && !IsHyphen(at - 1))) return;
    const bool singular = q.kind == QuantityKind::kOrdinal ||
                          (q.kind == QuantityKind::kNumber && n.value == 1 && !q.is_range);
    q.counted = NounPhrase(at, false, singular);
  }

  const QuantityLexicon& lexicon_;
  const std::string_view text_;
  const absl::Span<const Token> tokens_;
  const absl::Span<const MentionCandidate> names_;
  LayerRows<Token>& suffix_tokens_;
  LayerRows<Quantity>& quantities_;
  uint32_t first_ = 0;  // of the sentence
  uint32_t last_ = 0;
  uint32_t done_ = 0;  // tokens before belong to earlier expressions
  size_t name_ = 0;
};

const std::shared_ptr<const QuantityLexicon>& DefaultLexicon() {
  static const std::shared_ptr<const QuantityLexicon> kLexicon = [] {
    const std::string_view image(
        nutgraf_quantity_lex, static_cast<size_t>(nutgraf_quantity_lex_end - nutgraf_quantity_lex));
    // The image was made by the same build; a test verifies it.
    absl::StatusOr<Gazetteer> tables = Gazetteer::FromBytes(image);
    return std::make_shared<const QuantityLexicon>(tables.ok() ? *std::move(tables) : Gazetteer());
  }();
  return kLexicon;
}

}  // namespace

}  // namespace internal

QuantityExtractor::QuantityExtractor() : lexicon_(internal::DefaultLexicon()) {}

void QuantityExtractor::Extract(std::string_view text, absl::Span<const Token> tokens,
                                absl::Span<const Sentence> sentences,
                                absl::Span<const MentionCandidate> names,
                                LayerRows<Quantity>& quantities) const {
  internal::QuantityScratch scratch;
  internal::Extractor extractor(*lexicon_, text, tokens, names, scratch, quantities);
  for (const Sentence& sentence : sentences) extractor.Run(sentence);
}

absl::Status QuantityExtractor::Run(Document& document) const {
  internal::Extractor extractor(
      *lexicon_, document.text(), document.Get<Token>(), document.Get<MentionCandidate>(),
      document.Scratch<internal::QuantityScratch>(), document.Rows<Quantity>());
  for (const Sentence& sentence : document.Get<Sentence>()) extractor.Run(sentence);
  return absl::OkStatus();
}

}  // namespace nutgraf
