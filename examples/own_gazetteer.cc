// Finds names of your own: entries made in code, or read from a table, before the default ones.
//
//   build/release/bin/nutgraf-own-gazetteer [TABLE.tsv]
//
// Prints the names in a text, and whose they are:
//
//   SHIP          Pacific Heron  ship/pacific-heron  own
//   LOCATION      Lindale        city/lindale        own
//   LOCATION      New Zealand    country/NZ          default
//
// "Pacific Heron" is one ship, not a heron in the Pacific: of names that overlap those of the lower
// rank win. A table names its columns in its first line (docs/gazetteer.md):
//
//   name<TAB>type<TAB>id<TAB>aliases
//   Shipping Council<TAB>ORGANIZATION<TAB>org/shipping-council<TAB>Council of Shipping

#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/mention.h"
#include "nutgraf/mention_resolver.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/span.h"
#include "nutgraf/tokenizer.h"

namespace {

constexpr std::string_view kText =
    "The Pacific Heron left Lindale, New Zealand, the Shipping Council said.";

absl::StatusOr<nutgraf::Gazetteer> OwnNames(const char* table) {
  nutgraf::GazetteerBuilder builder;
  absl::Status status =
      builder.Add({.name = "Pacific Heron", .type = "SHIP", .id = "ship/pacific-heron"});
  // Aliases are found too; both are found in capitals throughout, "LINDALE" (the default policy).
  status.Update(builder.Add({.name = "Lindale",
                             .type = "LOCATION",
                             .id = "city/lindale",
                             .aliases = {"Port of Lindale"}}));
  if (table != nullptr) {
    std::ifstream in(table, std::ios::binary);
    if (!in) return absl::NotFoundError(std::string(table) + ": cannot open the file");
    const std::string rows(std::istreambuf_iterator<char>(in), {});
    status.Update(builder.AddTsv(rows, table));  // errors name the table and the line
  }
  if (!status.ok()) return status;
  return builder.Build();
}

absl::Status Run(const char* table) {
  const absl::StatusOr<nutgraf::Gazetteer> own = OwnNames(table);
  if (!own.ok()) return own.status();
  const absl::StatusOr<nutgraf::Pipeline> pipeline =
      nutgraf::Pipeline::Builder()
          .Add(nutgraf::Tokenizer())
          .Add(nutgraf::SentenceSplitter())
          .Add(nutgraf::GazetteerMatcher(*own, {.rank = 0}))
          .Add(nutgraf::GazetteerMatcher(nutgraf::english::DefaultGazetteer(), {.rank = 1}))
          .Add(nutgraf::MentionResolver())
          .Build();
  if (!pipeline.ok()) return pipeline.status();
  nutgraf::Document document;
  if (absl::Status status = pipeline->Process(kText, document); !status.ok()) return status;
  for (const nutgraf::Mention& mention : document.Get<nutgraf::Mention>()) {
    std::cout << std::left << std::setw(14) << mention.label << std::setw(15)
              << nutgraf::Slice(kText, mention.span) << std::setw(20) << mention.id
              << (mention.rank == 0 ? "own" : "default") << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  const absl::Status status = Run(argc > 1 ? argv[1] : nullptr);
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
