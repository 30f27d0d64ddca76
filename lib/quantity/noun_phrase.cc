#include "lib/quantity/noun_phrase.h"

#include <cstdint>
#include <string_view>

#include "lib/quantity/lexicon.h"

namespace nutgraf::internal {

bool NounPhraseReader::IsPastVerb(uint32_t i) const {
  const Token& t = view_.token(i);
  if (t.size() < 5 || t.Has(kUpperFirst)) return false;
  const std::string_view s = view_.Bytes(i);
  if (s[s.size() - 1] != 'd' || s[s.size() - 2] != 'e') return false;
  const uint32_t next = i + 1;
  return !view_.In(next) || !view_.token(next).IsWord() || view_.IsKind(next, kWordStop);
}

bool NounPhraseReader::PluralAt(uint32_t i) const {
  for (uint32_t k = i, words = 0; view_.In(k) && words < 4; ++k) {
    const Token& t = view_.token(k);
    if (t.Has(kCompound)) continue;
    if (!t.IsWord() || t.Has(kAfterNewline)) return false;
    const uint32_t kinds = view_.KindsOf(k);
    if ((kinds & kWordStop) != 0) return false;
    if (view_.LooksPlural(k, kinds)) return true;
    ++words;
  }
  return false;
}

bool NounPhraseReader::IsDeterminer(uint32_t i) const {
  const Words& w = W();
  for (const uint64_t word : {w.the, w.a, w.an, w.this_, w.that, w.their, w.its, w.his, w.her,
                              w.our, w.my, w.your, w.all, w.both, w.these, w.those}) {
    if (view_.Is(i, word)) return true;
  }
  return false;
}

ByteSpan NounPhraseReader::NounPhrase(uint32_t i, bool with_determiner, bool singular) const {
  constexpr uint32_t kMostWords = 6;
  const Words& w = W();
  uint32_t begin = i;
  if (with_determiner) {
    while (view_.In(i) && IsDeterminer(i) && i < begin + 2) ++i;
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
    const uint32_t kinds = view_.KindsOf(k);
    if ((kinds & kWordStop) != 0 && t.folded != w.other) break;
    if (words > 0 && IsPastVerb(k)) break;
    const bool is_plural = view_.LooksPlural(k, kinds);
    if (plural && !is_plural) break;
    end = k + 1;
    ++words;
    if (singular) {
      if (words >= 3 || is_plural) break;
    } else if (is_plural) {
      plural = true;
      if (with_determiner && view_.In(k + 1) &&
          (view_.token(k + 1).Has(kClitic) || view_.IsMark(k + 1, 0x2019) ||
           view_.IsMark(k + 1, '\''))) {
        continue;
      }
      // One plural noun more may follow: "police officers", "sports cars".
      if (!view_.In(k + 1) || !view_.token(k + 1).IsWord()) break;
      const uint32_t next = view_.KindsOf(k + 1);
      if ((next & kWordStop) != 0 || !view_.LooksPlural(k + 1, next)) break;
    }
  }
  if (end == i) return {0, 0};
  return view_.SpanOf(begin, end);
}

ByteSpan NounPhraseReader::NounPhraseBefore(uint32_t end, uint32_t limit) const {
  constexpr uint32_t kMostWords = 5;
  constexpr int kMostPrepositions = 2;
  const Words& w = W();
  ByteSpan phrase = {0, 0};
  for (int steps = 0; steps <= kMostPrepositions; ++steps) {
    uint32_t begin = end;
    for (uint32_t words = 0; begin > limit && words < kMostWords; --begin) {
      const Token& t = view_.token(begin - 1);
      if (t.Has(kCompound)) continue;
      if (!t.IsWord() || t.Has(kClitic) || view_.IsKind(begin - 1, kWordStop)) break;
      ++words;
      if (t.Has(kAfterNewline)) {
        --begin;
        break;
      }
    }
    while (begin < end && view_.token(begin).Has(kCompound)) ++begin;
    if (begin == end) break;
    phrase = view_.SpanOf(begin, end);
    // "Shares in the company", "the price of oil": the head stands before.
    uint32_t at = begin;
    if (at > limit && IsDeterminer(at - 1)) --at;
    if (at <= limit + 1 || !(view_.Is(at - 1, w.of) || view_.Is(at - 1, w.in) ||
                             view_.Is(at - 1, w.at) || view_.Is(at - 1, w.from))) {
      break;
    }
    end = at - 1;
  }
  return phrase;
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
