// Tells IT by a text message what it should know before somebody phones: a modem that is away, messages that do not go,
// a disk that fills. Over another modem, one for each cause and hour and so many a day: the record itself counts them,
// so that a restart begins nothing anew. Off unless a number is configured. The api runs one beside the calls.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "async/signal.hpp"
#include "clinic/messages.hpp"
#include "clinic/options.hpp"

namespace burstd::clinic {

struct Trouble {
  std::string cause;     // "modem-front", "due", "disk"
  std::string sentence;  // for IT, without numbers of patients
};

// How things stand, as far as an alarm goes by it.
struct Sight {
  base::Time at;
  struct Modem {
    std::string name, sentence;
    bool able = true;   // it sends, or a person has paused it
    bool sends = true;  // it would carry an alarm
  };
  std::vector<Modem> modems;
  std::optional<base::Time> due_since;
  double free = 1;             // share of the record's disk
  bool disk_runs_low = false;  // so that soon nothing new is accepted, an alarm neither
  bool kept_back = false;      // nothing is sent, an alarm neither
};

class Watchman {
 public:
  explicit Watchman(gateway::Gateway& gateway) : x_gateway(gateway) {}
  Watchman(const Watchman&) = delete;
  Watchman& operator=(const Watchman&) = delete;

  // By these from now on; before run(). They must live as long as it does.
  void follow(const Options& options, Messages& messages);

  async::Task<> run();
  void stop();

  // What is worth an alarm now. Remembers since when each modem is away.
  std::vector<Trouble> look(const Sight& sight, const AlarmOptions& options);

 private:
  async::Task<> round();
  async::Task<> tell(Trouble trouble, base::Time now);
  Sight sight() const;

  gateway::Gateway& x_gateway;
  const Options* x_options = nullptr;
  Messages* x_messages = nullptr;
  std::map<std::string, base::Time> x_away;  // modems, and since when
  std::string x_untold;                      // the alarm that was last refused
  async::Signal x_end;
  bool x_stopped = false;
};

}  // namespace burstd::clinic
