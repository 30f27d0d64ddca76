#include "nutgraf/english.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "nutgraf/json_writer.h"
#include "nutgraf/mention.h"
#include "nutgraf/quantity.h"
#include "nutgraf/sentence.h"
#include "nutgraf/token.h"
#include "tests/support/allocation_counter.h"
#include "tests/support/texts.h"

namespace nutgraf {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::string SampleArticle() {
  std::ifstream in(std::string(NUTGRAF_SOURCE_DIR) + "/data/sample/article.txt");
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(DefaultGazetteerTest, ImageIsWhole) {
  const Gazetteer g = english::DefaultGazetteer();
  EXPECT_TRUE(g.Verify().ok()) << g.Verify();
  EXPECT_GT(g.entry_count(), 5000U);
  EXPECT_THAT(std::string(english::Licence()), HasSubstr("Apache"));
  EXPECT_THAT(std::string(english::Licence()), HasSubstr("Unicode"));
}

TEST(DefaultGazetteerTest, AcronymAndFullNameShareAnId) {
  const Gazetteer g = english::DefaultGazetteer();
  const std::vector<std::pair<const char*, const char*>> pairs = {
      {"CSTO", "Collective Security Treaty Organization"},
      {"NATO", "North Atlantic Treaty Organization"},
      {"AFP", "Agence France-Presse"},
      {"IMF", "International Monetary Fund"},
      {"WHO", "World Health Organization"},
      {"UNHCR", "UN High Commissioner for Refugees"},
      {"US", "United States"},
      {"UK", "United Kingdom"}};
  for (const auto& [acronym, name] : pairs) {
    const auto a = g.Lookup(acronym);
    const auto b = g.Lookup(name);
    ASSERT_FALSE(a.empty()) << acronym;
    ASSERT_FALSE(b.empty()) << name;
    EXPECT_EQ(a[0].id, b[0].id) << acronym;
    EXPECT_FALSE(a[0].id.empty());
  }
}

TEST(DefaultGazetteerTest, HoldsAtLeastFourHundredOrganisations) {
  const Gazetteer g = english::DefaultGazetteer();
  size_t organisations = 0;
  for (uint32_t i = 0; i < g.entry_count(); ++i)
    organisations += g.entry(i).type == "ORGANIZATION" ? 1 : 0;
  EXPECT_GE(organisations, 400U);
}

class NewsPipelineTest : public ::testing::Test {
 protected:
  NewsPipelineTest() : pipeline_(*NewsPipeline()) {}

  std::string Json(std::string_view text) {
    Document document;
    EXPECT_TRUE(pipeline_.Process(text, document).ok());
    return Write(document);
  }
  static std::string Write(const Document& document) {
    JsonWriter writer;
    std::string json;
    writer.Append(document, json);
    return json;
  }

