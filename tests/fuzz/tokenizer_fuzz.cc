// The tokenizer and the sentence splitter on any bytes: all paths agree, tokens are in order,
// sentences cover them.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lib/text/block_tokenizer.h"
#include "lib/text/scalar_tokenizer.h"
#include "nutgraf/document.h"
#include "nutgraf/sentence_splitter.h"
#include "nutgraf/tokenizer.h"

namespace {

void Check(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  nutgraf::LayerRows<nutgraf::Token> blocks;
  nutgraf::Tokenize(text, blocks);
  nutgraf::LayerRows<nutgraf::Token> scalar;
  {
    nutgraf::internal::TokenSink sink(text, scalar);
    nutgraf::internal::TokenizeScalar(text, 0, static_cast<uint32_t>(size), sink);
  }
  nutgraf::Document document;
  document.Reset(text);
  Check(nutgraf::Tokenizer().Run(document).ok());
  Check(nutgraf::SentenceSplitter().Run(document).ok());
  const auto padded = document.Get<nutgraf::Token>();
  Check(blocks.size() == scalar.size() && padded.size() == scalar.size());
  uint32_t previous = 0;
  for (size_t i = 0; i < scalar.size(); ++i) {
    for (const nutgraf::Token& t : {blocks[i], padded[i]}) {
      Check(t.begin == scalar[i].begin && t.end == scalar[i].end && t.bits == scalar[i].bits &&
            t.lead == scalar[i].lead && t.exact == scalar[i].exact && t.folded == scalar[i].folded);
    }
    Check(previous <= scalar[i].begin && scalar[i].begin < scalar[i].end && scalar[i].end <= size);
    previous = scalar[i].end;
  }
  uint32_t next = 0;
  for (const nutgraf::Sentence& s : document.Get<nutgraf::Sentence>()) {
    Check(s.tokens.begin == next && s.tokens.begin < s.tokens.end);
    next = s.tokens.end;
  }
  Check(next == scalar.size());
  return 0;
}
