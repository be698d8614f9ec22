// All modems: the stations of those that the configuration names, of those that are used because they are there, and
// the Finder that tells where they are. Owned by the Gateway, which asks it by name.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "async/scope.hpp"
#include "gateway/dispatcher.hpp"
#include "gateway/station.hpp"
#include "modem/finder.hpp"
#include "store/berths.hpp"

namespace burstd::gateway {

// The ports that modems are named by.
std::vector<std::string> ports_of(const std::vector<modem::Options>& modems);

class Fleet {
 public:
  struct Crew {
    std::vector<modem::Options> modems;
    std::vector<modem::Driver> drivers;
    modem::Finding finding;
  };
  struct Shore {
    const Ledger& ledger;
    store::Writer& writer;
    store::Reader& reader;
    Dispatcher& dispatcher;
    async::Signal& changed;
  };

  Fleet(async::Executor executor, Crew crew, Shore shore);

  // Before any client is answered: what was adopted and paused before. A modem that somebody resumes at once would be
  // paused after it otherwise.
  async::Task<> muster();

  // Until stop(), or until one of them fails; then the others are stopped and the failure is passed on.
  async::Task<> run();
  void stop();

  // Modems by another configuration: those that are no longer in it end after what is on the air, new ones begin, and
  // one that is said otherwise ends and begins. "found because all are used" is not decided anew, but what was found so
  // ends where it has a name now. Names what was done.
  struct Turnout {
    std::vector<std::string> begun, ended;
  };
  async::Task<Turnout> retune(std::vector<modem::Options> modems);

  // "modem-unknown"
  base::Result<Station*> find(const std::string& name) const;

  const std::vector<std::unique_ptr<Station>>& stations() const { return x_stations; }
  std::vector<modem::Stranger> strangers() const { return x_finder.strangers(); }

  // Gives the name to `adoption`, or to the only thing that it can be. The sentence says to what.
  async::Task<base::Result<std::string>> replace(std::string name, std::string imei, std::string port);

 private:
  async::Task<> guarded(async::Task<> duty);
  async::Task<> serve(Station& station);
  bool retire(const std::string& name);
  std::vector<std::string> recruited_as(const modem::Options& options) const;
  async::Task<std::vector<store::Berth>> remembered();
  void prepare(Station& station, const std::vector<store::Berth>& berths);
  async::Task<> watch_bus();
  void recruit();
  void tell_of_strangers();
  async::Task<> weigh();
  Station& enlist(const modem::Options& options);
  modem::Options options_of(const modem::Found& found) const;
  async::Task<std::optional<modem::Unresolved>> unsettled();
  std::vector<modem::Found> adoptable(const std::string& imei, const std::string& port) const;
  async::Task<base::Result<std::string>> adopt(Station& station, modem::Identity identity);
  Shared shared();

  async::Executor x_executor;
  Crew x_crew;
  Shore x_shore;
  modem::Finder x_finder;
  std::vector<std::unique_ptr<Station>> x_stations;
  async::Scope x_scope;
  async::Signal x_end;
  std::vector<std::unique_ptr<Station>> x_retired;  // ended, or about to; somebody may still hold on to one
  std::set<std::string> x_serving;                  // names of stations that run
  async::Signal x_handed_over;
  std::set<std::string> x_told;    // of strangers, in the log
  std::set<std::string> x_paused;  // by a person, when the service began
  bool x_began = false;
  bool x_stopped = false;
};

}  // namespace burstd::gateway
