// Unicode as this library pins it: classes for tokenizing, folded forms, and a strict UTF-8
// decoder.
//
//   DecodedChar c = DecodeUtf8(text, i);         // c.size >= 1: a maximal ill-formed part is one step
//   CharInfo info = InfoOf(c.code_point);        // info.char_class(), info.Has(kCharUpper)
//   std::string_view folded = FoldedUtf8(U'É', buffer);  // "e"

#ifndef NUTGRAF_LIB_TEXT_UNICODE_H_
#define NUTGRAF_LIB_TEXT_UNICODE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nutgraf::internal {

// UAX #29 Word_Break with the changes of docs/tokenizer.md. The order is that of
// tools/unicode_tables.py.
enum class CharClass : uint8_t {
  kOther = 0,
  kSeparator,  // white space, control characters, byte order mark, ill-formed bytes
  kLetter,
  kHebrewLetter,
  kNumber,
  kExtendNumLet,
  kDictionary,  // scripts without spaces between words
  kExtend,
  kFormat,
  kZwj,
  kRegionalIndicator,
  kPictographic,
  kMidLetter,
  kMidNum,
  kMidNumLet,
  kApostrophe,
};

enum CharFlag : uint16_t {
  kCharUpper = 1U << 5,
  kCharLower = 1U << 6,
  kCharPunctuation = 1U << 7,
  kCharCurrency = 1U << 8,
  kCharOpen = 1U << 9,
  kCharClose = 1U << 10,
  kCharDash = 1U << 11,
  kCharTerminator = 1U << 12,
  kCharQuote = 1U << 13,
};

class CharInfo {
 public:
  explicit CharInfo(uint16_t value) : value_(value) {}
  CharClass char_class() const { return static_cast<CharClass>(value_ & 31U); }
  bool Has(uint16_t flags) const { return (value_ & flags) != 0; }

 private:
  uint16_t value_;
};

inline constexpr uint32_t kIllFormed = 0xFFFFFFFFU;

struct DecodedChar {
  uint32_t code_point;  // kIllFormed for a maximal ill-formed part (Unicode 15, section 3.9, U+FFFD
                        // substitution)
  uint32_t size;        // bytes, at least 1
};

// The character at text[i]. Requires i < text.size().
DecodedChar DecodeUtf8(std::string_view text, size_t i);

// Properties of a code point; kIllFormed and values past U+10FFFF are separators.
CharInfo InfoOf(uint32_t code_point);

// Appends nothing past 4 bytes: writes the code point as UTF-8 to `out` (room for 4) and returns
// its size.
uint32_t EncodeUtf8(uint32_t code_point, char* out);

// The folded form of one code point: lower case, without diacritics, typographic marks as ASCII;
// empty for an invisible character. At most 16 bytes. `buffer` needs 4 bytes; the result points
// into it or into static tables.
std::string_view FoldedUtf8(uint32_t code_point, char* buffer);

// "15.0.0"
std::string_view UnicodeVersion();

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_UNICODE_H_
