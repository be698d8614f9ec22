// The part of Courier that looks after the modem's memories: what is announced as stored, and what was stored while
// nobody listened.
#include <algorithm>
#include <array>
#include <utility>

#include "modem/courier.hpp"
#include "modem/interview.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr int most_searches = 10;
constexpr int most_missing = 3;
constexpr std::chrono::seconds listing_patience{60};
constexpr const char* not_to_be_had =
    "The modem announces stored delivery reports that are not to be had from it. They are asked for in another way.";
constexpr std::size_t most_unreadable = 256;

// Where reports and messages may be. Some modems announce a report in another memory than the one they keep it in.
constexpr std::array<const char*, 3> known_memories{"SR", "SM", "ME"};

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Of the memories that the modem offers those that can hold something for us.
std::vector<std::string> to_list(const std::vector<std::string>& offered) {
  std::vector<std::string> names;
  for (const char* name : known_memories) {
    if (holds(offered, name)) names.emplace_back(name);
  }
  if (names.empty() && holds(offered, "MT")) names.emplace_back("MT");
  return names;
}

at::Command choice(const std::string& names) { return at::ask("AT+CPMS=" + names, "+CPMS:"); }

}  // namespace

// What was announced as stored. What is not where it was said to be is looked for at the same place of the other
// memories and, a few times a session, everywhere.
async::Task<> Courier::fetch(at::StoredReport where, PduKind announced, base::Steady heard_at) {
  std::vector<std::string> memories{where.memory};
  for (const char* name : known_memories) {
    const bool possible = announced == PduKind::report || name != known_memories.front();
    if (possible && where.memory != name) memories.emplace_back(name);
  }
  for (std::string& each : memories) {
    const bool found = co_await look(std::move(each), where.index, announced);
    if (found || x_terminal.over()) co_return;
  }
  if (heard_at <= x_swept_at) co_return;
  if (x_searches++ < most_searches) co_await sweep();
  if (announced == PduKind::report && !x_terminal.over()) miss();
}

// A way that announces and does not deliver loses reports: the next session takes another.
void Courier::miss() {
  const bool hopeless = ++x_missing >= most_missing && x_route.way == ReportWay::stored;
  if (!hopeless) return;
  x_charge.memory.broken.insert(ReportWay::stored);
  x_terminal.end(not_to_be_had);
}

// Modems say "OK" and nothing else of an empty place, or refuse.
async::Task<bool> Courier::look(std::string memory, int index, PduKind announced) {
  const bool chosen = co_await choose(std::move(memory));
  if (!chosen) co_return false;
  const at::Reply reply = co_await x_terminal.insist(at::read_stored(index), x_patience);
  auto found = at::stored(reply.lines);
  if (found.empty()) co_return false;
  found.front().index = index;
  co_return co_await take(std::move(found.front()), announced);
}

// Some modems take one memory only, some only three. One is enough to read from it and leaves the others as they are.
async::Task<bool> Courier::choose(std::string memory) {
  if (memory == x_chosen) co_return true;
  x_chosen.clear();
  const bool chosen = co_await say_choice(memory);
  if (chosen) x_chosen = std::move(memory);
  co_return chosen;
}

async::Task<bool> Courier::say_choice(const std::string& memory) {
  const std::string name = "\"" + memory + "\"";
  const at::Reply one = co_await x_terminal.insist(choice(name), storage_patience);
  if (x_terminal.over()) co_return false;
  if (!one.failure) co_return true;
  const at::Reply three = co_await x_terminal.insist(choice(name + "," + name + "," + name), storage_patience);
  co_return !three.failure && !x_terminal.over();
}

// What comes in later is to be stored where it was stored before.
async::Task<> Courier::restore(std::string memory) {
  if (x_terminal.over()) co_return;
  x_chosen.clear();
  const std::string name = "\"" + memory + "\"";
  const at::Reply three = co_await x_terminal.insist(choice(name + "," + name + "," + name), storage_patience);
  if (three.failure && !x_terminal.over()) co_await x_terminal.insist(choice(name), storage_patience);
}

async::Task<std::optional<std::string>> Courier::ask_memories(std::string text) {
  const at::Reply reply = co_await x_terminal.insist(at::ask(std::move(text), "+CPMS:"), storage_patience);
  if (reply.failure || reply.lines.empty()) co_return std::nullopt;
  co_return reply.lines.front();
}

// What came while nobody listened, memory by memory. A modem that tells of no choice has its present one listed.
async::Task<> Courier::sweep() {
  if (x_charge.memory.listing_hangs) co_return;
  x_swept_at = async::now().steady;
  const auto offered = co_await ask_memories("AT+CPMS=?");
  const auto chosen = co_await ask_memories("AT+CPMS?");
  if (x_terminal.over()) co_return;
  const auto names = to_list(offered ? at::memories(*offered) : std::vector<std::string>{});
  if (names.empty()) co_return co_await list();
  for (const std::string& name : names) {
    const bool found = co_await choose(name);
    if (found) co_await list();
    if (x_terminal.over()) co_return;
  }
  const auto before = chosen ? at::memories(*chosen) : std::vector<std::string>{};
  const bool usual = before.empty() || before.back() == known_memories.front();
  co_await restore(usual ? names.back() : before.back());
}

// Our own drafts (stat 2 and 3) are left alone.
async::Task<> Courier::list() {
  Memory& memory = x_charge.memory;
  const at::Reply reply = co_await x_terminal.execute(at::list_stored(), listing_patience);
  const bool silent = reply.end == at::Reply::End::timed_out && reply.lines.empty();
  if (silent && !x_terminal.over()) {
    memory.listing_hangs = true;
    x_terminal.end("The modem fell silent while it listed its stored messages. It is not asked for them again.");
  }
  for (at::Stored& message : at::stored(reply.lines)) {
    const bool received = message.stat <= 1;
    if (received && message.index >= 0) co_await take(std::move(message), std::nullopt);
  }
}

// True when it is what was announced. The modem is told to forget it only when it is, and when the Host has it.
async::Task<bool> Courier::take(at::Stored message, std::optional<PduKind> announced) {
  const PduKind kind = x_host.kind(message.pdu);
  if (kind == PduKind::unreadable) {
    co_await show_unreadable(std::move(message.pdu), announced.value_or(PduKind::message));
    co_return false;
  }
  // A message that stands where a report was announced is somebody else's: what was announced is elsewhere. A report
  // among messages is one.
  if (announced == PduKind::report && kind != PduKind::report) co_return false;
  const bool kept = co_await hand(std::move(message.pdu), kind);
  if (kept && !x_terminal.over())
    co_await x_terminal.insist(at::plain("AT+CMGD=" + std::to_string(message.index)), x_patience);
  co_return true;
}

// Once, so that nothing is lost should the modem lose it; it stays where it is.
async::Task<> Courier::show_unreadable(std::string pdu, PduKind announced) {
  auto& shown = x_charge.memory.unreadable;
  if (shown.size() >= most_unreadable) shown.clear();
  if (!shown.insert(pdu).second) co_return;
  const std::string copy = pdu;
  const bool kept = co_await hand(std::move(pdu), announced);
  if (!kept) shown.erase(copy);
}

}  // namespace burstd::modem
