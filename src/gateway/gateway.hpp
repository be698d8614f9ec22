// Record, plan and modems joined: what the rooms above (clinic, api, app) may ask of the sending side. Owns
// the ledger, the dispatcher, the observer, the timekeeper and the fleet of modems.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "async/scope.hpp"
#include "gateway/holds.hpp"
#include "gateway/ledger.hpp"
#include "gateway/options.hpp"
#include "gateway/rooms.hpp"
#include "modem/driver.hpp"
#include "modem/options.hpp"
#include "modem/status.hpp"
#include "store/reader.hpp"
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

// Why nothing is on the air, or nothing at all.
struct Activity {
  bool sending = false;  // something is on the air now, or the next waits for its minute or hour
  std::string reason;    // a sentence, empty while something is on the air or when the queue is empty
  std::size_t ready_modems = 0;
  std::size_t modems = 0;
  std::size_t waiting = 0;  // messages in the plan
  std::string clock;        // a sentence where the machine's clock has jumped
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

  const Ledger& ledger() const;
  store::Writer& writer();
  store::Reader& reader();

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

 private:
  async::Task<> part(async::Task<> duty);

  class Inside;
  std::unique_ptr<Inside> x_inside;
};

}  // namespace burstd::gateway
