// What the readers of all training texts share.

#ifndef NUTGRAF_LIB_TAGGER_TRAIN_TEXT_H_
#define NUTGRAF_LIB_TAGGER_TRAIN_TEXT_H_

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/tagger/word_table.h"

namespace nutgraf::internal {

// Bytes where code points begin, and the end.
std::vector<uint32_t> CodePoints(std::string_view text);

// ASCII letters of that part.
void ChangeCase(std::string& text, size_t begin, size_t end, bool upper);

// Calls `read` with each line that is not empty; it returns what is wrong with it. The first error ends
// it: InvalidArgument that names source and line.
absl::Status ForEachJsonLine(std::string_view text, std::string_view source,
                             const std::function<std::string(const simdjson::dom::element&)>& read);

// Appends words and their clusters of 64, 256, 1024 and 4096: a line a word, tabs between.
absl::Status ReadWordClusters(std::string_view tsv, std::string_view source,
                              std::vector<std::pair<uint64_t, WordClasses>>& words);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_TRAIN_TEXT_H_
