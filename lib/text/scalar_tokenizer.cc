#include "lib/text/scalar_tokenizer.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "lib/text/abbreviation.h"
#include "lib/text/dictionary_breaker.h"
#include "lib/text/unicode.h"

namespace nutgraf::internal {

namespace {

struct Char {
  uint32_t code_point;
  uint32_t size;  // 0 at the end of the region
  CharClass char_class;
  bool upper;
  bool lower;
};

bool IsLetter(CharClass c) { return c == CharClass::kLetter || c == CharClass::kHebrewLetter; }
bool IsExtend(CharClass c) {
  return c == CharClass::kExtend || c == CharClass::kFormat || c == CharClass::kZwj;
}
bool IsWordClass(CharClass c) {
  return IsLetter(c) || c == CharClass::kNumber || c == CharClass::kExtendNumLet;
}

// Punctuation of which a run of one character is one token: "...", "--", "''", "***".
bool Repeats(uint32_t c) {
  return c < 0x80 && !IsAsciiAlnum(static_cast<unsigned char>(c)) && c != '_' &&
         std::strchr(".-*=~!?+#|<>^'`", static_cast<char>(c)) != nullptr;
}

bool StartsWithIgnoreCase(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (size_t i = 0; i < lower.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (static_cast<char>(IsAsciiUpper(c) ? c + 32 : c) != lower[i]) return false;
  }
  return true;
}

// One region of text, tokenized from left to right.
class Scanner {
 public:
  Scanner(std::string_view text, uint32_t begin, uint32_t end, TokenSink& sink)
      : text_(text.substr(0, end)),
        full_text_(text),
        at_(begin),
        region_begin_(begin),
        end_(end),
        sink_(sink) {
    has_at_sign_ = begin < end && std::memchr(text.data() + begin, '@', end - begin) != nullptr;
  }

  void Run() {
    while (at_ < end_) Step();
  }

 private:
  Char At(uint32_t i) const {
    if (i >= end_) return {0, 0, CharClass::kSeparator, false, false};
    const DecodedChar d = DecodeUtf8(text_, i);
    const CharInfo info = InfoOf(d.code_point);
    return {d.code_point, d.size, info.char_class(), info.Has(kCharUpper), info.Has(kCharLower)};
  }

  // Past marks that attach to what is before them (UAX #29 WB4).
  uint32_t SkipExtends(uint32_t i) const {
    for (Char c = At(i); IsExtend(c.char_class); c = At(i)) i += c.size;
    return i;
  }

  void Emit(uint32_t end, TokenKind kind, uint32_t extra, uint32_t last_code_point,
            bool word_like) {
    sink_.Append(at_, end, kind, extra);
    at_ = end;
    previous_ = last_code_point;
    previous_is_word_ = word_like;
  }

  // The kind of a single character.
  static TokenKind MarkKind(uint32_t code_point) {
    if (code_point < 128) return static_cast<TokenKind>(kAsciiLead[code_point].bits & 15U);
    return InfoOf(code_point).Has(kCharPunctuation) ? TokenKind::kPunctuation : TokenKind::kSymbol;
  }

  void Step() {
    const Char c = At(at_);
    if (c.char_class == CharClass::kSeparator) {
      at_ += c.size;
      previous_ = 0;
      previous_is_word_ = false;
      return;
    }
    if (IsExtend(c.char_class)) return LoneExtends();
    if (!previous_is_word_ && (TryUrl(c) || TryTag(c))) return;
    if (has_at_sign_ && TryEmail(c)) return;
    switch (c.char_class) {
      case CharClass::kLetter:
      case CharClass::kHebrewLetter:
      case CharClass::kNumber:
      case CharClass::kExtendNumLet:
        return Word(at_, c);
      case CharClass::kDictionary:
        return DictionaryRun();
      case CharClass::kRegionalIndicator:
        return Flag(c);
      case CharClass::kPictographic:
        return Pictograph(c);
      case CharClass::kApostrophe:
        if (TryClitic(c)) return;
        break;
      default:
        if (c.code_point == '.' && !previous_is_word_ && previous_ != '.' &&
            At(at_ + 1).char_class == CharClass::kNumber) {
          return Word(at_ + 1, At(at_ + 1));  // ".5"
        }
    }
    Mark(c);
  }

