#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/members.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace json = boost::json;

namespace {

constexpr Length description_length{0, 500};

std::optional<int> read_max_segments(Form& form) {
  constexpr std::int64_t most = 255;
  const auto* const value = form.member("max_segments");
  if (value == nullptr) return std::nullopt;
  const auto* const number = value->if_int64();
  if (number != nullptr && *number >= 1 && *number <= most) return static_cast<int>(*number);
  form.fault("max_segments", "must be a whole number, 1 to 255");
  return std::nullopt;
}

struct Shelving {
  clinic::TemplateDraft draft;
  std::optional<std::string> user;
};

Reading<Shelving> read_template(const json::value& body, const clinic::Options&) {
  Reading<Shelving> reading;
  Form form(body, "", reading.faults);
  reading.value.draft.text = form.required_text("text", text_length);
  if (!reading.value.draft.text.empty()) check_text(form, reading.value.draft.text);
  reading.value.draft.description = form.text("description", description_length).value_or("");
  reading.value.draft.max_segments = read_max_segments(form);
  reading.value.user = form.text("user");
  form.finish();
  return reading;
}

Reading<clinic::Trial> read_trial(const json::value& body, const clinic::Options&) {
  Reading<clinic::Trial> reading;
  Form form(body, "", reading.faults);
  reading.value.fields = read_fields(form);
  reading.value.patient_name = form.text("patient_name");
  reading.value.appointment_at = form.time("appointment_at");
  reading.value.timezone = read_timezone(form);
  form.finish();
  return reading;
}

json::object rendered(const clinic::Tried& tried) {
  json::array missing;
  for (const std::string& name : tried.missing) missing.emplace_back(name);
  return {{"text", tried.text},
          {"encoding", or_null(tried.looked.encoding)},
          {"segments", tried.looked.segments},
          {"missing", std::move(missing)},
          {"verdict", burst::to_string(tried.looked.verdict)},
          {"flags", api::render(tried.flags)}};
}

}  // namespace

json::object render(const clinic::NamedTemplate& named) {
  json::array placeholders;
  for (const std::string& name : named.placeholders) placeholders.emplace_back(name);
  return {{"name", named.name},
          {"text", named.text},
          {"description", named.description},
          {"placeholders", std::move(placeholders)},
          {"max_segments", or_null(named.max_segments)},
          {"maintained", named.maintained},
          {"changed_at", or_null(named.changed_at)},
          {"changed_by", or_null(named.changed_by)},
          {"change_seq", or_null(named.change_seq)}};
}

json::array render(const std::vector<burst::Flag>& flags) {
  json::array all;
  for (const burst::Flag flag : flags) all.emplace_back(burst::to_string(flag));
  return all;
}

Answer list_templates(Desk& desk, const Call& call) {
  Query query(call.request);
  Paging paging = read_paging(query, Track::templates, desk.epoch());
  if (paging.refusal) co_return std::move(*paging.refusal);
  const auto page = co_await desk.templates.list(paging.name(), paging.limit);
  const auto place = [](const clinic::NamedTemplate& named) { return Cursor{Track::templates, 0, {}, named.name}; };
  co_return answer(200, listed(page, desk.epoch(), place));
}

Answer get_template(Desk& desk, const Call& call) {
  const auto named = co_await desk.templates.find(call.arguments.at(0));
  if (!named) co_return refuse(named.error());
  co_return answer(200, render(*named));
}

// Whose text nobody may change, no text is read for.
Answer put_template(Desk& desk, const Call& call) {
  const std::string& name = call.arguments.at(0);
  if (const auto fixed = desk.templates.maintained(name)) co_return refuse(*fixed);
  auto given = co_await read_body(desk, call, read_template);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = call.hand(std::move(given.value.user));
  const auto put = co_await desk.templates.put(std::move(hand), name, std::move(given.value.draft));
  if (!put) co_return refuse(put.error());
  co_return answer(put->created ? 201 : 200, render(put->named));
}

Answer delete_template(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_withdrawal);
  if (given.refusal) co_return std::move(*given.refusal);
  given.value.client = call.caller.name;
  given.value.origin = call.origin();
  const std::string& name = call.arguments.at(0);
  const auto removed = co_await desk.templates.remove(name, std::move(given.value));
  if (!removed) co_return refuse(removed.error());
  const json::object body{{"name", name}, {"deleted", true}};
  co_return answer(200, body);
}

Answer try_template(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_trial);
  if (given.refusal) co_return std::move(*given.refusal);
  const auto tried = co_await desk.templates.try_out(call.arguments.at(0), std::move(given.value));
  if (!tried) co_return refuse(tried.error());
  co_return answer(200, rendered(*tried));
}

}  // namespace burstd::api
