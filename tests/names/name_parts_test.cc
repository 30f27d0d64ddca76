#include "nutgraf/name_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/english.h"

namespace nutgraf {
namespace {

using ::testing::HasSubstr;

NamePartsBuilder Small() {
  NamePartsBuilder builder;
  EXPECT_TRUE(builder
                  .AddFirstNames("# c\nname\tsex\tfrequency\nOlga\tf\t90\nBill\tm\t120\n"
                                 "Robin\tf\t60\nRobin\tm\t70\nMary Jo\tf\t9\n",
                                 "f.tsv")
                  .ok());
  EXPECT_TRUE(builder.AddLastNames("name\tfrequency\nBill\t10\nÖzal\t0\n", "l.tsv").ok());
  EXPECT_TRUE(builder.AddSpellings("forms\nmohammed|muhammad|mehmet\nolga|olha\n", "s.tsv").ok());
  EXPECT_TRUE(builder.AddNicknames("name\tnicknames\nWilliam\tBill|Will\n", "n.tsv").ok());
  return builder;
}

TEST(NamePartsTest, TellsFirstAndLastNames) {
  const NameParts names = *Small().Build();
  EXPECT_TRUE(names.Verify().ok()) << names.Verify();
  EXPECT_TRUE(names.Lookup("Olga").is_first);
  EXPECT_FALSE(names.Lookup("Olga").is_last);
  EXPECT_EQ(names.Lookup("Olga").first_frequency, 90);
  EXPECT_TRUE(names.Lookup("BILL").is_first && names.Lookup("bill").is_last);
  EXPECT_EQ(names.Lookup("Bill").last_frequency, 10);
  EXPECT_TRUE(names.Lookup("Ozal").is_last);
}

TEST(NamePartsTest, TellsTheSex) {
  const NameParts names = *Small().Build();
  EXPECT_EQ(names.Lookup("Olga").sex, NameSex::kFemale);
  EXPECT_EQ(names.Lookup("Bill").sex, NameSex::kMale);
  EXPECT_EQ(names.Lookup("Robin").sex, NameSex::kBoth);
  EXPECT_EQ(names.Lookup("Özal").sex, NameSex::kUnknown);
}

TEST(NamePartsTest, RelatesSpellingsAndNicknames) {
  const NameParts names = *Small().Build();
  EXPECT_EQ(names.Relate("Muhammad", "Mohammed"), NameRelation::kSpelling);
  EXPECT_EQ(names.Relate("Bill", "William"), NameRelation::kNickname);
  EXPECT_EQ(names.Relate("Bill", "Will"), NameRelation::kNickname);
  EXPECT_EQ(names.Relate("Özal", "OZAL"), NameRelation::kSame);
  EXPECT_EQ(names.Relate("Olga", "Bill"), NameRelation::kNone);
  EXPECT_EQ(names.Relate("Unknown", "Nobody"), NameRelation::kNone);
}

TEST(NamePartsTest, KnowsNothingByDefault) {
  EXPECT_FALSE(NameParts().Lookup("Olga").is_first);
  EXPECT_TRUE(NameParts().Verify().ok());
  EXPECT_EQ(NameParts().size(), 0U);
}

TEST(NamePartsTest, SameTablesGiveTheSameBytes) {
  EXPECT_EQ(Small().BuildImage(), Small().BuildImage());
}

TEST(NamePartsBuilderTest, ErrorsNameSourceLineAndReason) {
  NamePartsBuilder builder;
  EXPECT_EQ(std::string(builder.AddFirstNames("name\tsex\n", "f.tsv").message()),
            "f.tsv:1: the header must name the columns name sex frequency");
  EXPECT_EQ(
      std::string(builder.AddFirstNames("name\tsex\tfrequency\n\nA\tx\t1\n", "f.tsv").message()),
      "f.tsv:3: sex 'x' is none of f, m, u");
  EXPECT_EQ(std::string(builder.AddLastNames("name\tfrequency\nA\t256\n", "l.tsv").message()),
            "l.tsv:2: frequency '256' is no number from 0 to 255");
  EXPECT_EQ(std::string(builder.AddLastNames("name\tfrequency\nA\n", "l.tsv").message()),
            "l.tsv:2: 1 columns where the header has 2");
}

TEST(NamePartsTest, FlippedBytesAreErrorsOrHarmless) {
  const std::string image = Small().BuildImage();
  const auto bytes = std::make_shared<std::vector<uint64_t>>(image.size() / 8);
  const std::string_view view(reinterpret_cast<const char*>(bytes->data()), image.size());
  for (size_t at = 0; at < image.size(); ++at) {
    for (const uint8_t flip : {uint8_t{0x01}, uint8_t{0x80}, uint8_t{0xFF}}) {
      std::memcpy(bytes->data(), image.data(), image.size());
      reinterpret_cast<unsigned char*>(bytes->data())[at] ^= flip;
      const auto names = NameParts::FromBytes(view, bytes);
      if (!names.ok()) continue;
      if (at >= 64) {
        EXPECT_FALSE(names->Verify().ok()) << at;
      }
      for (const char* word : {"Olga", "Bill", "Nobody"}) {
        (void)names->Lookup(word);
        (void)names->Relate(word, "William");
      }
    }
  }
  for (size_t size = 0; size < image.size(); size += 8)
    EXPECT_FALSE(NameParts::FromBytes(view.substr(0, size), bytes).ok());
}

TEST(NamePartsTest, ErrorsOfFilesNameThem) {
  EXPECT_THAT(std::string(NameParts::Open("/no/such/file").status().message()),
              HasSubstr("/no/such/file"));
}

TEST(DefaultNamePartsTest, KnowsCommonNames) {
  const NameParts names = english::DefaultNameParts();
  ASSERT_TRUE(names.Verify().ok()) << names.Verify();
  EXPECT_GT(names.size(), 100000U);
  EXPECT_EQ(names.Lookup("Angela").sex, NameSex::kFemale);
  EXPECT_EQ(names.Lookup("James").sex, NameSex::kMale);
  EXPECT_TRUE(names.Lookup("Smith").is_last);
  EXPECT_GT(names.Lookup("Smith").last_frequency, names.Lookup("Abernathy").last_frequency);
  EXPECT_EQ(names.Relate("Mohammed", "Muhammad"), NameRelation::kSpelling);
  EXPECT_EQ(names.Relate("Bill", "William"), NameRelation::kNickname);
  EXPECT_EQ(names.Relate("Angela", "James"), NameRelation::kNone);
}

}  // namespace
}  // namespace nutgraf
