// The rules of docs/tokenizer.md once more, in the slowest and most obvious way: the whole text as
// a list of characters, one function a rule. Only tests use it; it shares the Unicode tables with
// the library, and no code.

#ifndef NUTGRAF_TESTS_SUPPORT_REFERENCE_TOKENIZER_H_
#define NUTGRAF_TESTS_SUPPORT_REFERENCE_TOKENIZER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nutgraf::testing {

struct ReferenceToken {
  uint32_t begin;
  uint32_t end;
  int kind;       // as TokenKind
  uint32_t bits;  // kPeriod, kClitic, kGlued, kAfterNewline, kAfterBlank
  std::string folded;
};

std::vector<ReferenceToken> ReferenceTokenize(std::string_view text);

}  // namespace nutgraf::testing

#endif  // NUTGRAF_TESTS_SUPPORT_REFERENCE_TOKENIZER_H_
