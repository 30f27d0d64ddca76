#include "nutgraf/quantity_extractor.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lib/quantity/lexicon.h"
#include "lib/quantity/noun_phrase.h"
#include "lib/quantity/number_reader.h"
#include "lib/quantity/sentence_view.h"
#include "lib/text/hash.h"
#include "lib/text/token_builder.h"
#include "nutgraf/tokenizer.h"

extern "C" {
extern const char nutgraf_quantity_lex[];
extern const char nutgraf_quantity_lex_end[];
}

namespace nutgraf {

namespace internal {

namespace {

// To the 15 digits that a double keeps: 16.4 million is 16400000, not 16399999.999999998.
double Rounded(double value) {
  char digits[32];
  const auto end =
      std::to_chars(digits, digits + sizeof(digits), value, std::chars_format::scientific, 14).ptr;
  double rounded = value;
  std::from_chars(digits, end, rounded);
  return rounded;
}

class Extractor : private SentenceView {
 public:
  Extractor(const QuantityLexicon& lexicon, std::string_view text, absl::Span<const Token> tokens,
            absl::Span<const MentionCandidate> names, QuantityScratch& scratch,
            LayerRows<Quantity>& quantities)
      : SentenceView(lexicon, text, tokens),
        numbers_(*this, scratch),
        nouns_(*this),
        names_(Sorted(names, scratch)),
        quantities_(quantities) {}

  void Run(const Sentence& sentence) {
    SetSentence(sentence);
    done_ = first();
    for (uint32_t i = first(); i < last();) {
      const Token& t = token(i);
      if (t.kind() != TokenKind::kNumber && !lexicon().MayBeginNumber(t)) [[likely]] {
        ++i;
        continue;
      }
      const size_t rows = quantities_.size();
      const uint32_t next = Expression(i);
      if (quantities_.size() > rows || t.kind() == TokenKind::kNumber)
        done_ = std::max(done_, next);
      i = std::max(next, i + 1);
    }
  }

 private:
  // Candidates of one matcher are in order; those of several are not.
  static absl::Span<const MentionCandidate> Sorted(absl::Span<const MentionCandidate> names,
                                                   QuantityScratch& scratch) {
    const auto before = [](const MentionCandidate& a, const MentionCandidate& b) {
      return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                              : a.tokens.end < b.tokens.end;
    };
    if (std::is_sorted(names.begin(), names.end(), before)) return names;
    scratch.names.assign(names.begin(), names.end());
    std::sort(scratch.names.begin(), scratch.names.end(), before);
    return scratch.names;
  }

  // ---- What is no quantity ---------------------------------------------------------------------

  // Past a chain of numbers joined by marks: a date, a score, a telephone number, a version, a time
  // of day.
  uint32_t PastChain(uint32_t i) const {
    while (In(i + 2) && Glued(i + 1) && Glued(i + 2) && IsNumberToken(i + 2) &&
           (IsDash(i + 1) || IsMark(i + 1, ':') || IsMark(i + 1, '/') || IsMark(i + 1, '-'))) {
      i += 2;
    }
    return i + 1;
  }

  // "020 7946 0958", "+1 202-555-0143": digits that begin with a zero or after a plus sign, and
  // more of them.
  bool IsPhoneNumber(uint32_t i) const {
    const std::string_view s = Bytes(i);
    const bool zero = s.size() > 1 && s[0] == '0' && IsAsciiDigit(static_cast<unsigned char>(s[1]));
    const bool plus = i > first() && token(i - 1).lead == '+' && Glued(i);
    return (zero || plus) && PastPhoneNumber(i) > i + 1;
  }
  uint32_t PastPhoneNumber(uint32_t i) const {
    ++i;
    while (In(i) && (IsNumberToken(i) || ((IsMark(i, '-') || IsMark(i, '(') || IsMark(i, ')')) &&
                                          In(i + 1) && IsNumberToken(i + 1))))
      ++i;
    return i;
  }

  bool IsYearLike(const Number& n) const {
    return n.form == Number::Form::kDigits && !n.grouped && !n.decimal && !n.scaled &&
           n.glued_unit == nullptr && token(n.begin).size() == 4 && n.value >= 1000 &&
           n.value < 2100 && n.end == n.begin + 1;
  }

