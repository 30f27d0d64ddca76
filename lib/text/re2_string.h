// From std::string_view to what RE2 takes: a StringPiece of its own in Debian 12's,
// absl::string_view in newer ones.

#ifndef NUTGRAF_LIB_TEXT_RE2_STRING_H_
#define NUTGRAF_LIB_TEXT_RE2_STRING_H_

#include <re2/re2.h>

#include <string_view>
#include <type_traits>

namespace nutgraf::internal {

template <class Text>
std::remove_cvref_t<Text> TextOf(bool (*)(Text, const re2::RE2&, const re2::RE2::Arg* const[],
                                          int));

// Whichever it is, by asking a function that takes one.
using Re2StringView = decltype(TextOf(&re2::RE2::FullMatchN));

inline Re2StringView Re2(std::string_view s) { return Re2StringView(s.data(), s.size()); }

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_RE2_STRING_H_
