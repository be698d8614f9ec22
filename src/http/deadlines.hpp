// The time-outs of all connections, watched by one coroutine with one timer: setting a deadline costs a comparison,
// which matters because every request sets a few. (A timer for each operation, as Beast's basic_stream has it, closes
// the socket when it runs out, so that no 408 could be sent.) Server owns it, wires hold the entries.
#pragma once

#include <functional>
#include <list>

#include "async/signal.hpp"

namespace burstd::http {

class Deadlines {
 public:
  class Entry {
   public:
    Entry(Deadlines& owner, std::function<void()> passed);
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    ~Entry();

    void set(base::Steady when);
    void clear() { x_when = base::Steady::max(); }

   private:
    friend class Deadlines;
    Deadlines& x_owner;
    std::function<void()> x_passed;  // called once for each set(), from the loop; must neither make nor end entries
    base::Steady x_when = base::Steady::max();
    std::list<Entry*>::iterator x_place;
  };

  async::Task<> run();  // until stop()
  void stop();

 private:
  base::Steady sweep(base::Steady now);

  std::list<Entry*> x_entries;
  async::Signal x_changed;
  base::Steady x_wake = base::Steady::min();  // when run() looks again; min: it is not asleep
  bool x_stopped = false;
};

}  // namespace burstd::http
