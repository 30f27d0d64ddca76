#include "nutgraf/document_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "lib/input/json_error.h"
#include "lib/text/string_view.h"
#include "tests/support/texts.h"

namespace nutgraf {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class DocumentReaderTest : public ::testing::Test {
 protected:
  DocumentReaderTest() : folder_(std::filesystem::temp_directory_path() / Name()) {
    std::filesystem::create_directories(folder_);
  }
  ~DocumentReaderTest() override { std::filesystem::remove_all(folder_); }

  static std::string Name() {
    const ::testing::TestInfo* const info = ::testing::UnitTest::GetInstance()->current_test_info();
    return std::string("nutgraf-") + info->name() + "-" + std::to_string(getpid());
  }
  std::string File(std::string_view content, const std::string& name = "in") {
    std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  // Each document as "line id|date|text", each error without the path's folder.
  std::vector<std::string> Read(std::string_view content, DocumentReaderOptions options = {
                                                              .format = InputFormat::kJsonLines}) {
    DocumentReader reader(options);
    const std::string path = File(content);
    std::vector<std::string> found;
    if (const absl::Status status = reader.Open(path); !status.ok()) {
      found.emplace_back(internal::Std(status.message()));
    }
    InputDocument document;
    for (;;) {
      const absl::StatusOr<bool> more = reader.Next(document);
      if (!more.ok()) {
        std::string message(internal::Std(more.status().message()));
        EXPECT_THAT(message, StartsWith(path));
        found.push_back(message.substr(folder_.string().size() + 1));
      } else if (*more) {
        found.push_back(std::to_string(document.line) + " " + document.id + "|" + document.date +
                        "|" + document.text);
      } else {
        return found;
      }
    }
  }

  std::filesystem::path folder_;
};

TEST_F(DocumentReaderTest, ReadsLines) {
  EXPECT_THAT(
      Read("{\"id\": \"a1\", \"text\": \"It rained.\", \"date\": \"2022-01-11\"}\n"
           "{\"text\": \"caf\\u00e9 \\ud83d\\ude00 \\u0000.\", \"ref\": \"2022-01-11T18:30:00\", "
           "\"id\": 7, \"x\": [{}]}\n"
           "{\"text\": \"\", \"id\": null, \"date\": null}\n"),
      ElementsAre("1 a1|2022-01-11|It rained.",
                  std::string("2 7|2022-01-11T18:30:00|café 😀 ") + std::string(1, '\0') + ".",
                  "3 ||"));
}

TEST_F(DocumentReaderTest, IdsMayBeNumbersAndComeTwice) {
  EXPECT_THAT(Read(R"({"id": -3, "text": "a"}
{"id": 18446744073709551615, "text": "b"}
{"id": 1.5, "text": "c"}
{"id": "x", "text": "d"}
{"id": "x", "text": "e"})"),
              ElementsAre("1 -3||a", "2 18446744073709551615||b", "3 1.5||c", "4 x||d", "5 x||e"));
}

TEST_F(DocumentReaderTest, TheLastOfAFieldHoldsAndDateGoesBeforeRef) {
  EXPECT_THAT(Read(R"({"text": "a", "text": "b", "ref": "2020-01-01", "date": "2021-01-01"})"),
              ElementsAre("1 |2021-01-01|b"));
}

TEST_F(DocumentReaderTest, EmptyLinesByteOrderMarkAndCrlf) {
  EXPECT_THAT(
      Read("\xEF\xBB\xBF{\"text\": \"a\"}\r\n\r\n \t\n{\"text\": \"b\"}\r\n\n{\"text\": \"c\"}"),
      ElementsAre("1 ||a", "4 ||b", "6 ||c"));
  EXPECT_THAT(Read("\xEF\xBB\xBF\n{\"text\": \"a\"}\n"), ElementsAre("2 ||a"));
  EXPECT_THAT(Read(""), ElementsAre());
  EXPECT_THAT(Read("\n\n"), ElementsAre());
  EXPECT_THAT(Read("\xEF\xBB\xBF"), ElementsAre());
}

TEST_F(DocumentReaderTest, BadLinesAreReportedAndTheOthersRead) {
  const std::vector<std::string> found = Read(
      "{\"text\": \"a\"}\n"
      "{\"text\": \"b\"\n"
      "[1]\n"
      "{\"id\": \"x\"}\n"
      "{\"text\": 5}\n"
      "{\"text\": \"c\", \"id\": true}\n"
      "{\"text\": \"d\", \"date\": \"yesterday\"}\n"
      "{\"text\": \"e\", \"date\": 2022}\n"
      "{\"text\": \"\xFF\"}\n"
      "{\"text\": \"\\ud83d\"}\n"
      "{\"text\": \"f\"} x\n"
      "{\"text\": \"\x01\"}\n"
      "{\"text\": \"z\"}\n");
  EXPECT_THAT(
      found,
      ElementsAre("1 ||a", StartsWith("in:2: byte 13: the line ends too early; "),
                  StartsWith("in:3: byte 1: not an object; "),
                  StartsWith("in:4: no field \"text\"; "),
                  StartsWith("in:5: \"text\" is not a string; "),
                  StartsWith("in:6: \"id\" is neither a string nor a number; "),
                  StartsWith("in:7: date 'yesterday' is not of the form YYYY-MM-DD"),
                  StartsWith("in:8: the date is not a string; "),
                  StartsWith("in:9: byte 11: not UTF-8; JSON must be UTF-8; convert"),
                  StartsWith("in:10: byte 11: half of a surrogate pair; "),
                  StartsWith("in:11: byte 15: text after the end of the object; "),
                  StartsWith("in:12: byte 11: a control character in a string; "), "13 ||z"));
}

TEST_F(DocumentReaderTest, LinesThatTheParserTakesForTooDeep) {
  const std::string deep(5000, '[');
  EXPECT_THAT(
      Read("{\"text\": \"a\", \"x\": " + deep + std::string(5000, ']') + "}\n{\"text\": \"b\"}\n"),
      ElementsAre(StartsWith("in:1: not JSON that can be read ("), "2 ||b"));
}

TEST_F(DocumentReaderTest, EnormousLines) {
  const DocumentReaderOptions options{.format = InputFormat::kJsonLines, .max_line_bytes = 1000};
  const std::string long_line(1001, 'x');
  EXPECT_THAT(Read("{\"text\": \"a\"}\n" + long_line + "\n{\"text\": \"b\"}\n", options),
              ElementsAre("1 ||a",
                          "in:2: line of 1001 bytes is over the limit of 1000 bytes; split the "
                          "document, or raise the limit",
                          "3 ||b"));
  const std::string enormous(3000000, 'x');
  EXPECT_THAT(Read(enormous + "\n{\"text\": \"b\"}", options),
              ElementsAre(StartsWith("in:1: line of 3000000 bytes is over the limit"), "2 ||b"));
  EXPECT_THAT(Read(enormous, options), ElementsAre(StartsWith("in:1: line of 3000000 bytes")));
  // Within the limit, but longer than what is read at once, and longer than what is kept.
  for (const size_t size : {300000U, 1000000U, 20000000U}) {
    const std::string text(size, 'x');
    EXPECT_THAT(Read("{\"text\": \"a\"}\n{\"text\": \"" + text +
                     "\"}\n{\"text\": \"b\"}\n{\"text\": \"c\"}"),
                ElementsAre("1 ||a", "2 ||" + text, "3 ||b", "4 ||c"));
  }
}

// Lines of all lengths round the size of a read.
TEST_F(DocumentReaderTest, LinesAcrossReads) {
  std::mt19937_64 random(3);
  std::string content;
  std::vector<std::string> expected;
  for (uint64_t line = 1; content.size() < 3000000; ++line) {
    const std::string text(random() % 3 == 0 ? random() % 100000 : random() % 300, 'x');
    content += "{\"text\":\"" + text + "\"}\n";
    expected.push_back(std::to_string(line) + " ||" + text);
  }
  EXPECT_EQ(Read(content), expected);
}

TEST_F(DocumentReaderTest, PlainText) {
  const std::string text("\xEF\xBB\xBF One\r\n\xFF\0two {}\n", 18);
  DocumentReader reader({});
  const std::string path = File(text);
  ASSERT_TRUE(reader.Open(path).ok());
  InputDocument document;
  ASSERT_TRUE(*reader.Next(document));
  EXPECT_EQ(document.text, text) << "byte for byte, so that offsets hold in the file";
  EXPECT_EQ(document.id, path);
  EXPECT_EQ(document.line, 0U);
  EXPECT_EQ(reader.bytes_read(), text.size());
  EXPECT_FALSE(*reader.Next(document));
  ASSERT_TRUE(reader.Open(File("", "empty")).ok());
  ASSERT_TRUE(*reader.Next(document));
  EXPECT_EQ(document.text, "");
  EXPECT_FALSE(*reader.Next(document));
}

TEST_F(DocumentReaderTest, PlainTextOverTheLimit) {
  EXPECT_THAT(
      Read("12345", {.max_text_bytes = 4}),
      ElementsAre("in: text is over the limit of 4 bytes; split the file, or raise the limit"));
  EXPECT_THAT(Read("1234", {.max_text_bytes = 4}), ElementsAre(HasSubstr("||1234")));
}

TEST_F(DocumentReaderTest, FilesThatCannotBeRead) {
  DocumentReader reader({});
  const std::string missing = folder_ / "missing";
  const absl::Status status = reader.Open(missing);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(internal::Std(status.message()),
            missing + ": cannot open the file: No such file or directory");
  InputDocument document;
  EXPECT_FALSE(*reader.Next(document));

  const absl::Status directory = reader.Open(folder_.string());
  EXPECT_EQ(internal::Std(directory.message()),
            folder_.string() + ": is a directory; name the files in it");

  EXPECT_FALSE(reader.Open(std::string_view("a\0b", 3)).ok());

  if (geteuid() != 0) {
    const std::string path = File("x");
    std::filesystem::permissions(path, std::filesystem::perms::none);
    EXPECT_EQ(reader.Open(path).code(), absl::StatusCode::kPermissionDenied);
  }
  // The reader is as good as new.
  ASSERT_TRUE(reader.Open(File("text", "good")).ok());
  EXPECT_TRUE(*reader.Next(document));
}

TEST(ValidateDateTest, TakesIsoDates) {
  for (const std::string_view date :
       {"2022-01-11", "2024-02-29", "2022-01-11T18:30", "2022-01-11T23:59:59"}) {
    EXPECT_TRUE(ValidateDate(date).ok()) << date;
  }
  for (const std::string_view date :
       {"", "2022", "2022-1-1", "2022-13-01", "2022-00-10", "2023-02-29", "2022-01-11T24:00",
        "2022-01-11T10:60", "2022-01-11T10:00:60", "2022-01-11 10:00", "2022-01-11T10",
        "2022-01-11Z", "2022-01-11\n", "11.1.2022"}) {
    EXPECT_FALSE(ValidateDate(date).ok()) << date;
  }
}

TEST(FindJsonErrorTest, NamesPlaceAndReason) {
  struct Case {
    std::string_view line;
    size_t byte;
    std::string_view reason;
  };
  for (const Case& c :
       {Case{"{\"a\": 1, \"b\": [true, null, -1.5e3, \"\\n\"]}", std::string_view::npos, ""},
        Case{"{}", std::string_view::npos, ""}, Case{"[[], {}]", std::string_view::npos, ""},
        Case{"", 0, "the line ends too early"},
        Case{"{a: 1}", 1, "a field's name in double quotes is missing"},
        Case{"{\"a\" 1}", 5, "':' is missing"},
        Case{"{\"a\": 1 \"b\"}", 8, "',' or '}' is missing"},
        Case{"[1 2]", 3, "',' or ']' is missing"}, Case{"{\"a\": 'b'}", 6, "not a JSON value"},
        Case{"{\"a\": \"b}", 6, "a string that does not end"},
        Case{"[\"\\x\"]", 2, "no such escape"},
        Case{"[\"\\u12g4\"]", 2, "\\u without four hexadecimal digits"},
        Case{"[01]", 3, "a number with a leading zero"},
        Case{"[1.]", 3, "a number without digits after its point"},
        Case{"[1,]", 3, "not a JSON value"},
        Case{"{\"a\":1,}", 7, "a field's name in double quotes is missing"},
        Case{"[truex]", 1, "not a JSON value"},
        Case{"{} {}", 3, "text after the end of the object"}}) {
    const internal::JsonError error = internal::FindJsonError(c.line);
    EXPECT_EQ(error.byte, c.byte) << c.line;
    EXPECT_EQ(error.reason, c.reason) << c.line;
  }
}

// It finds an error exactly where the parser does.
TEST(FindJsonErrorTest, AgreesWithTheParser) {
  std::mt19937_64 random(17);
  simdjson::dom::parser parser;
  const std::vector<std::string> pieces = {"{",    "}",      "[",         "]",
                                           ",",    ":",      "\"a\"",     "\"",
                                           "1",    "-0.5",   "e+3",       "0",
                                           "true", "false",  "null",      "\"\\n\"",
                                           "\\u",  "00e9",   " ",         "\\ud83d\\ude00",
                                           ".",    "\"a\":", "{\"a\":1}", "[1,2]",
                                           "\xFF", "é"};
  for (int round = 0; round < 200000; ++round) {
    const std::string line = testing::RandomText(random, pieces, 1 + random() % 7);
    simdjson::dom::element root;
    const bool good = parser.parse(line).get(root) == simdjson::SUCCESS;
    ASSERT_EQ(internal::FindJsonError(line).byte == std::string_view::npos, good) << line;
  }
}

}  // namespace
}  // namespace nutgraf
