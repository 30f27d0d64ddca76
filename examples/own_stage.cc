// Adds a layer and a stage of your own: acronyms that a text puts in brackets.
//
//   build/release/bin/nutgraf-own-stage
//
// Prints the rows of the new layer, and what Build() says of a composition that cannot work:
//
//   18..22 CSTO
//   46..50 IAEA
//   FAILED_PRECONDITION: stage 1 'acronym_finder' requires layer 'tokens', which no earlier stage
//   provides; layers there: none; stage 2 'tokenizer' provides it too late: add it before

#include <cstddef>
#include <iostream>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "nutgraf/document.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/span.h"
#include "nutgraf/token.h"
#include "nutgraf/tokenizer.h"

namespace {

// A layer is a struct that names itself.
struct Acronym {
  static constexpr std::string_view kLayerName = "acronyms";
  nutgraf::ByteSpan span;
};

// A stage is a copyable type that says what it needs and gives. No base class, no registration.
class AcronymFinder {
 public:
  static constexpr std::string_view kName = "acronym_finder";
  using Requires = nutgraf::Layers<nutgraf::Token>;
  using Provides = nutgraf::Layers<Acronym>;

  // Const, and called by many threads at once, each with a document of its own.
  absl::Status Run(nutgraf::Document& document) const {
    const absl::Span<const nutgraf::Token> tokens = document.Get<nutgraf::Token>();
    nutgraf::LayerRows<Acronym>& acronyms = document.Rows<Acronym>();
    for (size_t i = 0; i + 2 < tokens.size(); ++i) {
      // The bits were computed by the tokenizer: no look at the text is needed.
      if (tokens[i].lead == '(' && tokens[i + 1].IsAllUpper() && tokens[i + 2].lead == ')') {
        acronyms.push_back({tokens[i + 1].span()});
      }
    }
    return absl::OkStatus();
  }
};

absl::Status Run(std::string_view text) {
  const absl::StatusOr<nutgraf::Pipeline> pipeline =
      nutgraf::Pipeline::Builder().Add(nutgraf::Tokenizer()).Add(AcronymFinder()).Build();
  if (!pipeline.ok()) return pipeline.status();
  nutgraf::Document document;
  if (absl::Status status = pipeline->Process(text, document); !status.ok()) return status;
  for (const Acronym& acronym : document.Get<Acronym>()) {
    std::cout << acronym.span.begin << ".." << acronym.span.end << " "
              << nutgraf::Slice(text, acronym.span) << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

int main() {
  const absl::Status status = Run("The alliance’s (CSTO) envoy met the agency (IAEA) (twice).");
  if (!status.ok()) {
    std::cerr << status << "\n";
    return 1;
  }
  // The wrong order is an error of Build(), not of the first text.
  const absl::StatusOr<nutgraf::Pipeline> wrong =
      nutgraf::Pipeline::Builder().Add(AcronymFinder()).Add(nutgraf::Tokenizer()).Build();
  std::cout << wrong.status() << "\n";
  return wrong.ok() ? 1 : 0;
}
