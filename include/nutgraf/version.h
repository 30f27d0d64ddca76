#ifndef NUTGRAF_VERSION_H_
#define NUTGRAF_VERSION_H_

// The version of the library.
//
// Example:
//
//   std::cout << "nutgraf " << nutgraf::Version() << "\n";       // nutgraf 0.1.0
//   static_assert(nutgraf::kVersionMajor == 0 && nutgraf::kVersionMinor == 1);
//
// The constants say what the program was compiled against, Version() what it was linked with. They
// differ only when headers and library come from different installations.

#include <string_view>

namespace nutgraf {

inline constexpr int kVersionMajor = 0;
inline constexpr int kVersionMinor = 1;
inline constexpr int kVersionPatch = 0;

// The version of the linked library, "major.minor.patch". The view is valid for the whole run of
// the program. Safe to call from any thread at any time.
std::string_view Version();

}  // namespace nutgraf

#endif  // NUTGRAF_VERSION_H_
