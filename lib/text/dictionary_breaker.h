// Words of scripts that put no spaces between them (Chinese, Japanese, Thai, Lao, Khmer, Burmese):
// ICU's dictionaries.

#ifndef NUTGRAF_LIB_TEXT_DICTIONARY_BREAKER_H_
#define NUTGRAF_LIB_TEXT_DICTIONARY_BREAKER_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace nutgraf::internal {

// Appends to `ends` the end of each word of `run`, as byte offsets in it, in order; the last one is
// run.size(). `run` is well-formed UTF-8. Where ICU has no dictionary (or fails) each character is
// a word. Long runs are cut into pieces of bounded size, so that time and memory stay linear.
void BreakDictionaryRun(std::string_view run, std::vector<uint32_t>& ends);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_DICTIONARY_BREAKER_H_
