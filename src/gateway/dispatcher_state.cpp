// The part of Dispatcher that tells how things stand.
#include <algorithm>

#include "gateway/dispatcher.hpp"
#include "gateway/route.hpp"

namespace burstd::gateway {

std::map<std::string, Dispatcher::Halt> Dispatcher::halts() const {
  std::map<std::string, Halt> halts;
  for (const auto& [modem, post] : x_posts) {
    if (post->halt.by != message::Limit::none) halts.emplace(modem, post->halt);
  }
  return halts;
}

std::map<std::string, Allowance> Dispatcher::allowances() const {
  std::map<std::string, Allowance> allowances;
  const base::Time now = async::now().wall;
  for (const auto& [modem, post] : x_posts)
    allowances.emplace(modem, post->purse.allowance(now)).first->second.routes = post->routes;
  return allowances;
}

std::vector<std::uint64_t> Dispatcher::others(const std::string& sim) const {
  std::vector<std::uint64_t> routes;
  for (const auto& [modem, post] : x_posts) {
    if (post->sim != sim && !x_rests.contains(modem)) routes.push_back(post->routes);
  }
  return routes;
}

// What waited for its hours has not waited before they began.
std::optional<base::Time> Dispatcher::due_since(base::Time now) {
  look_at_hours(now);
  const auto since = x_plan.due_since(now);
  return since ? std::optional{std::max(*since, x_opened)} : std::nullopt;
}

void Dispatcher::keep_back(KeptBack why, bool on) {
  const std::size_t before = x_kept_back.size();
  if (on) x_kept_back.insert(why);
  if (!on) x_kept_back.erase(why);
  if (x_kept_back.size() != before) x_work.notify();
}

void Dispatcher::retune(Post& post) const {
  post.routes = routes_over(x_ledger.options().routes, post.modem);
  post.purse.retune(x_ledger.options(), post.modem);
  post.halt = {};
}

void Dispatcher::replan() {
  x_plan.set_back(async::now().wall);
  retune();
}

void Dispatcher::retune() {
  const Options& options = x_ledger.options();
  x_hours.exchange(Hours(options.windows, options.timezone));
  x_hours_until = {};
  for (const auto& [modem, post] : x_posts) {
    retune(*post);
    post->refill = true;  // what no limit asked for was not kept
  }
  x_plan.reconsider();
  x_work.notify();
  x_changed.notify();
}

}  // namespace burstd::gateway
