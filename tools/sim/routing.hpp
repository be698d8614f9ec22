// What comes from the network and how it is shown to the daemon: AT+CNMI, AT+CSMS, AT+CNMA and the memories
// (27.005, 3.4). Every report ends in exactly one of: heard, stored, acknowledged, or lost with a reason.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <string>

#include "sim/memory.hpp"
#include "sim/network.hpp"
#include "sim/profile.hpp"
#include "sim/terminal.hpp"

namespace burstd::sim {

// The five arguments of AT+CNMI.
struct Indications {
  int mode = 0;
  int mt = 0;
  int bm = 0;
  int ds = 0;
  int bfr = 0;
};

// What all modems of a run share.
struct Stage {
  const Options& options;
  Agenda& agenda;
  Journal& journal;
  Network& network;
  const Profile& profile = plain_profile();  // of the one modem
};

class Routing {
 public:
  using Registered = std::function<bool()>;

  Routing(Stage stage, const Identity& who, Terminal& terminal, Registered registered);

  // From the network.
  void report(const Report& report);
  void letter(const Line& line, std::string_view from);
  void drop(const Report& report, std::string_view why);  // for good

  // From the daemon.
  const Indications& indications() const { return x_indications; }
  void indicate(const Indications& indications);
  bool acknowledge();  // AT+CNMA; false when nothing waits for it
  int service = 0;     // AT+CSMS
  std::map<std::string, Memory>& memories() { return x_memories; }
  void seen(Slot& slot);  // AT+CMGR or AT+CMGL showed it

  // From the line.
  void pause(bool paused);                 // nothing unsolicited between a prompt and its Ctrl-Z
  void closed();                           // nobody listens any more
  void reset();                            // power-on settings
  void change_card(Card& from, Card& to);  // what is stored on the SIM goes with it

 private:
  struct Item {
    std::string head;
    Line line;
    std::optional<Report> report;
    int tries = 0;
  };
  void offer(Item item);
  void pump();
  void say(Item& item);
  void unanswered(std::uint64_t ticket);
  void store(const Report& report);
  void lose(const Report& report, std::string_view why);
  void fetch();  // what the network keeps for this SIM
  void look_again();
  bool reachable();
  void filled_up();

  Stage x_stage;
  const Identity& x_who;
  Terminal& x_terminal;
  Registered x_registered;
  Indications x_indications;
  std::map<std::string, Memory> x_memories;
  std::deque<Item> x_waiting;     // to be said; under AT+CSMS=1 the first may have been said already
  std::deque<Report> x_kept;      // nobody could hear them
  bool x_unacknowledged = false;  // the first of x_waiting was said
  bool x_paused = false;
  std::uint64_t x_ticket = 0;  // of the last item said, so that an old timer does nothing
};

}  // namespace burstd::sim
