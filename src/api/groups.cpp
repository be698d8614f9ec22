#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/members.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace json = boost::json;

namespace {

constexpr Length words_length{0, 500};

store::Member read_member(const json::value& value, const std::string& pointer, Faults& faults) {
  Form form(value, pointer, faults);
  store::Member member;
  member.patient = form.text("patient");
  member.patient_name = form.text("patient_name");
  member.typed = form.text("to", number_length).value_or("");
  form.finish();
  return member;
}

std::vector<store::Member> read_group_members(Form& form) {
  std::vector<store::Member> members;
  const auto* const list = form.array("members");
  if (list == nullptr) {
    if (form.member("members") == nullptr) form.fault("members", "is required");
    return members;
  }
  if (list->size() > clinic::most_members) {
    form.fault("members", "must have at most " + std::to_string(clinic::most_members) + " entries");
    return members;
  }
  for (std::size_t at = 0; at < list->size(); ++at) {
    const std::string pointer = form.pointer_to("members") + "/" + std::to_string(at);
    members.push_back(read_member(list->at(at), pointer, form.faults()));
  }
  return members;
}

struct Gathering {
  clinic::GroupDraft draft;
  std::optional<std::string> user;
};

Reading<Gathering> read_group(const json::value& body, const clinic::Options&) {
  Reading<Gathering> reading;
  Form form(body, "", reading.faults);
  reading.value.draft.description = form.text("description", words_length).value_or("");
  if (body.is_object()) reading.value.draft.members = read_group_members(form);
  reading.value.draft.synced_at = form.time("synced_at");
  reading.value.user = form.text("user");
  form.finish();
  return reading;
}

json::object whole(const clinic::WholeGroup& found) {
  json::object all = api::render(found.group);
  json::array members;
  for (const store::Member& member : found.members) {
    members.push_back(json::object{
        {"patient", or_null(member.patient)}, {"patient_name", or_null(member.patient_name)}, {"to", member.typed}});
  }
  all["members"] = std::move(members);
  return all;
}

}  // namespace

json::object render(const store::Group& group) {
  return {{"name", group.name},
          {"description", group.description},
          {"members_total", group.size},
          {"synced_at", base::to_rfc3339(group.synced_at)},
          {"changed_by", group.changed_by},
          {"change_seq", group.change_seq}};
}

Answer list_groups(Desk& desk, const Call& call) {
  Query query(call.request);
  Paging paging = read_paging(query, Track::groups, desk.epoch());
  if (paging.refusal) co_return std::move(*paging.refusal);
  const auto page = co_await desk.groups.list(paging.name(), paging.limit);
  const auto place = [](const store::Group& group) { return Cursor{Track::groups, 0, {}, group.name}; };
  co_return answer(200, listed(page, desk.epoch(), place));
}

Answer get_group(Desk& desk, const Call& call) {
  const auto found = co_await desk.groups.find(call.arguments.at(0));
  if (!found) co_return refuse(found.error());
  const auto rendering = [&] { return answer(200, whole(*found)); };
  co_return co_await desk.aside.run(rendering);
}

Answer put_group(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_group);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = call.hand(std::move(given.value.user));
  const auto put = co_await desk.groups.put(std::move(hand), call.arguments.at(0), std::move(given.value.draft));
  if (!put) co_return refuse(put.error());
  co_return answer(put->created ? 201 : 200, render(put->group));
}

Answer delete_group(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_withdrawal);
  if (given.refusal) co_return std::move(*given.refusal);
  given.value.client = call.caller.name;
  given.value.origin = call.origin();
  const std::string& name = call.arguments.at(0);
  const auto removed = co_await desk.groups.remove(name, std::move(given.value));
  if (!removed) co_return refuse(removed.error());
  const json::object body{{"name", name}, {"deleted", true}};
  co_return answer(200, body);
}

}  // namespace burstd::api
