// The way of a unit of work from the loop to a store thread and back. The order lives in the frame of the
// waiting coroutine; the thread settles it as its last touch, and the coroutine goes on on the loop. Used by
// Writer and Reader only. The wait cannot be cancelled, and the loop stays alive while it lasts.
#pragma once

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "async/task.hpp"
#include "base/result.hpp"

namespace burstd::store {

// What waits for an answer, and how the answer went.
class Ticket {
 public:
  Ticket() = default;
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  std::exception_ptr thrown;         // by the unit itself
  std::optional<base::Error> error;  // of the store

  // On the store's thread. The ticket may be gone when this returns.
  void settle() {
    const auto waiter = std::move(x_waiter);
    waiter->resume();
  }

  // On the loop: calls enqueue() and waits until the ticket is settled.
  template <class Enqueue>
  async::Task<> wait(async::Executor loop, Enqueue& enqueue) {
    auto start = [&](auto handler) {
      x_waiter = std::make_unique<Resuming<decltype(handler)>>(std::move(handler), loop);
      enqueue();
    };
    boost::asio::use_awaitable_t<> token;
    co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<>, void()>(start, token);
  }

 private:
  class Waiter {
   public:
    virtual ~Waiter() = default;
    virtual void resume() = 0;
  };

  template <class Continuation>
  class Resuming : public Waiter {
   public:
    Resuming(Continuation continuation, const async::Executor& loop)
        : x_continuation(std::move(continuation)), x_work(loop) {}

    void resume() override {
      const async::Executor loop = x_work.get_executor();
      boost::asio::post(loop, [go = std::move(x_continuation), work = std::move(x_work)]() mutable {
        work.reset();
        go();
      });
    }

   private:
    Continuation x_continuation;
    boost::asio::executor_work_guard<async::Executor> x_work;
  };

  std::unique_ptr<Waiter> x_waiter;
};

// Orders for one thread to take, in the order they came; those with patience wait for the next that has none, and are
// taken before it, or alone when their patience is over.
template <class Order>
class Queue {
 public:
  void push(Order& order, base::Milliseconds patience = {}) {
    {
      const std::scoped_lock lock(x_mutex);
      if (patience.count() == 0) {
        x_pressing.push_back(&order);
      } else {
        x_due = std::min(x_due, async::now().steady + patience);
        x_patient.push_back(&order);
      }
    }
    x_changed.notify_one();
  }

  // Waits for orders and takes at most `most` of a kind; nothing when the queue is closed and empty.
  std::vector<Order*> take(std::size_t most) {
    std::unique_lock lock(x_mutex);
    x_changed.wait(lock, [&] { return x_closed || !x_pressing.empty() || !x_patient.empty(); });
    while (!x_closed && x_pressing.empty() && !due()) x_changed.wait_until(lock, base::Steady{x_due});
    wait_for_company(lock);
    std::vector<Order*> taken;
    move_to(taken, x_patient, most);
    x_company = std::min(most, x_pressing.size());
    move_to(taken, x_pressing, most);
    if (x_patient.empty()) x_due = base::Steady::max();
    return taken;
  }

  // Somebody waits for an order that was not taken yet.
  bool presses() {
    const std::scoped_lock lock(x_mutex);
    return !x_pressing.empty();
  }

  void close() {
    {
      const std::scoped_lock lock(x_mutex);
      x_closed = true;
    }
    x_changed.notify_one();
  }

 private:
  bool due() const { return !x_patient.empty() && async::now().steady >= x_due; }

  // Modems whose verdicts came together come together again: as many as the last time are worth a moment.
  void wait_for_company(std::unique_lock<std::mutex>& lock) {
    const base::Steady end = async::now().steady + std::chrono::microseconds{300};
    while (!x_closed && !x_pressing.empty() && x_pressing.size() < x_company &&
           x_changed.wait_until(lock, end) != std::cv_status::timeout) {
    }
  }

  static void move_to(std::vector<Order*>& taken, std::deque<Order*>& orders, std::size_t most) {
    const auto end = orders.begin() + static_cast<std::ptrdiff_t>(std::min(most, orders.size()));
    taken.insert(taken.end(), orders.begin(), end);
    orders.erase(orders.begin(), end);
  }

  std::mutex x_mutex;
  std::condition_variable x_changed;
  std::deque<Order*> x_pressing, x_patient;
  base::Steady x_due = base::Steady::max();  // when the patience of the first is over
  std::size_t x_company = 0;                 // so many were taken together last
  bool x_closed = false;
};

}  // namespace burstd::store
