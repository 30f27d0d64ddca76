#include "nutgraf/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/block_tokenizer.h"
#include "lib/text/byte_masks.h"
#include "lib/text/hash.h"
#include "lib/text/scalar_tokenizer.h"
#include "lib/text/unicode.h"
#include "nutgraf/document.h"
#include "tests/support/reference_tokenizer.h"
#include "tests/support/texts.h"

namespace nutgraf {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

LayerRows<Token> Tokens(std::string_view text) {
  LayerRows<Token> tokens;
  Tokenize(text, tokens);
  return tokens;
}

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  for (const Token& token : Tokens(text)) words.emplace_back(Slice(text, token.span()));
  return words;
}

// "a | b" gives {"a", "b"}.
std::vector<std::string> Split(std::string_view joined) {
  std::vector<std::string> parts;
  if (joined.empty()) return parts;
  size_t begin = 0;
  while (true) {
    const size_t bar = joined.find(" | ", begin);
    parts.emplace_back(joined.substr(begin, bar == std::string_view::npos ? bar : bar - begin));
    if (bar == std::string_view::npos) return parts;
    begin = bar + 3;
  }
}

struct Case {
  const char* text;
  const char* tokens;
};

class TokenizerTable : public ::testing::TestWithParam<Case> {};

TEST_P(TokenizerTable, SplitsAsDocumented) {
  EXPECT_THAT(Words(GetParam().text), ElementsAreArray(Split(GetParam().tokens)));
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, TokenizerTable,
    ::testing::Values(Case{"2,500 troops", "2,500 | troops"},
                      Case{"rose 3.5 to 1.2.3", "rose | 3.5 | to | 1.2.3"},
                      Case{"$10,000.", "$ | 10,000 | ."}, Case{"US$3.2bn", "US | $ | 3.2bn"},
                      Case{"40%", "40 | %"}, Case{"hit .300 or $.50", "hit | .300 | or | $ | .50"},
                      Case{"1,2,x", "1,2 | , | x"}, Case{"2021-22", "2021 | - | 22"},
                      Case{"10:30 a.m.", "10 | : | 30 | a.m."}, Case{"9/11", "9 | / | 11"},
                      Case{"1'000'000 francs", "1'000'000 | francs"},
                      Case{"£5 and €3", "£ | 5 | and | € | 3"},
                      Case{"5km 75°F 3rd A380", "5km | 75 | ° | F | 3rd | A380"},
                      Case{"km² 2½", "km² | 2½"}, Case{"the 1990s' end", "the | 1990s | ' | end"},
                      Case{"1;2", "1 | ; | 2"}));

INSTANTIATE_TEST_SUITE_P(
    Clitics, TokenizerTable,
    ::testing::Values(Case{"it's", "it | 's"}, Case{"don't", "do | n't"},
                      Case{"can't won't", "ca | n't | wo | n't"},
                      Case{"Kazakhstan’s", "Kazakhstan | ’s"}, Case{"DON'T", "DO | N'T"},
                      Case{"we're I'm they'll", "we | 're | I | 'm | they | 'll"},
                      Case{"she'd've", "she | 'd | 've"},
                      Case{"O'Brien o'clock Sana'a", "O'Brien | o'clock | Sana'a"},
                      Case{"Côte d’Ivoire", "Côte | d’Ivoire"}, Case{"rock'n'roll", "rock'n'roll"},
                      Case{"the U.S.'s", "the | U.S. | 's"},
                      Case{"dogs' 'quoted'", "dogs | ' | ' | quoted | '"},
                      Case{"1990's", "1990 | 's"}, Case{"'s", "' | s"},
                      Case{"(NATO)'s", "( | NATO | ) | 's"}, Case{"n't", "n't"}));

INSTANTIATE_TEST_SUITE_P(
    Abbreviations, TokenizerTable,
    ::testing::Values(
        Case{"Mr. Smith", "Mr. | Smith"}, Case{"Sergei K. Shoigu", "Sergei | K. | Shoigu"},
        Case{"the U.S. The", "the | U.S. | The"}, Case{"at 5 p.m. on", "at | 5 | p.m. | on"},
        Case{"a Ph.D. in", "a | Ph.D. | in"}, Case{"J.K. Rowling", "J.K. | Rowling"},
        Case{"Gen.Smith", "Gen. | Smith"}, Case{"No. 5 but no.", "No. | 5 | but | no | ."},
        Case{"Jan. 5 and jan.", "Jan. | 5 | and | jan | ."}, Case{"went home.", "went | home | ."},
        Case{"region.The end", "region | . | The | end"}, Case{"bbc.co.uk.", "bbc.co.uk | ."},
        Case{"Acme Inc.", "Acme | Inc."}, Case{"U.S.-led", "U.S. | - | led"},
        Case{"etc...", "etc | ..."}, Case{"e.g. x", "e.g. | x"},
        Case{"at 75°F.", "at | 75 | ° | F | ."}));

