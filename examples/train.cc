// nutgraf-train: makes a model for the recogniser from annotated texts.
//
//   nutgraf-train -o mine.tagger --words data/model/word_clusters.tsv news.jsonl:2 web.jsonl
//
// A file may be followed by a colon and how often its documents count. docs/training.md.

#include <chrono>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/english.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/headed_name_matcher.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tagger_trainer.h"
#include "nutgraf/tokenizer.h"
#include "train_files.h"

namespace {

using train_files::Parse;
using train_files::Read;
using train_files::WithWeight;
using train_files::Write;

constexpr std::string_view kUsage =
    R"(usage: nutgraf-train -o IMAGE [OPTION]... FILE[:WEIGHT]...

Makes a model for nutgraf's recogniser from JSON Lines with marked names.

  -o IMAGE             file to write
  --words FILE         word and clusters (data/model/word_clusters.tsv)
  --licence FILE       text that goes into the image
  --type NAME=LABELS   a type and its labels, with commas; may be repeated. Without: the types of news
  --rounds N           over all documents (4)
  --runs N             trainings whose weights are averaged (1)
  --rate X             learning rate (0.04)
  --feature-dropout X  (0.2)
  --lexical-dropout X  (0.3)
  --case-variation X   (0.06)
  --name-variation X   part of the documents in which other names are put in the place of theirs (0)
  --doubt X            leave open what a model of the other half gives less probability (0: nothing)
  --least-documents N  features that fewer documents have are left out (1)
  --rows N             of the table of weights, 32 bytes each (425000)
  --held-out X         part of the documents that measures progress (0.03)
  --seed N             (1)
  --threads N          (2); the image does not depend on it
)";

// "NAME=LABEL,LABEL"
nutgraf::TaggerType ParseType(std::string_view text) {
  nutgraf::TaggerType type;
  const size_t equals = std::min(text.find('='), text.size());
  type.name = text.substr(0, equals);
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    std::string_view label = text.substr(0, comma);
    if (label.find('=') != std::string_view::npos) label.remove_prefix(label.find('=') + 1);
    type.labels.emplace_back(label);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return type;
}

}  // namespace

int main(int argc, char** argv) {
  nutgraf::TaggerTrainerOptions options;
  std::string out, words, licence;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (arg == "--help") {
      std::cout << kUsage;
      return 0;
    }
    if (!arg.starts_with("-")) {
      files.emplace_back(arg);
      continue;
    }
    const std::string_view value = i + 1 < argc ? argv[++i] : "";
    bool good = !value.empty();
    if (arg == "-o")
      out = value;
    else if (arg == "--words")
      words = value;
    else if (arg == "--licence")
      licence = value;
    else if (arg == "--type")
      options.types.push_back(ParseType(value));
    else if (arg == "--rounds")
      good = Parse(value, options.rounds);
    else if (arg == "--runs")
      good = Parse(value, options.runs);
    else if (arg == "--rate")
      good = Parse(value, options.learning_rate);
    else if (arg == "--feature-dropout")
      good = Parse(value, options.feature_dropout);
    else if (arg == "--lexical-dropout")
      good = Parse(value, options.lexical_dropout);
    else if (arg == "--case-variation")
      good = Parse(value, options.case_variation);
    else if (arg == "--name-variation")
      good = Parse(value, options.name_variation);
    else if (arg == "--doubt")
      good = Parse(value, options.doubt);
    else if (arg == "--least-documents")
      good = Parse(value, options.least_documents);
    else if (arg == "--rows")
      good = Parse(value, options.rows);
    else if (arg == "--held-out")
      good = Parse(value, options.held_out);
    else if (arg == "--seed")
      good = Parse(value, options.seed);
    else if (arg == "--threads")
      good = Parse(value, options.threads);
    else
      good = false;
    if (!good) {
      std::cerr << "nutgraf-train: bad option " << arg << "; see --help\n";
      return 2;
    }
  }
  if (out.empty() || files.empty()) {
    std::cerr << kUsage;
    return 2;
  }

  // What NewsPipeline() has before its recogniser.
  const absl::StatusOr<nutgraf::Pipeline> before =
      nutgraf::Pipeline::Builder()
          .Add(nutgraf::Tokenizer())
          .Add(nutgraf::SentenceSplitter())
          .Add(nutgraf::GazetteerMatcher(nutgraf::english::DefaultGazetteer()))
          .Add(nutgraf::HeadedNameMatcher())
          .Build();
  if (!before.ok()) {
    std::cerr << "nutgraf-train: " << before.status().message() << "\n";
    return 1;
  }
  const auto start = std::chrono::steady_clock::now();
  options.progress = [start](const nutgraf::TaggerProgress& p) {
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    std::fprintf(stderr,
                 "run %d of %d, round %d of %d  loss %.4f  held out: precision %.1f recall %.1f F1 "
                 "%.1f  %.0f s\n",
                 p.run, p.runs, p.round, p.rounds, p.loss, 100 * p.precision, 100 * p.recall,
                 100 * p.f1, time.count());
  };
  nutgraf::TaggerTrainer trainer(*before, options);
  trainer.SetNameParts(nutgraf::english::DefaultNameParts());
  if (options.name_variation > 0) {
    std::map<std::string, std::vector<std::string>, std::less<>> names;
    nutgraf::english::DefaultGazetteer().ForEachName(
        [&names](const nutgraf::Gazetteer::Name& name) {
          names[std::string(name.entry.type)].push_back(name.text);
        });
    // Places are left as they are: what is said of a country is not said of each village.
    for (const std::string_view type : {"PERSON", "ORGANIZATION"})
      trainer.AddNames(type, names[std::string(type)]);
  }
  std::string text;
  if (!licence.empty()) {
    if (!Read(licence, text)) return 1;
    trainer.SetLicence(text);
  }
  absl::Status status;
  if (!words.empty()) {
    if (!Read(words, text)) return 1;
    status = trainer.AddWordClusters(text, words);
  }
  for (const std::string& file : files) {
    if (!status.ok()) break;
    const auto [path, weight] = WithWeight(file);
    if (!Read(path, text)) return 1;
    status = trainer.AddJsonLines(text, path, {.weight = weight});
  }
  if (status.ok()) {
    absl::StatusOr<std::string> image = trainer.Train();
    status = image.status();
    if (status.ok() && !Write(out, *image)) return 1;
  }
  if (!status.ok()) {
    std::cerr << "nutgraf-train: " << status.message() << "\n";
    return 1;
  }
  return 0;
}
