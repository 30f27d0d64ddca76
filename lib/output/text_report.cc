#include "nutgraf/text_report.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/output/printable.h"
#include "nutgraf/mention.h"
#include "nutgraf/quantity.h"
#include "nutgraf/quantity_units.h"
#include "nutgraf/sentence.h"
#include "nutgraf/span.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/token.h"

namespace nutgraf {

namespace {

using internal::WhiteSpace;

constexpr std::string_view kReset = "\x1B[0m";
constexpr std::string_view kBold = "\x1B[1m";
constexpr std::string_view kDim = "\x1B[2m";

struct Section {
  std::string_view heading;
  std::string_view color;
};
constexpr Section kSections[] = {{"Who", "\x1B[35m"},
                                 {"Which organisations", "\x1B[33m"},
                                 {"Where", "\x1B[32m"},
                                 {"Nationalities and groups", "\x1B[36m"},
                                 {"Events, products and works", "\x1B[34m"},
                                 {"Other names", "\x1B[34m"}};
constexpr std::string_view kQuantityColor = "\x1B[31m";
constexpr std::string_view kTimeColor = "\x1B[96m";

uint32_t SectionOf(EntityType type) {
  switch (type) {
    case EntityType::kPerson:
      return 0;
    case EntityType::kOrganization:
      return 1;
    case EntityType::kLocation:
    case EntityType::kFacility:
      return 2;
    case EntityType::kNorp:
      return 3;
    case EntityType::kEvent:
    case EntityType::kProduct:
    case EntityType::kWork:
      return 4;
    case EntityType::kOther:
      break;
  }
  return 5;
}

ByteSpan Clip(std::string_view text, ByteSpan span) {
  const uint32_t end = std::min(span.end, static_cast<uint32_t>(text.size()));
  return ByteSpan{std::min(span.begin, end), end};
}

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

void AppendSpaces(uint32_t count, std::string& out) { out.append(count, ' '); }

// -- Numbers
// ---------------------------------------------------------------------------------------

// 1234567 with commas.
std::string Grouped(uint64_t value) {
  const std::string digits = std::to_string(value);
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

// "41 sentences"
std::string Counted(uint64_t count, std::string_view noun) {
  std::string out = Grouped(count) + " " + std::string(noun);
  if (count != 1) out += 's';
  return out;
}

// What a quantity means: "≥ 164", "USD 3.5", "10–20 kilometer per hour".
std::string Meaning(const Quantity& quantity) {
  std::string printable;
  internal::AppendPrintable(FormatQuantity(quantity), printable);
  return printable;
}

// -- Context
// ---------------------------------------------------------------------------------------

// Printable text with its width.
struct Cell {
  std::string text;
  uint32_t columns = 0;
};

// As much of `raw` as fits, with an ellipsis where that is not all of it; cut before a word where
// one begins near the end.
Cell Cut(std::string_view raw, uint32_t columns) {
  constexpr size_t kNear = 16;
  Cell cell;
  size_t rest = 0;
  cell.columns = internal::AppendPrintable(raw, cell.text, WhiteSpace::kCollapse, columns, &rest);
  if (columns == 0 || raw.find_first_not_of(" \n\r\t", rest) == std::string_view::npos) return cell;
  cell = Cell();
  cell.columns =
      internal::AppendPrintable(raw, cell.text, WhiteSpace::kCollapse, columns - 1, &rest);
  const bool word_ends = rest == 0 || IsSpace(raw[rest]) || IsSpace(raw[rest - 1]);
  const size_t space = word_ends ? std::string::npos : cell.text.rfind(' ');
  if (space != std::string::npos && space > 0 && cell.text.size() - space <= kNear) {
    const std::string shorter = cell.text.substr(0, space);
    cell = Cell();
    cell.columns = internal::AppendPrintable(shorter, cell.text);
  }
  cell.text += "…";
  ++cell.columns;
  return cell;
}

// The end of `raw`, from a word's begin on, with an ellipsis before it where it was cut (or `cut`
// already).
Cell CutFront(std::string_view raw, uint32_t columns, bool cut) {
  for (size_t begin = 0;;) {
    Cell cell;
    if (begin > 0 || cut) {
      cell.text = "… ";
      cell.columns = 2;
    }
    cell.columns += internal::AppendPrintable(raw.substr(begin), cell.text);
    if (cell.columns <= columns) return cell;
    if (begin == raw.size()) return Cell();
    while (begin < raw.size() && !IsSpace(raw[begin])) ++begin;
    while (begin < raw.size() && IsSpace(raw[begin])) ++begin;
  }
}

// The sentence round `span`, or as much of it as fits; the whole text counts as one where there are
// no sentences.
void AppendContext(const Document& document, ByteSpan span, uint32_t columns, bool color,
                   std::string& out) {
  const std::string_view text = document.text();
  span = Clip(text, span);
  ByteSpan sentence{0, static_cast<uint32_t>(text.size())};
  const absl::Span<const Sentence> sentences = document.Get<Sentence>();
  const auto after =
      std::upper_bound(sentences.begin(), sentences.end(), span.begin,
                       [](uint32_t p, const Sentence& s) { return p < s.span.begin; });
  if (after != sentences.begin() && (after - 1)->span.Contains(span))
    sentence = Clip(text, (after - 1)->span);

  const uint32_t reach = 4 * columns;  // bytes: a line's worth of characters of any size
  uint32_t begin = span.begin - std::min(reach, span.begin - sentence.begin);
  uint32_t end = span.end + std::min(reach, sentence.end - span.end);
  while (begin < span.begin && IsContinuation(text[begin])) ++begin;
  while (end > span.end && end < text.size() && IsContinuation(text[end])) --end;
  const std::string_view before = text.substr(begin, span.begin - begin);
  const std::string_view behind = text.substr(span.end, end - span.end);

  const Cell name = Cut(Slice(text, span), columns);
  uint32_t left = columns - name.columns;
  std::string whole;
  const uint32_t behind_columns = 1 + internal::AppendPrintable(behind, whole);
  Cell front = CutFront(before, std::max(left / 2, left - std::min(left, behind_columns)),
                        begin > sentence.begin);
  if (!front.text.empty() && !before.empty() && IsSpace(before.back()) && front.columns < left) {
    front.text += ' ';
    ++front.columns;
  }
  left -= std::min(left, front.columns);
  out += front.text;
  if (color) out += kBold;
  out += name.text;
  if (color) out += kReset;
  if (left == 0 || behind.empty() || (left < 2 && IsSpace(behind.front()))) return;
  if (!behind.empty() && IsSpace(behind.front())) {
    out += ' ';
    --left;
  }
  out += Cut(behind, left).text;
}

void AppendCell(const Cell& cell, uint32_t columns, std::string_view color, std::string& out) {
  out += color;
  out += cell.text;
  if (!color.empty()) out += kReset;
  AppendSpaces(columns - std::min(columns, cell.columns), out);
}

}  // namespace

TextReport::TextReport(const TextReportOptions& options) : options_(options) {
  options_.width = std::max<uint32_t>(options_.width, 40);
}

size_t TextReport::Shown(size_t rows) const {
  return options_.max_rows == 0 ? rows : std::min<size_t>(rows, options_.max_rows);
}

void TextReport::AppendHeading(std::string_view heading, std::string& out) const {
  out += '\n';
  if (options_.color) out += kBold;
  out += heading;
  if (options_.color) out += kReset;
  out += '\n';
}

void TextReport::AppendMore(size_t rows, std::string& out) const {
  if (Shown(rows) == rows) return;
  out += "  … and " + Grouped(rows - Shown(rows)) + " more\n";
}

void TextReport::AppendTitle(const Document& document, std::string& out) const {
  const absl::Span<const Token> tokens = document.Get<Token>();
  const auto words = std::count_if(tokens.begin(), tokens.end(), [](const Token& t) {
    return t.kind() == TokenKind::kWord || t.kind() == TokenKind::kNumber;
  });
  if (options_.color) out += kBold;
  std::string id;
  internal::AppendPrintable(document.id(), id);
  out += id.empty() ? "(without a name)" : id;
  if (options_.color) out += kReset;
  if (!document.date().empty()) {
    out += "  ";
    internal::AppendPrintable(document.date(), out);
  }
  if (options_.color) out += kDim;
  out += "  " + Counted(document.text().size(), "byte");
  if (document.Has<Token>()) out += ", " + Counted(static_cast<uint64_t>(words), "word");
  if (document.Has<Sentence>()) out += ", " + Counted(document.Get<Sentence>().size(), "sentence");
  if (document.Has<Mention>()) out += ", " + Counted(document.Get<Mention>().size(), "name");
  if (document.Has<Quantity>()) {
    const size_t count = document.Get<Quantity>().size();
    out += ", " + Grouped(count) + (count == 1 ? " quantity" : " quantities");
  }
  if (document.Has<TimeExpression>())
    out += ", " + Counted(document.Get<TimeExpression>().size(), "time");
  if (options_.color) out += kReset;
  out += '\n';
}

void TextReport::AppendNames(const Document& document, std::string& out) {
  const std::string_view text = document.text();
  const absl::Span<const Mention> mentions = document.Get<Mention>();
  rows_.clear();
  for (uint32_t i = 0; i < mentions.size(); ++i) {
    const Mention& m = mentions[i];
    const bool is_id = !m.id.empty();
    rows_.push_back(
        Row{is_id ? m.id : Slice(text, Clip(text, m.span)), SectionOf(m.type), i, 1, is_id});
  }
  // Those of one key together; the first mention of each stands for all.
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return std::tie(a.section, a.is_id, a.key, a.mention) <
           std::tie(b.section, b.is_id, b.key, b.mention);
  });
  size_t kept = 0;
  for (const Row row : rows_) {  // a copy: the rows that are kept move forward over it
    const Row* const last = kept > 0 ? &rows_[kept - 1] : nullptr;
    if (last != nullptr && std::tie(last->section, last->is_id, last->key) ==
                               std::tie(row.section, row.is_id, row.key)) {
      ++rows_[kept - 1].count;
    } else {
      rows_[kept++] = row;
    }
  }
  rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(kept), rows_.end());
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return std::make_tuple(a.section, -int64_t{a.count}, a.mention) <
           std::make_tuple(b.section, -int64_t{b.count}, b.mention);
  });

  for (size_t begin = 0; begin < rows_.size();) {
    const uint32_t section = rows_[begin].section;
    size_t end = begin;
    while (end < rows_.size() && rows_[end].section == section) ++end;
    const size_t shown = Shown(end - begin);

    AppendHeading(kSections[section].heading, out);
    const uint32_t most = options_.width / 3;
    std::vector<Cell> names;
    uint32_t name_columns = 0;
    uint32_t count_columns = 0;
    for (size_t i = begin; i < begin + shown; ++i) {
      const Mention& m = mentions[rows_[i].mention];
      std::string name(Slice(text, Clip(text, m.span)));
      if (!m.name.empty() && m.name != name) name += " (" + std::string(m.name) + ")";
      if (m.type == EntityType::kOther && !m.label.empty())
        name += " [" + std::string(m.label) + "]";
      names.push_back(Cut(name, most));
      name_columns = std::max(name_columns, names.back().columns);
      count_columns =
          std::max(count_columns, static_cast<uint32_t>(Grouped(rows_[i].count).size()));
    }
    for (size_t i = begin; i < begin + shown; ++i) {
      out += "  ";
      AppendCell(names[i - begin], name_columns,
                 options_.color ? kSections[section].color : std::string_view(), out);
      const std::string count = Grouped(rows_[i].count);
      AppendSpaces(2 + count_columns - static_cast<uint32_t>(count.size()), out);
      out += count + "  ";
      AppendContext(document, mentions[rows_[i].mention].span,
                    options_.width - name_columns - count_columns - 6, options_.color, out);
      out += '\n';
    }
    AppendMore(end - begin, out);
    begin = end;
  }
}

