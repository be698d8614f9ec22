#include "sim/transcript.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/hex.hpp"
#include "sim/rules.hpp"

namespace burstd::sim {

namespace {

constexpr char control_z = 0x1A;

struct Unescaped {
  std::string octets;
  std::size_t used = 0;
};

// What follows a backslash.
std::optional<Unescaped> read_escape(std::string_view text) {
  constexpr std::string_view names = "rnezs\\";
  constexpr std::string_view octets = "\r\n\x1B\x1A \\";
  if (text.empty()) return std::nullopt;
  const auto place = names.find(text.front());
  if (place != std::string_view::npos) return Unescaped{std::string(1, octets[place]), 1};
  const auto octet = text.front() == 'x' ? base::from_hex(text.substr(1, 2)) : base::from_hex("?");
  if (!octet || octet->size() != 1) return std::nullopt;
  return Unescaped{std::string(1, static_cast<char>(octet->front())), 3};
}

std::optional<std::string> read_octets(std::string_view text) {
  std::string octets;
  while (!text.empty()) {
    if (text.front() != '\\') {
      octets.push_back(text.front());
      text.remove_prefix(1);
      continue;
    }
    const auto escaped = read_escape(text.substr(1));
    if (!escaped) return std::nullopt;
    octets += escaped->octets;
    text.remove_prefix(1 + escaped->used);
  }
  return octets;
}

std::optional<Step> read_wait(std::string_view text) {
  if (text == "time-out") return Step{Step::Kind::silence, {}};
  const auto span = text.ends_with("ms") ? read_number(text.substr(0, text.size() - 2)) : std::nullopt;
  if (!span) return std::nullopt;
  return Step{Step::Kind::wait, {}, base::Milliseconds{*span}};
}

std::optional<Step> read_step(char side, std::string_view text) {
  if (side == '~') return read_wait(text);
  const auto octets = read_octets(text);
  if ((side != '>' && side != '<') || !octets) return std::nullopt;
  return Step{side == '>' ? Step::Kind::read : Step::Kind::write, *octets};
}

bool is_skipped(std::string_view line) {
  return line.empty() || line.front() == '#' || line.front() == '@' || line.front() == '=';
}

bool ends_chunk(char octet) { return octet == '\r' || octet == control_z || octet == 0x1B; }

// A PDU is any PDU and a length any length; all else must be the same octets.
bool meets(std::string_view expected, std::string_view chunk) {
  constexpr std::string_view submit = "AT+CMGS=";
  if (expected.ends_with(control_z)) return chunk.ends_with(control_z);
  if (expected.starts_with(submit)) return chunk.starts_with(submit);
  return expected == chunk;
}

}  // namespace

base::Result<std::vector<Step>> read_transcript(std::string_view text) {
  std::vector<Step> steps;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_skipped(line)) continue;
    auto step = read_step(line.front(), line.substr(std::min<std::size_t>(2, line.size())));
    if (!step) {
      return base::malformed(
          "transcript-invalid",
          "Line " + std::to_string(number) + " of the transcript is no step; see tests/transcripts/README.md.");
    }
    step->line = number;
    steps.push_back(std::move(*step));
  }
  return steps;
}

Player::Player(std::vector<Step> steps, Agenda& agenda, Ends ends)
    : x_steps(std::move(steps)), x_agenda(agenda), x_ends(std::move(ends)) {}

void Player::opened() {
  if (x_next == 0) play();
}

// Everything of the modem's side up to the next octets of the daemon's, or up to a silence.
void Player::play() {
  while (!x_waiting && (at(Step::Kind::write) || at(Step::Kind::wait))) {
    const Step& step = x_steps[x_next++];
    if (step.kind == Step::Kind::write) {
      x_ends.write(step.octets);
      continue;
    }
    x_waiting = true;
    x_agenda.after(step.span, [this] {
      x_waiting = false;
      play();
      digest();
    });
  }
  const bool over = !x_waiting && x_next == x_steps.size();
  if (over) x_ends.reached(0);
  if (over) ++x_next;
}

void Player::feed(std::string_view octets) {
  x_inbox.append(octets);
  digest();
}

void Player::digest() {
  while (!x_waiting && !x_inbox.empty()) {
    const auto end = std::find_if(x_inbox.begin(), x_inbox.end(), ends_chunk);
    if (end == x_inbox.end()) return;
    std::string chunk(x_inbox.begin(), end + 1);
    x_inbox.erase(x_inbox.begin(), end + 1);
    take(std::move(chunk));
  }
}

void Player::take(std::string chunk) {
  if (at(Step::Kind::silence)) ++x_next;
  play();
  chunk.insert(0, std::exchange(x_partial, {}));
  if (!at(Step::Kind::read)) return x_ends.modem(chunk);
  const Step& step = x_steps[x_next];
  if (!meets(step.octets, chunk)) {
    if (!step.octets.starts_with(chunk)) return x_ends.modem(chunk);
    x_partial = std::move(chunk);
    return;
  }
  x_ends.reached(step.line);
  ++x_next;
  play();
}

}  // namespace burstd::sim