  // Marks with nothing to attach to: a symbol, or nothing where they are invisible.
  void LoneExtends() {
    uint32_t end = at_;
    bool visible = false;
    for (Char c = At(end); IsExtend(c.char_class); c = At(end)) {
      visible = visible || c.char_class == CharClass::kExtend;
      end += c.size;
    }
    if (visible) {
      Emit(end, TokenKind::kSymbol, 0, 0x300, false);
    } else {
      at_ = end;
    }
  }

  // Ends a word after its marks; `first` is its first character after an optional leading period.
  void Word(uint32_t i, Char first) {
    uint32_t before = 0;      // the character before `last`
    Char last = first;        // last character that is no mark
    uint32_t last_begin = i;  // where it begins
    bool before_is_letter = false;
    bool joined = false;  // by a mark since `last`
    i += first.size;
    while (true) {
      const Char c = At(i);
      if (IsExtend(c.char_class)) {
        i += c.size;
        continue;
      }
      if (!IsWordClass(c.char_class)) {
        if (c.size == 0) break;
        const uint32_t after = i + c.size;
        if (c.char_class == CharClass::kApostrophe) {
          if (CliticLetters(text_, after) != 0) break;
          if ((last.code_point == 'n' || last.code_point == 'N') && before_is_letter && !joined &&
              last_begin + 1 == i && IsContractedNot(text_, after)) {
            // "do" + "n't"
            Emit(last_begin, TokenKindOfLead(), 0, before, true);
            Emit(after + 1, TokenKind::kWord, kClitic, 't', true);
            return;
          }
        }
        const uint32_t next_begin = SkipExtends(after);
        const Char next = At(next_begin);
        if (!Joins(last, c, next)) break;
        if (MissesSpace(last, c, next, next_begin + next.size)) break;
        i = after;
        joined = true;
        continue;
      }
      before = last.code_point;
      before_is_letter = IsLetter(last.char_class) && !joined;
      joined = false;
      last = c;
      last_begin = i;
      i += c.size;
    }
    uint32_t extra = 0;
    uint32_t last_code_point = last.code_point;
    if (i < end_ && text_[i] == '.' && TakesPeriod(full_text_, at_, i)) {
      ++i;
      extra = kPeriod;
      last_code_point = '.';
    }
    // After a period that was taken a word may follow at once ("Gen.Smith"); it begins a token of
    // its own.
    Emit(i, TokenKindOfLead(), extra, last_code_point, extra == 0);
  }

  TokenKind TokenKindOfLead() const {
    const Char c = At(at_);
    if (c.code_point == '.') return TokenKind::kNumber;
    return c.char_class == CharClass::kNumber ? TokenKind::kNumber : TokenKind::kWord;
  }

  // Whether the mark `c` stands inside a word, between `last` and `next`.
  static bool Joins(const Char& last, const Char& c, const Char& next) {
    const bool letters = IsLetter(last.char_class) && IsLetter(next.char_class);
    const bool numbers =
        last.char_class == CharClass::kNumber && next.char_class == CharClass::kNumber;
    switch (c.char_class) {
      case CharClass::kMidLetter:
        return letters;
      case CharClass::kMidNum:
        return numbers;
      case CharClass::kMidNumLet:
        return numbers || letters;
      case CharClass::kApostrophe:
        return numbers || letters || last.char_class == CharClass::kHebrewLetter;
      default:
        return c.code_point == '"' && last.char_class == CharClass::kHebrewLetter &&
               next.char_class == CharClass::kHebrewLetter;
    }
  }

