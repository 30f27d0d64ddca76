#include "lib/quantity/exclusions.h"

#include <cmath>
#include <cstdint>
#include <string_view>

#include "lib/quantity/lexicon.h"
#include "lib/text/token_builder.h"

namespace nutgraf::internal {

uint32_t Exclusions::PastTime(uint32_t i) {
  while (time_ < times_.size() && times_[time_].tokens.end <= i) ++time_;
  return time_ < times_.size() && times_[time_].tokens.begin <= i ? times_[time_].tokens.end : i;
}

uint32_t Exclusions::PastChain(uint32_t i) const {
  while (view_.In(i + 2) && view_.Glued(i + 1) && view_.Glued(i + 2) &&
         view_.IsNumberToken(i + 2) &&
         (view_.IsDash(i + 1) || view_.IsMark(i + 1, ':') || view_.IsMark(i + 1, '/') ||
          view_.IsMark(i + 1, '-'))) {
    i += 2;
  }
  return i + 1;
}

bool Exclusions::IsPhoneNumber(uint32_t i) const {
  const Token& t = view_.token(i);
  const bool zero =
      t.lead == '0' && t.size() > 1 && IsAsciiDigit(static_cast<unsigned char>(view_.Bytes(i)[1]));
  const bool plus = i > view_.first() && view_.token(i - 1).lead == '+' && view_.Glued(i);
  return (zero || plus) && PastPhoneNumber(i) > i + 1;
}

uint32_t Exclusions::PastPhoneNumber(uint32_t i) const {
  ++i;
  while (view_.In(i) && (view_.IsNumberToken(i) ||
                         ((view_.IsMark(i, '-') || view_.IsMark(i, '(') || view_.IsMark(i, ')')) &&
                          view_.In(i + 1) && view_.IsNumberToken(i + 1)))) {
    ++i;
  }
  return i;
}

bool Exclusions::IsYearLike(const SentenceView& view, const Number& n) {
  return n.form == Number::Form::kDigits && !n.grouped && !n.decimal && !n.scaled &&
         n.glued_unit == nullptr && n.value >= 1000 && n.value < 2100 && n.end == n.begin + 1 &&
         view.token(n.begin).size() == 4;
}

bool Exclusions::InName(uint32_t begin, uint32_t end) {
  while (name_ < names_.size() && names_[name_].tokens.end <= begin) ++name_;
  for (size_t k = name_; k < names_.size() && names_[k].tokens.begin < end; ++k) {
    const TokenRange range = names_[k].tokens;
    const bool longer = range.size() > end - begin || names_[k].rank == 0;
    if (range.begin <= begin && end <= range.end && longer &&
        (names_[k].flags & kNeedsContext) == 0) {
      return true;
    }
  }
  return false;
}

bool Exclusions::IsPlaceBefore(uint32_t end) {
  while (name_ < names_.size() && names_[name_].tokens.end < end) ++name_;
  for (size_t k = name_; k < names_.size() && names_[k].tokens.begin < end; ++k) {
    if (names_[k].tokens.end == end && names_[k].type != EntityType::kPerson) return true;
  }
  return false;
}

// "May 12", "12 May", "the 5th of May".
bool Exclusions::IsDate(const Number& n) const {
  if (n.scaled || n.value < 1 || n.value > 31) return false;
  if (view_.FindBefore(n.begin, kWordMonth)) return true;
  return view_.IsKind(n.end, kWordMonth) ||
         (view_.Is(n.end, W().of) && view_.IsKind(n.end + 1, kWordMonth));
}

bool Exclusions::IsListMarker(const Number& n) const {
  const uint32_t b = n.begin;
  const uint32_t e = n.end;
  if (b == view_.first() && (view_.IsMark(e, '.') || view_.IsMark(e, ')')) && view_.Glued(e) &&
      e + 1 < view_.last()) {
    return true;
  }
  if (b <= view_.first() || !view_.Glued(b) || !view_.Glued(e)) return false;
  const bool brackets = (view_.IsMark(b - 1, '(') && view_.IsMark(e, ')')) ||
                        (view_.IsMark(b - 1, '[') && view_.IsMark(e, ']'));
  return brackets && n.value < 1000 && (!n.decimal || view_.IsMark(b - 1, '['));
}

bool Exclusions::IsIdentifier(const Number& n) const {
  const uint32_t b = n.begin;
  if (b <= view_.first()) return false;
  const Token& left = view_.token(b - 1);
  if (view_.Glued(b)) {
    if (left.Has(kCompound) && view_.In(b - 2) && view_.token(b - 2).IsWord() &&
        !view_.IsKind(b - 2, kWordNumber | kWordModifier)) {
      return true;
    }
    if (left.lead == '#' || left.lead == '/' || left.lead == '@' || left.lead == '_' ||
        left.lead == ':') {
      return true;
    }
    if (left.IsWord()) return true;
    // "m−2", "iLife'11"
    if (view_.Glued(b - 1) && (left.lead == 0x2212 || left.Has(kQuote)) && view_.In(b - 2) &&
        view_.token(b - 2).IsWord()) {
      return true;
    }
  }
  // "REGNO: 512340"
  if (left.lead == ':' && view_.In(b - 2) && view_.token(b - 2).IsAllUpper()) return true;
  if (!left.IsWord() && left.kind() != TokenKind::kPunctuation &&
      left.kind() != TokenKind::kSymbol) {
    return false;
  }
  if (view_.FindBefore(b, kWordNotNumberBefore)) return true;
  // "the Big 12", "Fortune 500": a number that ends a name, unless it counts what follows.
  return left.IsWord() && b - 1 > view_.first() && !n.grouped && !n.decimal &&
         left.Has(kUpperFirst) && !left.Has(kClitic) &&
         !view_.IsKind(b - 1, kWordStop | kWordModifier) && !nouns_.PluralAt(n.end);
}

bool Exclusions::IsNoQuantity(const Number& n, bool unit, bool negative) {
  const uint32_t b = n.begin;
  const uint32_t e = n.end;
  if (InName(b, e)) return true;
  if (!unit && IsDate(n)) return true;
  if (n.ordinal) {
    // "a split second", "just a second."
    if (n.value == 2 && b > view_.first() &&
        (view_.Is(b - 1, W().split) ||
         (view_.Is(b - 1, W().a) && (!view_.In(e) || view_.IsMark(e, '.'))))) {
      return true;
    }
    return view_.Is(e, W().century) || view_.Is(e, W().centuries);
  }
  // Times of day.
  if (view_.Is(e, W().am) || view_.Is(e, W().pm) || view_.Is(e, W().oclock)) return true;
  if (n.glued_unit != nullptr && b > view_.first() && view_.Glued(b) && view_.Glued(b - 1) &&
      view_.IsDash(b - 1) && view_.In(b - 2) && view_.token(b - 2).IsWord() &&
      !view_.IsKind(b - 2, kWordNumber | kWordModifier)) {
    return true;  // "SCP-173m"
  }
  if (unit || n.scaled || n.fraction || n.vague) return false;
  if (n.form == Number::Form::kDigits) {
    return IsIdentifier(n) || IsListMarker(n) || (IsYearLike(view_, n) && !YearIsCount(n)) ||
           (n.end == n.begin + 1 &&
            (view_.IsKind(e, kWordNotNumberAfter) ||
             // "401(k)"
             (view_.IsMark(e, '(') && view_.Glued(e) && view_.In(e + 1) && view_.Glued(e + 1) &&
              view_.token(e + 1).IsWord() && view_.token(e + 1).size() == 1)));
  }
  return n.value == 1 && !negative && n.end == n.begin + 1 && IsPronounOne(b);
}

// Whether a number that may be a year counts something.
bool Exclusions::YearIsCount(const Number& n) const {
  const uint32_t b = n.begin;
  if (b > view_.first()) {
    const Words& w = W();
    if (view_.FindBefore(b, kWordModifier) && !view_.Is(b - 1, w.in) &&
        !view_.Is(b - 1, w.around) && !view_.Is(b - 1, w.about) && !view_.Is(b - 1, w.over)) {
      return true;
    }
    if (view_.Is(b - 1, w.in) || view_.Is(b - 1, w.from)) return false;
  }
  return nouns_.PluralAt(n.end);
}

bool Exclusions::IsPronounOne(uint32_t i) const {
  const Words& w = W();
  if (i > view_.first()) {
    const uint64_t left = view_.token(i - 1).folded;
    for (const uint64_t word :
         {w.the, w.this_, w.that, w.no, w.any, w.each, w.every, w.another, w.which, w.some}) {
      if (left == word) return true;
    }
  }
  if (!view_.In(i + 1)) return true;
  const Token& next = view_.token(i + 1);
  if (next.kind() == TokenKind::kPunctuation || next.Has(kClitic)) return !next.Has(kCompound);
  if (next.folded == w.another || next.folded == w.day || next.folded == w.who) return true;
  if (next.folded == w.of) return false;
  return view_.IsKind(i + 1, kWordStop) && next.folded != w.in && next.folded != w.more;
}

}  // namespace nutgraf::internal
