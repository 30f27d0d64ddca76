#include "lib/gazetteer/surface.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "lib/text/unicode.h"
#include "nutgraf/gazetteer.h"

namespace nutgraf::internal {

namespace {

// The folded bytes of a text, one at a time, each with what its character was.
class FoldedBytes {
 public:
  static constexpr int kEnd = -1;

  explicit FoldedBytes(std::string_view stretch) : stretch_(stretch) {}

  bool upper() const { return upper_; }
  bool lower() const { return lower_; }
  bool period() const { return code_point_ == '.'; }

  bool PeriodIsNext() const {
    return at_ == folded_.size() && i_ < stretch_.size() && stretch_[i_] == '.';
  }

  // The next byte, or kEnd at the end of the stretch.
  int Next() {
    while (at_ == folded_.size()) {
      if (i_ >= stretch_.size()) return kEnd;
      const DecodedChar c = DecodeUtf8(stretch_, i_);
      i_ += c.size;
      code_point_ = c.code_point;
      const CharInfo info = InfoOf(c.code_point);
      upper_ = info.Has(kCharUpper);
      lower_ = info.Has(kCharLower);
      folded_ = FoldedUtf8(c.code_point, buffer_);
      at_ = 0;
    }
    return static_cast<unsigned char>(folded_[at_++]);
  }

 private:
  std::string_view stretch_;
  size_t i_ = 0;
  uint32_t code_point_ = 0;
  char buffer_[4];
  std::string_view folded_;
  size_t at_ = 0;
  bool upper_ = false;
  bool lower_ = false;
};

}  // namespace

std::string NormalizedSurface(std::string_view text, absl::Span<const Token> tokens) {
  std::string surface;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (IsLeftOut(tokens, i)) continue;
    if (!surface.empty()) surface += ' ';
    surface += Slice(text, tokens[i].span());
  }
  return surface;
}

namespace {

using Image = Gazetteer::Image;

struct SurfaceMatch {
  bool same = true;        // same characters, but for what makes no difference
  bool exact = true;       // and in the same case
  bool upper = true;       // and without a lower-case letter
  bool as_written = true;  // and the same bytes
};

// Compares a token with a word of a name.
void CompareWord(std::string_view written, const Token& token, std::string_view word,
                 SurfaceMatch& match) {
  const bool upper_word = !token.Has(kLower);
  if (written == word) {
    match.upper = match.upper && upper_word;
    return;
  }
  match.as_written = false;
  FoldedBytes name(word);
  FoldedBytes bytes(written);
  // An abbreviation may have periods that the name has not; the name's own must be there ("Ill" is
  // no "Ill.").
  const bool abbreviation = token.Has(kPeriod);
  while (match.same) {
    const int a = bytes.Next();
    if (a == '.' && abbreviation && bytes.period() && !name.PeriodIsNext()) continue;
    if (name.Next() != a) match.same = false;
    if (a == FoldedBytes::kEnd) break;
    match.exact = match.exact && bytes.upper() == name.upper();
    match.upper = match.upper && upper_word && !bytes.lower();
  }
}

SurfaceMatch Compare(const Image& image, const Image::Name& name, std::string_view text,
                     absl::Span<const Token> tokens) {
  SurfaceMatch match;
  Image::WordCursor w = image.WordsOf(name);
  for (size_t i = 0; i < tokens.size() && match.same; ++i) {
    if (IsLeftOut(tokens, i)) continue;
    if (!w.Next()) {
      match.same = false;
      break;
    }
    CompareWord(Slice(text, tokens[i].span()), tokens[i], w.word(), match);
  }
  match.same = match.same && !w.Next();
  return match;
}

// Equal bytes, or the same ASCII letters in another case.
bool SameLetters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [lower](char x, char y) { return lower(x) == lower(y); });
}

// The same for names that are kNameLiteral.
SurfaceMatch CompareLiterally(const Image& image, const Image::Name& name, std::string_view text,
                              absl::Span<const Token> tokens) {
  std::string_view written =
      text.substr(tokens.front().begin, tokens.back().end - tokens.front().begin);
  SurfaceMatch match;
  for (const Token& t : tokens) match.upper = match.upper && !t.Has(kLower);
  const auto take = [&](std::string_view part) {
    const std::string_view here = written.substr(0, part.size());
    if (here != part) {
      match.exact = match.as_written = false;
      match.same = match.same && SameLetters(here, part);
    }
    written.remove_prefix(here.size());
  };
  if (name.word_count == 0) {
    take(name.text);
  } else {
    bool first = true;
    for (Image::WordCursor w = image.WordsOf(name); match.same && w.Next(); first = false) {
      if (!first) take(" ");
      take(w.word());
    }
  }
  match.same = match.same && written.empty();
  return match;
}

SurfaceMatch CompareAny(const Image& image, const Image::Name& name, std::string_view text,
                        absl::Span<const Token> tokens) {
  return (name.flags & kLiteral) != 0 ? CompareLiterally(image, name, text, tokens)
                                      : Compare(image, name, text, tokens);
}

}  // namespace

SurfaceFit Fits(const Image& image, const Image::Name& name, std::string_view text,
                absl::Span<const Token> tokens) {
  const SurfaceMatch match = CompareAny(image, name, text, tokens);
  const bool fits = match.same && (match.exact || (name.flags & kAnyCase) != 0 ||
                                   (match.upper && (name.flags & kUpperCase) != 0));
  return {fits, match.upper && !match.exact, match.as_written};
}

bool IsSameName(const Image& image, const Image::Name& name, std::string_view text,
                absl::Span<const Token> tokens) {
  return CompareAny(image, name, text, tokens).same;
}

size_t FoldInto(std::string_view text, char* out, size_t room) {
  FoldedBytes bytes(text);
  size_t size = 0;
  for (int c = bytes.Next(); c != FoldedBytes::kEnd; c = bytes.Next()) {
    if (c == '.') continue;
    if (size < room) out[size] = static_cast<char>(c);
    ++size;
  }
  return size;
}

std::string FoldedSurface(std::string_view surface) {
  std::string folded(surface.size() * 2, '\0');
  size_t size = FoldInto(surface, folded.data(), folded.size());
  if (size > folded.size()) {
    folded.resize(size);
    size = FoldInto(surface, folded.data(), folded.size());
  }
  folded.resize(size);
  return folded;
}

}  // namespace nutgraf::internal
