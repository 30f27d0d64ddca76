#include "nutgraf/string_pool.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace nutgraf {

namespace {
constexpr size_t kFirstBlock = 4096;
}  // namespace

StringPool& StringPool::operator=(StringPool&& other) noexcept {
  if (this == &other) return *this;
  blocks_ = std::exchange(other.blocks_, {});
  block_ = std::exchange(other.block_, 0);
  used_ = std::exchange(other.used_, 0);
  return *this;
}

std::string_view StringPool::Store(std::string_view string) {
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

void StringPool::Clear() {
  block_ = 0;
  used_ = 0;
}

}  // namespace nutgraf
