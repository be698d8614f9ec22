// Keeps in the history what the gateway itself goes through: that it began and ended, how its modems are, that a SIM
// has reached a limit, that the clock has jumped. It looks now and then and when something has changed; Gateway owns
// it. What of it is worth a row, News decides.
#pragma once

#include <functional>
#include <vector>

#include "async/signal.hpp"
#include "gateway/dispatcher.hpp"
#include "gateway/news.hpp"
#include "modem/status.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

class Diary {
 public:
  using Look = std::function<std::vector<Sight>()>;

  Diary(store::Writer& writer, async::Signal& changed, Look look)
      : x_writer(writer), x_changed(changed), x_look(std::move(look)) {}

  // Says that the gateway has started, and then what there is to say until stop().
  async::Task<> run();
  void stop();

  // The last words, when everything else has ended.
  async::Task<> close();

 private:
  async::Task<> write();

  store::Writer& x_writer;
  async::Signal& x_changed;
  Look x_look;
  News x_news;
  std::vector<store::Change> x_due;  // not on disk yet
  async::Signal x_stop;
  bool x_stopped = false;
};

// A modem that is just being opened or set up is on its way: nothing to see.
std::vector<Sight> sights_of(const std::vector<modem::Status>& modems,
                             const std::map<std::string, Dispatcher::Halt>& halts, const std::string& clock);

}  // namespace burstd::gateway
