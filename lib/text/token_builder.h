// From the bytes of a token to its row: bits and hashes. The one place that defines them; the SIMD tokenizer's short cut
// for short ASCII tokens (AppendShortAscii) gives the same row, which tests check on all texts.

#ifndef NUTGRAF_LIB_TEXT_TOKEN_BUILDER_H_
#define NUTGRAF_LIB_TEXT_TOKEN_BUILDER_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "lib/text/hash.h"
#include "nutgraf/document.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// Bits that a token's first character decides, for ASCII.
extern const std::array<uint32_t, 128> kAsciiLeadBits;

// True for an ASCII letter or digit.
inline bool IsAsciiAlnum(unsigned char c) {
  return static_cast<unsigned char>((c | 0x20U) - 'a') < 26 || static_cast<unsigned char>(c - '0') < 10;
}
inline bool IsAsciiLetter(unsigned char c) { return static_cast<unsigned char>((c | 0x20U) - 'a') < 26; }
inline bool IsAsciiDigit(unsigned char c) { return static_cast<unsigned char>(c - '0') < 10; }
inline bool IsAsciiUpper(unsigned char c) { return static_cast<unsigned char>(c - 'A') < 26; }
inline bool IsAsciiLower(unsigned char c) { return static_cast<unsigned char>(c - 'a') < 26; }

// White space and control characters of ASCII.
inline bool IsAsciiSeparator(unsigned char c) { return c <= 0x20 || c == 0x7F; }

// Hash of the folded form of `bytes`, which are well-formed UTF-8: each character folded; periods dropped where the
// token has a letter (U.S. = US). Sets `*ignorable` where an invisible character was dropped.
uint64_t FoldedHash(std::string_view bytes, bool drop_periods, bool* ignorable);

// True where a letter, digit or underscore of any script stands at text[i]; false past the end.
bool IsWordCharAt(std::string_view text, uint32_t i);

// Bits that the gap before a token decides: kGlued, kAfterNewline, kAfterBlank. `previous_end` is 0 for the first token.
uint32_t GapBits(std::string_view text, uint32_t previous_end, uint32_t begin, bool first);

// ".5" begins with a period, and is a number.
inline uint32_t LeadingPeriodBits(uint32_t bits) {
  return (bits & ~(uint32_t{15} | kTerminator)) | static_cast<uint32_t>(TokenKind::kNumber);
}

// "'s" begins with an apostrophe, and is a word.
inline uint32_t CliticBits(uint32_t bits) {
  return (bits & ~(uint32_t{15} | kQuote | kOpen | kClose)) | static_cast<uint32_t>(TokenKind::kWord);
}

// Appends rows to a vector whose size runs ahead of its content.
class TokenSink {
 public:
  TokenSink(std::string_view text, LayerRows<Token>& rows) : text_(text), rows_(rows), count_(rows.size()) {}
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

  uint32_t previous_end() const { return count_ == 0 ? 0 : rows_[count_ - 1].end; }

  // Any token. `extra` bits are kPeriod, kClitic. Makes room itself.
  void Append(uint32_t begin, uint32_t end, TokenKind kind, uint32_t extra);

  // Any token of ASCII characters, kind by its first one. Requires room (Reserve).
  void AppendAscii(uint32_t begin, uint32_t end, uint32_t extra);

  // The same where the token has at most 16 bytes and 16 bytes may be read from `begin` on.
  void AppendShortAscii(uint32_t begin, uint32_t end, uint32_t extra);

 private:
  void Grow(size_t more);
  void Finish(Token& token, uint32_t bits);

  std::string_view text_;
  LayerRows<Token>& rows_;
  size_t count_;
};

inline void TokenSink::Finish(Token& token, uint32_t bits) {
  if (count_ == 0) {
    bits |= GapBits(text_, 0, token.begin, true);
  } else {
    const uint32_t previous = rows_[count_ - 1].end;
    const uint32_t gap = token.begin - previous;
    if (gap == 0) {
      bits |= kGlued;
      if ((bits & kDash) != 0) {
        const Token& left = rows_[count_ - 1];
        const bool hyphen = (token.lead == '-' && token.size() == 1) || token.lead == 0x2010 || token.lead == 0x2011;
        const bool after_word = left.kind() == TokenKind::kWord || left.kind() == TokenKind::kNumber;
        if (hyphen && after_word && IsWordCharAt(text_, token.end)) bits |= kCompound;
      }
    } else if (gap > 1 || text_[previous] != ' ') {
      bits |= GapBits(text_, previous, token.begin, false);
    }
  }
  token.bits = bits;
  ++count_;
}

inline void TokenSink::AppendShortAscii(uint32_t begin, uint32_t end, uint32_t extra) {
  constexpr uint64_t kOnes = 0x0101010101010101ULL;
  constexpr uint64_t kHigh = kOnes * 0x80;
  // Bytes of the range [low, high] get their top bit set; all bytes are ASCII.
  const auto in_range = [](uint64_t x, uint64_t low, uint64_t high) {
    return (x + kOnes * (0x80 - low)) & ~(x + kOnes * (0x7F - high)) & kHigh;
  };
  const uint32_t size = end - begin;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text_.data()) + begin;
  Token& token = rows_[count_];
  token.begin = begin;
  token.end = end;
  token.lead = bytes[0];
  uint64_t low = LoadLittleEndian64(bytes);
  uint64_t high = LoadLittleEndian64(bytes + 8);
  const uint64_t low_mask = size >= 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * size)) - 1;
  const uint64_t high_mask = size <= 8 ? 0 : ~uint64_t{0} >> (8 * (16 - size));
  low &= low_mask;
  high &= high_mask;
  const uint64_t upper_low = in_range(low, 'A', 'Z'), upper_high = in_range(high, 'A', 'Z');
  const uint64_t lower_low = in_range(low, 'a', 'z'), lower_high = in_range(high, 'a', 'z');
  const uint64_t digit_low = in_range(low, '0', '9'), digit_high = in_range(high, '0', '9');
  token.exact = HashBlock(0, low, high);
  token.folded = HashBlock(0, low | (upper_low >> 2), high | (upper_high >> 2));
  uint32_t bits = kAsciiLeadBits[token.lead] | extra;
  if (((upper_low & ~uint64_t{0xFF}) | upper_high) != 0) bits |= kUpperLater;
  if ((lower_low | lower_high) != 0) bits |= kLower;
  if ((digit_low | digit_high) != 0) bits |= kDigit;
  if ((((upper_low | lower_low | digit_low) ^ (low_mask & kHigh)) |
       ((upper_high | lower_high | digit_high) ^ (high_mask & kHigh))) != 0) {
    bits |= kInnerMark;
    if (size > 1) [[unlikely]] {
      if ((upper_low | upper_high | lower_low | lower_high) != 0) {
        bool ignorable = false;
        token.folded = FoldedHash(std::string_view(text_.data() + begin, size), true, &ignorable);
      }
      if (token.lead == '.' && (bits & kDigit) != 0) bits = LeadingPeriodBits(bits);
      if ((extra & kClitic) != 0) bits = CliticBits(bits);
    }
  }
  Finish(token, bits);
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_TOKEN_BUILDER_H_
