// Tokens: the words, numbers and marks of a text, each with what later stages ask of it, computed
// once.
//
//   for (const nutgraf::Token& t : document.Get<nutgraf::Token>()) {
//     if (t.kind() == nutgraf::TokenKind::kNumber) Use(nutgraf::Slice(document.text(), t.span()));
//   }
//
// docs/tokenizer.md gives the rules by which text becomes tokens.

#ifndef NUTGRAF_TOKEN_H_
#define NUTGRAF_TOKEN_H_

#include <cstdint>
#include <string_view>

#include "nutgraf/span.h"

namespace nutgraf {

/// What a token is, by its first character or, from kUrl on, by its whole shape.
enum class TokenKind : uint8_t {
  kPunctuation = 0,  ///< General category P
  kSymbol,   ///< Everything else that is neither letter nor digit: currency, mathematics, arrows
  kWord,     ///< Begins with a letter (or an underscore, or stands for a word in a script without
             ///< spaces)
  kNumber,   ///< Begins with a digit: "2,500", "3rd", "5km"
  kEmoji,    ///< A pictograph, flag or emoji sequence
  kUrl,      ///< "https://...", "www...."
  kEmail,    ///< "desk@example.org"
  kHandle,   ///< "@reporter"
  kHashtag,  ///< "#election"
};

/// Bits of Token::bits above the kind.
enum TokenBit : uint32_t {
  kUpperFirst = 1U << 4,  ///< The first character is an upper-case letter
  kUpperLater = 1U << 5,  ///< A later character is an upper-case letter
  kLower = 1U << 6,       ///< Holds a lower-case letter
  kDigit = 1U << 7,       ///< Holds a digit
  kInnerMark = 1U << 8,   ///< Holds a character that is neither an ASCII letter nor an ASCII digit
  kNonAscii = 1U << 9,    ///< Holds a byte >= 0x80
  kGlued = 1U << 10,      ///< Begins where the previous token ends
  kAfterNewline = 1U << 11,  ///< First token of its line
  kAfterBlank = 1U << 12,    ///< First token of the text, or after a blank line
  kCompound = 1U << 13,  ///< A hyphen between two words: the parts belong together ("Russian-led")
  kPeriod = 1U << 14,  ///< The final period of an abbreviation is part of the token ("Mr.", "U.S.")
  kClitic = 1U << 15,  ///< "'s", "n't", "'re", ... split from the word before
  kTerminator = 1U << 16,  ///< May end a sentence: . ! ? and their kind, "..."
  kQuote = 1U << 17,       ///< A quotation mark or apostrophe that stands alone
  kOpen = 1U << 18,        ///< Opens: ( [ { “ ‘ «
  kClose = 1U << 19,       ///< Closes: ) ] } ” ’ »
  kDash = 1U << 20,        ///< Hyphens and dashes
  kCurrency = 1U << 21,    ///< Currency signs
  kIgnorable = 1U << 22,   ///< Holds invisible characters (soft hyphen, zero width space), dropped
                           ///< in the folded hash
};

/// One token. 32 bytes, trivially copyable.
struct Token {
  static constexpr std::string_view kLayerName = "tokens";
  static constexpr bool kOneProvider = true;

  uint32_t begin;   ///< First byte in the text
  uint32_t end;     ///< One past the last byte
  uint32_t bits;    ///< Kind in the low four bits, TokenBit above
  uint32_t lead;    ///< First code point
  uint64_t exact;   ///< Hash of the bytes as they are
  uint64_t folded;  ///< Hash of the folded form: lower case, no diacritics, no periods in
                    ///< abbreviations, ASCII apostrophes

  ByteSpan span() const { return ByteSpan{begin, end}; }
  uint32_t size() const { return end - begin; }
  TokenKind kind() const { return static_cast<TokenKind>(bits & 15U); }
  bool Has(uint32_t any_of) const { return (bits & any_of) != 0; }
  bool IsWord() const { return kind() == TokenKind::kWord; }
  /// Upper-case first letter, and lower case or nothing after it.
  bool IsCapitalized() const { return (bits & (kUpperFirst | kUpperLater)) == kUpperFirst; }
  /// At least two letters, all of them upper case.
  bool IsAllUpper() const {
    return (bits & (kUpperFirst | kUpperLater | kLower)) == (kUpperFirst | kUpperLater);
  }
};

static_assert(sizeof(Token) == 32);

}  // namespace nutgraf

#endif  // NUTGRAF_TOKEN_H_
