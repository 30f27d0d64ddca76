#include "nutgraf/headed_name_matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {
namespace {

std::vector<std::string> Headed(std::string_view text) {
  GazetteerBuilder builder;
  for (const GazetteerEntry& entry : std::vector<GazetteerEntry>{
           {.name = "China", .type = "LOCATION"},
           {.name = "Iraq", .type = "LOCATION"},
           {.name = "Kent", .type = "LOCATION"},
           {.name = "Iranian", .type = "NORP"},
           {.name = "UNICEF", .type = "ORGANIZATION"},
           {.name = "President", .type = "TITLE"},
       }) {
    EXPECT_TRUE(builder.Add(entry).ok());
  }
  const auto pipeline = Pipeline::Builder()
                            .Add(Tokenizer())
                            .Add(SentenceSplitter())
                            .Add(GazetteerMatcher(*builder.Build()))
                            .Add(HeadedNameMatcher())
                            .Build();
  EXPECT_TRUE(pipeline.ok()) << pipeline.status();
  Document document;
  EXPECT_TRUE(pipeline->Process(text, document).ok());
  std::vector<std::string> out;
  for (const MentionCandidate& c : document.Get<MentionCandidate>()) {
    if (c.source != "headed_name") continue;
    out.push_back(std::string(Slice(text, c.span)) + "=" + std::string(c.label));
  }
  return out;
}

struct Case {
  const char* name;
  const char* text;
  std::vector<std::string> found;
};
class HeadedNames : public ::testing::TestWithParam<Case> {};
TEST_P(HeadedNames, AreFoundByTheirHead) { EXPECT_EQ(Headed(GetParam().text), GetParam().found); }
INSTANTIATE_TEST_SUITE_P(
    Runs, HeadedNames,
    ::testing::Values(
        Case{"StrongHead", "it was the Narvik Council that met", {"Narvik Council=ORGANIZATION"}},
        Case{"WeakHeadAfterAKnownName",
             "it was the China Energy that met",
             {"China Energy=ORGANIZATION"}},
        Case{"WeakHeadAlone", "it was the Narvik Energy that met", {}},
        Case{"LastHeadCounts",
             "the Kent County Police Department said",
             {"Kent County Police Department=ORGANIZATION"}},
        Case{"WordsAfterTheHeadAreLeft",
             "in Narvik County Blorg they said",
             {"Narvik County=LOCATION"}},
        Case{"Facility", "at Narvik Airport they said", {"Narvik Airport=FACILITY"}},
        Case{"Event", "during the Kent Games they said", {"Kent Games=EVENT"}},
        Case{"NationalityInTheName",
             "the Iranian National Council said",
             {"Iranian National Council=ORGANIZATION"}},
        Case{"AcronymIsNoPronoun", "the US Trade Council said", {"US Trade Council=ORGANIZATION"}},
        Case{"Of",
             "at the Ministry of Health and Welfare they said",
             {"Ministry of Health and Welfare=ORGANIZATION"}},
        Case{"OfThe",
             "from the Council of the Baltic they said",
             {"Council of the Baltic=ORGANIZATION"}},
        Case{"AndBeforeAnotherName",
             "by the Ministry of Health and UNICEF they said",
             {"Ministry of Health=ORGANIZATION"}},
        Case{"OfATitle", "from the Office of the President they said", {}},
        Case{"HeadAlone", "then the Council met and said so", {}},
        Case{"LowerCaseHead", "then the Narvik council met and said so", {}},
        Case{"Ampersand",
             "by the Narvik & Bodo Association they said",
             {"Narvik & Bodo Association=ORGANIZATION"}},
        Case{"Hyphen",
             "by the Narvik-Bodo Association they said",
             {"Narvik-Bodo Association=ORGANIZATION"}},
        Case{"OwnerOfATitleIsPartOfTheName",
             "he reads Reader's Digest, Kent’s Daily Digest and Britain's Patriot Act there",
             {"Reader's Digest=WORK", "Kent’s Daily Digest=WORK", "Patriot Act=WORK"}},
        Case{"PluralPossessiveIsPartOfTheName",
             "the Harbor Workers’ Union and the Harbor Workers' Union said",
             {"Harbor Workers’ Union=ORGANIZATION", "Harbor Workers' Union=ORGANIZATION"}},
        Case{"PossessiveOfAKnownNameIsNot",
             "saw the Iranian' Narvik Council today, they said",
             {"Narvik Council=ORGANIZATION"}},
        Case{"ShortSentenceIsNoHeadline",
             "The Narvik Council rose.",
             {"Narvik Council=ORGANIZATION"}},
        Case{"SentenceStartIsNoName", "The Council met there. But Council members said so.", {}},
        Case{"TitleEndsTheRun", "then Narvik President Council met and said so", {}},
        Case{"PossessiveEndsTheRun",
             "that Iraq's Narvik Council met and said so",
             {"Narvik Council=ORGANIZATION"}},
        Case{"HeadlineIsLeftAlone", "Narvik Council Meets Again Tonight", {}},
        Case{"LongRunIsNoName",
             "then Aa Bb Cc Dd Ee Ff Gg Hh Ii Jj Kk Ll Mm Nn Oo Pp Qq Rr Ss Tt Uu Vv Ww Xx Yy Zz "
             "Aa Bb Cc Dd Ee Ff Gg District Court met and they said so and they said so and they "
             "said so and they said so and they said so and they said so and they said so and they "
             "said so",
             {}},
        Case{"LineEndsTheRun", "they met in Narvik\nCouncil members said so", {}}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace nutgraf
