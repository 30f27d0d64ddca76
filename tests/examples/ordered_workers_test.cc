#include "examples/ordered_workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Number {
  size_t in = 0;
  size_t out = 0;
  size_t size = 1;
  size_t bytes() const { return size; }
};

TEST(OrderedWorkersTest, KeepsTheOrder) {
  for (const size_t threads : {1U, 2U, 8U}) {
    size_t next = 0;
    std::vector<size_t> written;
    OrderedWorkers<Number>({.threads = threads})
        .Run(
            [&](Number& n) {
              n.in = next;
              return next++ < 5000;
            },
            [](Number& n, size_t thread) {
              if (n.in % 97 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
              n.out = 2 * n.in + 0 * thread;
            },
            [&](Number& n) {
              written.push_back(n.out);
              return true;
            });
    ASSERT_EQ(written.size(), 5000U);
    for (size_t i = 0; i < written.size(); ++i) ASSERT_EQ(written[i], 2 * i);
  }
}

TEST(OrderedWorkersTest, NothingToRead) {
  OrderedWorkers<Number>({.threads = 4})
      .Run([](Number&) { return false; }, [](Number&, size_t) { FAIL(); },
           [](Number&) -> bool {
             ADD_FAILURE();
             return true;
           });
}

TEST(OrderedWorkersTest, BoundsWhatIsInFlight) {
  std::atomic<size_t> in_flight = 0;
  std::atomic<size_t> most = 0;
  size_t next = 0;
  OrderedWorkers<Number>({.threads = 4, .window = 100, .max_bytes = 10})
      .Run(
          [&](Number& n) {
            if (next++ == 1000) return false;
            n.size = 4;
            const size_t now = ++in_flight;
            if (now > most) most = now;
            return true;
          },
          [](Number&, size_t) {},
          [&](Number&) {
            --in_flight;
            return true;
          });
  EXPECT_LE(most, 3U) << "the third brings it over ten bytes, after which none is read";
}

TEST(OrderedWorkersTest, StopsWhenAWriteFails) {
  for (const size_t threads : {1U, 4U}) {
    size_t writes = 0;
    size_t next = 0;
    OrderedWorkers<Number>({.threads = threads})
        .Run(
            [&](Number& n) {
              n.in = next++;
              return true;  // never ends by itself
            },
            [](Number&, size_t) {}, [&](Number&) { return ++writes < 3; });
    EXPECT_EQ(writes, 3U);
  }
}

}  // namespace
