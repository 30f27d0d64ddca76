#include "nutgraf/quantity.h"

#include <string_view>

namespace nutgraf {

std::string_view QuantityKindName(QuantityKind kind) {
  static constexpr std::string_view kNames[] = {"number",  "ordinal",     "fraction",
                                                "percent", "money",       "measure",
                                                "age",     "temperature", "multiple"};
  return kNames[static_cast<size_t>(kind)];
}

std::string_view QuantityBoundName(QuantityBound bound) {
  static constexpr std::string_view kNames[] = {"", "at_least", "at_most", "more_than",
                                                "less_than"};
  return kNames[static_cast<size_t>(bound)];
}

std::string_view OrdinalAnchorName(OrdinalAnchor anchor) {
  static constexpr std::string_view kNames[] = {"start", "end", "current"};
  return kNames[static_cast<size_t>(anchor)];
}

}  // namespace nutgraf
