#include "lib/output/printable.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "lib/text/unicode.h"

namespace nutgraf::internal {

namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

template <size_t n>
bool In(const Range (&ranges)[n], uint32_t code_point) {
  return std::any_of(std::begin(ranges), std::end(ranges), [code_point](Range range) {
    return range.first <= code_point && code_point <= range.last;
  });
}

// Turn the reading direction, or break lines: shown by number.
constexpr Range kCommands[] = {{0x80, 0x84},     {0x86, 0x9F},     {0x061C, 0x061C},
                               {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x206F},
                               {0xFFF9, 0xFFFB}};
// Nothing to see: soft hyphen, zero width space, word joiner and its kin, byte order mark, tags.
constexpr Range kInvisible[] = {
    {0xAD, 0xAD}, {0x200B, 0x200B}, {0x2060, 0x2064}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F}};
// Two columns: East Asian Width W and F, in large strokes.
constexpr Range kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},
                           {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                           {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                           {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}};
constexpr Range kSpaces[] = {{0x09, 0x0D},     {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},
                             {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                             {0x205F, 0x205F}, {0x3000, 0x3000}};

constexpr uint32_t kMostMarks = 8;

// The character as it is shown, in `buffer` (room for 16 bytes); sets its size and columns.
void Show(uint32_t code_point, char* buffer, uint32_t& size, uint32_t& columns) {
  columns = 1;
  if (code_point == kIllFormed) {
    size = EncodeUtf8(0xFFFD, buffer);
  } else if (code_point < 0x20) {
    size = EncodeUtf8(0x2400 + code_point, buffer);
  } else if (code_point == 0x7F) {
    size = EncodeUtf8(0x2421, buffer);
  } else if (In(kCommands, code_point)) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    constexpr std::string_view kBegin = "[U+";
    size = static_cast<uint32_t>(kBegin.copy(buffer, kBegin.size()));
    for (int shift = 12; shift >= 0; shift -= 4) buffer[size++] = kHex[(code_point >> shift) & 15U];
    buffer[size++] = ']';
    columns = size;
  } else if (In(kInvisible, code_point)) {
    size = columns = 0;
  } else {
    size = EncodeUtf8(code_point, buffer);
    const CharClass char_class = InfoOf(code_point).char_class();
    if (code_point >= 0x300 &&
        (char_class == CharClass::kExtend || char_class == CharClass::kZwj)) {
      columns = 0;
    } else if (In(kWide, code_point)) {
      columns = 2;
    }
  }
}

}  // namespace

uint32_t AppendPrintable(std::string_view text, std::string& out, WhiteSpace white_space,
                         uint32_t columns, size_t* rest) {
  uint32_t used = 0;
  uint32_t marks = 0;
  bool space_due = false;
  size_t i = 0;
  for (; i < text.size();) {
    const DecodedChar c = DecodeUtf8(text, i);
    if (In(kSpaces, c.code_point)) {
      if (white_space == WhiteSpace::kCollapse) {
        space_due = used > 0;
      } else if (c.code_point == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
        // The line feed follows.
      } else {
        const bool breaks = c.code_point == '\n' || c.code_point == '\r' ||
                            (c.code_point >= 0x2028 && c.code_point <= 0x2029);
        if (used + 1 > columns) break;
        out += breaks ? '\n' : c.code_point == '\t' ? '\t' : ' ';
        ++used;
      }
      marks = 0;
      i += c.size;
      continue;
    }
    char buffer[16];
    uint32_t size = 0;
    uint32_t width = 0;
    Show(c.code_point, buffer, size, width);
    const uint32_t space = space_due ? 1 : 0;
    if (width + space > columns - used) break;
    marks = width == 0 ? marks + 1 : 0;
    if (marks <= kMostMarks) {
      if (space_due) out += ' ';
      out.append(buffer, size);
      used += space + width;
      space_due = false;
    }
    i += c.size;
  }
  if (rest != nullptr) *rest = i;
  return used;
}

}  // namespace nutgraf::internal
