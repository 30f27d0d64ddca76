// Names as written: how they are normalised in an image, and whether a text writes one.

#ifndef NUTGRAF_LIB_GAZETTEER_SURFACE_H_
#define NUTGRAF_LIB_GAZETTEER_SURFACE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "lib/gazetteer/image.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// True where a token is left out of sequences: a hyphen between two words ("Port-au-Prince", but
// not "A-10").
inline bool IsLeftOut(absl::Span<const Token> tokens, size_t i) {
  return tokens[i].Has(kCompound) && i > 0 && i + 1 < tokens.size() &&
         tokens[i - 1].kind() != TokenKind::kNumber && tokens[i + 1].kind() != TokenKind::kNumber;
}

// Tokens of `text` with one space between them, hyphens between words left out.
std::string NormalizedSurface(std::string_view text, absl::Span<const Token> tokens);

// Calls `use` with the token after it and what the image knows of it for each sequence of tokens from
// `begin` on, as long as longer ones are names', at most `most` tokens and to the end of the paragraph.
template <typename Fn>
void ForEachSequence(const Gazetteer::Image& image, absl::Span<const Token> tokens, uint32_t begin,
                     uint32_t most, const Fn& use) {
  uint64_t hash = 0;
  uint32_t length = 0;
  for (uint32_t i = begin; i < tokens.size() && length < most; ++i) {
    if (i > begin && tokens[i].Has(kAfterBlank)) return;
    if (IsLeftOut(tokens, i)) continue;
    hash = length == 0 ? BeginSequence(tokens[i].folded) : ExtendPrefix(hash, tokens[i].folded);
    ++length;
    const Gazetteer::Image::Sequence sequence = image.Find(hash);
    if (sequence.count > 0) use(i + 1, sequence);
    if (!sequence.longer) return;
  }
}

// Whether `tokens` of `text` write the name in a way that its flags (gazetteer_format::NameFlag)
// allow. Apart from the case these make no difference, but for names that are kNameLiteral:
// diacritics, typographic marks, blanks, hyphens between words, and periods of acronyms that the
// name has not (U.S. = US).
struct SurfaceFit {
  bool fits = false;
  bool upper_form = false;  // stands in capitals, and the name does not
  bool as_written = false;  // its words, byte for byte
};
SurfaceFit Fits(const Gazetteer::Image& image, const Gazetteer::Image::Name& name,
                std::string_view text, absl::Span<const Token> tokens);

// The same whatever the case.
bool IsSameName(const Gazetteer::Image& image, const Gazetteer::Image::Name& name,
                std::string_view text, absl::Span<const Token> tokens);

// The folded form of a normalised name: lower case, without diacritics and periods.
std::string FoldedSurface(std::string_view surface);
// The same of a token or name, into `out`, as much as fits; returns the size that it has.
size_t FoldInto(std::string_view text, char* out, size_t room);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_GAZETTEER_SURFACE_H_
