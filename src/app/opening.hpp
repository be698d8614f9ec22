// The time in which the record is opened, as systemd sees it: as long as the process gets on with it, the time-out of
// the start is put off, because a record of years takes minutes to be brought to a new version. A process that hangs is
// not spoken for. The daemon makes one before it opens anything, and drops it when it is ready.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

namespace burstd::app {

class Service;

class Opening {
 public:
  explicit Opening(Service& service);
  Opening(const Opening&) = delete;
  Opening& operator=(const Opening&) = delete;
  ~Opening();

 private:
  void run();

  const Service& x_service;
  std::mutex x_mutex;
  std::condition_variable x_end;
  bool x_over = false;
  std::thread x_thread;
};

}  // namespace burstd::app
