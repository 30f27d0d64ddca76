// Texts made to be slow: time grows with the length, whatever the text is.

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <string_view>

#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "tests/support/allocation_counter.h"

namespace nutgraf {
namespace {

struct Family {
  const char* name;
  const char* piece;  // repeated
};

class HostileTest : public ::testing::TestWithParam<Family> {};

std::string Repeat(std::string_view piece, size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

// Best of a few runs.
double Seconds(const Pipeline& pipeline, const std::string& text, Document& document) {
  double best = 1e9;
  for (int i = 0; i < 4; ++i) {
    const std::clock_t begin = std::clock();  // processor time: the machine may be busy
    EXPECT_TRUE(pipeline.Process(text, document).ok());
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

// Of the shorter text. Sanitizers make everything many times slower: less of it is enough there.
size_t Bytes(size_t bytes) { return testing::CountsAllocations() ? bytes : bytes / 8; }

TEST_P(HostileTest, TimeGrowsWithTheLength) {
  const Pipeline pipeline = *NewsPipeline();
  Document document;
  const size_t bytes = Bytes(size_t{1} << 17);
  ASSERT_TRUE(pipeline.Process(Repeat(GetParam().piece, 8 * bytes), document).ok());  // warm
  const double once = Seconds(pipeline, Repeat(GetParam().piece, bytes), document);
  const double eight = Seconds(pipeline, Repeat(GetParam().piece, 8 * bytes), document);
  // A quadratic stage would need 64 times as long. The machine may be busy: 8 becomes 24 at the
  // most.
  EXPECT_LT(eight, 24 * once + 0.005)
      << once << " s, then " << eight << " s for eight times the text";
}

// Half of the text of one kind, half of another: what a stage collects in the first is looked at in the second.
TEST(HostileTest, MarksThenNames) {
  const Pipeline pipeline = *NewsPipeline();
  Document document;
  const auto text = [](size_t bytes) {
    return Repeat("( ", bytes / 2) + Repeat("May ", bytes / 2);
  };
  const size_t half = Bytes(size_t{1} << 16);
  ASSERT_TRUE(pipeline.Process(text(8 * half), document).ok());
  const double once = Seconds(pipeline, text(half), document);
  const double eight = Seconds(pipeline, text(8 * half), document);
  EXPECT_LT(eight, 24 * once + 0.005);
}

INSTANTIATE_TEST_SUITE_P(
    Families, HostileTest,
    ::testing::Values(
        Family{"LonePersons", "Sign up for Brandt and Kovac today. Tom Wills met Eva Hill.\n"},
        Family{"TimeOnesCommas", "1,"}, Family{"TimeOneHundred", "one hundred "},
        Family{"TimeNines", "9/9/"}, Family{"TimeMayMarch", "may march "},
        Family{"TimeMonths", "May "}, Family{"TimeWeekdays", "Monday "},
        Family{"TimeLastOf", "the last week of "}, Family{"TimeEndOf", "the end of "},
        Family{"TimeRanges", "from 3 to "}, Family{"TimeClocks", "5:30 "},
        Family{"TimeAmounts", "2 days "}, Family{"TimeBefores", "the day before "},
        Family{"TimeEvery", "every "}, Family{"TimeEarly", "early "}, Family{"TimeDashes", "2010-"},
        Family{"TimeDecades", "'80s "}, Family{"TimeArticles", "a few "},
        Family{"TimeQuarterTo", "a quarter to "}, Family{"TimeBetween", "between 1 and "},
        Family{"TimePastVerbs", "walked on Monday "},
        Family{"TimeLongClause", "wordy on Monday and "}, Family{"ColonWords", "a:"},
        Family{"Brackets", "("}, Family{"Exclamations", "!"}, Family{"Mixed", "?!"},
        Family{"Quotes", "\""}, Family{"CurlyQuotes", "“”"}, Family{"Periods", "."},
        Family{"SpacedPeriods", ". "}, Family{"DigitsDots", "1."}, Family{"DigitsCommas", "1,"},
        Family{"OneWord", "x"}, Family{"OneUpperWord", "X"}, Family{"Mister", "Mr. "},
        Family{"Acronyms", "U.S."}, Family{"Apostrophes", "a'"}, Family{"Hyphens", "a-"},
        Family{"At", "a@"}, Family{"Email", "a@b.cc"}, Family{"Url", "http://a"},
        Family{"Www", "www."}, Family{"Hash", "#"}, Family{"Tags", "#1"},
        Family{"Underscores", "_"}, Family{"Newlines", "\n"}, Family{"Lines", "a\n"},
        Family{"ShortLines", "A b\n"}, Family{"Marks", "a\u0301"}, Family{"OnlyMarks", "\u0301"},
        Family{"DotMarks", "a.\u0301"}, Family{"Joiners", "👩\u200D"}, Family{"Flags", "🇰"},
        Family{"Han", "漢"}, Family{"Thai", "ก"}, Family{"IllFormed", "\xFF"},
        Family{"Names", "New York "}, Family{"NamePrefixes", "United "}, Family{"Capitals", "The "},
        Family{"Heads", "x Acme Council "}, Family{"WeakHeads", "x Group Energy "},
        Family{"Councils", "Council of Acme and "}, Family{"Possessives", "Workers' "},
        Family{"LegalForms", "Inc. "}, Family{"Companies", "Apple, Inc., "},
        Family{"Commas", "Paris, "}, Family{"Titles", "President Brown "},
        Family{"Numbers", "one hundred "}, Family{"DigitWords", "1 million "},
        Family{"Money", "$1 "}, Family{"Ranges", "1-2 to 3 "}, Family{"Modifiers", "more than "},
        Family{"ModifiedNumbers", "at least 5 "}, Family{"Slashes", "9/9"},
        Family{"Months", "may march "}, Family{"Halves", "half a "}, Family{"Percent", "5% of "},
        Family{"NumberLists", "1, "}, Family{"SharedUnits", "1, 2 and "},
        Family{"SpacedNumbers", "1 2 3 "}, Family{"Ands", "one hundred and "},
        Family{"Vague", "a few "}, Family{"Compounds", "5 ft 2 in "}, Family{"Ratios", "1 in 5 "},
        Family{"FromTo", "from 1 to 2 to "}, Family{"Changes", "rose 5 percent "},
        Family{"Tolerances", "1 ± "}, Family{"Bounds", "at least 5 and at most "},
        Family{"Chains", "1-2-"}, Family{"Rates", "$1 a share "}, Family{"Codes", "USD1 "},
        Family{"Nbsp", "a\u00A0"}, Family{"SoftHyphens", "a\u00AD"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace nutgraf
