#include "nutgraf/document.h"

#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "lib/text/block_tokenizer.h"

namespace nutgraf {

namespace {
// Zero bytes after the text, so that the tokenizer may load whole vectors.
constexpr size_t kPadding = internal::kTextPadding;
}  // namespace

Document& Document::operator=(Document&& other) noexcept {
  if (this == &other) return *this;
  text_ = std::exchange(other.text_, {});
  size_ = std::exchange(other.size_, 0);
  id_ = std::exchange(other.id_, {});
  date_ = std::exchange(other.date_, {});
  layers_ = std::exchange(other.layers_, {});
  scratch_ = std::exchange(other.scratch_, {});
  held_ = std::exchange(other.held_, {});
  strings_ = std::move(other.strings_);
  return *this;
}

void Document::Reset(std::string_view text) {
  text_.resize(text.size() + kPadding);
  if (!text.empty()) std::memcpy(text_.data(), text.data(), text.size());
  std::memset(text_.data() + text.size(), 0, kPadding);
  size_ = text.size();
  id_.clear();
  date_.clear();
  for (const auto& layer : layers_) layer->Clear();
  held_.clear();
  strings_.Clear();
}

void Document::set_id(std::string_view id) { id_ = id; }
void Document::set_date(std::string_view date) { date_ = date; }

void Document::Hold(const std::shared_ptr<const void>& data) {
  if (data != nullptr) held_.push_back(data);
}

}  // namespace nutgraf
