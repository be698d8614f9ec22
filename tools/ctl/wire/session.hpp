// What every command has at hand: the gateway, the terminal, the wish for JSON. ask() puts one question, repeats
// it when the answer was lost, and tells people what went wrong; ask_once() is for what is not safe to repeat.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ctl/wire/client.hpp"
#include "ctl/words/term.hpp"

namespace burstd::ctl {

enum class Exit : int { done = 0, refused = 1, usage = 2, unreachable = 3 };

[[noreturn]] void throw_exception_from_error(const Exit& exit, const boost::source_location& where);

template <class T>
using Or = boost::system::result<T, Exit>;

struct Session {
  const Client& client;
  const Term& term;
  bool json = false;
};

struct Reply {
  Answer answer;
  boost::json::value body;  // parsed; null when the answer was no JSON

  const boost::json::object& object() const;
};

// `lines`: where the request's recipients stand in their file, for the words of a refusal.
Or<Reply> ask(const Session& session, const Request& request, const std::vector<std::size_t>& lines = {});

// Never puts the question a second time. `lost`: what to tell a person when the answer was lost.
Or<Reply> ask_once(const Session& session, const Request& request, const std::string& lost);

// What ask() does with an answer: parses a good one, explains a refusal.
Or<Reply> judged(const Session& session, const Answer& answer, const std::vector<std::size_t>& lines = {});

// The answer as it came, on a line of its own.
void print_raw(const Session& session, const Answer& answer);

// "burstctl: sentence" on the error stream.
Exit complain(const Session& session, const std::string& sentence, Exit exit = Exit::refused);

// What the work has thrown with a sentence (std::runtime_error) is a complaint.
Exit telling(const Session& session, const std::function<Exit()>& work);

// A reference nobody has used: "burstctl-" and 128 random bits.
std::string random_ref();

// All of standard input without the line end that closes it. Says on a terminal how to end it.
std::string read_text(const Term& term);

// How a status or state is painted.
Style style_of(const std::string& status, const std::string& state = {});

}  // namespace burstd::ctl
