#include "ctl/burst/burst_watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "ctl/burst/burst_view.hpp"
#include "ctl/items/call_list.hpp"
#include "ctl/wire/follower.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/obstacle.hpp"
#include "ctl/words/waiting.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t bar_width = 24;
constexpr std::size_t narrow = 100;  // columns; below, the bar is shorter

std::string line_of(const Session& session, const json::object& batch, base::Milliseconds elapsed) {
  const Progress progress = progress_of(batch);
  const bool small = session.term.look.width > 0 && session.term.look.width < narrow;
  std::string line = session.term.moving ? bar(progress, small ? bar_width / 3 : bar_width)
                                         : fmt::format("{} of {} final", progress.done, progress.total);
  const std::string counts = counts_in_words(session, batch), eta = eta_in_words(batch, session.term.now());
  if (!counts.empty()) line += "  " + counts;
  line += "  " + span(elapsed);
  if (!eta.empty() && !progress.final) line += ", last leaves " + printable(eta);
  return line;
}

// Shows each look once: over the line before on a terminal, below it elsewhere when something changed.
class Display {
 public:
  explicit Display(const Session& session) : x_session(session), x_began(session.term.now()) {}

  void show(const json::object& batch) {
    if (x_session.json) return;
    const std::string line = line_of(x_session, batch, x_session.term.now() - x_began);
    if (x_session.term.moving) {
      x_session.term.out << "\r\x1b[K" << fitting(line) << std::flush;
      return;
    }
    const std::string counts = counts_in_words(x_session, batch);
    if (counts != x_counts) x_session.term.out << line << std::endl;
    x_counts = counts;
  }

  // Why nothing goes on, each time it is another reason.
  void explain(const std::string& obstacle) {
    if (x_session.json || obstacle == x_obstacle) return;
    x_obstacle = obstacle;
    if (obstacle.empty()) return;
    x_session.term.out << (x_session.term.moving ? "\r\x1b[K" : "")
                       << x_session.term.paint(printable(obstacle), Style::red) << std::endl;
  }

  void end() {
    if (!x_session.json && x_session.term.moving) x_session.term.out << '\n';
  }

 private:
  // A line that wraps could not be drawn over; escapes cannot be cut, so a coloured one loses its colours.
  std::string fitting(const std::string& line) const {
    std::string bare;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '\x1b') {
        i = std::min(line.find('m', i), line.size());
      } else {
        bare += line[i];
      }
    }
    const std::size_t room = std::max<std::size_t>(x_session.term.look.width, 2) - 1;
    return display_width(bare) <= room ? line : cut(bare, room);
  }

  const Session& x_session;
  base::Time x_began;
  std::string x_counts = "-", x_obstacle;
};

// Something of it has not left yet.
bool waits(const json::object& batch) {
  const json::object& states = object(object(batch, "counts"), "state");
  return count(states, "queued") + count(states, "held") + count(states, "retrying") > 0;
}

Exit leave(const Session& session, const std::string& id) {
  session.term.err << "\nNo longer watching; the burst goes on. Look again with: burstctl burst show " << printable(id)
                   << " --watch\nStop what has not left with: burstctl burst cancel " << printable(id) << '\n';
  return Exit::done;
}

Exit conclude(const Session& session, const Reply& reply) {
  const Progress progress = progress_of(reply.object());
  if (session.json) print_raw(session, reply.answer);
  if (!session.json) {
    const auto slip = print_slip(session, reply.object());
    if (!slip) return slip.error();
  }
  return progress.failed == 0 ? Exit::done : Exit::refused;
}

}  // namespace

Progress progress_of(const json::object& batch) {
  const json::object& counts = object(batch, "counts");
  const json::object& statuses = object(counts, "status");
  const json::object& told = object(batch, "progress");
  Progress progress;
  const std::int64_t pending = count(statuses, "Pending");
  const std::int64_t failed = count(statuses, "Send Failed");
  progress.failed = count(counts, "failures");
  const std::int64_t known = pending + failed + count(statuses, "Sent Successfully");
  // The gateway's own progress is what waits for nothing on its side; what is final is in the counts.
  progress.total = known > 0 ? known : count(told, "total");
  progress.done = known > 0 ? known - pending : count(told, "done");
  const std::string state = text(batch, "state");
  const bool over = state == "done" || state == "cancelled";
  if (known > 0) {
    progress.final = pending == 0;
  } else {
    progress.final = over || (progress.total > 0 && progress.done >= progress.total);
  }
  return progress;
}

std::string bar(const Progress& progress, std::size_t width) {
  const std::int64_t total = std::max<std::int64_t>(progress.total, 1);
  const std::int64_t done = std::clamp<std::int64_t>(progress.done, 0, total);
  const std::size_t full = static_cast<std::size_t>(done) * width / static_cast<std::size_t>(total);
  std::string blocks;
  for (std::size_t i = 0; i < width; ++i) blocks += i < full ? "█" : "░";
  return fmt::format("[{}] {}/{}  {} %", blocks, progress.done, progress.total, done * 100 / total);
}

Exit watch_burst(const Session& session, const std::string& id) {
  const Watching watching;
  Follower follower(session);
  Display display(session);
  while (true) {
    const auto look = look_patiently(session, {"GET", "/v1/batches/" + encoded(id), {}}, watching);
    if (!look) {
      display.end();
      return look.error();
    }
    if (!*look) return leave(session, id);
    const json::object& batch = (*look)->object();
    if (const std::string state = text(batch, "state"); state == "expired") {
      return complain(session, "burst " + printable(id) + " was only previewed; nothing of it was sent.");
    } else if (state == "preview") {
      return complain(session, "burst " + printable(id) +
                                   " is a preview; nothing of it is sent yet. Send it with: "
                                   "burstctl burst send " +
                                   printable(id));
    }
    if (waits(batch)) display.explain(obstacle_now(session));
    display.show(batch);
    if (progress_of(batch).final) {
      display.end();
      return conclude(session, **look);
    }
    if (!follower.pause(watching)) return leave(session, id);
  }
}

}  // namespace burstd::ctl
