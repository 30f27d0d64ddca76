// JSON Lines: a document and what was found in it, as one line of JSON.
//
//   nutgraf::JsonWriter writer({.offsets = nutgraf::OffsetUnit::kCodePoints});
//   std::string out;
//   writer.Append(document, out);
//   // {"id":"a1","mentions":[{"begin":0,"end":4,"text":"Omsk",...}],"quantities":[]}
//
// docs/output.md describes the fields. The line is valid UTF-8 whatever the text is: ill-formed
// parts come out as U+FFFD, one each. It holds no line break of any kind but the one at its end:
// control characters, U+2028 and U+2029 are escaped.
//
// Threads: one thread at a time; a writer is cheap, have one a thread. Cost: linear in the text and
// its rows; a warm writer allocates nothing but what the caller's string needs. The output depends
// on the document and the options alone.

#ifndef NUTGRAF_JSON_WRITER_H_
#define NUTGRAF_JSON_WRITER_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "nutgraf/document.h"
#include "nutgraf/offsets.h"

namespace nutgraf {

/// The layers that a JsonWriter knows, in the order in which it writes them.
enum class JsonLayer : uint8_t { kSentences, kTokens, kMentions, kQuantities, kTimes };

/// A set of them.
class JsonLayers {
 public:
  /// The empty set.
  constexpr JsonLayers() = default;
  constexpr JsonLayers(std::initializer_list<JsonLayer> layers) {
    for (const JsonLayer layer : layers) bits_ |= Bit(layer);
  }

  /// What is written where nobody says otherwise: all layers but tokens and sentences.
  static constexpr JsonLayers Default() {
    return {JsonLayer::kMentions, JsonLayer::kQuantities, JsonLayer::kTimes};
  }
  /// All layers.
  static constexpr JsonLayers All() {
    return {JsonLayer::kSentences, JsonLayer::kTokens, JsonLayer::kMentions, JsonLayer::kQuantities,
            JsonLayer::kTimes};
  }

  /// The set that a list of names stands for: "mentions,quantities", with "default" and "all" for
  /// the sets above. InvalidArgument that names an unknown layer and lists those that there are.
  static absl::StatusOr<JsonLayers> Parse(std::string_view list);

  constexpr bool Has(JsonLayer layer) const { return (bits_ & Bit(layer)) != 0; }
  constexpr void Add(JsonLayers layers) { bits_ |= layers.bits_; }
  friend constexpr bool operator==(JsonLayers, JsonLayers) = default;

 private:
  static constexpr uint32_t Bit(JsonLayer layer) { return 1U << static_cast<uint32_t>(layer); }
  uint32_t bits_ = 0;
};

/// How to write.
struct JsonOptions {
  OffsetUnit offsets = OffsetUnit::kBytes;  ///< What "begin" and "end" count
  JsonLayers layers =
      JsonLayers::Default();  ///< A layer that no stage has written is left out as well
  bool trace = false;         ///< With "rule" in quantities and times: what made them
};

/// See the top of the file.
class JsonWriter {
 public:
  JsonWriter() = default;
  explicit JsonWriter(const JsonOptions& options) : options_(options) {}

  /// Appends the document as one line, with the line feed, to `out`. Spans that reach past the text
  /// are cut off there.
  void Append(const Document& document, std::string& out);

 private:
  JsonOptions options_;
  OffsetMap offsets_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_JSON_WRITER_H_
