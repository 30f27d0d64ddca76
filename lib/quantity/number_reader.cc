#include "lib/quantity/number_reader.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "lib/quantity/lexicon.h"
#include "lib/text/token_builder.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf::internal {

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
    if (IsAsciiDigit(static_cast<unsigned char>(c))) {
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
  if (!thousands) return 0;
  // "1.2.3" stops at its second point.
  if (i < s.size() && s[i] == '.') return 0;
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
  const double d = below.value;
  const bool usual = d == 2 || d == 3 || d == 4 || d == 5 || d == 8;
  return usual && above.value >= 1 && above.value < d ? above.value / d : 0;
}

Number NumberReader::Digits(uint32_t i) const {
  Number n;
  n.begin = i;
  n.end = i + 1;
  const std::string_view s = view_.Bytes(i);
  if (const double fraction = VulgarFraction(s); fraction > 0) {
    n.form = Number::Form::kDigits;
    n.value = fraction;
    n.fraction = true;
    return n;
  }
  const uint32_t size = ReadDigits(s, n);
  if (size == 0) return {};
  if (size > 1 && s[0] == '0' && !n.decimal) return {};  // an identifier, a telephone number
  n.form = Number::Form::kDigits;
  if (size == s.size()) return n;
  const std::string_view rest = s.substr(size);
  if (rest == "s" && !n.decimal) return {};  // "1990s", "747s", "under 18s"
  if (const double fraction = VulgarFraction(rest); fraction > 0) {
    n.value += fraction;
    return n;
  }
  if (rest == "st" || rest == "nd" || rest == "rd" || rest == "th" || rest == "ST" ||
      rest == "ND" || rest == "RD" || rest == "TH") {
    if (n.decimal) return {};
    n.ordinal = true;
    return n;
  }
  return WithSuffix(i, rest, n);
}

Number NumberReader::WithSuffix(uint32_t i, std::string_view rest, Number n) const {
  // The suffix as a token of its own.
  suffix_tokens_.clear();
  Tokenize(rest, suffix_tokens_);
  if (suffix_tokens_.empty()) return {};
  const absl::Span<const Token> tokens(suffix_tokens_);
  const auto count = static_cast<uint32_t>(tokens.size());
  const auto scale = view_.lexicon().Longest(rest, tokens, 0, count, kWordScaleSuffix);
  const auto unit =
      view_.lexicon().Longest(rest, tokens, 0, count, kUnits | kWordUnitGlued | kWordSubunitGlued);
  // "5m" is five million after a currency sign, five meters otherwise.
  const bool money = static_cast<bool>(view_.FindBefore(i, kWordCurrencySign | kWordCurrencyCode));
  if (rest == "B" && !money) return {};  // "221B Baker Street"
  if (scale && scale.end == count && (money || !unit || unit.end != count)) {
    n.value *= scale.entry->value;
    n.scaled = true;
    return n;
  }
  if (unit && unit.end == count) {
    n.glued_unit = unit.entry;
    return n;
  }
  return {};
}

Number NumberReader::Cardinal(uint32_t i) const {
  Number n;
  n.begin = i;
  double total = 0;    // scales that are complete
  double current = 0;  // what stands before the next scale
  bool any = false;
  bool has_current = false;
  double smallest_scale = 1e30;
  uint32_t at = i;
  if (view_.IsNumberToken(i)) {
    Number digits = Digits(i);
    if (!digits || digits.ordinal || digits.scaled || digits.glued_unit != nullptr) return digits;
    n = digits;
    current = digits.value;
    any = has_current = true;
    at = digits.end;
    // "1 1/2", "2 ½".
    if (view_.IsNumberToken(at) && !view_.Glued(at)) {
      if (const double sign = VulgarFraction(view_.Bytes(at)); sign > 0) {
        current += sign;
        ++at;
      } else if (const double part = SlashFraction(at); part > 0 && !digits.decimal) {
        current += part;
        at += 3;
      }
    }
  } else {
    n.form = Number::Form::kWords;
    // "half a million", "a hundred", "a dozen"
    if (view_.Is(at, W().half) && (view_.Is(at + 1, W().a) || view_.Is(at + 1, W().an)) &&
        view_.IsKind(at + 2, kWordScale)) {
      current = 0.5;
      any = has_current = true;
      at += 2;
    } else if ((view_.Is(at, W().a) || view_.Is(at, W().an)) && view_.IsKind(at + 1, kWordScale)) {
      current = 1;
      any = has_current = true;
      ++at;
    }
  }
  // Words, at most this many: numbers are short, hostile texts are not.
  for (uint32_t steps = 0; steps < 32 && view_.In(at); ++steps) {
    uint32_t word = at;
    if (any && view_.IsHyphen(word)) ++word;
    const bool after_and = any && view_.Is(word, W().and_);
    if (after_and) ++word;
    auto found = view_.Find(word, kWordNumber | kWordScale);
    // "2.5 mln": an abbreviated scale, where it is no letter that may mean something else.
    if (!found && n.form == Number::Form::kDigits && view_.token(word).size() >= 2) {
      found = view_.Find(word, kWordScaleSuffix);
      if (found && found.end != word + 1) found = {};
    }
    if (!found) {
      // "two and a half", "two and a half million"
      if (after_and && has_current && total == 0) {
        uint32_t part = word;
        if (view_.Is(part, W().a) || view_.Is(part, W().one)) ++part;
        const auto fraction = view_.Find(part, kWordFraction);
        if (fraction && part > word) {
          current += 1 / fraction.entry->value;
          at = fraction.end;
          n.decimal = true;
          continue;
        }
      }
      break;
    }
    const double value = found.entry->value;
    if (found.entry->word != kWordNumber) {
      if (!any || after_and) break;
      if (value == 12) {  // "two dozen"
        current *= 12;
      } else if (value == 100) {
        if (current >= 100 && n.form == Number::Form::kWords) break;
        current = (has_current ? current : 1) * 100;
      } else if (value < smallest_scale) {
        total += (has_current ? current : 1) * value;
        current = 0;
        has_current = false;
        smallest_scale = value;
      } else {
        total = (total + current) * value;  // "two thousand million"
        current = 0;
        has_current = false;
      }
      n.scaled = true;
    } else {
      if (n.form == Number::Form::kDigits) break;  // "5 two": two numbers
      const bool fits = !has_current ||
                        (value < 10 && current >= 20 && std::fmod(current, 10) == 0 &&
                         std::fmod(current, 100) != 0) ||
                        (value < 100 && current >= 100 && std::fmod(current, 100) == 0);
      if (!fits || (after_and && current < 100 && total == 0)) break;
      current += value;
      has_current = true;
    }
    any = true;
    at = found.end;
  }
  if (!any) return {};
  n.value = total + current;
  n.end = at;
  return n;
}

