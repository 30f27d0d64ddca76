// From the bytes of a token to its row: bits and hashes. The one place that defines them; the SIMD
// tokenizer's short cut for short ASCII tokens (ShortAscii) gives the same row, which tests check
// on all texts.

#ifndef NUTGRAF_LIB_TEXT_TOKEN_BUILDER_H_
#define NUTGRAF_LIB_TEXT_TOKEN_BUILDER_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "lib/text/hash.h"
#include "nutgraf/document.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// Bits that a token's first character decides, for ASCII.
extern const std::array<uint32_t, 128> kAsciiLeadBits;
// All ones for ASCII letters, zero for other characters.
extern const std::array<uint32_t, 128> kAsciiLeadMask;

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

  // A cursor for many short tokens in a row: Batch() makes room for `more`, ShortAscii() writes a
  // token of at most 16 ASCII bytes (16 bytes must be readable) where it points, with kGlued or
  // nothing as `gap_bits`; EndBatch() takes them over. Right for words of letters after a blank or
  // glued, and for single marks but hyphens; Mend() sees to the rest.
  Token* Batch(size_t more) {
    Reserve(more);
    return rows_.data() + count_;
  }
  void EndBatch(const Token* cursor) { count_ = static_cast<size_t>(cursor - rows_.data()); }
  static void ShortAscii(const char* bytes, uint32_t begin, uint32_t size, uint32_t gap_bits,
                         Token* cursor);

  // Makes row `i` that of the ASCII token text[begin, end); the row before must be written.
  void RewriteAscii(size_t i, uint32_t begin, uint32_t end);

  // Makes the row of token `i`, an ASCII token that ShortAscii() wrote, what Append() with `extra`
  // would have made it.
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

// What the (at most 16) bytes of a short ASCII token say: one bit a byte, and the two hashes.
struct ShortBytes {
  uint32_t upper;  // upper-case letters
  uint32_t rest;   // all others
  uint64_t exact;
  uint64_t folded;
};

// Vector constants, kept in memory on purpose: compilers that see their values build them anew for
// every token.
struct alignas(16) ShortConstants {
  unsigned char mask[32];   // 16 bytes of ones, then 16 of zeros: loaded at 16 - n it keeps the
                            // first n of 16 bytes
  signed char upper[16];    // added to a byte, brings 'A' to -128
  signed char letters[16];  // -128 + 26
  unsigned char case_bit[16];
  uint64_t seeds[2];  // of HashBlock
};
extern const ShortConstants kShortConstants;

[[gnu::always_inline]] inline ShortBytes ClassifyShort(const char* bytes, uint32_t size) {
  ShortBytes out;
#if defined(__SSE2__)
  const auto load = [](const void* p) { return _mm_loadu_si128(static_cast<const __m128i*>(p)); };
  const __m128i mask = load(kShortConstants.mask + 16 - size);
  const __m128i v = _mm_and_si128(load(bytes), mask);
  const __m128i seeds = load(kShortConstants.seeds);
  // Unsigned c - low < count, by a signed comparison.
  const __m128i upper =
      _mm_cmplt_epi8(_mm_add_epi8(v, load(kShortConstants.upper)), load(kShortConstants.letters));
  const __m128i folded = _mm_or_si128(v, _mm_and_si128(upper, load(kShortConstants.case_bit)));
  out.rest = static_cast<uint32_t>(_mm_movemask_epi8(_mm_xor_si128(mask, upper)));
  out.upper = static_cast<uint32_t>(_mm_movemask_epi8(upper));
  const auto hash = [seeds](__m128i x) {  // HashBlock(0, low half, high half)
    x = _mm_xor_si128(x, seeds);
    return Mix(static_cast<uint64_t>(_mm_cvtsi128_si64(x)),
               static_cast<uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(x, x))));
  };
  out.exact = hash(v);
  out.folded = hash(folded);
#else
  unsigned char block[16] = {};
  std::memcpy(block, bytes, size);
  out.exact = HashBlock(0, LoadLittleEndian64(block), LoadLittleEndian64(block + 8));
  out.upper = 0;
  for (uint32_t i = 0; i < size; ++i) {
    const uint32_t bit = uint32_t{1} << i;
    if (IsAsciiUpper(block[i])) {
      out.upper |= bit;
      block[i] |= 0x20;
    }
  }
  out.rest = ((uint32_t{1} << size) - 1) ^ out.upper;
  out.folded = HashBlock(0, LoadLittleEndian64(block), LoadLittleEndian64(block + 8));
#endif
  return out;
}

[[gnu::always_inline]] inline void TokenSink::ShortAscii(const char* bytes, uint32_t begin,
                                                         uint32_t size, uint32_t gap_bits,
                                                         Token* cursor) {
  const uint32_t lead = static_cast<unsigned char>(bytes[0]);
  const ShortBytes b = ClassifyShort(bytes, size);
  // What is not upper case is lower case, in a word of letters only: others are mended. Adding
  // 0xFFFF carries into bit 16 where any of the 16 lower bits is set; from there to the TokenBit.
  static_assert(kUpperLater == 1U << 5 && kLower == 1U << 6);
  const uint32_t bits =
      (((b.upper + 0xFFFE) >> 11) & kUpperLater) | (((b.rest + 0xFFFF) >> 10) & kLower);
  cursor->begin = begin;
  cursor->end = begin + size;
  cursor->bits = (bits & kAsciiLeadMask[lead]) | kAsciiLeadBits[lead] | gap_bits;
  cursor->lead = lead;
  cursor->exact = b.exact;
  cursor->folded = b.folded;
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_TOKEN_BUILDER_H_