  // "end.The": a period with no space after it. But "Ph.D.".
  bool MissesSpace(const Char& last, const Char& c, const Char& next, uint32_t after_next) const {
    return c.code_point == '.' && last.lower && next.upper &&
           !(after_next < end_ && text_[after_next] == '.');
  }

  void DictionaryRun() {
    uint32_t end = at_;
    uint32_t last = 0;
    for (Char c = At(end);
         c.char_class == CharClass::kDictionary || (end > at_ && IsExtend(c.char_class));
         c = At(end)) {
      end += c.size;
      last = c.code_point;
    }
    ends_.clear();
    const uint32_t begin = at_;
    BreakDictionaryRun(text_.substr(begin, end - begin), ends_);
    for (const uint32_t word_end : ends_) Emit(begin + word_end, TokenKind::kWord, 0, last, true);
  }

  void Flag(const Char& c) {
    uint32_t end = SkipExtends(at_ + c.size);
    const Char next = At(end);
    if (next.char_class == CharClass::kRegionalIndicator) end = SkipExtends(end + next.size);
    Emit(end, TokenKind::kEmoji, 0, c.code_point, false);
  }

  void Pictograph(const Char& c) {
    uint32_t end = at_ + c.size;
    bool joiner = false;
    while (true) {
      const Char next = At(end);
      if (!IsExtend(next.char_class) && !(joiner && next.char_class == CharClass::kPictographic))
        break;
      joiner = next.char_class == CharClass::kZwj;
      end += next.size;
    }
    const TokenKind kind = InfoOf(c.code_point).Has(kCharPunctuation) ? TokenKind::kPunctuation
                           : c.code_point < 0x2190                    ? TokenKind::kSymbol
                                                                      : TokenKind::kEmoji;
    Emit(end, kind, 0, c.code_point, false);
  }

  bool TryClitic(const Char& c) {
    if (!AllowsClitic(previous_) && !previous_is_word_) return false;
    const uint32_t letters = CliticLetters(text_, at_ + c.size);
    if (letters == 0) return false;
    const uint32_t end = at_ + c.size + letters;
    Emit(end, TokenKind::kWord, kClitic, static_cast<unsigned char>(text_[end - 1]), true);
    return true;
  }

  void Mark(const Char& c) {
    uint32_t end = at_ + c.size;
    if (Repeats(c.code_point)) {
      while (end < end_ && static_cast<unsigned char>(text_[end]) == c.code_point) ++end;
    }
    Emit(SkipExtends(end), MarkKind(c.code_point), 0, c.code_point, false);
  }

  // http://..., https://..., ftp://..., www....: up to white space, quotation marks or angle
  // brackets, less final marks.
  bool TryUrl(const Char& c) {
    if (c.code_point >= 0x80) return false;
    const std::string_view rest = text_.substr(at_);
    uint32_t scheme = 0;
    for (const std::string_view prefix : {std::string_view("http://"), std::string_view("https://"),
                                          std::string_view("ftp://"), std::string_view("www.")}) {
      if (StartsWithIgnoreCase(rest, prefix)) scheme = static_cast<uint32_t>(prefix.size());
    }
    if (scheme == 0 || !IsWordClass(At(at_ + scheme).char_class)) return false;
    uint32_t end = at_ + scheme;
    uint32_t trimmed = end;
    uint32_t last = 0;
    for (Char next = At(end); next.char_class != CharClass::kSeparator; next = At(end)) {
      const CharInfo info = InfoOf(next.code_point);
      if (next.code_point == '<' || next.code_point == '>' ||
          (info.Has(kCharQuote) && next.code_point != '\''))
        break;
      end += next.size;
      const bool final_mark =
          next.code_point < 0x80
              ? std::strchr(".,;:!?')]}*", static_cast<int>(next.code_point)) != nullptr
              : info.Has(kCharPunctuation);
      if (!final_mark) {
        trimmed = end;
        last = next.code_point;
      }
    }
    Emit(trimmed, TokenKind::kUrl, 0, last, true);
    return true;
  }

