#include "lib/text/token_builder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "lib/text/short_bytes.h"
#include "lib/text/unicode.h"

namespace nutgraf::internal {

namespace {

constexpr uint32_t Kind(TokenKind kind) { return static_cast<uint32_t>(kind); }

constexpr uint32_t AsciiMark(unsigned char c) {
  switch (c) {
    case '_':
      return Kind(TokenKind::kWord);
    case '$':
      return Kind(TokenKind::kSymbol) | kCurrency;
    case '+':
    case '<':
    case '=':
    case '>':
    case '^':
    case '|':
    case '~':
      return Kind(TokenKind::kSymbol);
    case '`':
      return Kind(TokenKind::kSymbol) | kQuote | kOpen;
    case '.':
    case '!':
    case '?':
      return Kind(TokenKind::kPunctuation) | kTerminator;
    case '"':
    case '\'':
      return Kind(TokenKind::kPunctuation) | kQuote;
    case '(':
    case '[':
    case '{':
      return Kind(TokenKind::kPunctuation) | kOpen;
    case ')':
    case ']':
    case '}':
      return Kind(TokenKind::kPunctuation) | kClose;
    case '-':
      return Kind(TokenKind::kPunctuation) | kDash;
    default:
      return Kind(TokenKind::kPunctuation);
  }
}

constexpr uint32_t LeadBitsOfAscii(unsigned char c) {
  if (IsAsciiUpper(c)) return Kind(TokenKind::kWord) | kUpperFirst;
  if (IsAsciiLower(c)) return Kind(TokenKind::kWord);
  if (IsAsciiDigit(c)) return Kind(TokenKind::kNumber) | kDigit;
  return AsciiMark(c) | kInnerMark;
}

uint32_t LeadBits(uint32_t code_point) {
  if (code_point < 128) return kAsciiLead[code_point].bits;
  const CharInfo info = InfoOf(code_point);
  uint32_t bits = 0;
  switch (info.char_class()) {
    case CharClass::kLetter:
    case CharClass::kHebrewLetter:
    case CharClass::kExtendNumLet:
    case CharClass::kDictionary:
      bits = Kind(TokenKind::kWord);
      break;
    case CharClass::kNumber:
      bits = Kind(TokenKind::kNumber);
      break;
    default:
      bits = Kind(info.Has(kCharPunctuation) ? TokenKind::kPunctuation : TokenKind::kSymbol);
  }
  if (info.Has(kCharUpper)) bits |= kUpperFirst;
  if (info.Has(kCharCurrency)) bits |= kCurrency;
  if (info.Has(kCharOpen)) bits |= kOpen;
  if (info.Has(kCharClose)) bits |= kClose;
  if (info.Has(kCharDash)) bits |= kDash;
  if (info.Has(kCharTerminator)) bits |= kTerminator;
  if (info.Has(kCharQuote)) bits |= kQuote;
  return bits;
}

}  // namespace

constinit const std::array<AsciiLead, 128> kAsciiLead = [] {
  std::array<AsciiLead, 128> lead{};
  for (unsigned char c = 0; c < 128; ++c)
    lead[c] = {LeadBitsOfAscii(c), IsAsciiLetter(c) ? ~uint32_t{0} : 0};
  return lead;
}();

// Not a TokenBit: the token holds a period.
constexpr uint32_t kHoldsPeriod = uint32_t{1} << 31;

// Bits that a character gives a token where it is not the first.
constinit const std::array<uint32_t, 128> kAsciiLaterBits = [] {
  std::array<uint32_t, 128> bits{};
  for (unsigned char c = 0; c < 128; ++c) {
    bits[c] = IsAsciiLower(c)   ? uint32_t{kLower}
              : IsAsciiUpper(c) ? uint32_t{kUpperLater}
              : IsAsciiDigit(c) ? uint32_t{kDigit}
              : c == '.'        ? kInnerMark | kHoldsPeriod
                                : uint32_t{kInnerMark};
  }
  return bits;
}();

constinit const ShortConstants kShortConstants = [] {
  ShortConstants c{};
  for (int i = 0; i < 16; ++i) {
    c.mask[i] = 0xFF;
    c.upper[i] = static_cast<signed char>(-128 - 'A' + 256);
    c.letters[i] = -128 + 26;
    c.case_bit[i] = 0x20;
  }
  c.seeds[0] = kHashSeed0;
  c.seeds[1] = kHashSeed1;
  return c;
}();

bool IsWordCharAt(std::string_view text, uint32_t i) {
  if (i >= text.size()) return false;
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte < 0x80) return IsAsciiAlnum(byte) || byte == '_';
  const CharClass c = InfoOf(DecodeUtf8(text, i).code_point).char_class();
  return c == CharClass::kLetter || c == CharClass::kHebrewLetter || c == CharClass::kNumber ||
         c == CharClass::kExtendNumLet || c == CharClass::kDictionary;
}

