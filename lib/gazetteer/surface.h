// Names as written: how they are normalised in an image, and whether a text writes one.

#ifndef NUTGRAF_LIB_GAZETTEER_SURFACE_H_
#define NUTGRAF_LIB_GAZETTEER_SURFACE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/types/span.h"
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

// How `tokens` of `text` write the normalised name `surface`.
struct SurfaceMatch {
  bool same;   // same characters, but for case, diacritics, typographic marks, and periods of
               // acronyms (US = U.S.)
  bool exact;  // and in the same case
  bool upper;  // and without a lower-case letter
};
SurfaceMatch CompareSurface(std::string_view text, absl::Span<const Token> tokens,
                            std::string_view surface);

// Whether `tokens` write the name `surface` in a way that its flags (gazetteer_format::NameFlag)
// allow, and whether they do so only by standing in capitals.
struct SurfaceFit {
  bool fits;
  bool upper_form;
  explicit operator bool() const { return fits; }
};
SurfaceFit Fits(std::string_view text, absl::Span<const Token> tokens, std::string_view surface,
                uint8_t flags);

// The folded form of a normalised name: lower case, without diacritics and periods.
std::string FoldedSurface(std::string_view surface);
// The same of a token or name, into `out`, as much as fits; returns the size that it has.
size_t FoldInto(std::string_view text, char* out, size_t room);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_GAZETTEER_SURFACE_H_
