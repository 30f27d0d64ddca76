#include "lib/tagger/train_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/text/string_view.h"
#include "nutgraf/document.h"
#include "nutgraf/token.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf::internal {

std::vector<uint32_t> CodePoints(std::string_view text) {
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80) places.push_back(i);
  }
  places.push_back(static_cast<uint32_t>(text.size()));
  return places;
}

void ChangeCase(std::string& text, size_t begin, size_t end, bool upper) {
  for (size_t i = begin; i < end; ++i) {
    const char c = text[i];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
      text[i] = static_cast<char>(upper ? c & ~0x20 : c | 0x20);
  }
}

absl::Status ForEachJsonLine(
    std::string_view text, std::string_view source,
    const std::function<std::string(const simdjson::dom::element&)>& read) {
  simdjson::dom::parser parser;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t size = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, size);
    text.remove_prefix(std::min(size + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    simdjson::dom::element root;
    std::string wrong;
    if (parser.parse(line.data(), line.size()).get(root) != simdjson::SUCCESS) {
      wrong = "no JSON";
    } else {
      wrong = read(root);
    }
    if (!wrong.empty())
      return absl::InvalidArgumentError(absl::StrCat(Absl(source), ":", number, ": ", wrong));
  }
  return absl::OkStatus();
}

absl::Status ReadWordClusters(std::string_view tsv, std::string_view source,
                              std::vector<std::pair<uint64_t, WordClasses>>& words) {
  LayerRows<Token> tokens;
  for (size_t line = 1; !tsv.empty(); ++line) {
    const size_t size = std::min(tsv.find('\n'), tsv.size());
    std::string_view row = tsv.substr(0, size);
    tsv.remove_prefix(std::min(size + 1, tsv.size()));
    if (row.empty() || row[0] == '#') continue;
    const size_t tab = std::min(row.find('\t'), row.size());
    const std::string_view word = row.substr(0, tab);
    row.remove_prefix(tab);
    std::array<uint32_t, 4> clusters = {};
    bool good = true;
    constexpr std::array<uint32_t, 4> kSizes = {64, 256, 1024, 4096};
    for (size_t k = 0; k < clusters.size() && good; ++k) {
      if (!row.empty()) row.remove_prefix(1);
      const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), clusters[k]);
      good = error == std::errc() && clusters[k] < kSizes[k];
      row.remove_prefix(static_cast<size_t>(end - row.data()));
    }
    if (!good || !row.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(
          Absl(source), ":", line,
          ": a line is a word and its clusters of 64, 256, 1024 and 4096, tabs between"));
    }
    tokens.clear();
    Tokenize(word, tokens);
    if (tokens.size() != 1) continue;
    words.push_back({tokens[0].folded,
                     {.has_clusters = true,
                      .cluster4096 = static_cast<uint16_t>(clusters[3]),
                      .cluster1024 = static_cast<uint16_t>(clusters[2]),
                      .cluster256 = static_cast<uint8_t>(clusters[1]),
                      .cluster64 = static_cast<uint8_t>(clusters[0])}});
  }
  return absl::OkStatus();
}

}  // namespace nutgraf::internal
