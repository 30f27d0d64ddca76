#include "nutgraf/gazetteer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/gazetteer/image.h"
#include "lib/text/hash.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/tokenizer.h"
#include "tests/support/texts.h"

namespace nutgraf {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What candidates' views point into, kept for the whole test program.
StringPool& Strings() {
  static auto* const kStrings = new StringPool();
  return *kStrings;
}

Gazetteer Build(const std::vector<GazetteerEntry>& entries) {
  GazetteerBuilder builder;
  for (const GazetteerEntry& entry : entries) EXPECT_TRUE(builder.Add(entry).ok());
  return *builder.Build();
}

LayerRows<MentionCandidate> Match(const Gazetteer& gazetteer, std::string_view text) {
  LayerRows<Token> tokens;
  Tokenize(text, tokens);
  LayerRows<MentionCandidate> candidates;
  MatchGazetteer(text, tokens, gazetteer, {}, candidates, Strings());
  return candidates;
}

// "surface=id" of each candidate.
std::vector<std::string> Found(const Gazetteer& gazetteer, std::string_view text) {
  std::vector<std::string> found;
  for (const MentionCandidate& c : Match(gazetteer, text)) {
    found.push_back(std::string(Slice(text, c.span)) + "=" + std::string(c.id));
  }
  return found;
}

TEST(GazetteerTest, FindsNamesAndAliases) {
  const Gazetteer g = Build({{.name = "Collective Security Treaty Organization",
                              .type = "ORGANIZATION",
                              .id = "csto",
                              .aliases = {"CSTO"}}});
  EXPECT_THAT(Found(g, "The Collective Security Treaty Organization (CSTO) met."),
              ElementsAre("Collective Security Treaty Organization=csto", "CSTO=csto"));
  const auto candidates = Match(g, "CSTO");
  EXPECT_EQ(candidates[0].type, EntityType::kOrganization);
  EXPECT_EQ(candidates[0].name, "Collective Security Treaty Organization");
  EXPECT_EQ(candidates[0].source, "gazetteer");
}

TEST(GazetteerTest, LongestNameWins) {
  const Gazetteer g = Build({{.name = "New York", .type = "LOCATION", .id = "ny"},
                             {.name = "New York Times", .type = "ORGANIZATION", .id = "nyt"},
                             {.name = "York", .type = "LOCATION", .id = "york"}});
  EXPECT_THAT(Found(g, "New York Times of New York, York"),
              ElementsAre("New York Times=nyt", "New York=ny", "York=york"));
}

TEST(GazetteerTest, PossessivesAndTypographyDoNotHinder) {
  const Gazetteer g = Build({{.name = "Sana'a", .type = "LOCATION", .id = "sanaa"},
                             {.name = "Port-au-Prince", .type = "LOCATION", .id = "pap"},
                             {.name = "São Tomé", .type = "LOCATION", .id = "st"},
                             {.name = "US", .type = "LOCATION", .id = "us", .policy = kExactCase}});
  EXPECT_THAT(Found(g, "Sana’a’s Port au Prince, Port-au-Prince's Sao Tome; SÃO TOMÉ, U.S. us Us"),
              ElementsAre("Sana’a=sanaa", "Port au Prince=pap", "Port-au-Prince=pap", "Sao Tome=st",
                          "SÃO TOMÉ=st", "U.S.=us"));
}

TEST(GazetteerTest, PolicyDecidesCase) {
  const Gazetteer g =
      Build({{.name = "Reading", .type = "LOCATION", .id = "exact", .policy = kExactCase},
             {.name = "Tonga", .type = "LOCATION", .id = "upper"},
             {.name = "iPhone", .type = "PRODUCT", .id = "any", .policy = kAnyCase}});
  EXPECT_THAT(Found(g, "Reading READING reading Tonga TONGA tonga iPhone IPHONE Iphone"),
              ElementsAre("Reading=exact", "Tonga=upper", "TONGA=upper", "iPhone=any", "IPHONE=any",
                          "Iphone=any"));
}

TEST(GazetteerTest, PeriodsOfTheNameMustBeThere) {
  const Gazetteer g = Build({{.name = "Ill.", .type = "LOCATION", .id = "il"}});
  EXPECT_THAT(Found(g, "Ill and Ill. with"), ElementsAre("Ill.=il"));
}

TEST(GazetteerTest, OneNameOfSeveralEntriesGivesACandidateEach) {
  const Gazetteer g =
      Build({{.name = "Georgia", .type = "LOCATION", .id = "state", .prior = 0.3},
             {.name = "Georgia", .type = "LOCATION", .id = "country", .prior = 0.6}});
  EXPECT_THAT(Found(g, "Georgia"), ElementsAre("Georgia=country", "Georgia=state"));
}

TEST(GazetteerTest, NameEndsBeforeTheCommaThatLocatesIt) {
  const Gazetteer g = Build({{.name = "Lincoln, Nebraska", .type = "LOCATION", .id = "lincoln"},
                             {.name = "Nebraska", .type = "LOCATION", .id = "ne"}});
  EXPECT_THAT(Found(g, "in Lincoln, Nebraska"), ElementsAre("Lincoln=lincoln", "Nebraska=ne"));
}

TEST(GazetteerTest, WordsInBracketsMustFollowAndAreNoPartOfTheMention) {
  const Gazetteer g = Build({{.name = "Helmand [province]", .type = "LOCATION", .id = "h"},
                             {.name = "Sun [, the tabloid]", .type = "ORGANIZATION", .id = "s"}});
  EXPECT_TRUE(g.Verify().ok()) << g.Verify();
  EXPECT_THAT(Found(g, "in Helmand province, Helmand, the Sun, the tabloid, and the Sun"),
              ElementsAre("Helmand=h", "Sun=s"));
  EXPECT_THAT(Found(g, "Helmand-province"), ElementsAre("Helmand=h"));
  EXPECT_EQ(g.entry(0).name, "Helmand");
  EXPECT_EQ(g.Lookup("Helmand province").size(), 1U);
}

TEST(GazetteerTest, EntriesWithTheSameIdAndTypeAreOne) {
  const Gazetteer g = Build({{.name = "A Works", .type = "ORGANIZATION", .id = "a"},
                             {.name = "Aworks", .type = "ORGANIZATION", .id = "a"}});
  EXPECT_EQ(g.entry_count(), 1U);
  EXPECT_EQ(g.name_count(), 2U);
  EXPECT_EQ(g.Lookup("Aworks").at(0).name, "A Works");
}

TEST(GazetteerTest, LookupGivesEachEntryOnceWhateverTheCase) {
  const Gazetteer g = Build({{.name = "US", .type = "LOCATION", .id = "us", .aliases = {"U.S."}}});
  EXPECT_EQ(g.Lookup("U.S.").size(), 1U);
  EXPECT_EQ(g.Lookup("us").size(), 1U);
  EXPECT_TRUE(g.Lookup("USA").empty());
}

TEST(GazetteerTest, TypesOfCallersKeepTheirLabel) {
  const Gazetteer g = Build({{.name = "XJ-12", .type = "PART_NUMBER", .id = "p"}});
  const auto candidates = Match(g, "the XJ-12 part");
  ASSERT_EQ(candidates.size(), 1U);
  EXPECT_EQ(candidates[0].type, EntityType::kOther);
  EXPECT_EQ(candidates[0].label, "PART_NUMBER");
}

TEST(GazetteerTest, EmptyGazetteerFindsNothing) {
  EXPECT_THAT(Found(Gazetteer(), "Kazakhstan"), IsEmpty());
  EXPECT_TRUE(Gazetteer().Verify().ok());
}

// -- Variants ---------------------------------------------------------------------------------

struct VariantCase {
  const char* name;
  const char* type;
  const char* entry;
  const char* text;
  std::vector<std::string> found;
};
class Variants : public ::testing::TestWithParam<VariantCase> {};
TEST_P(Variants, AreFound) {
  const VariantCase& c = GetParam();
  std::vector<std::string> found;
  for (const MentionCandidate& m : Match(Build({{.name = c.entry, .type = c.type}}), c.text))
    found.emplace_back(Slice(c.text, m.span));
  EXPECT_EQ(found, c.found);
}
INSTANTIATE_TEST_SUITE_P(
    Names, Variants,
    ::testing::Values(
        VariantCase{"Ampersand",
                    "ORGANIZATION",
                    "Johnson & Johnson",
                    "Johnson and Johnson, Johnson & Johnson",
                    {"Johnson and Johnson", "Johnson & Johnson"}},
        VariantCase{
            "And", "ORGANIZATION", "Marks and Spencer", "at Marks & Spencer", {"Marks & Spencer"}},
        VariantCase{"Saint",
                    "LOCATION",
                    "St. Louis",
                    "St. Louis, St Louis, Saint Louis",
                    {"St. Louis", "St Louis", "Saint Louis"}},
        VariantCase{"SaintWrittenOut",
                    "LOCATION",
                    "Saint Lucia",
                    "St. Lucia or St Lucia",
                    {"St. Lucia", "St Lucia"}},
        VariantCase{"StreetIsNoSaint", "LOCATION", "Main St.", "Main Saint", {}},
        VariantCase{"LegalFormLeftOut", "ORGANIZATION", "Siemens AG", "Siemens said", {"Siemens"}},
        VariantCase{"LegalFormAdded", "ORGANIZATION", "Siemens", "Siemens AG said", {"Siemens AG"}},
        VariantCase{"LegalFormAfterComma",
                    "ORGANIZATION",
                    "Acme Inc.",
                    "Acme, Inc. and Acme Corp.",
                    {"Acme, Inc.", "Acme Corp."}},
        VariantCase{
            "CommaWithoutLegalForm", "ORGANIZATION", "Acme Inc.", "Acme, a maker", {"Acme"}},
        VariantCase{"SeveralLegalForms",
                    "ORGANIZATION",
                    "Genting",
                    "Genting Sdn Bhd rose",
                    {"Genting Sdn Bhd"}},
        VariantCase{
            "NumberStays", "ORGANIZATION", "Forever 21 Inc", "Forever, Forever 21", {"Forever 21"}},
        VariantCase{"BracketStays", "ORGANIZATION", "Foo (UK) Ltd", "Foo, Foo (UK)", {"Foo (UK)"}},
        VariantCase{"FormOfSeveralWords",
                    "ORGANIZATION",
                    "Grupo Simec SAB de CV",
                    "Grupo Simec rose",
                    {"Grupo Simec"}},
        VariantCase{
            "AndCo", "ORGANIZATION", "Wells Fargo & Co", "Wells Fargo rose", {"Wells Fargo"}},
        VariantCase{"Article",
                    "ORGANIZATION",
                    "The Washington Post",
                    "the Washington Post and The Washington Post",
                    {"Washington Post", "The Washington Post"}},
        VariantCase{
            "ArticleOfOneWord", "LOCATION", "The Hague", "in the Hague, Hague", {"the Hague"}},
        VariantCase{"PersonKeepsAll", "PERSON", "Jo Co", "Jo met Jo Co", {"Jo Co"}}),
    [](const auto& info) { return info.param.name; });

TEST(GazetteerTest, NameWithoutItsLegalFormNeedsContextWhereItIsACommonWord) {
  GazetteerBuilder builder;
  builder.AddCommonWord("target");
  ASSERT_TRUE(builder.Add({.name = "Target Corp", .type = "ORGANIZATION"}).ok());
  const Gazetteer g = *builder.Build();
  EXPECT_TRUE(Match(g, "Target rose").at(0).flags & kNeedsContext);
  EXPECT_EQ(Match(g, "Target Corp rose").at(0).flags & (kNeedsContext | kCommonWord), 0);
}

TEST(GazetteerTest, WhatTheTableSaysOfANameGoesBeforeWhatAVariantWouldBe) {
  GazetteerBuilder builder;
  builder.AddCommonWord("apple");
  ASSERT_TRUE(
      builder.Add({.name = "Apple Inc", .type = "ORGANIZATION", .id = "a", .aliases = {"Apple"}})
          .ok());
  const auto found = Match(*builder.Build(), "Apple rose");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].flags, kCommonWord);
}

