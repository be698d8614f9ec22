// A reload: the configuration read anew, judged as at the start, and handed to those who can take it up while they run.
// A file with a mistake changes nothing. One at a time; the Daemon owns it, clients and SIGHUP ask for it.
#pragma once

#include <string>

#include "api/api.hpp"
#include "api/reloading.hpp"
#include "config/loader.hpp"
#include "gateway/gateway.hpp"

namespace burstd::app {

struct InForce {
  std::string file;
  config::Values values;  // as the process began, and what was taken up since
};

class Reload {
 public:
  Reload(InForce in_force, gateway::Gateway& gateway, api::Api& api)
      : x_in_force(std::move(in_force)), x_gateway(gateway), x_api(api) {}

  async::Task<api::Reloaded> run(clinic::Hand hand);

 private:
  async::Task<> take_up(const config::Loaded& loaded);
  async::Task<> put_on_record(clinic::Hand hand, std::string change);

  InForce x_in_force;
  gateway::Gateway& x_gateway;
  api::Api& x_api;
  async::Signal x_done;
  bool x_under_way = false;
};

}  // namespace burstd::app
