// Candidates in the order of the text.

#ifndef NUTGRAF_LIB_ENTITY_TEXT_ORDER_H_
#define NUTGRAF_LIB_ENTITY_TEXT_ORDER_H_

#include <algorithm>

#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/mention.h"

namespace nutgraf::internal {

// Candidates of one matcher are in order; those of several are not, and come back as a sorted copy
// in `scratch`.
inline absl::Span<const MentionCandidate> InTextOrder(absl::Span<const MentionCandidate> names,
                                                      LayerRows<MentionCandidate>& scratch) {
  const auto before = [](const MentionCandidate& a, const MentionCandidate& b) {
    return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                            : a.tokens.end < b.tokens.end;
  };
  if (std::is_sorted(names.begin(), names.end(), before)) return names;
  scratch.assign(names.begin(), names.end());
  std::sort(scratch.begin(), scratch.end(), before);
  return scratch;
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_ENTITY_TEXT_ORDER_H_
