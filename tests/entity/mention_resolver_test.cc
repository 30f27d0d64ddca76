#include "nutgraf/mention_resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/text/string_view.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/quantity_extractor.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Gazetteer Names() {
  GazetteerBuilder builder;
  const std::vector<GazetteerEntry> entries = {
      {.name = "Singapore", .type = "LOCATION", .id = "sg"},
      {.name = "Nice", .type = "LOCATION", .id = "nice", .prior = 0.5},
      {.name = "China", .type = "LOCATION", .id = "cn", .prior = 0.98},
      {.name = "France", .type = "LOCATION", .id = "fr"},
      {.name = "Theresa May", .type = "PERSON", .id = "may"},
      {.name = "May",
       .type = "PERSON",
       .id = "may",
       .prior = 0.4,
       .policy = kUpperCase | kContextOnly},
      {.name = "Brown",
       .type = "PERSON",
       .id = "brown",
       .prior = 0.4,
       .policy = kUpperCase | kContextOnly},
      {.name = "Target",
       .type = "ORGANIZATION",
       .id = "target",
       .prior = 0.4,
       .policy = kUpperCase | kContextOnly},
      {.name = "Mobile",
       .type = "LOCATION",
       .id = "mobile",
       .prior = 0.4,
       .policy = kUpperCase | kContextOnly},
      {.name = "Alabama", .type = "LOCATION", .id = "al"},
      {.name = "President", .type = "TITLE"},
      {.name = "Bank of China", .type = "ORGANIZATION", .id = "boc"},
      {.name = "Fergana", .type = "LOCATION", .id = "fergana"},
      {.name = "Jo Smith", .type = "PERSON", .id = "smith"},
      {.name = "Smith", .type = "PERSON", .id = "smith", .policy = kUpperCase | kNeverAlone},
  };
  for (const GazetteerEntry& entry : entries) EXPECT_TRUE(builder.Add(entry).ok());
  for (const char* word : {"nice", "china", "may", "brown", "target", "mobile"})
    builder.AddCommonWord(word);
  return *builder.Build();
}

std::vector<std::string> Resolve(std::string_view text, const Gazetteer* mine = nullptr) {
  Pipeline::Builder builder;
  builder.Add(Tokenizer()).Add(SentenceSplitter());
  if (mine != nullptr) builder.Add(GazetteerMatcher(*mine, {.rank = 0}));
  builder.Add(GazetteerMatcher(Names())).Add(QuantityExtractor()).Add(MentionResolver());
  const auto pipeline = builder.Build();
  EXPECT_TRUE(pipeline.ok()) << pipeline.status();
  Document document;
  EXPECT_TRUE(pipeline->Process(text, document).ok());
  std::vector<std::string> out;
  for (const Mention& m : document.Get<Mention>()) {
    out.push_back(std::string(Slice(document.text(), m.span)) + "=" + std::string(m.label));
  }
  return out;
}

TEST(MentionResolverTest, LongerCandidateWins) {
  EXPECT_THAT(Resolve("The Bank of China said"), ElementsAre("Bank of China=ORGANIZATION"));
}

TEST(MentionResolverTest, NamesInsideQuantitiesAreDropped) {
  EXPECT_THAT(Resolve("It costs 100 Singapore dollars in Singapore."),
              ElementsAre("Singapore=LOCATION"));
}

TEST(MentionResolverTest, CommonWordAtSentenceStartNeedsContext) {
  EXPECT_THAT(Resolve("Nice weather. They met in Paris."), IsEmpty());
  EXPECT_THAT(Resolve("They saw Nice again."), ElementsAre("Nice=LOCATION"));
  EXPECT_THAT(Resolve("“Nice weather,” they said."), IsEmpty());
}

TEST(MentionResolverTest, SureNameAtSentenceStartIsBelieved) {
  EXPECT_THAT(Resolve("China said so."), ElementsAre("China=LOCATION"));
}

TEST(MentionResolverTest, NameElsewhereInTheTextSupports) {
  EXPECT_THAT(Resolve("Nice weather came. They saw Nice again."),
              ElementsAre("Nice=LOCATION", "Nice=LOCATION"));
  EXPECT_THAT(Resolve("Theresa May spoke. Later May left."),
              ElementsAre("Theresa May=PERSON", "May=PERSON"));
}

