#include "sim/orders.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"
#include "sim/order.hpp"

namespace burstd::sim {

base::Error misused(std::string sentence) { return base::malformed("order-invalid", std::move(sentence)); }

base::Result<int> order_number(std::string_view text, int most) {
  const auto value = read_number(text);
  if (!value || *value < 0 || *value > most) {
    return misused("\"" + std::string(text) + "\" is no number from 0 to " + std::to_string(most) + ".");
  }
  return *value;
}

base::Result<Port*> port_of(Bench& bench, std::string_view name) {
  Port* port = bench.find(name);
  if (port != nullptr) return port;
  return base::Error{base::Fault::missing, "modem-unknown", "There is no \"" + std::string(name) + "\" here."};
}

namespace {

Said refuse(Bench& bench, const Words& words) {
  const auto code = order_number(words.at(2), 65535);
  const auto count = order_number(words.size() > 3 ? words[3] : "0", 1'000'000);
  if (!code || !count) return code ? count.error() : code.error();
  const bool sent = words.front() == "refuse-but-send";
  bench.network().rules().refuse(std::string(words.at(1)), Refusal{*code, sent}, *count);
  return plain();
}

Said fail(Bench& bench, const Words& words) {
  auto statuses = read_statuses(words.at(2));
  if (!statuses) return statuses.error();
  bench.network().rules().fail(std::string(words.at(1)), std::move(*statuses));
  return plain();
}

Said no_report(Bench& bench, const Words& words) {
  bench.network().rules().silence(std::string(words.at(1)));
  return plain();
}

Said clear(Bench& bench, const Words&) {
  bench.network().rules().clear();
  for (Port& port : bench.ports()) port.modem().faults = Faults{};
  return plain();
}

Said pace(Bench& bench, const Words& words) {
  const auto millis = order_number(words.at(1), 3'600'000);
  if (!millis) return millis.error();
  auto& span = words.front() == "air" ? bench.network().air : bench.network().report_delay;
  span = base::Milliseconds{*millis};
  return plain();
}

Said hold(Bench& bench, const Words&) {
  bench.network().hold();
  return plain();
}

Said release(Bench& bench, const Words&) {
  bench.network().release();
  return plain();
}

Said quit(Bench&, const Words&) { return plain(); }

Said help(Bench&, const Words&) {
  boost::json::array list;
  for (const auto table : {modem_orders(), bus_orders(), card_orders(), kill_orders(), network_orders()}) {
    for (const Order& order : table) list.emplace_back(order.usage);
  }
  boost::json::object said;
  said["orders"] = std::move(list);
  return said;
}

constexpr std::array orders_to_network{
    Order{"refuse", "refuse NUMBER CODE [COUNT]", 2, refuse},
    Order{"refuse-but-send", "refuse-but-send NUMBER CODE [COUNT]", 2, refuse},
    Order{"fail", "fail NUMBER STATUS[,STATUS]…", 2, fail},
    Order{"no-report", "no-report NUMBER", 1, no_report},
    Order{"clear", "clear", 0, clear},
    Order{"air", "air MS", 1, pace},
    Order{"report", "report MS", 1, pace},
    Order{"hold-reports", "hold-reports", 0, hold},
    Order{"release-reports", "release-reports", 0, release},
    Order{"quit", "quit", 0, quit},
    Order{"help", "help", 0, help},
};

Words words_of(std::string_view line) {
  Words words;
  while (!line.empty()) {
    const auto end = std::min(line.find_first_of(" \t\r"), line.size());
    if (end != 0) words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

const Order* find(std::span<const Order> table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Order::name);
  return found == table.end() ? nullptr : &*found;
}

Said act(Bench& bench, const Words& words) {
  if (words.empty()) return misused("The line is empty; \"help\" lists the orders.");
  const Order* order = find(modem_orders(), words.front());
  if (order == nullptr) order = find(bus_orders(), words.front());
  if (order == nullptr) order = find(card_orders(), words.front());
  if (order == nullptr) order = find(kill_orders(), words.front());
  if (order == nullptr) order = find(network_orders(), words.front());
  if (order == nullptr) return misused("There is no such order; \"help\" lists them.");
  if (words.size() <= order->least) return misused("It goes: " + std::string(order->usage));
  return order->act(bench, words);
}

}  // namespace

std::span<const Order> network_orders() { return orders_to_network; }

Answer obey(Bench& bench, std::string_view line) {
  bench.tick();
  const auto words = words_of(line);
  auto said = base::is_utf8(line) ? act(bench, words) : Said(misused("The line is no UTF-8."));
  Answer answer;
  answer.object["ok"] = said.has_value();
  if (!said) {
    answer.object["code"] = said.error().code;
    answer.object["error"] = said.error().sentence;
    return answer;
  }
  for (const auto& field : *said) answer.object[field.key()] = field.value();
  answer.quit = words.front() == "quit";
  return answer;
}

}  // namespace burstd::sim
