// Any bytes as JSON Lines: each line is a document or an error, the lines of both are in order, and
// the error finder agrees with the parser.

#include <simdjson.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lib/input/json_error.h"
#include "nutgraf/document_reader.h"

namespace {

void Check(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

void CheckErrorFinder(std::string_view line) {
  // Newer versions of simdjson skip a byte order mark by themselves.
  if (line.empty() || line.substr(0, 3) == "\xEF\xBB\xBF") return;
  static auto* const parser = new simdjson::dom::parser;
  simdjson::dom::element root;
  const simdjson::error_code error = parser->parse(line.data(), line.size()).get(root);
  const bool found = nutgraf::internal::FindJsonError(line).byte != std::string_view::npos;
  if (error == simdjson::SUCCESS) Check(!found, "the parser found no error");
  // What is about form; other errors are about size, and newer versions have more of them.
  constexpr simdjson::error_code kForm[] = {
      simdjson::TAPE_ERROR,   simdjson::STRING_ERROR,    simdjson::T_ATOM_ERROR,
      simdjson::F_ATOM_ERROR, simdjson::N_ATOM_ERROR,    simdjson::UTF8_ERROR,
      simdjson::EMPTY,        simdjson::UNESCAPED_CHARS, simdjson::UNCLOSED_STRING};
  for (const simdjson::error_code form : kForm) {
    if (error == form) Check(found, "the parser found an error");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string* const path =
      new std::string("/tmp/nutgraf-reader-fuzz-" + std::to_string(getpid()));
  std::FILE* const file = std::fopen(path->c_str(), "wb");
  if (file == nullptr) return 0;
  const bool written = std::fwrite(data, 1, size, file) == size || size == 0;
  if (std::fclose(file) != 0 || !written) return 0;

  const std::string_view content(reinterpret_cast<const char*>(data), size);
  for (const nutgraf::InputFormat format :
       {nutgraf::InputFormat::kText, nutgraf::InputFormat::kJsonLines}) {
    nutgraf::DocumentReader reader({.format = format, .max_line_bytes = 4096});
    const absl::Status status = reader.Open(*path);
    Check(status.ok(), "the file can be opened");
    nutgraf::InputDocument document;
    uint64_t documents = 0;
    uint64_t errors = 0;
    uint64_t line = 0;
    for (;;) {
      const absl::StatusOr<bool> more = reader.Next(document);
      if (!more.ok()) {
        ++errors;
        Check(!more.status().message().empty(), "an error says what it is");
        continue;
      }
      if (!*more) break;
      ++documents;
      if (format == nutgraf::InputFormat::kText) {
        Check(document.text == content, "a text is the bytes of its file");
      } else {
        Check(document.line > line, "lines come in order");
        line = document.line;
      }
    }
    Check(reader.bytes_read() == size, "all is read");
    if (format == nutgraf::InputFormat::kText)
      Check(documents == 1 && errors == 0, "a file is one text");
    if (format == nutgraf::InputFormat::kJsonLines)
      Check(documents + errors <= size, "a line gives one document or error");
  }
  std::remove(path->c_str());
  CheckErrorFinder(content.substr(0, content.find('\n')));
  return 0;
}
