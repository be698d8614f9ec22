#include "ctl/items/message_commands.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <ostream>

#include "burst/verdict.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/obstacle.hpp"
#include "ctl/words/waiting.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

json::object checked_body(const Session& session, const Message& message) {
  json::object body{{"to", message.to}, {"text", message.text ? *message.text : read_text(session.term)}};
  put(body, "category", message.category);
  return body;
}

struct Moment {
  std::string_view option, member;
  const std::string& typed;
};

// Times are read first: a wrong one is told before a text is asked for.
base::Result<json::object> sent_body(const Session& session, const Message& message, const std::string& ref) {
  json::object times;
  for (const Moment& moment : {Moment{"--appointment-at", "appointment_at", message.appointment_at},
                               Moment{"--expires-at", "expires_at", message.expires_at}}) {
    const auto time = read_moment(moment.option, moment.typed, session.term.now());
    if (!time) return time.error();
    put(times, moment.member, *time);
  }
  const auto start = read_start("--send-after", message.send_after, session.term.now());
  if (!start) return start.error();
  put(times, "send_after", *start);
  json::object body = checked_body(session, message);
  body.emplace("client_ref", ref);
  put(body, "patient", message.patient);
  put(body, "patient_name", message.patient_name);
  if (message.urgent) body.emplace("priority", "urgent");
  for (const auto& [member, time] : times) body.emplace(member, time);
  put(body, "context", message.context);
  put(body, "user", message.user);
  return body;
}

bool is_failed(const json::object& item) { return text(item, "status") == "Send Failed"; }

void print_accepted(const Session& session, const Reply& reply) {
  const json::object& item = reply.object();
  std::string number = text(item, "mobile_number");
  if (number.empty()) number = text(item, "to");
  const auto segments = ctl::number(item, "segments");
  const bool failed = is_failed(item);
  session.term.out << (failed           ? "Recorded, not sent"
                       : number.empty() ? "Recorded"
                                        : "Accepted for " + printable(number));
  if (segments && !failed) session.term.out << " as " << *segments << " SMS";
  session.term.out << ": " << printable(text(item, "id")) << '\n';
  if (reply.answer.replayed) {
    session.term.out << "It was already recorded under this reference; nothing is sent twice.\n";
  }
}

// Until when it waits, and whether it will not live to see it.
void print_waiting(const Session& session, const json::object& item) {
  const base::Time now = session.term.now();
  print_hold(session, item);
  const auto opens = base::from_rfc3339(text(item, "opens_at")), expires = base::from_rfc3339(text(item, "expires_at"));
  if (opens && text(item, "held_by") != "window") {
    session.term.out << "The hours of its category begin " << for_people(*opens, now) << ".\n";
  }
  if (opens && expires && *opens >= *expires) {
    session.term.out << "It expires before them, " << for_people(*expires, now)
                     << ", and will not be sent. Cancel it and give a later --expires-at.\n";
  }
}

// What is known at once, without --wait.
Exit conclude(const Session& session, const Reply& reply) {
  const json::object& item = reply.object();
  if (is_failed(item)) {
    print_standing(session, item);
    return Exit::refused;
  }
  print_waiting(session, item);
  session.term.out << "Follow it with: burstctl show " << printable(text(item, "id")) << '\n';
  return Exit::done;
}

// What a message that was taken is told of: at once, or when it is final. One that has failed is.
Exit see_off(const Session& session, const Reply& reply, bool wait) {
  const bool failed = is_failed(reply.object());
  const bool waits = wait && !failed;
  if (waits || !session.json) {
    if (!session.json) print_accepted(session, reply);
    session.term.out << std::flush;
    return waits ? wait_for_item(session, text(reply.object(), "id")) : conclude(session, reply);
  }
  print_raw(session, reply.answer);
  return failed ? Exit::refused : Exit::done;
}

void print_verdict(const Session& session, const std::string& verdict) {
  const auto known = burst::verdict_from(verdict);
  const std::string why = known ? std::string(burst::sentence(*known)) : std::string();
  session.term.out << session.term.paint(printable(why.empty() ? verdict : verdict + ": " + why),
                                         verdict == "ok" ? Style::green : Style::red)
                   << '\n';
}

