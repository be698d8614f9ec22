#include "api/feed.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "api/json.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace {

constexpr std::size_t page_limit = 100;            // changes
constexpr std::size_t kept_pages = 8;              // for those who are a little behind
constexpr std::size_t few = 10;                    // events that are written down at once
constexpr base::Milliseconds between_pages{2};     // so that many commits are told together
constexpr base::Milliseconds after_trouble{1000};  // with the record

void tell(ToldPage& page, const clinic::Event& event) {
  const store::Change& change = event.change;
  const boost::json::object body{
      {"seq", change.seq}, {"kind", change.kind}, {"at", base::to_rfc3339(change.at)}, {"data", api::render(event)}};
  const std::string json = boost::json::serialize(body);
  const std::size_t begin = page.text.size();
  page.text.append("id: ").append(std::to_string(change.seq)).append("\nevent: ").append(change.kind);
  page.text.append("\ndata: ");
  page.events.push_back(Told{change.seq, begin, page.text.size(), json.size()});
  page.text.append(json).append("\n\n");
}

ToldPage told_of(const clinic::EventPage& page, std::int64_t after) {
  ToldPage told{after, page.upto, {}, {}};
  for (const clinic::Event& event : page.events) tell(told, event);
  return told;
}

// What of a page is still new there.
ToldPage rest_of(const ToldPage& page, std::int64_t seq) {
  ToldPage rest{seq, page.upto, {}, {}};
  const auto first = std::ranges::upper_bound(page.events, seq, {}, &Told::seq);
  const std::size_t cut = first == page.events.end() ? page.text.size() : first->begin;
  rest.text = page.text.substr(cut);
  for (auto told = first; told != page.events.end(); ++told)
    rest.events.push_back(Told{told->seq, told->begin - cut, told->json - cut, told->json_size});
  return rest;
}

}  // namespace

Feed::Feed(gateway::Gateway& gateway, async::Aside& aside)
    : x_gateway(gateway), x_aside(aside), x_upto(gateway.writer().head()) {}

async::Task<base::Result<ToldPage>> Feed::after(std::int64_t seq) {
  const auto holds = [&](const ToldPage& page) { return page.after <= seq && seq < page.upto; };
  const auto known = std::ranges::find_if(x_pages, holds);
  if (known != x_pages.end()) co_return rest_of(*known, seq);
  if (seq == head() || brings(seq)) co_return ToldPage{seq, seq, {}, {}};
  co_return co_await read(seq);
}

const ToldPage* Feed::at_hand(std::int64_t seq) const {
  const auto page = std::ranges::find(x_pages, seq, &ToldPage::after);
  return page == x_pages.end() ? nullptr : &*page;
}

async::Task<base::Result<ToldPage>> Feed::read(std::int64_t seq) {
  const auto page = co_await x_events->after(seq, page_limit);
  if (!page) co_return page.error();
  const auto rendering = [&] { return told_of(*page, seq); };
  if (page->events.size() <= few) co_return rendering();
  co_return co_await x_aside.run(rendering);
}

async::Task<> Feed::run() {
  x_runs = true;
  base::Steady next{};
  while (!x_stopped) {
    if (x_upto >= head()) {
      co_await x_gateway.writer().news().wait();
    } else if (x_seats.empty()) {
      forget();
    } else {
      co_await async::sleep_until(next);
      next = async::now().steady + between_pages;
      co_await read_on();
    }
  }
  x_runs = false;
}

// A page that cannot be read is left to those who watch: they are refused it, one by one.
async::Task<> Feed::read_on() {
  std::string trouble;
  try {
    auto page = co_await read(x_upto);
    if (!page) trouble = page.error().sentence;
    if (page) {
      x_upto = page->upto;
      x_pages.push_back(std::move(*page));
      if (x_pages.size() > kept_pages) x_pages.pop_front();
    }
  } catch (const std::exception& failure) {
    trouble = failure.what();
  }
  if (!trouble.empty()) {
    spdlog::error("events could not be read for those who watch: {}", trouble);
    forget();
    co_await async::sleep_for(after_trouble);
  }
  wake_all();
}

void Feed::forget() {
  x_pages.clear();
  x_upto = head();
}

void Feed::stop() {
  x_stopped = true;
  x_gateway.writer().news().notify();
  wake_all();
}

void Feed::dismiss() {
  ++x_shift;
  wake_all();
}

void Feed::wake_all() {
  for (async::Signal* wake : x_seats) wake->notify();
}

}  // namespace burstd::api
