// Lines and fields of tables.

#ifndef NUTGRAF_LIB_TEXT_LINES_H_
#define NUTGRAF_LIB_TEXT_LINES_H_

#include <string_view>
#include <vector>

namespace nutgraf::internal {

inline std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// Takes the next line off `text`, without its end (LF or CRLF).
inline std::string_view TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

inline void SkipByteOrderMark(std::string_view& text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_LINES_H_
