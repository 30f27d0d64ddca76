// Entries from tables: TSV, CSV and JSON Lines.

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/text/lines.h"
#include "lib/text/string_view.h"
#include "nutgraf/gazetteer.h"

namespace nutgraf {

using internal::Absl;
using internal::SkipByteOrderMark;
using internal::Split;
using internal::TakeLine;

namespace {

absl::Status At(std::string_view source, size_t line, std::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(Absl(source), ":", line, ": ", Absl(what)));
}

// Capitals are allowed unless "exact" stands there without "upper".
absl::Status ParsePolicy(std::string_view words, uint8_t& policy) {
  constexpr std::pair<std::string_view, uint8_t> kWords[] = {{"exact", 0},
                                                             {"upper", kUpperCase},
                                                             {"any", kAnyCase},
                                                             {"context", kContextOnly},
                                                             {"never-alone", kNeverAlone},
                                                             {"literal", kLiteral},
                                                             {"whole", kWholeName}};
  policy = 0;
  bool exact = false;
  if (!words.empty()) {
    for (const std::string_view word : Split(words, ',')) {
      const auto* const known = std::find_if(std::begin(kWords), std::end(kWords),
                                             [word](const auto& w) { return w.first == word; });
      if (known == std::end(kWords)) {
        return absl::InvalidArgumentError(
            absl::StrCat("policy '", Absl(word),
                         "' is none of exact, upper, any, context, never-alone, literal, whole"));
      }
      policy |= known->second;
      exact = exact || word == "exact";
    }
  }
  if (!exact) policy |= kUpperCase;
  return absl::OkStatus();
}

absl::Status ParsePrior(std::string_view number, double& prior) {
  if (number.empty()) return absl::OkStatus();
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), prior);
  if (error != std::errc() || end != number.data() + number.size()) {
    return absl::InvalidArgumentError(absl::StrCat("prior '", Absl(number), "' is no number"));
  }
  return absl::OkStatus();
}

// Tells the builder's owner how far the reading is.
class Progress {
 public:
  explicit Progress(const GazetteerBuilder& builder) : report_(builder.options().progress) {}
  void Count() {
    if (++rows_ % 65536 == 0 && report_) report_(rows_);
  }

 private:
  const std::function<void(size_t)>& report_;
  size_t rows_ = 0;
};

// Rows of a table with a header, whatever separates their fields.
class TableReader {
 public:
  TableReader(GazetteerBuilder& builder, std::string_view source, std::string_view default_type)
      : builder_(builder), source_(source), default_type_(default_type), progress_(builder) {
    place_.fill(std::string_view::npos);
  }

  // A row whose first line is number `line`.
  absl::Status AddRow(const std::vector<std::string_view>& fields, size_t line) {
    const absl::Status status = columns_ == 0 ? ReadHeader(fields) : AddEntry(fields);
    if (!status.ok()) return At(source_, line, internal::Std(status.message()));
    progress_.Count();
    return absl::OkStatus();
  }

  // At the end of the text.
  absl::Status Finish() const {
    if (columns_ > 0) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrCat(Absl(source_), ": no header line names the columns: is it empty?"));
  }

 private:
  enum Column { kName, kType, kId, kAliases, kPrior, kPolicy, kColumnCount };

  absl::Status ReadHeader(const std::vector<std::string_view>& fields) {
    constexpr std::array<std::string_view, kColumnCount> kColumns = {"name",    "type",  "id",
                                                                     "aliases", "prior", "policy"};
    columns_ = fields.size();
    for (size_t i = 0; i < fields.size(); ++i) {
      size_t column = 0;
      while (column < kColumnCount && kColumns[column] != fields[i]) ++column;
      if (column == kColumnCount) {
        return absl::InvalidArgumentError(absl::StrCat(
            "column '", Absl(fields[i]), "' is none of name, type, id, aliases, prior, policy"));
      }
      if (place_[column] != std::string_view::npos) {
        return absl::InvalidArgumentError(
            absl::StrCat("column '", Absl(fields[i]), "' is named twice"));
      }
      place_[column] = i;
    }
    if (place_[kName] == std::string_view::npos)
      return absl::InvalidArgumentError("the header names no column 'name'");
    return absl::OkStatus();
  }

  absl::Status AddEntry(const std::vector<std::string_view>& fields) {
    if (fields.size() > columns_ || fields.size() <= place_[kName]) {
      return absl::InvalidArgumentError(
          absl::StrCat(fields.size(), " columns where the header has others"));
    }
    const auto field = [&](Column column) {
      return place_[column] < fields.size() ? fields[place_[column]] : std::string_view();
    };
    GazetteerEntry entry;
    entry.name = field(kName);
    entry.type = field(kType).empty() ? default_type_ : field(kType);
    entry.id = field(kId);
    if (!field(kAliases).empty()) {
      for (const std::string_view alias : Split(field(kAliases), '|'))
        entry.aliases.emplace_back(alias);
    }
    absl::Status status = ParsePrior(field(kPrior), entry.prior);
    if (status.ok()) status = ParsePolicy(field(kPolicy), entry.policy);
    if (status.ok() && entry.type.empty()) status = absl::InvalidArgumentError("no type");
    return status.ok() ? builder_.Add(entry) : status;
  }

  GazetteerBuilder& builder_;
  const std::string_view source_;
  const std::string_view default_type_;
  Progress progress_;
  size_t columns_ = 0;
  std::array<size_t, kColumnCount> place_;
};

