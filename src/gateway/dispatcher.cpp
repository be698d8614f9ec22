#include "gateway/dispatcher.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "gateway/route.hpp"

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds record_pause = 5s;  // after the record could not take an attempt
constexpr base::Milliseconds longest_idleness = 30s;
constexpr base::Milliseconds until_clock_is_asked = 1s;        // again, while it is in doubt
constexpr base::Milliseconds patience_with_favourites = 2min;  // for the SIM that a recipient knows
constexpr base::Milliseconds until_others_went = 5s;           // and took the next references
constexpr int most_left_to_others = 8;                         // in a row; then it sends what there is
constexpr int most_put_off = 3;

}  // namespace

Dispatcher::Dispatcher(const Ledger& ledger, store::Writer& writer, store::Reader& reader, async::Signal& changed)
    : x_ledger(ledger),
      x_writer(writer),
      x_reader(reader),
      x_changed(changed),
      x_hours(Hours(ledger.options().windows, ledger.options().timezone)) {}

void Dispatcher::admit(message::Job job) {
  if (!job.number.empty()) job.route = route_of(x_ledger.options().routes, job.number);
  if (const auto flight = x_flights.find(job.message); flight != x_flights.end()) {
    flight->second.admitted = std::move(job);
    return;
  }
  x_plan.add(std::move(job));
  x_work.notify();
}

void Dispatcher::admit(const std::optional<message::Job>& job) {
  if (job) admit(*job);
}

void Dispatcher::withdraw(message::Key message) { x_plan.remove(message); }

void Dispatcher::stop() {
  x_stopped = true;
  x_work.notify();
}

async::Task<> Dispatcher::serve(const std::string& modem, modem::Link& link) {
  async::Scope scope(co_await async::this_executor());
  const Options& options = x_ledger.options();
  Post post{modem,
            link.identity().sim(),
            link,
            scope,
            routes_over(options.routes, modem),
            Purse(options, modem),
            {},
            {},
            {},
            false,
            {}};
  co_await post.purse.fill(x_reader, post.sim);
  retune(post);  // the configuration may have been read anew meanwhile
  scope.spawn(watch(link));
  x_plan.sim_ready(post.sim);
  x_posts[modem] = &post;
  std::exception_ptr failure;
  try {
    co_await work(post);
  } catch (...) {
    failure = std::current_exception();
    stop();
  }
  x_posts.erase(modem);
  x_plan.sim_gone(post.sim);
  x_rests.erase(modem);
  x_work.notify();
  co_await scope.join();
  put_back(post);
  if (failure) std::rethrow_exception(failure);
}

async::Task<> Dispatcher::work(Post& post) {
  while (serving(post)) {
    if (post.fetching || !x_kept_back.empty()) {
      if (!post.fetching) put_back(post);
      co_await x_work.wait();
      continue;
    }
    if (std::exchange(post.refill, false)) co_await post.purse.fill(x_reader, post.sim);
    if (!post.next) co_await fetch(post);
    if (!post.next && reclaim(post)) co_await fetch(post);
    if (!serving(post)) break;
    if (!post.next) {
      co_await idle(post);
      continue;
    }
    Ready ready = std::move(*std::exchange(post.next, std::nullopt));
    auto sending = transmit(post, std::move(ready));
    const Next next = co_await std::move(sending);
    if (next == Next::postponed) co_await rest(post, record_pause);
    co_await rest_if_told(post);
    const auto pause = std::max(post.purse.jitter(), post.throttle.pause());
    if (pause.count() > 0) co_await rest(post, pause);
  }
}

async::Task<> Dispatcher::fetch(Post& post) {
  auto preparing = prepare(post);
  post.next = co_await std::move(preparing);
}

// While a message is on the air, so that the next one waits for nothing.
async::Task<> Dispatcher::fetch_beside(Post& post) {
  post.fetching = true;
  auto fetching = fetch(post);
  co_await std::move(fetching);
  post.fetching = false;
  x_work.notify();
}

// What runs beside a serve loop and throws ends it: nobody would ever hear of it otherwise.
async::Task<> Dispatcher::guarded(async::Task<> child) {
  try {
    co_await std::move(child);
  } catch (...) {
    stop();
    throw;
  }
}

async::Task<std::optional<Dispatcher::Ready>> Dispatcher::prepare(Post& post) {
  int left_to_others = 0;
  while (serving(post)) {
    const auto job = take(post);
    if (!job) break;
    x_flights[job->message] = Flight{};
    auto loaded = co_await load(post, job->message);
    Flight& flight = x_flights.at(job->message);
    if (loaded) {
      Ready ready{*job, std::move(*loaded)};
      flight.again = left_to_others < most_left_to_others ? left_to_another(post, ready) : std::nullopt;
      if (!flight.again) co_return ready;
      ++left_to_others;
    }
    flight.over = true;
    land(job->message);
  }
  co_return std::nullopt;
}