TEST(MentionResolverTest, TheSameIdOfAnotherTypeIsNoSupport) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder.Add({.name = "Olga Petrova", .type = "PERSON", .id = "target"}).ok());
  const Gazetteer mine = *builder.Build();
  EXPECT_THAT(Resolve("She is Olga Petrova. The Target was hit.", &mine),
              ElementsAre("Olga Petrova=PERSON"));
}

TEST(MentionResolverTest, TitleSupportsAPerson) {
  EXPECT_THAT(Resolve("In May President Brown left."), ElementsAre("Brown=PERSON"));
}

TEST(MentionResolverTest, PrepositionOrPlaceSupportsAPlace) {
  EXPECT_THAT(Resolve("It rained in Mobile and on Mobile phones."), ElementsAre("Mobile=LOCATION"));
  EXPECT_THAT(Resolve("He called Mobile, Alabama, home."),
              ElementsAre("Mobile=LOCATION", "Alabama=LOCATION"));
  EXPECT_THAT(Resolve("The Mobile phone"), IsEmpty());
}

TEST(MentionResolverTest, CompanyFormSupportsAnOrganisation) {
  EXPECT_THAT(Resolve("Shares of Target Corp. fell."), ElementsAre("Target Corp.=ORGANIZATION"));
  EXPECT_THAT(Resolve("Shares of Target Holdings in the Target group fell."),
              ElementsAre("Target=ORGANIZATION"));
  EXPECT_THAT(Resolve("The Target was hit."), IsEmpty());
}

TEST(MentionResolverTest, CallersNamesWinOverLongerDefaultOnes) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder.Add({.name = "Bank", .type = "TICKER", .id = "b"}).ok());
  const Gazetteer mine = *builder.Build();
  EXPECT_THAT(Resolve("The Bank of China", &mine), ElementsAre("Bank=TICKER"));
}

TEST(MentionResolverTest, NamedWebsiteIsAnOrganisation) {
  EXPECT_THAT(Resolve("the editor of the Fergana website"), ElementsAre("Fergana=ORGANIZATION"));
  EXPECT_THAT(Resolve("a website in Fergana"), ElementsAre("Fergana=LOCATION"));
}

TEST(MentionResolverTest, TitlesAndIdsOfOneGazetteerSupportNamesOfAnother) {
  GazetteerBuilder titles;
  ASSERT_TRUE(titles.Add({.name = "Mayor", .type = "TITLE"}).ok());
  ASSERT_TRUE(titles.Add({.name = "Targetco", .type = "ORGANIZATION", .id = "target"}).ok());
  const Gazetteer mine = *titles.Build();
  EXPECT_THAT(Resolve("In France Mayor Brown left. Mayor Brown spoke.", &mine),
              ElementsAre("France=LOCATION", "Brown=PERSON", "Brown=PERSON"));
  EXPECT_THAT(Resolve("Targetco grew. The Target chain grew.", &mine),
              ElementsAre("Targetco=ORGANIZATION", "Target=ORGANIZATION"));
}

TEST(MentionResolverTest, NameThatIsNeverAloneNeedsTheFullOne) {
  EXPECT_THAT(Resolve("President Smith and Smith spoke."), IsEmpty());
  EXPECT_THAT(Resolve("Smith met Jo Smith."), ElementsAre("Smith=PERSON", "Jo Smith=PERSON"));
}

TEST(MentionResolverTest, NameThatACapitalGoesOnWithIsAnotherName) {
  EXPECT_THAT(Resolve("He met Singapore Johnson there and went home."), IsEmpty());
  EXPECT_THAT(Resolve("He flew Singapore & Orient there and went home."), IsEmpty());
}

TEST(MentionResolverTest, NamesakeThatIsNotBelievedGoesOnWithAName) {
  EXPECT_THAT(Resolve("He met China Brown there and went home."), IsEmpty());
}