TEST(GazetteerTest, VariantsCombine) {
  const Gazetteer g =
      Build({{.name = "The St. Lindale & Sons Ltd", .type = "ORGANIZATION", .id = "l"}});
  EXPECT_THAT(
      Found(g, "Saint Lindale and Sons; St Lindale and Sons Ltd; St. Lindale & Sons"),
      ElementsAre("Saint Lindale and Sons=l", "St Lindale and Sons Ltd=l", "St. Lindale & Sons=l"));
}

TEST(GazetteerTest, EntryWithItsLegalFormTellsACompanyToo) {
  const Gazetteer g = Build({{.name = "Apple Inc.", .type = "ORGANIZATION"}});
  EXPECT_EQ(Match(g, "Apple Inc. rose").at(0).flags, kWithLegalForm);
}

TEST(GazetteerTest, WholeNamesKeepLegalFormAndArticle) {
  const Gazetteer g = Build(
      {{.name = "Block & Co", .type = "ORGANIZATION", .id = "b", .policy = kUpperCase | kWholeName},
       {.name = "The Trade Desk",
        .type = "ORGANIZATION",
        .id = "t",
        .policy = kUpperCase | kWholeName}});
  EXPECT_THAT(Found(g, "Block, Block and Co, Trade Desk, the Trade Desk"),
              ElementsAre("Block and Co=b", "the Trade Desk=t"));
}

