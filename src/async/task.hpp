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

// At the start: a machine's clock that shows less than `floor` is wrong (base::Course). While it is doubted no time of
// day is known.
void begin_clock(base::Time floor);
bool clock_doubted();

// By how much the machine's clock has jumped away from that course; nothing: it has not.
std::optional<base::Milliseconds> clock_apart();

// Whether the system keeps it by a time server; false where it does not tell.
bool system_clock_synchronised();

// From now on the machine's clock is right.
void follow_clock();

// From now on it is this time, whatever the machine's clock shows.
void set_clock(base::Time told);

// The executor of the coroutine that asks.
Task<Executor> this_executor();

}  // namespace burstd::async
