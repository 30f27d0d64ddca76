#include "nutgraf/offsets.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "lib/text/unicode.h"

namespace nutgraf {

namespace {

using internal::DecodedChar;
using internal::DecodeUtf8;

constexpr size_t kBlock = 64;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Requires i + 8 <= text.size().
bool EightAscii(std::string_view text, size_t i) {
  uint64_t word;
  std::memcpy(&word, text.data() + i, sizeof(word));
  return (word & 0x8080808080808080U) == 0;
}

// The begin of the character that holds byte p. A byte that is no continuation always begins one,
// and none is longer than four bytes, so the three bytes before p tell.
size_t CharBegin(std::string_view text, size_t p) {
  if (p >= text.size() || !IsContinuation(text[p])) return std::min(p, text.size());
  for (size_t k = 1; k <= 3 && k <= p; ++k) {
    if (IsContinuation(text[p - k])) continue;
    return DecodeUtf8(text, p - k).size > k ? p - k : p;
  }
  return p;
}

uint32_t Units(DecodedChar c, OffsetUnit unit) {
  const bool surrogates = c.code_point >= 0x10000 && c.code_point != internal::kIllFormed;
  return unit == OffsetUnit::kUtf16 && surrogates ? 2 : 1;
}

}  // namespace

void OffsetMap::Reset(std::string_view text, OffsetUnit unit) {
  text_ = text;
  unit_ = unit;
  identity_ = true;
  size_ = static_cast<uint32_t>(text.size());
  blocks_.clear();
  if (unit == OffsetUnit::kBytes) return;
  blocks_.reserve(text.size() / kBlock + 1);
  size_t i = 0;
  uint32_t count = 0;
  // Up to, not including, the character that reaches past `end`.
  const auto advance = [&](size_t end) {
    while (i < end) {
      if (i + 8 <= end && EightAscii(text, i)) {
        i += 8;
        count += 8;
        continue;
      }
      const DecodedChar c = DecodeUtf8(text, i);
      if (i + c.size > end) return;
      i += c.size;
      count += Units(c, unit);
    }
  };
  for (size_t block = 0; block <= text.size() / kBlock; ++block) {
    advance(block * kBlock);
    blocks_.push_back(count);
  }
  advance(text.size());
  size_ = count;
  identity_ = count == text.size();
}

uint32_t OffsetMap::Count(uint32_t byte_offset) const {
  const size_t p = byte_offset;
  if (p >= text_.size()) return size_;
  const size_t block = p / kBlock;
  uint32_t count = blocks_[block];
  size_t i = CharBegin(text_, block * kBlock);
  if (i == block * kBlock && block + 1 < blocks_.size() && blocks_[block + 1] - count == kBlock) {
    return count + static_cast<uint32_t>(p - i);  // as many units as bytes: each byte is one
  }
  while (i < p) {
    if (i + 8 <= p && EightAscii(text_, i)) {
      i += 8;
      count += 8;
      continue;
    }
    const DecodedChar c = DecodeUtf8(text_, i);
    if (i + c.size > p) break;
    i += c.size;
    count += Units(c, unit_);
  }
  return count;
}

uint32_t OffsetMap::Find(uint32_t offset) const {
  if (offset >= size_) return static_cast<uint32_t>(text_.size());
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), offset);
  const size_t block = static_cast<size_t>(after - blocks_.begin()) - 1;
  uint32_t count = blocks_[block];
  size_t i = CharBegin(text_, block * kBlock);
  while (count < offset) {
    if (offset - count >= 8 && i + 8 <= text_.size() && EightAscii(text_, i)) {
      i += 8;
      count += 8;
      continue;
    }
    const DecodedChar c = DecodeUtf8(text_, i);
    count += Units(c, unit_);
    if (count > offset) break;  // the second half of a surrogate pair
    i += c.size;
  }
  return static_cast<uint32_t>(i);
}

}  // namespace nutgraf