  bool InName(uint32_t begin, uint32_t end) {
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

  bool IsNoQuantity(const Number& n, bool unit) {
    const uint32_t b = n.begin;
    const uint32_t e = n.end;
    if (InName(b, e)) return true;
    const bool before = In(b - 1) && b > first();
    // Dates: "May 12", "12 May", "the 5th of May".
    if (!n.scaled && !unit && n.value >= 1 && n.value <= 31) {
      if (before && FindBefore(b, kWordMonth)) return true;
      if (IsKind(e, kWordMonth)) return true;
      if (Is(e, W().of) && IsKind(e + 1, kWordMonth)) return true;
    }
    if (n.ordinal) return Is(e, W().century) || Is(e, W().centuries);
    // Times of day.
    if (Is(e, W().am) || Is(e, W().pm) || Is(e, W().oclock)) return true;
    if (unit || n.scaled || n.fraction) return false;
    if (n.form == Number::Form::kDigits) {
      // Part of a word or an identifier: "COVID-19", "F-16", "#1", "1990s".
      if (before && Glued(b)) {
        const Token& left = token(b - 1);
        if (left.Has(kCompound) && In(b - 2) && token(b - 2).IsWord() &&
            !IsKind(b - 2, kWordNumber | kWordModifier)) {
          return true;
        }
        if (left.lead == '#' || left.lead == '/' || left.lead == '@' || left.lead == '_' ||
            left.lead == ':')
          return true;
        if (left.IsWord()) return true;
      }
      if (before && FindBefore(b, kWordNotNumberBefore)) return true;
      // "the Big 12", "Fortune 500": a number that ends a name, unless it counts what follows.
      if (before && b - 1 > first() && !n.grouped && !n.decimal && token(b - 1).IsWord() &&
          token(b - 1).Has(kUpperFirst) && !token(b - 1).Has(kClitic) &&
          !IsKind(b - 1, kWordStop | kWordModifier) && !nouns_.PluralAt(e)) {
        return true;
      }
      // A list marker: "1." at the start, "(2)".
      if (b == first() && (IsMark(e, '.') || IsMark(e, ')')) && Glued(e) && e + 1 < last())
        return true;
      if (before && IsMark(b - 1, '(') && IsMark(e, ')') && Glued(b) && Glued(e) && n.value < 100 &&
          !n.decimal)
        return true;
      if (IsYearLike(n) && !YearIsCount(n)) return true;
    } else if (n.value == 1 && n.end == n.begin + 1) {
      return IsPronounOne(b);
    }
    return false;
  }

  // Whether a number that may be a year counts something.
  bool YearIsCount(const Number& n) const {
    const uint32_t b = n.begin;
    if (b > first() && FindBefore(b, kWordModifier)) {
      const uint64_t left = token(b - 1).folded;
      if (left != W().in && !Is(b - 1, Folded("around")) && !Is(b - 1, Folded("about")) &&
          !Is(b - 1, Folded("over")))
        return true;
    }
    if (b > first() && (Is(b - 1, W().in) || Is(b - 1, W().from))) return false;
    return nouns_.PluralAt(n.end);
  }

  bool IsPronounOne(uint32_t i) const {
    const Words& w = W();
    if (i > first()) {
      const uint64_t left = token(i - 1).folded;
      for (const uint64_t word :
           {w.the, w.this_, w.that, w.no, w.any, w.each, w.every, w.another, w.which, w.some}) {
        if (left == word) return true;
      }
    }
    if (!In(i + 1)) return true;
    const Token& next = token(i + 1);
    if (next.kind() == TokenKind::kPunctuation || next.Has(kClitic)) return !next.Has(kCompound);
    if (next.folded == w.another || next.folded == w.day || next.folded == w.who) return true;
    if (next.folded == w.of) return false;
    return IsKind(i + 1, kWordStop) && next.folded != w.in && next.folded != w.more;
  }

  // ---- Expressions -----------------------------------------------------------------------------

  // Reads what begins with token i; returns where to go on.
  uint32_t Expression(uint32_t i) {
    if (IsNumberToken(i)) {
      if (IsPhoneNumber(i)) return PastPhoneNumber(i);
      // A chain of digits and marks is no quantity, but for ranges and fractions.
      const uint32_t past = PastChain(i);
      if (past > i + 3) return past;
      if (past == i + 3 && !IsMark(i + 1, '/')) return DigitRange(i, past);
      // "10:30", "9/11"
      if (past == i + 3 && IsMark(i + 1, ':')) return past;
    }
    if (const uint32_t past = Multiple(i); past > i) return past;
    uint32_t begin = i;
    const bool article = i > first() && i > done_ && (Is(i - 1, W().a) || Is(i - 1, W().an));
    Number n;
    if (article && IsKind(i, kWordScale)) begin = i - 1;
    n = numbers_.Cardinal(begin);
    n = numbers_.OrdinalOrFraction(i, n);
    if (!n) return IsNumberToken(i) ? PastChain(i) : i + 1;
    if (n.fraction && IsMark(n.end, '/')) return PastChain(i);
    // "5 to 10 percent": a range, where both ends share the unit.
    if (!n.ordinal && !n.fraction && Is(n.end, W().to)) {
      const Number high = NumberAt(n.end + 1);
      if (high && !high.ordinal && !high.fraction && high.value > n.value &&
          n.glued_unit == nullptr && (RangeIsSure(n, high))) {
        return Finish(n, &high);
      }
    }
    // "$30-$40 million"
    if (!n.ordinal && !n.fraction && (IsDash(n.end) || IsMark(n.end, '-')) &&
        IsKind(n.end + 1, kWordCurrencySign)) {
      const Number high = NumberAt(n.end + 1);
      if (high && !high.ordinal && !high.fraction && high.value > n.value) return Finish(n, &high);
    }
    // "five or six sailors"
    if (!n.ordinal && !n.fraction && Is(n.end, W().or_)) {
      const Number high = NumberAt(n.end + 1);
      if (high && !high.ordinal && !high.fraction && high.value > n.value &&
          high.value <= 2 * n.value && n.glued_unit == nullptr && RangeIsSure(n, high)) {
        return Finish(n, &high);
      }
    }
    // "between 5 and 10"
    if (!n.ordinal && Is(n.end, W().and_) && n.begin > first() &&
        Is(StartOfMoney(n.begin) - 1, W().between)) {
      const Number high = NumberAt(n.end + 1);
      if (high && high.value > n.value) {
        if (!(IsYearLike(n) && IsYearLike(high))) return Finish(n, &high);
        return high.end;
      }
    }
    return Finish(n, nullptr);
  }

  // "twice the level", "double its size", "tenfold", "three-fold", "three times as many". Returns
  // the token after it, or i where there is none: "twice a week" and "three times this year" count
  // events.
  uint32_t Multiple(uint32_t i) {
    const Words& w = W();
    const auto compared = [&](uint32_t at) {
      for (const uint64_t word :
           {w.the, w.its, w.their, w.his, w.her, w.our, w.that, w.as, w.more}) {
        if (Is(at, word)) return true;
      }
      return In(at) && At(at + 1, "than");
    };
    double value = 0;
    uint32_t end = i;
    if (const auto word = Find(i, kWordMultiple)) {
      const bool fold = token(word.end - 1).size() >= 4 &&
                        Bytes(word.end - 1).substr(token(word.end - 1).size() - 4) == "fold";
      if (!fold && !compared(word.end)) return i;
      value = word.entry->value;
      end = word.end;
    } else {
      const Number n = numbers_.Cardinal(i);
      if (!n || n.ordinal || n.fraction || n.glued_unit != nullptr) return i;
      uint32_t at = n.end;
      if (IsHyphen(at)) ++at;
      if (At(at, "fold")) {
        end = at + 1;
      } else if (Is(n.end, w.times) && (compared(n.end + 1) || PossessiveAt(n.end + 1))) {
        end = n.end + 1;
      } else {
        return i;
      }
      value = n.value;
    }
    Quantity q = {};
    q.kind = QuantityKind::kMultiple;
    q.value = value;
    q.tokens = {i, end};
    q.span = SpanOf(i, end);
    Modifiers(i, end, false, q);
    quantities_.push_back(q);
    return end;
  }
  bool At(uint32_t i, std::string_view word) const { return In(i) && Bytes(i) == word; }
  // "last year's": a possessive within two words.
  bool PossessiveAt(uint32_t i) const {
    for (uint32_t k = i; k < i + 4 && In(k); ++k) {
      if (token(k).Has(kClitic) && k > i) return true;
      if (!token(k).IsWord()) return false;
    }
    return false;
  }

  // A number at token i, past a currency sign that repeats the one before.
  Number NumberAt(uint32_t i) const {
    if (const auto sign = Find(i, kWordCurrencySign)) i = sign.end;
    if (!In(i) || (!IsNumberToken(i) && !lexicon().MayBeginNumber(token(i)))) return {};
    return numbers_.OrdinalOrFraction(i, numbers_.Cardinal(i));
  }

  // Where the number with the currency sign before token i begins.
  uint32_t StartOfMoney(uint32_t i) const {
    const auto sign = FindBefore(i, kWordCurrencySign | kWordCurrencyCode);
    return sign ? sign.end : i;
  }

  // "5 to 10 people": a range only where something is measured or counted.
  bool RangeIsSure(const Number& low, const Number& high) const {
    if (IsYearLike(low) && IsYearLike(high)) return false;
    if (high.glued_unit != nullptr || high.scaled) return true;
    return IsKind(UnitStart(high.end), kUnits) || nouns_.PluralAt(high.end) ||
           FindBefore(low.begin, kWordCurrencySign);
  }

  uint32_t UnitStart(uint32_t i) const { return IsHyphen(i) ? i + 1 : i; }

  // "10-15 percent", "30-40 people"; other pairs are scores and the like.
  uint32_t DigitRange(uint32_t i, uint32_t past) {
    if (!IsDash(i + 1)) return past;
    Number low = numbers_.Digits(i);
    Number high = numbers_.Cardinal(i + 2);
    if (!low || !high || low.ordinal || high.ordinal || low.glued_unit != nullptr ||
        high.value <= low.value)
      return past;
    if (IsYearLike(low)) return past;
    if (!RangeIsSure(low, high)) return past;
    // "a 10-15 victory" is none: percent, units, currency or a plural noun must follow.
    return Finish(low, &high);
  }

  // The currency sign or code before token i: "$", "US$", "US $", "USD". In "the U.S. $4 million"
  // it is "$" alone.
  QuantityLexicon::Found CurrencyBefore(uint32_t i) const {
    auto sign = FindBefore(i, kWordCurrencySign | kWordCurrencyCode | kWordCurrencyCodeWeak);
    if (sign && i - sign.end > 1 && token(sign.end).Has(kPeriod) && !Glued(i - 1)) {
      sign = FindBefore(i, kWordCurrencySign, i - 1);
    }
    return sign;
  }

  // Reads unit, modifiers and what is counted around the number, and writes the row.
  uint32_t Finish(Number n, const Number* high) {
    const Words& w = W();
    uint32_t begin = n.begin;
    uint32_t end = high != nullptr ? high->end : n.end;
    Quantity q = {};
    q.kind = n.ordinal    ? QuantityKind::kOrdinal
             : n.fraction ? QuantityKind::kFraction
                          : QuantityKind::kNumber;
    double factor = 1;
    if (high != nullptr) {
      q.is_range = true;
      // "5 to 10 million": the scale belongs to both.
      if (high->scaled && !n.scaled && n.form == Number::Form::kDigits &&
          high->form == Number::Form::kDigits) {
        const Number bare = numbers_.Digits(high->begin);
        if (bare && bare.value > 0) n.value *= high->value / bare.value;
      }
    }
    const QuantityEntry* glued = high != nullptr ? high->glued_unit : n.glued_unit;
    bool unit = false;

    // A currency before: "$", "US$", "USD".
    if (!n.ordinal && begin > first() && begin > done_) {
      const auto sign = CurrencyBefore(begin);
      if (sign && sign.end >= done_) {
        q.kind = QuantityKind::kMoney;
        q.currency = sign.entry->id;
        begin = sign.end;
        unit = true;
        // "$5m"
        if (glued == nullptr && !n.scaled) {
          if (const auto suffix = Find(end, kWordScaleSuffix)) {
            factor = suffix.entry->value;
            end = suffix.end;
          }
        }
        if (IsKind(end, kWordCurrency) && !IsHyphen(end))
          end = Find(end, kWordCurrency).end;  // "$5 dollars"
      }
    }
    if (glued != nullptr && !unit) {
      SetUnit(*glued, q, factor);
      unit = true;
    }
    // A unit after: "percent", "km", "dollars", "cents".
    if (!unit && !n.ordinal) {
      const uint32_t at = UnitStart(end);
      QuantityLexicon::Found found;
      if (Glued(end)) found = Find(end, kWordUnitGlued | kWordSubunitGlued | kUnits);
      if (!found) found = Find(at, kUnits);
      if (!found && !n.scaled) {
        // "5 m euros"
        if (const auto suffix = Find(end, kWordScaleSuffix);
            suffix && IsKind(suffix.end, kWordCurrency | kWordCurrencyCode)) {
          factor = suffix.entry->value;
          end = suffix.end;
          found = Find(end, kUnits);
        }
      }
      if (!found) {
        // "10 €", where no number follows that the sign belongs to
        found = Find(end, kWordCurrencySign);
        if (found && IsNumberToken(found.end)) found = {};
      }
      if (found && UnitFits(n, found)) {
        SetUnit(*found.entry, q, factor);
        end = found.end;
        unit = true;
      }
    }
    if (!unit && q.kind == QuantityKind::kNumber && n.fraction) q.kind = QuantityKind::kFraction;
    if (IsAge(n, end, q)) {
      unit = true;
    } else if (IsNoQuantity(n, unit)) {
      return std::max(high != nullptr ? high->end : PastChain(n.end - 1), n.end);
    }

    // A sign: "-5 degrees".
    if (begin > first() && begin > done_ && Glued(begin) && n.form == Number::Form::kDigits &&
        (token(begin - 1).lead == '-' || token(begin - 1).lead == 0x2212) && !Glued(begin - 1) &&
        !n.ordinal) {
      --begin;
      n.value = -n.value;
    }

    if (begin > first() && begin > done_ &&
        (Is(begin - 1, W().minus) || Is(begin - 1, W().negative)) && unit) {
      --begin;
      n.value = -n.value;
    }

    if (!std::isfinite(n.value * factor) ||
        (high != nullptr && !std::isfinite(high->value * factor))) {
      return end;  // "trillion trillion trillion ..."
    }
    q.value = Rounded(n.value * factor);
    if (high != nullptr) {
      q.low = Rounded(n.value * factor);
      q.high = Rounded(high->value * factor);
      q.value = 0;
    }
    // "$100 a month", "5 km per hour"
    if (unit && q.kind != QuantityKind::kPercent) {
      uint32_t at = end;
      if (Is(at, w.a) || Is(at, w.an) || Is(at, w.per) || Is(at, w.each) || Is(at, w.every) ||
          IsMark(at, '/')) {
        const auto per = Find(at + 1, kWordUnit);
        // "$20 a month ago", "a year earlier" tell when.
        const bool when =
            per && (At(per.end, "ago") || At(per.end, "earlier") || At(per.end, "later") ||
                    At(per.end, "before") || At(per.end, "after"));
        if (per && !when) q.per = per.entry->id;
      }
    }
    q.tokens = {begin, end};
    q.span = SpanOf(begin, end);
    Modifiers(begin, end, high != nullptr, q);
    Counted(n, end, unit, q);
    if (q.modifier.empty() && !q.counted.empty()) {
      // "40 workers or more"
      uint32_t after = end;
      while (In(after) && token(after).begin < q.counted.end) ++after;
      if (const auto found = Find(after, kWordPostModifier); found && !IsNumberToken(found.end)) {
        if (Apply(found.entry->id, q)) q.modifier = SpanOf(after, found.end);
      }
    }
    quantities_.push_back(q);
    return end;
  }

  void SetUnit(const QuantityEntry& entry, Quantity& q, double& factor) const {
    switch (entry.word) {
      case kWordPercent:
        q.kind = QuantityKind::kPercent;
        q.unit = entry.id;
        q.dimension = "ratio";
        break;
      case kWordCurrency:
      case kWordCurrencySign:
      case kWordCurrencyCode:
        q.kind = QuantityKind::kMoney;
        q.currency = entry.id;
        break;
      case kWordSubunit:
      case kWordSubunitGlued:
        q.kind = QuantityKind::kMoney;
        q.currency = entry.id;
        factor *= entry.value;
        break;
      default:
        q.kind =
            entry.dimension == "temperature" ? QuantityKind::kTemperature : QuantityKind::kMeasure;
        q.unit = entry.id;
        q.dimension = entry.dimension;
    }
  }

  // Words that are units only after a number that asks for one.
  bool UnitFits(const Number& n, const QuantityLexicon::Found& found) const {
    if (found.entry->word == kWordUnit && n.form == Number::Form::kWords && n.value == 1 &&
        Is(n.begin, W().one)) {
      // "one day" is as often "some day"; "one second": keep; "one mark": no.
      return !(found.entry->id == "day" && !Is(found.end, W().of));
    }
    return true;
  }

  // "21-year-old", "45 years old", "aged 45", "Smith, 45, said".
  bool IsAge(const Number& n, uint32_t& end, Quantity& q) {
    const Words& w = W();
    const bool plain = !n.ordinal && !n.fraction && !n.scaled && n.value >= 0 && n.value < 130;
    if (!plain) return false;
    const auto set = [&q](std::string_view unit) {
      q.kind = QuantityKind::kAge;
      q.unit = unit;
      q.dimension = "time";
      return true;
    };
    if (q.kind == QuantityKind::kMeasure && q.dimension == "time") {
      uint32_t at = end;
      if (IsHyphen(at)) ++at;
      if (Is(at, w.old) || At(at, "olds")) {
        end = at + 1;
        return set(q.unit);
      }
      return q.unit == "year" && n.begin > first() && Is(n.begin - 1, w.aged) && set(q.unit);
    }
    if (q.kind != QuantityKind::kNumber || n.form != Number::Form::kDigits || n.decimal)
      return false;
    if (n.begin > first() && Is(n.begin - 1, w.aged)) return set("year");
    if (n.begin > first() + 1 && Is(n.begin - 1, w.of) && Is(n.begin - 2, w.age))
      return set("year");
    if (n.begin > first() + 1 && IsMark(n.begin - 1, ',') && IsMark(n.end, ',') && n.value >= 5) {
      const Token& name = token(n.begin - 2);
      const bool person = name.IsWord() && name.IsCapitalized() && name.Has(kLower) &&
                          !FindBefore(n.begin - 1, kWordMonth | kWordWeekday) &&
                          !IsPlaceBefore(n.begin - 1);
      if (person && In(n.end + 1) && token(n.end + 1).IsWord()) return set("year");
    }
    return false;
  }

  // Whether the tokens before token `end` name something that is no person: "In Kabul, 20, ...".
  bool IsPlaceBefore(uint32_t end) {
    while (name_ < names_.size() && names_[name_].tokens.end < end) ++name_;
    for (size_t k = name_; k < names_.size() && names_[k].tokens.begin < end; ++k) {
      if (names_[k].tokens.end == end && names_[k].type != EntityType::kPerson) return true;
    }
    return false;
  }

  void Modifiers(uint32_t begin, uint32_t end, bool range, Quantity& q) {
    uint32_t start = begin;
    // "more than the 500", "as many as 100": at most two phrases ("only about 50").
    for (int k = 0; k < 2; ++k) {
      uint32_t at = start;
      if (at > first() && at > done_ && k == 0 && Is(at - 1, W().the) &&
          FindBefore(at - 1, kWordModifier))
        --at;
      const auto found = FindBefore(at, kWordModifier);
      if (!found || found.end < done_) break;
      if (!Apply(found.entry->id, q)) break;
      start = found.end;
    }
    if (start < begin) q.modifier = {token(start).begin, token(begin - 1).end};
    if (range && (q.bound != QuantityBound::kNone)) q.bound = QuantityBound::kNone;
    if (const auto after = Find(IsHyphen(end) ? end + 1 : end, kWordPostModifier)) {
      // "or more than" belongs to what comes next.
      const ByteSpan span = SpanOf(end, after.end);
      if (!IsNumberToken(after.end) && Apply(after.entry->id, q) && q.modifier.empty())
        q.modifier = span;
    }
  }

  static bool Apply(std::string_view id, Quantity& q) {
    if (id == "at_least") {
      q.bound = QuantityBound::kAtLeast;
    } else if (id == "at_most") {
      q.bound = QuantityBound::kAtMost;
    } else if (id == "more_than") {
      q.bound = QuantityBound::kMoreThan;
    } else if (id == "less_than") {
      q.bound = QuantityBound::kLessThan;
    } else if (id == "approximate") {
      q.approximation = Approximation::kApproximate;
    } else if (id == "slightly_below") {
      q.approximation = Approximation::kSlightlyBelow;
    } else if (id == "slightly_above") {
      q.approximation = Approximation::kSlightlyAbove;
    } else if (id == "only") {
      q.only = true;
    } else {
      return false;
    }
    return true;
  }

  // What is counted, or what the number is a part of.
  void Counted(const Number& n, uint32_t end, bool unit, Quantity& q) const {
    const Words& w = W();
    uint32_t at = end;
    if (!q.modifier.empty() && q.modifier.begin >= q.span.end) {
      while (In(at) && token(at).begin < q.modifier.end) ++at;  // "500 or more people"
    }
    const bool of = Is(at, w.of);
    const bool part = q.kind == QuantityKind::kPercent || q.kind == QuantityKind::kFraction;
    if (of) {
      const ByteSpan phrase = nouns_.NounPhrase(at + 1, true, false);
      if (part || q.kind == QuantityKind::kMoney) {
        q.of = phrase;
      } else {
        q.counted = phrase;
      }
      return;
    }
    if (q.kind == QuantityKind::kFraction && Is(at, w.the)) {
      q.of = nouns_.NounPhrase(at, true, false);  // "half the population"
      return;
    }
    if (q.kind == QuantityKind::kAge || part || (unit && q.kind == QuantityKind::kMoney)) return;
    if (IsHyphen(at)) ++at;
    if (!In(at) || (Glued(at) && !IsHyphen(at - 1))) return;
    const bool singular = q.kind == QuantityKind::kOrdinal ||
                          (q.kind == QuantityKind::kNumber && n.value == 1 && !q.is_range);
    q.counted = nouns_.NounPhrase(at, false, singular);
  }

  NumberReader numbers_;
  NounPhraseReader nouns_;
  const absl::Span<const MentionCandidate> names_;
  LayerRows<Quantity>& quantities_;
  uint32_t done_ = 0;  // tokens before belong to earlier expressions
  size_t name_ = 0;
};

const std::shared_ptr<const QuantityLexicon>& DefaultLexicon() {
  static const std::shared_ptr<const QuantityLexicon> kLexicon = [] {
    const std::string_view image(
        nutgraf_quantity_lex, static_cast<size_t>(nutgraf_quantity_lex_end - nutgraf_quantity_lex));
    // The image was made by the same build; a test verifies it.
    absl::StatusOr<Gazetteer> tables = Gazetteer::FromBytes(image);
    return std::make_shared<const QuantityLexicon>(tables.ok() ? *std::move(tables) : Gazetteer());
  }();
  return kLexicon;
}

}  // namespace

}  // namespace internal

QuantityExtractor::QuantityExtractor() : lexicon_(internal::DefaultLexicon()) {}

void QuantityExtractor::Extract(std::string_view text, absl::Span<const Token> tokens,
                                absl::Span<const Sentence> sentences,
                                absl::Span<const MentionCandidate> names,
                                LayerRows<Quantity>& quantities) const {
  internal::QuantityScratch scratch;
  internal::Extractor extractor(*lexicon_, text, tokens, names, scratch, quantities);
  for (const Sentence& sentence : sentences) extractor.Run(sentence);
}

absl::Status QuantityExtractor::Run(Document& document) const {
  internal::Extractor extractor(
      *lexicon_, document.text(), document.Get<Token>(), document.Get<MentionCandidate>(),
      document.Scratch<internal::QuantityScratch>(), document.Rows<Quantity>());
  for (const Sentence& sentence : document.Get<Sentence>()) extractor.Run(sentence);
  return absl::OkStatus();
}

}  // namespace nutgraf
