// The message commands of 27.005: submitting, routes, memories, acknowledgement.
#include <algorithm>
#include <array>
#include <string>

#include "sim/command.hpp"
#include "sim/modem.hpp"
#include "sim/profile.hpp"
#include "sim/rules.hpp"

namespace burstd::sim {

namespace {

using Form = Request::Form;

bool within(int value, int most) { return value >= 0 && value <= most; }

Outcome messages_locked(const Modem& modem) { return cms(modem.sim.lock == Sim::Lock::pin ? 311 : 316); }

// PDU mode only, as on many data sticks.
Outcome cmgf(Modem& modem, const Request& request) {
  if (request.is(Form::test)) modem.terminal().info("+CMGF: (0)");
  if (request.is(Form::read)) modem.terminal().info("+CMGF: 0");
  return request.is(Form::set) && request.arguments != "0" ? cms(303) : done();
}

Outcome csca(Modem& modem, const Request& request) {
  if (modem.sim.lock != Sim::Lock::open) return messages_locked(modem);
  std::string& centre = modem.card().centre;
  const char* type = centre.starts_with('+') ? "145" : "129";
  if (request.is(Form::read)) modem.terminal().info("+CSCA: \"" + centre + "\"," + type);
  if (!request.is(Form::set)) return done();
  const auto wanted = split(request.arguments).front();
  if (wanted.empty() || wanted.find_first_not_of("+0123456789") != std::string_view::npos) return cms(302);
  centre = wanted;
  return done();
}

Outcome csms(Modem& modem, const Request& request) {
  int& service = modem.routing().service;
  if (request.is(Form::test)) modem.terminal().info("+CSMS: (0,1)");
  if (request.is(Form::read)) modem.terminal().info("+CSMS: " + std::to_string(service) + ",1,1,1");
  if (!request.is(Form::set)) return request.is(Form::execute) ? cms(302) : done();
  const auto wanted = read_number(request.arguments);
  if (!wanted || !within(*wanted, 1)) return cms(302);
  const Service kind = modem.stage().profile.service;
  if (kind == Service::refused && *wanted == 1) return cms(302);
  service = kind == Service::forced ? 1 : *wanted;
  modem.terminal().info("+CSMS: 1,1,1");
  return done();
}

// "(0-3)" for four in a row, else one by one: "(0,1,2)".
std::string listed(const std::vector<int>& values) {
  if (values == std::vector<int>{0, 1, 2, 3}) return "(0-3)";
  std::string list;
  for (const int value : values) list += (list.empty() ? "" : ",") + std::to_string(value);
  return "(" + list + ")";
}

bool has(const std::vector<int>& values, int value) { return std::ranges::find(values, value) != values.end(); }

bool accepted(const Routes& routes, const Indications& wanted, std::string_view arguments) {
  const bool refused = std::ranges::find(routes.refused, arguments) != routes.refused.end();
  return !refused && has(routes.mode, wanted.mode) && has(routes.mt, wanted.mt) && has(routes.bm, wanted.bm) &&
         has(routes.ds, wanted.ds) && has(routes.bfr, wanted.bfr);
}

Outcome set_indications(Modem& modem, std::string_view arguments) {
  const auto wanted = numbers(arguments);
  if (!wanted || wanted->size() > 5) return cms(302);
  Indications next = modem.routing().indications();
  const std::array<int*, 5> places{&next.mode, &next.mt, &next.bm, &next.ds, &next.bfr};
  for (std::size_t place = 0; place < wanted->size(); ++place) {
    if ((*wanted)[place] >= 0) *places.at(place) = (*wanted)[place];
  }
  const Routes& routes = modem.stage().profile.cnmi;
  if (!accepted(routes, next, arguments)) {
    modem.terminal().info(routes.refusal);
    return told();
  }
  modem.routing().indicate(next);
  return done();
}

Outcome cnmi(Modem& modem, const Request& request) {
  if (modem.sim.lock != Sim::Lock::open) return messages_locked(modem);
  const auto& now = modem.routing().indications();
  if (request.is(Form::test)) {
    const Routes& routes = modem.stage().profile.cnmi;
    std::string text = listed(routes.mode);
    for (const auto& values : {routes.mt, routes.bm, routes.ds, routes.bfr}) text += "," + listed(values);
    modem.terminal().info("+CNMI: " + (routes.answer.empty() ? text : routes.answer));
  }
  if (request.is(Form::read)) {
    std::string text = "+CNMI: " + std::to_string(now.mode);
    for (const int value : {now.mt, now.bm, now.ds, now.bfr}) text += "," + std::to_string(value);
    const auto& told = modem.stage().options.cnmi_reads;
    modem.terminal().info(told.empty() ? text : "+CNMI: " + told);
  }
  if (!request.is(Form::set)) return request.is(Form::execute) ? cms(302) : done();
  return set_indications(modem, request.arguments);
}

// Every {memory}, {used} and {total} of an answer to AT+CPMS.
std::string with_usage(Modem& modem, std::string text) {
  const auto& memory = modem.routing().memories().at(modem.radio.memory);
  const std::pair<std::string_view, std::string> blanks[] = {{"{memory}", modem.radio.memory},
                                                             {"{used}", std::to_string(memory.used())},
                                                             {"{total}", std::to_string(memory.capacity())}};
  for (const auto& [blank, value] : blanks) {
    for (auto place = text.find(blank); place != std::string::npos; place = text.find(blank)) {
      text.replace(place, blank.size(), value);
    }
  }
  return "+CPMS: " + text;
}

std::string all_memories(const Storage& storage) {
  std::string names;
  for (const auto& [name, slots] : storage.slots) names += (names.empty() ? "(\"" : ",\"") + name + "\"";
  return names + ")," + names + ")," + names + ")";
}

Outcome choose_memory(Modem& modem, std::string_view arguments) {
  const Storage& storage = modem.stage().profile.storage;
  const auto wanted = split(arguments);
  if (std::ranges::find(storage.arguments, wanted.size()) == storage.arguments.end()) return wrong();
  for (const auto name : wanted) {
    if (!modem.routing().memories().contains(std::string(name))) return cms(302);
  }
  modem.radio.memory = wanted.front();
  const std::string usual = "{used},{total},{used},{total},{used},{total}";
  modem.terminal().info(with_usage(modem, storage.set.empty() ? usual : storage.set));
  return done();
}

Outcome cpms(Modem& modem, const Request& request) {
  if (modem.sim.lock != Sim::Lock::open) return messages_locked(modem);
  const Storage& storage = modem.stage().profile.storage;
  const std::string one = "\"{memory}\",{used},{total}";
  if (request.is(Form::test)) {
    modem.terminal().info("+CPMS: " + (storage.test.empty() ? all_memories(storage) : storage.test));
  }
  if (request.is(Form::read)) {
    modem.terminal().info(with_usage(modem, storage.read.empty() ? one + "," + one + "," + one : storage.read));
  }
  if (!request.is(Form::set)) return request.is(Form::execute) ? cms(302) : done();
  return choose_memory(modem, request.arguments);
}

Memory& memory_of(Modem& modem) { return modem.routing().memories().at(modem.radio.memory); }

std::string stored(const Slot& slot) {
  return std::string(slot.read ? "1" : "0") + ",," + std::to_string(slot.line.length) + "\r\n" + slot.line.hex;
}

Outcome cmgr(Modem& modem, const Request& request) {
  if (modem.sim.lock != Sim::Lock::open) return messages_locked(modem);
  if (request.is(Form::test)) return done();
  const auto index = read_number(request.arguments);
  auto* slot = index ? memory_of(modem).find(*index) : nullptr;
  const bool empty_is_ok = index && modem.stage().profile.storage.empty_is_ok;
  if (slot == nullptr) return empty_is_ok ? done() : cms(321);
  modem.terminal().info("+CMGR: " + stored(*slot));
  modem.routing().seen(*slot);
  return done();
}

// 0 unread, 1 read, 2 and 3 messages of ours (there are none), 4 all.
Outcome cmgl(Modem& modem, const Request& request) {
  if (modem.sim.lock != Sim::Lock::open) return messages_locked(modem);
  if (request.is(Form::test)) modem.terminal().info("+CMGL: (0-4)");
  if (request.is(Form::test)) return done();
  const auto wanted = request.is(Form::execute) ? std::optional<int>(0) : read_number(request.arguments);
  if (!wanted || !within(*wanted, 4)) return cms(302);
  for (auto& [index, slot] : memory_of(modem).slots()) {
    if (*wanted != 4 && *wanted != (slot.read ? 1 : 0)) continue;
    modem.terminal().info("+CMGL: " + std::to_string(index) + "," + stored(slot));
    modem.routing().seen(slot);
  }
  return done();
}

Outcome erase(Modem& modem, int index) {
  auto& memory = memory_of(modem);
  const auto* slot = memory.find(index);
  if (slot == nullptr) return cms(321);
  boost::json::object fields;
  fields["memory"] = modem.radio.memory;
  fields["index"] = index;
  fields["read"] = slot->read;
  fields["mr"] = slot->report ? boost::json::value(slot->report->mr) : boost::json::value(nullptr);
  modem.stage().journal.write(modem.identity(), "erased", fields);
  memory.erase(index);
  return done();
}

// <delflag> 1 to 3 spare the unread, 4 spares nothing.
Outcome cmgd(Modem& modem, const Request& request) {
  if (modem.sim.lock != Sim::Lock::open) return messages_locked(modem);
  if (request.is(Form::test)) return done();
  const auto wanted = numbers(request.arguments);
  if (!wanted || wanted->size() > 2) return cms(302);
  if (wanted->size() == 1 || wanted->back() == 0) return erase(modem, wanted->front());
  const auto all = memory_of(modem).slots();
  for (const auto& [index, slot] : all) {
    if (slot.read || wanted->back() == 4) erase(modem, index);
  }
  return done();
}

Outcome cmgs(Modem& modem, const Request& request) {
  if (request.is(Form::test)) return done();
  const auto length = request.is(Form::set) ? read_number(request.arguments) : std::nullopt;
  return length ? modem.begin_submit(*length) : cms(304);
}

// The form with a PDU, AT+CNMA=1,<length>, is unusable on many modems and here.
Outcome cnma(Modem& modem, const Request& request) {
  if (request.is(Form::test)) modem.terminal().info("+CNMA: (0,1)");
  if (request.is(Form::test)) return done();
  const bool plain = request.arguments.empty() || request.arguments == "0" || request.arguments == "1";
  if (!plain) return cms(303);
  const Acknowledging kind = modem.stage().profile.acknowledging;
  if (kind == Acknowledging::error) return wrong();
  const bool expected = modem.routing().acknowledge();
  return expected || kind == Acknowledging::lenient ? done() : cms(340);
}

Outcome cmms(Modem& modem, const Request& request) {
  if (modem.stage().profile.more_messages == MoreMessages::refused) return cms(500);
  const base::Steady now = modem.stage().agenda.now().steady;
  if (request.is(Form::test)) modem.terminal().info("+CMMS: (0-2)");
  if (request.is(Form::read)) modem.terminal().info("+CMMS: " + std::to_string(modem.link.mode(now)));
  if (!request.is(Form::set)) return request.is(Form::execute) ? cms(302) : done();
  const auto wanted = read_number(request.arguments);
  if (!wanted || !within(*wanted, 2)) return cms(302);
  modem.link.set(*wanted, now);
  return done();
}

constexpr std::array messages{Command{"+CMGF", cmgf}, Command{"+CSCA", csca}, Command{"+CSMS", csms},
                              Command{"+CNMI", cnmi}, Command{"+CPMS", cpms}, Command{"+CMGR", cmgr},
                              Command{"+CMGL", cmgl}, Command{"+CMGD", cmgd}, Command{"+CMGS", cmgs},
                              Command{"+CNMA", cnma}, Command{"+CMMS", cmms}};

}  // namespace

std::span<const Command> message_commands() { return messages; }

}  // namespace burstd::sim
