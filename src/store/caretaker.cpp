#include "store/caretaker.hpp"

#include <sys/resource.h>

namespace burstd::store {

namespace {

constexpr int behind_all_others = 10;

// On Linux this is of the calling thread alone.
void stand_back() { [[maybe_unused]] const int done = ::setpriority(PRIO_PROCESS, 0, behind_all_others); }

base::Error verify_stopped() {
  return {base::Fault::unavailable, "verify-stopped",
          "The gateway stops, and the record was not looked at to its end. Ask again when it is back."};
}

}  // namespace

async::Task<base::Result<Verification>> Caretaker::verify() {
  auto work = [&]() -> base::Result<Verification> {
    stand_back();
    const Connection connection(file_of(x_options), Connection::Mode::read);
    auto found = verify_record(connection, [&] { return !x_stopped; });
    if (!found) return verify_stopped();
    return std::move(*found);
  };
  co_return co_await x_aside.run(work);
}

async::Task<base::Result<Backup>> Caretaker::back_up() {
  auto work = [&]() -> base::Result<Backup> {
    stand_back();
    return take_backup(x_options, async::now().wall, [&] { return !x_stopped; });
  };
  co_return co_await x_aside.run(work);
}

}  // namespace burstd::store
