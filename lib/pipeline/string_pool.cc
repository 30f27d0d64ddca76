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
  char* const begin = Reserve(string.size());
  std::memcpy(begin, string.data(), string.size());
  return std::string_view(begin, string.size());
}

char* StringPool::Reserve(size_t size) {
  while (block_ < blocks_.size() && blocks_[block_].size - used_ < size) {
    ++block_;
    used_ = 0;
  }
  if (block_ == blocks_.size()) {
    const size_t block_size = std::max(size, kFirstBlock << std::min<size_t>(block_, 10));
    blocks_.push_back(Block{std::unique_ptr<char[]>(new char[block_size]), block_size});
    used_ = 0;
  }
  char* const begin = blocks_[block_].bytes.get() + used_;
  used_ += size;
  return begin;
}

void StringPool::Clear() {
  block_ = 0;
  used_ = 0;
}

}  // namespace nutgraf
