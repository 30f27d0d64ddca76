// Byte ranges: how every annotation says where it was read.
//
//   nutgraf::ByteSpan span{11, 15};
//   std::string_view surface = nutgraf::Slice(document.text(), span);   // text.substr(11, 4)
//
// Offsets are 32-bit, half-open and count bytes of the original text; nutgraf/offsets.h converts
// them to code points and UTF-16 units. Everything here is a plain value, safe to use from any
// thread.

#ifndef NUTGRAF_SPAN_H_
#define NUTGRAF_SPAN_H_

#include <cstdint>
#include <string_view>

namespace nutgraf {

/// A half-open range of bytes [begin, end) in the original text of a document.
struct ByteSpan {
  uint32_t begin;
  uint32_t end;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  /// True where the two ranges share at least one byte.
  bool Overlaps(ByteSpan other) const { return begin < other.end && other.begin < end; }
  /// True where `other` lies inside this range (or is equal to it).
  bool Contains(ByteSpan other) const { return begin <= other.begin && other.end <= end; }
  friend bool operator==(ByteSpan, ByteSpan) = default;
};

/// A half-open range of indices [begin, end) into a document's Token layer.
struct TokenRange {
  uint32_t begin;
  uint32_t end;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  friend bool operator==(TokenRange, TokenRange) = default;
};

/// The bytes of `span` in `text`. Requires span.begin <= span.end <= text.size(). The result
/// borrows from `text`.
inline std::string_view Slice(std::string_view text, ByteSpan span) {
  return std::string_view(text.data() + span.begin, span.size());
}

}  // namespace nutgraf

#endif  // NUTGRAF_SPAN_H_
