// Work on a stream of items by several threads, with the results in the order of the stream and
// memory bounded.
//
//   struct Batch { std::string in, out; size_t bytes() const { return in.size(); } };
//   OrderedWorkers<Batch> workers({.threads = 4});
//   workers.Run([&](Batch& b) { return Read(b.in); },                  // one call at a time, in order;
//                                                                      // false at the end
//               [&](Batch& b, size_t thread) { b.out = Work(b.in); },  // in parallel; thread < 4
//               [&](Batch& b) { return Write(b.out); });               // one call at a time, in
//                                                                      // order; false to stop
//
// The thread that calls Run() works as well; with one thread there is no other. Items are reused,
// so that their memory is warm. No more than `window` of them are between reading and writing, and
// no further one is read while those hold `max_bytes` or more.

#ifndef NUTGRAF_EXAMPLES_ORDERED_WORKERS_H_
#define NUTGRAF_EXAMPLES_ORDERED_WORKERS_H_

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

struct OrderedWorkersOptions {
  size_t threads = 1;
  size_t window = 0;  // 0: two a thread and two more
  size_t max_bytes = size_t{64} << 20;
};

template <class Item>
class OrderedWorkers {
 public:
  explicit OrderedWorkers(const OrderedWorkersOptions& options)
      : options_(options), slots_(options.window > 0 ? options.window : 2 * options.threads + 2) {}

  // Returns when all that was read is written, or after a write that returned false.
  template <class Read, class Work, class Write>
  void Run(const Read& read, const Work& work, const Write& write) {
    std::vector<std::thread> others;
    for (size_t thread = 1; thread < options_.threads; ++thread) {
      try {
        others.emplace_back([&, thread] { Loop(thread, read, work, write); });
      } catch (const std::system_error&) {
        break;  // the system gives no more threads: those that there are do it
      }
    }
    Loop(0, read, work, write);
    for (std::thread& other : others) other.join();
  }

 private:
  struct Slot {
    Item item;
    size_t bytes = 0;
    bool done = false;
  };

  Slot& At(uint64_t index) { return slots_[index % slots_.size()]; }
  bool MayRead() const {
    return !reading_ && next_in_ - next_out_ < slots_.size() &&
           (in_flight_ == 0 || in_flight_ < options_.max_bytes);
  }

  template <class Read, class Work, class Write>
  void Loop(size_t thread, const Read& read, const Work& work, const Write& write) {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      may_read_.wait(lock, [this] { return at_end_ || MayRead(); });
      if (at_end_) return;
      // Nobody else reads, and the slot is not in use.
      reading_ = true;
      Slot& slot = At(next_in_);
      lock.unlock();
      const bool more = read(slot.item);
      lock.lock();
      reading_ = false;
      if (!more) at_end_ = true;
      if (more) {
        slot.bytes = slot.item.bytes();
        slot.done = false;
        in_flight_ += slot.bytes;
        ++next_in_;
      }
      if (at_end_) {
        may_read_.notify_all();
        return;
      }
      may_read_.notify_one();
      lock.unlock();
      work(slot.item, thread);
      lock.lock();
      slot.done = true;
      // Whoever finishes the item that is next writes it, and all that wait behind it.
      while (!writing_ && next_out_ < next_in_ && At(next_out_).done) {
        writing_ = true;
        Slot& out = At(next_out_);
        const bool wanted = !stopped_;
        lock.unlock();
        const bool written = wanted && write(out.item);
        lock.lock();
        writing_ = false;
        out.done = false;
        in_flight_ -= out.bytes;
        ++next_out_;
        if (!written) {
          stopped_ = true;
          at_end_ = true;
        }
        may_read_.notify_all();
      }
    }
  }

  const OrderedWorkersOptions options_;
  std::vector<Slot> slots_;

  std::mutex mutex_;
  std::condition_variable may_read_;
  uint64_t next_in_ = 0;
  uint64_t next_out_ = 0;
  size_t in_flight_ = 0;
  bool reading_ = false;
  bool writing_ = false;
  bool at_end_ = false;
  bool stopped_ = false;
};

#endif  // NUTGRAF_EXAMPLES_ORDERED_WORKERS_H_
