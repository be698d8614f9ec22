// The one door: every change of a message's or part's state goes through here, and leaves one history row in
// the same transaction. The dispatcher, the observer, the clinic and recovery call it; it decides nothing
// itself but asks message::next inside the transaction. It never talks to a modem.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "async/generations.hpp"
#include "base/result.hpp"
#include "gateway/options.hpp"
#include "message/message.hpp"
#include "store/messages.hpp"
#include "store/notes.hpp"

namespace burstd::gateway {

// Why a state was entered: a stable code and a sentence for a receptionist.
struct Cause {
  std::string code;
  std::string sentence;
};

// One event for one part, with what comes along with it.
struct Step {
  message::Key message = 0;
  int part = 1;
  message::Event event = message::Event::dispatched;
  base::Time at;
  std::optional<Cause> cause;
  std::optional<std::string> sim;             // dispatched
  std::optional<base::Time> next_attempt_at;  // refused_for_now, repeated, report_failed
  bool whole = false;                         // repeated: all of it is sent anew, over whichever SIM …
  bool elsewhere = false;                     // … but the former one, while there is another
  std::optional<base::Time> window_ends_at;   // accepted, lost, report_trying
  std::optional<base::Time> taken_at;         // a report: when the network must have taken the part
  std::optional<int> status;                  // TP-ST of a report
  std::optional<base::Time> delivered_at;     // report_delivered
  std::optional<int> concat_reference;        // dispatched, of a message with several parts
  std::optional<std::string> detail;          // for the history row
  std::optional<std::int64_t> batch;          // the burst that is being sent with it
};

// What a step did. `changed` is false when message::next refused the event; nothing was written then.
struct Outcome {
  bool changed = false;
  message::Progress after;
  message::Part part;
  std::optional<message::Job> again;  // what is left to send, where nothing stands in its way
};

// What a message is born with when it cannot be sent: event refused_for_good, blocked or expired.
struct Stillborn {
  message::Event event = message::Event::refused_for_good;
  Cause cause;
};

class Ledger {
 public:
  explicit Ledger(const Options& options) : x_options(options) {}

  // Inside a unit of store::Writer: records a message, queued or (with `stillborn`) already ended, and its
  // first history rows. Returns it with key and id. After the commit the caller hands a queued one to
  // Gateway::admit.
  message::Message accept(store::Transaction& transaction, message::Message message, const std::string& digest,
                          const std::optional<Stillborn>& stillborn) const;

  // Inside a unit: applies one event to one part, folds the message, writes both and the history row.
  Outcome apply(store::Transaction& transaction, const Step& step) const;

  // Inside a unit: applies the event to every part of the message that it can change.
  Outcome apply_all(store::Transaction& transaction, const Step& step) const;

  // Inside a unit: leaves a note on a message for good, or the word that it was sent again as another one. Its state
  // stays as it is; that it has changed is seen by whoever follows the changes.
  void annotate(store::Transaction& transaction, const store::Note& note) const;
  void mark_resent(store::Transaction& transaction, message::Key old, const message::Message& again) const;

  // Inside a unit: the text of a message that is over goes, and that it did is on record.
  void remove_text(store::Transaction& transaction, message::Key key, base::Time at) const;

  // Inside a unit: somebody listens for reports on this SIM now. The windows of what went over it stood still while
  // nobody did.
  void listen(store::Transaction& transaction, const std::string& sim, base::Time now) const;

  // Inside a unit: a report came over this SIM, so that what is uncertain there is known soon or not at all.
  void reports_flow(store::Transaction& transaction, const std::string& sim, base::Time now) const;

  // As they are now; what a caller holds on to stays as it was.
  const Options& options() const { return x_options.now(); }

  // After a reload; on the loop.
  void adopt(const Options& options) { x_options.exchange(options); }

 private:
  using Choice = std::function<bool(const message::Part&)>;
  struct Conclusion {
    std::vector<message::Part>& parts;
    Outcome& outcome;
  };

  Outcome apply_to(store::Transaction& transaction, const Step& step, const Choice& chosen) const;
  void conclude(store::Transaction& transaction, const Step& step, const store::Record& record,
                Conclusion conclusion) const;
  void abandon_rest(store::Transaction& transaction, const Step& cause, Conclusion conclusion) const;

  async::Generations<Options> x_options;
};

}  // namespace burstd::gateway
