#include "clinic/modems.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "clinic/messages.hpp"
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
store::Change change_of(const std::string& name, std::string event, const Hand& hand) {
  Withdrawal who;
  who.client = hand.client;
  who.user = hand.user;
  store::Change change;
  change.at = async::now().wall;
  change.kind = "modem";
  change.event = std::move(event);
  change.detail = name + ", " + detail_of(who);
  return change;
}

}  // namespace

async::Task<std::vector<KeptModem>> Modems::with_owed(std::vector<modem::Status> modems) {
  const base::Time now = async::now().wall;
  auto unit = [&](const store::Connection& connection) {
    std::vector<KeptModem> all;
    for (modem::Status& status : modems) {
      auto owed = store::owed(connection, status.name, status.identity.sim(), now);
      all.push_back(KeptModem{std::move(status), std::move(owed)});
    }
    return all;
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<std::vector<KeptModem>> Modems::list() { co_return co_await with_owed(x_gateway.modems()); }

async::Task<base::Result<KeptModem>> Modems::find(std::string name) {
  auto modems = x_gateway.modems();
  std::erase_if(modems, [&](const modem::Status& status) { return status.name != name; });
  if (modems.empty()) co_return unknown_modem(name);
  auto found = co_await with_owed(std::move(modems));
  co_return std::move(found.front());
}

async::Task<base::Result<KeptModem>> Modems::noted(std::string name, std::string event, Hand hand) {
  const store::Change change = change_of(name, std::move(event), hand);
  auto unit = [&](store::Transaction& transaction) -> base::Result<std::int64_t> {
    if (change.event == paused_event) store::set_paused(transaction, name, change.at);
    if (change.event == resumed_event) store::clear_paused(transaction, name);
    return store::append_history(transaction, change);
  };
  const auto recorded = co_await x_gateway.writer().run(unit);
  if (!recorded) {
    spdlog::warn("modem {}: that it was {} by {} could not be recorded: {}", name, change.event, hand.client,
                 recorded.error().sentence);
  }
  co_return co_await find(std::move(name));
}

async::Task<base::Result<KeptModem>> Modems::pause(std::string name, Hand hand) {
  const auto done = x_gateway.pause(name);
  if (!done) co_return done.error();
  co_return co_await noted(std::move(name), paused_event, std::move(hand));
}

async::Task<base::Result<KeptModem>> Modems::resume(std::string name, Hand hand) {
  const auto done = x_gateway.resume(name);
  if (!done) co_return done.error();
  co_return co_await noted(std::move(name), resumed_event, std::move(hand));
}

async::Task<base::Result<KeptModem>> Modems::reset(std::string name, Hand hand) {
  const auto done = x_gateway.reset(name);
  if (!done) co_return done.error();
  co_return co_await noted(std::move(name), "reset", std::move(hand));
}

async::Task<base::Result<KeptModem>> Modems::unlock(std::string name, gateway::Unlocking unlocking, Hand hand) {
  const auto done = co_await x_gateway.unlock(name, std::move(unlocking));
  if (!done) co_return done.error();
  co_return co_await noted(std::move(name), "unlocked", std::move(hand));
}

async::Task<base::Result<Replaced>> Modems::replace(std::string name, gateway::Adoption adoption, Hand hand) {
  auto adopted = co_await x_gateway.replace(name, std::move(adoption));
  if (!adopted) co_return adopted.error();
  auto modem = co_await noted(std::move(name), "replaced", std::move(hand));
  if (!modem) co_return modem.error();
  co_return Replaced{std::move(*modem), std::move(*adopted)};
}

}  // namespace burstd::clinic
