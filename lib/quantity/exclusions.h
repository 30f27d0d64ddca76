// What looks like a quantity and is none: identifiers, years, dates, times of day, scores, telephone
// numbers, list markers, numbers in names, "one" as a pronoun.

#ifndef NUTGRAF_LIB_QUANTITY_EXCLUSIONS_H_
#define NUTGRAF_LIB_QUANTITY_EXCLUSIONS_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "lib/quantity/noun_phrase.h"
#include "lib/quantity/number_reader.h"
#include "lib/quantity/sentence_view.h"
#include "nutgraf/mention.h"
#include "nutgraf/time_expression.h"

namespace nutgraf::internal {

class Exclusions {
 public:
  // All must outlive it; `names` and `times` are in the order of the text.
  Exclusions(const SentenceView& view, const NounPhraseReader& nouns,
             absl::Span<const MentionCandidate> names, absl::Span<const TimeExpression> times)
      : view_(view), nouns_(nouns), names_(names), times_(times) {}

  // Token after the time expression that token i is in; i where it is in none. Asked in the order
  // of the text.
  uint32_t PastTime(uint32_t i);

  // Token after a chain of numbers joined by marks: a date, a score, a version, a time of day.
  uint32_t PastChain(uint32_t i) const;

  // "020 7946 0958", "+1 202-555-0143": digits that begin with a zero or after a plus sign, and
  // more of them.
  bool IsPhoneNumber(uint32_t i) const;
  uint32_t PastPhoneNumber(uint32_t i) const;

  static bool IsYearLike(const SentenceView& view, const Number& n);

  // Whether the number, which has a unit or none, is none.
  bool IsNoQuantity(const Number& n, bool unit, bool negative);

  // Whether the tokens before token `end` name something that is no person: "In Kabul, 20, ...".
  bool IsPlaceBefore(uint32_t end);

 private:
  bool InName(uint32_t begin, uint32_t end);
  bool IsDate(const Number& n) const;
  bool IsIdentifier(const Number& n) const;
  bool IsListMarker(const Number& n) const;
  bool YearIsCount(const Number& n) const;
  bool IsPronounOne(uint32_t i) const;

  const SentenceView& view_;
  const NounPhraseReader& nouns_;
  const absl::Span<const MentionCandidate> names_;
  const absl::Span<const TimeExpression> times_;
  size_t name_ = 0;
  size_t time_ = 0;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_QUANTITY_EXCLUSIONS_H_
