// A pipeline: stages in order, checked when it is built, then immutable and shared by all threads.
//
//   absl::StatusOr<nutgraf::Pipeline> pipeline = nutgraf::Pipeline::Builder()
//       .Add(nutgraf::Tokenizer()).Add(nutgraf::SentenceSplitter()).Build();
//   if (!pipeline.ok()) return pipeline.status();  // names the stage and the layer that it lacks
//   nutgraf::Document document;
//   absl::Status status = pipeline->Process("It rained.", document);
//
// A stage is any copyable type with
//
//   static constexpr std::string_view kName = "word_counter";
//   using Requires = nutgraf::Layers<nutgraf::Token>;  // an earlier stage must have written these
//   using Provides = nutgraf::Layers<WordCount>;       // it appends to these
//   using Uses = nutgraf::Layers<nutgraf::Quantity>;   // optional: read where present, and then
//                                                      // provided earlier
//   // Const and thread-safe; fails on limits, never on the text.
//   absl::Status Run(nutgraf::Document& document) const;
//
// and a layer is any struct with `static constexpr std::string_view kLayerName` (see
// examples/own_stage.cc).
//
// Threads: Process() is const and safe on any number of threads, one Document each. Hot swap: build
// a new pipeline and exchange a std::shared_ptr<const Pipeline>.

#ifndef NUTGRAF_PIPELINE_H_
#define NUTGRAF_PIPELINE_H_

#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/document.h"

namespace nutgraf {

/// A list of layers, for a stage's Requires, Provides and Uses.
template <class... Rows>
struct Layers {};

/// What a stage is. See the top of the file.
template <class S>
concept Stage = std::copy_constructible<S> && requires(const S& stage, Document& document) {
  { S::kName } -> std::convertible_to<std::string_view>;
  typename S::Requires;
  typename S::Provides;
  { stage.Run(document) } -> std::same_as<absl::Status>;
};

/// A text with what is known about it.
struct DocumentInput {
  std::string_view text;
  std::string_view id = {};    ///< See Document::id()
  std::string_view date = {};  ///< See Document::date()
};

/// See the top of the file. A cheap handle: copies share the stages.
class Pipeline {
 public:
  class Builder;

  /// The largest text that a pipeline takes where its builder does not say otherwise: 256 MiB.
  static constexpr size_t kDefaultMaxTextBytes = size_t{256} << 20;
  /// The largest limit that a builder takes: offsets are 32-bit.
  static constexpr size_t kLargestMaxTextBytes = (size_t{1} << 32) - 129;

  /// Resets `document` to `text` and runs all stages on it. The views of `input` must not be part of
  /// `document`. InvalidArgument where the text is over
  /// the limit (the document is then empty); otherwise the first error of a stage, with the stage's
  /// name (rows so far are kept).
  absl::Status Process(std::string_view text, Document& document) const {
    return Process(DocumentInput{.text = text}, document);
  }
  absl::Status Process(const DocumentInput& input, Document& document) const;

  /// The stages' names, in order.
  std::vector<std::string_view> StageNames() const;

 private:
  struct ErasedStage {
    explicit ErasedStage(std::string_view n) : name(n) {}
    virtual ~ErasedStage() = default;
    virtual absl::Status Run(Document& document) const = 0;
    std::string_view name;
  };
  template <Stage S>
  struct TypedStage final : ErasedStage {
    explicit TypedStage(S s) : ErasedStage(S::kName), stage(std::move(s)) {}
    absl::Status Run(Document& document) const override { return stage.Run(document); }
    S stage;
  };

  std::vector<std::shared_ptr<const ErasedStage>> stages_;
  size_t max_text_bytes_ = kDefaultMaxTextBytes;
};

/// Collects stages; Build() checks that they fit together.
class Pipeline::Builder {
 public:
  /// Appends a stage.
  template <Stage S>
  Builder& Add(S stage) {
    Declared declared{.name = S::kName};
    List(typename S::Requires{}, declared.required);
    List(typename S::Provides{}, declared.provided);
    if constexpr (requires { typename S::Uses; }) List(typename S::Uses{}, declared.used);
    declared_.push_back(std::move(declared));
    pipeline_.stages_.push_back(std::make_shared<const TypedStage<S>>(std::move(stage)));
    return *this;
  }

  /// Texts of more bytes are an error in Process(). At most Pipeline::kLargestMaxTextBytes.
  Builder& SetMaxTextBytes(size_t bytes) {
    pipeline_.max_text_bytes_ = bytes;
    return *this;
  }

  /// The pipeline, or FailedPrecondition that names the stage, the layer that it lacks (or that two
  /// stages provide), what is there, and where a later stage would provide it.
  absl::StatusOr<Pipeline> Build() const;

 private:
  struct Layer {
    const void* key;
    std::string_view name;
    bool one_provider;
  };
  struct Declared {
    std::string_view name;
    std::vector<Layer> required = {};
    std::vector<Layer> provided = {};
    std::vector<Layer> used = {};
  };

  template <class Row>
  static Layer Describe() {
    bool one_provider = false;
    if constexpr (requires { Row::kOneProvider; }) one_provider = Row::kOneProvider;
    return Layer{internal::TypeKey<Row>::Get(), Row::kLayerName, one_provider};
  }
  template <class... Rows>
  static void List(Layers<Rows...> /*layers*/, std::vector<Layer>& out) {
    (out.push_back(Describe<Rows>()), ...);
  }

  Pipeline pipeline_;
  std::vector<Declared> declared_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_PIPELINE_H_
