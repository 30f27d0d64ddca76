#include "lib/time/tense.h"

#include <cstdint>
#include <string_view>

namespace nutgraf::internal {

namespace {

constexpr uint32_t kReach = 40;

// "launched", "arrested": a past form or a participle.
bool EndsInEd(const TimeView& view, uint32_t i) {
  const Token& t = view.token(i);
  if (!t.IsWord() || t.Has(kUpperFirst) || t.size() < 4) return false;
  const std::string_view s = view.Bytes(i);
  return s[s.size() - 1] == 'd' && s[s.size() - 2] == 'e' && s[s.size() - 3] != 'e';
}

Tense OfVerb(const TimeView& view, uint32_t i, Tense& weak) {
  const TimeWord& w = view.At(i);
  if (w.classes == 0) {
    // A participle after "be": the auxiliary before it decides.
    return EndsInEd(view, i) && !view.Is(i - 1, kTimeBe) ? Tense::kPast : Tense::kUnknown;
  }
  if (w.Is(kTimeFutureVerb)) return Tense::kFuture;
  if (w.Is(kTimePastVerb)) return view.Is(i - 1, kTimeBe) ? Tense::kUnknown : Tense::kPast;
  if (w.Is(kTimeModal) && !view.IsCapital(i) && view.IsWord(i + 1)) {
    // "may be signed": ahead. "could" says less.
    if (w.month != 0) return Tense::kFuture;
    weak = Tense::kFuture;
  }
  // "to be held": ahead. "to meet": ahead, where no finite verb says otherwise.
  if (w.preposition == Preposition::kTo && view.IsWord(i + 1)) {
    if (view.Is(i + 1, kTimeBe)) return Tense::kFuture;
    if (view.IsUnknown(i + 1) || view.Is(i + 1, kTimeStop)) {
      if (!view.IsCapital(i + 1) && weak == Tense::kUnknown) weak = Tense::kFuture;
    }
  }
  return Tense::kUnknown;
}

}  // namespace

Tense TenseAround(const TimeView& view, uint32_t begin, uint32_t end) {
  Tense weak = Tense::kUnknown;
  // "until Friday": ahead, mostly also where the verb is a participle ("closed until Friday").
  if (begin > view.first() && view.IsPreposition(begin - 1, Preposition::kUntil))
    return Tense::kFuture;
  for (uint32_t i = begin, n = 0; i > view.first() && n < kReach; ++n) {
    --i;
    if (const Tense tense = OfVerb(view, i, weak); tense != Tense::kUnknown) return tense;
  }
  if (weak != Tense::kUnknown) return weak;
  for (uint32_t i = end, n = 0; i < view.last() && n < kReach; ++n, ++i) {
    if (const Tense tense = OfVerb(view, i, weak); tense != Tense::kUnknown) return tense;
  }
  if (weak != Tense::kUnknown) return weak;
  return view.IsWholeText() && view.last() <= 12 ? Tense::kFuture : Tense::kUnknown;
}

void ClauseTense::Find() const {
  value_ = TenseAround(*view_, begin_, end_);
  view_ = nullptr;
}

}  // namespace nutgraf::internal
