// Finds the modems on the bus: looks at it when the kernel says that something came or went, asks each port that may be
// a modem's who is there, and gives it the name that it is wanted by. Modem takes its port, and the terminal in which
// the modem has already answered, from here. It keeps no port open that nobody wants, and speaks to no device that the
// drivers do not know unless it is told to.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "async/scope.hpp"
#include "modem/link.hpp"
#include "modem/options.hpp"
#include "modem/prospect.hpp"
#include "serial/watch.hpp"

namespace burstd::modem {

// Where a modem is.
struct Place {
  std::string port;
  std::string usb, socket;
};

class Finder {
 public:
  // The newest attempt without a verdict, of whatever modem: an unknown port may be the one it was made on.
  using Unsettled = std::function<async::Task<std::optional<Unresolved>>()>;

  // `ports`: those that modems are named by; their devices are left to them.
  Finder(async::Executor executor, Finding finding, std::vector<Driver> drivers, std::vector<std::string> ports);

  // Until stop().
  async::Task<> run(Unsettled unsettled);
  void stop();

  // What is wanted from now on; it takes the place of what was wanted under that name.
  void want(Wanted wanted);

  // Nobody goes by that name any more.
  void forget(const std::string& name);

  // Other ports are named than when it began. A folder that nobody looked into before is looked into now and then.
  void leave_alone(std::vector<std::string> ports) { x_ports = std::move(ports); }

  // What is at that port now has another SIM than when it was asked.
  void learn(const std::string& port, const Identity& identity);

  // Looks at the bus now: a port that is gone may have another modem's name already.
  void refresh();

  // The modems whose names have changed places, or ports, or the bus: look again.
  async::Signal& changed() { return x_changed; }

  std::optional<Place> place_of(const std::string& name) const;

  // The terminal in which the modem answered; nothing when it was taken, or given up because nobody came for it.
  std::unique_ptr<Terminal> take(const std::string& name);

  // Why the name has no place.
  std::string missing(const std::string& name) const;

  // What goes by that name.
  std::optional<Found> called(const std::string& name) const;

  // Those that answered and have no name.
  std::vector<Found> nameless() const;

  // Whatever is on the bus and not in use, with why.
  std::vector<Stranger> strangers() const;

  // Where the port of a modem that is named by it is plugged in.
  std::optional<Place> place_at(const std::string& port) const;

 private:
  void look();
  void forget(const std::vector<std::vector<serial::Candidate>>& devices);
  void notice(std::vector<serial::Candidate> device);
  void ask_due();
  async::Task<> ask(Prospect& prospect);
  async::Task<> ask_ports(Prospect& prospect);
  async::Task<bool> ask_port(Prospect& prospect, std::size_t which);
  async::Task<Identity> converse(Prospect& prospect, Terminal& terminal);
  void judge(Prospect& prospect);
  void place();
  bool settled() const;
  base::Steady next_look() const;
  bool claimed_by_port(const std::vector<serial::Candidate>& device) const;

  async::Executor x_executor;
  const Finding x_finding;
  const serial::Folders x_folders;
  const std::vector<Driver> x_drivers;
  std::vector<std::string> x_ports;
  serial::Watch x_watch;
  Unsettled x_unsettled;
  std::vector<Wanted> x_wanted;
  std::list<std::unique_ptr<Prospect>> x_prospects;
  async::Scope x_scope;
  async::Signal x_changed;
  base::Steady x_unsettled_since{};  // since when somebody is asked for the first time
  bool x_stopped = false;
};

}  // namespace burstd::modem
