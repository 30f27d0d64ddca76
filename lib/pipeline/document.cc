#include "nutgraf/document.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "lib/text/block_tokenizer.h"

namespace nutgraf {

namespace {
// Zero bytes after the text, so that the tokenizer may load whole vectors.
constexpr size_t kPadding = internal::kTextPadding;
constexpr size_t kFirstBlock = 4096;
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
  blocks_ = std::exchange(other.blocks_, {});
  block_ = std::exchange(other.block_, 0);
  used_ = std::exchange(other.used_, 0);
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
  block_ = 0;
  used_ = 0;
}

void Document::set_id(std::string_view id) { id_ = id; }
void Document::set_date(std::string_view date) { date_ = date; }

std::string_view Document::Store(std::string_view string) {
  if (string.empty()) return {};
  while (block_ < blocks_.size() && blocks_[block_].size - used_ < string.size()) {
    ++block_;
    used_ = 0;
  }
  if (block_ == blocks_.size()) {
    const size_t size = std::max(string.size(), kFirstBlock << std::min<size_t>(block_, 10));
    blocks_.push_back(Block{std::unique_ptr<char[]>(new char[size]), size});
    used_ = 0;
  }
  char* const begin = blocks_[block_].bytes.get() + used_;
  std::memcpy(begin, string.data(), string.size());
  used_ += string.size();
  return std::string_view(begin, string.size());
}

void Document::Hold(const std::shared_ptr<const void>& data) {
  if (data != nullptr) held_.push_back(data);
}

}  // namespace nutgraf
