#include "message/fold.hpp"

#include <algorithm>

namespace burstd::message {

namespace {

using enum State;

// Worst first; the first state that any part has decides.
constexpr std::array severity{failed,   blocked, expired,   State::cancelled, uncertain, sending,
                              retrying, queued,  submitted, unconfirmed,      delivered};

bool any(const std::vector<Part>& parts, State state) {
  return std::ranges::any_of(parts, [&](const Part& part) { return part.standing.state == state; });
}

// The service centre has given it up for a passing cause: with the last words of the others all of it may go again.
bool may_go_again(const Part& part) {
  return part.standing.state == failed && part.standing.reported && part.next_attempt_at;
}

bool is_awaited(const Part& part) { return part.standing.state == submitted || part.standing.state == sending; }

// Whether the whole is sent again is open as long as the last word of a part is.
bool awaits_last_words(const std::vector<Part>& parts) {
  return std::ranges::any_of(parts, may_go_again) && std::ranges::any_of(parts, is_awaited) &&
         std::ranges::all_of(
             parts, [](const Part& part) { return may_go_again(part) || is_awaited(part) || never_left(part); });
}

State fold_state(const std::vector<Part>& parts) {
  if (awaits_last_words(parts)) return any(parts, sending) ? sending : retrying;
  const auto* const worst = std::ranges::find_if(severity, [&](State state) { return any(parts, state); });
  const bool waits = *worst == queued || *worst == retrying;
  // Between two parts the message is on its way, although no part is on the air at this moment.
  return waits && std::ranges::any_of(parts, has_left) ? sending : *worst;
}

template <class Member>
std::optional<base::Time> latest(const std::vector<Part>& parts, Member member) {
  std::optional<base::Time> last;
  for (const Part& part : parts) {
    if (!(part.*member)) return std::nullopt;
    if (!last || *(part.*member) > *last) last = part.*member;
  }
  return last;
}

const Part& decisive(const std::vector<Part>& parts, State state) {
  const auto found = std::ranges::find_if(
      parts, [&](const Part& part) { return part.standing.state == state && part.error_code != "abandoned"; });
  if (found != parts.end()) return *found;
  const auto same = std::ranges::find_if(parts, [&](const Part& part) {
    return part.standing.state == state || (state == retrying && may_go_again(part));
  });
  return same == parts.end() ? parts.front() : *same;
}

std::optional<std::string> confirmation(const Progress& after, const std::vector<Part>& parts,
                                        const StatusRules& rules) {
  if (after.state == delivered) return "report";
  if (after.state == submitted && rules.network_confirms) return "network";
  if (after.state != unconfirmed) return std::nullopt;
  const auto said = [](const Part& part) { return !part.standing.reported && part.error_code == said_sent; };
  if (std::ranges::any_of(parts, said)) return "person";
  const bool reported = std::ranges::all_of(parts, [](const Part& part) { return part.standing.reported; });
  return reported ? "report" : "network";
}

std::string incomplete(const Part& culprit, std::size_t total) {
  return "Part " + std::to_string(culprit.number) + " of " + std::to_string(total) +
         " not delivered; the patient may have seen an incomplete text";
}

void explain(Progress& after, const std::vector<Part>& parts) {
  after.error_code.reset(), after.error.reset();
  const bool speaks = after.state == failed || after.state == uncertain || after.state == retrying ||
                      after.state == unconfirmed || after.state == expired || after.state == blocked ||
                      after.state == State::cancelled;
  if (!speaks) return;
  const Part& culprit = decisive(parts, after.state);
  after.error_code = culprit.error_code;
  after.error = culprit.error;
  const auto left = std::ranges::count_if(parts, has_left);
  const bool partly = after.state == failed && parts.size() > 1 && left > 0;
  if (!partly) return;
  if (culprit.error_code == "abandoned") {
    const bool doubt = std::ranges::any_of(parts, [](const Part& part) { return part.standing.state == uncertain; });
    after.error = std::to_string(left) + " of " + std::to_string(parts.size()) + " parts " +
                  (doubt ? "may have left" : "left") + "; the patient may have seen an incomplete text";
  } else {
    after.error = incomplete(culprit, parts.size()) + (culprit.error ? " (" + *culprit.error + ")" : "");
  }
}

}  // namespace

bool has_left(const Part& part) {
  switch (part.standing.state) {
    case submitted:
    case delivered:
    case unconfirmed:
    case uncertain:
      return true;
    case failed:
      return part.sent_at.has_value();
    default:
      return false;
  }
}

bool never_left(const Part& part) {
  return part.standing.state == failed && !part.standing.reported && !part.sent_at && part.error_code == "abandoned";
}

Progress fold(const Progress& before, const std::vector<Part>& parts, const StatusRules& rules) {
  Progress after = before;
  after.state = fold_state(parts);
  after.window_over =
      std::ranges::any_of(parts, [](const Part& part) { return part.standing.state == uncertain && part.window_over; });
  after.sent_at = latest(parts, &Part::sent_at);
  after.delivered_at = after.state == delivered ? latest(parts, &Part::delivered_at) : std::nullopt;
  after.next_attempt_at = after.state == retrying ? decisive(parts, retrying).next_attempt_at : std::nullopt;
  after.confirmation = confirmation(after, parts, rules);
  after.status = after.confirmation == "person" ? Status::sent : status_of(after.state, after.window_over, rules);
  explain(after, parts);
  return after;
}

}  // namespace burstd::message