TEST(GazetteerTest, ChainOfLegalFormsIsNoEndlessName) {
  const Gazetteer g = Build({{.name = "Acme", .type = "ORGANIZATION"}});
  EXPECT_EQ(Match(g, "Acme Inc Inc Inc Inc Inc Inc Inc").at(0).tokens.size(), 5U);
}

TEST(GazetteerTest, ImagesInMemoryAreAlignedToCacheLines) {
  for (int i = 0; i < 10; ++i) {
    const Gazetteer g = Build({{.name = "Acme", .type = "ORGANIZATION"}});
    EXPECT_EQ(reinterpret_cast<uintptr_t>(g.image().data()) % 64, 0U);
  }
}

TEST(GazetteerTest, LegalFormTellsACompany) {
  GazetteerBuilder builder;
  builder.AddCommonWord("apple");
  ASSERT_TRUE(
      builder.Add({.name = "Apple", .type = "ORGANIZATION", .policy = kUpperCase | kContextOnly})
          .ok());
  const auto found = Match(*builder.Build(), "Apple Inc. rose");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].flags, kWithLegalForm);
}

TEST(GazetteerTest, VariantsCanBeTurnedOff) {
  GazetteerBuilder builder({.variants = false});
  ASSERT_TRUE(builder.Add({.name = "Siemens AG", .type = "ORGANIZATION"}).ok());
  EXPECT_THAT(Match(*builder.Build(), "Siemens said"), IsEmpty());
}

