#include "lib/quantity/noun_phrase.h"

#include <cstdint>
#include <string_view>

#include "lib/quantity/lexicon.h"

namespace nutgraf::internal {

bool NounPhraseReader::IsPastVerb(uint32_t i) const {
  const std::string_view s = view_.Bytes(i);
  if (s.size() < 5 || s.substr(s.size() - 2) != "ed" || view_.token(i).Has(kUpperFirst))
    return false;
  const uint32_t next = i + 1;
  return !view_.In(next) || !view_.token(next).IsWord() || view_.IsKind(next, kWordStop);
}

bool NounPhraseReader::PluralAt(uint32_t i) const {
  for (uint32_t k = i, words = 0; view_.In(k) && words < 4; ++k) {
    if (view_.token(k).Has(kCompound)) continue;
    if (!view_.token(k).IsWord() || view_.token(k).Has(kAfterNewline) || view_.IsKind(k, kWordStop))
      return false;
    if (view_.LooksPlural(k)) return true;
    ++words;
  }
  return false;
}

ByteSpan NounPhraseReader::NounPhrase(uint32_t i, bool with_determiner, bool singular) const {
  constexpr uint32_t kMostWords = 6;
  const Words& w = W();
  uint32_t begin = i;
  const auto is_determiner = [&](uint32_t k) {
    for (const uint64_t word : {w.the, w.a, w.an, w.this_, w.that, w.their, w.its, w.his, w.her,
                                w.our, w.my, w.your, w.all, w.both, w.these, w.those}) {
      if (view_.Is(k, word)) return true;
    }
    return false;
  };
  if (with_determiner) {
    while (view_.In(i) && is_determiner(i) && i < begin + 2) ++i;
  } else if (view_.Is(i, w.more) || view_.Is(i, w.additional)) {
    begin = ++i;
  }
  uint32_t end = i;
  uint32_t words = 0;
  bool plural = false;
  for (uint32_t k = i; view_.In(k) && words < kMostWords; ++k) {
    const Token& t = view_.token(k);
    if (k > i && t.Has(kAfterNewline)) break;
    if (t.Has(kCompound)) continue;
    if (t.Has(kClitic)) {
      // "Kazakhstan's wealth": the possessor is not the head.
      if (!with_determiner || !(t.lead == '\'' || t.lead == 0x2019) || k == i) break;
      plural = false;
      end = k + 1;
      continue;
    }
    // "one-fifth of the district's 48,000 residents"
    if (with_determiner && t.kind() == TokenKind::kNumber) continue;
    if (!t.IsWord() || t.Has(kPeriod)) break;
    if (view_.IsKind(k, kWordStop) && !view_.Is(k, w.other)) break;
    if (words > 0 && IsPastVerb(k)) break;
    if (plural && !view_.LooksPlural(k)) break;
    end = k + 1;
    ++words;
    if (view_.LooksPlural(k) && !singular) {
      plural = true;
      if (!(with_determiner && view_.In(k + 1) &&
            (view_.token(k + 1).Has(kClitic) || view_.IsMark(k + 1, 0x2019) ||
             view_.IsMark(k + 1, '\'')))) {
        // One plural noun more may follow: "police officers", "sports cars".
        if (!(view_.In(k + 1) && view_.token(k + 1).IsWord() && !view_.IsKind(k + 1, kWordStop) &&
              view_.LooksPlural(k + 1)))
          break;
      }
    }
    if (singular && words >= 3) break;
    if (singular && view_.LooksPlural(k)) break;
  }
  if (end == i) return {0, 0};
  return view_.SpanOf(begin, end);
}

std::string_view NounPhraseReader::CountedUnit(uint32_t i, ByteSpan phrase) const {
  while (view_.In(i) && view_.token(i).end < phrase.end) ++i;
  if (!view_.In(i) || view_.token(i).end != phrase.end || !view_.LooksPlural(i)) return {};
  if (const auto plural = view_.Find(i, kWordPlural)) {
    return plural.entry->id == "plural" ? view_.Bytes(i) : plural.entry->id;
  }
  std::string_view s = view_.Bytes(i);
  if (s.back() != 's') return {};
  s.remove_suffix(1);
  const auto ends = [&s](std::string_view tail) {
    return s.size() > tail.size() && s.substr(s.size() - tail.size()) == tail;
  };
  if (ends("ie")) return {};  // "-y" is not in the text
  if (ends("sse") || ends("xe") || ends("che") || ends("she") || ends("zze")) s.remove_suffix(1);
  return s;
}

}  // namespace nutgraf::internal