void TextReport::AppendQuantities(const Document& document, std::string& out) const {
  const std::string_view text = document.text();
  const absl::Span<const Quantity> quantities = document.Get<Quantity>();
  if (quantities.empty()) return;
  const size_t shown = Shown(quantities.size());
  AppendHeading("How many", out);
  std::vector<std::pair<Cell, Cell>> cells;
  uint32_t said_columns = 0;
  uint32_t meant_columns = 0;
  for (const Quantity& q : quantities.subspan(0, shown)) {
    std::string said(Slice(text, Clip(text, q.span)));
    const std::string modifier(Slice(text, Clip(text, q.modifier)));
    if (!modifier.empty()) {
      const bool is_before = q.modifier.begin < q.span.begin;
      said.insert(is_before ? 0 : said.size(), is_before ? modifier + " " : " " + modifier);
    }
    cells.emplace_back(Cut(said, options_.width * 3 / 10), Cut(Meaning(q), options_.width * 2 / 5));
    said_columns = std::max(said_columns, cells.back().first.columns);
    meant_columns = std::max(meant_columns, cells.back().second.columns);
  }
  for (size_t i = 0; i < shown; ++i) {
    const Quantity& q = quantities[i];
    out += "  ";
    AppendCell(cells[i].first, said_columns, options_.color ? kQuantityColor : std::string_view(),
               out);
    out += "  ";
    const bool counts = !Clip(text, q.counted).empty() || !Clip(text, q.of).empty();
    AppendCell(cells[i].second, counts ? meant_columns : 0, {}, out);
    if (counts) {
      std::string what(Slice(text, Clip(text, q.counted)));
      if (!Clip(text, q.of).empty()) what += " of " + std::string(Slice(text, Clip(text, q.of)));
      out += "  " + Cut(what, options_.width - said_columns - meant_columns - 6).text;
    }
    out += '\n';
  }
  AppendMore(quantities.size(), out);
}