TEST(GazetteerTest, LiteralNamesToleratesNothingButCase) {
  const Gazetteer g = Build(
      {{.name = "Port-au-Prince", .type = "X", .id = "p", .policy = kLiteral},
       {.name = "Sao Tome", .type = "X", .id = "s", .policy = kLiteral},
       {.name = "Acme AG", .type = "ORGANIZATION", .id = "a", .policy = kLiteral | kAnyCase}});
  EXPECT_THAT(
      Found(g,
            "Port au Prince, PORT-AU-PRINCE, Port-au-Prince; São Tomé, Sao  Tome, Sao Tome; "
            "Acme, ACME ag, acme AG"),
      ElementsAre("Port-au-Prince=p", "Sao Tome=s", "ACME ag=a", "acme AG=a"));
}

TEST(GazetteerTest, NeverAloneIsMarked) {
  const Gazetteer g =
      Build({{.name = "Smith", .type = "PERSON", .policy = kUpperCase | kNeverAlone}});
  EXPECT_EQ(Match(g, "Smith said").at(0).flags, kNeverAloneName);
}

// -- Options ----------------------------------------------------------------------------------

LayerRows<MentionCandidate> MatchWith(const Gazetteer& gazetteer, std::string_view text,
                                      const GazetteerMatcherOptions& options) {
  LayerRows<Token> tokens;
  Tokenize(text, tokens);
  LayerRows<MentionCandidate> candidates;
  MatchGazetteer(text, tokens, gazetteer, options, candidates, Strings());
  return candidates;
}

std::vector<std::string> Texts(std::string_view text, const LayerRows<MentionCandidate>& rows) {
  std::vector<std::string> texts;
  for (const MentionCandidate& c : rows) texts.emplace_back(Slice(text, c.span));
  return texts;
}

TEST(GazetteerOptionsTest, AllOverlappingGivesEachNameThatFits) {
  const Gazetteer g = Build({{.name = "New York", .type = "LOCATION"},
                             {.name = "New York Times", .type = "ORGANIZATION"},
                             {.name = "York Times", .type = "ORGANIZATION"}});
  EXPECT_THAT(Texts("New York Times", MatchWith(g, "New York Times", {.all_overlapping = true})),
              ElementsAre("New York Times", "New York", "York Times"));
}

TEST(GazetteerOptionsTest, OtherTypesDoNotHideTheWantedOnes) {
  const Gazetteer g = Build({{.name = "New York Times", .type = "ORGANIZATION"},
                             {.name = "New York", .type = "LOCATION"}});
  EXPECT_THAT(Texts("New York Times", MatchWith(g, "New York Times", {.types = {"LOCATION"}})),
              ElementsAre("New York"));
}

TEST(GazetteerOptionsTest, MaxTokensBoundsTheLength) {
  const Gazetteer g = Build({{.name = "New York Times", .type = "ORGANIZATION"},
                             {.name = "New York", .type = "LOCATION"}});
  EXPECT_THAT(Texts("New York Times", MatchWith(g, "New York Times", {.max_tokens = 2})),
              ElementsAre("New York"));
}

TEST(GazetteerOptionsTest, MaxEntriesCountsWhatIsFound) {
  const Gazetteer g =
      Build({{.name = "Us", .type = "WORK", .id = "film", .prior = 0.9, .policy = kExactCase},
             {.name = "US", .type = "LOCATION", .id = "us", .prior = 0.8, .policy = kExactCase}});
  EXPECT_THAT(Texts("US", MatchWith(g, "US", {.max_entries = 1})), ElementsAre("US"));
  const Gazetteer h = Build({{.name = "Washington", .type = "LOCATION", .prior = 0.9},
                             {.name = "Washington", .type = "PERSON", .prior = 0.8}});
  EXPECT_EQ(MatchWith(h, "Washington", {.types = {"PERSON"}, .max_entries = 1}).size(), 1U);
}

TEST(GazetteerOptionsTest, MaxEntriesKeepsTheBestPriors) {
  GazetteerBuilder builder;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(builder
                    .Add({.name = "Springfield",
                          .type = "LOCATION",
                          .id = std::to_string(i),
                          .prior = i / 100.0})
                    .ok());
  }
  const Gazetteer g = *builder.Build();
  const auto found = MatchWith(g, "Springfield", {.max_entries = 3});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].id, "99");
  EXPECT_EQ(found[2].id, "97");
}

// -- Near matches -----------------------------------------------------------------------------

Gazetteer BuildNear(const std::vector<GazetteerEntry>& entries) {
  GazetteerBuilder builder({.near_matches = true});
  for (const GazetteerEntry& entry : entries) EXPECT_TRUE(builder.Add(entry).ok());
  Gazetteer g = *builder.Build();
  EXPECT_TRUE(g.Verify().ok()) << g.Verify();
  return g;
}

