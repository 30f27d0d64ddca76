// Offsets in other units: from bytes, which this library counts in, to code points or UTF-16 units,
// and back.
//
//   nutgraf::OffsetMap map(document.text(), nutgraf::OffsetUnit::kUtf16);  // JavaScript, Java, ICU
//   uint32_t begin = map.Convert(mention.span.begin);
//   uint32_t byte = map.ToBytes(begin);  // == mention.span.begin
//
// Python counts code points. Ill-formed UTF-8 counts as what it is decoded to: one code point, and
// one UTF-16 unit, for each maximal ill-formed part (Unicode, section 3.9), as Python's
// `decode(errors="replace")` and browsers have it.
//
// Cost: a linear pass to set up (none for bytes), then constant time a conversion. Threads: const
// functions are safe from any thread. Lifetime: the map reads from the text and must not outlive
// it.

#ifndef NUTGRAF_OFFSETS_H_
#define NUTGRAF_OFFSETS_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace nutgraf {

/// What an offset counts.
enum class OffsetUnit : uint8_t { kBytes, kCodePoints, kUtf16 };

/// See the top of the file.
class OffsetMap {
 public:
  /// The map of the empty text.
  OffsetMap() = default;
  /// Same as Reset() on an empty map.
  OffsetMap(std::string_view text, OffsetUnit unit) { Reset(text, unit); }

  /// Sets the map up for `text`, whose bytes must stay where they are. Keeps its memory: does not
  /// allocate for texts that are not longer than an earlier one. Requires text.size() < 2^32 - 128.
  void Reset(std::string_view text, OffsetUnit unit);

  /// The offset in units of the byte at `byte_offset`; that of the character's begin where this is
  /// inside a character; size() where it is past the end.
  uint32_t Convert(uint32_t byte_offset) const {
    if (!identity_) return Count(byte_offset);
    return byte_offset < size_ ? byte_offset : size_;
  }

  /// The byte at which the character begins that holds the unit `offset`; the text's size in bytes
  /// where this is past the end. ToBytes(Convert(b)) == b for every b at which a character begins.
  uint32_t ToBytes(uint32_t offset) const {
    if (!identity_) return Find(offset);
    return offset < size_ ? offset : size_;
  }

  /// The length of the text in units.
  uint32_t size() const { return size_; }

  /// What Convert() returns.
  OffsetUnit unit() const { return unit_; }

 private:
  uint32_t Count(uint32_t byte_offset) const;
  uint32_t Find(uint32_t offset) const;

  std::string_view text_;
  OffsetUnit unit_ = OffsetUnit::kBytes;
  bool identity_ = true;  // each byte is a unit
  uint32_t size_ = 0;
  std::vector<uint32_t> blocks_;  // units in the characters that end at or before byte 64 * i
};

}  // namespace nutgraf

#endif  // NUTGRAF_OFFSETS_H_
