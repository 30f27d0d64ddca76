#include "nutgraf/quantity_units.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "lib/quantity/lexicon.h"
#include "lib/text/string_view.h"
#include "nutgraf/document.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {

namespace {

// Kelvin of a temperature: (value + offset) * factor.
struct Scale {
  std::string_view unit;
  double offset;
  double factor;
};
constexpr Scale kTemperatures[] = {
    {"kelvin", 0, 1}, {"degree celsius", 273.15, 1}, {"degree fahrenheit", 459.67, 5.0 / 9}};

const Scale* TemperatureScale(std::string_view unit) {
  for (const Scale& scale : kTemperatures) {
    if (scale.unit == unit) return &scale;
  }
  return nullptr;
}

// To the digits that a conversion keeps: 37 degrees Celsius are 65.4 degrees Fahrenheit, not
// 98.60000000000001.
double Rounded(double value) {
  char digits[32];
  const auto end =
      std::to_chars(std::begin(digits), std::end(digits), value, std::chars_format::scientific, 13)
          .ptr;
  double rounded = value;
  std::from_chars(std::begin(digits), end, rounded);
  return rounded;
}

absl::StatusOr<double> Convert(double value, const UnitInfo& from, const UnitInfo& to) {
  if (from.name == to.name) return value;
  const Scale* const a = TemperatureScale(from.name);
  const Scale* const b = TemperatureScale(to.name);
  if (a != nullptr && b != nullptr)
    return std::round(((value + a->offset) * a->factor / b->factor - b->offset) * 1e9) / 1e9;
  if (from.dimension != to.dimension || from.factor <= 0 || to.factor <= 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("a ", internal::Absl(from.name), " (", internal::Absl(from.dimension),
                     ") cannot be converted to a ", internal::Absl(to.name), " (",
                     internal::Absl(to.dimension), ")"));
  }
  return Rounded(value * (from.factor / to.factor));
}

absl::StatusOr<UnitInfo> NeedUnit(std::string_view name) {
  const std::optional<UnitInfo> unit = FindUnit(name);
  if (!unit) {
    return absl::NotFoundError(
        absl::StrCat("no unit of measure has the name '", internal::Absl(name), "'"));
  }
  return *unit;
}

