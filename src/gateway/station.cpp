#include "gateway/station.hpp"

#include <spdlog/spdlog.h>

#include <utility>

#include "gateway/clock.hpp"
#include "gateway/insist.hpp"
#include "gateway/observer.hpp"
#include "gateway/receiver.hpp"
#include "gateway/sender.hpp"
#include "gateway/settlement.hpp"
#include "pdu/deliver.hpp"
#include "pdu/message_type.hpp"
#include "pdu/status_report.hpp"
#include "store/evidence.hpp"

namespace burstd::gateway {

namespace {

constexpr std::chrono::hours weighed{24};  // what was sent in this time …
constexpr std::chrono::hours due{1};       // … but this, may have had reports
constexpr int enough_sent = 10;
constexpr const char* no_reports_come =
    "No delivery report has come in 24 hours although messages were sent: this modem or its operator gives none.";

}  // namespace

Station::Station(async::Executor executor, const modem::Options& options, Shared shared)
    : x_shared(shared),
      x_name(options.name),
      x_modem(std::move(executor), options,
              modem::Modem::Surroundings{shared.drivers, shared.finding, shared.finder, *this}),
      x_waits([this] { return !x_shared.dispatcher.stopped(); }) {
  x_status = x_modem.status();
}

void Station::status(const modem::Status& status) {
  const bool news = status.state != x_status.state;
  const bool asks = status.state == modem::State::setting_up || status.state == modem::State::waiting;
  if (!asks) x_unwelcome.reset();
  x_status = status;
  x_status.reports_missing = x_silent;
  x_status.number = own_number(status.number, x_shared.ledger.options().country);
  if (x_silent) x_status.report_sentence = no_reports_come;
  if (!news) return;
  const bool trouble = status.state == modem::State::absent || status.state == modem::State::busy ||
                       status.state == modem::State::failed || status.state == modem::State::quarantined;
  spdlog::log(trouble ? spdlog::level::warn : spdlog::level::info, "modem {}: {}{}{}", x_name,
              modem::to_string(status.state), status.sentence.empty() ? "" : ": ", status.sentence);
  x_shared.changed.notify();
}

void Station::network_time(base::Time told) { hear_network_time(told, x_name); }

// A slot of a modem's memory is given up only for what was really read.
modem::PduKind Station::kind(const std::string& octets) const {
  const auto type = pdu::incoming_type(octets, pdu::Prefix::either);
  if (!type) return modem::PduKind::unreadable;
  const bool report = *type == pdu::MessageType::status_report;
  const bool readable = report ? pdu::decode_status_report(octets).has_value()
                               : pdu::decode_deliver(octets, pdu::Prefix::either).has_value();
  if (!readable) return modem::PduKind::unreadable;
  return report ? modem::PduKind::report : modem::PduKind::message;
}

async::Task<bool> Station::report(const modem::Identity& identity, std::string pdu) {
  const std::string sim = identity.sim();
  const Arrival arrival{x_name, sim, std::move(pdu), async::now().wall, x_shared.dispatcher.others(sim)};
  if (witnesses_count()) {
    const auto decoded = pdu::decode_status_report(arrival.pdu);
    if (decoded) witness_clock(pdu::to_time(decoded->discharge).value_or(base::Time{}));
  }
  auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
    return observe(transaction, x_shared.ledger, arrival);
  };
  const bool slot_waits = x_status.report_way == modem::ReportWay::stored;
  const auto haste = slot_waits ? store::Haste::now : store::Haste::can_wait;
  co_return take_up(co_await insist(x_shared.writer, unit, x_waits, haste));
}

async::Task<bool> Station::incoming(const modem::Identity& identity, std::string pdu) {
  const Arrival arrival{x_name, identity.sim(), std::move(pdu), async::now().wall};
  if (witnesses_count()) {
    const auto decoded = pdu::decode_deliver(arrival.pdu, pdu::Prefix::either);
    if (decoded) witness_clock(pdu::to_time(decoded->timestamp).value_or(base::Time{}));
  }
  Consequences consequences;
  auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
    consequences = receive(transaction, x_shared.ledger, arrival).consequences;
    return Outcome{};
  };
  const bool kept = take_up(co_await insist(x_shared.writer, unit, x_waits));
  if (!kept) co_return false;
  for (const message::Key key : consequences.withdrawn) x_shared.dispatcher.withdraw(key);
  for (const message::Message& made : consequences.queued) x_shared.dispatcher.admit(message::job_of(made));
  co_return true;
}

async::Task<std::optional<modem::Unresolved>> Station::unresolved(const std::string& modem) {
  const base::Time since = async::now().wall - longest_doubt;
  auto unit = [&](const store::Connection& connection) { return store::unresolved_attempt(connection, modem, since); };
  const auto attempt = co_await x_shared.reader.run(unit);
  if (!attempt) co_return std::nullopt;
  co_return modem::Unresolved{attempt->started_at};
}

// The evidence of one SIM is none for an attempt over another.
async::Task<> Station::late_verdict(const modem::Identity& identity, modem::Verdict verdict) {
  const base::Time now = async::now().wall;
  auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
    const auto attempt = store::unresolved_attempt(transaction, x_name, now - longest_doubt);
    if (!attempt || attempt->sim != identity.sim()) return Outcome{};
    return settle(transaction, x_shared.ledger, {attempt->key, verdict, now});
  };
  take_up(co_await insist(x_shared.writer, unit, x_waits));
  x_shared.dispatcher.tell(x_name, identity.sim(), verdict);
}

bool Station::take_up(const base::Result<Outcome>& outcome) {
  if (!outcome) {
    spdlog::error("modem {}: what it said could not be recorded: {}", x_name, outcome.error().sentence);
    return false;
  }
  const bool settled = outcome->changed && !outcome->again;
  if (settled) x_shared.dispatcher.withdraw(outcome->part.message);
  x_shared.dispatcher.admit(outcome->again);
  x_shared.changed.notify();
  return true;
}

async::Task<> Station::weigh_reports() {
  const std::string sim = x_status.identity.sim();
  if (sim.empty()) co_return;
  const base::Time now = async::now().wall;
  auto unit = [&](const store::Connection& connection) {
    return store::report_count(connection, sim, now - weighed, now - due);
  };
  const auto count = co_await x_shared.reader.run(unit);
  const bool silent = count.accepted >= enough_sent && count.reports == 0;
  if (silent == std::exchange(x_silent, silent)) co_return;
  if (silent) spdlog::warn("modem {}: {}", x_name, no_reports_come);
  if (silent) x_modem.distrust_reports();
  status(x_modem.status());
}

async::Task<> Station::serve(modem::Link& link) { return x_shared.dispatcher.serve(x_name, link); }

}  // namespace burstd::gateway
