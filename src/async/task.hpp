// The coroutine type of the daemon and the one line that reads the clock. Everything runs on one loop
// thread; a Task is awaited by its parent or handed to a Scope, never detached.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>

#include "base/time.hpp"

namespace burstd::async {

template <class T = void>
using Task = boost::asio::awaitable<T>;

using Executor = boost::asio::any_io_executor;

// The only reading of the clocks in the daemon; pure rooms take base::Now as a parameter. The wall time keeps its
// course when the machine's clock jumps (base::Course).
base::Now now();

// By how much the machine's clock has jumped away from that course; nothing: it has not.
std::optional<base::Milliseconds> clock_apart();

// From now on the machine's clock is right.
void follow_clock();

// The executor of the coroutine that asks.
Task<Executor> this_executor();

}  // namespace burstd::async
