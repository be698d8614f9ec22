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

// Orders in the order they came, for one thread to take.
template <class Order>
class Queue {
 public:
  void push(Order& order) {
    {
      const std::scoped_lock lock(x_mutex);
      x_orders.push_back(&order);
    }
    x_changed.notify_one();
  }

  // Waits for orders and takes at most `most`; nothing when the queue is closed and empty.
  std::vector<Order*> take(std::size_t most) {
    std::unique_lock lock(x_mutex);
    x_changed.wait(lock, [&] { return x_closed || !x_orders.empty(); });
    const auto count = static_cast<std::ptrdiff_t>(std::min(most, x_orders.size()));
    std::vector<Order*> taken(x_orders.begin(), x_orders.begin() + count);
    x_orders.erase(x_orders.begin(), x_orders.begin() + count);
    return taken;
  }

  void close() {
    {
      const std::scoped_lock lock(x_mutex);
      x_closed = true;
    }
    x_changed.notify_one();
  }

 private:
  std::mutex x_mutex;
  std::condition_variable x_changed;
  std::deque<Order*> x_orders;
  bool x_closed = false;
};

}  // namespace burstd::store
