#include "ctl/care/setup_modems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <istream>
#include <optional>
#include <ostream>
#include <set>

#include "ctl/gateway/modem_commands.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/modem_view.hpp"
#include "ctl/words/modem_words.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

bool sends_now(const json::value& modem) { return text(object(modem), "state") == "ready"; }

// What to write into the configuration for a modem that is plugged in and not in use.
void suggest(const Session& session, const json::object& answer) {
  std::ostream& out = session.term.out;
  const json::array& others = list(answer, "others");
  if (others.empty()) {
    out << "No modem is plugged in, or its port is a true serial one. Plug it in, or name its port.\n";
  }
  out << "Under \"modems:\" in the configuration write, for each that is to be used:\n";
  int number = 1;
  for (const json::value& entry : others) {
    const json::object& other = object(entry);
    const std::string imei = text(other, "imei"), port = text(other, "port");
    out << "  - name: modem" << number++ << '\n';
    out << (imei.empty() ? "    port: " + printable(port) : "    imei: \"" + printable(imei) + "\"") << '\n';
  }
  if (others.empty()) out << "  - name: modem1\n    port: /dev/ttyS0\n";
}

// One reading of it anew. A mistake in it is told, and is no end: it can be corrected.
bool reloaded(const Session& session) {
  const auto reply = ask(session, {"POST", "/v1/reload", "{}"});
  return reply.has_value();
}

class Modems {
 public:
  Modems(const Session& session, const SetupWish& wish, std::vector<std::string>& unlocked)
      : x_session(session), x_wish(wish), x_unlocked(unlocked) {}

  Exit run() {
    for (;;) {
      const auto reply = ask(x_session, {"GET", "/v1/modems", {}});
      if (!reply) return reply.error();
      print_modems(x_session, reply->object(), x_wish.config);
      if (list(reply->object(), "items").empty()) {
        if (const auto end = wait_for_names(reply->object())) return *end;
        continue;
      }
      return wait_until_ready();
    }
  }

 private:
  std::optional<Exit> wait_for_names(const json::object& answer) {
    suggest(x_session, answer);
    if (!answer_from(x_session, "Press Enter when it is saved in " + printable(x_wish.config) + ": "))
      return complain(x_session, "no modem is configured yet; begin again with: " + setup_again(x_wish));
    reloaded(x_session);
    return std::nullopt;
  }

  Exit wait_until_ready() {
    const Watching watching;
    for (base::Milliseconds waited{0}; waited <= std::chrono::seconds{x_wish.patience}; waited += x_session.term.poll) {
      const auto reply = ask(x_session, {"GET", "/v1/modems", {}});
      if (!reply) return reply.error();
      const json::array& modems = list(reply->object(), "items");
      for (const json::value& entry : modems) ask_for_pin(object(entry));
      if (std::any_of(modems.begin(), modems.end(), sends_now)) return tell(modems);
      if (!watching.wait(x_session.term.poll)) break;
      x_last = modems;
    }
    print_troubles(x_session, x_last);
    return complain(x_session, "no modem is ready yet. What each needs is said above; then: " + setup_again(x_wish));
  }

  Exit tell(const json::array& modems) {
    for (const json::value& entry : modems) {
      const json::object& modem = object(entry);
      const std::string name = printable(text(modem, "name")), signal = signal_in_words(modem);
      if (!sends_now(entry)) continue;
      if (x_asked.contains(text(modem, "name"))) x_unlocked.push_back(text(modem, "name"));
      x_session.term.out << name << " is ready: " << printable(text(modem, "operator")) << ", signal "
                         << (signal.empty() ? "not known" : signal) << ".\n";
    }
    print_troubles(x_session, modems);
    return Exit::done;
  }

  // A PIN is typed once for each modem, whatever comes of it: three wrong ones lock a SIM.
  void ask_for_pin(const json::object& modem) {
    const std::string name = text(modem, "name");
    if (!truth(modem, "wants_pin") || !x_asked.insert(name).second) return;
    Handling handling;
    handling.name = name;
    if (!x_session.term.echo) x_session.term.out << "PIN of the SIM in " << printable(name) << ":\n";
    unlock_modem(x_session, handling);
  }

  const Session& x_session;
  const SetupWish& x_wish;
  std::vector<std::string>& x_unlocked;
  json::array x_last;
  std::set<std::string> x_asked;
};

}  // namespace

std::optional<std::string> answer_from(const Session& session, const std::string& question) {
  session.term.out << question << std::flush;
  std::string line;
  if (!std::getline(session.term.in, line)) return std::nullopt;
  if (!session.term.asks) session.term.out << '\n';
  return std::string(trimmed(line));
}

std::string setup_again(const SetupWish& wish) {
  return "burstctl setup" + (wish.config == default_config ? "" : " --config " + printable(wish.config));
}

Exit set_up_modems(const Session& session, const SetupWish& wish, std::vector<std::string>& unlocked) {
  return Modems(session, wish, unlocked).run();
}

}  // namespace burstd::ctl