INSTANTIATE_TEST_SUITE_P(
    Marks, TokenizerTable,
    ::testing::Values(Case{"Russian-led", "Russian | - | led"},
                      Case{"Kassym-Jomart", "Kassym | - | Jomart"},
                      Case{"wait... what", "wait | ... | what"},
                      Case{"so -- then", "so | -- | then"},
                      Case{"``Yes,'' he said", "`` | Yes | , | '' | he | said"},
                      Case{"“Yes,” he", "“ | Yes | , | ” | he"}, Case{"AT&T", "AT | & | T"},
                      Case{"and/or", "and | / | or"}, Case{"what?!", "what | ? | !"},
                      Case{"((x))", "( | ( | x | ) | )"}, Case{"first…", "first | …"}));

INSTANTIATE_TEST_SUITE_P(
    Addresses, TokenizerTable,
    ::testing::Values(
        Case{"see https://example.org/a?b=1, or", "see | https://example.org/a?b=1 | , | or"},
        Case{"(www.example.org).", "( | www.example.org | ) | ."},
        Case{"mail desk.one+x@example.co.uk.", "mail | desk.one+x@example.co.uk | ."},
        Case{"by @reporter_1: #Election2020 #1", "by | @reporter_1 | : | #Election2020 | # | 1"},
        Case{"a@b", "a | @ | b"}, Case{"http://", "http | : | / | /"},
        Case{"-x@y.org", "- | x@y.org"}));

INSTANTIATE_TEST_SUITE_P(
    Scripts, TokenizerTable,
    ::testing::Values(Case{"São Tomé", "São | Tomé"},
                      Case{"e\u0301te\u0301 \u0301", "e\u0301te\u0301 | \u0301"},
                      Case{"👩🏽‍💻 🇰🇿🇺🇸",
                           "👩🏽‍💻 | 🇰🇿 | 🇺🇸"},
                      Case{"我喜欢新闻", "我 | 喜欢 | 新闻"}, Case{"สวัสดีครับ", "สวัสดี | ครับ"},
                      Case{"مرحبا بالعالم", "مرحبا | بالعالم"}, Case{"צה\"ל", "צה\"ל"},
                      Case{"Kaz\u00ADakh\u200Bstan", "Kaz\u00ADakh\u200Bstan"},
                      Case{"a\u00A0b\u3000c", "a | b | c"}));

TEST(TokenizerTest, IllFormedBytesAndControlsGiveNoTokensAndSplitWords) {
  EXPECT_THAT(Words("ab\xFF"
                    "cd\xC3 ef\xED\xA0\x80gh"),
              ElementsAre("ab", "cd", "ef", "gh"));
  EXPECT_THAT(Words(std::string_view("a\0b\x01"
                                     "c\x7F"
                                     "d",
                                     7)),
              ElementsAre("a", "b", "c", "d"));
}

TEST(TokenizerTest, EmptyAndBlankTextsGiveNoTokens) {
  EXPECT_THAT(Words(""), IsEmpty());
  EXPECT_THAT(Words(" \t\r\n\v\f \u00A0\u3000"), IsEmpty());
  EXPECT_THAT(Words("\uFEFF"), IsEmpty());
  EXPECT_THAT(Words("\uFEFFHi"), ElementsAre("Hi"));
}

TEST(TokenizerTest, LineBitsTellLinesAndParagraphs) {
  const auto tokens = Tokens("a b\nc\n\nd\r\ne\r\n\r\nf \n \n g");
  const auto line = [&](size_t i) {
    return (tokens[i].Has(kAfterNewline) ? 1 : 0) + (tokens[i].Has(kAfterBlank) ? 1 : 0);
  };
  std::vector<int> lines;
  for (size_t i = 0; i < tokens.size(); ++i) lines.push_back(line(i));
  EXPECT_THAT(lines, ElementsAre(2, 0, 1, 2, 1, 2, 2));
}

