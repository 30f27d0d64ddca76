// Entries from tables: TSV and JSON Lines.

#include <simdjson.h>

#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/text/string_view.h"
#include "nutgraf/gazetteer.h"

namespace nutgraf {

using internal::Absl;

namespace {

absl::Status At(std::string_view source, size_t line, std::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(Absl(source), ":", line, ": ", Absl(what)));
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// Takes the next line off `text`, without its end (LF or CRLF).
std::string_view TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

void SkipByteOrderMark(std::string_view& text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
}

// Empty means upper.
absl::Status ParsePolicy(std::string_view words, uint8_t& policy) {
  policy = kUpperCase;
  if (words.empty()) return absl::OkStatus();
  for (const std::string_view word : Split(words, ',')) {
    if (word == "exact") {
      policy &= static_cast<uint8_t>(~kUpperCase);
    } else if (word == "any") {
      policy |= kAnyCase;
    } else if (word == "context") {
      policy |= kContextOnly;
    } else if (word != "upper") {
      return absl::InvalidArgumentError(
          absl::StrCat("policy '", Absl(word), "' is none of exact, upper, any, context"));
    }
  }
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

}  // namespace

absl::Status GazetteerBuilder::AddTsv(std::string_view text, std::string_view source,
                                      std::string_view default_type) {
  enum Column { kName, kType, kId, kAliases, kPrior, kPolicy, kColumnCount };
  constexpr std::array<std::string_view, kColumnCount> kColumns = {"name",    "type",  "id",
                                                                   "aliases", "prior", "policy"};
  std::array<size_t, kColumnCount> place;
  place.fill(std::string_view::npos);
  bool header = true;
  size_t columns = 0;
  SkipByteOrderMark(text);
  for (size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = TakeLine(text);
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string_view> fields = Split(line, '\t');
    if (header) {
      header = false;
      columns = fields.size();
      for (size_t i = 0; i < fields.size(); ++i) {
        size_t column = 0;
        while (column < kColumnCount && kColumns[column] != fields[i]) ++column;
        if (column == kColumnCount) {
          return At(source, number,
                    absl::StrCat("column '", Absl(fields[i]),
                                 "' is none of name, type, id, aliases, prior, policy"));
        }
        place[column] = i;
      }
      if (place[kName] == std::string_view::npos)
        return At(source, number, "the header names no column 'name'");
      continue;
    }
    if (fields.size() > columns || fields.size() <= place[kName]) {
      return At(source, number,
                absl::StrCat(fields.size(), " columns where the header has others"));
    }
    const auto field = [&](Column column) {
      return place[column] < fields.size() ? fields[place[column]] : std::string_view();
    };
    GazetteerEntry entry;
    entry.name = field(kName);
    entry.type = field(kType).empty() ? default_type : field(kType);
    entry.id = field(kId);
    if (!field(kAliases).empty()) {
      for (const std::string_view alias : Split(field(kAliases), '|'))
        entry.aliases.emplace_back(alias);
    }
    absl::Status status = ParsePrior(field(kPrior), entry.prior);
    if (status.ok()) status = ParsePolicy(field(kPolicy), entry.policy);
    if (status.ok() && entry.type.empty()) status = absl::InvalidArgumentError("no type");
    if (status.ok()) status = Add(entry);
    if (!status.ok()) return At(source, number, internal::Std(status.message()));
  }
  return absl::OkStatus();
}

absl::Status GazetteerBuilder::AddJsonLines(std::string_view text, std::string_view source,
                                            std::string_view default_type) {
  simdjson::dom::parser parser;
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
  }
  return absl::OkStatus();
}

}  // namespace nutgraf
