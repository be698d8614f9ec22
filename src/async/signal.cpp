#include "async/signal.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace burstd::async {

namespace {

Task<> expire(boost::asio::steady_timer& timer) {
  boost::system::error_code ignored;
  auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ignored);
  co_await timer.async_wait(token);
}

}  // namespace

void Signal::notify() {
  for (Waiter* waiter : x_waiters) {
    waiter->woken = true;
    waiter->timer->cancel();
  }
  x_waiters.clear();
}

Task<> Signal::wait() { co_await wait_until(base::Steady::max()); }

Task<bool> Signal::wait_until(base::Steady deadline) {
  boost::asio::steady_timer timer(co_await this_executor(), deadline);
  Waiter waiter{&timer};
  x_waiters.push_back(&waiter);
  co_await expire(timer);
  if (!waiter.woken) x_waiters.remove(&waiter);
  co_return waiter.woken;
}

Task<> sleep_until(base::Steady when) {
  boost::asio::steady_timer timer(co_await this_executor(), when);
  co_await expire(timer);
}

Task<> sleep_for(base::Milliseconds span) {
  boost::asio::steady_timer timer(co_await this_executor(), span);
  co_await expire(timer);
}

void Gate::settle(Position position) {
  if (x_position != Position::pending) return;
  x_position = position;
  x_changed.notify();
}

Task<bool> Gate::passed() {
  while (x_position == Position::pending) co_await x_changed.wait();
  co_return x_position == Position::open;
}

}  // namespace burstd::async