TEST(TokenizerTest, HyphenBetweenWordsIsCompound) {
  const auto tokens = Tokens("Russian-led - 5-year x- U.S.-led -y");
  std::vector<bool> compound;
  for (const Token& t : tokens) {
    if (t.lead == '-') compound.push_back(t.Has(kCompound));
  }
  EXPECT_THAT(compound, ElementsAre(true, false, true, false, true, false));
}

TEST(TokenizerTest, ShapeBitsTellCase) {
  const auto tokens = Tokens("Kazakh NATO people iPhone I A380 U.S. 5km É éÉ");
  EXPECT_TRUE(tokens[0].IsCapitalized());
  EXPECT_TRUE(tokens[1].IsAllUpper());
  EXPECT_FALSE(tokens[2].Has(kUpperFirst | kUpperLater));
  EXPECT_EQ(tokens[3].bits & (kUpperFirst | kUpperLater | kLower), uint32_t{kUpperLater | kLower});
  EXPECT_TRUE(tokens[4].IsCapitalized());
  EXPECT_TRUE(tokens[5].Has(kDigit));
  EXPECT_TRUE(tokens[6].Has(kPeriod));
  EXPECT_TRUE(tokens[6].IsAllUpper());
  EXPECT_EQ(tokens[7].kind(), TokenKind::kNumber);
  EXPECT_TRUE(tokens[8].Has(kUpperFirst));
  EXPECT_TRUE(tokens[9].Has(kUpperLater));
}

TEST(TokenizerTest, FoldedHashIgnoresCaseDiacriticsPeriodsAndInvisibleCharacters) {
  const auto folded = [](std::string_view word) { return Tokens(word).at(0).folded; };
  EXPECT_EQ(folded("Tokayev"), internal::HashBytes("tokayev"));
  EXPECT_EQ(folded("U.S."), folded("us"));
  EXPECT_EQ(folded("Tomé"), folded("TOME"));
  EXPECT_EQ(folded("Łódź"), folded("lodz"));
  EXPECT_EQ(folded("Sana’a"), folded("SANA'A"));
  EXPECT_EQ(folded("Kaz\u00ADakh\u200Bstan"), folded("kazakhstan"));
  EXPECT_EQ(folded("straße"), folded("STRASSE"));
  EXPECT_NE(folded("Kazakh"), folded("Kazak"));
  EXPECT_NE(folded("3.5"), folded("35"));
}

TEST(TokenizerTest, ExactHashTellsCaseApart) {
  EXPECT_EQ(Tokens("Tokayev")[0].exact, internal::HashBytes("Tokayev"));
  EXPECT_NE(Tokens("Tokayev")[0].exact, Tokens("tokayev")[0].exact);
  EXPECT_EQ(Tokens("averyveryverylongwordindeed")[0].exact,
            internal::HashBytes("averyveryverylongwordindeed"));
}

TEST(TokenizerTest, HugeTokenIsOneToken) {
  const std::string text(1 << 20, 'x');
  EXPECT_EQ(Tokens(text).size(), 1U);
}

TEST(ByteMasksTest, SimdEqualsPortable) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 20000; ++round) {
    char bytes[65];
    for (char& c : bytes)
      c = round % 2 == 0 ? static_cast<char>(random()) : static_cast<char>(0x20 + random() % 0x60);
    if (round % 3 == 0) bytes[random() % 64 + 1] = bytes[random() % 64];
    const internal::ByteMasks portable = internal::ClassifyBlockPortable(bytes + 1);
    ASSERT_EQ(internal::ClassifyBlock(bytes + 1), portable);
#if defined(NUTGRAF_HAVE_AVX2)
    if (internal::HasKernel(internal::TokenizerKernel::kAvx2)) {
      ASSERT_EQ(internal::ClassifyBlockAvx2(bytes + 1), portable);
    }
    if (internal::HasKernel(internal::TokenizerKernel::kAvx512)) {
      ASSERT_EQ(internal::ClassifyBlockAvx512(bytes + 1), portable);
    }
#endif
  }
}

