#include "ctl/care/clock_command.hpp"

#include <boost/json/serialize.hpp>
#include <ostream>

#include "ctl/words/look.hpp"
#include "ctl/words/when.hpp"

namespace burstd::ctl {

Exit trust_clock(const Session& session, const ClockWish& wish) {
  const json::object body{{"user", wish.user}, {"reason", wish.reason}};
  const auto reply = ask(session, {"POST", "/v1/trust-clock", json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  session.term.out << "The gateway goes by the machine's clock: it is "
                   << for_people(text(reply->object(), "now"), session.term.now()) << ".\n";
  if (number(reply->object(), "jumped_seconds") < 0)
    session.term.out << "Its own was ahead: what waits is planned anew.\n";
  return Exit::done;
}

}  // namespace burstd::ctl
