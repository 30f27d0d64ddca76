#include "nutgraf/version.h"

#include <string_view>

namespace nutgraf {
namespace {

constexpr std::string_view kVersion = "0.1.0";

// The constants of the header are compared with this by tests/version_test.cc.
#ifdef NUTGRAF_PROJECT_VERSION
static_assert(kVersion == NUTGRAF_PROJECT_VERSION, "lib/version.cc and CMakeLists.txt disagree");
#endif

}  // namespace

std::string_view Version() { return kVersion; }

}  // namespace nutgraf