struct NearCase {
  const char* name;
  const char* text;
  bool found;
};
class NearNames : public ::testing::TestWithParam<NearCase> {};
TEST_P(NearNames, AreOneEditAway) {
  const Gazetteer g = BuildNear({{.name = "Nursultan Nazarbayev", .type = "PERSON", .id = "n"},
                                 {.name = "Krasnoyarsk", .type = "LOCATION", .id = "k"},
                                 {.name = "Oslo", .type = "LOCATION", .id = "o"}});
  const std::string text = GetParam().text;
  const auto found = MatchWith(g, text, {.near_matches = true});
  ASSERT_EQ(found.size(), GetParam().found ? 1U : 0U);
  if (!GetParam().found) return;
  EXPECT_EQ(found[0].flags, kNearMatch);
  EXPECT_GT(found[0].confidence, 0.85F);
  EXPECT_LT(found[0].confidence, 1.0F);
  EXPECT_EQ(Slice(text, found[0].span), text);
}
INSTANTIATE_TEST_SUITE_P(Edits, NearNames,
                         ::testing::Values(NearCase{"Changed", "Nursultan Nazarbaiev", true},
                                           NearCase{"LeftOut", "Nursultan Nazarbyev", true},
                                           NearCase{"PutIn", "Nursulttan Nazarbayev", true},
                                           NearCase{"Swapped", "Nursultan Nazabrayev", true},
                                           NearCase{"FirstLetter", "Mursultan Nazarbayev", true},
                                           NearCase{"LastLetterPutIn", "Krasnoyarska", true},
                                           NearCase{"OneWord", "Krasnojarsk", true},
                                           NearCase{"Diacritics", "Nursultán Nazarbaev", true},
                                           NearCase{"TwoEdits", "Nursultan Nazarbaiew", false},
                                           NearCase{"OneInEachWord", "Nursulan Nazarbaev", false},
                                           NearCase{"ShortName", "Osla", false},
                                           NearCase{"LowerCase", "krasnojarsk", false},
                                           NearCase{"LowerCaseSecondWord", "Nursultan nazarbaev",
                                                    false}),
                         [](const auto& info) { return info.param.name; });

TEST(NearMatchTest, TheTextMayBeALetterShorterThanTheShortestName) {
  const Gazetteer g = BuildNear({{.name = "Xanaduan", .type = "LOCATION", .id = "x"}});
  EXPECT_EQ(MatchWith(g, "Xanadun", {.near_matches = true}).size(), 1U);
  EXPECT_THAT(MatchWith(g, "Xandun", {.near_matches = true}), IsEmpty());
}

TEST(NearMatchTest, ManyNamesThatOneLetterTellsApartAreNoError) {
  GazetteerBuilder builder({.near_matches = true});
  for (uint32_t i = 0; i < 300; ++i) {
    const uint32_t c = 0x1E00 + i;  // one of 300 letters; folded, many are the same
    const uint32_t k = 0x10D0 + i % 40;
    std::string name = "Lichtenstein ";
    for (const uint32_t letter : {c, k}) {
      name += static_cast<char>(0xE0U | (letter >> 12));
      name += static_cast<char>(0x80U | (letter >> 6 & 0x3FU));
      name += static_cast<char>(0x80U | (letter & 0x3FU));
    }
    ASSERT_TRUE(builder.Add({.name = name, .type = "X", .id = std::to_string(i)}).ok());
    ASSERT_TRUE(builder.Add({.name = "Prefix " + std::to_string(100000 + i), .type = "X"}).ok());
  }
  const auto g = builder.Build();
  ASSERT_TRUE(g.ok()) << g.status();
  EXPECT_TRUE(g->Verify().ok()) << g->Verify();
}

TEST(NearMatchTest, LiteralNamesakeDoesNotHinder) {
  const Gazetteer g =
      BuildNear({{.name = "Foo-Bartender", .type = "X", .id = "l", .policy = kLiteral},
                 {.name = "Foo Bartender", .type = "X", .id = "n", .prior = 0.5}});
  ASSERT_EQ(MatchWith(g, "Foo Bartendr", {.near_matches = true}).size(), 1U);
}

TEST(NearMatchTest, ExactNamesGoBefore) {
  const Gazetteer g = BuildNear({{.name = "Krasnoyarsk", .type = "LOCATION", .id = "k"},
                                 {.name = "Krasnodar Krai", .type = "LOCATION", .id = "d"}});
  const auto found = MatchWith(g, "Krasnoyarsk", {.near_matches = true});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].flags, 0);
}

TEST(NearMatchTest, NothingWithoutTheOption) {
  const Gazetteer g = BuildNear({{.name = "Krasnoyarsk", .type = "LOCATION", .id = "k"}});
  EXPECT_THAT(MatchWith(g, "Krasnojarsk", {}), IsEmpty());
}

// Each single edit of each name is found, and nothing else is.
TEST(NearMatchTest, EverySingleEditIsFound) {
  const std::string name = "Zhanaozen Mangystau";
  const Gazetteer g = BuildNear({{.name = name, .type = "LOCATION", .id = "z"}});
  std::mt19937_64 random(8);
  for (size_t at = 1; at < name.size(); ++at) {
    if (name[at] == ' ' || name[at - 1] == ' ') continue;
    std::string changed = name, left_out = name, put_in = name;
    changed[at] = 'q';
    left_out.erase(at, 1);
    put_in.insert(at, 1, 'q');
    for (const std::string& text : {changed, left_out, put_in}) {
      EXPECT_EQ(MatchWith(g, text, {.near_matches = true}).size(), 1U) << text;
    }
  }
}

