// Tokenizer: from UTF-8 bytes to tokens.
//
//   nutgraf::LayerRows<nutgraf::Token> tokens;
//   nutgraf::Tokenize("Mr. Tokayev said 2,500 Russian-led troops won't leave.", tokens);
//   // Mr. | Tokayev | said | 2,500 | Russian | - | led | troops | wo | n't | leave | .
//
// The base is UAX #29 (Unicode text segmentation, word boundaries) of Unicode 15.0;
// docs/tokenizer.md lists what news needs on top: numbers, abbreviations, clitics, URLs, e-mail
// addresses. White space gives no tokens; neither do control characters and ill-formed UTF-8, and
// no token crosses them.
//
// Cost: linear, whatever the text is. Threads: everything here is const or a free function, safe
// from any thread. The tokens of a text depend on nothing but its bytes and this library's version
// (and, for scripts without spaces between words, on the dictionary of the ICU that it is linked
// with).

#ifndef NUTGRAF_TOKENIZER_H_
#define NUTGRAF_TOKENIZER_H_

#include <string_view>

#include "absl/status/status.h"
#include "nutgraf/document.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/token.h"

namespace nutgraf {

/// Appends the tokens of `text` to `tokens`. Requires text.size() < 2^32 - 128.
void Tokenize(std::string_view text, LayerRows<Token>& tokens);

/// The stage: text to the Token layer.
class Tokenizer {
 public:
  static constexpr std::string_view kName = "tokenizer";
  using Requires = Layers<>;
  using Provides = Layers<Token>;

  absl::Status Run(Document& document) const;
};

}  // namespace nutgraf

#endif  // NUTGRAF_TOKENIZER_H_
