// One modem as the gateway sees it: answers what the modem asks of its owner (modem::Host) by way of the
// record, the observer and the dispatcher, and keeps its last status.
#pragma once

#include <functional>
#include <string>

#include "gateway/clock.hpp"
#include "gateway/dispatcher.hpp"
#include "gateway/ledger.hpp"
#include "modem/link.hpp"
#include "modem/modem.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

// What every station shares.
struct Shared {
  const Ledger& ledger;
  store::Writer& writer;
  store::Reader& reader;
  Dispatcher& dispatcher;
  async::Signal& changed;
  const std::vector<modem::Driver>& drivers;
  const modem::Finding& finding;
  modem::Finder& finder;
};

class Station : public modem::Host {
 public:
  Station(async::Executor executor, const modem::Options& options, Shared shared);

  async::Task<> run() { return x_modem.run(); }
  void stop() { x_modem.stop(); }

  // As modem::Modem's. A reset is refused with "modem-away" where there is nobody to be reset.
  void pause() { x_modem.pause(); }
  void resume() { x_modem.resume(); }
  base::Result<void> reset();

  // Codes: "pin-not-wanted", "pin-missing", "pin-last-try".
  base::Result<void> unlock(modem::Release release);

  // Something else goes by its name now, and is on record as such.
  void reconsider() { x_modem.reconsider(); }

  // What answers and is not the right thing; nothing when all is well.
  const std::optional<modem::Identity>& unwelcome() const { return x_unwelcome; }

  const modem::Status& last_status() const { return x_status; }
  const modem::Options& options() const { return x_modem.options(); }

  // Whether delivery reports come at all, by the record; shown with the status.
  async::Task<> weigh_reports();

 private:
  void status(const modem::Status& status) override;
  bool wants_time() const override { return time_is_wanted(); }
  void network_time(base::Time told) override;
  modem::PduKind kind(const std::string& octets) const override;
  async::Task<bool> report(const modem::Identity& identity, std::string pdu) override;
  async::Task<bool> incoming(const modem::Identity& identity, std::string pdu) override;
  async::Task<std::optional<modem::Unresolved>> unresolved(const std::string& modem) override;
  async::Task<> late_verdict(const modem::Identity& identity, modem::Verdict verdict) override;
  async::Task<> serve(modem::Link& link) override;
  async::Task<modem::Welcome> welcome(const modem::Identity& identity) override;
  async::Task<modem::PinLeave> begin_pin(const modem::Identity& identity, const std::string& pin,
                                         bool by_person) override;
  async::Task<> end_pin(std::int64_t attempt, modem::PinEnd end) override;
  modem::Credit credit(const std::string& text, std::optional<int> coding) const override;

  // Wakes what it is about; false when it is not on disk.
  bool take_up(const base::Result<Outcome>& outcome);

  Shared x_shared;
  std::string x_name;
  modem::Status x_status;
  std::optional<modem::Identity> x_unwelcome;
  bool x_silent = false;  // no report has come for what should have had one
  modem::Modem x_modem;
  std::function<bool()> x_waits;  // whether what a modem said is still waited for to get on disk
};

}  // namespace burstd::gateway
