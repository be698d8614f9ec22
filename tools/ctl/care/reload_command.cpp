#include "ctl/care/reload_command.hpp"

#include <boost/json/serialize.hpp>
#include <ostream>

#include "ctl/words/look.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

Exit reload(const Session& session, const ReloadWish& wish) {
  json::object body;
  put(body, "user", wish.user);
  const auto reply = ask(session, {"POST", "/v1/reload", json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  std::ostream& out = session.term.out;
  const json::object& done = reply->object();
  for (const json::value& entry : list(done, "warnings")) {
    const json::object& warning = object(entry);
    out << "Warning: " << printable(text(warning, "place").substr(1) + ": " + text(warning, "detail")) << '\n';
  }
  const std::string now = words(done, "taken_up"), later = words(done, "for_restart");
  if (!now.empty()) out << "In force now: " << printable(now) << '\n';
  if (!later.empty()) out << "Not before a restart (systemctl restart burstd): " << printable(later) << '\n';
  if (now.empty() && later.empty()) out << "Nothing differs from what is in force.\n";
  return Exit::done;
}

}  // namespace burstd::ctl
