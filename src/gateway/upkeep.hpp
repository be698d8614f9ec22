// What the record needs besides the messages: its disk looked at, so that nothing is sent while it is full; texts that
// are old removed, where the administrator wants it; and its head told in the log once a day, by which a record that
// was cut or put back can be told from this one. Gateway owns it.
#pragma once

#include <optional>

#include "async/aside.hpp"
#include "async/signal.hpp"
#include "gateway/dispatcher.hpp"
#include "gateway/ledger.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

class Upkeep {
 public:
  Upkeep(const Ledger& ledger, store::Writer& writer, store::Reader& reader, Dispatcher& dispatcher);

  async::Task<> run();
  void stop();

  // The three duties, once. Public so that tests can turn the clock by hand.
  async::Task<> look_at_disk();
  async::Task<> remove_texts(base::Time now);
  async::Task<> tell_head(std::string when);

 private:
  async::Task<> remove_older(base::Time before, base::Time now);
  async::Task<std::optional<message::Key>> remove_some(base::Time before, base::Time now, message::Key after);
  async::Task<bool> remove_others(base::Time before, base::Time now);

  const Ledger& x_ledger;
  store::Writer& x_writer;
  store::Reader& x_reader;
  Dispatcher& x_dispatcher;
  store::Room x_room = store::Room::ample;
  bool x_log_holds_texts = false;
  async::Signal x_stop;
  bool x_stopped = false;
  async::Aside x_aside;
};

}  // namespace burstd::gateway
