// The Unix socket that takes orders: one line a time from any number of clients, one JSON line back for each.
// It carries words and knows no order.
#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <list>
#include <string>

#include "async/scope.hpp"
#include "sim/bench.hpp"

namespace burstd::sim {

class Control {
 public:
  explicit Control(Bench& bench, const async::Executor& executor) : x_bench(bench), x_acceptor(executor) {}

  // A socket file that is left over is replaced, one that somebody still serves is not.
  base::Result<void> start(const std::string& path);
  void stop();

 private:
  using Socket = boost::asio::local::stream_protocol::socket;

  async::Task<> accept();
  async::Task<> serve(std::list<Socket>::iterator client);
  async::Task<bool> answer(Socket& client, std::string& inbox);

  Bench& x_bench;
  boost::asio::local::stream_protocol::acceptor x_acceptor;
  std::list<Socket> x_clients;
  std::string x_path;
};

}  // namespace burstd::sim
