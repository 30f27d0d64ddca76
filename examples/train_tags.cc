// nutgraf-train-tags: makes a model of parts of speech from tagged texts.
//
//   nutgraf-train-tags -o mine.pos --words data/model/word_clusters.tsv gum.jsonl:3 --other machine.jsonl
//
// A file may be followed by a colon and how often its documents count. docs/training.md.

#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nutgraf/part_of_speech_trainer.h"

namespace {

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

bool Read(const std::string& path, std::string& text) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << "nutgraf-train-tags: cannot read " << path << "\n";
    return false;
  }
  text.assign(std::istreambuf_iterator<char>(in), {});
  return true;
}

template <class Number>
bool Parse(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

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
  for (auto& [path, reference] : files) {
    if (!status.ok()) break;
    double weight = 1;
    if (const size_t colon = path.rfind(':');
        colon != std::string::npos && Parse(std::string_view(path).substr(colon + 1), weight)) {
      path.resize(colon);
    }
    if (!Read(path, text)) return 1;
    status = trainer.AddJsonLines(text, path, {.weight = weight, .reference = reference});
  }
  std::string image;
  if (status.ok()) {
    absl::StatusOr<std::string> trained = trainer.Train();
    status = trained.status();
    if (status.ok()) image = *std::move(trained);
  }
  if (!status.ok()) {
    std::cerr << "nutgraf-train-tags: " << status.message() << "\n";
    return 1;
  }
  std::ofstream file(out, std::ios::binary);
  file << image;
  if (!file.flush()) {
    std::cerr << "nutgraf-train-tags: cannot write " << out << "\n";
    return 1;
  }
  return 0;
}
