#include "ctl/words/status_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ctl/words/look.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

bool stands_ready(const json::value& modem) { return text(object(modem), "state") == "ready"; }

constexpr std::string_view not_due = "What waits is not due yet, or waits for its hours or for the modem of its route.";

}  // namespace

// A gateway with nothing to send is well, too, as long as a modem could.
Cell activity_of(const json::object& status, base::Time now) {
  const std::string reason = printable(with_local_times(text(status, "reason"), now));
  const json::array& modems = list(status, "modems");
  if (truth(status, "sending")) return Cell(reason.empty() ? "sending" : "sending, slowed: " + reason, Style::green);
  const bool could = std::any_of(modems.begin(), modems.end(), stands_ready);
  if (could && reason == not_due) return Cell("ready: " + reason, Style::green);
  if (!reason.empty()) return Cell("NOT SENDING: " + reason, Style::red);
  if (could) return Cell("ready, nothing to send", Style::green);
  return Cell("no modem is ready", Style::red);
}

std::string queue_in_words(const json::object& queue, base::Time now) {
  const std::int64_t waiting = count(queue, "queued"), sending = count(queue, "sending");
  std::string line = fmt::format("Queue: {} waiting, {} on the air", waiting, sending);
  if (waiting + sending == 0) line = "Queue: empty";
  line += ".";
  const auto oldest = base::from_rfc3339(text(queue, "oldest_pending_at"));
  if (oldest) {
    line +=
        fmt::format(" The oldest without a final word: since {} ({}).", for_people(*oldest, now), span(now - *oldest));
  }
  return line;
}

std::string clock_in_words(const json::object& status) {
  const std::string clock = text(object(status, "clock"), "sentence");
  return clock.empty() ? text(status, "clock") : clock;
}

}  // namespace burstd::ctl
