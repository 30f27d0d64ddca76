#include "nutgraf/pattern_matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nutgraf/mention_resolver.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

PatternSet Compiled(const std::vector<Pattern>& patterns, const PatternSetOptions& options = {}) {
  auto set = PatternSet::Compile(patterns, options);
  EXPECT_TRUE(set.ok()) << set.status();
  return *std::move(set);
}

std::vector<std::string> Found(const PatternSet& set, std::string_view text) {
  std::vector<PatternMatch> matches;
  uint64_t work = 0;
  EXPECT_TRUE(
      set.Find(text, {0, static_cast<uint32_t>(text.size())}, UINT64_MAX, work, matches).ok());
  std::vector<std::string> found;
  found.reserve(matches.size());
  for (const PatternMatch& m : matches) {
    found.push_back(set.pattern(m.pattern).name + "=" + std::string(Slice(text, m.span)));
  }
  return found;
}

std::vector<std::string> Candidates(const PatternSet& set, std::string_view text,
                                    const PatternMatcherOptions& options = {}) {
  const auto pipeline = Pipeline::Builder()
                            .Add(Tokenizer())
                            .Add(SentenceSplitter())
                            .Add(PatternMatcher(set, options))
                            .Build();
  EXPECT_TRUE(pipeline.ok()) << pipeline.status();
  Document document;
  EXPECT_TRUE(pipeline->Process(text, document).ok());
  std::vector<std::string> found;
  for (const MentionCandidate& c : document.Get<MentionCandidate>()) {
    found.push_back(std::string(c.label) + "=" + std::string(Slice(text, c.span)));
  }
  return found;
}

TEST(PatternSetTest, GivesThePlacesOfAllMatchesOfAllPatterns) {
  const PatternSet set = Compiled({{.name = "a", .type = "A", .regex = "a+"},
                                   {.name = "never", .type = "N", .regex = "x{3}"},
                                   {.name = "word", .type = "W", .regex = R"(\b\w+d\b)"}});
  EXPECT_THAT(Found(set, "aa bad a"), ElementsAre("a=aa", "a=a", "a=a", "word=bad"));
}

TEST(PatternSetTest, FirstGroupIsWhatIsFound) {
  const PatternSet set = Compiled({{.name = "n", .type = "N", .regex = R"(no\. (\d+)(x?))"}});
  EXPECT_THAT(Found(set, "no. 12x, no. 7"), ElementsAre("n=12", "n=7"));
}

TEST(PatternSetTest, GroupThatTookNoPartFindsNothing) {
  const PatternSet set = Compiled({{.name = "n", .type = "N", .regex = R"(a|(b))"}});
  EXPECT_THAT(Found(set, "aba"), ElementsAre("n=b"));
}

TEST(PatternSetTest, RangeBoundsTheSearchAndBordersSeeTheTextAround) {
  const PatternSet set = Compiled({{.name = "n", .type = "N", .regex = R"(\b\d+\b)"}});
  std::vector<PatternMatch> matches;
  uint64_t work = 0;
  ASSERT_TRUE(set.Find("123 456 789", {1, 7}, UINT64_MAX, work, matches).ok());
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].span, (ByteSpan{4, 7}));
}

struct BadPattern {
  const char* name;
  Pattern pattern;
  const char* error;
};
class BadPatterns : public ::testing::TestWithParam<BadPattern> {};
TEST_P(BadPatterns, AreErrorsThatNameThem) {
  const auto set =
      PatternSet::Compile({{.name = "good", .type = "A", .regex = "a"}, GetParam().pattern});
  ASSERT_FALSE(set.ok());
  EXPECT_EQ(set.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(set.status().message()), HasSubstr(GetParam().error));
}
INSTANTIATE_TEST_SUITE_P(
    Errors, BadPatterns,
    ::testing::Values(
        BadPattern{"Syntax", {.name = "p", .type = "A", .regex = "(a"}, "pattern 'p': missing )"},
        BadPattern{"Backreference",
                   {.name = "p", .type = "A", .regex = R"((a)\1)"},
                   "pattern 'p': invalid escape sequence"},
        BadPattern{"Empty",
                   {.name = "p", .type = "A", .regex = "a*"},
                   "pattern 'p': it matches the empty string"},
        BadPattern{"NoType", {.name = "p", .type = "", .regex = "a"}, "pattern 'p': no type"},
        BadPattern{"Confidence",
                   {.name = "p", .type = "A", .regex = "a", .confidence = 2},
                   "pattern 'p': confidence 2 is not between 0 and 1"}),
    [](const auto& info) { return info.param.name; });

TEST(PatternSetTest, TooLargePatternsAreAnError) {
  const auto set = PatternSet::Compile({{.name = "p", .type = "A", .regex = R"((?:\pL{500}){2})"}},
                                       {.max_memory = 1 << 16});
  EXPECT_FALSE(set.ok());
}

