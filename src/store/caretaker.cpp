#include "store/caretaker.hpp"

#include <sys/resource.h>

#include "store/record.hpp"
#include "store/unusable.hpp"

namespace burstd::store {

namespace {

constexpr int behind_all_others = 10;

// On Linux this is of the calling thread alone.
void stand_back() { [[maybe_unused]] const int done = ::setpriority(PRIO_PROCESS, 0, behind_all_others); }

base::Error verify_stopped() {
  return {base::Fault::unavailable, "verify-stopped",
          "The gateway stops, and the record was not looked at to its end. Ask again when it is back."};
}

Verification damaged(const Options& options, const std::string& what) {
  suspect_damage(file_of(options));
  Verification found;
  found.broken = Broken{"file", 0, "A page of the record's file is not as it was written"};
  found.sentence = what + " burstd does not start with it again: have a backup at hand (burstctl restore FILE).";
  return found;
}

base::Result<Verification> verified(const Options& options, const GoesOn& goes_on) {
  try {
    const Connection connection(file_of(options), Connection::Mode::read);
    connection.break_off_unless(goes_on);
    check_pages(connection);
    auto found = verify_record(connection, goes_on);
    if (!found) return verify_stopped();
    return std::move(*found);
  } catch (const Unusable& damage) {
    return damaged(options, damage.what());
  } catch (const Failure& failure) {
    if (!goes_on()) return verify_stopped();
    if (!failure.corrupt()) throw;
    return damaged(options, failure.what());
  }
}

}  // namespace

async::Task<base::Result<Verification>> Caretaker::verify() {
  auto work = [&] {
    stand_back();
    const GoesOn goes_on = [&] { return !x_stopped; };
    return verified(x_options, goes_on);
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
