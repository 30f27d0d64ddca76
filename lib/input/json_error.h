// Where a line stops being JSON: the parser says only that it does.

#ifndef NUTGRAF_LIB_INPUT_JSON_ERROR_H_
#define NUTGRAF_LIB_INPUT_JSON_ERROR_H_

#include <cstddef>
#include <string_view>

namespace nutgraf::internal {

struct JsonError {
  size_t byte;  // line.size() where the line ends too early; npos where no error was found
  std::string_view reason;  // "a string that does not end"
};

// The first error of the line as JSON text. Iterative: nesting costs a bit a level.
JsonError FindJsonError(std::string_view line);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_INPUT_JSON_ERROR_H_
