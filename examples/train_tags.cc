// nutgraf-train-tags: makes a model of parts of speech from tagged texts.
//
//   nutgraf-train-tags -o mine.pos --words data/model/word_clusters.tsv gum.jsonl:3 --other machine.jsonl
//
// A file may be followed by a colon and how often its documents count. docs/training.md.

#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nutgraf/part_of_speech_trainer.h"
#include "train_files.h"

namespace {

using train_files::Parse;
using train_files::Read;
using train_files::WithWeight;
using train_files::Write;

constexpr std::string_view kUsage =
    R"(usage: nutgraf-train-tags -o IMAGE [OPTION]... FILE[:WEIGHT]...

Makes a model for nutgraf's tagger of parts of speech from JSON Lines with tagged tokens.

  -o IMAGE               file to write
  --other FILE[:WEIGHT]  a file whose tags follow other conventions, or were made by a machine
  --words FILE           word and clusters (data/model/word_clusters.tsv)
  --licence FILE         text that goes into the image
  --rounds N             over all documents (8)
  --rate X               learning rate (0.02)
  --feature-dropout X    (0.15)
  --lexical-dropout X    (0.1)
  --case-variation X     (0.04)
  --rows N               of the table of weights, 16 bytes each (140000)
  --known-words N        words that keep their clusters (100000)
  --seed N               (1)
)";

}  // namespace

int main(int argc, char** argv) {
  nutgraf::PartOfSpeechTrainerOptions options;
  std::string out, words, licence;
  std::vector<std::pair<std::string, bool>> files;  // whether it is of the reference
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (arg == "--help") {
      std::cout << kUsage;
      return 0;
    }
    if (!arg.starts_with("-")) {
      files.emplace_back(arg, true);
      continue;
    }
    const std::string_view value = i + 1 < argc ? argv[++i] : "";
    bool good = !value.empty();
    if (arg == "-o")
      out = value;
    else if (arg == "--other")
      files.emplace_back(value, false);
    else if (arg == "--words")
      words = value;
    else if (arg == "--licence")
      licence = value;
    else if (arg == "--rounds")
      good = Parse(value, options.rounds);
    else if (arg == "--rate")
      good = Parse(value, options.learning_rate);
    else if (arg == "--feature-dropout")
      good = Parse(value, options.feature_dropout);
    else if (arg == "--lexical-dropout")
      good = Parse(value, options.lexical_dropout);
    else if (arg == "--case-variation")
      good = Parse(value, options.case_variation);
    else if (arg == "--rows")
      good = Parse(value, options.rows);
    else if (arg == "--known-words")
      good = Parse(value, options.words);
    else if (arg == "--seed")
      good = Parse(value, options.seed);
    else
      good = false;
    if (!good) {
      std::cerr << "nutgraf-train-tags: bad option " << arg << "; see --help\n";
      return 2;
    }
  }
  if (out.empty() || files.empty()) {
    std::cerr << kUsage;
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  const int rounds = options.rounds;
  options.progress = [start, rounds](int round, double loss) {
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    std::fprintf(stderr, "round %d of %d  loss %.4f  %.0f s\n", round, rounds, loss, time.count());
  };
  nutgraf::PartOfSpeechTrainer trainer(options);
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
  for (const auto& [file, reference] : files) {
    if (!status.ok()) break;
    const auto [path, weight] = WithWeight(file);
    if (!Read(path, text)) return 1;
    status = trainer.AddJsonLines(text, path, {.weight = weight, .reference = reference});
  }
  if (status.ok()) {
    const absl::StatusOr<std::string> image = trainer.Train();
    status = image.status();
    if (status.ok() && !Write(out, *image)) return 1;
  }
  if (!status.ok()) {
    std::cerr << "nutgraf-train-tags: " << status.message() << "\n";
    return 1;
  }
  return 0;
}
