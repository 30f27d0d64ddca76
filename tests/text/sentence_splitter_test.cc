#include "nutgraf/sentence_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/tokenizer.h"
#include "tests/support/texts.h"

namespace nutgraf {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

LayerRows<Sentence> Split(std::string_view text) {
  LayerRows<Token> tokens;
  Tokenize(text, tokens);
  LayerRows<Sentence> sentences;
  SplitSentences(text, tokens, sentences);
  return sentences;
}

std::vector<std::string> Sentences(std::string_view text) {
  std::vector<std::string> out;
  for (const Sentence& s : Split(text)) out.emplace_back(Slice(text, s.span));
  return out;
}

struct Case {
  const char* name;
  const char* text;
  std::vector<std::string> sentences;
};

class SentenceTable : public ::testing::TestWithParam<Case> {};

TEST_P(SentenceTable, SplitsAsDocumented) {
  EXPECT_THAT(Sentences(GetParam().text), ElementsAreArray(GetParam().sentences));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, SentenceTable,
    ::testing::Values(
        Case{"Periods", "It rained. It snowed.", {"It rained.", "It snowed."}},
        Case{"QuestionAndExclamation", "What? No! Yes.", {"What?", "No!", "Yes."}},
        Case{"Titles",
             "Mr. Okafor met Gen. Lind. They left.",
             {"Mr. Okafor met Gen. Lind.", "They left."}},
        Case{"Initials",
             "Maria T. Alvarez spoke. She sat.",
             {"Maria T. Alvarez spoke.", "She sat."}},
        Case{"CountryAcronymInside", "The U.S. Senate voted.", {"The U.S. Senate voted."}},
        Case{"CountryAcronymLast",
             "They flew to the U.S. The visit was short.",
             {"They flew to the U.S.", "The visit was short."}},
        Case{"CompanyForm",
             "Acme Inc. shares fell. Beta Corp. The maker rose.",
             {"Acme Inc. shares fell.", "Beta Corp.", "The maker rose."}},
        Case{"TimeOfDay",
             "It began at 5 p.m. on Monday. It ended at 7 p.m. He left.",
             {"It began at 5 p.m. on Monday.", "It ended at 7 p.m.", "He left."}},
        Case{"Decimals",
             "Rates rose 3.5 percent. Then 2.1.",
             {"Rates rose 3.5 percent.", "Then 2.1."}},
        Case{"QuoteClosesAfterPeriod",
             "“It ended.” He left. \"Go.\" \"Stay.\"",
             {"“It ended.”", "He left.", "\"Go.\"", "\"Stay.\""}},
        Case{"QuoteWithAttribution",
             "“Why?” he asked. “Stop!” she said.",
             {"“Why?” he asked.", "“Stop!” she said."}},
        Case{"BracketsClose", "(He left.) She stayed.", {"(He left.)", "She stayed."}},
        Case{"EllipsisGoesOn",
             "He waited... and left. Then... Nothing.",
             {"He waited... and left.", "Then...", "Nothing."}},
        Case{"MissingSpace",
             "It is the region.The army left.",
             {"It is the region.", "The army left."}},
        Case{"LowerCaseStart", "We went there. it was good.", {"We went there.", "it was good."}},
        Case{"BracketAfterAbbreviation",
             "They left at 9 a.m. (0800 GMT) on Monday. It rained.",
             {"They left at 9 a.m. (0800 GMT) on Monday.", "It rained."}},
        Case{"AbbreviationBeforeLowerCase",
             "The dept. of health said so.",
             {"The dept. of health said so."}},
        Case{"Dateline",
             "NAIROBI, Kenya (AP) – Rain fell. Roads closed.",
             {"NAIROBI, Kenya (AP) – Rain fell.", "Roads closed."}},
        Case{"NumberedList",
             "Plans:\n1. Buy seed.\n2. Sow it.",
             {"Plans:", "1. Buy seed.", "2. Sow it."}},
        Case{"Bullets", "Needs:\n- water\n- food", {"Needs:", "- water", "- food"}},
        Case{"Heading",
             "Storm Hits Coast\n\nThe storm hit.",
             {"Storm Hits Coast", "The storm hit."}},
        Case{"Debris",
             "The storm hit the northern coast on Friday night, officials said…\nRead more\nLeave "
             "a Reply",
             {"The storm hit the northern coast on Friday night, officials said…", "Read more",
              "Leave a Reply"}},
        Case{"WrappedLines",
             "The council of the small town on the river met on\nTuesday to talk about the bridge "
             "that was closed in\nMarch after heavy rain.",
             {"The council of the small town on the river met on\nTuesday to talk about the bridge "
              "that was closed in\nMarch after heavy rain."}},
        Case{"SentenceEndAtLineEnd",
             "It rained on the hills all day and all night long.\nIt snowed.",
             {"It rained on the hills all day and all night long.", "It snowed."}}),
    [](const auto& info) { return info.param.name; });

TEST(SentenceSplitterTest, EmptyAndBlankTextsHaveNoSentences) {
  EXPECT_TRUE(Split("").empty());
  EXPECT_TRUE(Split(" \n\n ").empty());
}

TEST(SentenceSplitterTest, ParagraphsCountBlankLines) {
  std::vector<uint32_t> paragraphs;
  for (const Sentence& s : Split("One. Two.\n\nThree.\r\n\r\nFour."))
    paragraphs.push_back(s.paragraph);
  EXPECT_THAT(paragraphs, ElementsAre(0, 0, 1, 2));
}

TEST(SentenceSplitterPropertyTest, SentencesCoverAllTokensOnce) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = testing::RandomText(random, testing::AllPieces(), random() % 100);
    LayerRows<Token> tokens;
    Tokenize(text, tokens);
    uint32_t next = 0;
    for (const Sentence& s : Split(text)) {
      ASSERT_EQ(s.tokens.begin, next);
      ASSERT_LT(s.tokens.begin, s.tokens.end);
      ASSERT_EQ(s.span.begin, tokens[s.tokens.begin].begin);
      ASSERT_EQ(s.span.end, tokens[s.tokens.end - 1].end);
      next = s.tokens.end;
    }
    ASSERT_EQ(next, tokens.size());
  }
}

}  // namespace
}  // namespace nutgraf
