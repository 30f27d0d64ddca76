#include "tests/support/allocation_counter.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<size_t> allocations{0};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kCounts = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kCounts = false;
#else
#define NUTGRAF_COUNTS 1
constexpr bool kCounts = true;
#endif
#else
#define NUTGRAF_COUNTS 1
constexpr bool kCounts = true;
#endif

}  // namespace

#if defined(NUTGRAF_COUNTS)
void* operator new(size_t size) {
  ++allocations;
  if (void* p = std::malloc(size > 0 ? size : 1)) return p;
  throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, size_t /*size*/) noexcept { std::free(p); }
#endif

namespace nutgraf::testing {

bool CountsAllocations() { return kCounts; }
size_t Allocations() { return allocations; }

}  // namespace nutgraf::testing
