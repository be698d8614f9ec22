// The house put together and run: record, gateway, api and socket on one loop, their signals, and the order of the end.
// main makes one. Whatever cannot be opened throws std::runtime_error with a sentence from the constructor.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <optional>
#include <string>

#include "api/api.hpp"
#include "app/opening.hpp"
#include "app/reload.hpp"
#include "app/service.hpp"
#include "async/scope.hpp"
#include "config/loader.hpp"
#include "gateway/gateway.hpp"
#include "http/server.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"

namespace burstd::app {

class Daemon {
 public:
  Daemon(const std::string& file, const config::Loaded& loaded);

  // Returns the exit status when everything has ended.
  int run();

 private:
  Daemon(const std::string& file, const config::Loaded& loaded, const config::Config& config);

  async::Task<> live();
  async::Task<> recover();
  async::Task<> part(std::string name, async::Task<> duty);
  async::Task<> beat();
  async::Task<> end_broken();
  void await_signal();
  void await_hang_up();
  async::Task<> reload();
  void deaf();
  void stop(const std::string& why);
  void broken(const std::string& why);

  Service x_service;
  std::optional<Opening> x_opening;
  boost::asio::io_context x_loop{1};
  boost::asio::signal_set x_signals, x_hang_up;
  store::Writer x_writer;
  store::Reader x_reader, x_sending_reader;
  gateway::Gateway x_gateway;
  api::Api x_api;
  Reload x_reload;
  http::Server x_server;
  async::Scope x_scope;
  async::Signal x_stopped;
  bool x_stopping = false;
  int x_exit = 0;
};

}  // namespace burstd::app