// The set's automaton runs out of memory on a text that makes it visit many states; the matches are
// those of the patterns one by one.
TEST(PatternSetTest, OutOfMemoryIsNeverNoMatch) {
  std::vector<Pattern> patterns;
  patterns.reserve(40);
  for (int i = 0; i < 40; ++i) {
    patterns.push_back({.name = std::to_string(i),
                        .type = "A",
                        .regex = absl::StrCat("[ab]*a[ab]{", i % 14, "}c", i)});
  }
  const PatternSet small = Compiled(patterns, {.max_memory = 1 << 18});
  const PatternSet large = Compiled(patterns, {.max_memory = 256 << 20});
  std::string text;
  uint32_t state = 1;
  for (int i = 0; i < 20000; ++i) {
    state = state * 1664525U + 1013904223U;
    text += (state >> 24 & 1U) != 0 ? 'a' : 'b';
    if (i % 97 == 96) absl::StrAppend(&text, "c", i % 40);
  }
  EXPECT_EQ(Found(small, text), Found(large, text));
  EXPECT_FALSE(Found(small, text).empty());
}

TEST(PatternSetTest, MatchesAtWindowBordersAreFound) {
  const PatternSet set =
      Compiled({{.name = "n", .type = "N", .regex = R"(é\d+é)"}}, {.max_match_bytes = 16});
  std::string text;
  std::vector<std::string> expected;
  for (int i = 0; i < 300; ++i) {
    std::string what = "é";
    what.append(std::to_string(i)).append("é");
    absl::StrAppend(&text, std::string(static_cast<size_t>(i % 40), 'x'), "ü", what);
    expected.push_back(absl::StrCat("n=", what));
  }
  EXPECT_EQ(Found(set, text), expected);
}

TEST(PatternSetTest, LongerMatchesThanTheLimitAreNotFound) {
  const PatternSet set =
      Compiled({{.name = "n", .type = "N", .regex = R"(<[^>]*>)"}}, {.max_match_bytes = 16});
  EXPECT_THAT(Found(set, "<" + std::string(30, 'x') + "> <ok>"), ElementsAre("n=<ok>"));
}

TEST(PatternSetTest, WhatStandsBeforeDoesNotDecide) {
  const PatternSet set =
      Compiled({{.name = "n", .type = "N", .regex = "a.*b"}}, {.max_match_bytes = 8});
  for (size_t before = 0; before < 24; ++before) {
    const std::string text = std::string(before, '.') + "abxxxxxxxxxb";
    EXPECT_THAT(Found(set, text), ElementsAre("n=ab")) << before;
  }
}

TEST(PatternSetTest, WorkIsBounded) {
  const PatternSet set = Compiled({{.name = "bad", .type = "B", .regex = "x(?:.*y)?"}});
  const std::string text(100000, 'x');
  std::vector<PatternMatch> matches;
  uint64_t work = 0;
  const absl::Status status =
      set.Find(text, {0, static_cast<uint32_t>(text.size())}, 10 * text.size(), work, matches);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(status.message()), HasSubstr("pattern 'bad' at byte"));
  EXPECT_LE(work, 10 * text.size() + 4096);
}

