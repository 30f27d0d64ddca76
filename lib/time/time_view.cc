#include "lib/time/time_view.h"

#include <cstdint>
#include <string_view>

#include "lib/text/unicode.h"

namespace nutgraf::internal {

const Digits TimeView::kNoDigits;

Digits ReadDigits(std::string_view token) {
  Digits d;
  uint32_t i = 0;
  double fraction = 0.1;
  uint32_t since_comma = 0;
  uint64_t value = 0;
  d.part_count = 1;
  for (; i < token.size(); ++i) {
    const char c = token[i];
    if (c >= '0' && c <= '9') {
      const auto digit = static_cast<uint32_t>(c - '0');
      if (d.part_count == 1) {
        if (++d.count > 9) return {};
        value = value * 10 + digit;
      } else if (d.part_count == 2) {
        d.real += fraction * digit;
        fraction /= 10;
      }
      uint32_t& digits = d.part_digits[d.part_count - 1];
      if (++digits > 9) return {};
      d.parts[d.part_count - 1] = d.parts[d.part_count - 1] * 10 + digit;
      ++since_comma;
      continue;
    }
    const bool digit_next = i + 1 < token.size() && token[i + 1] >= '0' && token[i + 1] <= '9';
    if (c == '.' && digit_next && d.part_count < 3) {
      ++d.part_count;
    } else if (c == ',' && digit_next && d.part_count == 1) {
      d.grouped = true;
      since_comma = 0;
    } else {
      break;
    }
  }
  if (d.count == 0 || (d.grouped && d.part_count == 1 && since_comma != 3)) return {};
  d.value = static_cast<uint32_t>(value);
  d.real += static_cast<double>(value);
  d.suffix = token.substr(i);
  return d;
}

}  // namespace nutgraf::internal
