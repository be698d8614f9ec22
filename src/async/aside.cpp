#include "async/aside.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

namespace burstd::async {

namespace {

using Guard = boost::asio::executor_work_guard<Executor>;

std::exception_ptr thrown_by(const std::function<void()>& work) {
  try {
    work();
  } catch (...) {
    return std::current_exception();
  }
  return nullptr;
}

template <class Continuation>
void resume(Continuation continuation, Guard guard) {
  const Executor loop = guard.get_executor();
  boost::asio::post(loop, [go = std::move(continuation), guard = std::move(guard)]() mutable {
    guard.reset();
    go();
  });
}

}  // namespace

Aside::~Aside() { x_pool.join(); }

Task<> Aside::wait(const std::function<void()>& work) {
  const Executor loop = co_await this_executor();
  std::exception_ptr thrown;
  auto start = [&](auto handler) {
    boost::asio::post(x_pool, [&work, &thrown, go = std::move(handler), guard = Guard(loop)]() mutable {
      thrown = thrown_by(work);
      resume(std::move(go), std::move(guard));
    });
  };
  boost::asio::use_awaitable_t<> token;
  co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<>, void()>(start, token);
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace burstd::async
