#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace json = boost::json;

namespace {

// Which SIM is in it, where it is known; the record's "imei:…" names no SIM.
std::string sim_of(const modem::Identity& identity) { return identity.iccid.empty() ? identity.imsi : identity.iccid; }

std::uint64_t sum_of(const modem::Recoveries& done) {
  return done.probes + done.reopens + done.resets + done.usb_resets + done.quarantines;
}

json::object rungs_of(const modem::Recoveries& done) {
  return {{"probes", done.probes},
          {"reopens", done.reopens},
          {"resets", done.resets},
          {"usb_resets", done.usb_resets},
          {"quarantines", done.quarantines}};
}

json::value credit_of(const std::optional<modem::Credit>& credit) {
  if (!credit) return nullptr;
  return json::object{
      {"amount", or_null(credit->amount)}, {"answer", or_null(credit->answer)}, {"at", base::to_rfc3339(credit->at)}};
}

json::array owed_of(const std::vector<store::Owed>& owed) {
  json::array all;
  for (const store::Owed& one : owed) {
    all.push_back(json::object{{"sim", one.sim}, {"reports", one.reports}, {"replies", one.replies}});
  }
  return all;
}

clinic::Hand hand_of(const Call& call, clinic::Hand hand) { return call.hand(std::move(hand.user)); }

http::Response answered(const base::Result<clinic::KeptModem>& kept) {
  return kept ? answer(200, api::render(*kept)) : refuse(kept.error());
}

using Order = async::Task<base::Result<clinic::KeptModem>> (clinic::Modems::*)(std::string, clinic::Hand);

Answer obey(Desk& desk, const Call& call, Order order) {
  auto given = co_await read_body(desk, call, read_hand);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = hand_of(call, std::move(given.value));
  co_return answered(co_await (desk.modems.*order)(call.arguments.at(0), std::move(hand)));
}

}  // namespace

json::object render(const clinic::KeptModem& kept) {
  const modem::Status& modem = kept.status;
  const modem::Identity& identity = modem.identity;
  return {{"name", modem.name},
          {"state", modem::to_string(modem.state)},
          {"since", base::to_rfc3339(modem.since)},
          {"sentence", or_null(modem.sentence)},
          {"next_try_at", or_null(modem.next_try)},
          {"driver", or_null(modem.driver)},
          {"port", or_null(modem.port)},
          {"usb", or_null(modem.usb)},
          {"socket", or_null(modem.socket)},
          {"operator", or_null(modem.operator_name)},
          {"signal", or_null(modem.signal)},
          {"registration", or_null(modem.registration)},
          {"service_centre", or_null(modem.service_centre)},
          {"number", or_null(modem.number)},
          {"sim", or_null(sim_of(identity))},
          {"imsi", or_null(identity.imsi)},
          {"iccid", or_null(identity.iccid)},
          {"wants_pin", modem.wants_pin},
          {"pin_tries_left", or_null(modem.pin_tries)},
          {"imei", or_null(identity.imei)},
          {"manufacturer", or_null(identity.manufacturer)},
          {"model", or_null(identity.model)},
          {"report_route", or_null(modem.report_route)},
          {"report_way", modem::to_string(modem.report_way)},
          {"reports_proven", modem.reports_proven},
          {"reports_missing", modem.reports_missing},
          {"report_note", or_null(modem.report_sentence)},
          {"accepted", modem.accepted},
          {"last_accepted", or_null(modem.last_accepted)},
          {"last_report", or_null(modem.last_report)},
          {"recoveries", sum_of(modem.recoveries)},
          {"recovery", rungs_of(modem.recoveries)},
          {"credit", credit_of(modem.credit)},
          {"quota_left", render(kept.left)},
          {"owed", owed_of(kept.owed)}};
}

// By limit; nothing where the modem is not in service.
json::value render(const std::optional<gateway::Left>& left) {
  if (!left) return nullptr;
  json::object all;
  for (const message::Remainder& one : left->limits) {
    all[message::to_string(one.limit)] =
        json::object{{"most", one.most}, {"left", one.left}, {"goes_on_at", or_null(one.goes_on_at)}};
  }
  if (left->credit) all["credit"] = json::object{{"left", *left->credit}};
  return all;
}

json::object render(const modem::Stranger& stranger) {
  const modem::Identity& identity = stranger.identity;
  return {{"port", or_null(stranger.port)},     {"usb", or_null(stranger.usb)},
          {"socket", or_null(stranger.socket)}, {"imei", or_null(identity.imei)},
          {"sim", or_null(sim_of(identity))},   {"manufacturer", or_null(identity.manufacturer)},
          {"model", or_null(identity.model)},   {"sentence", or_null(stranger.sentence)}};
}

Answer list_modems(Desk& desk, const Call& call) {
  Query query(call.request);
  Paging paging = read_paging(query, Track::modems, desk.epoch());
  if (paging.refusal) co_return std::move(*paging.refusal);
  const auto page = co_await desk.modems.list(paging.name(), paging.limit);
  if (!page) co_return refuse(page.error());
  const auto place = [](const clinic::KeptModem& kept) { return Cursor{Track::modems, 0, {}, kept.status.name}; };
  json::object body = listed(*page, desk.epoch(), place);
  json::array others;
  for (const modem::Stranger& stranger : desk.gateway.strangers()) others.push_back(render(stranger));
  body["others"] = std::move(others);
  co_return answer(200, body);
}

Answer get_modem(Desk& desk, const Call& call) { co_return answered(co_await desk.modems.find(call.arguments.at(0))); }

Answer pause_modem(Desk& desk, const Call& call) { return obey(desk, call, &clinic::Modems::pause); }

Answer resume_modem(Desk& desk, const Call& call) { return obey(desk, call, &clinic::Modems::resume); }

Answer reset_modem(Desk& desk, const Call& call) { return obey(desk, call, &clinic::Modems::reset); }

Answer unlock_modem(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_unlocking);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = hand_of(call, std::move(given.value.hand));
  co_return answered(
      co_await desk.modems.unlock(call.arguments.at(0), std::move(given.value.unlocking), std::move(hand)));
}

Answer replace_modem(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_adoption);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = hand_of(call, std::move(given.value.hand));
  const auto replaced =
      co_await desk.modems.replace(call.arguments.at(0), std::move(given.value.adoption), std::move(hand));
  if (!replaced) co_return refuse(replaced.error());
  json::object body = render(replaced->modem);
  body["adopted"] = replaced->adopted;
  co_return answer(200, body);
}

}  // namespace burstd::api