// The three paths and the reference on one text.
::testing::AssertionResult AllPathsAgree(const std::string& text) {
  const auto fail = [&](const char* path, size_t i) {
    const LayerRows<Token> tokens = Tokens(text);
    if (i < tokens.size()) {
      return ::testing::AssertionFailure()
             << path << " differs at token " << i << " '" << Slice(text, tokens[i].span())
             << "' at " << tokens[i].begin << " of " << ::testing::PrintToString(text);
    }
    return ::testing::AssertionFailure()
           << path << " differs at token " << i << " of " << ::testing::PrintToString(text);
  };
  LayerRows<Token> blocks = Tokens(text);
  LayerRows<Token> scalar;
  {
    internal::TokenSink sink(text, scalar);
    internal::TokenizeScalar(text, 0, static_cast<uint32_t>(text.size()), sink);
  }
  Document document;
  document.Reset(text);
  if (!Tokenizer().Run(document).ok()) return ::testing::AssertionFailure();
  const auto padded = document.Get<Token>();
  const std::vector<testing::ReferenceToken> reference = testing::ReferenceTokenize(text);
  for (size_t i = 0; i < reference.size(); ++i) {
    constexpr uint32_t kBits = kPeriod | kClitic | kGlued | kAfterNewline | kAfterBlank;
    if (i >= scalar.size() || scalar[i].begin != reference[i].begin ||
        scalar[i].end != reference[i].end ||
        static_cast<int>(scalar[i].kind()) != reference[i].kind ||
        (scalar[i].bits & kBits) != reference[i].bits ||
        scalar[i].folded != internal::HashBytes(reference[i].folded) ||
        scalar[i].exact != internal::HashBytes(Slice(text, scalar[i].span()))) {
      return fail("reference", i);
    }
  }
  if (scalar.size() != reference.size()) return fail("reference", reference.size());
  const auto same = [](const Token& a, const Token& b) {
    return a.begin == b.begin && a.end == b.end && a.bits == b.bits && a.lead == b.lead &&
           a.exact == b.exact && a.folded == b.folded;
  };
  for (size_t i = 0; i < scalar.size(); ++i) {
    if (i >= blocks.size() || !same(blocks[i], scalar[i])) return fail("blocks", i);
    if (i >= padded.size() || !same(padded[i], scalar[i])) return fail("padded blocks", i);
  }
  if (blocks.size() != scalar.size() || padded.size() != scalar.size())
    return fail("blocks", scalar.size());
  using internal::TokenizerKernel;
  for (const TokenizerKernel kernel :
       {TokenizerKernel::kBaseline, TokenizerKernel::kAvx2, TokenizerKernel::kAvx512}) {
    if (!internal::HasKernel(kernel)) continue;
    LayerRows<Token> tokens;
    {
      internal::TokenSink sink(text, tokens);
      internal::TokenizeBlocks(text, /*padded=*/false, sink, kernel);
    }
    for (size_t i = 0; i < scalar.size(); ++i) {
      if (i >= tokens.size() || !same(tokens[i], scalar[i])) return fail("kernel", i);
    }
    if (tokens.size() != scalar.size()) return fail("kernel", scalar.size());
  }
  return ::testing::AssertionSuccess();
}

TEST(TokenizerPropertyTest, AllPathsAgreeOnRandomAscii) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 30000; ++round) {
    ASSERT_TRUE(AllPathsAgree(testing::RandomText(random, testing::AsciiPieces(), random() % 120)));
  }
}

TEST(TokenizerPropertyTest, AllPathsAgreeOnRandomUnicodeAndIllFormedBytes) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 10000; ++round) {
    ASSERT_TRUE(AllPathsAgree(testing::RandomText(random, testing::AllPieces(), random() % 80)));
  }
}

TEST(TokenizerPropertyTest, AllPathsAgreeOnRandomBytes) {
  std::mt19937_64 random(4);
  for (int round = 0; round < 3000; ++round) {
    std::string text(random() % 200, ' ');
    for (char& c : text) c = static_cast<char>(random());
    ASSERT_TRUE(AllPathsAgree(text));
  }
}

TEST(TokenizerPropertyTest, AllPathsAgreeOnSharedTexts) {
  const std::vector<std::string> texts = testing::SharedTexts("");
  if (texts.empty()) GTEST_SKIP() << "no shared texts at " << NUTGRAF_SHARED_DIR;
  std::mt19937_64 random(5);
  size_t i = 0;
  for (const std::string& text : texts) {
    ASSERT_TRUE(AllPathsAgree(text));
    if (++i % 8 == 0) {
      ASSERT_TRUE(AllPathsAgree(testing::Mutate(random, text, 20)));
    }
  }
}

