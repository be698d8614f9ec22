#include "at/dialogue.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "at/reply.hpp"
#include "at/text.hpp"

namespace burstd::at {

namespace {

constexpr char ctrl_z = '\x1A';
constexpr char escape_key = '\x1B';
constexpr int patience = 20;
constexpr std::size_t shortest_echo = 16;  // digits of a payload's echo, should it be cut

void append(Effects& all, Effects more) { std::move(more.begin(), more.end(), std::back_inserter(all)); }

Effects one(Effect effect) {
  Effects effects;
  effects.push_back(std::move(effect));
  return effects;
}

}  // namespace

Dialogue::Dialogue(std::vector<std::string> ignored) : x_ignored(std::move(ignored)) {}

Effects Dialogue::start(Command command) {
  assert(idle());
  x_splitter.drop_prompt();
  x_former = std::exchange(x_command, std::move(command)).text;
  x_lines.clear();
  x_body_due = false;
  x_permit = Permit::pending;
  x_phase = x_command.payload.empty() ? Phase::replying : Phase::prompting;
  if (!x_command.unprompted) return one(Write{x_command.text + '\r'});
  x_phase = Phase::handed;
  x_unanswered = true;
  return one(Write{x_command.text + '\r' + x_command.payload + ctrl_z});
}

Effects Dialogue::feed(std::string_view octets) {
  Effects effects;
  x_splitter.feed(octets);
  while (auto next = x_splitter.next(x_phase == Phase::prompting)) append(effects, token(*next));
  return effects;
}

Effects Dialogue::token(const Token& token) {
  if (const auto* text = std::get_if<Line>(&token)) return line(text->text);
  if (std::holds_alternative<Prompt>(token)) return prompt();
  return one(Noise{});
}

Effects Dialogue::prompt() {
  x_phase = Phase::prompted;
  Effects effects = one(PromptSeen{});
  if (x_permit == Permit::given) append(effects, permit());
  if (x_permit == Permit::denied) append(effects, deny());
  return effects;
}

Effects Dialogue::permit() {
  if (x_phase != Phase::prompting && x_phase != Phase::prompted) return {};
  x_permit = Permit::given;
  if (x_phase == Phase::prompting) return {};
  x_phase = Phase::handed;
  x_unanswered = true;
  return one(Write{x_command.payload + ctrl_z});
}

Effects Dialogue::deny() {
  if (x_phase != Phase::prompting && x_phase != Phase::prompted) return {};
  x_permit = Permit::denied;
  if (x_phase == Phase::prompting) return {};
  x_phase = Phase::escaped;
  return one(Write{std::string(1, escape_key)});
}

Effects Dialogue::escape() {
  if (!idle() || x_unanswered) return {};
  return one(Write{std::string(1, escape_key)});
}

Effects Dialogue::expire() {
  if (idle()) return {};
  // One that had lines has answered in its way; some modems leave the final result away.
  if (x_phase == Phase::replying && x_lines.empty()) owe();
  return finish(Reply::End::timed_out);
}

Effects Dialogue::line(const std::string& text) {
  if (auto taken = body(text)) return std::move(*taken);
  if (is_echo(text)) return {};
  if (is_information(text)) {
    if (x_lines.size() < most_lines) x_lines.push_back(text);
    return {};
  }
  if (is_ignored(text)) return {};
  if (auto head = head_of(text)) {
    x_head = std::move(head);
    x_patience = patience;
    x_body_nearer = false;
    return {};
  }
  return result(text);
}

// The line that a head announced. Other lines may slip between the two; after too many the body is given up. Lines
// that the driver knows do not count: a flood of them may come at any moment.
std::optional<Effects> Dialogue::body(const std::string& text) {
  if (!x_head || (x_body_due && x_body_nearer)) return std::nullopt;
  if (goes_on(*x_head, text)) {
    x_head->line += "\n" + text;
    return Effects{};
  }
  if (is_body(*x_head, text)) {
    const auto head = std::exchange(x_head, std::nullopt);
    return one(Unsolicited{event_of(*head, text)});
  }
  if (is_ignored(text) || (--x_patience > 0 && !head_of(text))) return std::nullopt;
  const auto head = std::exchange(x_head, std::nullopt);
  Effects effects = one(Unsolicited{Other{head->line}});
  append(effects, line(text));
  return effects;
}

Effects Dialogue::result(const std::string& text) {
  auto failure = failure_of(text);
  const bool good = same(text, "OK");
  const bool late_verdict = failure && failure->kind == Failure::Kind::cms;
  if ((good || failure) && !late_verdict && pays_debt()) return one(Unsolicited{Other{text}});
  if (good && ends_with_ok()) return finish(Reply::End::ok);
  if (failure && ends_with(*failure)) return finish(Reply::End::failed, std::move(failure));
  return one(Unsolicited{event_of(text)});
}

void Dialogue::owe() {
  const bool bare = x_command.prefixes.empty() && x_command.answer != Command::Answer::words;
  x_owed_bare = bare && (x_owed_bare || x_owed == 0);
  x_owed = std::min(x_owed + 1, most_owed);
}

// A modem answers one command after the other: an answer that no command before can have caused ends all debts.
bool Dialogue::names_itself(std::string_view text) {
  const auto& prefixes = x_command.prefixes;
  if (!x_owed_bare ||
      std::none_of(prefixes.begin(), prefixes.end(), [&](const auto& each) { return starts(text, each); }))
    return false;
  x_owed = 0;
  return true;
}

// An OK or an error while some are owed. A probe is content with it; its own result is then owed instead. What comes
// after a prompt is about the message, whatever is owed.
bool Dialogue::pays_debt() {
  const bool probing = x_phase == Phase::replying && x_command.answer == Command::Answer::probe;
  const bool before_prompt = idle() || x_phase == Phase::replying || x_phase == Phase::prompting;
  if (x_owed == 0 || probing || !before_prompt) return false;
  --x_owed;
  return true;
}

// While a prompt is due, an OK is the late answer to something else.
bool Dialogue::ends_with_ok() const { return x_phase != Phase::idle && x_phase != Phase::prompting; }

bool Dialogue::ends_with(const Failure& failure) const {
  if (x_phase == Phase::idle) return false;
  return x_command.answer != Command::Answer::probe || failure.kind != Failure::Kind::cms;
}

Effects Dialogue::finish(Reply::End end, std::optional<Failure> failure) {
  const bool handed = x_phase == Phase::handed;
  if (handed && end != Reply::End::timed_out) x_unanswered = false;
  if (x_phase == Phase::escaped && end != Reply::End::timed_out) end = Reply::End::denied;
  x_phase = Phase::idle;
  x_body_due = false;
  return one(Finished{Reply{end, std::exchange(x_lines, {}), std::move(failure), handed}});
}

bool Dialogue::is_information(std::string_view text) {
  if (x_phase == Phase::idle || failure_of(text) || same(text, "OK")) return false;
  if (x_body_due && is_hex(text)) {
    x_body_due = false;
    return true;
  }
  if (x_owed > 0 && x_phase == Phase::replying && !names_itself(text)) return false;
  // The reference is given after Ctrl-Z; one that comes sooner is a former submission's.
  if (!x_command.payload.empty() && x_phase != Phase::handed) return false;
  if (!x_command.answers(text)) return false;
  const bool prefixed = x_command.answer == Command::Answer::prefixed;
  if (!prefixed && is_ignored(text)) return false;
  x_body_due = x_command.pdu_lines;
  x_body_nearer = true;
  return true;
}

// A modem may repeat what we write (V.250 6.2.4, ATE1): the command, late even the one before, and the payload.
bool Dialogue::is_echo(std::string_view text) const {
  if (x_command.text.empty()) return false;
  if (text == x_command.text || text == x_former) return true;
  if (x_command.payload.empty() || !is_hex(text)) return false;
  return text == x_command.payload ||
         (text.size() >= shortest_echo && x_command.payload.find(text) != std::string::npos);
}

bool Dialogue::is_ignored(std::string_view text) const {
  return std::any_of(x_ignored.begin(), x_ignored.end(), [&](const auto& prefix) { return starts(text, prefix); });
}

}  // namespace burstd::at
