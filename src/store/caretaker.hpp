// The thread that looks after the record beside its writer and readers: verification and backups, which take long and
// hold up nobody. One at a time, in the order they are asked for. gateway owns one; what it answers is for clinic.
#pragma once

#include <atomic>
#include <optional>

#include "async/aside.hpp"
#include "store/backup.hpp"
#include "store/verify.hpp"

namespace burstd::store {

class Caretaker {
 public:
  explicit Caretaker(const Options& options) : x_options(options) {}

  // Every page, then every row. Fails with "verify-stopped" when the daemon ends meanwhile. Throws what the disk does.
  async::Task<base::Result<Verification>> verify();
  async::Task<base::Result<Backup>> back_up();

  // What runs is broken off.
  void stop() { x_stopped = true; }

 private:
  Options x_options;
  std::atomic<bool> x_stopped = false;
  async::Aside x_aside;
};

}  // namespace burstd::store
