#include "api/render.hpp"

#include "api/json.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;
using message::State;

// With every preview and every burst, for whoever is about to send.
constexpr std::string_view reminder =
    "An SMS can be read by anybody who holds the phone and by the networks on its way; it is no place for confidential "
    "content.";

// What waits has no error yet, whatever the last attempt said.
bool shows_error(State state) { return state != State::queued && state != State::sending && state != State::retrying; }

json::value delivery_of(State state) {
  if (state == State::delivered) return "delivered";
  if (state == State::unconfirmed) return "unconfirmed";
  return nullptr;
}

json::object render(const store::Attempt& attempt) {
  return {{"sim", attempt.sim},
          {"modem", attempt.modem},
          {"reference", or_null(attempt.reference)},
          {"started_at", base::to_rfc3339(attempt.started_at)},
          {"ended_at", or_null(attempt.ended_at)},
          {"validity_minutes", or_null(attempt.validity_minutes)},
          {"result", attempt.result},
          {"failure", or_null(attempt.failure)}};
}

json::object render(const clinic::ReportView& view) {
  const store::Report& report = view.report;
  return {{"pdu", report.pdu},
          {"tp_status", report.status},
          {"sentence", view.sentence},
          {"reference", report.reference},
          {"sim", report.sim},
          {"modem", report.modem},
          {"received_at", base::to_rfc3339(report.received_at)},
          {"service_centre_at", or_null(report.service_centre_at)},
          {"discharged_at", or_null(report.discharged_at)},
          {"ambiguous", report.ambiguous}};
}

json::object render(const message::Part& part, const clinic::Detail& detail) {
  json::array attempts, reports;
  for (const store::Attempt& attempt : detail.attempts) {
    if (attempt.part != part.number) continue;
    attempts.push_back(render(attempt));
    for (const clinic::ReportView& view : detail.reports) {
      if (view.report.attempt == attempt.key) reports.push_back(render(view));
    }
  }
  return {{"part", part.number},
          {"state", message::to_string(part.standing.state)},
          {"tries", part.tries},
          {"sim", or_null(part.sim)},
          {"error", or_null(part.error)},
          {"error_code", or_null(part.error_code)},
          {"tp_status", or_null(part.last_status)},
          {"sent_at", or_null(part.sent_at)},
          {"delivered_at", or_null(part.delivered_at)},
          {"next_attempt_at", or_null(part.next_attempt_at)},
          {"window_ends_at", or_null(part.window_ends_at)},
          {"attempts", std::move(attempts)},
          {"reports", std::move(reports)}};
}

json::object render(const store::Change& change) {
  return {{"seq", change.seq},
          {"at", base::to_rfc3339(change.at)},
          {"event", change.event},
          {"part", or_null(change.part)},
          {"from", or_null(change.from)},
          {"to", or_null(change.to)},
          {"detail", or_null(change.detail)}};
}

json::value render(const std::optional<gateway::Hold>& hold) {
  if (!hold) return nullptr;
  const bool by_limit = hold->limit != message::Limit::none;
  return json::object{{"by", hold->by},
                      {"until", or_null(hold->until)},
                      {"modem", or_null(hold->modem)},
                      {"limit", by_limit ? json::value(message::to_string(hold->limit)) : nullptr}};
}

json::object render(const std::vector<store::Count>& counts) {
  json::object all;
  for (const store::Count& count : counts) all[count.word] = count.number;
  return all;
}

json::array render(const std::vector<store::Note>& notes) {
  json::array all;
  for (const store::Note& note : notes) {
    all.push_back(json::object{
        {"at", base::to_rfc3339(note.at)}, {"user", note.user}, {"client", note.client}, {"text", note.text}});
  }
  return all;
}

}  // namespace

json::object render(const clinic::Item& item) {
  const message::Message& message = item.message;
  const message::Progress& progress = item.progress;
  const bool shown = shows_error(progress.state);
  return {{"id", message.id},
          {"type", "SMS Message"},
          {"patient", or_null(message.patient)},
          {"patient_name", or_null(message.patient_name)},
          {"message", message.text},
          {"mobile_number", or_null(message.number)},
          {"number_as_typed", message.number_as_typed},
          {"status", message::to_string(progress.status)},
          {"state", clinic::state_word(item)},
          {"held_by", item.hold ? json::value(item.hold->by) : nullptr},
          {"hold", render(item.hold)},
          {"error", shown ? or_null(progress.error) : nullptr},
          {"error_code", shown ? or_null(progress.error_code) : nullptr},
          {"sent_at", or_null(progress.sent_at)},
          {"delivered_at", or_null(progress.delivered_at)},
          {"created_at", base::to_rfc3339(message.created_at)},
          {"updated_at", base::to_rfc3339(progress.updated_at)},
          {"send_after", or_null(message.send_after)},
          {"expires_at", base::to_rfc3339(message.expires_at)},
          {"next_attempt_at", or_null(progress.next_attempt_at)},
          {"appointment_at", or_null(message.appointment_at)},
          {"delivery", delivery_of(progress.state)},
          {"confirmation", or_null(progress.confirmation)},
          {"segments", message.segments},
          {"batch", or_null(item.batch)},
          {"client_ref", or_null(message.client_ref)},
          {"category", message.category},
          {"user", or_null(message.user)},
          {"retry_of", or_null(message.retry_of)},
          {"resent_as", or_null(item.resent_as)},
          {"notes", render(item.notes)},
          {"timezone", or_null(message.timezone)},
          {"message_removed_at", or_null(message.removed_at)},
          {"change_seq", progress.change_seq}};
}

