#include "lib/time/tense.h"

#include <cstdint>
#include <string_view>

#include "lib/text/hash.h"

namespace nutgraf::internal {

namespace {

constexpr uint32_t kReach = 40;

bool IsBe(const TimeView& view, uint32_t i) {
  static const uint64_t kForms[] = {HashBytes("be"), HashBytes("being"), HashBytes("is"),
                                    HashBytes("are")};
  for (const uint64_t form : kForms) {
    if (view.In(i) && view.token(i).folded == form) return true;
  }
  return false;
}

// "launched", "arrested": a past form or a participle.
bool EndsInEd(const TimeView& view, uint32_t i) {
  if (!view.IsWord(i) || view.token(i).Has(kUpperFirst) || view.token(i).size() < 4) return false;
  const std::string_view s = view.Bytes(i);
  return s.substr(s.size() - 2) == "ed" && s.substr(s.size() - 3) != "eed";
}

Tense OfVerb(const TimeView& view, uint32_t i, Tense& weak) {
  const TimeWord& w = view.At(i);
  if (w.Is(kTimeFutureVerb)) return Tense::kFuture;
  // A participle after "be": the auxiliary before it decides.
  const bool passive = i > view.first() && IsBe(view, i - 1);
  if (w.Is(kTimePastVerb)) return passive ? Tense::kUnknown : Tense::kPast;
  if (EndsInEd(view, i) && !passive) return Tense::kPast;
  // "to meet": ahead, where no finite verb says otherwise.
  // "to be held", "may be signed": ahead.
  static const uint64_t kBe = HashBytes("be");
  static const uint64_t kMay = HashBytes("may");
  if (w.preposition == Preposition::kTo && view.In(i + 1) && view.token(i + 1).folded == kBe)
    return Tense::kFuture;
  if (view.token(i).folded == kMay && !view.IsCapital(i) && view.IsWord(i + 1))
    return Tense::kFuture;
  static const uint64_t kModals[] = {HashBytes("might"), HashBytes("could"), HashBytes("can")};
  for (const uint64_t modal : kModals) {
    if (view.token(i).folded == modal && !view.IsCapital(i) && view.IsWord(i + 1))
      weak = Tense::kFuture;
  }
  if (w.preposition == Preposition::kTo && view.IsWord(i + 1) &&
      (view.At(i + 1).classes & ~uint64_t{kTimeStop}) == 0 && !view.IsCapital(i + 1) &&
      weak == Tense::kUnknown) {
    weak = Tense::kFuture;
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

}  // namespace nutgraf::internal
