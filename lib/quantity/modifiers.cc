#include "lib/quantity/modifiers.h"

#include <cstdint>

#include "lib/quantity/lexicon.h"

namespace nutgraf::internal {

void ModifierReader::Apply(QuantityModifier modifier, Quantity& q) {
  switch (modifier) {
    case QuantityModifier::kNone:
      break;
    case QuantityModifier::kAtLeast:
      q.bound = QuantityBound::kAtLeast;
      break;
    case QuantityModifier::kAtMost:
      q.bound = QuantityBound::kAtMost;
      break;
    case QuantityModifier::kMoreThan:
      q.bound = QuantityBound::kMoreThan;
      break;
    case QuantityModifier::kLessThan:
      q.bound = QuantityBound::kLessThan;
      break;
    case QuantityModifier::kApproximate:
      q.approximation = Approximation::kApproximate;
      break;
    case QuantityModifier::kSlightlyBelow:
      q.approximation = Approximation::kSlightlyBelow;
      break;
    case QuantityModifier::kSlightlyAbove:
      q.approximation = Approximation::kSlightlyAbove;
      break;
    case QuantityModifier::kOnly:
      q.only = true;
      break;
  }
}

uint32_t ModifierReader::Read(uint32_t begin, uint32_t end, uint32_t limit, Quantity& q) const {
  uint32_t start = begin;
  // "more than the 500", "as many as 100": at most two phrases ("only about 50").
  for (int k = 0; k < 2 && start > limit; ++k) {
    uint32_t at = start;
    if (k == 0 && (view_.Is(at - 1, W().the) || view_.Is(at - 1, W().a)) && at - 1 > limit &&
        view_.FindBefore(at - 1, kWordModifier, limit)) {
      --at;
    }
    const auto found = view_.FindBefore(at, kWordModifier, limit);
    if (!found) break;
    // A second bound is another number's: "more than 70 and less than ..."
    if (k > 0 && q.bound != QuantityBound::kNone &&
        (found.entry->modifier <= QuantityModifier::kLessThan)) {
      break;
    }
    Apply(found.entry->modifier, q);
    start = found.end;
  }
  if (start < begin) q.modifier = {view_.token(start).begin, view_.token(begin - 1).end};
  const uint32_t after_hyphen = view_.IsHyphen(end) ? end + 1 : end;
  if (const auto after = view_.Find(after_hyphen, kWordPostModifier)) {
    // "or more than" belongs to what comes next; so does what a number follows, but for the unit's
    // own sign ("5+").
    const ByteSpan span = view_.SpanOf(end, after.end);
    if (!view_.IsNumberToken(after.end) && !view_.Is(after.end, W().than)) {
      const bool bound = after.entry->modifier <= QuantityModifier::kLessThan;
      if (!bound || q.bound == QuantityBound::kNone) {
        Apply(after.entry->modifier, q);
        if (q.modifier.empty()) q.modifier = span;
      }
    }
  }
  return start;
}

void ModifierReader::ReadAfterCounted(uint32_t at, Quantity& q) const {
  const auto found = view_.Find(at, kWordPostModifier);
  if (!found || view_.IsNumberToken(found.end) || view_.Is(found.end, W().than)) return;
  Apply(found.entry->modifier, q);
  q.modifier = view_.SpanOf(at, found.end);
}

uint32_t ModifierReader::OppositeBound(uint32_t at, QuantityBound bound) const {
  const Words& w = W();
  if (view_.IsMark(at, ',')) ++at;
  if (view_.Is(at, w.and_) || view_.Is(at, w.but)) ++at;
  const auto found = view_.Find(at, kWordModifier);
  if (!found) return 0;
  const QuantityModifier m = found.entry->modifier;
  const bool lower = m == QuantityModifier::kAtLeast || m == QuantityModifier::kMoreThan;
  const bool upper = m == QuantityModifier::kAtMost || m == QuantityModifier::kLessThan;
  const bool is_lower = bound == QuantityBound::kAtLeast || bound == QuantityBound::kMoreThan;
  return (is_lower ? upper : lower) ? found.end : 0;
}

}  // namespace nutgraf::internal
