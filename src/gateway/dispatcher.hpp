// Joins plan, record and modems: each ready modem's serve() loop takes the next message from the plan, sends its
// parts back to back, and has every step recorded: the attempt before Ctrl-Z (while the modem already waits at
// the prompt), the verdict while the next part is on the air. It never changes a state itself.
#pragma once

#include <map>
#include <string>

#include "async/scope.hpp"
#include "async/signal.hpp"
#include "gateway/ledger.hpp"
#include "gateway/settlement.hpp"
#include "message/plan.hpp"
#include "modem/link.hpp"
#include "pdu/segment.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

class Dispatcher {
 public:
  Dispatcher(const Ledger& ledger, store::Writer& writer, store::Reader& reader, async::Signal& changed);

  // Hands work to this modem until the link is down or stop() was called.
  async::Task<> serve(const std::string& modem, modem::Link& link);

  // Into the plan; ignored for a message that is on the air now (its own flight returns what is left).
  void admit(message::Job job);
  void admit(const std::optional<message::Job>& job);
  void withdraw(message::Key message);
  void stop();

  // The timekeeper's share.
  std::vector<message::Key> expired(base::Time now) const { return x_plan.expired(now); }
  std::optional<base::Time> next_expiry() const { return x_plan.next_expiry(); }

  // By modem: a SIM that the network refuses, whoever the recipient, is left alone for a while.
  struct Rest {
    base::Time until;
    std::string sentence;  // what the network says
  };
  const std::map<std::string, Rest>& rests() const { return x_rests; }

  std::size_t waiting() const { return x_plan.size(); }
  std::size_t on_air() const { return x_flights.size(); }
  bool stopped() const { return x_stopped; }

 private:
  // A message between being taken from the plan and its last verdict being recorded.
  struct Flight {
    int unsettled = 0;
    bool over = false;  // no further part will be handed over by this flight
    std::optional<message::Job> again;
  };
  struct Load {
    message::Message message;
    message::Progress progress;
    std::vector<int> parts;  // numbers of those that wait
    int concat_reference = 0;
    pdu::Segmentation segments;
  };
  // One modem's side of serve().
  struct Post {
    const std::string& modem;
    modem::Link& link;
    async::Scope& scope;
    int refusals = 0;               // of this SIM, in a row
    message::Key refused_last = 0;  // so that one bad recipient is not taken for a bad SIM
  };
  struct Handover {
    Step step;
    std::string modem;
    std::optional<int> validity_minutes;
    std::optional<std::int64_t> attempt;  // once recorded
    bool postponed = false;               // the record could not take it now
  };
  enum class Next : std::uint8_t { part, message, postponed };

  async::Task<> watch(modem::Link& link);
  async::Task<> work(Post& post);
  async::Task<> idle();
  async::Task<> rest(Post& post, base::Milliseconds span);
  async::Task<Next> transmit(Post& post, const message::Job& job);
  async::Task<Next> hand_over(Post& post, const Load& load, int part);
  async::Task<std::optional<Load>> load(message::Key message);
  async::Task<> record(Handover& handover, async::Gate& permit);
  async::Task<> settle_later(message::Key message, Ending ending);
  async::Task<> give_up(message::Key message, const std::string& why);
  void judge(Post& post, message::Key message, const modem::Verdict& verdict);
  void land(message::Key message);

  const Ledger& x_ledger;
  store::Writer& x_writer;
  store::Reader& x_reader;
  async::Signal& x_changed;  // after every commit that changed a message
  async::Signal x_work;      // something to take, or to stop for
  message::Plan x_plan;
  std::map<message::Key, Flight> x_flights;
  std::map<std::string, Rest> x_rests;
  bool x_postponing = false;  // the record could not be written when last tried
  bool x_stopped = false;
};

}  // namespace burstd::gateway
