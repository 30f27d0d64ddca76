#include "nutgraf/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "nutgraf/document.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct WordCount {
  static constexpr std::string_view kLayerName = "word_counts";
  size_t words;
};

struct WordCounter {
  static constexpr std::string_view kName = "word_counter";
  using Requires = Layers<Token>;
  using Provides = Layers<WordCount>;
  absl::Status Run(Document& document) const {
    document.Rows<WordCount>().push_back({document.Get<Token>().size()});
    return absl::OkStatus();
  }
};

// Reads word counts where they are.
struct Reporter {
  static constexpr std::string_view kName = "reporter";
  using Requires = Layers<Token>;
  using Uses = Layers<WordCount>;
  using Provides = Layers<>;
  absl::Status Run(Document& /*document*/) const { return absl::OkStatus(); }
};

struct Failing {
  static constexpr std::string_view kName = "failing";
  using Requires = Layers<>;
  using Provides = Layers<>;
  absl::Status Run(Document& /*document*/) const {
    return absl::ResourceExhaustedError("no budget left");
  }
};

std::string ErrorOf(const Pipeline::Builder& builder) {
  return std::string(builder.Build().status().message());
}

TEST(PipelineTest, RunsStagesInOrder) {
  const auto pipeline =
      Pipeline::Builder().Add(Tokenizer()).Add(SentenceSplitter()).Add(WordCounter()).Build();
  ASSERT_TRUE(pipeline.ok());
  EXPECT_THAT(pipeline->StageNames(),
              ElementsAre("tokenizer", "sentence_splitter", "word_counter"));
  Document document;
  ASSERT_TRUE(pipeline->Process("It rained.", document).ok());
  EXPECT_EQ(document.Get<WordCount>()[0].words, 3U);
}

TEST(PipelineTest, MissingLayerIsAnErrorThatNamesStageLayerAndWhatIsThere) {
  EXPECT_EQ(ErrorOf(Pipeline::Builder().Add(SentenceSplitter())),
            "stage 1 'sentence_splitter' requires layer 'tokens', which no earlier stage provides; "
            "layers there: none; "
            "add a stage that provides it before");
}

TEST(PipelineTest, LayerThatComesTooLateIsAnErrorThatNamesBothStages) {
  const std::string error = ErrorOf(Pipeline::Builder().Add(SentenceSplitter()).Add(Tokenizer()));
  EXPECT_THAT(error, HasSubstr("stage 2 'tokenizer' provides it too late"));
}

TEST(PipelineTest, OptionalLayerMayBeMissingButNotLate) {
  EXPECT_TRUE(Pipeline::Builder().Add(Tokenizer()).Add(Reporter()).Build().ok());
  EXPECT_THAT(ErrorOf(Pipeline::Builder().Add(Tokenizer()).Add(Reporter()).Add(WordCounter())),
              HasSubstr("stage 2 'reporter' reads layer 'word_counts', which stage 3 "
                        "'word_counter' provides too late"));
}

TEST(PipelineTest, LayerOfOneProviderIsProvidedOnce) {
  EXPECT_THAT(ErrorOf(Pipeline::Builder().Add(Tokenizer()).Add(Tokenizer())),
              HasSubstr("stage 2 'tokenizer' provides layer 'tokens', which stage 1 'tokenizer' "
                        "provides already"));
}

TEST(PipelineTest, TextOverTheLimitIsAnErrorAndLeavesAnEmptyDocument) {
  const auto pipeline = Pipeline::Builder().Add(Tokenizer()).SetMaxTextBytes(5).Build();
  Document document;
  ASSERT_TRUE(pipeline->Process("12345", document).ok());
  const absl::Status status = pipeline->Process("123456", document);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("6 bytes is over the pipeline's limit of 5 bytes"));
  EXPECT_EQ(document.text(), "");
  EXPECT_TRUE(document.Get<Token>().empty());
}

TEST(PipelineTest, LimitBeyondOffsetsIsAnErrorInBuild) {
  EXPECT_THAT(ErrorOf(Pipeline::Builder().Add(Tokenizer()).SetMaxTextBytes(size_t{1} << 33)),
              HasSubstr("32-bit"));
}

TEST(PipelineTest, ErrorOfAStageNamesIt) {
  const auto pipeline = Pipeline::Builder().Add(Tokenizer()).Add(Failing()).Build();
  Document document;
  const absl::Status status = pipeline->Process("x", document);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(std::string(status.message()), "stage 'failing': no budget left");
}

TEST(PipelineTest, ProcessTakesIdAndDate) {
  const auto pipeline = Pipeline::Builder().Add(Tokenizer()).Build();
  Document document;
  ASSERT_TRUE(pipeline->Process({.text = "x", .id = "a1", .date = "2022-01-11"}, document).ok());
  EXPECT_EQ(document.id(), "a1");
  EXPECT_EQ(document.date(), "2022-01-11");
}

TEST(PipelineTest, EmptyPipelineProcessesNothing) {
  const auto pipeline = Pipeline::Builder().Build();
  Document document;
  EXPECT_TRUE(pipeline->Process("x", document).ok());
}

}  // namespace
}  // namespace nutgraf
