#include "ctl/gateway/modem_commands.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <istream>
#include <ostream>

#include "ctl/words/look.hpp"
#include "ctl/words/modem_view.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr const char* list_of_modems = "/v1/modems?limit=500";  // more than can be plugged in

std::string path_of_modem(const std::string& name) { return "/v1/modems/" + encoded(name); }

std::string prompt_for(const std::string& name, const json::object& modem) {
  const auto tries = number(modem, "pin_tries_left");
  std::string left = "it does not tell how many tries are left";
  if (tries) left = *tries == 1 ? "1 try left, a wrong PIN locks the SIM" : fmt::format("{} tries left", *tries);
  return fmt::format("PIN of the SIM in {} ({}): ", printable(name), left);
}

bool is_pin(std::string_view typed) {
  return typed.size() >= 4 && typed.size() <= 8 && typed.find_first_not_of("0123456789") == std::string_view::npos;
}

// The first line of standard input; on a terminal it is asked for and not shown.
Or<std::string> read_pin(const Session& session, const std::string& name) {
  const Term& term = session.term;
  std::string prompt, line;
  if (term.echo) {
    const auto reply = ask(session, {"GET", path_of_modem(name), {}});
    if (!reply) return reply.error();
    prompt = prompt_for(name, reply->object());
  }
  {
    const Unseen unseen(term);
    term.err << prompt << std::flush;
    if (!unseen.wait_for_line()) return complain(session, "no PIN was typed; nothing was tried");
    std::getline(term.in, line);
  }
  std::string pin(trimmed(line));
  if (is_pin(pin)) return pin;
  return complain(session, "a PIN is 4 to 8 digits, typed or piped in; nothing was tried", Exit::usage);
}

Request request_for(const Handling& handling, const char* what, json::object body) {
  put(body, "user", handling.user);
  return {"POST", path_of_modem(handling.name) + "/" + what, json::serialize(body)};
}

Or<Reply> order(const Session& session, const Handling& handling, const char* what, json::object body) {
  auto reply = ask(session, request_for(handling, what, std::move(body)));
  if (reply && session.json) print_raw(session, reply->answer);
  return reply;
}

// A PIN that is typed twice costs two of three tries, so this is never repeated.
Or<Reply> order_unlock(const Session& session, const Handling& handling, json::object body) {
  const std::string lost = fmt::format(
      "the gateway did not answer, and the PIN may have been tried all the same. Before it is given again, see whether "
      "the SIM took it and how many tries are left: burstctl modems {}",
      printable(handling.name));
  auto reply = ask_once(session, request_for(handling, "unlock", std::move(body)), lost);
  if (reply && session.json) print_raw(session, reply->answer);
  return reply;
}

// Orders it and says what now happens.
Exit ordered(const Session& session, const Handling& handling, const char* what, const std::string& sentence) {
  const auto reply = order(session, handling, what, {});
  if (!reply) return reply.error();
  if (!session.json) session.term.out << sentence << '\n';
  return Exit::done;
}

}  // namespace

Exit show_modems(const Session& session, const std::string& name) {
  const auto reply = ask(session, {"GET", name.empty() ? list_of_modems : path_of_modem(name), {}});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
  } else if (name.empty()) {
    print_modems(session, reply->object());
  } else {
    print_modem(session, reply->object());
  }
  return Exit::done;
}

Exit pause_modem(const Session& session, const Handling& handling) {
  const std::string name = printable(handling.name);
  return ordered(session, handling, "pause",
                 fmt::format("{0} is paused: it neither sends nor receives, and other programs may use it, until: "
                             "burstctl modem resume {0}",
                             name));
}

Exit resume_modem(const Session& session, const Handling& handling) {
  const std::string name = printable(handling.name);
  return ordered(session, handling, "resume",
                 fmt::format("{0} is opened again and sends as soon as it is ready: burstctl modems {0}", name));
}

Exit reset_modem(const Session& session, const Handling& handling) {
  const std::string name = printable(handling.name);
  return ordered(session, handling, "reset",
                 fmt::format("{0} starts anew and is away for a while; what waits stays in the queue. It comes back by "
                             "itself: burstctl modems {0}",
                             name));
}

Exit unlock_modem(const Session& session, const Handling& handling) {
  json::object body;
  if (!handling.same) {
    const auto pin = read_pin(session, handling.name);
    if (!pin) return pin.error();
    body["pin"] = *pin;
  }
  if (handling.last_try) body["last_try"] = true;
  const auto reply = order_unlock(session, handling, std::move(body));
  if (!reply) return reply.error();
  if (session.json) return Exit::done;
  const std::string name = printable(handling.name);
  const std::string which = handling.same ? "The configured PIN is tried once more" : "The PIN is tried";
  session.term.out << fmt::format("{0} on the SIM in {1}. Whether the SIM took it: burstctl modems {1}\n", which, name);
  return Exit::done;
}

Exit replace_modem(const Session& session, const Handling& handling) {
  json::object body;
  put(body, "imei", handling.imei);
  put(body, "port", handling.port);
  const auto reply = order(session, handling, "replace", std::move(body));
  if (!reply) return reply.error();
  if (session.json) return Exit::done;
  const std::string name = printable(handling.name), adopted = printable(text(reply->object(), "adopted"));
  session.term.out << (adopted.empty()
                           ? fmt::format("Another modem goes by the name {0} now: burstctl modems {0}", name)
                           : adopted)
                   << '\n';
  return Exit::done;
}

}  // namespace burstd::ctl
