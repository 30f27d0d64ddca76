#include "nutgraf/tagger_trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nutgraf/entity_recognizer.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

Pipeline Before() { return *Pipeline::Builder().Add(Tokenizer()).Add(SentenceSplitter()).Build(); }

// Ships sail, captains speak.
std::string Lines() {
  std::string lines;
  const std::vector<std::string> ships = {"Alma", "Ängel", "Bounty", "Vega", "Zarya", "Hope"};
  const std::vector<std::string> captains = {"Ann Lee", "Jo Park", "Li Wu", "Max Orr", "Eva Roy"};
  for (size_t i = 0; i < 60; ++i) {
    const std::string& ship = ships[i % ships.size()];
    const std::string& captain = captains[i % captains.size()];
    // Code points: "Ä" is one.
    const size_t ship_size = ship == "Ängel" ? 5 : ship.size();
    const std::string text = absl::StrCat("The ", ship, " sailed. Captain ", captain, " said so.");
    const size_t at = 4 + ship_size + 17;
    lines += R"({"text": ")" + text + R"(", "entities": [{"start": 4, "end": )" +
             std::to_string(4 + ship_size) + R"(, "label": "SHIP"}, {"start": )" +
             std::to_string(at) + R"(, "end": )" + std::to_string(at + captain.size()) +
             R"(, "label": "PER"}]})" + "\n";
  }
  return lines;
}

TaggerTrainerOptions Options() {
  TaggerTrainerOptions options;
  options.types = {{"PERSON", {"PER"}}, {"SHIP", {"SHIP"}}};
  options.rows = 4096;
  options.held_out = 0.1F;
  return options;
}

absl::StatusOr<std::string> Train(const TaggerTrainerOptions& options) {
  TaggerTrainer trainer(Before(), options);
  if (absl::Status s = trainer.AddJsonLines(Lines(), "lines"); !s.ok()) return s;
  trainer.SetLicence("ours");
  return trainer.Train();
}

TEST(TaggerTrainerTest, LearnsTypesOfItsOwn) {
  double f1 = 0;
  TaggerTrainerOptions options = Options();
  options.progress = [&f1](const TaggerProgress& p) { f1 = p.f1; };
  const auto image = Train(options);
  ASSERT_TRUE(image.ok()) << image.status();
  EXPECT_GT(f1, 0.9);
  const auto model = TaggerModel::FromBytes(*image);
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_TRUE(model->Verify().ok());
  EXPECT_EQ(model->licence(), "ours");

  Document document;
  const auto pipeline = Pipeline::Builder()
                            .Add(Tokenizer())
                            .Add(SentenceSplitter())
                            .Add(EntityRecognizer(*model))
                            .Build();
  ASSERT_TRUE(pipeline.ok());
  ASSERT_TRUE(pipeline->Process("The Borealis sailed. Captain Kim Olsen said so.", document).ok());
  std::vector<std::pair<std::string_view, std::string_view>> found;
  for (const MentionCandidate& c : document.Get<MentionCandidate>()) {
    found.emplace_back(Slice(document.text(), c.span), c.label);
    EXPECT_EQ(c.source, "recognizer");
    EXPECT_GT(c.confidence, 0);
    EXPECT_LE(c.confidence, 1);
  }
  EXPECT_THAT(
      found, UnorderedElementsAre(std::pair("Borealis", "SHIP"), std::pair("Kim Olsen", "PERSON")));
}

TEST(TaggerTrainerTest, GivesTheSameBytesOnAnyNumberOfThreads) {
  TaggerTrainerOptions options = Options();
  options.doubt = 0.01F;
  options.rounds = 2;
  options.threads = 1;
  const auto one = Train(options);
  ASSERT_TRUE(one.ok());
  for (const int threads : {2, 3, 7}) {
    options.threads = threads;
    const auto more = Train(options);
    ASSERT_TRUE(more.ok());
    EXPECT_TRUE(*one == *more) << threads << " threads";
  }
  options.seed = 2;
  EXPECT_FALSE(*one == *Train(options));
}

TEST(TaggerTrainerTest, NamesTheLineThatIsNoDocument) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"text": "a", "entities": []})"
       "\n{",
       "mine:2: no JSON"},
      {R"({"entities": []})", "mine:1: no string \"text\""},
      {R"({"text": "a"})", "entities"},
      {R"({"text": "Ä", "entities": [{"start": 0, "end": 2, "label": "PER"}]})",
       "no text from 0 to 2"},
      {R"({"text": "ab", "entities": [{"start": 1, "end": 1, "label": "PER"}]})", "no text from 1"},
      {R"({"text": "ab", "entities": [{"start": 0, "end": 1, "label": "X"}]})", "label 'X'"},
      {R"({"text": "ab", "entities": [], "uncertain": [[0, 9]]})", "uncertain"},
  };
  for (const auto& [line, message] : cases) {
    TaggerTrainer trainer(Before(), Options());
    const absl::Status status = trainer.AddJsonLines(line, "mine");
    EXPECT_THAT(std::string(status.message()), HasSubstr(message)) << line;
  }
  TaggerTrainer trainer(Before(), Options());
  EXPECT_THAT(std::string(trainer.AddWordClusters("ship\t1\t2\n", "words").message()),
              HasSubstr("words:1"));
  EXPECT_FALSE(TaggerTrainer(Before(), Options()).Train().ok());
}

}  // namespace
}  // namespace nutgraf
