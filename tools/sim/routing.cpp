#include "sim/routing.hpp"

#include <utility>

namespace burstd::sim {

namespace {

constexpr int tries_of_a_report = 4;

}  // namespace

Routing::Routing(Stage stage, const Identity& who, Terminal& terminal, Registered registered)
    : x_stage(stage), x_who(who), x_terminal(terminal), x_registered(std::move(registered)) {
  const Storage& storage = stage.profile.storage;
  for (const auto& [name, slots] : storage.slots) x_memories.emplace(name, Memory(slots, storage.first));
  if (stage.options.hold_unacknowledged) look_again();
}

void Routing::reset() {
  x_indications = {};
  service = x_stage.profile.service == Service::forced ? 1 : 0;
  x_paused = false;
}

void Routing::change_card(Card& from, Card& to) {
  const Storage& storage = x_stage.profile.storage;
  for (const char* name : {"SM", "SR"}) {
    const auto place = x_memories.find(name);
    if (place == x_memories.end()) continue;
    auto known = to.memories.extract(name);
    Memory next = known.empty() ? Memory(storage.slots.at(name), storage.first) : std::move(known.mapped());
    from.memories.insert_or_assign(name, std::exchange(place->second, std::move(next)));
  }
}

void Routing::report(const Report& report) {
  if (x_stage.options.hold_unacknowledged && !x_registered()) return lose(report, "not-registered");
  if (x_indications.ds == 2) return store(report);
  const bool open = x_terminal.heard();
  if ((!open || x_indications.ds == 0) && x_stage.options.keep_reports) return x_kept.push_back(report);
  if (!open) return lose(report, x_terminal.hung ? "hung" : "closed");
  if (x_indications.ds == 0) return lose(report, "not-routed");
  offer({x_stage.profile.cds_head + std::to_string(report.line.length), report.line, report});
}

void Routing::letter(const Line& line, std::string_view from) {
  boost::json::object fields;
  fields["from"] = from;
  fields["pdu"] = line.hex;
  const bool direct = x_indications.mt >= 2 && x_terminal.heard();
  fields["how"] = direct ? "direct" : "stored";
  if (direct) {
    x_stage.journal.write(x_who, "incoming", fields);
    return offer({"+CMT: ," + std::to_string(line.length), line, std::nullopt});
  }
  auto& memory = x_memories.at("SM");
  const auto index = memory.store({line, std::nullopt});
  fields["index"] = index.value_or(0);
  if (!index) fields["how"] = "memory-full";
  x_stage.journal.write(x_who, "incoming", fields);
  if (index && x_indications.mt == 1) offer({"+CMTI: \"SM\"," + std::to_string(*index), {}, std::nullopt});
  if (memory.full()) filled_up();
}

void Routing::filled_up() {
  boost::json::object fields;
  fields["memory"] = "SM";
  x_stage.journal.write(x_who, "memory_full", fields);
  const auto& line = x_stage.profile.storage.full_line;
  if (!line.empty() && !x_paused) x_terminal.tell(line);
}

void Routing::store(const Report& report) {
  const StoredReports& where = x_stage.profile.reports;
  const auto place = x_memories.find(where.stored);
  const auto index = place == x_memories.end() ? std::nullopt : place->second.store({report.line, report});
  if (!index) return lose(report, "memory-full");
  auto fields = fields_of(report);
  fields["index"] = *index;
  x_stage.journal.write(x_who, "report_stored", fields);
  const std::string memory = where.announced.empty() ? where.stored : where.announced;
  offer({"+CDSI: \"" + memory + "\"," + std::to_string(*index), {}, std::nullopt});
}

void Routing::offer(Item item) {
  if (!x_terminal.heard()) return;
  x_waiting.push_back(std::move(item));
  pump();
}

void Routing::pump() {
  while (!x_waiting.empty() && !x_paused && !x_unacknowledged && x_indications.mode != 0) {
    say(x_waiting.front());
    if (!x_unacknowledged) x_waiting.pop_front();
  }
}

// +CDS and +CMT carry a PDU and want an acknowledgement under service 1; announcements do not.
void Routing::say(Item& item) {
  const bool direct = !item.line.hex.empty();
  auto text = item.line.hex.empty() ? item.head : item.head + "\r\n" + item.line.hex;
  if (item.report && direct) text.append(static_cast<std::size_t>(x_stage.options.pad), 'F');
  ++item.tries;
  if (item.report) {
    auto fields = fields_of(*item.report);
    fields["how"] = "direct";
    fields["try"] = item.tries;
    fields["pdu"] = item.line.hex;
    x_stage.journal.write(x_who, "report", fields);
  }
  x_terminal.tell(text);
  x_stage.journal.mark(x_who, "announced", text);
  if (!direct || service != 1) return;
  x_unacknowledged = true;
  const auto ticket = ++x_ticket;
  x_stage.agenda.after(x_stage.options.ack, [this, ticket] { unanswered(ticket); });
}

void Routing::unanswered(std::uint64_t ticket) {
  if (ticket != x_ticket || !x_unacknowledged) return;
  x_unacknowledged = false;
  const Item& item = x_waiting.front();
  if (item.tries >= tries_of_a_report) {
    if (item.report) lose(*item.report, "not-acknowledged");
    x_waiting.pop_front();
  }
  pump();
}

bool Routing::acknowledge() {
  if (!x_unacknowledged) return false;
  x_unacknowledged = false;
  const Item item = std::move(x_waiting.front());
  x_waiting.pop_front();
  boost::json::object fields;
  fields["of"] = item.report ? "report" : "incoming";
  if (item.report) fields["mr"] = item.report->mr;
  if (item.report) fields["serial"] = item.report->serial;
  x_stage.journal.write(x_who, "ack", fields);
  return true;
}

void Routing::indicate(const Indications& indications) {
  const bool dropping = x_indications.mode == 0 && indications.mode != 0 && indications.bfr == 1;
  x_indications = indications;
  auto waiting = dropping ? std::exchange(x_waiting, {}) : std::deque<Item>{};
  for (const Item& item : waiting) {
    if (item.report) lose(*item.report, "buffer-cleared");
  }
  if (indications.ds != 0) {
    for (auto kept = std::exchange(x_kept, {}); !kept.empty(); kept.pop_front()) report(kept.front());
  }
  fetch();
  pump();
}

void Routing::pause(bool paused) {
  x_paused = paused;
  pump();
}

void Routing::seen(Slot& slot) {
  const bool first = !std::exchange(slot.read, true);
  if (!first || !slot.report) return;
  auto fields = fields_of(*slot.report);
  fields["how"] = "stored";
  fields["try"] = 1;
  fields["pdu"] = slot.line.hex;
  x_stage.journal.write(x_who, "report", fields);
}

void Routing::closed() {
  x_unacknowledged = false;
  const bool keep = x_stage.options.keep_reports;
  for (auto waiting = std::exchange(x_waiting, {}); !waiting.empty(); waiting.pop_front()) {
    const auto& report = waiting.front().report;
    if (!report) continue;
    if (keep) x_kept.push_back(*report);
    if (!keep) lose(*report, "closed");
  }
}

// What the modem has taken over and then thrown away is gone; everything else the network may keep.
void Routing::lose(const Report& report, std::string_view why) {
  if (!x_stage.options.hold_unacknowledged || why == "buffer-cleared") return drop(report, why);
  x_stage.network.mailbox().hold(x_who.imsi, report);
  auto fields = fields_of(report);
  fields["why"] = why;
  x_stage.journal.write(x_who, "report_held", fields);
}

bool Routing::reachable() {
  if (!x_registered() || x_paused) return false;
  if (x_indications.ds == 1) return x_terminal.heard();
  const auto place = x_memories.find(x_stage.profile.reports.stored);
  return x_indications.ds == 2 && place != x_memories.end() && !place->second.full();
}

void Routing::fetch() {
  if (!x_stage.network.mailbox().has(x_who.imsi) || !reachable()) return;
  for (auto held = x_stage.network.mailbox().take(x_who.imsi); !held.empty(); held.pop_front()) report(held.front());
}

void Routing::look_again() {
  x_stage.agenda.after(x_stage.options.again, [this] {
    fetch();
    look_again();
  });
}

void Routing::drop(const Report& report, std::string_view why) {
  auto fields = fields_of(report);
  fields["why"] = why;
  x_stage.journal.write(x_who, "report_lost", fields);
}

}  // namespace burstd::sim
