// The corpus of times: tests/corpus/time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/time_expression.h"

namespace nutgraf {
namespace {

std::vector<std::string> Fields(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
  return fields;
}

std::vector<std::string> Lines(const std::string& name) {
  std::ifstream in(std::string(NUTGRAF_SOURCE_DIR) + "/tests/corpus/time/" + name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') lines.push_back(line);
  }
  return lines;
}

std::string Civil(absl::CivilSecond t, bool day) {
  char buffer[40];
  if (day) {
    std::snprintf(buffer, sizeof(buffer), "%04lld-%02d-%02d", static_cast<long long>(t.year()),
                  t.month(), t.day());
  } else {
    std::snprintf(buffer, sizeof(buffer), "%04lld-%02d-%02dT%02d:%02d",
                  static_cast<long long>(t.year()), t.month(), t.day(), t.hour(), t.minute());
  }
  return buffer;
}

// A row of the corpus, of what was found.
struct Found {
  std::string span;
  std::string kind;
  std::string value;
  std::string interval;
  std::string modifier;
};

std::vector<Found> Extract(const std::string& text, const std::string& date) {
  static const Pipeline* const kPipeline = [] {
    NewsPipelineOptions options;
    options.times.spans_with_prepositions = false;  // the corpus has TimeML's spans
    return new Pipeline(*NewsPipeline(options));
  }();
  Document document;
  EXPECT_TRUE(kPipeline->Process({.text = text, .id = {}, .date = date}, document).ok());
  std::vector<Found> out;
  for (const TimeExpression& t : document.Get<TimeExpression>()) {
    Found found;
    found.span = std::string(Slice(document.text(), t.span));
    found.kind = std::string(TimeKindName(t.kind));
    found.value = std::string(t.value);
    found.modifier = std::string(TimeModifierName(t.modifier_kind));
    if (t.has_interval) {
      const bool day = absl::CivilSecond(absl::CivilDay(t.begin)) == t.begin &&
                       absl::CivilSecond(absl::CivilDay(t.end)) == t.end;
      found.interval = absl::StrCat(t.begin_open ? "" : Civil(t.begin, day), "..",
                                    t.end_open ? "" : Civil(t.end, day));
    }
    out.push_back(found);
  }
  return out;
}

std::string Shown(const std::vector<Found>& all) {
  std::string out;
  for (const Found& f : all)
    absl::StrAppend(&out, "  [", f.span, "] ", f.kind, " ", f.value, " ", f.interval, " ",
                    f.modifier, "\n");
  return out.empty() ? "  nothing\n" : out;
}

TEST(TimeCorpusTest, FindsWhatThePositiveTextsSay) {
  int rows = 0;
  int wrong = 0;
  for (const std::string& line : Lines("positive.tsv")) {
    std::vector<std::string> f = Fields(line);
    f.resize(7);
    if (f[0] == "text") continue;
    ++rows;
    const std::vector<Found> found = Extract(f[0], f[1]);
    bool right = false;
    for (const Found& t : found) {
      right |= t.span == f[2] && t.kind == f[3] && t.value == f[4] &&
               (f[5].empty() || t.interval == f[5]) && (f[6].empty() || t.modifier == f[6]);
    }
    if (right) continue;
    ++wrong;
    ADD_FAILURE() << f[0] << " (" << f[1] << ")\n  wanted [" << f[2] << "] " << f[3] << " " << f[4]
                  << " " << f[5] << " " << f[6] << "\n"
                  << Shown(found);
  }
  EXPECT_GT(rows, 500);
  EXPECT_EQ(wrong, 0) << "of " << rows;
}

TEST(TimeCorpusTest, FindsNothingInTheNegativeTexts) {
  int rows = 0;
  for (const std::string& line : Lines("negative.tsv")) {
    if (line == "text") continue;
    ++rows;
    const std::vector<Found> found = Extract(line, "2022-01-11");
    EXPECT_TRUE(found.empty()) << line << "\n" << Shown(found);
  }
  EXPECT_GT(rows, 100);
}

}  // namespace
}  // namespace nutgraf
