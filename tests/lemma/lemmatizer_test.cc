#include "lib/lemma/lemmatizer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "nutgraf/document.h"
#include "nutgraf/part_of_speech.h"
#include "nutgraf/string_pool.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf::internal {
namespace {

std::string LemmaOf(std::string_view word, PosTag tag) {
  LayerRows<Token> tokens;
  Tokenize(word, tokens);
  StringPool strings;
  return std::string(Lemmatizer::Default().Lemma(word, tokens.back(), tag, strings));
}

struct Case {
  std::string_view word;
  std::string_view lemma;
};

TEST(LemmatizerTest, Verbs) {
  constexpr Case kCases[] = {
      {"says", "say"},
      {"said", "say"},
      {"went", "go"},
      {"going", "go"},
      {"making", "make"},
      {"made", "make"},
      {"stopped", "stop"},
      {"stopping", "stop"},
      {"calling", "call"},
      {"passed", "pass"},
      {"added", "add"},
      {"needed", "need"},
      {"agreed", "agree"},
      {"studied", "study"},
      {"studies", "study"},
      {"died", "die"},
      {"dying", "die"},
      {"watches", "watch"},
      {"announced", "announce"},
      {"changing", "change"},
      {"bringing", "bring"},
      {"belonged", "belong"},
      {"judged", "judge"},
      {"argued", "argue"},
      {"believes", "believe"},
      {"handled", "handle"},
      {"crawling", "crawl"},
      {"required", "require"},
      {"repaired", "repair"},
      {"appeared", "appear"},
      {"prepared", "prepare"},
      {"ignored", "ignore"},
      {"monitored", "monitor"},
      {"offered", "offer"},
      {"created", "create"},
      {"treated", "treat"},
      {"operating", "operate"},
      {"invited", "invite"},
      {"visited", "visit"},
      {"voted", "vote"},
      {"targeted", "target"},
      {"completed", "complete"},
      {"decided", "decide"},
      {"avoided", "avoid"},
      {"included", "include"},
      {"determined", "determine"},
      {"trained", "train"},
      {"questioned", "question"},
      {"claimed", "claim"},
      {"naming", "name"},
      {"welcomed", "welcome"},
      {"taking", "take"},
      {"looking", "look"},
      {"provoked", "provoke"},
      {"shaped", "shape"},
      {"developing", "develop"},
      {"described", "describe"},
      {"occurred", "occur"},
      {"controlled", "control"},
      {"Closing", "close"},
      {"increased", "increase"},
      {"focused", "focus"},
      {"sing", "sing"},
      {"bring", "bring"},
      {"red", "red"},
  };
  for (const Case& c : kCases) EXPECT_EQ(LemmaOf(c.word, PosTag::kVerb), c.lemma) << c.word;
}

TEST(LemmatizerTest, Auxiliaries) {
  constexpr Case kCases[] = {
      {"is", "be"}, {"were", "be"}, {"has", "have"}, {"did", "do"}, {"would", "would"},
  };
  for (const Case& c : kCases) EXPECT_EQ(LemmaOf(c.word, PosTag::kAux), c.lemma) << c.word;
  EXPECT_EQ(LemmaOf("they're", PosTag::kAux), "be");
  EXPECT_EQ(LemmaOf("they'll", PosTag::kAux), "will");
}

TEST(LemmatizerTest, Nouns) {
  constexpr Case kCases[] = {
      {"ministers", "minister"},
      {"countries", "country"},
      {"churches", "church"},
      {"boxes", "box"},
      {"losses", "loss"},
      {"houses", "house"},
      {"viruses", "virus"},
      {"crises", "crisis"},
      {"wives", "wife"},
      {"children", "child"},
      {"people", "person"},
      {"shoes", "shoe"},
      {"heroes", "hero"},
      {"movies", "movie"},
      {"ties", "tie"},
      {"business", "business"},
      {"status", "status"},
      {"analysis", "analysis"},
      {"news", "news"},
      {"series", "series"},
      {"Policemen", "policeman"},
      {"gas", "gas"},
      {"bus", "bus"},
  };
  for (const Case& c : kCases) EXPECT_EQ(LemmaOf(c.word, PosTag::kNoun), c.lemma) << c.word;
}

TEST(LemmatizerTest, OtherWords) {
  EXPECT_EQ(LemmaOf("better", PosTag::kAdj), "good");
  EXPECT_EQ(LemmaOf("better", PosTag::kAdv), "well");
  EXPECT_EQ(LemmaOf("larger", PosTag::kAdj), "large");
  EXPECT_EQ(LemmaOf("happiest", PosTag::kAdj), "happy");
  EXPECT_EQ(LemmaOf("former", PosTag::kAdj), "former");
  EXPECT_EQ(LemmaOf("them", PosTag::kPron), "they");
  EXPECT_EQ(LemmaOf("These", PosTag::kDet), "this");
  EXPECT_EQ(LemmaOf("don't", PosTag::kPart), "not");
}

TEST(LemmatizerTest, NamesAndMarksAreAsTheyAreWritten) {
  EXPECT_EQ(LemmaOf("Philippines", PosTag::kPropn), "Philippines");
  EXPECT_EQ(LemmaOf("USA", PosTag::kX), "USA");
  EXPECT_EQ(LemmaOf("...", PosTag::kPunct), "...");
}

TEST(LemmatizerTest, LowerCaseOfTheRest) {
  EXPECT_EQ(LemmaOf("The", PosTag::kDet), "the");
  EXPECT_EQ(LemmaOf("QUICKLY", PosTag::kAdv), "quickly");
}

TEST(LemmatizerTest, VeryLongWordsAreThemselves) {
  const std::string word(100, 'A');
  EXPECT_EQ(LemmaOf(word, PosTag::kNoun), word);
  EXPECT_EQ(LemmaOf(std::string(47, 'b') + "s", PosTag::kNoun), std::string(47, 'b'));
}

}  // namespace
}  // namespace nutgraf::internal
