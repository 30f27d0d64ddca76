#include "lib/quantity/term_reader.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "lib/quantity/lexicon.h"

namespace nutgraf::internal {

void SetUnit(const QuantityEntry& entry, Unit& u) {
  switch (entry.word) {
    case kWordPercent:
      u.kind = QuantityKind::kPercent;
      u.unit = entry.id;
      u.dimension = "ratio";
      break;
    case kWordCurrency:
    case kWordCurrencySign:
    case kWordCurrencyCode:
    case kWordCurrencyCodeWeak:
    case kWordSubunit:
    case kWordSubunitGlued:
      u.kind = QuantityKind::kMoney;
      u.currency = entry.id;
      u.factor *= entry.value;
      break;
    default:
      u.kind =
          entry.dimension == "temperature" ? QuantityKind::kTemperature : QuantityKind::kMeasure;
      u.unit = entry.id;
      u.dimension = entry.dimension;
      u.base = entry.value;
  }
}

bool TermReader::EndsAt(uint32_t i) const {
  if (!view_.In(i)) return true;
  const TokenKind kind = view_.token(i).kind();
  return kind == TokenKind::kPunctuation && !view_.token(i).Has(kDash | kOpen);
}

uint32_t TermReader::StartOfMoney(uint32_t i) const {
  const auto sign = view_.FindBefore(i, kWordCurrencySign | kWordCurrencyCode);
  return sign ? sign.end : i;
}

// A currency before the number: "$", "US$", "US $", "USD", "ringgit". In "the U.S. $4 million" it
// is "$" alone.
void TermReader::Before(uint32_t limit, Term& t) const {
  if (t.n.glued_currency != nullptr) {
    SetUnit(*t.n.glued_currency, t.u);
    t.u.before = true;
    return;
  }
  if (t.n.ordinal || t.begin <= limit) return;
  uint32_t at = t.begin;
  bool negative = false;
  // "$-12.75"
  if (view_.Glued(at) && view_.Glued(at - 1) && at > limit + 1 &&
      (view_.IsMark(at - 1, '-') || view_.IsMark(at - 1, 0x2212))) {
    if (!view_.FindBefore(at - 1, kWordCurrencySign, limit)) return;
    --at;
    negative = true;
  }
  auto sign =
      view_.FindBefore(at, kWordCurrencySign | kWordCurrencyCode | kWordCurrencyCodeWeak, limit);
  // In "A $5 fee" and "the U.S. $4 million" it is "$" alone.
  if (sign && at - sign.end > 1 && !view_.Glued(at - 1) &&
      (view_.token(sign.end).Has(kPeriod) ||
       (view_.token(sign.end).size() == 1 && view_.token(sign.end).Has(kUpperFirst) &&
        view_.token(sign.end).lead != 'C'))) {
    sign = view_.FindBefore(at, kWordCurrencySign, at - 1);
  }
  // "ringgit 42": digits only, and no unit after them.
  if (!sign && t.n.form == Number::Form::kDigits && t.n.glued_unit == nullptr) {
    sign = view_.FindBefore(at, kWordCurrency, limit);
    if (sign && (view_.Glued(at) || view_.IsKind(t.end, kUnits | kWordCurrencySign) ||
                 view_.LooksPlural(t.end) || view_.IsNumberToken(sign.end - 1) ||
                 (sign.end > limit && view_.IsKind(sign.end - 1, kWordNumber | kWordScale)) ||
                 view_.IsHyphen(t.end) || !EndsAt(t.end))) {
      sign = {};
    }
  }
  // "10 $ 30 $": it belongs to the number before.
  if (sign && sign.end > limit && view_.IsNumberToken(sign.end - 1) && !view_.Glued(at) &&
      view_.IsKind(t.end, kWordCurrencySign)) {
    sign = {};
  }
  if (!sign) return;
  SetUnit(*sign.entry, t.u);
  t.u.before = true;
  t.begin = sign.end;
  t.negative = negative;
  // "$5m"; "5m" alone are meters.
  if (t.n.glued_unit != nullptr) {
    t.n.glued_unit = nullptr;
  } else if (!t.n.scaled) {
    if (const auto suffix = view_.Find(t.end, kWordScaleSuffix)) {
      t.u.factor *= suffix.entry->value;
      t.scale = suffix.entry->value;
      t.n.scaled = true;
      t.n.mantissa = t.n.value;
      t.end = suffix.end;
    }
  }
  // "$5 dollars", "US$5 million dollars"
  if (!view_.IsHyphen(t.end)) {
    if (const auto again = view_.Find(t.end, kWordCurrency)) t.end = again.end;
  }
}

// "-5", "- 5", "minus 5".
void TermReader::Sign(uint32_t limit, Term& t) const {
  if (t.n.ordinal || t.begin <= limit) return;
  const uint32_t left = t.begin - 1;
  const bool mark = view_.IsMark(left, '-') || view_.IsMark(left, 0x2212);
  if (mark && t.n.form == Number::Form::kDigits) {
    const bool glued = view_.Glued(t.begin) && !view_.Glued(left);
    const bool minus = view_.token(left).lead == 0x2212 && view_.Glued(t.begin);
    const bool alone =
        left == view_.first() && EndsAt(t.end) && (!view_.In(t.end) || t.end + 1 >= view_.last());
    if (!glued && !minus && !alone) return;
  } else if (view_.Is(left, W().minus) || view_.Is(left, W().negative)) {
    if (left > limit && view_.IsNumberToken(left - 1)) return;  // "5 minus 3"
    if (view_.Is(left, W().negative) && view_.LooksPlural(t.end)) return;
  } else {
    return;
  }
  t.begin = left;
  t.negative = true;
}

bool TermReader::QuoteIsOpen(uint32_t i) const {
  for (uint32_t k = i; k > view_.first() && k + 40 > i; --k) {
    if (view_.IsMark(k - 1, '"')) return true;
  }
  return false;
}

// "5 m", "2 L", "40 C": symbols that may be words, after digits and a blank.
QuantityLexicon::Found TermReader::SpacedSymbol(const Term& t) const {
  if (t.n.form != Number::Form::kDigits || !view_.In(t.end) || view_.token(t.end).size() > 4)
    return {};
  const auto found = view_.Find(t.end, kWordUnitGlued | kWordSubunitGlued);
  if (!found) return {};
  const std::string_view s = view_.Bytes(t.end);
  if (found.entry->dimension == "time" || found.entry->word == kWordSubunitGlued) {
    if (EndsAt(found.end) || PastInverse(found.end) > found.end ||
        (found.entry->dimension == "time" && view_.IsKind(found.end, kWordStop))) {
      return found;
    }
    return {};
  }
  if (s == "in" || s == "bit" || s == "bar") {
    // "2 in." but "15 in four rows"
    if (!EndsAt(found.end) && !view_.Is(found.end, W().by) && !view_.Is(found.end, W().x))
      return {};
    return s == "bit" ? QuantityLexicon::Found() : found;
  }
  // "5 A's", "20 C Company", "10 V-8 engines"
  if (s.size() == 1 && view_.In(found.end)) {
    const Token& next = view_.token(found.end);
    if (next.Has(kClitic) || view_.IsHyphen(found.end)) return {};
    if (next.Has(kUpperFirst) && view_.token(t.end).Has(kUpperFirst)) return {};
  }
  if (s == "A" && !view_.IsMark(found.end, '/')) return {};
  if (s == "AU" || s == "MP" || s == "pt" || s == "d") return {};
  return found;
}

// "35 (kg)".
QuantityLexicon::Found TermReader::Bracketed(const Term& t) const {
  const uint32_t open = t.end;
  if (t.n.form != Number::Form::kDigits || !view_.In(open)) return {};
  const Token& mark = view_.token(open);
  if (!mark.Has(kOpen) && mark.lead != '<') return {};
  const auto found = view_.Find(open + 1, kWordUnit | kWordUnitGlued);
  if (!found || found.end != open + 2 || !view_.In(found.end)) return {};
  const Token& close = view_.token(found.end);
  if (!close.Has(kClose) && close.lead != '>') return {};
  return {found.entry, found.end + 1};
}

// Units that "a" makes a quantity of: "a mile away", "a dollar"; but "a year", "a mark", "a foot".
bool TermReader::ArticleFits(const Term& t, const QuantityLexicon::Found& found) const {
  const QuantityEntry& entry = *found.entry;
  const Token& word = view_.token(t.end);
  if (word.size() < 2 || word.Has(kUpperLater)) return false;
  if (entry.word == kWordUnit) {
    const std::string_view d = entry.dimension;
    if (d != "length" && d != "mass" && d != "volume" && d != "area" && d != "data") return false;
    const std::string_view id = entry.id;
    if (id == "foot" || id == "yard" || id == "stone" || id == "barrel" || id == "bit" ||
        id == "carat" || (id == "cup" && !view_.Is(found.end, W().of))) {
      return false;
    }
    if (view_.LooksPlural(found.end - 1)) return false;
  } else if (entry.word == kWordPercent) {
    return entry.id != "percent";
  }
  // "a dollar bill", "a pound cake"
  if (!view_.In(found.end) || EndsAt(found.end)) return true;
  return view_.IsKind(found.end, kWordStop) && !view_.IsHyphen(found.end);
}

// "18F", "25A" and "12C" are names more often than measures: where nothing speaks of heat, or of
// more than a number, they are none.
bool TermReader::GluedLetterFits(const Term& t) const {
  const QuantityEntry& unit = *t.n.glued_unit;
  if (unit.word != kWordUnitGlued || t.n.end != t.n.begin + 1) return true;
  if (unit.dimension == "current") return t.n.decimal || view_.IsMark(t.end, '/');
  if (unit.dimension != "temperature" || t.n.decimal || unit.id == "kelvin") return true;
  const uint32_t b = t.n.begin;
  if (b > view_.first() && view_.Glued(b) &&
      (view_.IsDash(b - 1) || view_.IsMark(b - 1, '-') || view_.IsMark(b - 1, 0x2212))) {
    return true;
  }
  const Words& w = W();
  for (uint32_t i = std::max(b, view_.first() + 8) - 8; i < t.end + 8 && view_.In(i); ++i) {
    for (const uint64_t word :
         {w.temperature, w.temperatures, w.weather, w.heat, w.cold, w.hot, w.warm, w.high, w.highs,
          w.low, w.lows, w.degrees, w.celsius, w.fahrenheit}) {
      if (view_.Is(i, word)) return true;
    }
  }
  return false;
}

bool TermReader::MoneyNear(uint32_t begin, uint32_t end) const {
  for (uint32_t i = std::max(begin, view_.first() + 4) - 4; i < end + 4 && view_.In(i); ++i) {
    if (i >= begin && i < end) continue;
    if (view_.IsKind(i, kWordMoney)) return true;
  }
  return false;
}

// The unit after the number, with a blank, a hyphen or nothing between; `begin` is where it begins.
QuantityLexicon::Found TermReader::FindUnit(const Term& t, uint32_t& begin) const {
  const uint32_t end = t.end;
  begin = end;
  if (!view_.In(end)) return {};
  const Token& next = view_.token(end);
  if (next.Has(kAfterNewline)) return {};
  if (next.IsWord()) {
    if (next.Has(kGlued)) {
      if (const auto found = view_.Find(end, kUnits | kWordUnitGlued | kWordSubunitGlued))
        return found;
    }
    if (const auto found = view_.Find(end, kUnits)) return found;
    if (t.n.form == Number::Form::kDigits && !next.Has(kLower)) {
      // "3 CAD", but "5 ALL OUT"
      const auto weak = view_.Find(end, kWordCurrencyCodeWeak);
      if (weak && !(view_.In(weak.end) && view_.token(weak.end).IsAllUpper())) return weak;
    }
    // "42 LE", "500 Rs"
    if (t.n.form == Number::Form::kDigits && next.Has(kUpperFirst)) {
      const auto sign = view_.Find(end, kWordCurrencySign);
      if (sign && !view_.IsNumberToken(sign.end)) return sign;
    }
    if ((t.n.vague || t.n.rule == "couple") && view_.Is(end, W().of)) {
      begin = end + 1;
      return view_.Find(begin, kUnits);  // "millions of dollars"
    }
    // "5 m euros"
    if (!t.n.scaled) {
      if (const auto suffix = view_.Find(end, kWordScaleSuffix);
          suffix && view_.IsKind(suffix.end, kWordCurrency | kWordCurrencyCode)) {
        begin = suffix.end;
        return view_.Find(begin, kUnits);
      }
    }
    return SpacedSymbol(t);
  }
  if (next.Has(kCompound)) {
    begin = end + 1;
    if (const auto found = view_.Find(begin, kUnits)) return found;
    // "10-m tower", but "Form 10-K"
    if (view_.token(begin).Has(kUpperFirst) && view_.token(begin).size() == 1) return {};
    return view_.Find(begin, kWordUnitGlued);
  }
  // "three - foot", as some newswires have it
  if (next.lead == '-' && next.size() == 1 && view_.In(end + 1)) {
    const auto found = view_.Find(end + 1, kWordUnit | kWordCurrency);
    if (found && view_.token(end + 1).size() > 2 && !view_.LooksPlural(found.end - 1)) {
      begin = end + 1;
      return found;
    }
    return {};
  }
  if (const auto found = view_.Find(end, kUnits | kWordCurrencySign)) {
    // "10 €", where no number follows that the sign belongs to
    if (found.entry->word == kWordCurrencySign && view_.IsNumberToken(found.end) &&
        !view_.IsKind(found.end + 1, kWordCurrencySign | kWordSubunit)) {
      return {};
    }
    return found;
  }
  if ((next.lead == '"' && next.size() == 1) || view_.Bytes(end) == "''" || next.lead == 0x2033) {
    static const QuantityEntry kInch = {kWordUnit, QuantityModifier::kNone, 0.0254, "inch",
                                        "length"};
    if (t.n.form == Number::Form::kDigits && t.n.value < 200 && !view_.IsMark(t.n.begin - 1, '"') &&
        (next.lead != '"' || (!QuoteIsOpen(t.n.begin) && !view_.IsMark(end + 1, ',')))) {
      return {&kInch, end + 1};
    }
    return {};
  }
  return Bracketed(t);
}

void TermReader::After(Term& t) const {
  const QuantityEntry* entry = t.n.glued_unit;
  if (entry != nullptr && !GluedLetterFits(t)) {
    t.n = {};
    return;
  }
  if (entry == nullptr) {
    uint32_t begin = t.end;
    const auto found = FindUnit(t, begin);
    if (!found) return;
    // "one day" is as often "some day"
    if (found.entry->word == kWordUnit && t.n.form == Number::Form::kWords && t.n.value == 1 &&
        view_.Is(t.n.begin, W().one) && found.entry->id == "day" && !view_.Is(found.end, W().of)) {
      return;
    }
    if (t.n.article && !ArticleFits(t, found)) return;
    // "two cup ties"
    if (found.entry->id == "cup" && t.n.value > 1 && !view_.LooksPlural(found.end - 1)) return;
    // "the first second", "one third person": ordinals and fractions take no unit.
    if (t.n.fraction && begin == t.end && found.entry->word == kWordUnit &&
        found.entry->dimension == "time" && view_.token(t.end).size() < 4) {
      return;
    }
    if (begin > t.end) {
      if (const auto suffix = view_.Find(t.end, kWordScaleSuffix);
          suffix && suffix.end == begin && !t.n.scaled) {
        t.n.mantissa = t.n.value;
        t.u.factor *= suffix.entry->value;
        t.scale = suffix.entry->value;
        t.n.scaled = true;
      }
    }
    entry = found.entry;
    // Pounds are of money where they are many, "two million pounds", or where it is spoken of;
    // and of mass elsewhere.
    if (entry->word == kWordCurrency && entry->id == "GBP" && !t.n.scaled &&
        !MoneyNear(t.n.begin, found.end)) {
      const auto mass = view_.Find(begin, kWordUnit);
      if (mass && mass.end == found.end) entry = mass.entry;
    }
    t.end = found.end;
  }
  SetUnit(*entry, t.u);
  if (t.u.kind == QuantityKind::kMoney) {
    // "75 USD million"
    if (entry->word == kWordCurrencyCode && !t.n.scaled) {
      if (const auto scale = view_.Find(t.end, kWordScale)) {
        t.u.factor *= scale.entry->value;
        t.scale = scale.entry->value;
        t.n.mantissa = t.n.value;
        t.n.scaled = true;
        t.end = scale.end;
      }
    }
    return;
  }
  Exponent(*entry, t);
}

uint32_t TermReader::PastInverse(uint32_t i) const {
  const bool minus = view_.IsMark(i, '-') || view_.IsMark(i, 0x2212) || view_.IsMark(i, 0x2013);
  if (!minus || !view_.IsDigits(i + 1) || view_.token(i + 1).size() != 1) return i;
  if (!view_.Glued(i) && view_.token(i).lead != 0x2212) return i;
  const char digit = view_.Bytes(i + 1)[0];
  if (digit < '1' || digit > '3' || view_.IsKind(i + 2, kUnits) || view_.IsDash(i + 2)) return i;
  return i + 2;
}

void TermReader::Exponent(const QuantityEntry& entry, Term& t) const {
  int exponent = 0;
  uint32_t past = t.end;
  if (view_.IsMark(t.end, '^') && view_.Glued(t.end) && view_.IsDigits(t.end + 1)) {
    const std::string_view digits = view_.Bytes(t.end + 1);
    exponent = digits == "2" ? 2 : digits == "3" ? 3 : 0;
    past = t.end + 2;
  } else if (view_.Is(t.end, W().squared)) {
    exponent = 2;
    past = t.end + 1;
  } else if (view_.Is(t.end, W().cubed)) {
    exponent = 3;
    past = t.end + 1;
  }
  if (exponent != 0) {
    if (const QuantityEntry* const power = view_.lexicon().Power(entry, exponent)) {
      SetUnit(*power, t.u);
      t.end = past;
    }
    return;
  }
  // "86°N"
  if (entry.id == "degree" && view_.Glued(t.end) && view_.token(t.end).size() == 1) {
    const char side = view_.Bytes(t.end)[0];
    if (side == 'N' || side == 'S' || side == 'E' || side == 'W') ++t.end;
    return;
  }
  // "3e12 s-1", "5 m s−1", "2 cm3 s−1"
  if (const uint32_t inverse = PastInverse(t.end);
      inverse > t.end && view_.token(t.end - 1).size() <= 3) {
    t.end = inverse;
    return;
  }
  for (int steps = 0; steps < 2 && view_.In(t.end) && view_.token(t.end).size() <= 3; ++steps) {
    const auto symbol = view_.Find(t.end, kWordUnit | kWordUnitGlued);
    if (!symbol || symbol.end != t.end + 1) return;
    const uint32_t inverse = PastInverse(symbol.end);
    if (inverse == symbol.end) return;
    t.u.per = symbol.entry->id;
    t.end = inverse;
  }
}

// "$100 a month", "5 tonnes per hectare", "25 J/m2", "$9.66 per share", "$70-a-share".
void TermReader::Rate(Term& t) const {
  const Words& w = W();
  t.past = t.end;
  if (!t.u || t.u.kind == QuantityKind::kPercent || !view_.In(t.end)) return;
  for (int steps = 0; steps < 2; ++steps) {
    uint32_t at = t.past;
    const bool slash = view_.IsMark(at, '/');
    if (!slash && view_.In(at) && (view_.IsDash(at) || view_.IsMark(at, '-'))) ++at;
    const bool per = view_.Is(at, w.per);
    if (!slash && !per && !view_.Is(at, w.a) && !view_.Is(at, w.an) && !view_.Is(at, w.each) &&
        !view_.Is(at, w.every)) {
      return;
    }
    ++at;
    if (view_.IsDash(at) || view_.IsMark(at, '-')) ++at;
    if (!view_.In(at)) return;
    auto unit =
        view_.Find(at, slash ? kWordUnit | kWordUnitGlued | kWordRate : kWordUnit | kWordRate);
    std::string_view id;
    uint32_t end = at + 1;
    if (unit) {
      id = unit.entry->id;
      end = unit.end;
      if (slash && view_.IsMark(end, '^') && view_.IsDigits(end + 1)) {
        const QuantityEntry* const power =
            view_.lexicon().Power(*unit.entry, view_.Bytes(end + 1) == "2" ? 2 : 3);
        if (power != nullptr) {
          id = power->id;
          end += 2;
        }
      }
      // "$20 a month ago", "a year earlier" tell when.
      if (view_.Is(end, w.ago) || view_.Is(end, w.earlier) || view_.Is(end, w.later) ||
          view_.Is(end, w.before) || view_.Is(end, w.after)) {
        return;
      }
    } else if (per && view_.token(at).IsWord() && !view_.IsKind(at, kWordStop)) {
      id = view_.Bytes(at);  // "per aircraft"
    } else {
      return;
    }
    if (t.u.per.empty()) t.u.per = id;
    const bool inside =
        (slash || per) && unit && t.u.kind != QuantityKind::kMoney && t.past == t.end;
    t.past = end;
    if (inside) t.end = end;
  }
}

// In the smallest of the units, so that whole numbers stay whole: 74 inches for "6 ft 2 in".
void TermReader::AddPart(double number, std::string_view unit, double base, Term& t) const {
  t.value = std::round((t.value * (t.u.base / base) + number) * 1e9) / 1e9;
  t.u.unit = unit;
  t.u.base = base;
}

// "6 ft 2 in", "2 pounds and 5 ounces", "2 yards, 7 feet".
void TermReader::PartsOfMeasure(Term& t) const {
  if (t.u.base <= 0 || t.n.vague || t.n.article || t.u.dimension == "time" || !t.u.per.empty())
    return;
  double smallest = t.u.base;
  for (int steps = 0; steps < 3; ++steps) {
    uint32_t at = t.end;
    if (view_.IsMark(at, ',')) ++at;
    if (view_.Is(at, W().and_)) ++at;
    if (!view_.In(at) || view_.token(at).Has(kAfterNewline)) return;
    if (!view_.IsNumberToken(at) && !view_.IsKind(at, kWordNumber)) return;
    const Number n = numbers_.Cardinal(at);
    if (!n || !n.IsPlain() || n.scaled) return;
    Term part;
    part.n = n;
    part.begin = n.begin;
    part.end = n.end;
    if (at == t.end && view_.In(n.end) && view_.Bytes(n.end) == "in" && t.u.unit == "foot") {
      // "9 ft 4 in tall": here it is no preposition
      AddPart(n.value, "inch", t.u.base / 12, t);
      t.end = n.end + 1;
      return;
    }
    After(part);
    if (part.u.dimension != t.u.dimension || part.u.base <= 0 || part.u.base >= smallest) return;
    AddPart(n.value, part.u.unit, part.u.base, t);
    smallest = part.u.base;
    t.end = part.end;
  }
}

bool TermReader::BareInches(Term& t) const {
  if (t.u.unit != "foot" || !view_.In(t.end)) return false;
  uint32_t at = t.end;
  const bool hyphen = view_.IsDash(at) || view_.IsMark(at, '-');
  if (hyphen) ++at;
  // "six foot two"
  const bool words = !hyphen && t.n.form == Number::Form::kWords && view_.Is(at - 1, W().foot) &&
                     view_.IsKind(at, kWordNumber);
  if (!words && (!view_.IsDigits(at) || view_.Glued(at) != hyphen)) return false;
  const Number n = numbers_.Cardinal(at);
  if (!n || !n.IsPlain() || n.value >= 12 || view_.IsDash(n.end)) return false;
  if (!hyphen && (!EndsAt(n.end) || view_.IsMark(n.end, '.'))) {
    if (view_.In(n.end) && !view_.IsMark(n.end, '.')) return false;
  }
  if (view_.IsKind(n.end, kUnits)) return false;
  AddPart(n.value, "inch", t.u.base / 12, t);
  t.end = n.end;
  return true;
}

// "ten dollars and fifty cents", "20 rupees 43", "US$3 and fourteen".
void TermReader::PartsOfMoney(Term& t) const {
  if (t.u.factor != 1 || t.n.decimal || t.n.vague || t.n.article || t.n.scaled) return;
  uint32_t at = t.end;
  const bool comma = view_.IsMark(at, ',');
  if (comma) ++at;
  const bool linked = view_.Is(at, W().and_);
  if (linked) ++at;
  if (!view_.In(at) || view_.token(at).Has(kAfterNewline)) return;
  if (!view_.IsNumberToken(at) && !view_.IsKind(at, kWordNumber)) return;
  const Number n = numbers_.Cardinal(at);
  if (!n || !n.IsPlain() || n.scaled || n.value >= 100) return;
  const QuantityEntry* subunit = n.glued_unit;
  uint32_t end = n.end;
  if (subunit == nullptr) {
    if (const auto found = view_.Find(n.end, kWordSubunit)) {
      subunit = found.entry;
      end = found.end;
    } else if (view_.Find(n.end, kWordSubunitGlued)) {
      return;
    }
  }
  if (subunit != nullptr) {
    // Cents are those of any currency.
    if ((subunit->word & (kWordSubunit | kWordSubunitGlued)) == 0) return;
    if (subunit->id != t.u.currency && subunit->id != "USD") return;
    t.value += n.value * subunit->value;
    t.end = end;
    return;
  }
  // Without "cents" only where nothing else may be counted.
  if (comma || n.value < 10 || n.decimal ||
      (view_.In(end) && !(EndsAt(end) && end + 1 >= view_.last())))
    return;
  if (view_.In(t.begin - 1) &&
      (view_.Is(t.begin - 1, W().between) || view_.Is(t.begin - 1, W().from)))
    return;
  t.value += n.value / 100;
  t.end = end;
}

// "8 ± 0.4 K", "1,200±5 pounds", "3.1478(6) Å"
void TermReader::Tolerance(Term& t) const {
  uint32_t at = t.end;
  if (t.n.decimal && view_.IsMark(at, '(') && view_.Glued(at) && view_.IsDigits(at + 1) &&
      view_.Glued(at + 1) && view_.token(at + 1).size() <= 2 && view_.IsMark(at + 2, ')') &&
      view_.Glued(at + 2)) {
    t.end = at + 3;
    return;
  }
  if (!view_.IsMark(at, 0xB1)) return;
  ++at;
  const Number n = view_.IsNumberToken(at) ? numbers_.Cardinal(at) : Number();
  if (!n || !n.IsPlain()) return;
  if (!t.u && n.glued_unit != nullptr) t.n.glued_unit = n.glued_unit;
  t.end = n.end;
  t.rule = "tolerance";
}

void TermReader::Repetition(Term& t) const {
  if (!view_.IsMark(t.end, '(') || !view_.In(t.end + 1)) return;
  if (!view_.IsNumberToken(t.end + 1) && !view_.IsKind(t.end + 1, kWordNumber)) return;
  const Number again = numbers_.Cardinal(t.end + 1);
  if (!again || again.form == t.n.form || again.value != t.n.value || again.glued_unit != nullptr)
    return;
  if (view_.IsMark(again.end, ')')) t.end = again.end + 1;
}

// "7 degrees below zero", "20 below zero"
void TermReader::BelowZero(Term& t) const {
  if (!view_.Is(t.end, W().below) || !view_.Is(t.end + 1, W().zero)) return;
  if (t.u && t.u.kind != QuantityKind::kTemperature && t.u.dimension != "angle") return;
  t.negative = !t.negative;
  t.end += 2;
  t.u.kind = QuantityKind::kTemperature;
  t.u.dimension = "temperature";
  if (t.u.unit.empty()) t.u.unit = "degree";
}

Term TermReader::Read(const Number& n, uint32_t limit) const {
  Term t;
  t.n = n;
  t.rule = n.rule;
  t.begin = n.begin;
  t.end = n.end;
  if (n.ordinal) {
    t.value = n.value;
    t.past = t.end;
    return t;
  }
  if (n.scaled && n.mantissa > 0) t.scale = n.value / n.mantissa;
  Tolerance(t);
  Repetition(t);
  Before(limit, t);
  t.value = n.value;
  if (!t.u) {
    After(t);
    if (!t.n || (t.n.article && !t.u)) return {};
    Tolerance(t);
    if (!BareInches(t)) PartsOfMeasure(t);
  }
  if (t.u.kind == QuantityKind::kMoney) PartsOfMoney(t);
  if (t.u.kind != QuantityKind::kMoney) BelowZero(t);
  Sign(limit, t);
  t.value *= t.u.factor;
  t.high = t.n.high * t.u.factor;
  t.exact = n.rule == "digits" && t.value == n.value && !t.n.scaled && !n.fraction;
  if (t.negative) t.value = -t.value;
  Rate(t);
  return t;
}

Term TermReader::ReadAt(uint32_t i) const {
  uint32_t at = i;
  if (view_.In(at) && view_.token(at).Has(kAfterBlank)) return {};
  if (view_.Is(at, W().the)) ++at;
  if (const auto modifier = view_.Find(at, kWordModifier)) at = modifier.end;
  const uint32_t limit = at;
  const uint32_t skip = 3;  // at most a sign and a currency
  for (uint32_t steps = 0; steps < skip && view_.In(at); ++steps) {
    if (view_.IsNumberToken(at) || view_.lexicon().MayBegin(view_.token(at)) != 0) {
      Number n = numbers_.Read(at);
      if (!n || n.vague || n.article) return {};
      return Read(n, limit);
    }
    if (const auto sign = view_.Find(at, kWordCurrencySign | kWordCurrencyCode)) {
      at = sign.end;
    } else if (view_.IsMark(at, '-') || view_.IsMark(at, 0x2212) || view_.Is(at, W().minus) ||
               view_.Is(at, W().negative)) {
      ++at;
    } else {
      return {};
    }
  }
  return {};
}

Unit TermReader::SharedUnit(uint32_t end, double& scale) const {
  const Words& w = W();
  constexpr int kMost = 8;
  uint32_t at = end;
  for (int steps = 0; steps < kMost; ++steps) {
    // "7- or 8-inch"
    if ((view_.IsMark(at, '-') || view_.IsDash(at)) && view_.Glued(at) && !view_.Glued(at + 1))
      ++at;
    const bool comma = view_.IsMark(at, ',');
    if (comma) ++at;
    const bool last = view_.Is(at, w.and_) || view_.Is(at, w.or_) || view_.IsMark(at, '&') ||
                      view_.Is(at, w.x) || view_.IsMark(at, 0xD7) || view_.Is(at, w.to);
    if (last) ++at;
    if (!comma && !last) return {};
    if (!view_.In(at) || view_.token(at).Has(kAfterNewline)) return {};
    if (!view_.IsNumberToken(at) && !view_.IsKind(at, kWordNumber)) return {};
    const Number n = numbers_.Cardinal(at);
    if (!n || !n.IsPlain()) return {};
    Term t;
    t.n = n;
    t.begin = n.begin;
    t.end = n.end;
    After(t);
    if (t.u) {
      scale = n.scaled && n.mantissa > 0 ? n.value / n.mantissa : 1;
      if (t.u.dimension == "time" && comma && !last) return {};
      return t.u;
    }
    if (n.scaled) return {};
    at = n.end;
    if (last && !view_.Is(at - 2, w.x) && !view_.IsMark(at - 2, 0xD7)) return {};
  }
  return {};
}

}  // namespace nutgraf::internal
