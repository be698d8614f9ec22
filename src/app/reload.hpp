// A reload: the configuration read anew, judged as at the start, and handed to those who can take it up while they run.
// A file with a mistake changes nothing. One at a time; the Daemon owns it, clients and SIGHUP ask for it.
#pragma once

#include <string>

#include "api/api.hpp"
#include "api/reloading.hpp"
#include "config/loader.hpp"
#include "gateway/gateway.hpp"

namespace burstd::app {

// As the process began.
struct Start {
  std::string file;
  config::Values values;  // and what was taken up since
  store::Options record;  // stays: it is taken up at a start alone
};

class Reload {
 public:
  Reload(Start start, gateway::Gateway& gateway, api::Api& api)
      : x_start(std::move(start)), x_gateway(gateway), x_api(api) {}

  async::Task<api::Reloaded> run(clinic::Hand hand);

 private:
  async::Task<> take_up(const config::Loaded& loaded);
  async::Task<> put_on_record(clinic::Hand hand, std::string change);

  Start x_start;
  gateway::Gateway& x_gateway;
  api::Api& x_api;
  async::Signal x_done;
  bool x_under_way = false;
};

}  // namespace burstd::app