void TextReport::AppendTimes(const Document& document, std::string& out) const {
  const std::string_view text = document.text();
  const absl::Span<const TimeExpression> times = document.Get<TimeExpression>();
  if (times.empty()) return;
  const size_t shown = Shown(times.size());
  AppendHeading("When", out);
  std::vector<std::pair<Cell, Cell>> cells;
  cells.reserve(shown);
  uint32_t said_columns = 0;
  uint32_t meant_columns = 0;
  for (const TimeExpression& t : times.subspan(0, shown)) {
    std::string said(Slice(text, Clip(text, t.span)));
    const bool inside = t.modifier.begin >= t.span.begin && t.modifier.end <= t.span.end;
    if (!t.modifier.empty() && !inside)
      said.insert(0, std::string(Slice(text, Clip(text, t.modifier))) + " ");
    std::string meant(t.value);
    if (t.modifier_kind != TimeModifier::kNone)
      meant.append(" ").append(TimeModifierName(t.modifier_kind));
    cells.emplace_back(Cut(said, options_.width * 3 / 10), Cut(meant, options_.width * 2 / 5));
    said_columns = std::max(said_columns, cells.back().first.columns);
    meant_columns = std::max(meant_columns, cells.back().second.columns);
  }
  for (size_t i = 0; i < shown; ++i) {
    out += "  ";
    AppendCell(cells[i].first, said_columns, options_.color ? kTimeColor : std::string_view(), out);
    out += "  ";
    AppendCell(cells[i].second, meant_columns, {}, out);
    out += "  ";
    AppendContext(document, times[i].span, options_.width - said_columns - meant_columns - 6,
                  options_.color, out);
    out += '\n';
  }
  AppendMore(times.size(), out);
}