Number NumberReader::OrdinalOrFraction(uint32_t i, Number n) const {
  if (!n) {
    if (const auto ordinal = view_.Find(i, kWordOrdinal)) {
      n.form = Number::Form::kWords;
      n.begin = i;
      n.end = ordinal.end;
      n.value = ordinal.entry->value;
      n.ordinal = true;
      // "a third of", "one third" is a fraction; "a third man" is not.
      const bool article = view_.In(i - 1) && (view_.Is(i - 1, W().a) || view_.Is(i - 1, W().an));
      if (article && view_.Is(ordinal.end, W().of)) {
        if (const auto part = view_.Find(i, kWordFraction)) {
          n.begin = i - 1;
          n.value = 1 / part.entry->value;
          n.ordinal = false;
          n.fraction = true;
        }
      }
      return n;
    }
    const auto part = view_.Find(i, kWordFraction);
    if (!part) return {};
    const bool half = part.entry->value == 2;
    const bool article = view_.In(i - 1) && (view_.Is(i - 1, W().a) || view_.Is(i - 1, W().an));
    const bool of = view_.Is(part.end, W().of);
    if (half && (view_.Is(part.end, W().a) || view_.Is(part.end, W().an)) &&
        view_.IsKind(part.end + 1, kWordUnit | kWordPercent)) {
      n.form = Number::Form::kWords;  // "half an hour"
      n.begin = i;
      n.end = part.end + 1;
      n.value = 0.5;
      return n;
    }
    if (!half && !(article && of)) return {};
    // "the first half", "second-half": a part of time.
    if (half && view_.In(i - 1) && (view_.FindBefore(i, kWordOrdinal) || view_.IsHyphen(i - 1)))
      return {};
    if (half && view_.IsHyphen(part.end) && !view_.IsKind(part.end + 1, kUnits)) return {};
    n.form = Number::Form::kWords;
    n.begin = article && of && !half ? i - 1 : i;
    n.end = part.end;
    n.value = 1 / part.entry->value;
    n.fraction = true;
    return n;
  }
  if (n.ordinal || n.fraction || n.glued_unit != nullptr) return n;
  uint32_t at = n.end;
  if (view_.IsHyphen(at)) ++at;
  if (n.form == Number::Form::kWords || n.value == std::floor(n.value)) {
    const bool tens =
        n.form == Number::Form::kWords && n.value >= 20 && std::fmod(n.value, 10) == 0;
    const auto ordinal = view_.Find(at, kWordOrdinal);
    if (ordinal && tens && ordinal.entry->value < 10) {
      n.value += ordinal.entry->value;  // "twenty-first"
      n.end = ordinal.end;
      n.ordinal = true;
      return n;
    }
    const auto part = view_.Find(at, kWordFraction);
    if (part && n.form == Number::Form::kWords && n.value >= 1 && n.value < 20 && !n.scaled) {
      // "three quarters of", "two-thirds", "one-twelfth"; not "one third person".
      n.value /= part.entry->value;
      n.end = part.end;
      n.fraction = true;
      return n;
    }
  }
  if (n.form == Number::Form::kDigits && !n.decimal && !n.grouped && view_.IsMark(n.end, '/') &&
      view_.Glued(n.end) && view_.IsNumberToken(n.end + 1) && view_.Glued(n.end + 1)) {
    const double part = n.end == n.begin + 1 ? SlashFraction(n.begin) : 0;
    if (part == 0) return {};
    n.value = part;
    n.end += 2;
    n.fraction = true;
    return n;
  }
  return n;
}

}  // namespace nutgraf::internal