  // @handle, #tag.
  bool TryTag(const Char& c) {
    if (c.code_point != '@' && c.code_point != '#') return false;
    uint32_t end = at_ + 1;
    bool letter = false;
    uint32_t last = 0;
    for (Char next = At(end);
         IsWordClass(next.char_class) || (end > at_ + 1 && IsExtend(next.char_class));
         next = At(end)) {
      letter = letter || IsLetter(next.char_class);
      end += next.size;
      last = next.code_point;
    }
    if (end == at_ + 1 || (c.code_point == '#' && !letter)) return false;
    Emit(end, c.code_point == '@' ? TokenKind::kHandle : TokenKind::kHashtag, 0, last, true);
    return true;
  }

  static bool IsEmailLocal(unsigned char c) {
    return IsAsciiAlnum(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
  }

  bool TryEmail(const Char& c) {
    if (c.code_point >= 0x80 || !IsAsciiAlnum(static_cast<unsigned char>(c.code_point)))
      return false;
    if (at_ < email_scanned_)
      return false;  // each run of address characters is looked at once: linear
    if (at_ > region_begin_ && !EmailMayBeginHere()) return false;
    uint32_t at_sign = at_;
    while (at_sign < end_ && IsEmailLocal(static_cast<unsigned char>(text_[at_sign]))) ++at_sign;
    email_scanned_ = at_sign;
    if (at_sign >= end_ || text_[at_sign] != '@') return false;
    uint32_t end = 0;
    uint32_t label_begin = at_sign + 1;
    bool dotted = false;
    while (true) {
      uint32_t i = label_begin;
      while (i < end_ && (IsAsciiAlnum(static_cast<unsigned char>(text_[i])) || text_[i] == '-'))
        ++i;
      if (i == label_begin || !IsAsciiAlnum(static_cast<unsigned char>(text_[i - 1]))) break;
      if (dotted && i - label_begin >= 2) end = i;
      if (i >= end_ || text_[i] != '.') break;
      dotted = true;
      label_begin = i + 1;
    }
    if (end == 0) return false;
    Emit(end, TokenKind::kEmail, 0, static_cast<unsigned char>(text_[end - 1]), true);
    return true;
  }

  // The byte before is no address character (then an address would have begun there), or one that
  // cannot begin one.
  bool EmailMayBeginHere() const {
    return !IsAsciiAlnum(static_cast<unsigned char>(text_[at_ - 1])) && text_[at_ - 1] != '_';
  }

  const std::string_view text_;       // up to the end of the region
  const std::string_view full_text_;  // what stands after it decides "No. 5"
  uint32_t at_;
  const uint32_t region_begin_;
  const uint32_t end_;
  TokenSink& sink_;
  uint32_t previous_ = 0;          // last character before at_, 0 after a separator
  bool previous_is_word_ = false;  // it is part of a word
  bool has_at_sign_;
  uint32_t email_scanned_ = 0;
  std::vector<uint32_t> ends_;
};

}  // namespace

constinit const std::array<uint8_t, 256> kLetterIndex = [] {
  std::array<uint8_t, 256> index{};
  for (uint32_t c = 0; c < 256; ++c) {
    if (IsAsciiLetter(static_cast<unsigned char>(c))) index[c] = static_cast<uint8_t>(c & 31U);
  }
  return index;
}();

uint32_t CliticLetters(std::string_view text, uint32_t i) {
  const auto lower_at = [text](uint32_t k) {
    return k < text.size() ? static_cast<char>(static_cast<unsigned char>(text[k]) | 0x20U) : '\0';
  };
  if (i >= text.size() || !IsAsciiLetter(static_cast<unsigned char>(text[i]))) return 0;
  uint32_t size = 0;
  const char a = lower_at(i);
  const char b = lower_at(i + 1);
  if ((a == 'l' && b == 'l') || (a == 'r' && b == 'e') || (a == 'v' && b == 'e')) {
    size = 2;
  } else if (a == 's' || a == 'm' || a == 'd') {
    size = 1;
  } else {
    return 0;
  }
  // The letters end there.
  if (i + size >= text.size()) return size;
  const auto after = static_cast<unsigned char>(text[i + size]);
  if (after < 0x80) return IsAsciiAlnum(after) || after == '_' ? 0 : size;
  const CharClass next = InfoOf(DecodeUtf8(text, i + size).code_point).char_class();
  return IsWordClass(next) || IsExtend(next) || next == CharClass::kDictionary ? 0 : size;
}

bool IsContractedNot(std::string_view text, uint32_t i) {
  if (i >= text.size() || (text[i] != 't' && text[i] != 'T')) return false;
  if (i + 1 >= text.size()) return true;
  const auto after = static_cast<unsigned char>(text[i + 1]);
  if (after < 0x80) return !IsAsciiAlnum(after) && after != '_';
  const CharClass next = InfoOf(DecodeUtf8(text, i + 1).code_point).char_class();
  return !IsWordClass(next) && !IsExtend(next) && next != CharClass::kDictionary;
}

bool AllowsClitic(uint32_t c) {
  if (c < 0x80) {
    return IsAsciiAlnum(static_cast<unsigned char>(c)) || c == '.' || c == ')' || c == ']' ||
           c == '%' || c == '"' || c == '!' || c == '?';
  }
  return c == 0x201D;
}

bool TakesPeriod(std::string_view text, uint32_t begin, uint32_t period) {
  if (period + 1 < text.size() && text[period + 1] == '.') return false;  // an ellipsis
  const std::string_view word(text.data() + begin, period - begin);
  const auto is_letter = [](uint32_t c) {
    return c < 0x80 ? IsAsciiLetter(static_cast<unsigned char>(c))
                    : InfoOf(c).Has(kCharUpper | kCharLower);
  };
  const DecodedChar first = DecodeUtf8(word, 0);
  if (first.size == word.size()) {
    const bool upper = first.code_point < 0x80
                           ? IsAsciiUpper(static_cast<unsigned char>(first.code_point))
                           : InfoOf(first.code_point).Has(kCharUpper);
    // An initial; but not the unit in "75 °F."
    if (upper) return !(begin >= 2 && text.substr(begin - 2, 2) == "\u00B0");
  }
  if (word.find('.') != std::string_view::npos) {
    // "U.S", "a.m", "Ph.D": letters only, at most two between periods.
    if (word.size() > 16) return false;
    uint32_t letters = 0;
    for (size_t i = 0; i < word.size();) {
      const DecodedChar c = DecodeUtf8(word, i);
      i += c.size;
      if (c.code_point == '.') {
        letters = 0;
      } else if (!is_letter(c.code_point) || ++letters > 2) {
        return false;
      }
    }
    return true;
  }
  if (word.size() > kLongestAbbreviation) return false;
  unsigned char block[16] = {};
  for (size_t i = 0; i < word.size(); ++i) {
    const auto c = static_cast<unsigned char>(word[i]);
    if (!IsAsciiLetter(c)) return false;
    block[i] = static_cast<unsigned char>(c | 0x20U);
  }
  const uint8_t flags =
      FindAbbreviation(HashBlock(0, LoadLittleEndian64(block), LoadLittleEndian64(block + 8)));
  if ((flags & kAnyAbbreviation) == 0) return false;
  if ((flags & kAbbreviationCapital) != 0 && !IsAsciiUpper(static_cast<unsigned char>(word[0])))
    return false;
  if ((flags & kAbbreviationBeforeNumber) != 0) {
    size_t next = period + 1;
    while (next < text.size() && next < period + 3 && text[next] == ' ') ++next;
    return next < text.size() && IsAsciiDigit(static_cast<unsigned char>(text[next]));
  }
  return true;
}

void TokenizeScalar(std::string_view text, uint32_t begin, uint32_t end, TokenSink& sink) {
  Scanner(text, begin, end, sink).Run();
}

}  // namespace nutgraf::internal
