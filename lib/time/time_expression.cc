#include "nutgraf/time_expression.h"

#include <string_view>

namespace nutgraf {

std::string_view TimeKindName(TimeKind kind) {
  switch (kind) {
    case TimeKind::kDate:
      return "date";
    case TimeKind::kTime:
      return "time";
    case TimeKind::kDuration:
      return "duration";
    case TimeKind::kSet:
      return "set";
  }
  return "";
}

std::string_view TimeModifierName(TimeModifier modifier) {
  switch (modifier) {
    case TimeModifier::kNone:
      return "";
    case TimeModifier::kApproximate:
      return "APPROX";
    case TimeModifier::kStart:
      return "START";
    case TimeModifier::kMiddle:
      return "MID";
    case TimeModifier::kEnd:
      return "END";
    case TimeModifier::kBefore:
      return "BEFORE";
    case TimeModifier::kAfter:
      return "AFTER";
    case TimeModifier::kOnOrBefore:
      return "ON_OR_BEFORE";
    case TimeModifier::kOnOrAfter:
      return "ON_OR_AFTER";
    case TimeModifier::kLessThan:
      return "LESS_THAN";
    case TimeModifier::kMoreThan:
      return "MORE_THAN";
    case TimeModifier::kAtMost:
      return "EQUAL_OR_LESS";
    case TimeModifier::kAtLeast:
      return "EQUAL_OR_MORE";
  }
  return "";
}

}  // namespace nutgraf
