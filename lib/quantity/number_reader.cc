#include "lib/quantity/number_reader.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "lib/quantity/lexicon.h"
#include "lib/text/token_builder.h"

namespace nutgraf::internal {

namespace {

// Numbers are short, hostile texts are not.
constexpr uint32_t kMostWords = 32;

bool IsDigit(char c) { return IsAsciiDigit(static_cast<unsigned char>(c)); }

// "2.345,67", "5,00": a comma before the decimals. Returns whether it is one.
bool ReadDecimalComma(std::string_view s, Number& n) {
  const size_t comma = s.find(',');
  if (comma == std::string_view::npos || comma == 0) return false;
  const std::string_view decimals = s.substr(comma + 1);
  bool points = false;
  double value = 0;
  uint32_t group = 0;
  for (const char c : s.substr(0, comma)) {
    if (c == '.') {
      if (group == 0 || group > 3 || (points && group != 3)) return false;
      points = true;
      group = 0;
    } else if (IsDigit(c)) {
      value = value * 10 + (c - '0');
      ++group;
    } else {
      return false;
    }
  }
  if (points ? group != 3 : comma > 6) return false;
  if (decimals.empty() || decimals.size() > 6 || (!points && decimals.size() != 2)) return false;
  double unit = 1;
  for (const char c : decimals) {
    if (!IsDigit(c)) return false;
    unit /= 10;
    value += (c - '0') * unit;
  }
  n.value = value;
  n.grouped = points;
  n.decimal = true;
  return true;
}

}  // namespace

struct NumberReader::Parts {
  double total = 0;    // scales that are complete
  double current = 0;  // what stands before the next scale
  double last_scale = 1e300;
  uint32_t at = 0;
  uint32_t group = 0;  // where what may be taken back begins
  bool any = false;
  bool has_current = false;
};

uint32_t NumberReader::ReadDigits(std::string_view s, Number& n) {
  char plain[40];
  size_t size = 0;
  uint32_t i = 0;
  bool point = false;
  uint32_t group = 0;  // digits since the last separator
  bool separated = false;
  bool thousands = true;  // groups as English writes them: 2,500; 1,00,000 (India)
  for (; i < s.size(); ++i) {
    const char c = s[i];
    if (IsDigit(c)) {
      if (size < sizeof(plain)) plain[size++] = c;
      ++group;
    } else if (c == '.' && !point) {
      point = true;
      if (separated && group != 3) thousands = false;
      if (size < sizeof(plain)) plain[size++] = c;
      group = 0;
    } else if ((c == ',' || c == '\'') && !point) {
      if (separated ? group != 3 && group != 2 : group == 0 || group > 3) thousands = false;
      separated = true;
      group = 0;
    } else {
      break;
    }
  }
  if (size == 0 || size == sizeof(plain)) return 0;
  if (separated && !point && group != 3) thousands = false;
  // "1.2.3" stops at its second point.
  if (!thousands || (i < s.size() && (s[i] == '.' || s[i] == ',')))
    return ReadDecimalComma(s, n) ? static_cast<uint32_t>(s.size()) : 0;
  const auto [end, error] = std::from_chars(plain, plain + size, n.value);
  if (error != std::errc() || end != plain + size) return 0;
  n.grouped = separated;
  n.decimal = point;
  return i;
}

double NumberReader::VulgarFraction(std::string_view s) {
  static constexpr struct {
    std::string_view sign;
    double value;
  } kSigns[] = {{"½", 0.5},   {"¼", 0.25},  {"¾", 0.75},  {"⅓", 1.0 / 3}, {"⅔", 2.0 / 3},
                {"⅛", 0.125}, {"⅜", 0.375}, {"⅝", 0.625}, {"⅞", 0.875},   {"⅕", 0.2},
                {"⅖", 0.4},   {"⅗", 0.6},   {"⅘", 0.8},   {"⅙", 1.0 / 6}, {"⅚", 5.0 / 6}};
  if (s.size() < 2 || IsAsciiAlnum(static_cast<unsigned char>(s[0]))) return 0;
  for (const auto& sign : kSigns) {
    if (s == sign.sign) return sign.value;
  }
  return 0;
}

double NumberReader::SlashFraction(uint32_t i) const {
  Number above;
  Number below;
  const auto whole = [this](uint32_t token, Number& n) {
    return view_.IsNumberToken(token) &&
           ReadDigits(view_.Bytes(token), n) == view_.Bytes(token).size() && !n.decimal &&
           !n.grouped;
  };
  if (!view_.IsMark(i + 1, '/') || !view_.Glued(i + 1) || !view_.Glued(i + 2)) return 0;
  if (!whole(i, above) || !whole(i + 2, below)) return 0;
  if (view_.IsMark(i + 3, '/') && view_.Glued(i + 3)) return 0;
  const double d = below.value;
  if (above.value < 1 || above.value >= d) return 0;
  const bool usual = d == 2 || d == 3 || d == 4 || d == 5 || d == 8 || d == 10 || d == 16 ||
                     d == 32 || d == 64 || d == 100 || d == 1000;
  return usual || view_.IsKind(i + 3, kWordUnit | kWordPercent) ? above.value / d : 0;
}

Number NumberReader::Digits(uint32_t i) const {
  Number n;
  n.begin = i;
  n.end = i + 1;
  n.rule = "digits";
  std::string_view s = view_.Bytes(i);
  if (!view_.IsNumberToken(i)) {
    size_t letters = 0;
    while (letters < s.size() && letters < 5 && !IsDigit(s[letters])) ++letters;
    if (letters == 0 || letters == s.size()) return {};
    bool ignorable = false;
    const uint64_t folded = FoldedHash(s.substr(0, letters), true, &ignorable);
    const uint64_t exact = HashBytes(s.substr(0, letters));
    if (view_.IsMark(i - 1, '$') && view_.Glued(i)) {  // "$US160"
      n.glued_currency = view_.lexicon().DollarOf(folded, exact);
      n.begin = n.glued_currency != nullptr ? i - 1 : i;
    } else if (letters > 1) {
      const auto code = view_.FindFrom(
          folded, exact, i, kWordCurrencySign | kWordCurrencyCode | kWordCurrencyCodeWeak);
      if (code.end == i + 1) n.glued_currency = code.entry;
    }
    if (n.glued_currency == nullptr) return {};
    s.remove_prefix(letters);
  } else if (!view_.token(i).Has(kInnerMark | kLower | kUpperLater | kNonAscii) && s.size() < 16) {
    if (s.size() > 1 && s[0] == '0') return {};  // an identifier, a telephone number
    uint64_t value = 0;
    for (const char c : s) value = value * 10 + static_cast<uint64_t>(c - '0');
    n.form = Number::Form::kDigits;
    n.value = static_cast<double>(value);
    return n;
  }
  if (const double fraction = VulgarFraction(s); fraction > 0) {
    n.form = Number::Form::kDigits;
    n.value = fraction;
    n.fraction = true;
    return n;
  }
  const uint32_t size = ReadDigits(s, n);
  if (size == 0) return FeetAndInches(i, s);
  if (size > 1 && s[0] == '0' && !n.decimal) return {};
  n.form = Number::Form::kDigits;
  if (size == s.size()) return n;
  const std::string_view rest = s.substr(size);
  if (rest == "s" && !n.decimal) return {};  // "1990s", "747s", "under 18s"
  if (const double fraction = VulgarFraction(rest); fraction > 0) {
    n.value += fraction;
    n.decimal = true;
    return n;
  }
  if (rest == "st" || rest == "nd" || rest == "rd" || rest == "th" || rest == "ST" ||
      rest == "ND" || rest == "RD" || rest == "TH") {
    if (n.decimal) return {};
    n.ordinal = true;
    n.rule = "digits ordinal";
    return n;
  }
  return WithSuffix(i, rest, n);
}

// 7'10"
Number NumberReader::FeetAndInches(uint32_t i, std::string_view s) const {
  static const QuantityEntry kFoot = {kWordUnit, QuantityModifier::kNone, 0.3048, "foot", "length"};
  const size_t mark = s.find('\'');
  if (mark != 1 || s.size() < 3 || s.size() > 4 || !IsDigit(s[0]) || !IsDigit(s[2]) ||
      (s.size() == 4 && !IsDigit(s[3]))) {
    return {};
  }
  const int inches = s.size() == 3 ? s[2] - '0' : (s[2] - '0') * 10 + (s[3] - '0');
  if (inches > 11 || !view_.Glued(i + 1) ||
      (!view_.IsMark(i + 1, '"') && view_.Bytes(i + 1) != "''"))
    return {};
  Number n;
  n.form = Number::Form::kDigits;
  n.rule = "feet and inches";
  n.begin = i;
  n.end = i + 2;
  n.value = (s[0] - '0') + inches / 12.0;
  n.decimal = true;
  n.glued_unit = &kFoot;
  return n;
}

Number NumberReader::WithSuffix(uint32_t i, std::string_view rest, Number n) const {
  // "3e12", "1e-10", "5x10^3": Exponent() reads on.
  if ((rest[0] == 'e' || rest[0] == 'E') && rest.size() < 5) {
    double exponent = 0;
    const char* const end = rest.data() + rest.size();
    if (rest.size() > 1 && std::from_chars(rest.data() + 1, end, exponent).ptr == end &&
        IsDigit(rest[1])) {
      n.value *= std::pow(10, exponent);
      n.decimal = true;
      return n;
    }
    if (rest.size() == 1 && view_.Glued(i + 1)) {
      if (const uint32_t past = SignedInteger(i + 1, exponent); past > i + 2) {
        n.value *= std::pow(10, exponent);
        n.end = past;
        n.decimal = true;
        return n;
      }
    }
  }
  if (rest.size() > 1 && (rest[0] == 'x' || rest[0] == 'X') && IsDigit(rest[1]) &&
      view_.IsMark(i + 1, '^') && view_.Glued(i + 1)) {
    Number base;
    double exponent = 0;
    const uint32_t past = SignedInteger(i + 2, exponent);
    if (past > i + 2 && ReadDigits(rest.substr(1), base) == rest.size() - 1) {
      n.value *= std::pow(base.value, exponent);
      n.end = past;
      n.decimal = true;
      return n;
    }
  }
  // "2010b"
  if (rest.size() == 1 && rest[0] >= 'a' && rest[0] <= 'f' && !n.grouped && !n.decimal &&
      n.value >= 1900 && n.value < 2100) {
    return {};
  }
  bool ignorable = false;
  const uint64_t folded = FoldedHash(rest, true, &ignorable);
  const uint64_t exact = HashBytes(rest);
  // "5m" is five million after a currency sign, five meters otherwise.
  const bool money =
      n.glued_currency != nullptr || view_.FindBefore(i, kWordCurrencySign | kWordCurrencyCode);
  if (rest == "B" && !money && !n.decimal) return {};  // "221B Baker Street"
  const auto scale = view_.FindFrom(folded, exact, i, kWordScaleSuffix);
  const auto unit = view_.FindFrom(folded, exact, i,
                                   kUnits | kWordUnitGlued | kWordSubunitGlued | kWordCurrencySign);
  if (scale && scale.end == i + 1) {
    // "12m tonnes", "2m people"
    const bool counts =
        unit && rest.size() == 1 && (rest[0] == 'm' || rest[0] == 'b') && CountsMillions(i + 1, n);
    // "5G" is a network
    if (rest == "G" && !n.decimal && n.value < 10 && !money) return {};
    // "300K" are thousands; kelvins have a blank before.
    if (money || !unit || counts || rest == "K") {
      n.mantissa = n.value;
      n.value *= scale.entry->value;
      n.scaled = true;
      return n;
    }
  }
  if (unit) {
    n.glued_unit = unit.entry;
    n.end = unit.end;
    return n;
  }
  return {};
}

// "12m tonnes", "2m people", "2.7m combined sales", but "100m runners", "5m high waves".
bool NumberReader::CountsMillions(uint32_t i, const Number& n) const {
  if (view_.IsKind(i, kWordUnit | kWordCurrency)) return true;
  for (const double race : {60.0, 100.0, 200.0, 400.0, 800.0, 1500.0, 5000.0, 10000.0}) {
    if (n.value == race) return false;
  }
  const uint32_t most = n.decimal ? 4 : 1;
  for (uint32_t k = i; k < i + most && view_.In(k); ++k) {
    if (!view_.token(k).IsWord() || view_.IsKind(k, kWordStop | kWordExtent)) return false;
    if (view_.LooksPlural(k)) return true;
  }
  return false;
}

uint32_t NumberReader::SignedInteger(uint32_t i, double& value) const {
  uint32_t at = i;
  double sign = 1;
  if (view_.IsMark(at, '-') || view_.IsMark(at, 0x2212) || view_.IsMark(at, 0x2013)) {
    sign = -1;
    ++at;
  } else if (view_.IsMark(at, '+')) {
    ++at;
  }
  if (!view_.IsNumberToken(at) || (at > i && !view_.Glued(at))) return i;
  const std::string_view s = view_.Bytes(at);
  if (s.size() > 3) return i;
  double digits = 0;
  for (const char c : s) {
    if (!IsDigit(c)) return i;
    digits = digits * 10 + (c - '0');
  }
  value = sign * digits;
  return at + 1;
}

bool NumberReader::SpacedThousands(Number& n) const {
  const auto plain = [this](uint32_t i, size_t low, size_t high) {
    return view_.IsNumberToken(i) &&
           !view_.token(i).Has(kInnerMark | kLower | kUpperLater | kNonAscii) &&
           view_.token(i).size() >= low && view_.token(i).size() <= high;
  };
  if (!plain(n.begin, 1, 3) || n.value == 0) return false;
  uint32_t at = n.end;
  double value = n.value;
  while (at < n.end + 5 && plain(at, 3, 3) && !view_.Glued(at) && view_.OneBlankBefore(at) &&
         !view_.token(at).Has(kAfterNewline)) {
    double digits = 0;
    for (const char c : view_.Bytes(at)) digits = digits * 10 + (c - '0');
    value = value * 1000 + digits;
    ++at;
  }
  // "200 300 people" may be two numbers: only whole thousands, or two groups, are sure.
  if (at == n.end || (at == n.end + 1 && std::fmod(value, 1000) != 0 && !view_.Nbsp(n.end)))
    return false;
  n.value = value;
  n.end = at;
  n.grouped = true;
  return true;
}

bool NumberReader::MixedFraction(Number& n) const {
  const uint32_t at = n.end;
  if (n.decimal || !view_.IsNumberToken(at) || view_.Glued(at)) return false;
  if (const double sign = VulgarFraction(view_.Bytes(at)); sign > 0) {
    n.value += sign;
    n.end = at + 1;
  } else if (const double part = SlashFraction(at); part > 0) {
    n.value += part;
    n.end = at + 3;
  } else {
    return false;
  }
  n.decimal = true;
  return true;
}

bool NumberReader::Exponent(Number& n) const {
  double exponent = 0;
  uint32_t at = n.end;
  // "2^10", "1.2^+5"
  if (view_.IsMark(at, '^') && view_.Glued(at)) {
    const uint32_t past = SignedInteger(at + 1, exponent);
    if (past == at + 1) return false;
    n.value = std::pow(n.value, exponent);
    n.end = past;
    n.decimal = true;
    return true;
  }
  // "10−7"
  if (n.value == 10 && view_.IsMark(at, 0x2212) && view_.Glued(at) && view_.Glued(at + 1)) {
    const uint32_t past = SignedInteger(at, exponent);
    if (past == at) return false;
    n.value = std::pow(10, exponent);
    n.end = past;
    n.decimal = true;
    return true;
  }
  // "5 x 10^3", "5 × 10−9", "2·10^4"
  if (!view_.Is(at, W().x) && !view_.IsMark(at, 0xD7) && !view_.IsMark(at, 0xB7) &&
      !view_.IsMark(at, '*')) {
    return false;
  }
  ++at;
  if (!view_.IsNumberToken(at) || view_.Bytes(at) != "10") return false;
  ++at;
  if (view_.IsMark(at, '^')) {
    ++at;
  } else if (!view_.Glued(at) || view_.IsMark(at, ',') || view_.IsMark(at, '.')) {
    return false;
  }
  const uint32_t past = SignedInteger(at, exponent);
  if (past == at) return false;
  n.value *= std::pow(10, exponent);
  n.end = past;
  n.decimal = true;
  return true;
}

void NumberReader::ExtendDigits(Number& n) const {
  if (!view_.In(n.end) || n.fraction) return;
  if (SpacedThousands(n) || MixedFraction(n)) return;
  if (Exponent(n)) n.rule = "scientific";
}

Number NumberReader::Cardinal(uint32_t i) const {
  Number n;
  n.begin = i;
  Parts p;
  p.at = i;
  if (view_.IsNumberToken(i) || (view_.In(i) && SentenceView::MayBeCode(view_.token(i)))) {
    n = Digits(i);
    if (!n || n.ordinal || n.glued_unit != nullptr) return n;
    if (!n.scaled) ExtendDigits(n);
    p.current = n.value;
    p.any = p.has_current = true;
    p.at = n.end;
    if (n.scaled) {
      n.end = p.at;
      return n;
    }
  } else {
    n.form = Number::Form::kWords;
    n.rule = "words";
    const auto article_scale = [&](uint32_t at) {
      return IsArticle(at) && view_.IsKind(at + 1, kWordScale);
    };
    if (article_scale(i)) {  // "a hundred"
      p.current = 1;
      p.any = p.has_current = true;
      ++p.at;
    } else if (const uint32_t scale = ScaleOfFraction(i); scale > i) {
      // "half a million", "half million", "a quarter million", "two thirds of a billion"
      p.current = FractionAt(i).value;
      p.any = p.has_current = true;
      p.at = scale;
    } else if (view_.IsKind(i, kWordScale)) {
      // "hundred thousand", "thousand liters"
      const auto scale = view_.Find(i, kWordScale);
      if (!view_.IsKind(scale.end, kWordScale | kWordUnit | kWordCurrency)) return {};
      p.current = 1;
      p.any = p.has_current = true;
    }
  }
  for (uint32_t steps = 0; steps < kMostWords && view_.In(p.at); ++steps) {
    if (!AddWord(n, p)) break;
  }
  if (!p.any) return {};
  n.value = p.total + p.current;
  n.end = p.at;
  AddDecimals(n);
  return n;
}

// "and a half", "and three fifths": `at` is the token after "and".
bool NumberReader::AddFraction(Number& n, Parts& p, uint32_t at) const {
  const Part part = FractionAt(at);
  if (part.end <= at || part.value >= 1) return false;
  // "a half" needs its article, or a numerator: "five and third" is no number.
  if (part.end == at + 1 && !view_.IsKind(at, kWordFraction)) return false;
  if (view_.Is(part.end, W().of)) return false;  // "two and a half of them"
  const auto scale = view_.Find(part.end, kWordScale);
  if (scale && scale.entry->value < p.last_scale && p.total > 0) {
    p.total += part.value * scale.entry->value;  // "two billion and a half million"
    p.at = scale.end;
  } else if (p.total > 0 && !p.has_current) {
    p.total += part.value * p.last_scale;  // "six million and a half"
    p.at = part.end;
  } else if (p.has_current) {
    p.current += part.value;
    p.at = part.end;
  } else {
    return false;
  }
  n.decimal = true;
  return true;
}

bool NumberReader::AddScale(Number& n, Parts& p, const QuantityLexicon::Found& found) const {
  const double value = found.entry->value;
  if (!p.any) return false;
  if (!p.has_current) {
    // "two thousand million"
    if (p.total == 0 || value < p.last_scale || value == 12) return false;
    p.total *= value;
    p.last_scale = value;
  } else if (value == 12) {  // "two dozen"
    p.current *= 12;
  } else if (value < 1000) {
    if ((p.current >= 100 && n.form == Number::Form::kWords) || p.current * value >= p.last_scale) {
      return false;
    }
    if (p.total == 0) n.mantissa = p.current;
    p.current *= value;
  } else if (value < p.last_scale) {
    if (p.total == 0) n.mantissa = p.current;
    p.total += p.current * value;
    p.current = 0;
    p.has_current = false;
    p.last_scale = value;
  } else {
    // "two million and three million": the second number is one of its own.
    p.current = 0;
    p.at = p.group;
    return false;
  }
  n.scaled = true;
  p.any = true;
  p.at = found.end;
  return true;
}

bool NumberReader::AddWord(Number& n, Parts& p) const {
  const Words& w = W();
  uint32_t word = p.at;
  bool after_and = false;
  if (p.any) {
    if (view_.IsDash(word) || view_.IsMark(word, '-')) {
      ++word;
      if (view_.Is(word, w.and_) && view_.IsHyphen(word + 1)) {  // "two-and-a-half"
        after_and = true;
        word += 2;
      }
    } else if (view_.Is(word, w.and_) || view_.IsMark(word, '&')) {
      after_and = true;
      ++word;
    } else if (view_.IsMark(word, ',') && n.form == Number::Form::kWords && p.total > 0 &&
               !p.has_current && view_.IsKind(word + 1, kWordNumber) &&
               view_.IsKind(word + 2, kWordScale)) {
      ++word;  // "three million, two hundred"
    }
  }
  if (!view_.In(word)) return false;
  const bool digits = n.form == Number::Form::kDigits;
  // "7 thousand 6 hundred", "5 hundred and 42"
  if (p.any && view_.IsNumberToken(word)) {
    if (!n.scaled || view_.Glued(word) || n.decimal) return false;
    const Number more = Digits(word);
    if (!more || !more.IsPlain() || more.scaled || more.decimal || more.glued_unit != nullptr)
      return false;
    const auto scale = view_.Find(more.end, kWordScale);
    const bool hundreds = p.has_current && std::fmod(p.current, 100) == 0;
    if (scale && more.value < 1000 && !p.has_current) {
      if (more.value * scale.entry->value >= p.last_scale) return false;
    } else if (!hundreds || more.value >= 100 || more.value == 0 || scale) {
      return false;
    }
    p.group = p.at;
    p.current += more.value;
    p.has_current = true;
    p.at = more.end;
    return true;
  }
  auto found = view_.Find(word, kWordNumber | kWordScale);
  // "three dozens"; "2.5 mln": an abbreviated scale, where it is no letter that may mean something
  // else.
  if (!found && p.has_current && !after_and) {
    found = view_.Find(word, kWordVagueScale);
    if (!found && word == p.at) {
      found = view_.Find(word, kWordScaleSuffix);
      if (found && (found.end != word + 1 ||
                    (view_.token(word).size() < 2 &&
                     (!digits || (view_.Bytes(word) != "k" &&
                                  !((view_.Bytes(word) == "B" || view_.Bytes(word) == "M") &&
                                    view_.LooksPlural(word + 1))))) ||
                    (!digits && view_.token(word).size() > 3) ||
                    view_.IsKind(word, kWordUnit | kWordCurrencyCode))) {
        found = {};
      }
    }
  }
  if (!found) return after_and && AddFraction(n, p, word);
  const double value = found.entry->value;
  if (found.entry->word != kWordNumber) return !after_and && AddScale(n, p, found);
  if (digits && !n.scaled) return false;  // "5 two": two numbers
  const bool tens = p.has_current && p.current >= 20 && std::fmod(p.current, 10) == 0 &&
                    std::fmod(p.current, 100) != 0;
  const bool hundreds = p.has_current && p.current >= 100 && std::fmod(p.current, 100) == 0;
  const bool fits = !p.has_current || (value < 10 && value > 0 && tens && !after_and) ||
                    (value < 100 && value > 0 && hundreds);
  if (!fits) return after_and && AddFraction(n, p, word);
  // Hyphens with blanks around only join tens and units.
  if (word > p.at && !after_and && !view_.IsHyphen(p.at) && !view_.IsMark(p.at, ',') && !tens)
    return false;
  if (after_and) {
    if (value >= 100 || (!hundreds && (p.has_current || p.total == 0))) return false;
    if (digits && p.last_scale > 1000 && p.total > 0) return false;  // "5 million and two people"
    if (const auto scale = view_.Find(PastHyphen(found.end), kWordScale)) {
      const double s = scale.entry->value;
      if (s < 1000 ? (hundreds && s != 12) || p.last_scale <= 100 : s >= p.last_scale) return false;
    }
    // "forty and two fifths"
    if (const Part part = FractionAt(word); part.end > found.end && part.value < 1)
      return AddFraction(n, p, word);
  }
  if (!p.has_current) p.group = p.at;
  p.current += value;
  p.has_current = p.any = true;
  p.at = found.end;
  return true;
}

// "one point five", "nought point nought seven", "four point six million"
void NumberReader::AddDecimals(Number& n) const {
  if (!view_.Is(n.end, W().point) || n.decimal || n.scaled) {
    if (!view_.Is(n.end, W().point) || n.value >= 1000 || std::fmod(n.value, 100) != 0) return;
  }
  double value = n.value;
  double unit = 1;
  uint32_t at = n.end + 1;
  for (uint32_t steps = 0; steps < 12; ++steps) {
    if (view_.IsNumberToken(at) && steps == 0) {
      for (const char c : view_.Bytes(at)) {
        if (!IsDigit(c)) return;
        unit /= 10;
        value += (c - '0') * unit;
      }
      ++at;
      break;
    }
    const auto found = view_.Find(at, kWordNumber);
    if (!found) break;
    if (found.entry->value < 10) {
      unit /= 10;
      value += found.entry->value * unit;
      at = found.end;
      continue;
    }
    // "point seventy-one", "point eleven"
    double two = found.entry->value;
    at = found.end;
    const auto ones = view_.Find(PastHyphen(at), kWordNumber);
    if (two >= 20 && ones && ones.entry->value < 10 && ones.entry->value > 0) {
      two += ones.entry->value;
      at = ones.end;
    }
    value += two * unit / 100;
    break;
  }
  if (at == n.end + 1) return;
  n.value = value;
  n.end = at;
  n.decimal = true;
  if (const auto scale = view_.Find(at, kWordScale); scale && scale.entry->value >= 1000) {
    n.mantissa = n.value;
    n.value *= scale.entry->value;
    n.scaled = true;
    n.end = scale.end;
  }
}

NumberReader::Part NumberReader::FractionAt(uint32_t i) const {
  uint32_t at = i;
  double above = 1;
  if (IsArticle(at)) {
    at = view_.IsHyphen(at + 1) ? at + 2 : at + 1;
  } else if (const auto number = view_.Find(at, kWordNumber);
             number && number.entry->value > 0 && number.entry->value < 20) {
    above = number.entry->value;
    at = PastHyphen(number.end);
  }
  const auto part = view_.Find(at, kWordFraction);
  if (!part) return {};
  if (at == i && part.entry->value > 4) return {};  // "third"
  if (at == i && part.entry->value == 3) return {};
  if (above > 1 && !IsPluralForm(part.end - 1)) return {};
  if (above == 1 && IsPluralForm(part.end - 1)) return {};
  return {above / part.entry->value, part.end};
}

uint32_t NumberReader::ScaleOfFraction(uint32_t i) const {
  uint32_t at = FractionAt(i).end;
  if (at <= i) return i;
  if (view_.Is(at, W().of)) ++at;
  if (IsArticle(at)) ++at;
  return view_.IsKind(at, kWordScale) ? at : i;
}

Number NumberReader::OrdinalWord(uint32_t i) const {
  const auto ordinal = view_.Find(i, kWordOrdinal);
  if (!ordinal) return {};
  Number n;
  n.form = Number::Form::kWords;
  n.begin = i;
  n.end = ordinal.end;
  n.value = ordinal.entry->value;
  n.ordinal = true;
  n.rule = "ordinal";
  return n;
}

// "half", "a third of", "a quarter of", "tenth of a gallon"; `begin` is i, or the article before.
Number NumberReader::FractionWord(uint32_t i, uint32_t begin) const {
  const auto part = view_.Find(i, kWordFraction);
  if (!part) return {};
  Number n;
  n.form = Number::Form::kWords;
  n.begin = begin;
  n.end = part.end;
  n.value = 1 / part.entry->value;
  n.rule = "fraction";
  const double below = part.entry->value;
  if (IsPluralForm(part.end - 1)) return {};
  const bool half = below == 2;
  const bool of = view_.Is(part.end, W().of);
  // "half an hour", "half a liter"
  if (half && IsArticle(part.end) && view_.IsKind(part.end + 1, kUnits)) {
    n.end = part.end + 1;
    return n;
  }
  // "half liter", "quarter-litre", "a half turn"
  if (half || below == 4) {
    const uint32_t unit = PastHyphen(part.end);
    if (const auto found = view_.Find(unit, kWordUnit);
        found && (unit > part.end || found.entry->dimension != "time")) {
      return n;
    }
  }
  // "tenth of a gallon"
  if (of && IsArticle(part.end + 1) && !half && view_.IsKind(part.end + 2, kWordUnit)) {
    n.end = part.end + 2;
    return n;
  }
  const bool article = begin < i;
  if (!half && !(article && of)) return {};
  if (!article && half) {
    // "the first half", "second-half": a part of time.
    if (view_.In(i - 1) && (view_.FindBefore(i, kWordOrdinal) || view_.IsHyphen(i - 1))) return {};
    if (view_.IsHyphen(part.end)) return {};
  }
  n.begin = article && of && !half ? begin : i;
  n.fraction = true;
  return n;
}

Number NumberReader::Vague(uint32_t i) const {
  Number n;
  uint32_t at = i;
  n.begin = i;
  if (const auto vague = view_.Find(i, kWordVague)) {
    // "several hundred thousand", "a few dozen"
    at = vague.end;
    double value = 1;
    uint32_t steps = 0;
    for (; steps < 3; ++steps) {
      const auto scale = view_.Find(at, kWordScale);
      if (!scale) break;
      value *= scale.entry->value;
      at = scale.end;
    }
    if (steps == 0) {
      if (vague.entry->value == 0) return {};
      // "a couple of", "a couple years": two. "a couple" may be two people.
      if (view_.Is(at, W().of) ? view_.IsNumberToken(at + 1)
                               : view_.In(at) && !view_.LooksPlural(at)) {
        return {};
      }
      n.form = Number::Form::kWords;
      n.value = vague.entry->value;
      n.end = at;
      n.rule = "couple";
      return n;
    }
    n.value = value * (vague.entry->value == 0 ? 1 : vague.entry->value);
    n.vague = vague.entry->value == 0;
    n.high = value * 10;
  } else if (const auto scale = view_.Find(i, kWordVagueScale)) {
    // "dozens", "tens of thousands", "hundreds of millions"
    n.value = scale.entry->value;
    n.high = n.value * 10;
    at = scale.end;
    for (uint32_t steps = 0; steps < 3 && view_.Is(at, W().of); ++steps) {
      const auto more = view_.Find(at + 1, kWordVagueScale);
      if (!more) break;
      n.value *= more.entry->value;
      n.high *= more.entry->value;
      at = more.end;
    }
    if (n.value <= 20 && !view_.Is(at, W().of) && n.value != 12) return {};  // "the scores"
    n.vague = true;
  } else {
    return {};
  }
  n.form = Number::Form::kWords;
  n.scaled = true;
  n.end = at;
  n.rule = "vague";
  return n;
}

Number NumberReader::Article(uint32_t i) const {
  const uint32_t next = i + 1;
  if (!view_.In(next) || view_.token(next).Has(kAfterNewline) || !view_.OneBlankBefore(next))
    return {};
  // "a few hundred", "a couple of"
  if (Number vague = Vague(i)) return vague;
  if (Number n = Cardinal(i)) {
    OrdinalOrFraction(n);
    return n;
  }
  if (view_.IsKind(next, kWordFraction)) {
    if (Number n = FractionWord(next, i)) return n;
  }
  if (const auto unit =
          view_.Find(next, kWordUnit | kWordCurrency | kWordSubunit | kWordPercent | kWordOrdinal);
      unit && unit.entry->word != kWordOrdinal) {
    Number n;
    n.form = Number::Form::kWords;
    n.begin = i;
    n.end = next;
    n.value = 1;
    n.article = true;
    n.rule = "article";
    return n;
  }
  return {};
}

Number NumberReader::Ordinal(uint32_t i) const {
  const Number n = OrdinalWord(i);
  // "tenth of a gallon"
  if (n && view_.Is(n.end, W().of)) {
    if (const Number part = FractionWord(i, i)) return part;
  }
  return n;
}

Number NumberReader::Read(uint32_t i) const {
  if (IsArticle(i)) return Article(i);
  Number n = Cardinal(i);
  if (n) {
    OrdinalOrFraction(n);
    if (n && n.IsPlain() && n.glued_unit == nullptr) Ratio(n);
    // "three quarters of a mile"
    if (n.fraction && !n.ratio && view_.Is(n.end, W().of) && IsArticle(n.end + 1) &&
        view_.IsKind(n.end + 2, kWordUnit)) {
      n.end += 2;
      n.fraction = false;
    }
    return n;
  }
  if (view_.IsNumberToken(i) || SentenceView::MayBeCode(view_.token(i))) return {};
  if ((n = Ordinal(i))) return n;
  if ((n = FractionWord(i, i))) return n;
  return Vague(i);
}

void NumberReader::OrdinalOrFraction(Number& n) const {
  if (n.ordinal || n.fraction || n.glued_unit != nullptr) return;
  const bool words = n.form == Number::Form::kWords;
  if (words) {
    const uint32_t at = PastHyphen(n.end);
    if (!view_.In(at)) return;
    const bool spaced = at > n.end && !view_.IsHyphen(n.end) && !view_.Glued(n.end);
    const double rest = std::fmod(n.value, 100);
    const auto part = view_.Find(at, kWordOrdinal | kWordFraction);
    if (part) {
      const bool plural = IsPluralForm(part.end - 1);
      const double d = part.entry->value;
      const bool is_ordinal =
          part.entry->word == kWordOrdinal || (!plural && view_.IsKind(at, kWordOrdinal));
      if (!plural && is_ordinal && d < 10 && rest >= 20 && std::fmod(rest, 10) == 0) {
        n.value += d;  // "twenty-first"
        n.ordinal = true;
      } else if (!plural && is_ordinal && d < 100 && rest == 0 && n.value >= 100 && !spaced &&
                 at == n.end && d != 4) {
        n.value += d;  // "one hundred fifth"
        n.ordinal = true;
      } else if (!plural && is_ordinal && d >= 100 && n.value < 1000 &&
                 (n.value > 1 || !view_.Is(part.end, W().of)) && !n.decimal) {
        n.value *= d;  // "two hundredth"
        n.ordinal = true;
      } else if (view_.IsKind(at, kWordFraction) && n.value >= 1 && !n.decimal &&
                 (plural ? n.value > 1 : n.value == 1 || (at > n.end && n.value < 20))) {
        // "three quarters of", "two-thirds", "one-twelfth", "a two-third majority"; "one second" is
        // no fraction
        n.value /= view_.Find(at, kWordFraction).entry->value;
        n.fraction = true;
      } else {
        return;
      }
      n.end = part.end;
      n.rule = n.ordinal ? "ordinal" : "fraction";
      return;
    }
    // "one twenty-fifth"
    if (n.value == 1) {
      const auto tens = view_.Find(at, kWordNumber);
      if (tens && tens.entry->value >= 20 && view_.IsHyphen(tens.end)) {
        const auto ones = view_.Find(tens.end + 1, kWordOrdinal);
        if (ones && ones.entry->value < 10) {
          n.value = 1 / (tens.entry->value + ones.entry->value);
          n.end = ones.end;
          n.fraction = true;
          n.rule = "fraction";
        }
      }
    }
    return;
  }
  if (!n.decimal && !n.grouped && !n.scaled && view_.IsMark(n.end, '/') && view_.Glued(n.end) &&
      view_.IsNumberToken(n.end + 1) && view_.Glued(n.end + 1)) {
    const double part = n.end == n.begin + 1 ? SlashFraction(n.begin) : 0;
    if (part == 0) {
      n = {};
      return;
    }
    n.value = part;
    n.end += 2;
    n.fraction = true;
    n.rule = "fraction";
  }
}

void NumberReader::Ratio(Number& n) const {
  const Words& w = W();
  if (n.scaled || n.decimal || n.grouped || n.value < 1 || n.value > 99) return;
  uint32_t at = n.end;
  bool in = false;
  bool over = false;
  if (view_.Is(at, w.in)) {
    in = true;
    ++at;
  } else if (view_.Is(at, w.out) && view_.Is(at + 1, w.of)) {
    at += 2;
  } else if (view_.Is(at, w.over) && n.value == 1) {
    over = true;
    ++at;
  } else if (view_.IsHyphen(at) && view_.Is(at + 1, w.in) && view_.IsHyphen(at + 2)) {
    in = true;  // "one-in-five"
    at += 3;
  } else {
    return;
  }
  if (view_.Is(at, w.every)) ++at;
  if (!view_.In(at) ||
      (!view_.IsNumberToken(at) && !view_.IsKind(at, kWordNumber | kWordScale) && !IsArticle(at))) {
    return;
  }
  const Number below = Cardinal(at);
  if (!below || below.decimal || below.glued_unit != nullptr || below.value <= n.value) return;
  if (below.form == Number::Form::kDigits && !below.grouped && below.value >= 1800 &&
      below.value < 2100) {
    return;  // "one in 2019"
  }
  if (view_.IsKind(view_.IsHyphen(below.end) ? below.end + 1 : below.end, kUnits)) return;
  if (view_.IsKind(below.end, kWordMonth) || view_.IsHyphen(below.end)) return;
  if (in && n.value > 1) {
    // "two in three adults"; "15 in four rows", "two in six games" count twice.
    if (n.value > 9 || (below.value > 10 && std::fmod(below.value, 10) != 0)) return;
    if (view_.LooksPlural(below.end) && !view_.IsKind(below.end, kWordPlural | kWordRate) &&
        !view_.token(below.end).Has(kUpperFirst)) {
      return;
    }
  }
  n.value /= below.value;
  n.end = below.end;
  n.fraction = true;
  n.ratio = !over;
  n.rule = "ratio";
}

}  // namespace nutgraf::internal