namespace {

// The same for a short ASCII token with a letter in it: "U.S." folds to "us".
uint64_t FoldedHashOfAscii(std::string_view bytes) {
  unsigned char block[16] = {};
  size_t size = 0;
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    block[size] = static_cast<unsigned char>(IsAsciiUpper(c) ? c | 0x20U : c);
    size += c != '.' ? 1 : 0;
  }
  for (size_t i = size; i < sizeof(block); ++i) block[i] = 0;  // a period that came last
  return HashBlock(0, LoadLittleEndian64(block), LoadLittleEndian64(block + 8));
}

}  // namespace

uint64_t FoldedHash(std::string_view bytes, bool drop_periods, bool* ignorable) {
  ByteHasher hasher;
  char buffer[4];
  for (size_t i = 0; i < bytes.size();) {
    const DecodedChar c = DecodeUtf8(bytes, i);
    i += c.size;
    if (c.code_point == '.' && drop_periods) continue;
    const std::string_view folded = FoldedUtf8(c.code_point, buffer);
    if (folded.empty()) {
      const CharClass char_class = InfoOf(c.code_point).char_class();
      *ignorable = *ignorable || char_class == CharClass::kFormat || char_class == CharClass::kZwj;
    }
    hasher.Add(folded);
  }
  return hasher.Finish();
}

uint32_t GapBits(std::string_view text, uint32_t previous_end, uint32_t begin, bool first) {
  if (first) return kAfterNewline | kAfterBlank;
  if (begin == previous_end) return kGlued;
  uint32_t lines = 0;
  for (uint32_t i = previous_end; i < begin; ++i) {
    const char c = text[i];
    if (c == '\n' || (c == '\r' && !(i + 1 < begin && text[i + 1] == '\n'))) ++lines;
    // U+2028 line separator counts as one line end, U+2029 paragraph separator as a blank line.
    if (c == '\xE2' && i + 2 < begin && text[i + 1] == '\x80') {
      if (text[i + 2] == '\xA8') ++lines;
      if (text[i + 2] == '\xA9') lines += 2;
    }
    if (lines > 1) break;
  }
  return lines == 0 ? 0 : lines == 1 ? kAfterNewline : kAfterNewline | kAfterBlank;
}

uint32_t CompoundBit(std::string_view text, const Token& left, const Token& hyphen) {
  const bool is_hyphen =
      (hyphen.lead == '-' && hyphen.size() == 1) || hyphen.lead == 0x2010 || hyphen.lead == 0x2011;
  const bool after_word = left.kind() == TokenKind::kWord || left.kind() == TokenKind::kNumber;
  return is_hyphen && after_word && IsWordCharAt(text, hyphen.end) ? uint32_t{kCompound} : 0;
}

void TokenSink::Mend(size_t i, uint32_t extra) {
  Token& token = rows_[i];
  uint32_t bits = kAsciiLead[token.lead].bits | extra;
  for (uint32_t k = token.begin + 1; k < token.end; ++k) {
    bits |= kAsciiLaterBits[static_cast<unsigned char>(text_[k])];
  }
  if (IsAsciiLower(static_cast<unsigned char>(token.lead))) bits |= kLower;
  const bool leading_period = token.lead == '.' && (bits & kDigit) != 0;
  if (((bits & kHoldsPeriod) != 0 || leading_period) &&
      (bits & (kUpperFirst | kUpperLater | kLower)) != 0) {
    bool ignorable = false;
    const std::string_view bytes = Slice(text_, token.span());
    // (A token of 16 bytes might write a period past the block.)
    token.folded =
        bytes.size() < 16 ? FoldedHashOfAscii(bytes) : FoldedHash(bytes, true, &ignorable);
  }
  bits &= ~kHoldsPeriod;
  if (leading_period) bits = LeadingPeriodBits(bits);
  if ((extra & kClitic) != 0) bits = CliticBits(bits);
  token.bits = bits;
  MendGap(i);
  if ((token.bits & (kDash | kGlued)) == (kDash | kGlued)) {
    token.bits |= CompoundBit(text_, rows_[i - 1], token);
  }
}

