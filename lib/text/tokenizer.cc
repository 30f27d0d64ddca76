#include "nutgraf/tokenizer.h"

#include <string_view>

#include "absl/status/status.h"
#include "lib/text/block_tokenizer.h"
#include "lib/text/token_builder.h"

namespace nutgraf {

void Tokenize(std::string_view text, LayerRows<Token>& tokens) {
  internal::TokenSink sink(text, tokens);
  internal::TokenizeBlocks(text, /*padded=*/false, sink);
}

absl::Status Tokenizer::Run(Document& document) const {
  internal::TokenSink sink(document.text(), document.Rows<Token>());
  internal::TokenizeBlocks(document.text(), /*padded=*/true, sink);
  return absl::OkStatus();
}

}  // namespace nutgraf
