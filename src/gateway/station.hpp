// One modem as the gateway sees it: answers what the modem asks of its owner (modem::Host) by way of the
// record, the observer and the dispatcher, and keeps its last status.
#pragma once

#include <functional>
#include <string>

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
};

class Station : private modem::Host {
 public:
  Station(async::Executor executor, const modem::Options& options, const std::vector<modem::Driver>& drivers,
          Shared shared);

  async::Task<> run() { return x_modem.run(); }
  void stop() { x_modem.stop(); }
  void pause() { x_modem.pause(); }
  void resume() { x_modem.resume(); }

  const modem::Status& last_status() const { return x_status; }

 private:
  void status(const modem::Status& status) override;
  modem::PduKind kind(const std::string& octets) const override;
  async::Task<bool> report(const modem::Identity& identity, std::string pdu) override;
  async::Task<bool> incoming(const modem::Identity& identity, std::string pdu) override;
  async::Task<std::optional<modem::Unresolved>> unresolved(const std::string& modem) override;
  async::Task<> late_verdict(const modem::Identity& identity, modem::Verdict verdict) override;
  async::Task<> serve(modem::Link& link) override;

  // Wakes what it is about; false when it is not on disk.
  bool take_up(const base::Result<Outcome>& outcome);

  Shared x_shared;
  std::string x_name;
  modem::Status x_status;
  modem::Modem x_modem;
  std::function<bool()> x_waits;  // whether what a modem said is still waited for to get on disk
};

}  // namespace burstd::gateway
