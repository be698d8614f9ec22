// A value that is exchanged as a whole while others read it, on whichever thread: what the configuration says, over a
// reload. Whoever reads keeps a reference for as long as he likes, so every former value stays; it is exchanged by a
// person, now and then, and small. Exchanged on the loop alone.
#pragma once

#include <atomic>
#include <deque>
#include <utility>

namespace burstd::async {

template <class T>
class Generations {
 public:
  explicit Generations(T first) { exchange(std::move(first)); }

  const T& now() const { return *x_now.load(std::memory_order_acquire); }

  void exchange(T next) {
    x_all.push_back(std::move(next));
    x_now.store(&x_all.back(), std::memory_order_release);
  }

 private:
  std::deque<T> x_all;
  std::atomic<const T*> x_now = nullptr;
};

}  // namespace burstd::async
