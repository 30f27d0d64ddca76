// Text that a terminal may be given: what a document holds must not command it.
//
//   std::string out;
//   uint32_t columns = AppendPrintable("red \x1B[31m", out);      // "red ␛[31m", 9 columns
//
// Control characters become their pictures (␛), characters that turn the reading direction become
// [U+202E], ill-formed UTF-8 becomes U+FFFD, invisible characters are dropped, and so are combining
// marks past the eighth in a row.

#ifndef NUTGRAF_LIB_OUTPUT_PRINTABLE_H_
#define NUTGRAF_LIB_OUTPUT_PRINTABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nutgraf::internal {

enum class WhiteSpace : uint8_t {
  kCollapse,  // each run of white space, line breaks too, becomes one space; none at the begin
  kKeep,      // line feeds, tabs and spaces stay; carriage returns are dropped before line feeds
};

inline constexpr uint32_t kNoLimit = 0xFFFFFFFFU;

// Appends as much of `text` as fits into `columns` and returns the columns used. Stops at character
// bounds; where not all fits, *rest is the byte at which it stopped, otherwise text.size().
uint32_t AppendPrintable(std::string_view text, std::string& out,
                         WhiteSpace white_space = WhiteSpace::kCollapse,
                         uint32_t columns = kNoLimit, size_t* rest = nullptr);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_OUTPUT_PRINTABLE_H_