// The next row of a CSV text (RFC 4180), which may go over several lines. `line` counts them; the
// fields point into `text` or, where a quoted one holds quotes, into `unquoted`.
absl::Status TakeCsvRow(std::string_view& text, size_t& line, std::vector<std::string_view>& fields,
                        std::deque<std::string>& unquoted) {
  fields.clear();
  unquoted.clear();
  while (true) {
    if (text.substr(0, 1) == "\"") {
      std::string field;
      text.remove_prefix(1);
      while (true) {
        const size_t quote = text.find('"');
        if (quote == std::string_view::npos)
          return absl::InvalidArgumentError("a quoted field has no end");
        field += text.substr(0, quote);
        text.remove_prefix(quote + 1);
        if (text.substr(0, 1) != "\"") break;
        field += '"';
        text.remove_prefix(1);
      }
      line += static_cast<size_t>(std::count(field.begin(), field.end(), '\n'));
      unquoted.push_back(std::move(field));
      fields.push_back(unquoted.back());
      if (!text.empty() && text[0] != ',' && text[0] != '\n' && text[0] != '\r')
        return absl::InvalidArgumentError("text after the end of a quoted field");
    } else {
      const size_t end = std::min(text.find_first_of(",\n"), text.size());
      std::string_view field = text.substr(0, end);
      if (end < text.size() && text[end] == '\n' && !field.empty() && field.back() == '\r')
        field.remove_suffix(1);
      fields.push_back(field);
      text.remove_prefix(end);
    }
    if (text.substr(0, 1) != ",") break;
    text.remove_prefix(1);
  }
  if (text.substr(0, 1) == "\r") text.remove_prefix(1);
  if (text.substr(0, 1) == "\n") text.remove_prefix(1);
  ++line;
  return absl::OkStatus();
}

}  // namespace

absl::Status GazetteerBuilder::AddTsv(std::string_view text, std::string_view source,
                                      std::string_view default_type) {
  TableReader reader(*this, source, default_type);
  SkipByteOrderMark(text);
  for (size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = TakeLine(text);
    if (line.empty() || line[0] == '#') continue;
    if (absl::Status status = reader.AddRow(Split(line, '\t'), number); !status.ok()) return status;
  }
  return reader.Finish();
}

absl::Status GazetteerBuilder::AddCsv(std::string_view text, std::string_view source,
                                      std::string_view default_type) {
  TableReader reader(*this, source, default_type);
  SkipByteOrderMark(text);
  std::vector<std::string_view> fields;
  std::deque<std::string> unquoted;
  for (size_t next = 1; !text.empty();) {
    const size_t line = next;
    absl::Status status = TakeCsvRow(text, next, fields, unquoted);
    if (!status.ok()) return At(source, line, internal::Std(status.message()));
    if (fields.size() == 1 && fields[0].empty()) continue;
    if (status = reader.AddRow(fields, line); !status.ok()) return status;
  }
  return reader.Finish();
}

absl::Status GazetteerBuilder::AddJsonLines(std::string_view text, std::string_view source,
                                            std::string_view default_type) {
  simdjson::dom::parser parser;
  Progress progress(*this);
  SkipByteOrderMark(text);
  for (size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = TakeLine(text);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    simdjson::dom::object object;
    if (const auto error = parser.parse(line.data(), line.size()).get(object);
        error != simdjson::SUCCESS) {
      return At(source, number, simdjson::error_message(error));
    }
    GazetteerEntry entry;
    entry.type = default_type;
    std::string_view policy;
    absl::Status status;
    for (const auto field : object) {
      std::string_view string;
      const bool is_string = field.value.get(string) == simdjson::SUCCESS;
      const auto wrong = [&](std::string_view what) {
        return absl::InvalidArgumentError(
            absl::StrCat("\"", Absl(field.key), "\" is ", Absl(what)));
      };
      if (field.key == "name" || field.key == "type" || field.key == "id" ||
          field.key == "policy") {
        if (!is_string) {
          status = wrong("no string");
        } else if (field.key == "policy") {
          policy = string;
        } else {
          (field.key == "name" ? entry.name : field.key == "type" ? entry.type : entry.id) = string;
        }
      } else if (field.key == "prior") {
        if (field.value.get(entry.prior) != simdjson::SUCCESS) status = wrong("no number");
      } else if (field.key == "aliases") {
        simdjson::dom::array aliases;
        if (field.value.get(aliases) != simdjson::SUCCESS) {
          status = wrong("no list");
          continue;
        }
        for (const auto alias : aliases) {
          if (alias.get(string) != simdjson::SUCCESS) {
            status = wrong("no list of strings");
          } else {
            entry.aliases.emplace_back(string);
          }
        }
      }
    }
    if (status.ok()) status = ParsePolicy(policy, entry.policy);
    if (status.ok() && entry.type.empty()) status = absl::InvalidArgumentError("no \"type\"");
    if (status.ok()) status = Add(entry);
    if (!status.ok()) return At(source, number, internal::Std(status.message()));
    progress.Count();
  }
  return absl::OkStatus();
}

}  // namespace nutgraf
