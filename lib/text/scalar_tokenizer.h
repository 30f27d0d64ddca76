// The rules of docs/tokenizer.md, one character at a time: for what is not plain ASCII, and as the
// portable path.

#ifndef NUTGRAF_LIB_TEXT_SCALAR_TOKENIZER_H_
#define NUTGRAF_LIB_TEXT_SCALAR_TOKENIZER_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "lib/text/abbreviation.h"
#include "lib/text/token_builder.h"

namespace nutgraf::internal {

// Appends the tokens of text[begin, end). `begin` is the start of the text or stands after a
// separator, `end` is its end or stands before one.
void TokenizeScalar(std::string_view text, uint32_t begin, uint32_t end, TokenSink& sink);

// Rules that both paths ask.

// The apostrophe that ends at text[i] begins a clitic (s, m, d, ll, re, ve): the size of those
// letters, else 0.
uint32_t CliticLetters(std::string_view text, uint32_t i);

// True where the 't of "n't" follows the apostrophe that ends at text[i].
bool IsContractedNot(std::string_view text, uint32_t i);

// True where the character before an apostrophe lets a clitic follow: letters, digits and . ) ] % "
// ! ? and ”.
bool AllowsClitic(uint32_t code_point);

// True where the period at text[period] belongs to the word text[begin, period) as that of an
// abbreviation.
bool TakesPeriod(std::string_view text, uint32_t begin, uint32_t period);

// 1 to 26 for the letters of ASCII, 0 for all else.
extern const std::array<uint8_t, 256> kLetterIndex;

// False where what stands before the period at text[period] rules TakesPeriod() out: cheap, and
// without branches. Requires period >= 3.
inline bool MayTakePeriod(const char* text, uint32_t period) {
  const auto letter = [&](uint32_t back) -> uint32_t {
    return kLetterIndex[static_cast<unsigned char>(text[period - back])];
  };
  const uint32_t last = letter(1), second = letter(2), third = letter(3);
  const uint32_t key = ((second != 0 ? third : 0) << 10) | (second << 5) | last;
  const uint32_t known = kAbbreviationTails[key >> 5] >> (key & 31U) & 1U;
  // A single letter, or the last part of "U.S", "Ph.D".
  const auto part =
      static_cast<uint32_t>(second == 0) | static_cast<uint32_t>(text[period - 3] == '.');
  return ((known | part) & static_cast<uint32_t>(last != 0)) != 0;
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_SCALAR_TOKENIZER_H_
