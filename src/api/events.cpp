// Watching: server-sent events that follow the record, and the same as a long poll. Both begin after a change that the
// client has seen; what is told, and that nothing is told twice, is the feed's and the clinic's business.
#include <algorithm>
#include <charconv>
#include <limits>

#include "api/endpoints.hpp"
#include "api/feed.hpp"
#include "api/json.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr base::Milliseconds between_heartbeats = 15s;
constexpr std::int64_t longest_wait = 60;  // seconds
constexpr std::int64_t any_change = std::numeric_limits<std::int64_t>::max();
constexpr const char* seen_header = "Last-Event-ID";

struct Watch {
  std::optional<std::int64_t> after;
  std::optional<std::chrono::seconds> wait;  // a long poll
  Faults faults;
};

std::optional<std::int64_t> read_seen(std::string_view text) {
  std::int64_t seq = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, code] = std::from_chars(text.data(), end, seq);
  const bool whole = code == std::errc() && rest == end && seq >= 0;
  return whole ? std::optional(seq) : std::nullopt;
}

// A client that lost its stream asks with the same URL and the header: what it has seen since counts.
Watch read_watch(const http::Request& request) {
  Watch watch;
  Query query(request);
  watch.after = query.number("after", 0, any_change);
  if (const auto wait = query.number("wait", 0, longest_wait)) watch.wait = std::chrono::seconds(*wait);
  watch.faults = query.finish();
  const auto header = request.header(seen_header);
  if (!header || header->empty()) return watch;
  const auto seen = read_seen(*header);
  if (!seen) watch.faults.add("", seen_header, "The header must be the id of an event, a whole number from 0");
  if (seen) watch.after = std::max(*seen, watch.after.value_or(0));
  return watch;
}

http::Response page_answer(const ToldPage& page, const std::string& epoch) {
  http::Response response;
  response.content_type = "application/json";
  response.body = "{\"items\":[";
  for (const Told& told : page.events) {
    response.body.append(&told == &page.events.front() ? "" : ",").append(page.text, told.json, told.json_size);
  }
  response.body.append("],\"last_seq\":").append(std::to_string(page.upto));
  response.body.append(",\"epoch\":\"").append(epoch).append("\"}");
  return response;
}

// What is new there, and the position moves on; nothing new is an empty text.
async::Task<base::Result<std::string>> news(Feed& feed, std::int64_t& position) {
  auto page = co_await feed.after(position);
  if (!page) co_return page.error();
  position = page->upto;
  co_return std::move(page->text);
}

// Until the client goes, or the server stops.
async::Task<base::Result<void>> follow(Feed& feed, http::Stream& stream, std::int64_t position) {
  const Feed::Seat seat(feed, stream.wake());
  base::Steady heartbeat = async::now().steady + between_heartbeats;
  std::string text;
  const int shift = feed.shift();
  while (!stream.closed() && feed.shift() == shift) {
    const std::int64_t before = position;
    text.clear();
    if (const ToldPage* const page = feed.at_hand(position)) {
      text = page->text;
      position = page->upto;
    } else if (!feed.brings(position)) {
      auto told = co_await news(feed, position);
      if (!told) co_return told.error();
      text = std::move(*told);
    }
    if (text.empty()) {
      if (position > before || feed.leads_on(position)) continue;
      const bool woken = co_await stream.wake().wait_until(heartbeat);
      if (woken) continue;
      text = ": still here\n\n";
    }
    const auto written = co_await stream.write(text);
    if (!written) co_return written.error();
    heartbeat = async::now().steady + between_heartbeats;
  }
  co_return base::Result<void>();
}

Answer poll(Desk& desk, std::int64_t position, std::chrono::seconds wait) {
  async::Signal wake;
  const Feed::Seat seat(desk.feed, wake);
  const base::Steady deadline = async::now().steady + wait;
  const int shift = desk.feed.shift();
  while (true) {
    const auto page = co_await desk.feed.after(position);
    if (!page) co_return refuse(page.error());
    const bool moved = page->upto > position;
    position = page->upto;
    const bool dismissed = desk.feed.stopped() || desk.feed.shift() != shift;
    const bool over = dismissed || async::now().steady >= deadline;
    if (over || !page->events.empty()) co_return page_answer(*page, desk.epoch());
    if (moved || desk.feed.leads_on(position)) continue;
    co_await wake.wait_until(deadline);
  }
}

}  // namespace

json::object render(const clinic::Event& event) {
  if (event.item) return render(*event.item);
  if (event.burst) return render(*event.burst);
  if (event.reply) return render(*event.reply);
  if (event.opt_out) return render(*event.opt_out);
  const store::Change& change = event.change;
  std::string detail = change.detail.value_or("");
  json::object data{{"event", change.event}};
  if (change.kind == "modem" || change.kind == "quota") {
    const auto comma = std::min(detail.find(", "), detail.size());
    data["name"] = detail.substr(0, comma);
    detail.erase(0, std::min(comma + 2, detail.size()));
  }
  data["from"] = or_null(change.from);
  data["state"] = or_null(change.to);
  data["detail"] = or_null(detail);
  return data;
}

Answer watch_events(Desk& desk, const Call& call) {
  Watch watch = read_watch(call.request);
  if (!watch.faults.empty()) co_return to_response(malformed(std::move(watch.faults)));
  const std::int64_t position = watch.after.value_or(desk.feed.head());
  if (watch.after) {
    const auto known = co_await desk.events.after(position, 1);
    if (!known) co_return refuse(known.error());
  }
  if (watch.wait) co_return co_await poll(desk, position, *watch.wait);
  http::Response response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Event-After", std::to_string(position));
  response.headers.emplace_back("Event-Epoch", desk.epoch());
  Feed* const feed = &desk.feed;
  response.stream = [feed, position](http::Stream& stream) { return follow(*feed, stream, position); };
  co_return response;
}

}  // namespace burstd::api