TEST(GazetteerTest, SameEntriesGiveTheSameBytes) {
  const auto image = [] {
    GazetteerBuilder builder;
    for (int i = 0; i < 3000; ++i) {
      EXPECT_TRUE(
          builder
              .Add({.name = "Name " + std::to_string(i * 7919 % 3001), .type = i % 2 ? "A" : "B"})
              .ok());
    }
    return *builder.BuildImage();
  };
  EXPECT_EQ(image(), image());
}

TEST(GazetteerTest, HashCollisionsAreNoMatches) {
  // Flip the text of a name inside the image: the hashes still lead there, the bytes do not agree.
  GazetteerBuilder builder;
  ASSERT_TRUE(builder.Add({.name = "Tashkent", .type = "LOCATION", .id = "t"}).ok());
  std::string image = *builder.BuildImage();
  // Once as the name's word, once in the record of the entry.
  for (size_t at = image.find("Tashkent"); at != std::string::npos; at = image.find("Tashkent"))
    image.replace(at, 8, "Bishkekk");
  auto owner = std::make_shared<std::vector<uint64_t>>(image.size() / 8);
  std::memcpy(owner->data(), image.data(), image.size());
  const auto g =
      Gazetteer::FromBytes({reinterpret_cast<const char*>(owner->data()), image.size()}, owner);
  ASSERT_TRUE(g.ok());
  EXPECT_THAT(Found(*g, "Tashkent Bishkekk"), IsEmpty());
  EXPECT_THAT(std::string(g->Verify().message()), HasSubstr("checksum"));
}

// Words whose slots have the same tag in the only bucket of a small image.
std::vector<std::string> WordsWithOneTag(size_t count) {
  const uint64_t multiplier = internal::Mix(internal::kHashSeed0, internal::kHashSeed1) | 1U;
  std::map<uint16_t, std::vector<std::string>> words;
  for (int i = 0;; ++i) {
    std::string word = "Name";
    for (int n = i; n > 0; n /= 26) word += static_cast<char>('a' + n % 26);
    LayerRows<Token> tokens;
    Tokenize(word, tokens);
    const uint32_t tag = internal::SlotKeyOf(tokens[0].folded, multiplier, 1).tag;
    std::vector<std::string>& same = words[static_cast<uint16_t>(tag)];
    same.push_back(word);
    if (same.size() == count) return same;
  }
}

TEST(GazetteerTest, SequencesThatShareASlotsTagAreToldApartByTheirWords) {
  const std::vector<std::string> words = WordsWithOneTag(3);
  // The second one is only the beginning of a name, the third none at all.
  const Gazetteer g = Build({{.name = words[0], .type = "X", .id = "first"},
                             {.name = words[1] + " Longer", .type = "X", .id = "second"}});
  ASSERT_TRUE(g.Verify().ok()) << g.Verify();
  EXPECT_EQ(g.internal_image().multiplier(),
            internal::Mix(internal::kHashSeed0, internal::kHashSeed1) | 1U);
  EXPECT_THAT(Found(g, words[0] + ", " + words[1] + ", " + words[2]),
              ElementsAre(words[0] + "=first"));
  EXPECT_THAT(Found(g, words[1] + " Longer, " + words[0] + " Longer"),
              ElementsAre(words[1] + " Longer=second", words[0] + "=first"));
  EXPECT_THAT(Found(g, words[2] + " Longer"), IsEmpty());
}

TEST(GazetteerTest, AsManyNamesAsShareATagAreFound) {
  const std::vector<std::string> words = WordsWithOneTag(4);
  const Gazetteer g = Build({{.name = words[0], .type = "X", .id = "0"},
                             {.name = words[1], .type = "X", .id = "1"},
                             {.name = words[2], .type = "X", .id = "2"},
                             {.name = words[3], .type = "X", .id = "3"}});
  for (const std::string& word : words) EXPECT_EQ(Found(g, word).size(), 1U) << word;
}

TEST(GazetteerTest, ManyNamesAreAllFoundAndNoOthers) {
  GazetteerBuilder builder;
  std::mt19937_64 random(8);
  std::set<std::string> names;
  while (names.size() < 20000) {
    std::string name;
    for (uint64_t words = random() % 3 + 1; words > 0; --words) {
      if (!name.empty()) name += ' ';
      name += static_cast<char>('A' + random() % 26);
      for (uint64_t letters = random() % 3 + 1; letters > 0; --letters)
        name += static_cast<char>('a' + random() % 26);
    }
    names.insert(name);
  }
  size_t i = 0;
  for (const std::string& name : names) {
    if (i++ % 2 == 0) {
      ASSERT_TRUE(builder.Add({.name = name, .type = "X"}).ok());
    }
  }
  const Gazetteer g = *builder.Build();
  ASSERT_TRUE(g.Verify().ok()) << g.Verify();
  i = 0;
  for (const std::string& name : names) {
    EXPECT_EQ(g.LookupNames(name).size(), i++ % 2 == 0 ? 1U : 0U) << name;
  }
}