void TokenSink::MendGap(size_t i) {
  Token& token = rows_[i];
  const uint32_t previous = i == 0 ? 0 : rows_[i - 1].end;
  if (i > 0 && token.begin == previous) {
    token.bits |= kGlued;
  } else if (i == 0 || token.begin - previous != 1 || text_[previous] != ' ') {
    token.bits |= GapBits(text_, previous, token.begin, i == 0);
  }
}

void TokenSink::Grow(size_t more) {
  // Room for all tokens of a usual text at once: about one in five bytes.
  rows_.resize(std::max(
      {count_ + more, rows_.size() + rows_.size() / 2, text_.size() / 5 + 256, rows_.capacity()}));
}

void TokenSink::AppendAscii(uint32_t begin, uint32_t end, uint32_t extra) {
  Append(begin, end,
         static_cast<TokenKind>(kAsciiLead[static_cast<unsigned char>(text_[begin])].bits & 15U),
         extra);
}

void TokenSink::Append(uint32_t begin, uint32_t end, TokenKind kind, uint32_t extra) {
  Reserve(1);
  Write(count_, begin, end, kind, extra);
  ++count_;
}

void TokenSink::RewriteAscii(size_t i, uint32_t begin, uint32_t end) {
  Write(i, begin, end,
        static_cast<TokenKind>(kAsciiLead[static_cast<unsigned char>(text_[begin])].bits & 15U), 0);
}

void TokenSink::Write(size_t index, uint32_t begin, uint32_t end, TokenKind kind, uint32_t extra) {
  const std::string_view bytes(text_.data() + begin, end - begin);
  Token& token = rows_[index];
  token.begin = begin;
  token.end = end;
  const DecodedChar lead = DecodeUtf8(bytes, 0);
  token.lead = lead.code_point;
  uint32_t bits = (LeadBits(lead.code_point) & ~15U) | Kind(kind) | extra;
  bool letter = InfoOf(lead.code_point).Has(kCharUpper | kCharLower);
  for (size_t i = 0; i < bytes.size();) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    const bool later = i > 0;
    if (byte < 0x80) {
      ++i;
      if (IsAsciiUpper(byte)) {
        letter = true;
        if (later) bits |= kUpperLater;
      } else if (IsAsciiLower(byte)) {
        letter = true;
        bits |= kLower;
      } else if (IsAsciiDigit(byte)) {
        bits |= kDigit;
      } else {
        bits |= kInnerMark;
      }
      continue;
    }
    const DecodedChar c = DecodeUtf8(bytes, i);
    i += c.size;
    bits |= kNonAscii | kInnerMark;
    const CharInfo info = InfoOf(c.code_point);
    if (info.Has(kCharUpper) && later) bits |= kUpperLater;
    if (info.Has(kCharLower)) bits |= kLower;
    if (info.char_class() == CharClass::kNumber) bits |= kDigit;
    letter = letter || info.Has(kCharUpper | kCharLower);
  }
  token.exact = HashBytes(bytes);
  bool ignorable = false;
  token.folded = FoldedHash(bytes, letter, &ignorable);
  if (ignorable) bits |= kIgnorable;
  if (token.lead == '.' && (bits & kDigit) != 0) bits = LeadingPeriodBits(bits);
  if ((extra & kClitic) != 0) bits = CliticBits(bits);
  token.bits = bits;
  MendGap(index);
  if ((token.bits & (kDash | kGlued)) == (kDash | kGlued)) {
    token.bits |= CompoundBit(text_, rows_[index - 1], token);
  }
}

}  // namespace nutgraf::internal
