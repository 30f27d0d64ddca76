// Any text, with rows at made-up places: the line that is written is JSON, and every "begin" and
// "end" fits the text. The report of the same document commands no terminal.

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "nutgraf/document.h"
#include "nutgraf/json_writer.h"
#include "nutgraf/mention.h"
#include "nutgraf/quantity.h"
#include "nutgraf/sentence.h"
#include "nutgraf/text_report.h"
#include "nutgraf/tokenizer.h"

namespace {

void Check(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

// Numbers out of the input's first bytes, zeros after them.
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : bytes_(bytes) {}
  uint32_t Next() {
    if (bytes_.empty()) return 0;
    const auto number = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return number;
  }
  nutgraf::ByteSpan Span() {
    const uint32_t begin = Next() * 3;
    return {begin, begin + Next() % 32};
  }
  double Number() {
    char buffer[8] = {};
    for (char& c : buffer) c = static_cast<char>(Next());
    double number = 0;
    std::memcpy(&number, buffer, sizeof(number));
    return number;
  }

 private:
  std::string_view bytes_;
};

void CheckSpans(const simdjson::dom::element& root, const char* layer, uint64_t size) {
  simdjson::dom::array rows;
  Check(root[layer].get(rows) == simdjson::SUCCESS, "the layer is there");
  for (const simdjson::dom::element row : rows) {
    uint64_t begin = 0;
    uint64_t end = 0;
    Check(row["begin"].get(begin) == simdjson::SUCCESS && row["end"].get(end) == simdjson::SUCCESS,
          "a row has a place");
    Check(begin <= end && end <= size, "a row is inside the text");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t head = size < 64 ? size / 2 : 64;
  Numbers numbers(input.substr(0, head));
  const std::string_view text = input.substr(head);

  static auto* const document = new nutgraf::Document;
  document->Reset(text);
  document->set_id(text.substr(0, 20));
  document->set_date(text.substr(text.size() / 2, 5));
  nutgraf::Tokenize(document->text(), document->Rows<nutgraf::Token>());
  for (int i = 0; i < 3; ++i) {
    document->Rows<nutgraf::Sentence>().push_back({numbers.Span(), {0, 0}, 0});
    nutgraf::Mention mention = {};
    mention.span = numbers.Span();
    mention.type = static_cast<nutgraf::EntityType>(numbers.Next() % 9);
    mention.label = text.substr(0, numbers.Next());
    mention.name = text.substr(0, numbers.Next());
    mention.confidence = static_cast<float>(numbers.Next()) / 255.0F;
    document->Rows<nutgraf::Mention>().push_back(mention);
    nutgraf::Quantity quantity = {};
    quantity.span = numbers.Span();
    quantity.counted = numbers.Span();
    quantity.modifier = {quantity.span.end, quantity.span.begin};
    quantity.kind = static_cast<nutgraf::QuantityKind>(numbers.Next() % 9);
    quantity.bound = static_cast<nutgraf::QuantityBound>(numbers.Next() % 5);
    quantity.approximation = static_cast<nutgraf::Approximation>(numbers.Next() % 4);
    const uint32_t bits = numbers.Next();
    quantity.only = (bits & 1U) != 0;
    quantity.is_range = (bits & 2U) != 0;
    quantity.low_open = (bits & 4U) != 0;
    quantity.vague = (bits & 8U) != 0;
    quantity.anchor = static_cast<nutgraf::OrdinalAnchor>((bits >> 4U) % 3);
    quantity.value = quantity.low = quantity.high = numbers.Number();
    quantity.unit = text.substr(0, 3);
    document->Rows<nutgraf::Quantity>().push_back(quantity);
  }

  static auto* const parser = new simdjson::dom::parser;
  std::string out;
  for (const nutgraf::OffsetUnit unit :
       {nutgraf::OffsetUnit::kBytes, nutgraf::OffsetUnit::kCodePoints,
        nutgraf::OffsetUnit::kUtf16}) {
    out.clear();
    nutgraf::JsonWriter({.offsets = unit, .layers = nutgraf::JsonLayers::All()})
        .Append(*document, out);
    Check(out.find('\n') == out.size() - 1, "a document is one line");
    simdjson::dom::element root;
    Check(parser->parse(out).get(root) == simdjson::SUCCESS, "the line is JSON");
    const nutgraf::OffsetMap map(document->text(), unit);
    CheckSpans(root, "mentions", map.size());
    CheckSpans(root, "quantities", map.size());
  }
  out.clear();
  nutgraf::TextReport({.width = 40 + numbers.Next(), .show_text = true}).Append(*document, out);
  for (const char c : out) {
    const auto byte = static_cast<unsigned char>(c);
    Check(byte >= 0x20 || c == '\n' || c == '\t', "no control character");
    Check(byte != 0x7F, "no DEL");
  }
  Check(out.find("\u202E") == std::string::npos, "no character that turns the direction");
  return 0;
}
