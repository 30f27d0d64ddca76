// Whole documents: what NewsPipeline() finds in the texts of tests/golden, as JSON. After a change
// on purpose run the test with NUTGRAF_UPDATE_GOLDEN=1 in the environment, and read the difference.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/json_writer.h"

namespace nutgraf {
namespace {

const std::filesystem::path& Folder() {
  static const auto* const kFolder =
      new std::filesystem::path(std::string(NUTGRAF_SOURCE_DIR) + "/tests/golden");
  return *kFolder;
}

std::string Read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// One line a row, so that differences can be read.
std::string Spread(const std::string& json) {
  std::string out;
  for (size_t i = 0; i < json.size(); ++i) {
    const bool row =
        json[i] == '{' && i > 0 && (json[i - 1] == '[' || json.compare(i - 2, 2, "},") == 0);
    const bool layer = json[i] == '"' && i > 1 && json.compare(i - 2, 2, "],") == 0;
    if (row || layer) out += '\n';
    out += json[i];
  }
  return out;
}

class GoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(GoldenTest, FindsWhatItFound) {
  const Pipeline pipeline = *NewsPipeline();
  Document document;
  const std::string text = Read(Folder() / (GetParam() + ".txt"));
  ASSERT_FALSE(text.empty());
  ASSERT_TRUE(
      pipeline.Process({.text = text, .id = GetParam(), .date = "2022-06-15"}, document).ok());
  std::string json;
  JsonWriter(JsonOptions{.layers = {JsonLayer::kSentences, JsonLayer::kMentions,
                                    JsonLayer::kQuantities, JsonLayer::kTimes}})
      .Append(document, json);
  json = Spread(json);
  const std::filesystem::path golden = Folder() / (GetParam() + ".json");
  if (std::getenv("NUTGRAF_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(golden, std::ios::binary) << json;
  }
  EXPECT_EQ(json, Read(golden));
}

INSTANTIATE_TEST_SUITE_P(Texts, GoldenTest, ::testing::Values("business", "odd", "sample", "storm"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace nutgraf
