// Record, plan and modems joined: what the rooms above (clinic, api, app) may ask of the sending side. Owns
// the ledger, the dispatcher, the observer, the timekeeper and the fleet of modems.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "async/scope.hpp"
#include "gateway/activity.hpp"
#include "gateway/holds.hpp"
#include "gateway/ledger.hpp"
#include "gateway/options.hpp"
#include "gateway/rooms.hpp"
#include "modem/driver.hpp"
#include "modem/options.hpp"
#include "modem/status.hpp"
#include "store/caretaker.hpp"
#include "store/reader.hpp"
#include "store/restoration.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

struct Setup {
  Options options;
  std::vector<modem::Options> modems;
  std::vector<modem::Driver> drivers;
  modem::Finding finding;
};

// The record as the gateway uses it. `sending` is the dispatcher's own, so that no list that a client asks for makes a
// modem wait.
struct Record {
  store::Writer& writer;
  store::Reader& reader;
  store::Reader& sending;
};

// What a SIM may still send.
struct Left {
  std::vector<message::Remainder> limits;
  std::optional<std::int64_t> credit;  // segments that its money pays for
};

// A PIN for a modem whose SIM waits for one, and a person's word that it may be tried.
struct Unlocking {
  std::optional<std::string> pin;  // nothing: the one of the configuration once more
  bool last_try = false;           // also when a wrong one would lock the SIM
};

// What is to go by a modem's name from now on; both empty: the only thing that it can be.
struct Adoption {
  std::string imei, port;
};

class Gateway {
 public:
  Gateway(async::Executor executor, Setup setup, Record record);
  ~Gateway();

  // First of all, before any client is answered: what a crash left on the air is doubted, what waited waits.
  async::Task<> recover();

  // Runs modems, dispatcher and timekeeper until stop(). After stop() nothing new is handed to a modem; what is
  // on the air gets its verdict first.
  async::Task<> run();
  void stop();

  // Another configuration, while it runs: what waits and what is on the air stays as it is. Drivers and finding are
  // those of the start.
  async::Task<> retune(Options options, std::vector<modem::Options> modems);

  const Ledger& ledger() const;
  store::Writer& writer();
  store::Reader& reader();
  store::Caretaker& caretaker();

  // Queued messages that were just committed: into the plan, modems wake.
  void admit(const std::vector<message::Message>& messages);

  // A message that must not be sent any more (cancelled): out of the plan. The record already says so.
  void withdraw(message::Key message);

  // Notified after every commit that changed a message.
  async::Signal& changed();

  std::vector<modem::Status> modems() const;

  // Why what is queued does not go at this moment.
  Holds holds() const;

  // When something of a category may next go by its hours, from then on. Nothing: never.
  std::optional<base::Time> opening(const std::string& category, base::Time from) const;

  // What waits already is not taken off.
  Rooms rooms() const;

  // What each SIM in service may still send, by modem.
  std::map<std::string, Left> left() const;

  // On the bus, but not in use.
  std::vector<modem::Stranger> strangers() const;

  // What a person does to a modem; they return when it is ordered, not when it is done. Codes: "modem-unknown",
  // "modem-away" (reset), "pin-not-wanted", "pin-last-try", "nothing-to-adopt", "adoption-ambiguous".
  base::Result<void> pause(const std::string& name);
  base::Result<void> resume(const std::string& name);
  base::Result<void> reset(const std::string& name);
  async::Task<base::Result<void>> unlock(std::string name, Unlocking unlocking);

  // The sentence says what was adopted.
  async::Task<base::Result<std::string>> replace(std::string name, Adoption adoption);

  Activity activity() const;

  // Since the record was restored nothing is sent; nothing: that is not so. Then, after the record says that somebody
  // has released it.
  const std::optional<store::Restoration>& restoration() const;
  void released();

  // Before that: what fell due while it was held may have been sent by whoever had the record before. Fails where the
  // record cannot be written.
  async::Task<base::Result<void>> doubt_due();

 private:
  async::Task<> part(async::Task<> duty);

  class Inside;
  std::unique_ptr<Inside> x_inside;
};

}  // namespace burstd::gateway
