#include "nutgraf/tagger_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>

#include "lib/tagger/model.h"
#include "nutgraf/document.h"
#include "nutgraf/entity_recognizer.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

internal::ModelParts Parts() {
  internal::ModelParts parts;
  parts.types = {"PERSON", "SHIP"};
  parts.words = {0, 5, 0};
  parts.rows.resize(64);
  for (size_t r = 0; r < parts.rows.size(); ++r)
    for (size_t s = 0; s < internal::kLanes; ++s)
      parts.rows[r].weights[s] = static_cast<int8_t>((r * 31 + s * 7) % 255 - 127);
  parts.unit = 0.03F;
  parts.licence = "free";
  return parts;
}

std::string Message(const std::string& image) {
  const auto model = TaggerModel::FromBytes(image);
  return model.ok() ? "" : std::string(model.status().message());
}

TEST(TaggerModelTest, GivesBackWhatWasWritten) {
  const std::string image = internal::WriteModel(Parts());
  const auto model = TaggerModel::FromBytes(image);
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_TRUE(model->Verify().ok());
  EXPECT_THAT(model->types(), ElementsAre("PERSON", "SHIP"));
  EXPECT_EQ(model->licence(), "free");
  EXPECT_EQ(model->internal_image().type(0), EntityType::kPerson);
  EXPECT_EQ(model->internal_image().type(1), EntityType::kOther);
  const int8_t* const weights = model->internal_image().rows().Row(0xFFFFFFFFU);
  EXPECT_EQ(std::memcmp(weights, Parts().rows.back().weights, internal::kLanes), 0);
}

TEST(TaggerModelTest, OpensFiles) {
  const std::string path = ::testing::TempDir() + "tagger_model_test.tagger";
  std::ofstream(path, std::ios::binary) << internal::WriteModel(Parts());
  for (const auto& model : {TaggerModel::Open(path), TaggerModel::OpenCopy(path)}) {
    ASSERT_TRUE(model.ok()) << model.status();
    EXPECT_TRUE(model->Verify().ok());
  }
  std::remove(path.c_str());
  const auto absent = TaggerModel::Open(path);
  EXPECT_THAT(std::string(absent.status().message()), HasSubstr(path));
}

TEST(TaggerModelTest, SaysWhatIsWrongAndWhatToDo) {
  const std::string image = internal::WriteModel(Parts());
  EXPECT_THAT(Message("no model"), HasSubstr("nutgraf-train"));
  EXPECT_THAT(Message(image.substr(0, image.size() - 1)), HasSubstr("truncated"));
  using tagger_format::Header;
  const auto changed = [&image](size_t place, auto value) {
    std::string other = image;
    std::memcpy(other.data() + place, &value, sizeof(value));
    return Message(other);
  };
  EXPECT_THAT(changed(offsetof(Header, major), uint16_t{9}), HasSubstr("format 9"));
  EXPECT_THAT(changed(offsetof(Header, tokenizer_version), uint32_t{77}),
              HasSubstr("train it again"));
  EXPECT_THAT(changed(offsetof(Header, feature_version), uint32_t{77}), HasSubstr("features 77"));
  EXPECT_THAT(changed(offsetof(Header, row_count), uint32_t{0xFFFFFFFFU}), HasSubstr("truncated"));
  EXPECT_THAT(changed(offsetof(Header, type_count), uint32_t{9}), HasSubstr("damaged"));
}

TEST(TaggerModelTest, VerifyFindsEachFlippedByte) {
  const std::string image = internal::WriteModel(Parts());
  for (size_t i = sizeof(tagger_format::Header); i < image.size(); i += 3) {
    std::string flipped = image;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x20);
    const auto model = TaggerModel::FromBytes(flipped);
    EXPECT_FALSE(model.ok() && model->Verify().ok()) << i;
  }
}

TEST(TaggerModelTest, WithoutContentFindsNothing) {
  const TaggerModel model;
  EXPECT_TRUE(model.Verify().ok());
  Document document;
  document.Reset("Mr. Tokayev spoke in Almaty.");
  ASSERT_TRUE(Tokenizer().Run(document).ok());
  ASSERT_TRUE(SentenceSplitter().Run(document).ok());
  ASSERT_TRUE(EntityRecognizer(model).Run(document).ok());
  EXPECT_TRUE(document.Get<MentionCandidate>().empty());
  EXPECT_TRUE(document.Get<Recognized>().empty());
}

}  // namespace
}  // namespace nutgraf
