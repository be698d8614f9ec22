#include "ctl/watch/top_command.hpp"

#include <boost/json/parse.hpp>
#include <ostream>

#include "ctl/gateway/gateway_commands.hpp"
#include "ctl/watch/top_screen.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t kept_events = 200;
constexpr std::chrono::seconds patience{3};
constexpr std::chrono::minutes of_paces{1};

class Lookout {
 public:
  explicit Lookout(const Session& session)
      : x_session(session), x_client(session.client.socket(), base::Milliseconds{patience}) {}

  // The next picture. What could not be asked stays as it was, with the reason.
  const Picture& look() {
    x_picture.now = x_session.term.now();
    x_picture.trouble.clear();
    const auto figures = ask("/metrics");
    const auto status = ask("/v1/status");
    if (status) x_picture.status = object(parsed(*status));
    if (figures) take(Figures(*figures));
    if (x_picture.trouble.empty()) x_picture.known = x_picture.now;
    listen();
    return x_picture;
  }

 private:
  base::Result<std::string> ask(const std::string& target) {
    auto answer = x_client.ask({"GET", target, {}});
    if (!answer) {
      x_picture.trouble = "The gateway does not answer; it is asked again. " + answer.error().sentence;
      return answer.error();
    }
    if (!answer->good()) {
      x_picture.trouble = "The gateway refuses: " + text(object(parsed(answer->body)), "detail");
      return base::Error{base::Fault::refused, "refused", x_picture.trouble};
    }
    return std::move(answer->body);
  }

  static json::value parsed(const std::string& body) {
    boost::system::error_code failure;
    return json::parse(body, failure);
  }

  void take(Figures figures) {
    x_picture.figures = figures;
    x_readings.emplace_back(x_picture.now, std::move(figures));
    while (x_readings.size() > 2 && x_picture.now - x_readings[1].first >= of_paces) x_readings.pop_front();
    if (x_readings.size() > 1) x_picture.paces = paces_between(x_readings.front().second, x_readings.back().second);
  }

  void listen() {
    if (!x_picture.trouble.empty()) return;
    const std::string after = x_after ? std::to_string(*x_after) : "";
    const auto page = x_client.ask({"GET", with_query("/v1/events", {{"after", after}, {"wait", "0"}}), {}});
    if (!page || !page->good()) return x_after.reset();  // another record, or away: from now on
    const json::value body = parsed(page->body);
    x_after = number(object(body), "last_seq");
    for (const json::value& event : list(object(body), "items"))
      x_picture.events.push_back(event_line(object(event), x_picture.now));
    while (x_picture.events.size() > kept_events) x_picture.events.pop_front();
  }

  const Session& x_session;
  Client x_client;
  Picture x_picture;
  std::deque<std::pair<base::Time, Figures>> x_readings;
  std::optional<std::int64_t> x_after;
};

Exit print_once(const Session& session, Picture picture) {
  picture.goes_on = false;
  const Look& look = session.term.look;
  const ScreenSize size{look.width == 0 ? ScreenSize{}.columns : look.width, ScreenSize{}.rows};
  for (const std::string& line : lines_of(picture, size, look.colour)) session.term.out << line << '\n';
  return Exit::done;
}

}  // namespace

Exit show_top(const Session& session) {
  if (session.json) return show_status(session);
  Lookout watch(session);
  const Picture& picture = watch.look();
  if (!picture.trouble.empty()) return complain(session, picture.trouble, Exit::unreachable);
  if (!session.term.asks) return print_once(session, picture);
  FullScreen screen;
  for (;;) {
    if (!FullScreen::write(frame_of(lines_of(picture, FullScreen::size(), session.term.look.colour)))) break;
    const auto wake = screen.wait(session.term.poll);
    if (wake == FullScreen::Wake::ended) break;
    if (wake == FullScreen::Wake::key && (screen.key() == 'q' || screen.key() == 'Q')) break;
    if (wake == FullScreen::Wake::time) watch.look();
  }
  return Exit::done;
}

}  // namespace burstd::ctl
