#include "gateway/observer.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "gateway/repeat.hpp"
#include "gateway/settlement.hpp"
#include "pdu/delivery_status.hpp"
#include "pdu/status_report.hpp"

namespace burstd::gateway {

namespace {

using message::Event;

constexpr std::size_t most_orphans = 20;  // looked at again when a verdict comes
constexpr int unreadable = 255;           // in place of TP-Status

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
    case pdu::Outcome::elsewhere:
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
  report.status = unreadable;
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

message::Match find(const store::Transaction& transaction, const Options& options, const store::Report& report) {
  if (report.recipient.empty()) return {};
  const message::Reported reported{report.recipient, report.reference, report.received_at, report.service_centre_at};
  const auto then = message::match_by_time(store::candidates_by_time(transaction, report.sim, reported), reported);
  if (then) return *then;
  auto candidates = store::candidates(transaction, report.sim, reported);
  for (message::Candidate& candidate : candidates) candidate.window_ends_at += options.report_grace;
  return message::match(candidates, reported);
}

// A report that overtook its verdict is applied when that comes: history goes forward in time.
Step step_of(const store::Attempt& attempt, const store::Report& report, const Options& options) {
  const auto status = static_cast<std::uint8_t>(report.status);
  Step step;
  step.message = attempt.message;
  step.part = attempt.part;
  step.event = event_of(pdu::delivery_status(status).outcome);
  step.at = std::max(report.received_at, attempt.ended_at.value_or(report.received_at));
  step.status = report.status;
  step.delivered_at = report.discharged_at;
  step.taken_at = std::min(attempt.ended_at.value_or(attempt.started_at), report.received_at);
  step.detail = "TP-ST " + std::to_string(report.status);
  if (step.event == Event::report_trying) step.window_ends_at = window_end(attempt, *step.taken_at, options);
  if (step.event == Event::report_failed) step.cause = Cause{"not-delivered", pdu::delivery_sentence(status)};
  if (step.event == Event::report_unconfirmed) step.cause = Cause{"not-confirmed", pdu::delivery_sentence(status)};
  return step;
}

// What was told to have failed already may have been taken up by a person.
bool was_awaited(const store::Transaction& transaction, const store::Attempt& attempt) {
  const auto parts = store::parts_of(transaction, attempt.message);
  return parts.at(static_cast<std::size_t>(attempt.part - 1)).standing.state != message::State::failed;
}

// What was said of an attempt, and where else it might go.
struct Saying {
  const store::Attempt& attempt;
  const store::Report& report;
  const std::vector<std::uint64_t>& others;
};

Outcome apply(store::Transaction& transaction, const Ledger& ledger, const Saying& saying) {
  const store::Attempt& attempt = saying.attempt;
  Step step = step_of(attempt, saying.report, ledger.options());
  if (step.event != Event::report_delivered && is_superseded(transaction, attempt)) return {};
  const bool gave_up = step.event == Event::report_failed && was_awaited(transaction, attempt);
  const bool waits = waits_again(transaction, attempt);
  if (gave_up) step.next_attempt_at = may_go_again_at(transaction, ledger, step, saying.others);
  const Outcome outcome = ledger.apply(transaction, step);
  Outcome then;
  if (outcome.changed && gave_up) then = send_again(transaction, ledger, step, saying.others);
  if (outcome.changed && step.event == Event::report_delivered && waits) then = leave_it(transaction, ledger, step);
  return then.changed ? then : outcome;
}

}  // namespace

Outcome observe(store::Transaction& transaction, const Ledger& ledger, const Arrival& arrival) {
  if (store::knows_report(transaction, arrival.sim, arrival.pdu)) return {};
  store::Report report = read(arrival);
  const auto match = find(transaction, ledger.options(), report);
  report.attempt = match.attempt;
  report.ambiguous = match.ambiguous;
  store::insert_report(transaction, report);
  Outcome outcome;
  if (match.attempt) {
    const auto attempt = store::find_attempt(transaction, *match.attempt);
    outcome = apply(transaction, ledger, {*attempt, report, arrival.others});
  }
  if (report.status != unreadable) ledger.reports_flow(transaction, arrival.sim, arrival.at);
  return outcome;
}

Outcome adopt_early_reports(store::Transaction& transaction, const Ledger& ledger, const store::Attempt& attempt) {
  Outcome outcome;
  for (const store::Report& report : store::orphan_reports(transaction, attempt.sim, most_orphans)) {
    if (find(transaction, ledger.options(), report).attempt != attempt.key) continue;
    store::adopt_report(transaction, report.key, attempt.key);
    const Outcome next = apply(transaction, ledger, {attempt, report, {}});
    if (next.changed) outcome = next;
  }
  return outcome;
}

}  // namespace burstd::gateway