TEST(TokenizerPropertyTest, TokensAreInOrderAndCrossNoSeparator) {
  std::mt19937_64 random(6);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = testing::RandomText(random, testing::AllPieces(), 60);
    uint32_t previous = 0;
    for (const Token& token : Tokens(text)) {
      ASSERT_LE(previous, token.begin);
      ASSERT_LT(token.begin, token.end);
      previous = token.end;
      for (size_t i = token.begin; i < token.end;) {
        const internal::DecodedChar c = internal::DecodeUtf8(text, i);
        ASSERT_NE(internal::InfoOf(c.code_point).char_class(), internal::CharClass::kSeparator);
        i += c.size;
      }
    }
    ASSERT_LE(previous, text.size());
  }
}

// WordBreakTest.txt of the Unicode version that the tables pin. Boundaries between two characters
// that are no separators must be those of UAX #29, but for the deviations of docs/tokenizer.md.
TEST(TokenizerUnicodeTest, FollowsWordBreakTestButForTheDocumentedDeviations) {
  std::ifstream in("/usr/share/unicode/auxiliary/WordBreakTest.txt");
  if (!in) GTEST_SKIP() << "Debian's package unicode-data is not installed";
  int cases = 0;
  std::vector<std::string> unexpected;
  int deviations = 0;
  for (std::string line; std::getline(in, line);) {
    line = line.substr(0, line.find('#'));
    std::istringstream fields(line);
    std::string text;
    std::vector<uint32_t> points;
    std::vector<bool> expected;  // a boundary before character i
    std::vector<uint32_t> starts;
    for (std::string field; fields >> field;) {
      if (field == "÷" || field == "×") {
        expected.push_back(field == "÷");
        continue;
      }
      char buffer[4];
      const auto cp = static_cast<uint32_t>(std::stoul(field, nullptr, 16));
      starts.push_back(static_cast<uint32_t>(text.size()));
      text.append(buffer, internal::EncodeUtf8(cp, buffer));
      points.push_back(cp);
    }
    if (points.empty()) continue;
    ++cases;
    std::vector<bool> boundary(text.size() + 1, false);
    std::vector<bool> inside(text.size() + 1, false);
    for (const Token& t : Tokens(text)) {
      boundary[t.begin] = boundary[t.end] = true;
      for (uint32_t i = t.begin; i < t.end; ++i) inside[i] = true;
    }
    for (size_t i = 1; i < points.size(); ++i) {
      // Separators and lone invisible characters give no tokens: nothing to compare there.
      if (!inside[starts[i]] || !inside[starts[i] - 1]) continue;
      if (boundary[starts[i]] == expected[i]) continue;
      // The characters on both sides, past marks that attach.
      const auto extend = [](uint32_t cp) {
        const internal::CharClass c = internal::InfoOf(cp).char_class();
        return c == internal::CharClass::kExtend || c == internal::CharClass::kFormat ||
               c == internal::CharClass::kZwj;
      };
      size_t left = i - 1;
      while (left > 0 && extend(points[left])) --left;
      const auto is = [&](uint32_t a) { return points[i] == a || points[left] == a; };
      const auto dictionary = [](uint32_t cp) {
        return internal::InfoOf(cp).char_class() == internal::CharClass::kDictionary;
      };
      const bool colon = is(0x3A);      // ':' never joins
      const bool semicolon = is(0x3B);  // ';' never joins
      const bool script =
          dictionary(points[i]) || dictionary(points[left]);  // ICU's dictionary decides
      const bool period = is(0x2E);                           // ".5", "A." (an initial)
      const bool repeat = points[i] == points[left] && points[i] < 0x80;  // "''"
      const bool joiner =
          points[i - 1] == 0x200D && !dictionary(points[left]);  // a letter, a joiner, a pictograph
      if (colon || semicolon || script || period || repeat || joiner) {
        ++deviations;
      } else {
        unexpected.push_back(line);
      }
    }
  }
  EXPECT_GT(cases, 1800);
  EXPECT_THAT(unexpected, IsEmpty());
  RecordProperty("deviations", deviations);
}

}  // namespace
}  // namespace nutgraf
