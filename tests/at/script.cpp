#include "script.hpp"

#include <sstream>
#include <utility>

namespace burstd::at {

namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

int hex_value(char digit) { return std::stoi(std::string(1, digit), nullptr, 16); }

std::string failure_words(const std::optional<Failure>& failure) {
  if (!failure || failure->kind == Failure::Kind::error) return "error";
  return (failure->kind == Failure::Kind::cms ? "cms " : "cme ") + std::to_string(failure->code);
}

std::string reply_words(const Reply& reply) {
  static constexpr const char* names[] = {"ok", "failed", "timed-out", "denied"};
  std::string words = names[static_cast<int>(reply.end)];
  if (reply.handed) words += " handed";
  if (reply.end == Reply::End::failed) words += " " + failure_words(reply.failure);
  const char* separator = " ";
  for (const std::string& line : reply.lines) {
    words += separator + line;
    separator = " | ";
  }
  return words;
}

std::string event_words(const Event& event) {
  return std::visit(
      Overloaded{
          [](const StatusReport& it) { return "report " + it.pdu; },
          [](const Deliver& it) { return "deliver " + it.pdu; },
          [](const Broadcast& it) { return "broadcast " + it.pdu; },
          [](const StoredMessage& it) { return "stored-message " + it.memory + " " + std::to_string(it.index); },
          [](const StoredReport& it) { return "stored-report " + it.memory + " " + std::to_string(it.index); },
          [](const Registration& it) { return "registration " + std::to_string(it.stat); },
          [](const ServiceAnswer& it) {
            return "service " + std::to_string(it.status) + " " + (it.coding ? std::to_string(*it.coding) : "none") +
                   " " + it.text;
          },
          [](const LateReference& it) {
            return "late-reference " + (it.reference ? std::to_string(*it.reference) : std::string("none"));
          },
          [](const LateFailure& it) { return "late-failure " + failure_words(it.failure); },
          [](const Other& it) { return "other " + it.line; },
      },
      event);
}

std::pair<std::string, std::string> cut(const std::string& text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string::npos) return {text, ""};
  return {text.substr(0, blank), text.substr(blank + 1)};
}

}  // namespace

std::vector<Step> steps_of(const std::string& text) {
  std::vector<Step> steps;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    steps.push_back(Step{line.front(), line.size() > 2 ? line.substr(2) : std::string()});
  }
  return steps;
}

std::string octets_of(std::string_view escaped) {
  static const std::string letters = "rnezs\\";
  static const std::string values = "\r\n\x1B\x1A \\";
  std::string octets;
  for (std::size_t at = 0; at < escaped.size(); ++at) {
    if (escaped[at] != '\\') {
      octets.push_back(escaped[at]);
    } else if (escaped.at(++at) == 'x') {
      octets.push_back(static_cast<char>(hex_value(escaped.at(at + 1)) * 16 + hex_value(escaped.at(at + 2))));
      at += 2;
    } else {
      octets.push_back(values.at(letters.find(escaped[at])));
    }
  }
  return octets;
}

std::string printed(const Effect& effect) {
  return std::visit(Overloaded{
                        [](const Write& it) { return "write " + it.octets; },
                        [](const PromptSeen&) { return std::string("prompt"); },
                        [](const Finished& it) { return reply_words(it.reply); },
                        [](const Unsolicited& it) { return event_words(it.event); },
                        [](const Noise&) { return std::string("noise"); },
                    },
                    effect);
}

std::vector<std::string> Player::play(const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (step.whose == '@') decide(step.rest);
    if (step.whose == '<') feed(octets_of(step.rest));
    if (step.whose == '~' && step.rest == "time-out") take(x_dialogue.expire());
    if (step.whose == '>') expect(x_written, octets_of(step.rest));
    if (step.whose == '=') expect(x_effects, octets_of(step.rest));
    if (std::string("@<>=~").find(step.whose) == std::string::npos)
      x_complaints.push_back(std::string("no such step: ") + step.whose);
  }
  for (const std::string& left : x_written) x_complaints.push_back("written and not expected: " + left);
  for (const std::string& left : x_effects) x_complaints.push_back("happened and not expected: " + left);
  return x_complaints;
}

void Player::decide(const std::string& what) {
  const auto [verb, rest] = cut(what);
  const auto [first, second] = cut(rest);
  if (verb == "plain") return take(x_dialogue.start(plain(rest)));
  if (verb == "probe") return take(x_dialogue.start(probe()));
  if (verb == "ask") return take(x_dialogue.start(ask(first, second)));
  if (verb == "words") return take(x_dialogue.start(ask_words(rest)));
  if (verb == "digits") return take(x_dialogue.start(ask_digits(rest)));
  if (verb == "submit") return take(x_dialogue.start(submit(std::stoi(first), second)));
  if (verb == "read") return take(x_dialogue.start(read_stored(std::stoi(first))));
  if (verb == "list") return take(x_dialogue.start(list_stored()));
  if (verb == "permit") return take(x_dialogue.permit());
  if (verb == "deny") return take(x_dialogue.deny());
  if (verb == "escape") return take(x_dialogue.escape());
  if (verb != "ignore") return x_complaints.push_back("no such decision: " + what);
  x_ignored.push_back(rest);
  x_dialogue.ignore(x_ignored);
}

void Player::feed(const std::string& octets) {
  const std::size_t chunk = x_chunk == 0 ? octets.size() : x_chunk;
  for (std::size_t at = 0; at < octets.size(); at += chunk)
    take(x_dialogue.feed(std::string_view(octets).substr(at, chunk)));
}

void Player::take(Effects effects) {
  for (const Effect& effect : effects) {
    if (const auto* write = std::get_if<Write>(&effect))
      x_written.push_back(write->octets);
    else
      x_effects.push_back(printed(effect));
  }
}

void Player::expect(std::vector<std::string>& from, const std::string& wanted) {
  if (from.empty()) return x_complaints.push_back("missing: " + wanted);
  if (from.front() != wanted) x_complaints.push_back("wanted: " + wanted + "\n   found: " + from.front());
  from.erase(from.begin());
}

}  // namespace burstd::at
