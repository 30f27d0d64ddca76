// The names that tables and rules propose, for grammars that must not read times and quantities in
// them.

#ifndef NUTGRAF_LIB_ENTITY_KNOWN_NAMES_H_
#define NUTGRAF_LIB_ENTITY_KNOWN_NAMES_H_

#include <algorithm>
#include <iterator>

#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/mention.h"

namespace nutgraf::internal {

// In the order of the text: the candidates themselves where they are, else a sorted copy in
// `scratch`. Without those of a recogniser: what it makes of "the Tuesday Group" or "Area 51" is a
// guess, and costs more times and quantities than it saves false ones.
inline absl::Span<const MentionCandidate> KnownNames(absl::Span<const MentionCandidate> names,
                                                     LayerRows<MentionCandidate>& scratch) {
  const auto before = [](const MentionCandidate& a, const MentionCandidate& b) {
    return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                            : a.tokens.end < b.tokens.end;
  };
  const auto guessed = [](const MentionCandidate& name) { return (name.flags & kRecognized) != 0; };
  if (std::none_of(names.begin(), names.end(), guessed) &&
      std::is_sorted(names.begin(), names.end(), before)) {
    return names;
  }
  scratch.clear();
  std::remove_copy_if(names.begin(), names.end(), std::back_inserter(scratch), guessed);
  std::sort(scratch.begin(), scratch.end(), before);
  return scratch;
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_ENTITY_KNOWN_NAMES_H_