TEST(MentionResolverTest, TitlesPersonsDaysAndHeadlinesDoNotGoOnWithAName) {
  EXPECT_THAT(Resolve("He met Singapore President Brown there on business."),
              ElementsAre("Singapore=LOCATION", "Brown=PERSON"));
  EXPECT_THAT(Resolve("He saw France Jo Smith there on business."),
              ElementsAre("France=LOCATION", "Jo Smith=PERSON"));
  EXPECT_THAT(Resolve("He left Singapore Monday for good, they said."),
              ElementsAre("Singapore=LOCATION"));
  EXPECT_THAT(Resolve("Singapore Airs Plans For More Lakes"), ElementsAre("Singapore=LOCATION"));
}

TEST(MentionResolverTest, CallersNamesStandInQuantities) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder.Add({.name = "93", .type = "FLIGHT"}).ok());
  const Gazetteer mine = *builder.Build();
  EXPECT_THAT(Resolve("They took flight 93 there.", &mine), ElementsAre("93=FLIGHT"));
}

TEST(MentionResolverTest, CallersNamesStandWhateverGoesOn) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder.Add({.name = "Acme", .type = "BRAND"}).ok());
  const Gazetteer mine = *builder.Build();
  EXPECT_THAT(Resolve("She bought Acme Rockets there for fun.", &mine), ElementsAre("Acme=BRAND"));
}

TEST(MentionResolverTest, MonthIsNoPersonOfThatName) {
  EXPECT_THAT(Resolve("Theresa May spoke on May 12 and in May. Then May left."),
              ElementsAre("Theresa May=PERSON", "May=PERSON"));
}

TEST(MentionResolverTest, NamesDoNotCrossParagraphs) {
  EXPECT_THAT(Resolve("the Bank\n\nof China said"), ElementsAre("China=LOCATION"));
}

TEST(MentionResolverTest, MentionsDoNotOverlapAndAreInOrder) {
  Document document;
  const auto pipeline = Pipeline::Builder()
                            .Add(Tokenizer())
                            .Add(SentenceSplitter())
                            .Add(GazetteerMatcher(Names()))
                            .Add(GazetteerMatcher(Names(), {.rank = 0}))
                            .Add(MentionResolver())
                            .Build();
  ASSERT_TRUE(
      pipeline
          ->Process("Bank of China, China, Nice China Bank of China in Mobile, Alabama", document)
          .ok());
  uint32_t previous = 0;
  for (const Mention& m : document.Get<Mention>()) {
    EXPECT_LE(previous, m.span.begin);
    previous = m.span.end;
  }
}

// Candidates as a recogniser and others may propose them: text, type, source, confidence, rank.
struct Proposed {
  std::string_view text;
  EntityType type;
  std::string_view source;
  float confidence;
  uint8_t rank = 1;
};

std::vector<std::string> ResolveProposed(std::string_view text, const std::vector<Proposed>& all) {
  Document document;
  document.Reset(text);
  EXPECT_TRUE(Tokenizer().Run(document).ok());
  EXPECT_TRUE(SentenceSplitter().Run(document).ok());
  document.Rows<Recognized>().push_back({.types = 0x1FE});
  for (const Proposed& p : all) {
    const auto begin = static_cast<uint32_t>(text.find(p.text));
    MentionCandidate c = {};
    c.span = {begin, begin + static_cast<uint32_t>(p.text.size())};
    c.type = p.type;
    c.label = EntityTypeName(p.type);
    c.source = p.source;
    c.confidence = p.confidence;
    c.rank = p.rank;
    if (p.source == "gazetteer") c.id = "entry";
    if (p.source == "recognizer") c.flags = kRecognized;
    const auto tokens = document.Get<Token>();
    while (tokens[c.tokens.begin].begin < c.span.begin) ++c.tokens.begin;
    c.tokens.end = c.tokens.begin;
    while (c.tokens.end < tokens.size() && tokens[c.tokens.end].end <= c.span.end) ++c.tokens.end;
    document.Rows<MentionCandidate>().push_back(c);
  }
  EXPECT_TRUE(MentionResolver().Run(document).ok());
  std::vector<std::string> found;
  for (const Mention& m : document.Get<Mention>()) {
    found.push_back(absl::StrCat(internal::Absl(Slice(text, m.span)), "/", internal::Absl(m.label),
                                 m.id.empty() ? "" : "/", internal::Absl(m.id)));
  }
  return found;
}

