#include "api/requests.hpp"

#include <algorithm>
#include <map>

#include "api/members.hpp"
#include "burst/template.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;

std::string read_text(Form& form) { return read_words(form, "text", text_length); }

message::Priority read_priority(Form& form) {
  const auto word = form.word("priority", {"normal", "urgent"});
  return word == "urgent" ? message::Priority::urgent : message::Priority::normal;
}

std::optional<base::Time> read_expected_reply(Form& form) {
  const auto* const value = form.member("expects_reply");
  if (value == nullptr) return std::nullopt;
  Form expected(*value, form.pointer_to("expects_reply"), form.faults());
  auto until = expected.time("until");
  if (value->is_object() && expected.member("until") == nullptr) expected.fault("until", "is required");
  expected.finish();
  return until;
}

void check_order(Form& form, const std::optional<base::Time>& send_after, const std::optional<base::Time>& expires_at) {
  if (send_after && expires_at && *send_after >= *expires_at) form.fault("send_after", "must be before expires_at");
}

bool are_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

std::optional<std::string> read_pin(Form& form) {
  const auto* const value = form.member("pin");
  if (value == nullptr) return std::nullopt;
  const auto* const text = value->if_string();
  const bool fits = text != nullptr && text->size() >= 4 && text->size() <= 8 && are_digits(*text);
  if (!fits) form.fault("pin", "must be a string of 4 to 8 digits");
  return fits ? std::optional<std::string>(*text) : std::nullopt;
}

std::string read_imei(Form& form) {
  const auto imei = form.text("imei");
  if (imei && (imei->size() < 14 || imei->size() > 16 || !are_digits(*imei))) {
    form.fault("imei", "must be the 14 to 16 digits on the modem");
  }
  return imei.value_or("");
}

burst::Recipient read_recipient(const json::value& value, const std::string& pointer, Faults& faults) {
  Form form(value, pointer, faults);
  burst::Recipient recipient;
  recipient.patient = form.text("patient");
  recipient.patient_name = form.text("patient_name");
  recipient.to = form.text("to", number_length).value_or("");
  recipient.fields = read_fields(form);
  recipient.client_ref = form.text("client_ref", reference);
  recipient.appointment_at = form.time("appointment_at");
  recipient.exclude = form.text("exclude", reference);
  form.finish();
  return recipient;
}

std::vector<burst::Recipient> read_recipients(Form& form, std::size_t most) {
  std::vector<burst::Recipient> recipients;
  const auto* const list = form.array("recipients");
  if (list == nullptr) {
    if (form.member("recipients") == nullptr) form.fault("recipients", "is required");
    return recipients;
  }
  const bool fits = !list->empty() && list->size() <= most;
  if (!fits) form.fault("recipients", "must have 1 to " + std::to_string(most) + " rows");
  if (!fits) return recipients;
  for (std::size_t at = 0; at < list->size(); ++at) {
    const std::string pointer = form.pointer_to("recipients") + "/" + std::to_string(at);
    recipients.push_back(read_recipient(list->at(at), pointer, form.faults()));
  }
  return recipients;
}

// A key that two rows share would send one of them only.
void refuse_shared_refs(Form& form, const std::vector<burst::Recipient>& recipients) {
  std::map<std::string, std::size_t> first;
  for (std::size_t at = 0; at < recipients.size(); ++at) {
    if (!recipients[at].client_ref) continue;
    const auto [known, fresh] = first.emplace(*recipients[at].client_ref, at);
    if (fresh) continue;
    form.faults().add(
        "/recipients/" + std::to_string(at), "client_ref",
        "is the client_ref of row " + std::to_string(known->second + 1) + ", too; every row needs its own");
  }
}

void check_template(Form& form, const clinic::BurstDraft& draft) {
  if (draft.template_name.has_value() == draft.text.has_value()) {
    form.fault("text", "either text or template must be given, not both");
  }
  if (!draft.text) return;
  check_text(form, *draft.text);
}

// The rows themselves, or the name of a group.
void read_rows(Form& form, clinic::BurstDraft& draft, std::size_t most) {
  draft.group = form.text("group", reference);
  if (!draft.group) {
    draft.recipients = read_recipients(form, most);
    refuse_shared_refs(form, draft.recipients);
  } else if (form.member("recipients") != nullptr) {
    form.fault("group", "either recipients or group may be given, not both");
  }
}

}  // namespace

Reading<CheckDraft> read_check(const json::value& body, const clinic::Options& options) {
  Reading<CheckDraft> reading;
  Form form(body, "", reading.faults);
  reading.value.to = form.required_text("to", number_length);
  reading.value.text = read_text(form);
  reading.value.category = form.word("category", options.categories).value_or(std::string(clinic::direct_category));
  form.finish();
  return reading;
}

