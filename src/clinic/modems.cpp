#include "clinic/modems.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "clinic/items.hpp"
#include "store/history.hpp"

namespace burstd::clinic {

namespace {

// These two last over a restart.
constexpr const char* paused_event = "paused";
constexpr const char* resumed_event = "resumed";

base::Error unknown_modem(const std::string& name) {
  return base::Error{base::Fault::missing, "modem-unknown",
                     "There is no modem '" + name + "'; see the list of modems for their names."};
}

// "left, by anna of it"
store::Change change_of(const Act& act, const Hand& hand) {
  store::Change change;
  change.at = async::now().wall;
  change.kind = "modem";
  change.event = act.event;
  change.detail = act.subject + ", by " + who(hand);
  return change;
}

base::Error not_on_record(const Act& act, const Hand& hand, base::Error error) {
  spdlog::warn("modem {}: that it was {} by {} could not be recorded: {}", act.subject, act.event, hand.client,
               error.sentence);
  error.sentence =
      "The modem was " + act.event + ", but that is not on record and ends with a restart: " + error.sentence;
  return error;
}

}  // namespace

async::Task<Page<KeptModem>> Modems::with_company(std::vector<modem::Status> modems) {
  const base::Time now = async::now().wall;
  const auto left = x_gateway.left();
  auto unit = [&](const store::Connection& connection) {
    Page<KeptModem> all;
    all.last_seq = store::last_seq(connection);
    for (modem::Status& status : modems) {
      auto owed = store::owed(connection, status.name, status.identity.sim(), now);
      const auto of_sim = left.find(status.name);
      all.items.push_back(KeptModem{std::move(status), std::move(owed)});
      if (of_sim != left.end()) all.items.back().left = of_sim->second;
    }
    return all;
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<std::vector<KeptModem>> Modems::all() {
  auto page = co_await with_company(x_gateway.modems());
  co_return std::move(page.items);
}

async::Task<base::Result<Page<KeptModem>>> Modems::list(std::string after, std::size_t limit) {
  auto modems = x_gateway.modems();
  const auto last = std::ranges::find(modems, after, &modem::Status::name);
  if (last == modems.end() && !after.empty()) co_return resync();
  if (last != modems.end()) modems.erase(modems.begin(), last + 1);
  modems.resize(std::min(modems.size(), limit + 1));
  auto page = co_await with_company(std::move(modems));
  co_return page_of(std::move(page.items), limit, page.last_seq);
}

async::Task<base::Result<KeptModem>> Modems::find(std::string name) {
  auto modems = x_gateway.modems();
  std::erase_if(modems, [&](const modem::Status& status) { return status.name != name; });
  if (modems.empty()) co_return unknown_modem(name);
  auto found = co_await with_company(std::move(modems));
  co_return std::move(found.items.front());
}

async::Task<base::Result<KeptModem>> Modems::noted(Act act, Hand hand) {
  const store::Change change = change_of(act, hand);
  const std::string& name = act.subject;
  auto unit = [&](store::Transaction& transaction) -> base::Result<std::int64_t> {
    if (change.event == paused_event) store::set_paused(transaction, name, change.at);
    if (change.event == resumed_event) store::clear_paused(transaction, name);
    put_on_record(transaction, hand, act, change.at);
    return store::append_history(transaction, change);
  };
  const auto recorded = co_await x_gateway.writer().run(unit);
  if (!recorded) co_return not_on_record(act, hand, recorded.error());
  co_return co_await find(name);
}

async::Task<base::Result<KeptModem>> Modems::pause(std::string name, Hand hand) {
  const auto done = x_gateway.pause(name);
  if (!done) co_return done.error();
  Act act{paused_event, std::move(name), std::nullopt};
  co_return co_await noted(std::move(act), std::move(hand));
}

async::Task<base::Result<KeptModem>> Modems::resume(std::string name, Hand hand) {
  const auto done = x_gateway.resume(name);
  if (!done) co_return done.error();
  Act act{resumed_event, std::move(name), std::nullopt};
  co_return co_await noted(std::move(act), std::move(hand));
}

async::Task<base::Result<KeptModem>> Modems::reset(std::string name, Hand hand) {
  const auto done = x_gateway.reset(name);
  if (!done) co_return done.error();
  Act act{"reset", std::move(name), std::nullopt};
  co_return co_await noted(std::move(act), std::move(hand));
}

async::Task<base::Result<KeptModem>> Modems::unlock(std::string name, gateway::Unlocking unlocking, Hand hand) {
  const std::string with = unlocking.pin ? "with a PIN that was given" : "with the PIN of the configuration";
  const std::string last = unlocking.last_try ? ", although it was the last try" : "";
  const auto done = co_await x_gateway.unlock(name, std::move(unlocking));
  if (!done) co_return done.error();
  Act act{"unlocked", std::move(name), with + last};
  co_return co_await noted(std::move(act), std::move(hand));
}

async::Task<base::Result<Replaced>> Modems::replace(std::string name, gateway::Adoption adoption, Hand hand) {
  auto adopted = co_await x_gateway.replace(name, std::move(adoption));
  if (!adopted) co_return adopted.error();
  Act act{"replaced", std::move(name), *adopted};
  auto modem = co_await noted(std::move(act), std::move(hand));
  if (!modem) co_return modem.error();
  co_return Replaced{std::move(*modem), std::move(*adopted)};
}

}  // namespace burstd::clinic