json::object render(const clinic::Detail& detail) {
  const message::Message& message = detail.item.message;
  json::object all = render(detail.item);
  all["text"] = message.text;
  all["number"] = or_null(message.number);
  all["client"] = message.client;
  all["batch_row"] = or_null(message.batch_row);
  all["priority"] = message.priority == message::Priority::urgent ? "urgent" : "normal";
  all["context"] = or_null(message.context);
  all["expects_reply"] = nullptr;
  if (message.expects_reply_until) {
    all["expects_reply"] = json::object{{"until", or_null(message.expects_reply_until)}};
  }
  all["encoding"] = message.encoding;
  json::array parts, history;
  for (const message::Part& part : detail.parts) parts.push_back(render(part, detail));
  for (const store::Change& change : detail.history) history.push_back(render(change));
  all["parts"] = std::move(parts);
  all["history"] = std::move(history);
  return all;
}

json::object render(const clinic::Burst& burst) {
  const store::Batch& batch = burst.batch;
  const burst::Quota& quota = burst.quota;
  json::object counts{
      {"status", render(burst.by_status)}, {"state", render(burst.by_state)}, {"failures", burst.failures}};
  return {{"id", batch.id},
          {"state", burst.state},
          {"name", or_null(batch.name)},
          {"client_ref", or_null(batch.client_ref)},
          {"template", or_null(batch.template_name)},
          {"category", batch.category},
          {"user", or_null(batch.user)},
          {"created_at", base::to_rfc3339(batch.created_at)},
          {"expires_at", base::to_rfc3339(batch.preview_until)},
          {"send_after", or_null(batch.send_after)},
          {"messages_expire_at", or_null(batch.messages_expire_at)},
          {"rows_total", burst.totals.rows},
          {"rows_selected", burst.totals.selected},
          {"segments_total", burst.totals.segments},
          {"eta", or_null(burst.eta)},
          {"opens_at", or_null(burst.opens_at)},
          {"light", burst::to_string(burst::light(quota))},
          {"quota",
           {{"available", or_null(quota.available)},
            {"needed", quota.needed},
            {"margin", quota.margin},
            {"limited_by", or_null(quota.limited_by)}}},
          {"counts", std::move(counts)},
          {"progress", {{"done", burst.done}, {"total", burst.total}}},
          {"reminder", reminder}};
}

json::object render(const store::BatchLine& row) {
  json::array flags, missing;
  for (const std::string& flag : row.flags) flags.emplace_back(flag);
  for (const std::string& name : row.missing) missing.emplace_back(name);
  return {{"row", row.row},
          {"patient", or_null(row.patient)},
          {"patient_name", or_null(row.patient_name)},
          {"to", row.typed},
          {"mobile_number", or_null(row.number)},
          {"text", row.text},
          {"segments", row.segments},
          {"client_ref", or_null(row.client_ref)},
          {"appointment_at", or_null(row.appointment_at)},
          {"exclude", or_null(row.exclude)},
          {"verdict", row.verdict},
          {"missing", std::move(missing)},
          {"flags", std::move(flags)},
          {"selected", row.selected},
          {"earlier_item", or_null(row.earlier_item)},
          {"earlier_status", or_null(row.earlier_status)},
          {"item", or_null(row.message_id)}};
}

json::object render(const clinic::Sent& sent) {
  json::array accepted, refused;
  for (const auto& row : sent.accepted) accepted.push_back(json::object{{"row", row.row}, {"id", or_null(row.id)}});
  for (const auto& row : sent.refused) {
    json::object one{{"row", row.row}, {"verdict", row.verdict}};
    if (row.id) one["id"] = *row.id;
    refused.push_back(std::move(one));
  }
  return {{"id", sent.id}, {"state", sent.state}, {"accepted", std::move(accepted)}, {"refused", std::move(refused)}};
}

json::object render(const store::Restoration& restoration) {
  return {{"since", base::to_rfc3339(restoration.at)},
          {"cause", restoration.cause},
          {"backup_at", or_null(restoration.backup_at)},
          {"sentence", gateway::sentence_of(restoration)}};
}

}  // namespace burstd::api
