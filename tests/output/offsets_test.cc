#include "nutgraf/offsets.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/unicode.h"
#include "tests/support/texts.h"

namespace nutgraf {
namespace {

// For each byte, and the end: units before the character that it is in.
std::vector<uint32_t> Naive(std::string_view text, OffsetUnit unit) {
  std::vector<uint32_t> units;
  uint32_t count = 0;
  for (size_t i = 0; i < text.size();) {
    const internal::DecodedChar c = internal::DecodeUtf8(text, i);
    for (uint32_t k = 0; k < c.size; ++k) {
      units.push_back(unit == OffsetUnit::kBytes ? static_cast<uint32_t>(i) + k : count);
    }
    i += c.size;
    count += unit == OffsetUnit::kUtf16 && c.code_point >= 0x10000 &&
                     c.code_point != internal::kIllFormed
                 ? 2
                 : 1;
  }
  units.push_back(unit == OffsetUnit::kBytes ? static_cast<uint32_t>(text.size()) : count);
  return units;
}

void ExpectNaive(std::string_view text, OffsetMap& map, OffsetUnit unit) {
  map.Reset(text, unit);
  const std::vector<uint32_t> naive = Naive(text, unit);
  ASSERT_EQ(map.size(), naive.back());
  for (uint32_t byte = 0; byte <= text.size(); ++byte) {
    ASSERT_EQ(map.Convert(byte), naive[byte]) << "byte " << byte << " of " << text;
    const bool begins = byte == text.size() || byte == 0 || naive[byte] != naive[byte - 1];
    if (begins) {
      ASSERT_EQ(map.ToBytes(naive[byte]), byte) << "of " << text;
    }
  }
  EXPECT_EQ(map.Convert(static_cast<uint32_t>(text.size()) + 5), naive.back());
  EXPECT_EQ(map.ToBytes(naive.back() + 5), text.size());
}

TEST(OffsetMapTest, CountsCodePointsAndUtf16Units) {
  const std::string_view text = "a’é😀b";
  const OffsetMap code_points(text, OffsetUnit::kCodePoints);
  EXPECT_EQ(code_points.Convert(10), 4U);
  EXPECT_EQ(code_points.Convert(7), 3U) << "inside the emoji";
  EXPECT_EQ(code_points.ToBytes(4), 10U);
  const OffsetMap utf16(text, OffsetUnit::kUtf16);
  EXPECT_EQ(utf16.Convert(10), 5U);
  EXPECT_EQ(utf16.ToBytes(4), 6U) << "the second half of the emoji";
  EXPECT_EQ(utf16.size(), 6U);
  const OffsetMap bytes(text, OffsetUnit::kBytes);
  EXPECT_EQ(bytes.Convert(10), 10U);
}

TEST(OffsetMapTest, EmptyText) {
  for (const OffsetUnit unit : {OffsetUnit::kBytes, OffsetUnit::kCodePoints, OffsetUnit::kUtf16}) {
    const OffsetMap map("", unit);
    EXPECT_EQ(map.size(), 0U);
    EXPECT_EQ(map.Convert(0), 0U);
    EXPECT_EQ(map.ToBytes(0), 0U);
  }
  EXPECT_EQ(OffsetMap().Convert(3), 0U);
}

TEST(OffsetMapTest, IllFormedPartsCountOne) {
  // As Python's bytes.decode("utf-8", "replace"): E2 80 is one part, each byte of the surrogate and
  // of C0 80 is one.
  const std::string_view text = "\xE2\x80|\xED\xA0\x80|\xC0\x80|\xF0\x9F\x98";
  EXPECT_EQ(OffsetMap(text, OffsetUnit::kCodePoints).size(), 1U + 1 + 3 + 1 + 2 + 1 + 1);
}

TEST(OffsetMapTest, EqualsTheNaiveCountOnRandomTexts) {
  std::mt19937_64 random(7);
  OffsetMap map;
  for (int round = 0; round < 1500; ++round) {
    std::string text = testing::RandomText(
        random, round % 3 == 0 ? testing::AsciiPieces() : testing::AllPieces(), random() % 80);
    if (round % 2 == 1) text = testing::Mutate(random, text, 5);
    for (const OffsetUnit unit :
         {OffsetUnit::kBytes, OffsetUnit::kCodePoints, OffsetUnit::kUtf16}) {
      ExpectNaive(text, map, unit);
    }
  }
}

// A character of each length at each place of a block's end.
TEST(OffsetMapTest, CharactersAcrossBlocks) {
  OffsetMap map;
  for (const std::string_view piece : {"é", "’", "😀", "\xF0\x9F", "\x80", "\xE2\x80\xE2\x80"}) {
    for (size_t before = 50; before < 70; ++before) {
      for (size_t after = 50; after < 70; ++after) {
        const std::string text =
            std::string(before, 'x').append(piece).append(std::string(after, 'y')).append(piece);
        for (const OffsetUnit unit : {OffsetUnit::kCodePoints, OffsetUnit::kUtf16})
          ExpectNaive(text, map, unit);
      }
    }
  }
}

}  // namespace
}  // namespace nutgraf
