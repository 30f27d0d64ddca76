// A document: one text in flight with all that the stages of a pipeline find in it.
//
//   nutgraf::Document document;  // reuse it: the next text finds its memory warm
//   absl::Status status = pipeline.Process(article, document);
//   for (const nutgraf::Mention& m : document.Get<nutgraf::Mention>()) {
//     Use(nutgraf::Slice(document.text(), m.span));
//   }
//
// Threads: one thread at a time. Lifetime: the document owns its text, rows and strings, and keeps
// the data (gazetteers, models) alive that its rows point into, all until the next Reset() or its
// end. Cost: after the first texts a document of about the same size is processed without
// allocating.

#ifndef NUTGRAF_DOCUMENT_H_
#define NUTGRAF_DOCUMENT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "nutgraf/string_pool.h"

namespace nutgraf {

namespace internal {

// Leaves trivial rows uninitialised on resize(): a stage overwrites them at once.
template <class T>
class DefaultInitAllocator : public std::allocator<T> {
 public:
  template <class U>
  struct rebind {
    using other = DefaultInitAllocator<U>;
  };
  template <class U>
  void construct(U* p) noexcept(std::is_nothrow_default_constructible_v<U>) {
    ::new (static_cast<void*>(p)) U;
  }
  template <class U, class... Args>
  void construct(U* p, Args&&... args) {
    std::allocator_traits<std::allocator<T>>::construct(static_cast<std::allocator<T>&>(*this), p,
                                                        std::forward<Args>(args)...);
  }
};

// One address per type: the identity of a layer or of a stage's scratch.
template <class T>
struct TypeKey {
  static inline char tag = 0;
  static const void* Get() { return &tag; }
};

}  // namespace internal

/// The rows of a layer: a std::vector whose resize() leaves plain structs uninitialised.
template <class Row>
using LayerRows = std::vector<Row, internal::DefaultInitAllocator<Row>>;

/// See the top of the file. Movable, not copyable.
class Document {
 public:
  Document() = default;
  /// The document moved from is empty and may be used again.
  Document(Document&& other) noexcept { *this = std::move(other); }
  Document& operator=(Document&& other) noexcept;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  /// Forgets the previous text and all that was found in it, copies `text` and keeps the memory.
  /// Any bytes are a text: ill-formed UTF-8 and NUL bytes are kept, and no token crosses them.
  /// Requires text.size() < 2^32 - 128 (a pipeline checks its own limit first). Invalidates every
  /// view and span that came out of this document.
  void Reset(std::string_view text);

  /// The text as given, byte for byte.
  std::string_view text() const { return std::string_view(text_.data(), size_); }

  /// The caller's name of the document; free form, empty where unknown.
  std::string_view id() const { return id_; }
  void set_id(std::string_view id);

  /// The date (ISO 8601, "2022-01-11" or "2022-01-11T18:30:00") that relative times refer to; empty
  /// where unknown.
  std::string_view date() const { return date_; }
  void set_date(std::string_view date);

  /// The rows of a layer in the order in which they were written; empty where no stage has written
  /// any.
  template <class Row>
  absl::Span<const Row> Get() const {
    const auto* layer =
        static_cast<const TypedSlot<Row>*>(Find(layers_, internal::TypeKey<Row>::Get()));
    if (layer == nullptr) return {};
    return absl::Span<const Row>(layer->value.data(), layer->value.size());
  }

  /// True where a stage has written (perhaps no rows) to the layer since the last Reset().
  template <class Row>
  bool Has() const {
    const auto* layer = Find(layers_, internal::TypeKey<Row>::Get());
    return layer != nullptr && layer->written;
  }

  /// For stages: the rows of a layer, to append to.
  template <class Row>
  LayerRows<Row>& Rows() {
    static_assert(!std::string_view(Row::kLayerName).empty(), "a layer names itself");
    auto* slot = static_cast<TypedSlot<Row>*>(Find(layers_, internal::TypeKey<Row>::Get()));
    if (slot == nullptr) {
      layers_.push_back(std::make_unique<TypedSlot<Row>>());
      slot = static_cast<TypedSlot<Row>*>(layers_.back().get());
    }
    slot->written = true;
    return slot->value;
  }

  /// For stages: working memory of type T, one a type, default-constructed at first use and kept
  /// across Reset().
  template <class T>
  T& Scratch() {
    auto* slot = static_cast<ScratchSlot<T>*>(Find(scratch_, internal::TypeKey<T>::Get()));
    if (slot == nullptr) {
      scratch_.push_back(std::make_unique<ScratchSlot<T>>());
      slot = static_cast<ScratchSlot<T>*>(scratch_.back().get());
    }
    return slot->value;
  }

  /// For stages: a copy of `string` that lives until the next Reset(): a string that a stage makes
  /// up (an ISO date, a canonical name). The address stays the same when more strings are stored or
  /// the document is moved.
  std::string_view Store(std::string_view string) { return strings_.Store(string); }
  StringPool& strings() { return strings_; }

  /// For stages: keeps `data` alive until the next Reset(), since rows hold views into it.
  void Hold(const std::shared_ptr<const void>& data);

  /// Gives the memory back, as after construction. Of use after one text that was far larger than
  /// the others.
  void ReleaseMemory() { *this = Document(); }

 private:
  struct Slot {
    explicit Slot(const void* k) : key(k) {}
    virtual ~Slot() = default;
    virtual void Clear() {}
    const void* key;
    bool written = false;
  };
  template <class Row>
  struct TypedSlot final : Slot {
    TypedSlot() : Slot(internal::TypeKey<Row>::Get()) {}
    void Clear() override {
      value.clear();
      this->written = false;
    }
    LayerRows<Row> value;
  };
  template <class T>
  struct ScratchSlot final : Slot {
    ScratchSlot() : Slot(internal::TypeKey<T>::Get()) {}
    T value;
  };
  using Slots = std::vector<std::unique_ptr<Slot>>;

  static Slot* Find(const Slots& slots, const void* key) {
    for (const auto& slot : slots) {
      if (slot->key == key) return slot.get();
    }
    return nullptr;
  }

  std::vector<char, internal::DefaultInitAllocator<char>> text_ = {'\0'};
  size_t size_ = 0;
  std::string id_;
  std::string date_;
  Slots layers_;
  Slots scratch_;
  std::vector<std::shared_ptr<const void>> held_;

  StringPool strings_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_DOCUMENT_H_
