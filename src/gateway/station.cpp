#include "gateway/station.hpp"

#include <spdlog/spdlog.h>

#include <stdexcept>
#include <utility>

#include "gateway/observer.hpp"
#include "gateway/settlement.hpp"
#include "pdu/message_type.hpp"

namespace burstd::gateway {

Station::Station(async::Executor executor, const modem::Options& options, const std::vector<modem::Driver>& drivers,
                 Shared shared)
    : x_shared(shared), x_name(options.name), x_modem(std::move(executor), options, drivers, *this) {
  x_status = x_modem.status();
}

void Station::status(const modem::Status& status) {
  const bool news = status.state != x_status.state;
  x_status = status;
  if (!news) return;
  spdlog::info("modem {}: {}{}{}", x_name, modem::to_string(status.state), status.sentence.empty() ? "" : ": ",
               status.sentence);
  x_shared.changed.notify();
}

modem::PduKind Station::kind(const std::string& octets) const {
  const auto type = pdu::incoming_type(octets, pdu::Prefix::either);
  if (type && *type == pdu::MessageType::status_report) return modem::PduKind::report;
  if (type && *type == pdu::MessageType::deliver) return modem::PduKind::message;
  return modem::PduKind::unreadable;
}

async::Task<bool> Station::report(const modem::Identity& identity, std::string pdu) {
  const Arrival arrival{x_name, identity.sim(), std::move(pdu), async::now().wall};
  auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
    return observe(transaction, x_shared.ledger, arrival);
  };
  const auto outcome = co_await x_shared.writer.run(unit);
  // Returning would let the modem forget it: a record that cannot take it ends the session, and the process.
  if (!outcome) throw std::runtime_error(outcome.error().sentence);
  x_shared.dispatcher.admit(outcome->again);
  x_shared.changed.notify();
  co_return true;
}

// A reply has no room of its own yet; it is kept with the reports, unmatched, so that nothing is lost.
async::Task<bool> Station::incoming(const modem::Identity& identity, std::string pdu) {
  auto kept = report(identity, std::move(pdu));
  co_return co_await std::move(kept);
}

async::Task<std::optional<modem::Unresolved>> Station::unresolved(const std::string& modem) {
  auto unit = [&](const store::Connection& connection) { return store::unresolved_attempt(connection, modem); };
  const auto attempt = co_await x_shared.reader.run(unit);
  if (!attempt) co_return std::nullopt;
  co_return modem::Unresolved{attempt->started_at};
}

async::Task<> Station::late_verdict(const modem::Identity&, modem::Verdict verdict) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
    const auto attempt = store::unresolved_attempt(transaction, x_name);
    if (!attempt) return Outcome{};
    return settle(transaction, x_shared.ledger, attempt->key, verdict, async::now().wall);
  };
  const auto outcome = co_await x_shared.writer.run(unit);
  if (!outcome) co_return;
  x_shared.dispatcher.admit(outcome->again);
  x_shared.changed.notify();
}

async::Task<> Station::serve(modem::Link& link) { return x_shared.dispatcher.serve(x_name, link); }

}  // namespace burstd::gateway