void print_check(const Session& session, const json::object& found) {
  print_verdict(session, text(found, "verdict"));
  std::string kind = printable(text(found, "number_kind"));
  if (!kind.empty()) kind = " (" + kind + ")";
  session.term.out << "Number:  " << printable(text(found, "to")) << kind << '\n';
  session.term.out << "Length:  "
                   << printable(fmt::format("{} SMS, {} units used, {} left, encoding {}", text(found, "segments"),
                                            text(found, "units_used"), text(found, "units_left"),
                                            text(found, "encoding")))
                   << '\n';
  for (const json::value& flag : list(found, "flags")) {
    const auto known = burst::flag_from(text(flag));
    session.term.out << "Note:    " << printable(text(flag)) << ": " << (known ? burst::sentence(*known) : "") << '\n';
  }
  const std::string opens = for_people(text(found, "opens_at"), session.term.now());
  if (!opens.empty()) session.term.out << "Hours:   those of its category begin " << printable(opens) << '\n';
  const std::string obstacle = obstacle_now(session);
  if (!obstacle.empty()) session.term.out << "Now:     " << printable(obstacle) << '\n';
  session.term.out << "Nothing was sent or recorded.\n";
}

std::string path_of_message(const std::string& id) { return "/v1/messages/" + encoded(id); }

}  // namespace

Exit check_message(const Session& session, const Message& message) {
  const auto reply = ask(session, {"POST", "/v1/messages/check", json::serialize(checked_body(session, message))});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
  } else {
    print_check(session, reply->object());
  }
  return text(reply->object(), "verdict") == "ok" ? Exit::done : Exit::refused;
}

Exit send_message(const Session& session, const Message& message) {
  const std::string ref = message.client_ref.empty() ? random_ref() : message.client_ref;
  const auto body = sent_body(session, message, ref);
  if (!body) return complain(session, body.error().sentence, Exit::usage);
  const Request request{"POST", "/v1/messages", json::serialize(*body)};
  const auto reply = ask(session, request);
  if (!reply) {
    if (reply.error() == Exit::unreachable) {
      session.term.err << "To repeat without the risk of sending twice, add: --client-ref " << ref << '\n';
    }
    return reply.error();
  }
  return see_off(session, *reply, message.wait);
}

Exit cancel_message(const Session& session, const Withdrawal& withdrawal) {
  json::object body;
  put(body, "user", withdrawal.user);
  put(body, "reason", withdrawal.reason);
  const auto reply = ask(session, {"POST", path_of_message(withdrawal.id) + "/cancel", json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
  } else {
    session.term.out << "Cancelled: " << printable(withdrawal.id) << ". Nothing of it had left.\n";
  }
  return Exit::done;
}

Exit resend_message(const Session& session, const Resending& resending) {
  const std::string ref = resending.client_ref.empty() ? random_ref() : resending.client_ref;
  json::object body{{"client_ref", ref}, {"user", resending.user}};
  if (resending.accept_duplicate) body.emplace("accept_duplicate", true);
  const auto reply = ask(session, {"POST", path_of_message(resending.id) + "/resend", json::serialize(body)});
  if (!reply) {
    if (reply.error() == Exit::unreachable) {
      session.term.err << "To repeat without the risk of sending twice, add: --client-ref " << ref << '\n';
    }
    return reply.error();
  }
  if (!session.json && !is_failed(reply->object()))
    session.term.out << "Sent again for " << printable(resending.id) << ".\n";
  return see_off(session, *reply, resending.wait);
}

Exit note_message(const Session& session, const Remark& remark) {
  const json::object body{{"user", remark.user}, {"text", remark.text ? *remark.text : read_text(session.term)}};
  const auto reply = ask(session, {"POST", path_of_message(remark.id) + "/note", json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
  } else {
    session.term.out << "Noted on " << printable(remark.id) << ", for good.\n";
  }
  return Exit::done;
}

Exit resolve_message(const Session& session, const Word& word) {
  if (!word.sent && !word.not_sent)
    return complain(session, "what became of it? Say --sent or --not-sent", Exit::usage);
  const json::object body{{"outcome", word.sent ? "sent" : "not-sent"}, {"user", word.user}, {"reason", word.reason}};
  const auto reply = ask(session, {"POST", path_of_message(word.id) + "/resolve", json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  session.term.out << "Noted: " << printable(word.user) << " says that it was " << (word.sent ? "" : "not ")
                   << "sent. A delivery report that comes later still counts more.\n";
  print_standing(session, reply->object());
  return Exit::done;
}

}  // namespace burstd::ctl