TEST(MentionResolverTest, RecognizerDecidesOnNamesOfTables) {
  using enum EntityType;
  // Same name: its type, the table's entry where that has this type.
  EXPECT_THAT(ResolveProposed("He saw Paris then.", {{"Paris", kLocation, "gazetteer", 0.8F},
                                                     {"Paris", kLocation, "recognizer", 0.7F}}),
              ElementsAre("Paris/LOCATION/entry"));
  EXPECT_THAT(ResolveProposed("He saw Paris then.", {{"Paris", kLocation, "gazetteer", 0.8F},
                                                     {"Paris", kPerson, "recognizer", 0.7F}}),
              ElementsAre("Paris/PERSON"));
  // Nothing found: words that are well known, and longer names, stand.
  EXPECT_THAT(ResolveProposed("He saw Paris then.", {{"Paris", kLocation, "gazetteer", 0.8F}}),
              IsEmpty());
  EXPECT_THAT(
      ResolveProposed("He saw Toyota then.", {{"Toyota", kOrganization, "gazetteer", 0.95F}}),
      ElementsAre("Toyota/ORGANIZATION/entry"));
  EXPECT_THAT(ResolveProposed("He saw Toyota then.", {{"Toyota", kPerson, "gazetteer", 0.95F}}),
              IsEmpty());
  EXPECT_THAT(ResolveProposed("At Kent Bay Club then.",
                              {{"Kent Bay Club", kOrganization, "headed_name", 0.7F}}),
              ElementsAre("Kent Bay Club/ORGANIZATION"));
  // Parts found: it depends on how sure they are.
  EXPECT_THAT(ResolveProposed("At Kent Bay Club then.",
                              {{"Kent Bay Club", kOrganization, "headed_name", 0.7F},
                               {"Kent", kLocation, "recognizer", 0.6F}}),
              ElementsAre("Kent Bay Club/ORGANIZATION"));
  EXPECT_THAT(ResolveProposed("At Kent Bay Club then.",
                              {{"Kent Bay Club", kOrganization, "headed_name", 0.7F},
                               {"Kent Bay", kLocation, "recognizer", 0.9F}}),
              ElementsAre("Kent Bay/LOCATION"));
  // The caller's own names are not asked about.
  EXPECT_THAT(
      ResolveProposed("He saw Paris Hill then.", {{"Paris", kPerson, "gazetteer", 0.2F, 0},
                                                  {"Paris Hill", kLocation, "recognizer", 0.99F}}),
      ElementsAre("Paris/PERSON/entry"));
}

TEST(MentionResolverTest, LonePersonIsThePlaceOfATable) {
  using enum EntityType;
  const Proposed place = {"Paris", kLocation, "gazetteer", 0.8F};
  EXPECT_THAT(
      ResolveProposed("The best of Paris then.", {place, {"Paris", kPerson, "recognizer", 0.6F}}),
      ElementsAre("Paris/LOCATION/entry"));
  EXPECT_THAT(
      ResolveProposed("The best of Paris then.", {place, {"Paris", kPerson, "recognizer", 0.8F}}),
      ElementsAre("Paris/PERSON"))
      << "the recogniser is sure";
  EXPECT_THAT(ResolveProposed("The best of Paris, says Eva Paris.",
                              {place,
                               {"Paris", kPerson, "recognizer", 0.6F},
                               {"Eva Paris", kPerson, "recognizer", 0.6F}}),
              ElementsAre("Paris/PERSON", "Eva Paris/PERSON"))
      << "named in full";
}

TEST(MentionResolverTest, TitleWithItsOwnerStands) {
  using enum EntityType;
  const std::vector<Proposed> all = {{"Kent's Daily Digest", kWork, "headed_name", 0.95F},
                                     {"Kent", kLocation, "recognizer", 0.6F},
                                     {"Daily Digest", kOrganization, "recognizer", 0.9F}};
  EXPECT_THAT(ResolveProposed("Read Kent's Daily Digest then.", all),
              ElementsAre("Kent's Daily Digest/WORK"));
}

TEST(MentionResolverTest, RecognizedPlaceNamesPublication) {
  EXPECT_THAT(ResolveProposed("He edits the Kent website now.",
                              {{"Kent", EntityType::kLocation, "recognizer", 0.9F}}),
              ElementsAre("Kent/ORGANIZATION"));
}

}  // namespace
}  // namespace nutgraf
