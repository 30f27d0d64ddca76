#include "nutgraf/mention.h"

#include <string_view>

namespace nutgraf {

namespace {
constexpr std::string_view kNames[] = {"OTHER", "PERSON", "ORGANIZATION", "LOCATION", "FACILITY",
                                       "NORP",  "EVENT",  "PRODUCT",      "WORK"};
}  // namespace

std::string_view EntityTypeName(EntityType type) { return kNames[static_cast<size_t>(type)]; }

EntityType EntityTypeFromName(std::string_view name) {
  for (size_t i = 1; i < sizeof(kNames) / sizeof(kNames[0]); ++i) {
    if (kNames[i] == name) return static_cast<EntityType>(i);
  }
  return EntityType::kOther;
}

}  // namespace nutgraf
