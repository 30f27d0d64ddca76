// A few threads that wait for work, for the trainer.
//
//   Workers pool(2);
//   pool.ForEach(n, [&](size_t i, size_t worker) { ... });  // i from 0 to n - 1, in any order
//
// What the calls do must not depend on which worker does them.

#ifndef NUTGRAF_LIB_TAGGER_WORKERS_H_
#define NUTGRAF_LIB_TAGGER_WORKERS_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace nutgraf::internal {

class Workers {
 public:
  explicit Workers(size_t count) : count_(count) {
    for (size_t w = 1; w < count; ++w) threads_.emplace_back([this, w] { Wait(w); });
  }
  ~Workers() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    begin_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  size_t size() const { return count_; }

  template <class Call>
  void ForEach(size_t n, const Call& call) {
    next_ = 0;
    const std::function<void(size_t)> work = [&](size_t worker) {
      for (size_t i = next_++; i < n; i = next_++) call(i, worker);
    };
    if (threads_.empty() || n < 2) return work(0);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      work_ = &work;
      ++turn_;
      busy_ = threads_.size();
    }
    begin_.notify_all();
    work(0);
    std::unique_lock<std::mutex> lock(mutex_);
    end_.wait(lock, [this] { return busy_ == 0; });
  }

 private:
  void Wait(size_t worker) {
    size_t done = 0;
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      begin_.wait(lock, [&] { return stop_ || turn_ != done; });
      if (stop_) return;
      done = turn_;
      const std::function<void(size_t)>* const work = work_;
      lock.unlock();
      (*work)(worker);
      lock.lock();
      if (--busy_ == 0) end_.notify_one();
    }
  }

  const size_t count_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable begin_, end_;
  const std::function<void(size_t)>* work_ = nullptr;
  std::atomic<size_t> next_ = 0;
  size_t turn_ = 0;
  size_t busy_ = 0;
  bool stop_ = false;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TAGGER_WORKERS_H_
