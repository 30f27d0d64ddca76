#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/text/string_view.h"
#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/part_of_speech.h"
#include "nutgraf/part_of_speech_tagger.h"
#include "nutgraf/part_of_speech_trainer.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"
#include "tests/support/allocation_counter.h"

namespace nutgraf {
namespace {

using ::testing::HasSubstr;

void Tag(std::string_view text, const PartOfSpeechModel& model, Document& document) {
  document.Reset(text);
  ASSERT_TRUE(Tokenizer().Run(document).ok());
  ASSERT_TRUE(SentenceSplitter().Run(document).ok());
  ASSERT_TRUE(PartOfSpeechTagger(model).Run(document).ok());
}

// "The/DET", ...
std::string Tagged(std::string_view text, const PartOfSpeechModel& model) {
  Document document;
  Tag(text, model, document);
  std::string out;
  const auto tokens = document.Get<Token>();
  const auto parts = document.Get<PartOfSpeech>();
  EXPECT_EQ(parts.size(), tokens.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    absl::StrAppend(&out, i == 0 ? "" : " ", internal::Absl(Slice(text, tokens[i].span())), "/",
                    internal::Absl(PosTagName(parts[i].tag)));
  }
  return out;
}

TEST(PartOfSpeechTest, NamesOfTags) {
  for (size_t i = 0; i < kPosTags; ++i) {
    const auto tag = static_cast<PosTag>(i);
    EXPECT_EQ(PosTagFromName(PosTagName(tag)), tag);
  }
  EXPECT_EQ(PosTagFromName("noun"), PosTag::kX);
  EXPECT_EQ(PosTagName(PosTag::kSconj), "SCONJ");
}

TEST(PartOfSpeechTaggerTest, TagsNews) {
  const PartOfSpeechModel model = english::DefaultPartOfSpeechModel();
  EXPECT_TRUE(model.Verify().ok());
  EXPECT_EQ(Tagged("The ministers did not visit Berlin on Monday, she said.", model),
            "The/DET ministers/NOUN did/AUX not/PART visit/VERB Berlin/PROPN on/ADP "
            "Monday/PROPN ,/PUNCT she/PRON said/VERB ./PUNCT");
  EXPECT_EQ(Tagged("Prices rose 3% to $40, and nobody knows why.", model),
            "Prices/NOUN rose/VERB 3/NUM %/SYM to/ADP $/SYM 40/NUM ,/PUNCT and/CCONJ nobody/PRON "
            "knows/VERB why/ADV ./PUNCT");
}

TEST(PartOfSpeechTaggerTest, ContextDecides) {
  const PartOfSpeechModel model = english::DefaultPartOfSpeechModel();
  EXPECT_THAT(Tagged("They will march to the capital.", model), HasSubstr("march/VERB"));
  EXPECT_THAT(Tagged("The march was banned.", model), HasSubstr("march/NOUN"));
  EXPECT_THAT(Tagged("He has to record it.", model), HasSubstr("record/VERB"));
  EXPECT_THAT(Tagged("She broke the record.", model), HasSubstr("record/NOUN"));
}

TEST(PartOfSpeechTaggerTest, LemmasComeWithTags) {
  Document document;
  Tag("The ministers were leaving Paris.", english::DefaultPartOfSpeechModel(), document);
  std::vector<std::string> lemmas;
  for (const PartOfSpeech& part : document.Get<PartOfSpeech>()) lemmas.emplace_back(part.lemma);
  EXPECT_THAT(lemmas, ::testing::ElementsAre("the", "minister", "be", "leave", "Paris", "."));
}

TEST(PartOfSpeechTaggerTest, WithoutModelWordsAreNouns) {
  EXPECT_EQ(Tagged("He ran 5 km.", PartOfSpeechModel()), "He/NOUN ran/NOUN 5/NUM km/NOUN ./PUNCT");
}

TEST(PartOfSpeechTaggerTest, EmptyTextHasNoRows) { EXPECT_EQ(Tagged("", PartOfSpeechModel()), ""); }

TEST(PartOfSpeechTaggerTest, WarmDocumentAllocatesNothing) {
  if (!testing::CountsAllocations()) GTEST_SKIP() << "sanitizers bring their own allocator";
  Document document;
  const PartOfSpeechModel model = english::DefaultPartOfSpeechModel();
  std::string text;
  for (int i = 0; i < 50; ++i) absl::StrAppend(&text, "Making ", i, " Houses was planned.\n");
  Tag(text, model, document);
  Tag(text, model, document);
  document.Reset(text);
  ASSERT_TRUE(Tokenizer().Run(document).ok());
  ASSERT_TRUE(SentenceSplitter().Run(document).ok());
  const PartOfSpeechTagger tagger(model);
  const size_t before = testing::Allocations();
  ASSERT_TRUE(tagger.Run(document).ok());
  EXPECT_EQ(testing::Allocations() - before, 0U);
}

// -- Models and training --------------------------------------------------------------------------

constexpr std::string_view kLines =
    R"({"text": "Äh, fish swim.", "tokens": [[0,2,"INTJ"],[2,3,"PUNCT"],[4,8,"NOUN"],[9,13,"VERB"],[13,14,"PUNCT"]]}
{"text": "I fish.", "tokens": [[0,1,"PRON"],[2,6,"VERB"],[6,7,"PUNCT"]]}
)";

PartOfSpeechTrainerOptions Options() {
  PartOfSpeechTrainerOptions options;
  options.rows = 4096;
  options.rounds = 20;
  options.learning_rate = 0.1F;
  return options;
}

absl::StatusOr<std::string> Train(const PartOfSpeechTrainerOptions& options) {
  PartOfSpeechTrainer trainer(options);
  if (absl::Status s = trainer.AddJsonLines(kLines, "lines"); !s.ok()) return s;
  trainer.SetLicence("ours");
  return trainer.Train();
}

TEST(PartOfSpeechTrainerTest, LearnsWhatItIsShown) {
  const auto image = Train(Options());
  ASSERT_TRUE(image.ok()) << image.status();
  const auto model = PartOfSpeechModel::FromBytes(*image);
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_TRUE(model->Verify().ok());
  EXPECT_EQ(model->licence(), "ours");
  EXPECT_EQ(Tagged("Äh, fish swim.", *model), "Äh/INTJ ,/PUNCT fish/NOUN swim/VERB ./PUNCT");
  EXPECT_EQ(Tagged("I fish.", *model), "I/PRON fish/VERB ./PUNCT");
}

TEST(PartOfSpeechTrainerTest, SameInputGivesSameBytes) {
  EXPECT_EQ(*Train(Options()), *Train(Options()));
  PartOfSpeechTrainerOptions other = Options();
  other.seed = 2;
  EXPECT_NE(*Train(Options()), *Train(other));
}

TEST(PartOfSpeechTrainerTest, ReferenceDecidesWhereOthersDiffer) {
  PartOfSpeechTrainerOptions options = Options();
  PartOfSpeechTrainer trainer(options);
  ASSERT_TRUE(trainer.AddJsonLines(kLines, "lines").ok());
  ASSERT_TRUE(trainer
                  .AddJsonLines(R"({"text": "I fish.", "tokens": [[0,1,"X"],[2,6,"ADJ"]]})",
                                "other", {.weight = 4, .reference = false})
                  .ok());
  const auto image = trainer.Train();
  ASSERT_TRUE(image.ok());
  EXPECT_EQ(Tagged("I fish.", *PartOfSpeechModel::FromBytes(*image)), "I/PRON fish/VERB ./PUNCT");
}

TEST(PartOfSpeechTrainerTest, ErrorsNameTheLine) {
  const auto message = [](std::string_view line) {
    PartOfSpeechTrainer trainer;
    return std::string(
        trainer.AddJsonLines(absl::StrCat("\n", internal::Absl(line)), "f").message());
  };
  EXPECT_THAT(message("{"), HasSubstr("f:2: no JSON"));
  EXPECT_THAT(message(R"({"tokens": []})"), HasSubstr("f:2: no string \"text\""));
  EXPECT_THAT(message(R"({"text": "a"})"), HasSubstr("no array \"tokens\""));
  EXPECT_THAT(message(R"({"text": "a", "tokens": [[0, 1]]})"), HasSubstr("a token is [begin"));
  EXPECT_THAT(message(R"({"text": "a", "tokens": [[0, 2, "X"]]})"),
              HasSubstr("no text from 0 to 2"));
  EXPECT_THAT(message(R"({"text": "a", "tokens": [[0, 1, "N"]]})"), HasSubstr("'N' is no tag"));
}

TEST(PartOfSpeechTrainerTest, NothingToLearnFromIsAnError) {
  EXPECT_EQ(PartOfSpeechTrainer().Train().status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(PartOfSpeechModelTest, WrongFilesAreErrorsThatSayWhy) {
  const std::string image = *Train(Options());
  const auto message = [](const std::string& bytes) {
    return std::string(PartOfSpeechModel::FromBytes(bytes).status().message());
  };
  EXPECT_THAT(message("NUTTAG\r\n"), HasSubstr("no model of parts of speech"));
  EXPECT_THAT(message(image.substr(0, image.size() - 1)), HasSubstr("truncated?"));
  std::string other = image;
  other[8] = 9;
  EXPECT_THAT(message(other), HasSubstr("of format 9"));
  std::string damaged = image;
  damaged[image.size() / 2] ^= 1;
  const auto model = PartOfSpeechModel::FromBytes(damaged);
  ASSERT_TRUE(model.ok());
  EXPECT_EQ(model->Verify().code(), absl::StatusCode::kDataLoss);
}

TEST(PartOfSpeechModelTest, OpensFiles) {
  const std::string path = ::testing::TempDir() + "part_of_speech_test.pos";
  std::ofstream(path, std::ios::binary) << *Train(Options());
  const auto model = PartOfSpeechModel::Open(path);
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_EQ(Tagged("I fish.", *model), "I/PRON fish/VERB ./PUNCT");
  EXPECT_EQ(PartOfSpeechModel::Open(path + ".none").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace nutgraf
