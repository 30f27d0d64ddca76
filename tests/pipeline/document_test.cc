#include "nutgraf/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nutgraf {
namespace {

struct Note {
  static constexpr std::string_view kLayerName = "notes";
  std::string text;  // a row need not be a plain struct
};
struct Count {
  static constexpr std::string_view kLayerName = "counts";
  int value;
};

TEST(DocumentTest, KeepsTextByteForByte) {
  Document document;
  const std::string text("a\0\xFF\r\n", 5);
  document.Reset(text);
  EXPECT_EQ(document.text(), text);
  document.Reset("");
  EXPECT_EQ(document.text(), "");
}

TEST(DocumentTest, ResetForgetsRowsIdAndDate) {
  Document document;
  document.Reset("x");
  document.set_id("a");
  document.set_date("2022-01-11");
  document.Rows<Note>().push_back({"note"});
  EXPECT_TRUE(document.Has<Note>());
  EXPECT_FALSE(document.Has<Count>());
  document.Reset("y");
  EXPECT_FALSE(document.Has<Note>());
  EXPECT_TRUE(document.Get<Note>().empty());
  EXPECT_EQ(document.id(), "");
  EXPECT_EQ(document.date(), "");
}

TEST(DocumentTest, LayersOfCallersTypesStandSideBySide) {
  Document document;
  document.Reset("x");
  document.Rows<Note>().push_back({"note"});
  document.Rows<Count>().push_back({3});
  EXPECT_EQ(document.Get<Note>()[0].text, "note");
  EXPECT_EQ(document.Get<Count>()[0].value, 3);
}

TEST(DocumentTest, StoredStringsStayWhereTheyAre) {
  Document document;
  document.Reset("x");
  std::vector<std::string_view> views;
  views.reserve(5000);
  for (int i = 0; i < 5000; ++i) views.push_back(document.Store("string " + std::to_string(i)));
  const std::string big(100000, 'b');
  const std::string_view stored = document.Store(big);
  Document moved = std::move(document);
  EXPECT_EQ(stored, big);
  for (int i = 0; i < 5000; ++i)
    EXPECT_EQ(views[static_cast<size_t>(i)], "string " + std::to_string(i));
}

TEST(DocumentTest, HoldsDataUntilReset) {
  Document document;
  auto data = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = data;
  document.Reset("x");
  document.Hold(data);
  data.reset();
  EXPECT_FALSE(watch.expired());
  document.Reset("y");
  EXPECT_TRUE(watch.expired());
}

TEST(DocumentTest, ScratchSurvivesReset) {
  Document document;
  document.Reset("x");
  document.Scratch<std::vector<int>>().push_back(7);
  document.Reset("y");
  EXPECT_EQ(document.Scratch<std::vector<int>>().size(), 1U);
}

TEST(DocumentTest, ViewsOfTheTextSurviveAMove) {
  Document document;
  document.Reset("short");
  const std::string_view text = document.text();
  const Document moved = std::move(document);
  EXPECT_EQ(moved.text().data(), text.data());
}

TEST(DocumentTest, DocumentMovedFromIsEmptyAndUsable) {
  Document document;
  document.Reset("text");
  document.set_id("a");
  EXPECT_EQ(document.Store("string"), "string");
  const Document moved = std::move(document);
  EXPECT_EQ(document.text(), "");  // NOLINT(bugprone-use-after-move): that is what is tested
  EXPECT_EQ(document.id(), "");
  EXPECT_EQ(document.Store("again"), "again");
  document.Reset("new");
  EXPECT_EQ(document.text(), "new");
  EXPECT_EQ(moved.text(), "text");
}

TEST(DocumentTest, ReleaseMemoryGivesAnEmptyDocument) {
  Document document;
  document.Reset(std::string(1 << 20, 'x'));
  document.ReleaseMemory();
  EXPECT_EQ(document.text(), "");
}

}  // namespace
}  // namespace nutgraf
