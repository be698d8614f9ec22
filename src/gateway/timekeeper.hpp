// What time alone does to messages: expiry of what has not left, the end of the windows in which a report may
// still come, the rest of a half-sent message that could not go on, and the one more sending of what is in doubt where
// the policy says so. Every one of these is an event with a history row, applied by the ledger.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "async/signal.hpp"
#include "gateway/dispatcher.hpp"
#include "gateway/doubt.hpp"
#include "gateway/ledger.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

class Timekeeper {
 public:
  // `listening` names the SIMs whose modems are ready now: windows run only there.
  using Listening = std::function<std::set<std::string>()>;

  Timekeeper(const Ledger& ledger, store::Writer& writer, Dispatcher& dispatcher, Listening listening);

  async::Task<> run();
  void stop();

  // One round; run() does this again and again. Public so that tests can turn the clock by hand.
  async::Task<> round(base::Time now);

 private:
  async::Task<> expire(base::Time now);
  async::Task<> end_windows(const std::string& sim, base::Time now);
  async::Task<> give_up_stranded(base::Time now);
  async::Task<> repeat(base::Time now);
  async::Task<> give_up_replies(base::Time now);

  const Ledger& x_ledger;
  store::Writer& x_writer;
  Dispatcher& x_dispatcher;
  Listening x_listening;
  Listeners x_listeners;  // as of the last round
  async::Signal x_stop;
  bool x_stopped = false;
};

}  // namespace burstd::gateway
