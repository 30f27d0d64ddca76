// A pipeline in use is replaced by another one, with other names, while threads go on.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/mention_resolver.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

constexpr std::string_view kText = "The Ferry Lady left Tonga for the port of Busan at dawn.";

// Finds "Tonga" under the id of its generation.
std::shared_ptr<const Pipeline> Generation(int number) {
  std::string id = "mine/";
  id += std::to_string(number);
  GazetteerBuilder mine;
  EXPECT_TRUE(mine.Add({.name = "Tonga", .type = "LOCATION", .id = id}).ok());
  GazetteerBuilder common;
  EXPECT_TRUE(common.Add({.name = "Tonga", .type = "LOCATION", .id = "common/tonga"}).ok());
  EXPECT_TRUE(common.Add({.name = "Busan", .type = "LOCATION", .id = "common/busan"}).ok());
  auto pipeline = Pipeline::Builder()
                      .Add(Tokenizer())
                      .Add(SentenceSplitter())
                      .Add(GazetteerMatcher({*mine.Build(), *common.Build()}))
                      .Add(MentionResolver())
                      .Build();
  EXPECT_TRUE(pipeline.ok()) << pipeline.status();
  return std::make_shared<const Pipeline>(*std::move(pipeline));
}

class Current {
 public:
  std::shared_ptr<const Pipeline> Get() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return pipeline_;
  }
  void Set(std::shared_ptr<const Pipeline> pipeline) {
    const std::lock_guard<std::mutex> lock(mutex_);
    pipeline_ = std::move(pipeline);
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<const Pipeline> pipeline_;
};

bool IsWhole(const Document& document) {
  const auto mentions = document.Get<Mention>();
  return mentions.size() == 2 && mentions[0].id.substr(0, 5) == "mine/" &&
         mentions[0].name == "Tonga" && mentions[1].id == "common/busan";
}

TEST(HotSwapTest, ThreadsGoOnWhileThePipelineIsReplaced) {
  Current current;
  current.Set(Generation(0));
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      Document document;
      while (!stop) {
        if (!current.Get()->Process(kText, document).ok()) ++wrong;
        // The pipeline may be gone by now; what the document points into is not.
        if (!IsWhole(document)) ++wrong;
        ++done;
      }
    });
  }
  for (int number = 1; number < 100 || done < 100; ++number) current.Set(Generation(number));
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(HotSwapTest, DocumentOutlivesPipelineAndGazetteer) {
  Document document;
  ASSERT_TRUE(Generation(7)->Process(kText, document).ok());
  ASSERT_TRUE(IsWhole(document));
  EXPECT_EQ(document.Get<Mention>()[0].id, "mine/7");
}

TEST(HotSwapTest, DocumentLetsGoOfTheOldNamesWithTheNextText) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder.Add({.name = "Tonga", .type = "LOCATION"}).ok());
  std::weak_ptr<const void> old;
  Document document;
  {
    const Gazetteer gazetteer = *builder.Build();
    old = gazetteer.owner();
    const auto pipeline =
        Pipeline::Builder().Add(Tokenizer()).Add(GazetteerMatcher(gazetteer)).Build();
    ASSERT_TRUE(pipeline->Process(kText, document).ok());
  }
  EXPECT_FALSE(old.expired());
  ASSERT_TRUE(Generation(1)->Process(kText, document).ok());
  EXPECT_TRUE(old.expired());
}

}  // namespace
}  // namespace nutgraf