Reading<clinic::Draft> read_message(const json::value& body, const clinic::Options& options) {
  Reading<clinic::Draft> reading;
  clinic::Draft& draft = reading.value;
  Form form(body, "", reading.faults);
  draft.client_ref = form.required_text("client_ref", reference);
  draft.to = form.required_text("to", number_length);
  draft.text = read_text(form);
  draft.patient = form.text("patient");
  draft.patient_name = form.text("patient_name");
  draft.category = form.word("category", options.categories);
  draft.priority = read_priority(form);
  draft.appointment_at = form.time("appointment_at");
  draft.send_after = form.time("send_after");
  draft.expires_at = form.time("expires_at");
  draft.timezone = read_timezone(form);
  draft.expects_reply_until = read_expected_reply(form);
  draft.context = form.text("context", context_length);
  draft.user = form.text("user");
  check_order(form, draft.send_after, draft.expires_at);
  form.finish();
  return reading;
}

Reading<clinic::BurstDraft> read_burst(const json::value& body, const clinic::Options& options) {
  Reading<clinic::BurstDraft> reading;
  clinic::BurstDraft& draft = reading.value;
  Form form(body, "", reading.faults);
  draft.client_ref = form.required_text("client_ref", reference);
  draft.name = form.text("name");
  draft.template_name = form.text("template", reference);
  draft.text = form.text("text", text_length);
  check_template(form, draft);
  read_rows(form, draft, options.most_rows);
  draft.category = form.word("category", options.categories);
  draft.send_after = form.time("send_after");
  draft.expires_at = form.time("expires_at");
  draft.timezone = read_timezone(form);
  draft.user = form.text("user");
  check_order(form, draft.send_after, draft.expires_at);
  form.finish();
  return reading;
}

Reading<clinic::Selection> read_selection(const json::value& body, const clinic::Options& options) {
  Reading<clinic::Selection> reading;
  Form form(body, "", reading.faults);
  reading.value.select = form.rows("select", options.most_rows);
  reading.value.deselect = form.rows("deselect", options.most_rows);
  if (reading.value.select && reading.value.deselect) {
    form.fault("deselect", "either select or deselect may be given, not both");
  }
  form.finish();
  return reading;
}

Reading<clinic::Withdrawal> read_withdrawal(const json::value& body, const clinic::Options&) {
  Reading<clinic::Withdrawal> reading;
  Form form(body, "", reading.faults);
  reading.value.user = form.text("user");
  reading.value.reason = form.text("reason", value_length);
  form.finish();
  return reading;
}

Reading<clinic::Word> read_word(const json::value& body, const clinic::Options&) {
  Reading<clinic::Word> reading;
  Form form(body, "", reading.faults);
  const auto outcome = form.word("outcome", {"sent", "not-sent"});
  if (body.is_object() && form.member("outcome") == nullptr) form.fault("outcome", "is required");
  reading.value.sent = outcome == "sent";
  reading.value.user = read_words(form, "user", reference);
  reading.value.reason = read_words(form, "reason", {1, value_length.most});
  form.finish();
  return reading;
}

Reading<clinic::Again> read_again(const json::value& body, const clinic::Options&) {
  Reading<clinic::Again> reading;
  Form form(body, "", reading.faults);
  reading.value.client_ref = form.required_text("client_ref", reference);
  reading.value.user = read_words(form, "user", reference);
  reading.value.accept_duplicate = form.truth("accept_duplicate");
  form.finish();
  return reading;
}

Reading<clinic::Remark> read_remark(const json::value& body, const clinic::Options&) {
  Reading<clinic::Remark> reading;
  Form form(body, "", reading.faults);
  reading.value.user = read_words(form, "user", reference);
  reading.value.text = read_words(form, "text", {1, value_length.most});
  form.finish();
  return reading;
}

Reading<clinic::Hand> read_hand(const json::value& body, const clinic::Options&) {
  Reading<clinic::Hand> reading;
  Form form(body, "", reading.faults);
  reading.value.user = form.text("user");
  form.finish();
  return reading;
}

Reading<Vouching> read_vouching(const json::value& body, const clinic::Options&) {
  Reading<Vouching> reading;
  Form form(body, "", reading.faults);
  reading.value.hand.user = read_words(form, "user", reference);
  reading.value.reason = read_words(form, "reason", {1, value_length.most});
  form.finish();
  return reading;
}

Reading<UnlockDraft> read_unlocking(const json::value& body, const clinic::Options&) {
  Reading<UnlockDraft> reading;
  Form form(body, "", reading.faults);
  reading.value.unlocking.pin = read_pin(form);
  reading.value.unlocking.last_try = form.truth("last_try");
  reading.value.hand.user = form.text("user");
  form.finish();
  return reading;
}

Reading<AdoptionDraft> read_adoption(const json::value& body, const clinic::Options&) {
  Reading<AdoptionDraft> reading;
  Form form(body, "", reading.faults);
  reading.value.adoption.imei = read_imei(form);
  reading.value.adoption.port = form.text("port", value_length).value_or("");
  reading.value.hand.user = form.text("user");
  form.finish();
  return reading;
}

}  // namespace burstd::api
