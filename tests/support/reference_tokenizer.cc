#include "tests/support/reference_tokenizer.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "lib/text/dictionary_breaker.h"
#include "lib/text/unicode.h"
#include "nutgraf/token.h"

namespace nutgraf::testing {

namespace {

using internal::CharClass;
using std::size_t;

struct Ch {
  uint32_t cp = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  CharClass cls = CharClass::kSeparator;
  bool upper = false;
  bool lower = false;
};

// data/lexicon/abbreviations.tsv, read from the source tree.
const std::map<std::string, std::string>& Abbreviations() {
  static const auto* const kTable = [] {
    auto* table = new std::map<std::string, std::string>;
    std::ifstream in(std::string(NUTGRAF_SOURCE_DIR) + "/data/lexicon/abbreviations.tsv");
    std::string line;
    bool header = true;
    while (std::getline(in, line)) {
      if (line.empty() || line[0] == '#') continue;
      if (header) {
        header = false;
        continue;
      }
      const size_t tab = line.find('\t');
      std::string word = line.substr(0, tab);
      std::transform(word.begin(), word.end(), word.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      (*table)[word] = line.substr(tab + 1);
    }
    return table;
  }();
  return *kTable;
}

class Reference {
 public:
  explicit Reference(std::string_view text) : text_(text) {
    for (size_t i = 0; i < text.size();) {
      const internal::DecodedChar d = internal::DecodeUtf8(text, i);
      const internal::CharInfo info = internal::InfoOf(d.code_point);
      Ch c;
      c.cp = d.code_point;
      c.begin = static_cast<uint32_t>(i);
      c.end = static_cast<uint32_t>(i + d.size);
      c.cls = info.char_class();
      c.upper = info.Has(internal::kCharUpper);
      c.lower = info.Has(internal::kCharLower);
      chars_.push_back(c);
      i += d.size;
    }
  }

  std::vector<ReferenceToken> Run() {
    size_t i = 0;
    while (i < chars_.size()) {
      if (chars_[i].cls == CharClass::kSeparator) {
        prev_ = 0;
        prev_word_ = false;
        ++i;
        continue;
      }
      i = Token(i);
    }
    return std::move(out_);
  }

 private:
  bool In(size_t i) const { return i < chars_.size() && chars_[i].cls != CharClass::kSeparator; }
  CharClass Cls(size_t i) const {
    return i < chars_.size() ? chars_[i].cls : CharClass::kSeparator;
  }
  uint32_t Cp(size_t i) const { return In(i) ? chars_[i].cp : 0; }
  bool Letter(size_t i) const {
    return Cls(i) == CharClass::kLetter || Cls(i) == CharClass::kHebrewLetter;
  }
  bool Number(size_t i) const { return Cls(i) == CharClass::kNumber; }
  bool WordChar(size_t i) const {
    return Letter(i) || Number(i) || Cls(i) == CharClass::kExtendNumLet;
  }
  bool Extend(size_t i) const {
    return Cls(i) == CharClass::kExtend || Cls(i) == CharClass::kFormat ||
           Cls(i) == CharClass::kZwj;
  }
  bool WordGoesOn(size_t i) const {
    return WordChar(i) || Extend(i) || Cls(i) == CharClass::kDictionary;
  }
  size_t PastExtends(size_t i) const {
    while (Extend(i)) ++i;
    return i;
  }
  static char Ascii(uint32_t cp) { return cp < 128 ? static_cast<char>(cp) : '\0'; }
  static char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
  std::string Bytes(size_t i, size_t j) const {
    return i == j ? ""
                  : std::string(text_.substr(chars_[i].begin, chars_[j - 1].end - chars_[i].begin));
  }

  size_t Emit(size_t i, size_t j, TokenKind kind, uint32_t bits, bool word) {
    ReferenceToken t;
    t.begin = chars_[i].begin;
    t.end = chars_[j - 1].end;
    t.kind = static_cast<int>(kind);
    bool letter = false;
    for (size_t k = i; k < j; ++k) letter = letter || chars_[k].upper || chars_[k].lower;
    for (size_t k = i; k < j; ++k) {
      if (chars_[k].cp == '.' && letter) continue;
      char buffer[4];
      t.folded += std::string(internal::FoldedUtf8(chars_[k].cp, buffer));
    }
    if (out_.empty()) {
      bits |= kAfterNewline | kAfterBlank;
    } else if (out_.back().end == t.begin) {
      bits |= kGlued;
    } else {
      std::string gap(text_.substr(out_.back().end, t.begin - out_.back().end));
      int lines = 0;
      for (size_t k = 0; k < gap.size(); ++k) {
        if (gap[k] == '\r' && k + 1 < gap.size() && gap[k + 1] == '\n') continue;
        if (gap[k] == '\n' || gap[k] == '\r') ++lines;
        if (gap.compare(k, 3, "\u2028") == 0) ++lines;
        if (gap.compare(k, 3, "\u2029") == 0) lines += 2;
      }
      if (lines >= 1) bits |= kAfterNewline;
      if (lines >= 2) bits |= kAfterBlank;
    }
    t.bits = bits;
    out_.push_back(std::move(t));
    size_t last = j - 1;
    while (last > i && Extend(last)) --last;
    prev_ = chars_[last].cp;
    prev_word_ = word;
    return j;
  }

  // A clitic after the apostrophe at i: the index past it, or i.
  size_t Clitic(size_t i) const {
    const char a = Lower(Ascii(Cp(i + 1)));
    const char b = Lower(Ascii(Cp(i + 2)));
    for (const std::string_view c : {"ll", "re", "ve"}) {
      if (a == c[0] && b == c[1] && !WordGoesOn(i + 3)) return i + 3;
    }
    if ((a == 's' || a == 'm' || a == 'd') && !WordGoesOn(i + 2)) return i + 2;
    return i;
  }

  size_t Token(size_t i) {
    if (Extend(i)) {
      size_t j = i;
      bool visible = false;
      for (; Extend(j); ++j) visible = visible || Cls(j) == CharClass::kExtend;
      if (visible) {
        Emit(i, j, TokenKind::kSymbol, 0, false);
        prev_ = 0x300;
      }
      return j;
    }
    if (!prev_word_) {
      if (const size_t j = Url(i); j > i) return Emit(i, j, TokenKind::kUrl, 0, true);
      if (const size_t j = Tag(i); j > i) {
        return Emit(i, j, Cp(i) == '@' ? TokenKind::kHandle : TokenKind::kHashtag, 0, true);
      }
    }
    if (const size_t j = Email(i); j > i) return Emit(i, j, TokenKind::kEmail, 0, true);
    if (WordChar(i)) return Word(i, i);
    switch (Cls(i)) {
      case CharClass::kDictionary: {
        size_t j = i + 1;
        while (Cls(j) == CharClass::kDictionary || Extend(j)) ++j;
        const std::string run = Bytes(i, j);
        std::vector<uint32_t> ends;
        internal::BreakDictionaryRun(run, ends);
        size_t k = i;
        for (const uint32_t end : ends) {
          size_t l = k;
          while (l < j && chars_[l].end <= chars_[i].begin + end) ++l;
          if (l > k) Emit(k, l, TokenKind::kWord, 0, true);
          k = l;
        }
        return j;
      }
      case CharClass::kRegionalIndicator: {
        size_t j = PastExtends(i + 1);
        if (Cls(j) == CharClass::kRegionalIndicator) j = PastExtends(j + 1);
        return Emit(i, j, TokenKind::kEmoji, 0, false);
      }
      case CharClass::kPictographic: {
        size_t j = i + 1;
        while (Extend(j) || (Cls(j) == CharClass::kPictographic && Cls(j - 1) == CharClass::kZwj))
          ++j;
        const bool mark = internal::InfoOf(Cp(i)).Has(internal::kCharPunctuation);
        return Emit(i, j,
                    mark             ? TokenKind::kPunctuation
                    : Cp(i) < 0x2190 ? TokenKind::kSymbol
                                     : TokenKind::kEmoji,
                    0, false);
      }
      case CharClass::kApostrophe: {
        static const std::set<uint32_t> kBefore = {'.', ')', ']', '%', '"', '!', '?', 0x201D};
        const bool alnum = prev_ < 128 && (std::isalnum(static_cast<int>(prev_)) != 0);
        if (prev_word_ || kBefore.count(prev_) > 0 || alnum) {
          if (const size_t j = Clitic(i); j > i) return Emit(i, j, TokenKind::kWord, kClitic, true);
        }
        break;
      }
      default:
        break;
    }
    if (Cp(i) == '.' && !prev_word_ && prev_ != '.' && Number(i + 1)) return Word(i, i + 1);
    size_t j = i + 1;
    if (std::string(".-*=~!?+#|<>^'`").find(Ascii(Cp(i))) != std::string::npos &&
        Ascii(Cp(i)) != 0) {
      while (In(j) && Cp(j) == Cp(i)) ++j;
    }
    j = PastExtends(j);
    bool punctuation = internal::InfoOf(Cp(i)).Has(internal::kCharPunctuation);
    return Emit(i, j, punctuation ? TokenKind::kPunctuation : TokenKind::kSymbol, 0, false);
  }

  size_t Word(size_t begin, size_t i) {
    size_t last = i;
    size_t j = i + 1;
    while (true) {
      if (Extend(j)) {
        ++j;
        continue;
      }
      if (WordChar(j)) {
        last = j++;
        continue;
      }
      if (!In(j)) break;
      const size_t next = PastExtends(j + 1);
      const bool letters = Letter(last) && Letter(next);
      const bool numbers = Number(last) && Number(next);
      const CharClass mark = Cls(j);
      if (mark == CharClass::kApostrophe) {
        if (Clitic(j) > j) break;
        const bool n = Cp(last) == 'n' || Cp(last) == 'N';
        const bool t = Cp(j + 1) == 't' || Cp(j + 1) == 'T';
        size_t before = last;
        while (before > begin && Extend(before - 1)) --before;
        if (n && t && last + 1 == j && before > begin && Letter(before - 1) && !WordGoesOn(j + 2)) {
          Emit(begin, last, Kind(begin), 0, true);
          return Emit(last, j + 2, TokenKind::kWord, kClitic, true);
        }
        if (!letters && !numbers && Cls(last) != CharClass::kHebrewLetter) break;
      } else if (mark == CharClass::kMidLetter) {
        if (!letters) break;
      } else if (mark == CharClass::kMidNum) {
        if (!numbers) break;
      } else if (mark == CharClass::kMidNumLet) {
        const bool missing_space = Cp(j) == '.' && In(next) && chars_[last].lower &&
                                   chars_[next].upper && Cp(next + 1) != '.';
        if (!numbers && (!letters || missing_space)) break;
      } else if (!(Cp(j) == '"' && Cls(last) == CharClass::kHebrewLetter &&
                   Cls(next) == CharClass::kHebrewLetter)) {
        break;
      }
      ++j;
    }
    if (Cp(j) == '.' && Period(begin, j)) {
      Emit(begin, j + 1, Kind(begin), kPeriod, false);
      return j + 1;
    }
    return Emit(begin, j, Kind(begin), 0, true);
  }

  TokenKind Kind(size_t i) const {
    return Cp(i) == '.' || Number(i) ? TokenKind::kNumber : TokenKind::kWord;
  }

  bool Period(size_t begin, size_t dot) const {
    if (dot + 1 < chars_.size() && chars_[dot + 1].cp == '.') return false;
    if (dot == begin + 1 && chars_[begin].upper) {
      return !(begin > 0 && chars_[begin - 1].cp == 0xB0);
    }
    bool inner = false;
    for (size_t k = begin; k < dot; ++k) inner = inner || Cp(k) == '.';
    if (inner) {
      if (Bytes(begin, dot).size() > 16) return false;
      int run = 0;
      for (size_t k = begin; k < dot; ++k) {
        if (Cp(k) == '.') {
          run = 0;
        } else if (!(chars_[k].upper || chars_[k].lower) || ++run > 2) {
          return false;
        }
      }
      return true;
    }
    std::string word = Bytes(begin, dot);
    for (char& c : word) c = Lower(c);
    const auto found = Abbreviations().find(word);
    if (found == Abbreviations().end()) return false;
    const std::string& kind = found->second;
    if (kind == "month" || kind == "weekday" || kind == "state") return chars_[begin].upper;
    if (kind == "number") {
      size_t k = dot + 1;
      while (k < chars_.size() && k < dot + 3 && chars_[k].cp == ' ') ++k;
      return k < chars_.size() && chars_[k].cp >= '0' && chars_[k].cp <= '9';
    }
    return true;
  }

  size_t Url(size_t i) const {
    size_t scheme = 0;
    for (const std::string_view prefix : {"http://", "https://", "ftp://", "www."}) {
      bool same = true;
      for (size_t k = 0; k < prefix.size(); ++k)
        same = same && Lower(Ascii(Cp(i + k))) == prefix[k];
      if (same) scheme = prefix.size();
    }
    if (scheme == 0 || !WordChar(i + scheme)) return i;
    size_t j = i + scheme;
    size_t end = j;
    for (; In(j); ++j) {
      const internal::CharInfo info = internal::InfoOf(Cp(j));
      if (Cp(j) == '<' || Cp(j) == '>' || (info.Has(internal::kCharQuote) && Cp(j) != '\'')) break;
      const bool final_mark =
          Cp(j) < 128 ? std::string(".,;:!?')]}*").find(Ascii(Cp(j))) != std::string::npos
                      : info.Has(internal::kCharPunctuation);
      if (!final_mark) end = j + 1;
    }
    return end;
  }

  size_t Tag(size_t i) const {
    if (Cp(i) != '@' && Cp(i) != '#') return i;
    size_t j = i + 1;
    bool letter = false;
    while (WordChar(j) || (j > i + 1 && Extend(j))) letter = Letter(j++) || letter;
    return j == i + 1 || (Cp(i) == '#' && !letter) ? i : j;
  }

  static bool Alnum(uint32_t cp) { return cp < 128 && std::isalnum(static_cast<int>(cp)) != 0; }
  static bool Local(uint32_t cp) {
    return Alnum(cp) || cp == '.' || cp == '_' || cp == '%' || cp == '+' || cp == '-';
  }
  size_t Email(size_t i) {
    if (!Alnum(Cp(i))) return i;
    if (i > 0 && (Alnum(chars_[i - 1].cp) || chars_[i - 1].cp == '_')) return i;
    // Within a run of address characters only the first letter or digit may begin an address.
    if (i < tried_) return i;
    size_t at = i;
    while (In(at) && Local(Cp(at))) ++at;
    tried_ = at;
    if (Cp(at) != '@') return i;
    size_t end = i;
    size_t label = at + 1;
    bool dotted = false;
    while (true) {
      size_t j = label;
      while (In(j) && (Alnum(Cp(j)) || Cp(j) == '-')) ++j;
      if (j == label || Cp(j - 1) == '-') break;
      if (dotted && j - label >= 2) end = j;
      if (Cp(j) != '.') break;
      dotted = true;
      label = j + 1;
    }
    return end;
  }

  std::string_view text_;
  std::vector<Ch> chars_;
  std::vector<ReferenceToken> out_;
  uint32_t prev_ = 0;
  bool prev_word_ = false;
  size_t tried_ = 0;
};

}  // namespace

std::vector<ReferenceToken> ReferenceTokenize(std::string_view text) {
  return Reference(text).Run();
}

}  // namespace nutgraf::testing
