#include "ctl/probe/probe_line.hpp"

#include <utility>

namespace burstd::ctl {

namespace {

constexpr int most_probe_looks = 10;  // at a modem that is busy
constexpr std::chrono::seconds between_probe_looks{1};
constexpr std::chrono::seconds is_it_there{3};

std::string result_of(const at::Reply& reply) {
  if (reply.failure) return reply.failure->text;
  if (reply.end == at::Reply::End::ok) return "OK";
  return reply.lines.empty() ? "no answer" : "no OK";
}

}  // namespace

async::Task<Exchange> ProbeLine::ask(at::Command command, base::Milliseconds patience) {
  Exchange exchange;
  exchange.command = command.text;
  exchange.result = "not asked";
  if (!open()) co_return exchange;
  for (int looks = 1;; ++looks) {
    at::Command again = command;
    const base::Steady start = async::now().steady;
    auto asking = x_terminal.execute(std::move(again), patience);
    at::Reply reply = co_await std::move(asking);
    exchange.took = std::chrono::ceil<base::Milliseconds>(async::now().steady - start);
    exchange.good = reply.end == at::Reply::End::ok;
    exchange.result = result_of(reply);
    const bool busy = reply.failure && at::is_busy(*reply.failure);
    exchange.lines = std::move(reply.lines);
    if (!busy || looks == most_probe_looks || !open()) break;
    co_await x_terminal.pause(between_probe_looks);
  }
  x_exchanges.push_back(exchange);
  if (exchange.result.starts_with("no ")) co_await reassure(exchange.command);
  co_return exchange;
}

async::Task<std::string> ProbeLine::line(std::string text, std::string prefix) {
  const Exchange exchange = co_await ask(at::ask(std::move(text), std::move(prefix)));
  co_return exchange.last();
}

// Silence to one question; what it still may say to that is not taken for the answer to the next one.
async::Task<> ProbeLine::reassure(std::string command) {
  const at::Reply reply = co_await x_terminal.execute(at::probe(), is_it_there);
  if (reply.end == at::Reply::End::ok) co_return x_terminal.forgive();
  x_terminal.end("The modem did not answer to " + command + ", and to nothing since. Unplug it and plug it in again.");
}

}  // namespace burstd::ctl
