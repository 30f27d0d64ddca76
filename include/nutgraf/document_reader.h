// Documents from files: plain text, one document a file, or JSON Lines, one a line.
//
//   nutgraf::DocumentReader reader({.format = nutgraf::InputFormat::kJsonLines});
//   reader.Open("news.jsonl");                               // "-" is standard input
//   for (nutgraf::InputDocument in;;) {
//     absl::StatusOr<bool> more = reader.Next(in);
//     if (!more.ok()) {
//       Report(more.status());  // this document is lost, the next may be fine
//     } else if (!*more) {
//       break;
//     } else {
//       Process({.text = in.text, .id = in.id, .date = in.date});
//     }
//   }
//
// A line is an object: {"id": "a1", "text": "It rained.", "date": "2022-01-11"}. `text` is a string
// and must be there; `id` may be a string or a number, `date` (or `ref`) a date as ValidateDate()
// wants it; all three but `text` may be absent or null, other fields are ignored; of a field that
// comes twice the last holds. Empty lines are skipped, lines may end in CRLF, a byte order mark
// before the first is skipped. Two lines with the same id are two documents.
//
// A plain text is taken as it is, byte for byte: a byte order mark, HTML tags or ill-formed UTF-8
// are part of it, so that offsets hold in the file. Its id is the path as given.
//
// Errors say `file:line: byte N: reason; what to do`. Threads: one thread at a time. Memory: the
// line or file at hand, within the limits of the options.

#ifndef NUTGRAF_DOCUMENT_READER_H_
#define NUTGRAF_DOCUMENT_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace nutgraf {

/// What a file holds.
enum class InputFormat : uint8_t { kText, kJsonLines };

/// How to read.
struct DocumentReaderOptions {
  InputFormat format = InputFormat::kText;
  size_t max_text_bytes = size_t{1} << 30;  ///< A plain text of more bytes is an error
  size_t max_line_bytes = size_t{1} << 30;  ///< A line of more bytes is an error; at most 2^32 - 65
};

/// One document as it was read. The strings keep their memory from one document to the next.
struct InputDocument {
  std::string text;
  std::string id;     ///< Empty where the line has none
  std::string date;   ///< Empty where the line has none
  uint64_t line = 0;  ///< In JSON Lines, from 1; 0 for a plain text
};

/// OK for an ISO 8601 date, "2022-01-11", also with a time, "2022-01-11T18:30" or
/// "2022-01-11T18:30:05". InvalidArgument for all else, also for a day that no calendar has.
absl::Status ValidateDate(std::string_view date);

/// See the top of the file. Movable, not copyable.
class DocumentReader {
 public:
  explicit DocumentReader(const DocumentReaderOptions& options);
  ~DocumentReader();
  DocumentReader(DocumentReader&&) noexcept;
  DocumentReader& operator=(DocumentReader&&) noexcept;

  /// Goes to the begin of the file; "-" is standard input. An error names the path and the system's
  /// reason; Next() then finds nothing.
  absl::Status Open(std::string_view path);

  /// Reads the next document: true, or false at the end of the file. After an error for one line
  /// reading goes on with the next; after one for the file there is nothing more. `document` is
  /// unspecified where the result is not true.
  absl::StatusOr<bool> Next(InputDocument& document);

  /// True where Next() has all it needs in memory: it will not wait for a slow writer at the other
  /// end of a pipe.
  bool Ready() const;

  /// Bytes read from the file so far.
  uint64_t bytes_read() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_DOCUMENT_READER_H_
