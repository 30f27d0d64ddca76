// Everything on any bytes: never fails, spans stay inside the text, and a second run gives the same
// JSON.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "nutgraf/document.h"
#include "nutgraf/english.h"
#include "nutgraf/json_writer.h"
#include "nutgraf/mention.h"
#include "nutgraf/quantity.h"
#include "nutgraf/time_expression.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto* const kPipeline = new nutgraf::Pipeline(*nutgraf::NewsPipeline());
  static auto* const kDocument = new nutgraf::Document;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string json[2];
  for (std::string& out : json) {
    // Half of the texts have a date that relative times refer to.
    const std::string_view date = size % 2 == 0 ? "2022-01-11T10:30:00" : "";
    if (!kPipeline->Process({.text = text, .id = {}, .date = date}, *kDocument).ok()) std::abort();
    for (const nutgraf::Mention& m : kDocument->Get<nutgraf::Mention>()) {
      if (m.span.begin >= m.span.end || m.span.end > size) std::abort();
    }
    for (const nutgraf::Quantity& q : kDocument->Get<nutgraf::Quantity>()) {
      if (q.span.begin >= q.span.end || q.span.end > size) std::abort();
    }
    for (const nutgraf::TimeExpression& t : kDocument->Get<nutgraf::TimeExpression>()) {
      if (t.span.begin >= t.span.end || t.span.end > size || t.value.empty()) std::abort();
      if (t.has_interval && !t.begin_open && !t.end_open && t.end <= t.begin) std::abort();
    }
    nutgraf::JsonWriter().Append(*kDocument, out);
  }
  if (json[0] != json[1]) std::abort();
  return 0;
}