// "1,234,567.89": grouped, with at most six decimals.
std::string Number(double value) {
  const double size = std::abs(value);
  char buffer[64];
  if (!(size < 1e15) || (size > 0 && size < 1e-6)) {
    return {buffer, std::to_chars(std::begin(buffer), std::end(buffer), value).ptr};
  }
  const std::string digits(
      buffer,
      std::to_chars(std::begin(buffer), std::end(buffer), size, std::chars_format::fixed, 6).ptr);
  const size_t point = digits.find('.');
  std::string out = value < 0 ? "-" : "";
  for (size_t i = 0; i < point; ++i) {
    if (i > 0 && (point - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  const size_t last = digits.find_last_not_of('0');
  if (last > point) out.append(digits, point, last - point + 1);
  return out;
}

}  // namespace

std::optional<UnitInfo> FindUnit(std::string_view name) {
  LayerRows<Token> tokens;
  Tokenize(name, tokens);
  if (tokens.empty()) return std::nullopt;
  const auto size = static_cast<uint32_t>(tokens.size());
  const auto found = internal::DefaultQuantityLexicon()->Longest(
      tokens, 0, size, internal::kWordUnit | internal::kWordUnitGlued);
  if (!found || found.end != size) return std::nullopt;
  return UnitInfo{found.entry->id, found.entry->dimension, found.entry->value};
}

absl::StatusOr<double> ConvertUnit(double value, std::string_view from, std::string_view to) {
  const absl::StatusOr<UnitInfo> a = NeedUnit(from);
  if (!a.ok()) return a.status();
  const absl::StatusOr<UnitInfo> b = NeedUnit(to);
  if (!b.ok()) return b.status();
  return Convert(value, *a, *b);
}

absl::StatusOr<Quantity> Converted(const Quantity& quantity, std::string_view unit) {
  if (quantity.unit.empty()) return absl::InvalidArgumentError("the quantity is in no unit");
  const absl::StatusOr<UnitInfo> from = NeedUnit(quantity.unit);
  if (!from.ok()) return from.status();
  const absl::StatusOr<UnitInfo> to = NeedUnit(unit);
  if (!to.ok()) return to.status();
  Quantity out = quantity;
  for (double* const value : {&out.value, &out.low, &out.high}) {
    const absl::StatusOr<double> converted = Convert(*value, *from, *to);
    if (!converted.ok()) return converted.status();
    *value = *converted;
  }
  if (out.is_range) {
    out.value = 0;
  } else {
    out.low = out.high = 0;
  }
  out.unit = to->name;
  out.dimension = to->dimension;
  return out;
}

ValueInterval IntervalOf(const Quantity& q) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kBlur = 0.1;
  ValueInterval i = {q.value, q.value, false, false};
  if (q.is_range) {
    i.low = q.low_open ? -kInfinity : q.low;
    i.high = q.high_open ? kInfinity : q.high;
  }
  const double low_blur = std::abs(i.low) * kBlur;
  const double high_blur = std::abs(i.high) * kBlur;
  switch (q.approximation) {
    case Approximation::kExact:
      break;
    case Approximation::kApproximate:
      i.low -= low_blur;
      i.high += high_blur;
      break;
    case Approximation::kSlightlyBelow:
      i.low -= low_blur;
      i.high_open = true;
      break;
    case Approximation::kSlightlyAbove:
      i.high += high_blur;
      i.low_open = true;
      break;
  }
  switch (q.bound) {
    case QuantityBound::kNone:
      break;
    case QuantityBound::kAtLeast:
      i.high = kInfinity;
      i.high_open = false;
      break;
    case QuantityBound::kMoreThan:
      i.high = kInfinity;
      i.low_open = true;
      i.high_open = false;
      break;
    case QuantityBound::kAtMost:
      i.low = -kInfinity;
      i.low_open = false;
      break;
    case QuantityBound::kLessThan:
      i.low = -kInfinity;
      i.low_open = false;
      i.high_open = true;
      break;
  }
  return i;
}

namespace {

Comparison CompareIntervals(const ValueInterval& a, const ValueInterval& b) {
  if (a.high < b.low || (a.high == b.low && (a.high_open || b.low_open))) return Comparison::kLess;
  if (a.low > b.high || (a.low == b.high && (a.low_open || b.high_open))) return Comparison::kMore;
  if (a.low == a.high && b.low == b.high && a.low == b.low) return Comparison::kEqual;
  return Comparison::kUnknown;
}

}  // namespace

Comparison Compare(const Quantity& quantity, double value) {
  return CompareIntervals(IntervalOf(quantity), {value, value, false, false});
}

Comparison Compare(const Quantity& a, const Quantity& b) {
  if (a.currency != b.currency || a.per != b.per || a.anchor != b.anchor)
    return Comparison::kUnknown;
  const bool measured = !a.dimension.empty() || !b.dimension.empty();
  if (!measured || a.unit == b.unit) {
    const bool ordinal = a.kind == QuantityKind::kOrdinal;
    if (ordinal != (b.kind == QuantityKind::kOrdinal)) return Comparison::kUnknown;
    return CompareIntervals(IntervalOf(a), IntervalOf(b));
  }
  const absl::StatusOr<Quantity> converted = Converted(b, a.unit);
  return converted.ok() ? CompareIntervals(IntervalOf(a), IntervalOf(*converted))
                        : Comparison::kUnknown;
}

std::string FormatQuantity(const Quantity& q) {
  if (q.anchor != OrdinalAnchor::kStart) {  // "end-1" for "next to last"
    std::string out(OrdinalAnchorName(q.anchor));
    if (q.value >= 0) out += '+';
    return out + Number(q.value);
  }
  static constexpr std::string_view kApproximations[] = {"", "~ ", "just under ", "just over "};
  static constexpr std::string_view kBounds[] = {"", "≥ ", "≤ ", "> ", "< "};
  std::string out(kApproximations[static_cast<size_t>(q.approximation)]);
  out += kBounds[static_cast<size_t>(q.bound)];
  if (!q.currency.empty()) out.append(q.currency).append(1, ' ');
  if (q.is_range) {
    out += q.low_open ? "…" : Number(q.low);
    out += "–";
    out += q.high_open ? "…" : Number(q.high);
  } else {
    out += Number(q.value);
  }
  if (q.kind != QuantityKind::kMoney && q.kind != QuantityKind::kNumber && !q.unit.empty())
    out.append(1, ' ').append(q.unit);
  if (!q.per.empty()) out.append(" per ").append(q.per);
  if (q.kind == QuantityKind::kOrdinal) out += " (in order)";
  if (q.kind == QuantityKind::kMultiple) out += " times";
  return out;
}

}  // namespace nutgraf
