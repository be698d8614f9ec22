#include "async/scope.hpp"

#include <boost/asio/co_spawn.hpp>
#include <utility>

namespace burstd::async {

Scope::Scope(Executor executor) : x_executor(std::move(executor)) {}

Scope::~Scope() {
  if (x_running != 0) std::terminate();
}

void Scope::spawn(Task<> child) {
  ++x_running;
  boost::asio::co_spawn(x_executor, std::move(child), [this](const std::exception_ptr& failure) { finished(failure); });
}

void Scope::finished(const std::exception_ptr& failure) {
  --x_running;
  if (failure && !x_failure) x_failure = failure;
  x_changed.notify();
}

Task<> Scope::join() {
  while (x_running != 0) co_await x_changed.wait();
  if (x_failure) std::rethrow_exception(std::exchange(x_failure, nullptr));
}

Task<> Scope::below(std::size_t limit) {
  while (x_running >= limit) co_await x_changed.wait();
}

}  // namespace burstd::async
