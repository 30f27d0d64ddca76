// From the bytes of a token to its row: bits and hashes. The one place that defines them; the short
// cut for short ASCII tokens in block_scanner.inc gives the same row, which tests check on all
// texts.

#ifndef NUTGRAF_LIB_TEXT_TOKEN_BUILDER_H_
#define NUTGRAF_LIB_TEXT_TOKEN_BUILDER_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "lib/text/hash.h"
#include "nutgraf/document.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// What an ASCII token's first character decides.
struct AsciiLead {
  uint32_t bits;
  uint32_t mask;  // all ones for letters, zero for other characters
};
extern const std::array<AsciiLead, 128> kAsciiLead;

// True for an ASCII letter or digit.
constexpr bool IsAsciiAlnum(unsigned char c) {
  return static_cast<unsigned char>((c | 0x20U) - 'a') < 26 ||
         static_cast<unsigned char>(c - '0') < 10;
}
constexpr bool IsAsciiLetter(unsigned char c) {
  return static_cast<unsigned char>((c | 0x20U) - 'a') < 26;
}
constexpr bool IsAsciiDigit(unsigned char c) { return static_cast<unsigned char>(c - '0') < 10; }
constexpr bool IsAsciiUpper(unsigned char c) { return static_cast<unsigned char>(c - 'A') < 26; }
constexpr bool IsAsciiLower(unsigned char c) { return static_cast<unsigned char>(c - 'a') < 26; }

// White space and control characters of ASCII.
constexpr bool IsAsciiSeparator(unsigned char c) { return c <= 0x20 || c == 0x7F; }

// Hash of the folded form of `bytes`, which are well-formed UTF-8: each character folded; periods
// dropped where the token has a letter (U.S. = US). Sets `*ignorable` where an invisible character
// was dropped.
uint64_t FoldedHash(std::string_view bytes, bool drop_periods, bool* ignorable);

// True where a letter, digit or underscore of any script stands at text[i]; false past the end.
bool IsWordCharAt(std::string_view text, uint32_t i);

// Bits that the gap before a token decides: kGlued, kAfterNewline, kAfterBlank. `previous_end` is 0
// for the first token.
uint32_t GapBits(std::string_view text, uint32_t previous_end, uint32_t begin, bool first);

// ".5" begins with a period, and is a number.
inline uint32_t LeadingPeriodBits(uint32_t bits) {
  return (bits & ~(uint32_t{15} | kTerminator)) | static_cast<uint32_t>(TokenKind::kNumber);
}

// "'s" begins with an apostrophe, and is a word.
inline uint32_t CliticBits(uint32_t bits) {
  return (bits & ~(uint32_t{15} | kQuote | kOpen | kClose)) |
         static_cast<uint32_t>(TokenKind::kWord);
}

// Appends rows to a vector whose size runs ahead of its content.
class TokenSink {
 public:
  TokenSink(std::string_view text, LayerRows<Token>& rows)
      : text_(text), rows_(rows), count_(rows.size()) {}
  TokenSink(const TokenSink&) = delete;
  TokenSink& operator=(const TokenSink&) = delete;
  ~TokenSink() { rows_.resize(count_); }

  // Makes room for `more` tokens.
  void Reserve(size_t more) {
    if (rows_.size() - count_ < more) Grow(more);
  }

  // Drops the tokens that begin at or after `begin`.
  void Rewind(uint32_t begin) {
    while (count_ > 0 && rows_[count_ - 1].begin >= begin) --count_;
  }

  bool empty() const { return count_ == 0; }
  uint32_t previous_end() const { return count_ == 0 ? 0 : rows_[count_ - 1].end; }

  // Any token. `extra` bits are kPeriod, kClitic. Makes room itself.
  void Append(uint32_t begin, uint32_t end, TokenKind kind, uint32_t extra);

  // Any token of ASCII characters, kind by its first one. Makes room itself.
  void AppendAscii(uint32_t begin, uint32_t end, uint32_t extra);

  // Room for `more` rows behind the last, to be written in place; EndBatch() takes over those
  // before `cursor`.
  Token* Batch(size_t more) {
    Reserve(more);
    return rows_.data() + count_;
  }
  void EndBatch(const Token* cursor) { count_ = static_cast<size_t>(cursor - rows_.data()); }

  // Makes row `i` that of the ASCII token text[begin, end); the row before must be written.
  void RewriteAscii(size_t i, uint32_t begin, uint32_t end);

  // Makes row `i`, of whose ASCII token all is written but the bits, and the folded hash as if no
  // period were in it, what Append() with `extra` would have made it.
  void Mend(size_t i, uint32_t extra);
  // The same where only the gap before the token is odd.
  void MendGap(size_t i);

  size_t size() const { return count_; }
  const Token& operator[](size_t i) const { return rows_[i]; }

 private:
  void Grow(size_t more);
  void Write(size_t index, uint32_t begin, uint32_t end, TokenKind kind, uint32_t extra);

  std::string_view text_;
  LayerRows<Token>& rows_;
  size_t count_;
};

// kCompound where the token `hyphen`, right after `left`, joins two words; else 0.
uint32_t CompoundBit(std::string_view text, const Token& left, const Token& hyphen);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_TOKEN_BUILDER_H_
