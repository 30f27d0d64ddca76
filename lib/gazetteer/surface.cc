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

SurfaceMatch CompareSurface(std::string_view text, absl::Span<const Token> tokens,
                            std::string_view surface) {
  SurfaceMatch match = {.same = true, .exact = true, .upper = true};
  // The usual case: the same bytes. Hyphens left out and odd spaces go the long way.
  const uint32_t begin = tokens.front().begin;
  const uint32_t size = tokens.back().end - begin;
  if (size == surface.size() && std::memcmp(text.data() + begin, surface.data(), size) == 0) {
    for (const Token& t : tokens) match.upper = match.upper && !t.Has(kLower);
    return match;
  }
  FoldedBytes name(surface);
  bool first = true;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (IsLeftOut(tokens, i)) continue;
    const Token& token = tokens[i];
    if (!first && name.Next() != ' ') return {};
    first = false;
    FoldedBytes bytes(Slice(text, token.span()));
    // An abbreviation may have periods that the name has not; the name's own must be there ("Ill"
    // is no "Ill.").
    const bool abbreviation = token.Has(kPeriod);
    const bool upper_word = !token.Has(kLower);
    while (true) {
      const int a = bytes.Next();
      if (a == '.' && abbreviation && bytes.period()) {
        if (!name.PeriodIsNext()) continue;
      }
      if (a == FoldedBytes::kEnd) break;
      if (name.Next() != a) return {};
      match.exact = match.exact && bytes.upper() == name.upper();
      match.upper = match.upper && upper_word && !bytes.lower();
    }
  }
  if (name.Next() != FoldedBytes::kEnd) return {};
  return match;
}

namespace {

// Equal bytes, or the same ASCII letters in another case.
bool SameLetters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [lower](char x, char y) { return lower(x) == lower(y); });
}

SurfaceFit FitsLiterally(std::string_view written, absl::Span<const Token> tokens,
                         std::string_view surface, uint8_t flags) {
  if (written == surface) return {true, false};
  if ((flags & (kAnyCase | kUpperCase)) == 0 || !SameLetters(written, surface)) return {};
  bool upper = true;
  for (const Token& t : tokens) upper = upper && !t.Has(kLower);
  return {(flags & kAnyCase) != 0 || upper, upper};
}

}  // namespace

SurfaceFit Fits(std::string_view text, absl::Span<const Token> tokens, std::string_view surface,
                uint8_t flags) {
  if ((flags & kLiteral) != 0) {
    const uint32_t begin = tokens.front().begin;
    return FitsLiterally(text.substr(begin, tokens.back().end - begin), tokens, surface, flags);
  }
  const SurfaceMatch match = CompareSurface(text, tokens, surface);
  const bool fits = match.same && (match.exact || (flags & kAnyCase) != 0 ||
                                   (match.upper && (flags & kUpperCase) != 0));
  return {fits, match.upper && !match.exact};
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
