#include "tests/support/texts.h"

#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace nutgraf::testing {

namespace {

void ReadJsonLines(const std::filesystem::path& file, std::vector<std::string>& texts) {
  simdjson::dom::parser parser;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    simdjson::dom::element document;
    std::string_view text;
    if (parser.parse(line).get(document) == simdjson::SUCCESS &&
        document["text"].get(text) == simdjson::SUCCESS) {
      texts.emplace_back(text);
    }
  }
}

}  // namespace

std::vector<std::string> SharedTexts(const std::string& path) {
  const std::filesystem::path root = std::filesystem::path(NUTGRAF_SHARED_DIR) / path;
  std::vector<std::string> texts;
  if (std::filesystem::is_regular_file(root)) {
    ReadJsonLines(root, texts);
  } else if (std::filesystem::is_directory(root)) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) ReadJsonLines(file, texts);
  }
  return texts;
}

std::string RandomText(std::mt19937_64& random, const std::vector<std::string>& pieces,
                       size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += pieces[random() % pieces.size()];
  return text;
}

const std::vector<std::string>& AsciiPieces() {
  static const auto* const kPieces = new std::vector<std::string>{" ",
                                                                  " ",
                                                                  " ",
                                                                  "  ",
                                                                  "\n",
                                                                  "\n\n",
                                                                  "\r\n",
                                                                  "\t",
                                                                  ".",
                                                                  ",",
                                                                  "'",
                                                                  "'",
                                                                  "\"",
                                                                  "-",
                                                                  "(",
                                                                  ")",
                                                                  "a",
                                                                  "A",
                                                                  "n",
                                                                  "t",
                                                                  "s",
                                                                  "S",
                                                                  "I",
                                                                  "don",
                                                                  "Don",
                                                                  "n't",
                                                                  "'s",
                                                                  "'re",
                                                                  "'LL",
                                                                  "Mr",
                                                                  "Mr.",
                                                                  "U.S",
                                                                  "U.S.",
                                                                  "a.m.",
                                                                  "No.",
                                                                  "p.",
                                                                  "Jan.",
                                                                  "jan.",
                                                                  "Inc.",
                                                                  "K.",
                                                                  "1",
                                                                  "2,500",
                                                                  "3.5",
                                                                  "0",
                                                                  "1990",
                                                                  "5km",
                                                                  "3rd",
                                                                  "%",
                                                                  "$",
                                                                  "/",
                                                                  ":",
                                                                  ";",
                                                                  "http:",
                                                                  "//",
                                                                  "www.",
                                                                  "x.org",
                                                                  "@",
                                                                  "#",
                                                                  "_",
                                                                  "...",
                                                                  "..",
                                                                  "--",
                                                                  "!",
                                                                  "?",
                                                                  "&",
                                                                  "+",
                                                                  "end",
                                                                  "The",
                                                                  "x",
                                                                  "wW",
                                                                  "''",
                                                                  "`",
                                                                  "``",
                                                                  "*",
                                                                  "verylongwordindeedlonger",
                                                                  "[",
                                                                  "]",
                                                                  "{",
                                                                  "\\",
                                                                  "~",
                                                                  "=",
                                                                  "<",
                                                                  ">",
                                                                  "^",
                                                                  "|",
                                                                  "'d",
                                                                  "o'clock",
                                                                  "O'N",
                                                                  std::string("\0", 1),
                                                                  "\x7F"};
  return *kPieces;
}

const std::vector<std::string>& AllPieces() {
  static const auto* const kPieces = [] {
    auto* pieces = new std::vector<std::string>(AsciiPieces());
    for (const char* piece : {"’",
                              "‘",
                              "“",
                              "”",
                              "–",
                              "—",
                              "…",
                              "é",
                              "É",
                              "ß",
                              "ø",
                              "Ł",
                              "\u0301",
                              "\u00AD",
                              "\u200B",
                              "\u200D",
                              "\uFE0F",
                              "\uFEFF",
                              "\u00A0",
                              "\u2028",
                              "\u2029",
                              "\u0085",
                              "👍",
                              "👩",
                              "\u200D💻",
                              "🇰",
                              "🇿",
                              "🏽",
                              "漢字",
                              "かな",
                              "カナ",
                              "ภาษาไทย",
                              "한국어",
                              "עברית",
                              "\u05F4",
                              "العربية",
                              "\u066C",
                              "٣",
                              "²",
                              "½",
                              "ﬁ",
                              "\uFDFA",
                              "İ",
                              "·",
                              "£",
                              "€",
                              "«",
                              "»",
                              "©",
                              "™",
                              "‼",
                              "\xC3",
                              "\xE2\x80",
                              "\xFF",
                              "\xC0\x80",
                              "\xED\xA0\x80",
                              "\xF4\x90\x80\x80",
                              "\xF0\x9F",
                              "Nazarbayev’s",
                              "don’t",
                              "Сергей",
                              "Αθήνα",
                              "ʼ",
                              "1️⃣",
                              "#️⃣"}) {
      pieces->emplace_back(piece);
    }
    return pieces;
  }();
  return *kPieces;
}

std::string Mutate(std::mt19937_64& random, std::string text, int times) {
  for (int i = 0; i < times && !text.empty(); ++i) {
    const size_t at = random() % text.size();
    switch (random() % 4) {
      case 0:
        text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, 1 + random() % 3);
        break;
      case 2:
        text.insert(at, text.substr(at, random() % 8));
        break;
      default:
        text[at] = " .,'-\n\"("[random() % 8];
    }
  }
  return text;
}

}  // namespace nutgraf::testing