TEST(GazetteerBuilderTest, RefusesWhatCannotBeMatched) {
  GazetteerBuilder builder;
  EXPECT_THAT(std::string(builder.Add({.name = "  ", .type = "X"}).message()),
              HasSubstr("no token"));
  EXPECT_THAT(std::string(builder.Add({.name = "\xFF", .type = "X"}).message()),
              HasSubstr("UTF-8"));
  EXPECT_THAT(std::string(builder.Add({.name = "x", .type = "X", .prior = 2}).message()),
              HasSubstr("between 0 and 1"));
  std::string longest;
  for (int i = 0; i < 33; ++i) longest += "w ";
  EXPECT_THAT(std::string(builder.Add({.name = longest, .type = "X"}).message()),
              HasSubstr("33 tokens"));
  EXPECT_EQ(builder.Build()->entry_count(), 0U);
}

TEST(GazetteerBuilderTest, ReadsTsv) {
  GazetteerBuilder builder;
  ASSERT_TRUE(
      builder
          .AddTsv(
              "# comment\nname\ttype\tid\taliases\tprior\tpolicy\r\nTonga\tLOCATION\tto\tKingdom "
              "of Tonga|Tongatapu\t0.9\texact,context\n\n",
              "x.tsv")
          .ok());
  const Gazetteer g = *builder.Build();
  EXPECT_EQ(g.name_count(), 3U);
  const auto candidates = Match(g, "Tonga TONGA");
  ASSERT_EQ(candidates.size(), 1U);
  EXPECT_NEAR(candidates[0].confidence, 0.9, 0.005);
  EXPECT_TRUE(candidates[0].flags & kNeedsContext);
}

TEST(GazetteerBuilderTest, ReadsCsv) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder
                  .AddCsv("name,type,aliases,policy\r\n\"Acme \"\"X\"\" "
                          "Works\",ORG,\"Acme\nWorks|AW\",\"exact,context\"\r\n"
                          "\nTonga,LOC,,\n",
                          "x.csv")
                  .ok());
  const Gazetteer g = *builder.Build();
  EXPECT_EQ(g.entry_count(), 2U);
  EXPECT_EQ(g.entry(0).name, "Acme \"X\" Works");
  EXPECT_EQ(g.Lookup("acme works").size(), 1U);
  EXPECT_EQ(g.LookupNames("AW").at(0).policy, kExactCase | kContextOnly);
  EXPECT_THAT(std::string(builder.AddCsv("name,type\nA,X\n\"B\nC\",X\nD\n,X\n", "x.csv").message()),
              HasSubstr("x.csv:5: no type"));
  EXPECT_THAT(std::string(builder.AddCsv("name,type\n\"A", "x.csv").message()),
              HasSubstr("x.csv:2: a quoted field has no end"));
  EXPECT_THAT(std::string(builder.AddCsv("name\n\"A\"b\n", "x.csv").message()),
              HasSubstr("x.csv:2: text after the end of a quoted field"));
}

TEST(GazetteerBuilderTest, TellsHowFarItIs) {
  std::vector<size_t> rows;
  GazetteerBuilder builder({.progress = [&rows](size_t n) { rows.push_back(n); }});
  std::string table = "name\ttype\n";
  for (int i = 0; i < 140000; ++i) table += "Name\tX\n";
  ASSERT_TRUE(builder.AddTsv(table, "x.tsv").ok());
  EXPECT_THAT(rows, ElementsAre(65536, 131072));
}

struct BadTable {
  const char* name;
  const char* text;
  const char* error;
};
class BadTsv : public ::testing::TestWithParam<BadTable> {};
TEST_P(BadTsv, IsAnErrorWithFileLineAndReason) {
  GazetteerBuilder builder;
  EXPECT_EQ(std::string(builder.AddTsv(GetParam().text, "x.tsv").message()), GetParam().error);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, BadTsv,
    ::testing::Values(
        BadTable{"Column", "name\tcolour\n",
                 "x.tsv:1: column 'colour' is none of name, type, id, aliases, prior, policy"},
        BadTable{"Empty", "", "x.tsv: no header line names the columns: is it empty?"},
        BadTable{"Twice", "name\tname\n", "x.tsv:1: column 'name' is named twice"},
        BadTable{"NoName", "type\tid\n", "x.tsv:1: the header names no column 'name'"},
        BadTable{"NoType", "name\ttype\nx\t\n", "x.tsv:2: no type"},
        BadTable{"Prior", "name\ttype\tprior\nx\tA\thigh\n", "x.tsv:2: prior 'high' is no number"},
        BadTable{"Policy", "name\ttype\tpolicy\n# c\nx\tA\tloud\n",
                 "x.tsv:3: policy 'loud' is none of exact, upper, any, context, never-alone, "
                 "literal, whole"},
        BadTable{"EmptyAlias", "name\ttype\taliases\nx\tA\ty|\n",
                 "x.tsv:2: alias 2: a name has no token"},
        BadTable{"Columns", "name\nx\ty\tz\ta\tb\tc\td\n",
                 "x.tsv:2: 7 columns where the header has others"}),
    [](const auto& info) { return info.param.name; });

