// A document for people: who, which organisations, where and how many, as text for a terminal.
//
//   nutgraf::TextReport report({.color = true, .width = 100});
//   std::string out;
//   report.Append(document, out);
//
//   article.txt  5,812 bytes, 930 words, 41 sentences, 63 names, 12 quantities
//
//   Where
//     Kazakhstan    9  Kazakhstan Says Russian Troops Will Start Leaving This Week
//
// Whatever the document holds, the report commands no terminal: control characters and those that
// turn the reading direction are shown by pictures and numbers (␛, [U+202E]).
//
// Threads: one thread at a time. Cost: n log n in the rows of the document. The output depends on
// the document and the options alone.

#ifndef NUTGRAF_TEXT_REPORT_H_
#define NUTGRAF_TEXT_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/document.h"

namespace nutgraf {

/// How a report looks.
struct TextReportOptions {
  bool color = false;      ///< ANSI colours
  uint32_t width = 100;    ///< Columns of a line, at least 40
  uint32_t max_rows = 25;  ///< Rows a section, the rest is counted; 0 for all
  bool show_text = false;  ///< The whole text at the end, with what was found in it marked
};

/// See the top of the file.
class TextReport {
 public:
  TextReport() : TextReport(TextReportOptions()) {}
  explicit TextReport(const TextReportOptions& options);

  /// Appends the report of the document to `out`. Spans that reach past the text are cut off there.
  void Append(const Document& document, std::string& out);

 private:
  // One name: the mentions with one key.
  struct Row {
    std::string_view key;
    uint32_t section;
    uint32_t mention;  // the first
    uint32_t count;
    bool is_id;
  };

  void AppendTitle(const Document& document, std::string& out) const;
  void AppendNames(const Document& document, std::string& out);
  void AppendQuantities(const Document& document, std::string& out) const;
  void AppendTimes(const Document& document, std::string& out) const;
  void AppendText(const Document& document, std::string& out) const;
  void AppendHeading(std::string_view heading, std::string& out) const;
  void AppendMore(size_t rows, std::string& out) const;
  size_t Shown(size_t rows) const;

  TextReportOptions options_;
  std::vector<Row> rows_;
};

/// Appends `text` with nothing in it that a terminal would obey, on one line: for messages that
/// quote what is not trusted.
void AppendPrintable(std::string_view text, std::string& out);

}  // namespace nutgraf

#endif  // NUTGRAF_TEXT_REPORT_H_