TEST(PatternMatcherTest, WorkLimitFailsTheDocumentAndNothingElse) {
  const auto pipeline =
      Pipeline::Builder()
          .Add(Tokenizer())
          .Add(PatternMatcher(Compiled({{.name = "bad", .type = "B", .regex = "x(?:.*y)?"}}),
                              {.max_work_per_byte = 10}))
          .Build();
  Document document;
  EXPECT_EQ(pipeline->Process(std::string(1000000, 'x'), document).code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(pipeline->Process("x", document).ok());
}

TEST(PatternMatcherTest, WritesCandidatesAtTokenBorders) {
  const PatternSet set = Compiled({{.name = "part", .type = "PART", .regex = R"(XJ-\d+)"}});
  EXPECT_THAT(Candidates(set, "The XJ-12 and the AXJ-13 part."), ElementsAre("PART=XJ-12"));
  EXPECT_THAT(Candidates(set, "The AXJ-13 part.", {.whole_tokens = false}),
              ElementsAre("PART=XJ-13"));
}

TEST(PatternMatcherTest, BySentenceNoMatchCrossesASentencesEnd) {
  const PatternSet set = Compiled({{.name = "p", .type = "P", .regex = R"(red\W+blue)"}});
  EXPECT_THAT(Candidates(set, "It is red. Blue red blue."), ElementsAre("P=red blue"));
  EXPECT_THAT(Candidates(set, "It was red, blue. It was red. blue"),
              ElementsAre("P=red, blue", "P=red. blue"));
  EXPECT_THAT(Candidates(set, "It was red.\n\nblue", {.by_sentence = true}), IsEmpty());
}

TEST(PatternMatcherTest, BySentenceBordersSeeTheTextAround) {
  const PatternSet set = Compiled({{.name = "in", .type = "P", .regex = R"(\Bab)"},
                                   {.name = "at", .type = "Q", .regex = R"(\B@\w+\b)"}});
  std::vector<PatternMatch> matches;
  uint64_t work = 0;
  ASSERT_TRUE(set.Find("xab", {1, 3}, UINT64_MAX, work, matches).ok());
  EXPECT_EQ(matches.size(), 1U);
  EXPECT_THAT(Candidates(set, "It rained. @desk said so.", {.by_sentence = true}),
              ElementsAre("Q=@desk"));
}

TEST(PatternSetTest, NoPatternsFindNothing) {
  EXPECT_THAT(Found(PatternSet(), "text"), IsEmpty());
  EXPECT_EQ(PatternSet().size(), 0U);
}

TEST(PatternMatcherTest, CandidatesSayWhichPatternTheyAreOf) {
  const PatternSet set =
      Compiled({{.name = "part", .type = "PART", .regex = R"(XJ-\d+)", .confidence = 0.5}});
  const auto pipeline =
      Pipeline::Builder().Add(Tokenizer()).Add(PatternMatcher(set, {.rank = 3})).Build();
  Document document;
  ASSERT_TRUE(pipeline->Process("XJ-12", document).ok());
  const MentionCandidate& c = document.Get<MentionCandidate>()[0];
  EXPECT_EQ(c.id, "part");
  EXPECT_EQ(c.source, "pattern");
  EXPECT_EQ(c.type, EntityType::kOther);
  EXPECT_EQ(c.confidence, 0.5F);
  EXPECT_EQ(c.rank, 3);
}

struct CommonCase {
  const char* name;
  const char* text;
  std::vector<std::string> found;
};
class Common : public ::testing::TestWithParam<CommonCase> {};
TEST_P(Common, Pattern) {
  static const auto* const kSet = new PatternSet(Compiled(CommonPatterns()));
  EXPECT_EQ(Found(*kSet, GetParam().text), GetParam().found);
}
INSTANTIATE_TEST_SUITE_P(
    Texts, Common,
    ::testing::Values(
        CommonCase{"Url",
                   "see https://example.org/a_(b)?q=1. Or www.example.org, now",
                   {"url=https://example.org/a_(b)?q=1", "url=www.example.org"}},
        CommonCase{"Email",
                   "write to desk.one+x@news.example.org.",
                   {"email=desk.one+x@news.example.org"}},
        CommonCase{"Handle",
                   "by @reporter_1 (@desk) not me@example",
                   {"handle=@reporter_1", "handle=@desk"}},
        CommonCase{"PhoneInternational",
                   "call +44 20 7946 0018 or +1 (212) 555-0123",
                   {"phone=+44 20 7946 0018", "phone=+1 (212) 555-0123"}},
        CommonCase{"PhoneNorthAmerican",
                   "call 212-555-0123 or (212) 555-0123.",
                   {"phone=212-555-0123", "phone=(212) 555-0123"}},
        CommonCase{"NoPhone", "it rose +1 23 in 2019-2020, at 555-0123", {}},
        CommonCase{"Isin", "bonds US0378331005 and US0378331006", {"isin=US0378331005"}},
        CommonCase{"Iban",
                   "to GB82 WEST 1234 5698 7654 32 and DE89370400440532013000, not GB83 WEST 1234 "
                   "5698 7654 32",
                   {"iban=GB82 WEST 1234 5698 7654 32", "iban=DE89370400440532013000"}},
        CommonCase{"Flight",
                   "Flight MH370 and flight BA 117 and Flight 93",
                   {"flight=MH370", "flight=BA 117", "flight=93"}},
        CommonCase{"Coordinates",
                   "at 51°28′40″N 0°0′5″W and 51.4778, -0.0015 and 40.7° N, 74° W",
                   {"coordinates=51°28′40″N 0°0′5″W", "coordinates=51.4778, -0.0015",
                    "coordinates=40.7° N, 74° W"}},
        CommonCase{"Nothing", "In 2021, 40 people paid $1.50, 3.5 percent.", {}}),
    [](const auto& info) { return info.param.name; });

TEST(PatternMatcherTest, IllFormedUtf8IsNoMatchAndNoError) {
  const PatternSet set = Compiled({{.name = "a", .type = "A", .regex = "a.b"}});
  EXPECT_THAT(Found(set,
                    "a\xFF"
                    "b \xE2\x82 axb"),
              ElementsAre("a=axb"));
}

}  // namespace
}  // namespace nutgraf
