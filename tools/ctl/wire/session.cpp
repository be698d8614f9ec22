#include "ctl/wire/session.hpp"

#include <sys/random.h>

#include <fmt/format.h>

#include <array>
#include <boost/json/parse.hpp>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "base/hex.hpp"
#include "ctl/wire/problem.hpp"
#include "ctl/words/look.hpp"

namespace burstd::ctl {

namespace {

constexpr int attempts = 3;

base::Result<Answer> ask_until_answered(const Session& session, const Request& request) {
  auto answer = session.client.ask(request);
  for (int again = 1; again < attempts; ++again) {
    if (answer || answer.error().code != "no-answer") break;
    std::this_thread::sleep_for(session.term.poll);
    auto next = session.client.ask(request);
    // Once an answer was lost, "not reachable" would hide that the gateway may have done it.
    if (next || next.error().code == "no-answer") answer = std::move(next);
  }
  return answer;
}

}  // namespace

void throw_exception_from_error(const Exit& exit, const boost::source_location& where) {
  throw std::runtime_error("exit " + std::to_string(static_cast<int>(exit)) + " (" + where.file_name() + ")");
}

const json::object& Reply::object() const { return ctl::object(body); }

Or<Reply> ask(const Session& session, const Request& request, const std::vector<std::size_t>& lines) {
  const auto answer = ask_until_answered(session, request);
  if (!answer) return complain(session, answer.error().sentence, Exit::unreachable);
  return judged(session, *answer, lines);
}

Or<Reply> ask_once(const Session& session, const Request& request, const std::string& lost) {
  const auto answer = session.client.ask(request);
  if (answer) return judged(session, *answer);
  const bool may_be_done = answer.error().code == "no-answer";
  return complain(session, may_be_done ? lost : answer.error().sentence, Exit::unreachable);
}

Or<Reply> judged(const Session& session, const Answer& answer, const std::vector<std::size_t>& lines) {
  if (!answer.good()) {
    if (session.json) {
      print_raw(session, answer);
    } else {
      session.term.err << explain(answer, lines);
    }
    return Exit::refused;
  }
  boost::system::error_code failure;
  Reply reply{answer, json::parse(answer.body, failure)};
  if (!failure) return reply;
  return complain(session, "the gateway's answer is not JSON. Does " + session.client.socket() +
                               " belong to burstd? (--socket, BURSTD_SOCKET)");
}

// JSON may hold control characters beyond ASCII as they are; a terminal would obey them, a program reads both alike.
void print_raw(const Session& session, const Answer& answer) {
  for (std::size_t at = 0; at < answer.body.size(); ++at) {
    const auto octet = static_cast<unsigned char>(answer.body[at]);
    const auto next = static_cast<unsigned char>(at + 1 < answer.body.size() ? answer.body[at + 1] : 0);
    if (octet == 0x7F || (octet == 0xC2 && next < 0xA0)) {
      session.term.out << fmt::format("\\u{:04x}", octet == 0x7F ? octet : next);
      at += octet == 0x7F ? 0 : 1;
    } else {
      session.term.out.put(answer.body[at]);
    }
  }
  if (!answer.body.ends_with('\n')) session.term.out << '\n';
}

Exit complain(const Session& session, const std::string& sentence, Exit exit) {
  session.term.err << "burstctl: " << sentence << '\n';
  return exit;
}

Exit telling(const Session& session, const std::function<Exit()>& work) {
  try {
    return work();
  } catch (const std::runtime_error& failure) {
    return complain(session, failure.what());
  }
}

std::string random_ref() {
  std::array<std::uint8_t, 16> octets{};
  if (getrandom(octets.data(), octets.size(), 0) != static_cast<ssize_t>(octets.size())) {
    throw std::runtime_error("the kernel gives no random numbers");
  }
  std::string ref = "burstctl-";
  for (const char c : base::to_hex(octets)) ref += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  return ref;
}

std::string read_text(const Term& term) {
  if (term.asks) term.err << "Type the text, then Ctrl-D on a line of its own:\n";
  std::string text{std::istreambuf_iterator<char>(term.in), std::istreambuf_iterator<char>()};
  if (text.ends_with('\n')) text.erase(text.size() - (text.ends_with("\r\n") ? 2 : 1));
  return text;
}

Style style_of(const std::string& status, const std::string& state) {
  if (state == "uncertain" || state == "unconfirmed") return Style::yellow;
  if (state == "cancelled") return Style::dim;
  if (status == "Sent Successfully") return Style::green;
  if (status == "Send Failed") return Style::red;
  return status == "Pending" ? Style::yellow : Style::plain;
}

}  // namespace burstd::ctl
