#include "nutgraf/version.h"

#include <gtest/gtest.h>

#include <string>

namespace nutgraf {
namespace {

TEST(VersionTest, LibraryAndHeaderAgree) {
  EXPECT_EQ(Version(), std::to_string(kVersionMajor) + "." + std::to_string(kVersionMinor) + "." +
                           std::to_string(kVersionPatch));
}

}  // namespace
}  // namespace nutgraf