void TextReport::AppendText(const Document& document, std::string& out) const {
  const std::string_view text = document.text();
  struct Mark {
    ByteSpan span;
    std::string_view color;
    std::string_view label;
  };
  std::vector<Mark> marks;
  for (const Mention& m : document.Get<Mention>()) {
    marks.push_back({Clip(text, m.span), kSections[SectionOf(m.type)].color,
                     m.label.empty() ? EntityTypeName(m.type) : m.label});
  }
  for (const TimeExpression& t : document.Get<TimeExpression>())
    marks.push_back({Clip(text, t.span), kTimeColor, TimeKindName(t.kind)});
  for (const Quantity& q : document.Get<Quantity>()) {
    marks.push_back({Clip(text, q.span), kQuantityColor, QuantityKindName(q.kind)});
  }
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark& a, const Mark& b) { return a.span.begin < b.span.begin; });
  out += '\n';
  uint32_t at = 0;
  for (const Mark& mark : marks) {
    if (mark.span.empty() || mark.span.begin < at) continue;
    internal::AppendPrintable(Slice(text, {at, mark.span.begin}), out, WhiteSpace::kKeep);
    out += options_.color ? mark.color : "[";
    internal::AppendPrintable(Slice(text, mark.span), out);
    if (options_.color) {
      out += kReset;
    } else {
      out += '|';
      internal::AppendPrintable(mark.label, out);
      out += ']';
    }
    at = mark.span.end;
  }
  internal::AppendPrintable(text.substr(at), out, WhiteSpace::kKeep);
  if (out.back() != '\n') out += '\n';
}

void TextReport::Append(const Document& document, std::string& out) {
  AppendTitle(document, out);
  AppendNames(document, out);
  AppendQuantities(document, out);
  AppendTimes(document, out);
  if (options_.show_text) AppendText(document, out);
}

void AppendPrintable(std::string_view text, std::string& out) {
  internal::AppendPrintable(text, out);
}

}  // namespace nutgraf