TEST(GazetteerBuilderTest, ReadsJsonLines) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder
                  .AddJsonLines("{\"name\":\"Tonga\",\"type\":\"LOCATION\",\"id\":\"to\","
                                "\"aliases\":[\"Kingdom of Tonga\"],\"prior\":0.5}\n\n",
                                "x.jsonl")
                  .ok());
  EXPECT_THAT(Found(*builder.Build(), "the Kingdom of Tonga"), ElementsAre("Kingdom of Tonga=to"));
  EXPECT_THAT(std::string(builder.AddJsonLines("{\"name\":1,\"type\":\"A\"}", "x.jsonl").message()),
              HasSubstr("x.jsonl:1: \"name\" is no string"));
  EXPECT_THAT(std::string(builder.AddJsonLines("\n{", "x.jsonl").message()),
              HasSubstr("x.jsonl:2: "));
  EXPECT_THAT(std::string(builder.AddJsonLines("{\"name\":\"x\"}", "x.jsonl").message()),
              HasSubstr("no \"type\""));
}

class GazetteerFile : public ::testing::Test {
 protected:
  GazetteerFile()
      : path_(::testing::TempDir() + "nutgraf_gazetteer_" + std::to_string(::getpid()) + ".gaz") {}
  ~GazetteerFile() override { std::remove(path_.c_str()); }
  void Write(std::string_view bytes) {
    std::ofstream(path_, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  std::string path_;
};

TEST_F(GazetteerFile, OpensMappedAndCopied) {
  GazetteerBuilder builder;
  builder.SetLicence("CC0");
  ASSERT_TRUE(builder.Add({.name = "Tonga", .type = "LOCATION", .id = "to"}).ok());
  Write(*builder.BuildImage());
  for (const auto& g : {Gazetteer::Open(path_), Gazetteer::OpenCopy(path_)}) {
    ASSERT_TRUE(g.ok()) << g.status();
    EXPECT_TRUE(g->Verify().ok());
    EXPECT_EQ(g->licence(), "CC0");
    EXPECT_THAT(Found(*g, "Tonga"), ElementsAre("Tonga=to"));
  }
}

TEST_F(GazetteerFile, ErrorsNameTheFile) {
  EXPECT_EQ(Gazetteer::Open(path_ + "x").status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(Gazetteer::Open("/").status().message()), HasSubstr("/: cannot read"));
  Write("");
  EXPECT_THAT(std::string(Gazetteer::Open(path_).status().message()),
              HasSubstr("0 bytes, less than a header"));
  Write(std::string(100, 'x'));
  EXPECT_THAT(std::string(Gazetteer::Open(path_).status().message()),
              HasSubstr(path_ + ": not a gazetteer"));
  std::string image = *GazetteerBuilder().BuildImage();
  image[8] = 9;
  Write(image);
  EXPECT_THAT(std::string(Gazetteer::Open(path_).status().message()),
              HasSubstr("gazetteer format 9.0; this library reads 2.x"));
  image[8] = 2;
  Write(image.substr(0, image.size() - 8));
  EXPECT_THAT(std::string(Gazetteer::Open(path_).status().message()), HasSubstr("truncated?"));
}

// Whatever byte of an image is wrong: opening is an error, or matching stays inside the image.
TEST(GazetteerHostileTest, FlippedBytesAreErrorsOrHarmless) {
  GazetteerBuilder builder;
  for (const char* name : {"Tonga", "New Zealand", "New York Times", "CSTO", "Port-au-Prince"}) {
    ASSERT_TRUE(
        builder.Add({.name = name, .type = "LOCATION", .id = name, .aliases = {"alias"}}).ok());
  }
  const std::string image = *builder.BuildImage();
  auto bytes = std::make_shared<std::vector<uint64_t>>(image.size() / 8);
  const std::string_view view(reinterpret_cast<const char*>(bytes->data()), image.size());
  std::mt19937_64 random(8);
  for (size_t at = 0; at < image.size(); ++at) {
    for (const uint8_t flip : {uint8_t{0x01}, uint8_t{0x80}, uint8_t{0xFF}}) {
      std::memcpy(bytes->data(), image.data(), image.size());
      reinterpret_cast<unsigned char*>(bytes->data())[at] ^= flip;
      const auto g = Gazetteer::FromBytes(view, bytes);
      if (!g.ok()) continue;
      // Anything but the unused parts of the header is seen by Verify().
      if (at >= 64) {
        EXPECT_FALSE(g->Verify().ok()) << at;
      }
      const std::string_view text =
          "alias Tonga, New Zealand and the New York Times: CSTO in Port-au-Prince";
      LayerRows<Token> tokens;
      Tokenize(text, tokens);
      LayerRows<MentionCandidate> candidates;
      MatchGazetteer(text, tokens, *g, {}, candidates, Strings());
      for (const auto& c : candidates) ASSERT_LE(c.span.end, text.size());
      (void)g->Lookup("New York Times");
    }
  }
  for (size_t size = 0; size < image.size(); size += 8)
    EXPECT_FALSE(Gazetteer::FromBytes(view.substr(0, size)).ok());
}

}  // namespace
}  // namespace nutgraf