  Pipeline pipeline_;
};

TEST_F(NewsPipelineTest, FindsTheSampleArticlesNamesAndNumbers) {
  Document document;
  ASSERT_TRUE(pipeline_.Process(SampleArticle(), document).ok());
  std::set<std::string> names;
  for (const Mention& m : document.Get<Mention>()) {
    names.insert(std::string(Slice(document.text(), m.span)) + "=" + std::string(m.label));
  }
  for (const char* name : {"New Zealand=LOCATION", "Australian=NORP", "Canberra=LOCATION",
                           "Japan=LOCATION", "South Korea=LOCATION", "European Union=ORGANIZATION",
                           "Tokyo=LOCATION", "U.S.=LOCATION", "Busan=LOCATION"}) {
    EXPECT_THAT(names, Contains(name));
  }
  EXPECT_EQ(names.count("March=LOCATION"), 0U);
  std::vector<std::string> quantities;
  for (const Quantity& q : document.Get<Quantity>()) {
    quantities.emplace_back(Slice(document.text(), q.span));
  }
  for (const char* q :
       {"46", "$120 million", "2,300", "4 percent", "6.5 per cent", "one-third", "18,000 tonnes",
        "210", "half", "0.2 percentage points", "NZ$1.64", "first", "5,400"}) {
    EXPECT_THAT(quantities, Contains(q));
  }
}

TEST_F(NewsPipelineTest, SpansSliceBackAndStayInOrder) {
  std::mt19937_64 random(9);
  Document document;
  for (int round = 0; round < 3000; ++round) {
    std::string text = round % 2 == 0
                           ? testing::Mutate(random, SampleArticle(), 50)
                           : testing::RandomText(random, testing::AllPieces(), random() % 150);
    ASSERT_TRUE(pipeline_.Process(text, document).ok());
    ASSERT_EQ(document.text(), text);
    uint32_t previous = 0;
    for (const Mention& m : document.Get<Mention>()) {
      ASSERT_LE(previous, m.span.begin);
      ASSERT_LT(m.span.begin, m.span.end);
      ASSERT_LE(m.span.end, text.size());
      ASSERT_EQ(m.span.begin, document.Get<Token>()[m.tokens.begin].begin);
      ASSERT_EQ(m.span.end, document.Get<Token>()[m.tokens.end - 1].end);
      previous = m.span.end;
    }
    previous = 0;
    for (const Quantity& q : document.Get<Quantity>()) {
      ASSERT_LE(previous, q.span.begin);
      ASSERT_LT(q.span.begin, q.span.end);
      ASSERT_LE(q.span.end, text.size());
      for (const ByteSpan part : {q.modifier, q.counted, q.of}) {
        ASSERT_LE(part.begin, part.end);
        ASSERT_LE(part.end, text.size());
        ASSERT_TRUE(part.empty() || !part.Overlaps(q.span));
      }
      previous = q.span.end;
    }
  }
}

TEST_F(NewsPipelineTest, EmptyAndBlankTextsGiveNothing) {
  Document document;
  for (const char* text : {"", " ", "\n\n\t ", "\uFEFF", "\uFEFF \r\n"}) {
    ASSERT_TRUE(pipeline_.Process(text, document).ok());
    EXPECT_TRUE(document.Get<Token>().empty());
    EXPECT_TRUE(document.Get<Sentence>().empty());
    EXPECT_TRUE(document.Get<Mention>().empty());
    EXPECT_TRUE(document.Get<Quantity>().empty());
  }
}

TEST_F(NewsPipelineTest, LineEndsDoNotChangeWhatIsFound) {
  const std::string text = SampleArticle();
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  Document a;
  Document b;
  ASSERT_TRUE(pipeline_.Process(text, a).ok());
  ASSERT_TRUE(pipeline_.Process(crlf, b).ok());
  ASSERT_EQ(a.Get<Mention>().size(), b.Get<Mention>().size());
  ASSERT_EQ(a.Get<Quantity>().size(), b.Get<Quantity>().size());
  ASSERT_EQ(a.Get<Sentence>().size(), b.Get<Sentence>().size());
}

TEST_F(NewsPipelineTest, HtmlIsTreatedAsText) {
  Document document;
  ASSERT_TRUE(pipeline_.Process("<p>Troops left <b>Tonga</b> &amp; Samoa.</p>", document).ok());
  EXPECT_EQ(document.Get<Mention>().size(), 2U);
}

TEST_F(NewsPipelineTest, SixtyFourMebibytesAreOneDocument) {
  const std::string article = SampleArticle();
  std::string text;
  while (text.size() < (size_t{64} << 20)) text += article + "\n\n";
  Document document;
  ASSERT_TRUE(pipeline_.Process(text, document).ok());
  Document once;
  ASSERT_TRUE(pipeline_.Process(article + "\n\n", once).ok());
  const size_t copies = text.size() / (article.size() + 2);
  EXPECT_EQ(document.Get<Token>().size(), once.Get<Token>().size() * copies);
  EXPECT_EQ(document.Get<Sentence>().size(), once.Get<Sentence>().size() * copies);
  EXPECT_EQ(document.Get<Quantity>().size(), once.Get<Quantity>().size() * copies);
}

TEST_F(NewsPipelineTest, EightThreadsGiveTheSameBytesAsOne) {
  std::vector<std::string> texts = testing::SharedTexts("eval/mentions/ieer.jsonl");
  texts.push_back(SampleArticle());
  std::vector<std::string> expected;
  expected.reserve(texts.size());
  for (const std::string& text : texts) expected.push_back(Json(text));
  std::vector<std::thread> threads;
  threads.reserve(8);
  std::atomic<int> different{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      Document document;
      for (size_t i = 0; i < texts.size(); ++i) {
        if (!pipeline_.Process(texts[i], document).ok() || Write(document) != expected[i])
          ++different;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(different, 0);
}

TEST_F(NewsPipelineTest, WarmDocumentAllocatesNothing) {
  if (!testing::CountsAllocations()) GTEST_SKIP() << "sanitizers bring their own allocator";
  std::vector<std::string> texts = testing::SharedTexts("eval/mentions/ieer.jsonl");
  texts.push_back(SampleArticle());
  Document document;
  for (int warm = 0; warm < 2; ++warm) {
    for (const std::string& text : texts) ASSERT_TRUE(pipeline_.Process(text, document).ok());
  }
  const size_t before = testing::Allocations();
  for (const std::string& text : texts) ASSERT_TRUE(pipeline_.Process(text, document).ok());
  EXPECT_EQ(testing::Allocations() - before, 0U);
}

}  // namespace
}  // namespace nutgraf