// A reply finds its way only to the SIM that the recipient knows, and a report only by a reference that no other
// message to this recipient has. Nothing: it goes over this SIM now.
std::optional<message::Job> Dispatcher::left_to_another(const Post& post, const Ready& ready) const {
  message::Job job = ready.job;
  const base::Time now = async::now().wall;
  if (job.sim) return std::nullopt;
  if (ready.load.collides && x_plan.size() > 0 && job.put_off < most_put_off) {
    ++job.put_off;
    job.ready_at = now + until_others_went;
    return job;
  }
  const auto& favourite = ready.load.last_sim;
  const bool waits = favourite && !job.preferred && *favourite != post.sim && favourite != job.avoid;
  if (!waits || !serves(*favourite, job.route)) return std::nullopt;
  job.preferred = favourite;
  job.prefer_until = now + patience_with_favourites;
  return job;
}

// One that has to wait for another day is not waited for.
bool Dispatcher::serves(const std::string& sim, int route) const {
  return std::ranges::any_of(x_posts, [&](const auto& entry) {
    const Post& post = *entry.second;
    const bool today = post.halt.by == message::Limit::none || message::sets_pace(post.halt.by);
    return post.sim == sim && today && leads_over(post.routes, route) && !x_rests.contains(post.modem);
  });
}

std::optional<message::Job> Dispatcher::take(Post& post) {
  if (async::clock_doubted()) return std::nullopt;
  const base::Time now = async::now().wall;
  look_at_hours(now);
  auto offer = x_plan.take({post.sim, now, &post.purse.pace(now), post.routes, post.probing});
  const message::Limit before = post.halt.by;
  post.halt = {offer.by, offer.wait_until};
  if (!offer.job && !offer.wait_until && x_plan.size() > 0) {
    const auto whole_day = post.purse.pace(now).anything(now);
    if (whole_day.by != message::Limit::none) post.halt = {whole_day.by, whole_day.at};
  }
  if (post.halt.by != before) x_changed.notify();
  return std::move(offer.job);
}

// Something urgent came after it was fetched.
bool Dispatcher::overtaken(Post& post, const message::Job& job) {
  const base::Time now = async::now().wall;
  return x_plan.overtakes({post.sim, now, &post.purse.pace(now), post.routes}, job);
}

void Dispatcher::look_at_hours(base::Time now) {
  if (x_hours_from <= now && now < x_hours_until) return;
  const bool first = x_hours_from == base::Time{};
  x_hours_from = now;
  const bool changed = x_plan.close(x_hours.now().closed(now));
  if (changed && !first) x_opened = now;
  x_hours_until = x_hours.now().next_change(now);
}

void Dispatcher::put_back(Post& post) {
  if (!post.next) return;
  const message::Key key = post.next->job.message;
  Flight& flight = x_flights.at(key);
  flight.over = true;
  flight.again = post.next->job;
  post.next.reset();
  land(key);
}

async::Task<> Dispatcher::rest_if_told(Post& post) {
  const auto told = x_rests.find(post.modem);
  if (told == x_rests.end()) co_return;
  co_await rest(post, told->second.until - async::now().wall);
  x_rests.erase(post.modem);
  post.probing = true;
}

// What a busy modem has fetched beforehand is better off with an idle one. True when there is something in the plan
// again.
bool Dispatcher::reclaim(const Post& idle) {
  bool any = false;
  for (const auto& [modem, post] : x_posts) {
    const bool other = post != &idle && post->next && !post->next->job.sim && may_carry(idle, post->next->job);
    if (!other || post->next->job.preferred == post->sim) continue;
    put_back(*post);
    any = true;
  }
  return any;
}

bool Dispatcher::may_carry(const Post& post, const message::Job& job) {
  return post.halt.by == message::Limit::none && job.avoid != post.sim && leads_over(post.routes, job.route);
}

// Meanwhile the others may have what this SIM was refused, and what it had fetched.
async::Task<> Dispatcher::rest(Post& post, base::Milliseconds span) {
  const base::Steady until = async::now().steady + span;
  while (post.fetching && serving(post)) co_await x_work.wait();
  put_back(post);
  x_plan.sim_gone(post.sim);
  x_work.notify();
  while (serving(post) && async::now().steady < until) co_await x_work.wait_until(until);
  x_plan.sim_ready(post.sim);
}

// Wakes the serve loops when the link goes down; ends then, or with the dispatcher.
async::Task<> Dispatcher::watch(modem::Link& link) {
  while (link.up() && !x_stopped) {
    co_await link.changed().wait_until(async::now().steady + 5s);
  }
  x_work.notify();
}

async::Task<> Dispatcher::idle(Post& post) {
  const auto now = async::now();
  if (async::clock_doubted()) {
    co_await x_work.wait_until(now.steady + until_clock_is_asked);
    co_return;
  }
  base::Time next = std::min(now.wall + longest_idleness, x_hours_until);
  if (const auto ready = x_plan.next_ready()) next = std::min(next, *ready);
  if (post.halt.until) next = std::min(next, *post.halt.until);
  const auto pause = std::clamp<base::Milliseconds>(next - now.wall, 1ms, longest_idleness);
  co_await x_work.wait_until(now.steady + pause);
}

}  // namespace burstd::gateway
