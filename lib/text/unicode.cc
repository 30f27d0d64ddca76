#include "lib/text/unicode.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nutgraf::internal {

namespace {
#include "lib/text/unicode_tables.inc"

constexpr uint32_t kBlock = 128;
constexpr uint32_t kCodePoints = 0x110000;

unsigned char Byte(std::string_view text, size_t i) { return static_cast<unsigned char>(text[i]); }
}  // namespace

DecodedChar DecodeUtf8(std::string_view text, size_t i) {
  const uint32_t b0 = Byte(text, i);
  if (b0 < 0x80) return {b0, 1};
  // Range of the second byte, by the first: Unicode 15, table 3-7.
  uint32_t low = 0x80;
  uint32_t high = 0xBF;
  uint32_t continuations = 0;
  uint32_t code_point = 0;
  if (b0 >= 0xC2 && b0 <= 0xDF) {
    continuations = 1;
    code_point = b0 & 0x1FU;
  } else if (b0 >= 0xE0 && b0 <= 0xEF) {
    continuations = 2;
    code_point = b0 & 0x0FU;
    if (b0 == 0xE0) low = 0xA0;
    if (b0 == 0xED) high = 0x9F;
  } else if (b0 >= 0xF0 && b0 <= 0xF4) {
    continuations = 3;
    code_point = b0 & 0x07U;
    if (b0 == 0xF0) low = 0x90;
    if (b0 == 0xF4) high = 0x8F;
  } else {
    return {kIllFormed, 1};
  }
  for (uint32_t k = 1; k <= continuations; ++k) {
    if (i + k >= text.size()) return {kIllFormed, k};
    const uint32_t b = Byte(text, i + k);
    if (b < low || b > high) return {kIllFormed, k};
    code_point = (code_point << 6) | (b & 0x3FU);
    low = 0x80;
    high = 0xBF;
  }
  return {code_point, continuations + 1};
}

CharInfo InfoOf(uint32_t code_point) {
  if (code_point >= kCodePoints) return CharInfo(static_cast<uint16_t>(CharClass::kSeparator));
  return CharInfo(kCharValue[kCharBlock[code_point / kBlock] * kBlock + code_point % kBlock]);
}

uint32_t EncodeUtf8(uint32_t code_point, char* out) {
  const auto put = [out](int i, uint32_t value) {
    out[i] = static_cast<char>(static_cast<unsigned char>(value));
  };
  if (code_point < 0x80) {
    put(0, code_point);
    return 1;
  }
  if (code_point < 0x800) {
    put(0, 0xC0 | (code_point >> 6));
    put(1, 0x80 | (code_point & 0x3F));
    return 2;
  }
  if (code_point < 0x10000) {
    put(0, 0xE0 | (code_point >> 12));
    put(1, 0x80 | ((code_point >> 6) & 0x3F));
    put(2, 0x80 | (code_point & 0x3F));
    return 3;
  }
  put(0, 0xF0 | (code_point >> 18));
  put(1, 0x80 | ((code_point >> 12) & 0x3F));
  put(2, 0x80 | ((code_point >> 6) & 0x3F));
  put(3, 0x80 | (code_point & 0x3F));
  return 4;
}

std::string_view FoldedUtf8(uint32_t code_point, char* buffer) {
  if (code_point < 0x80) {
    const bool upper = code_point >= 'A' && code_point <= 'Z';
    buffer[0] = static_cast<char>(upper ? code_point + 32 : code_point);
    return std::string_view(buffer, 1);
  }
  if (code_point < kCodePoints) {
    const uint16_t index =
        kFoldValue[kFoldBlock[code_point / kBlock] * kBlock + code_point % kBlock];
    if (index != 0) {
      const FoldEntry entry = kFoldEntry[index];
      // The heap holds bytes; char may alias them.
      return std::string_view(reinterpret_cast<const char*>(kFoldHeap) + entry.offset, entry.size);
    }
  }
  return std::string_view(buffer, EncodeUtf8(code_point, buffer));
}

std::string_view UnicodeVersion() { return kUnicodeVersion; }

}  // namespace nutgraf::internal
