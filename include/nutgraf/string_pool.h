// StringPool: strings that a stage makes up (an ISO date, a canonical name), at addresses that stay.
//
//   nutgraf::StringPool strings;
//   std::string_view kept = strings.Store(made_up);  // until Clear()
//
// Threads: one thread at a time. Cost: memory is kept across Clear(); the same strings are then stored
// again without allocating.

#ifndef NUTGRAF_STRING_POOL_H_
#define NUTGRAF_STRING_POOL_H_

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace nutgraf {

/// See the top of the file. Movable, not copyable.
class StringPool {
 public:
  StringPool() = default;
  StringPool(StringPool&& other) noexcept { *this = std::move(other); }
  StringPool& operator=(StringPool&& other) noexcept;
  StringPool(const StringPool&) = delete;
  StringPool& operator=(const StringPool&) = delete;

  /// A copy of `string` that lives until the next Clear() or the pool's end, also when more strings
  /// are stored or the pool is moved.
  std::string_view Store(std::string_view string);

  /// Room for a string of that size, to be written before it is read: Store() without the copy.
  char* Reserve(size_t size);

  /// Forgets all strings and keeps the memory.
  void Clear();

 private:
  // Blocks that double in size.
  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t size;
  };
  std::vector<Block> blocks_;
  size_t block_ = 0;
  size_t used_ = 0;
};

}  // namespace nutgraf

#endif  // NUTGRAF_STRING_POOL_H_
