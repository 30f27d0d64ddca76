// Between std::string_view, which the API speaks, and the string views of the libraries underneath:
// Debian 12's Abseil and RE2 have types of their own that do not convert; newer ones use
// std::string_view. The one place that knows.

#ifndef NUTGRAF_LIB_TEXT_STRING_VIEW_H_
#define NUTGRAF_LIB_TEXT_STRING_VIEW_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace nutgraf::internal {

inline absl::string_view Absl(std::string_view s) { return absl::string_view(s.data(), s.size()); }
inline std::string_view Std(absl::string_view s) { return std::string_view(s.data(), s.size()); }

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_STRING_VIEW_H_
