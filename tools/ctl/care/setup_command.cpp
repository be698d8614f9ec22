#include "ctl/care/setup_command.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <cerrno>
#include <ostream>

#include "burst/verdict.hpp"
#include "config/loader.hpp"
#include "ctl/care/setup_modems.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/waiting.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr int tries = 3;  // at typing a number

void headline(const Session& session, int step, const char* words) {
  session.term.out << (step == 1 ? "" : "\n")
                   << session.term.paint(fmt::format("{} of 4  {}", step, words), Style::bold) << '\n';
}

Exit look_at_service(const Session& session) {
  headline(session, 1, "The service");
  const auto reply = ask(session, {"GET", "/v1/version", {}});
  if (!reply) {
    session.term.err
        << "Is it started? systemctl status burstd; journalctl -u burstd tells what keeps it from starting.\n";
    return reply.error();
  }
  session.term.out << printable(fmt::format("burstd {} answers at {}.", text(reply->object(), "version"),
                                            session.client.socket()))
                   << '\n';
  return Exit::done;
}

// Not everybody may read it, and that is no reason to stop.
Exit look_at_configuration(const Session& session, const SetupWish& wish) {
  headline(session, 2, "The configuration");
  if (::faccessat(AT_FDCWD, wish.config.c_str(), R_OK, AT_EACCESS) != 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    session.term.out << printable(wish.config)
                     << (missing ? " is not there: another one is named by --config.\n"
                                 : " is not for you to see; the gateway has judged it when it started.\n");
    return Exit::done;
  }
  const auto loaded = config::load(wish.config);
  for (const auto& complaint : loaded.complaints) session.term.out << printable(config::to_string(complaint)) << '\n';
  for (const auto& warning : loaded.warnings) session.term.out << printable(config::to_warning(warning)) << '\n';
  if (!loaded.complaints.empty())
    return complain(session, "correct this first, then: burstctl reload, " + setup_again(wish));
  session.term.out << printable(wish.config) << " has no mistakes.\n";
  return Exit::done;
}

std::string sentence_of(const std::string& verdict) {
  const auto known = burst::verdict_from(verdict);
  return known ? std::string(burst::sentence(*known)) : verdict;
}

// A number that the gateway would send to. Nothing: none was given.
std::optional<std::string> number_of(const Session& session, const SetupWish& wish) {
  for (int at = 0; at < tries; ++at) {
    const bool given = at == 0 && !wish.to.empty();
    const auto typed = given ? wish.to : answer_from(session, "Your own mobile number, for a test message: ");
    if (!typed || typed->empty()) return std::nullopt;
    const json::object body{{"to", *typed}, {"text", "Test"}};
    const auto reply = ask(session, {"POST", "/v1/messages/check", json::serialize(body)});
    if (!reply) return std::nullopt;
    if (text(reply->object(), "verdict") == "ok") return text(reply->object(), "to");
    session.term.out << "It cannot be sent to: " << printable(sentence_of(text(reply->object(), "verdict"))) << ".\n";
  }
  return std::nullopt;
}

Exit try_message(const Session& session, const SetupWish& wish) {
  headline(session, 4, "A test message");
  const auto number = number_of(session, wish);
  if (!number)
    return complain(session, "no test message was sent; begin again with: " + setup_again(wish) + " --to NUMBER");
  const std::string now = base::to_rfc3339(session.term.now()).substr(0, 16);
  const json::object body{{"client_ref", random_ref()},
                          {"to", *number},
                          {"text", "Test of the SMS gateway, " + now + " UTC. No answer is needed."},
                          {"priority", "urgent"}};
  const auto sent = ask(session, {"POST", "/v1/messages", json::serialize(body)});
  if (!sent) return sent.error();
  session.term.out << "Accepted; the delivery report from " << printable(*number)
                   << " is waited for (Ctrl-C ends the waiting).\n";
  const Exit outcome = wait_for_item(session, text(sent->object(), "id"));
  if (outcome != Exit::done)
    return complain(session,
                    "it was not confirmed: burstctl show " + text(sent->object(), "id") + " tells all there is");
  session.term.out
      << "\nThe gateway works. What IT does next: give clients their roles (\"clients\" in the configuration), set\n"
         "the limits of the SIM (\"sending\"), and let it be watched: burstctl check --nagios, burstctl metrics.\n";
  return Exit::done;
}

// It was typed for now only.
void remind_of_pins(const Session& session, const SetupWish& wish, const std::vector<std::string>& unlocked) {
  for (const std::string& name : unlocked) {
    session.term.out << "\n"
                     << printable(
                            fmt::format("The PIN of {0} is not kept. Write it as \"pin:\" of {0} into {1}, or its "
                                        "SIM stays locked after the next power cut.",
                                        name, wish.config))
                     << '\n';
  }
}

}  // namespace

Exit set_up(const Session& session, const SetupWish& wish) {
  if (const Exit service = look_at_service(session); service != Exit::done) return service;
  if (const Exit sound = look_at_configuration(session, wish); sound != Exit::done) return sound;
  headline(session, 3, "The modems");
  std::vector<std::string> unlocked;
  if (const Exit modems = set_up_modems(session, wish, unlocked); modems != Exit::done) return modems;
  const Exit outcome = try_message(session, wish);
  remind_of_pins(session, wish, unlocked);
  return outcome;
}

}  // namespace burstd::ctl
