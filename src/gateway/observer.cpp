#include "gateway/observer.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "pdu/delivery_status.hpp"
#include "pdu/status_report.hpp"

namespace burstd::gateway {

namespace {

using message::Event;

constexpr std::chrono::hours longest_window{64 * 7 * 24};  // TP-VP ends at 63 weeks, and one more
constexpr std::chrono::minutes repetition_window{10};
constexpr std::chrono::minutes early_window{2};

Event event_of(pdu::Outcome outcome) {
  switch (outcome) {
    case pdu::Outcome::delivered:
      return Event::report_delivered;
    case pdu::Outcome::unconfirmed:
      return Event::report_unconfirmed;
    case pdu::Outcome::still_trying:
      return Event::report_trying;
    case pdu::Outcome::failed:
    case pdu::Outcome::may_repeat:
      break;
  }
  return Event::report_failed;
}

store::Report read(const Arrival& arrival) {
  store::Report report;
  report.modem = arrival.modem;
  report.sim = arrival.sim;
  report.pdu = arrival.pdu;
  report.received_at = arrival.at;
  report.status = 255;
  const auto decoded = pdu::decode_status_report(arrival.pdu);
  if (!decoded) {
    spdlog::warn("modem {}: a delivery report could not be read and is kept as it came: {}", arrival.modem,
                 decoded.error().sentence);
    return report;
  }
  report.reference = decoded->message_reference;
  report.recipient = pdu::to_text(decoded->recipient);
  report.status = decoded->status;
  report.service_centre_at = pdu::to_time(decoded->timestamp);
  report.discharged_at = pdu::to_time(decoded->discharge);
  return report;
}

message::Reported reported(const store::Report& report) {
  return {report.recipient, report.received_at, report.service_centre_at};
}

bool is_open(const std::vector<message::Candidate>& candidates, std::int64_t attempt) {
  return std::ranges::any_of(
      candidates, [&](const message::Candidate& candidate) { return candidate.attempt == attempt && candidate.open; });
}

// By reference first; else an attempt whose reference a crash or a silent modem kept from us.
message::Match find(const store::Transaction& transaction, const store::Report& report) {
  const base::Time since = report.received_at - longest_window;
  const auto known = store::candidates(transaction, report.sim, report.reference, since);
  const auto match = message::match(known, reported(report));
  if (match.attempt && is_open(known, *match.attempt)) return match;
  const auto nameless = store::candidates(transaction, report.sim, std::nullopt, since);
  const auto guess = message::match_unreferenced(nameless, reported(report));
  return guess.attempt ? guess : match;
}

Step step_of(const store::Attempt& attempt, const store::Report& report) {
  const auto outcome = pdu::delivery_status(static_cast<std::uint8_t>(report.status)).outcome;
  Step step;
  step.message = attempt.message;
  step.part = attempt.part;
  step.event = event_of(outcome);
  step.at = report.received_at;
  step.status = report.status;
  step.delivered_at = report.discharged_at;
  step.detail = "TP-ST " + std::to_string(report.status);
  if (step.event == Event::report_failed || step.event == Event::report_unconfirmed) {
    step.cause = Cause{step.event == Event::report_failed ? "not-delivered" : "not-confirmed",
                       pdu::delivery_sentence(static_cast<std::uint8_t>(report.status))};
  }
  return step;
}

// Reports flow again on this SIM: what is uncertain there becomes certain soon or stays unknown.
void shorten_windows(store::Transaction& transaction, const Ledger& ledger, const Arrival& arrival) {
  const base::Time latest = arrival.at + ledger.options().uncertain_window;
  for (message::Part part : store::uncertain_parts(transaction, arrival.sim, latest)) {
    part.window_ends_at = latest;
    store::save_part(transaction, part);
  }
}

}  // namespace

Outcome observe(store::Transaction& transaction, const Ledger& ledger, const Arrival& arrival) {
  if (store::knows_report(transaction, arrival.sim, arrival.pdu, arrival.at - repetition_window)) return {};
  store::Report report = read(arrival);
  message::Match match;
  if (!report.recipient.empty()) match = find(transaction, report);
  report.attempt = match.attempt;
  report.ambiguous = match.ambiguous;
  store::insert_report(transaction, report);
  Outcome outcome;
  if (match.attempt) {
    const auto attempt = store::find_attempt(transaction, *match.attempt);
    outcome = ledger.apply(transaction, step_of(*attempt, report));
  }
  shorten_windows(transaction, ledger, arrival);
  return outcome;
}

Outcome adopt_early_reports(store::Transaction& transaction, const Ledger& ledger, const store::Attempt& attempt) {
  Outcome outcome;
  if (!attempt.reference) return outcome;
  const auto record = store::find_message(transaction, attempt.message);
  if (!record) return outcome;
  for (const store::Report& report :
       store::orphan_reports(transaction, attempt.sim, attempt.started_at - early_window)) {
    const bool fits = report.reference == *attempt.reference && report.received_at >= attempt.started_at &&
                      message::same_recipient(report.recipient, record->message.number);
    if (!fits) continue;
    store::adopt_report(transaction, report.key, attempt.key);
    const Outcome next = ledger.apply(transaction, step_of(attempt, report));
    if (next.changed) outcome = next;
  }
  return outcome;
}

}  // namespace burstd::gateway
