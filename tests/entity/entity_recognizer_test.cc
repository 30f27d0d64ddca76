#include "nutgraf/entity_recognizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nutgraf/english.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/mention_resolver.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"
#include "tests/support/allocation_counter.h"

namespace nutgraf {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

using Names = std::vector<std::pair<std::string, std::string>>;

Names Find(std::string_view text, const Pipeline& pipeline = *NewsPipeline()) {
  Document document;
  EXPECT_TRUE(pipeline.Process(text, document).ok());
  Names names;
  for (const Mention& m : document.Get<Mention>())
    names.emplace_back(Slice(document.text(), m.span), m.label);
  return names;
}

// The stages of NewsPipeline(), with more or fewer.
Pipeline With(const Gazetteer& own, EntityRecognizerOptions options = {}) {
  return *Pipeline::Builder()
              .Add(Tokenizer())
              .Add(SentenceSplitter())
              .Add(GazetteerMatcher({own, english::DefaultGazetteer()}))
              .Add(EntityRecognizer(english::DefaultTaggerModel(), options))
              .Add(MentionResolver())
              .Build();
}

TEST(EntityRecognizerTest, TheDefaultModelIsWhole) {
  const TaggerModel model = english::DefaultTaggerModel();
  ASSERT_EQ(model.types().size(), 8U);
  EXPECT_TRUE(model.Verify().ok()) << model.Verify();
  EXPECT_LE(model.image().size(), size_t{20} << 20);
  EXPECT_THAT(std::string(model.licence()), ::testing::HasSubstr("Wikinews"));
}

TEST(EntityRecognizerTest, OpensInLessThanFiveMilliseconds) {
  const std::string_view image = english::DefaultTaggerModel().image();
  auto best = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(TaggerModel::FromBytes(image).ok());
    best = std::min(best, std::chrono::steady_clock::now() - start);
  }
  EXPECT_LT(best, std::chrono::milliseconds(5));
}

TEST(EntityRecognizerTest, FindsNamesThatNoGazetteerHas) {
  const Names names = Find(
      "Adaeze Okwuosa, a lawyer for the Lekki Fishermen's Cooperative Society, said on Monday that "
      "Mr. Zbigniew Kwiatkoski had been seen near Obafemi.");
  EXPECT_THAT(names, Contains(std::pair("Adaeze Okwuosa", "PERSON")));
  EXPECT_THAT(names, Contains(std::pair("Zbigniew Kwiatkoski", "PERSON")));
}

TEST(EntityRecognizerTest, GivesTheEntryOfANameThatTheGazetteerHas) {
  Document document;
  ASSERT_TRUE(NewsPipeline()->Process("Officials from Kazakhstan met in Geneva.", document).ok());
  ASSERT_FALSE(document.Get<Mention>().empty());
  const Mention& m = document.Get<Mention>()[0];
  EXPECT_EQ(m.source, "recognizer");
  EXPECT_EQ(m.id, "country/KZ");
  EXPECT_EQ(m.name, "Kazakhstan");
  EXPECT_GT(m.confidence, 0.9F);
}

TEST(EntityRecognizerTest, TheCallersOwnNamesWin) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder.Add({.name = "Paris", .type = "PERSON", .id = "mine"}).ok());
  const Names names = Find("The talks in Paris ended on Friday.", With(*builder.Build()));
  EXPECT_THAT(names, Contains(std::pair("Paris", "PERSON")));
  EXPECT_THAT(names, Not(Contains(std::pair("Paris", "LOCATION"))));
}

TEST(EntityRecognizerTest, LeavesOutWhatIsLessSureThanAsked) {
  constexpr std::string_view kText = "Talks with Germany began. Old Marlo Bix of the Frobs waved.";
  const Gazetteer none;
  const Pipeline pipeline = With(none, {.min_confidence = 0.95F});
  Document all, sure;
  ASSERT_TRUE(With(none).Process(kText, all).ok());
  ASSERT_TRUE(pipeline.Process(kText, sure).ok());
  EXPECT_LT(sure.Get<MentionCandidate>().size(), all.Get<MentionCandidate>().size());
  for (const MentionCandidate& c : sure.Get<MentionCandidate>()) {
    if (c.source == "recognizer") {
      EXPECT_GE(c.confidence, 0.95F);
    }
  }
}

// What a document is must not depend on those before it, whose words are still known.
TEST(EntityRecognizerTest, GivesTheSameWhateverCameBefore) {
  const Pipeline pipeline = *NewsPipeline();
  constexpr std::string_view kText = "Nadia Orr of Orr & Sons met President Tokayev in Almaty.";
  const Names expected = Find(kText, pipeline);
  EXPECT_THAT(expected, Not(IsEmpty()));
  Document document;
  std::string other;
  for (int i = 0; i < 20000; ++i) absl::StrAppend(&other, " Word", i, i % 9 == 0 ? "." : "");
  ASSERT_TRUE(pipeline.Process(other, document).ok());
  ASSERT_TRUE(pipeline.Process(kText, document).ok());
  Names names;
  for (const Mention& m : document.Get<Mention>())
    names.emplace_back(Slice(document.text(), m.span), m.label);
  EXPECT_EQ(names, expected);
}

TEST(EntityRecognizerTest, AllocatesNothingOnAWarmDocument) {
  if (!testing::CountsAllocations()) GTEST_SKIP() << "sanitizers bring their own allocator";
  const Pipeline pipeline = *NewsPipeline();
  std::string text;
  for (int i = 0; i < 50; ++i)
    text += "Mr. Okwuosa told the Bank of Ghana that Ada Okwuosa was in Accra. OKWUOSA LEAVES.\n";
  Document document;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(pipeline.Process(text, document).ok());
  const size_t before = testing::Allocations();
  ASSERT_TRUE(pipeline.Process(text, document).ok());
  EXPECT_EQ(testing::Allocations(), before);
}

}  // namespace
}  // namespace nutgraf
