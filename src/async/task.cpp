#include "async/task.hpp"

#include <boost/asio/this_coro.hpp>

namespace burstd::async {

base::Now now() {
  return base::Now{std::chrono::steady_clock::now(),
                   std::chrono::time_point_cast<base::Milliseconds>(std::chrono::system_clock::now())};
}

Task<Executor> this_executor() { co_return co_await boost::asio::this_coro::executor; }

}  // namespace burstd::async
