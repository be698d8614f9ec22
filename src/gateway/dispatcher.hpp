// Joins plan, record and modems: each ready modem's serve() loop takes the next message from the plan, sends its
// parts back to back, and has every step recorded: the attempt before Ctrl-Z (while the modem already waits at
// the prompt), the verdict while the next part is on the air. It never changes a state itself.
// An urgent message waits on each SIM for at most the one that was begun there when it came: all parts of a message of
// which an attempt is on record or being recorded. One that was only fetched goes back into the plan for it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "async/generations.hpp"
#include "async/scope.hpp"
#include "async/signal.hpp"
#include "gateway/alarms.hpp"
#include "gateway/hours.hpp"
#include "gateway/ledger.hpp"
#include "gateway/purse.hpp"
#include "gateway/settlement.hpp"
#include "gateway/suspicion.hpp"
#include "gateway/throttle.hpp"
#include "message/plan.hpp"
#include "modem/link.hpp"
#include "pdu/segment.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

// Why nothing at all is sent.
enum class KeptBack : std::uint8_t { restored, disk_full, rerouting };

class Dispatcher {
 public:
  Dispatcher(const Ledger& ledger, store::Writer& writer, store::Reader& reader, async::Signal& changed);

  // Hands work to this modem until the link is down or stop() was called.
  async::Task<> serve(const std::string& modem, modem::Link& link);

  // Into the plan; for a message that is on the air now when its flight is over.
  void admit(message::Job job);
  void admit(const std::optional<message::Job>& job);
  void withdraw(message::Key message);
  void stop();

  // Keeps all of it back until it is taken back. What is on the air goes on.
  void keep_back(KeptBack why, bool on);

  // The timekeeper's share.
  std::vector<message::Key> expired(base::Time now) const { return x_plan.expired(now); }
  std::optional<base::Time> next_expiry() const { return x_plan.next_expiry(); }

  // By modem: a SIM that the network refuses, whoever the recipient, is left alone for a while.
  struct Rest {
    base::Time until;
    std::string sentence;  // what the network says
    int refusals;          // numbers, one after the other
  };
  const std::map<std::string, Rest>& rests() const { return x_rests; }

  // By modem: a SIM that has to wait for one of its limits.
  struct Halt {
    message::Limit by = message::Limit::none;
    std::optional<base::Time> until;
  };
  std::map<std::string, Halt> halts() const;

  // The ledger has other options: limits, hours and routes of what is in service. What waits is to be admitted again
  // where the routes are others.
  void retune();

  // The gateway's time was ahead and is set back: nothing waits for a time that only a wrong clock could have meant,
  // and what the SIMs may send is taken from the record anew.
  void replan();

  // Categories whose hours are not now.
  std::set<std::string> closed(base::Time now) const { return x_hours.now().closed(now); }

  const Hours& hours() const { return x_hours.now(); }

  // What the limits of the SIMs in service leave, by modem.
  std::map<std::string, Allowance> allowances() const;

  // Of every SIM in service but this one: the routes that lead over it.
  std::vector<std::uint64_t> others(const std::string& sim) const;

  // A refusal of which a person reads that IT has been told: the log says it, now and then.
  void tell(const std::string& modem, const std::string& sim, const modem::Verdict& verdict);

  // Since when the one has waited that could go longest by its time and its hours, and these hours have been open.
  std::optional<base::Time> due_since(base::Time now);

  std::size_t waiting() const { return x_plan.size(); }
  std::size_t on_air() const { return x_flights.size(); }
  bool stopped() const { return x_stopped; }

 private:
  // A message between being taken from the plan and its last verdict being recorded.
  struct Flight {
    int unsettled = 0;
    bool over = false;                     // no further part will be handed over by this flight
    std::optional<message::Job> again;     // by its last verdict
    std::optional<message::Job> admitted;  // by somebody else meanwhile
  };
  struct Load {
    message::Message message;
    message::Progress progress;
    std::vector<int> parts;  // numbers of those that wait
    int concat_reference = 0;
    std::optional<std::string> last_sim;  // that the recipient knows
    bool collides = false;                // a report could be taken for that of another one to the same number
    pdu::Segmentation segments;
  };
  // A message that was taken from the plan, with what there is to send.
  struct Ready {
    message::Job job;
    Load load;
  };
  // One modem's side of serve().
  struct Post {
    const std::string& modem;
    const std::string sim;
    modem::Link& link;
    async::Scope& scope;
    std::uint64_t routes;  // that lead over it, as message::Plan takes them
    Purse purse;
    Suspicion suspicion;
    Throttle throttle;
    std::optional<Ready> next;  // fetched while another is on the air
    bool fetching = false;
    Halt halt;
    bool probing = false;  // it has rested, and the network has said nothing of its next message yet
    bool refill = false;   // its purse, by another time
  };
  struct Handover {
    const message::Message& message;
    Step step = {};
    std::string modem = {};
    std::optional<int> validity_minutes = {};
    std::optional<std::int64_t> attempt = {};  // once recorded
    bool begins = false;                       // nothing of the message was handed over in this flight
    bool keeps_hours = false;                  // it goes only in the hours of its category
    bool untimely = false;                     // its time or its hours were over when it was to go
    bool postponed = false;                    // the record could not take it now
    bool last = false;                         // no part of the message follows
  };
  // Of one submission, as modem::Submission's.
  struct Gates {
    async::Gate& permit;
    async::Gate& handed;
  };
  enum class Next : std::uint8_t { part, message, overtaken, postponed };

  // dispatcher.cpp: whose turn it is.
  async::Task<> watch(modem::Link& link);
  async::Task<> work(Post& post);
  async::Task<> fetch(Post& post);
  async::Task<> fetch_beside(Post& post);
  async::Task<> guarded(async::Task<> child);
  async::Task<std::optional<Ready>> prepare(Post& post);
  std::optional<message::Job> left_to_another(const Post& post, const Ready& ready) const;
  std::optional<message::Job> take(Post& post);
  bool overtaken(Post& post, const message::Job& job);
  async::Task<> idle(Post& post);
  async::Task<> rest(Post& post, base::Milliseconds span);
  async::Task<> rest_if_told(Post& post);
  void put_back(Post& post);
  bool reclaim(const Post& idle);
  bool serves(const std::string& sim, int route) const;
  static bool may_carry(const Post& post, const message::Job& job);
  void look_at_hours(base::Time now);
  bool serving(const Post& post) const { return post.link.up() && !x_stopped; }

  // dispatcher_flight.cpp: one message on its way.
  async::Task<Next> transmit(Post& post, Ready ready);
  async::Task<Next> hand_over(Post& post, const Ready& ready, std::size_t which);
  async::Task<std::optional<Load>> load(const Post& post, message::Key message);
  Next look_again();
  bool is_untimely(const Handover& handover, base::Time now) const;
  async::Task<> record(Post& post, Handover& handover, Gates gates);
  async::Task<> settle_later(message::Key message, Ending ending);
  async::Task<> give_up(message::Key message, const std::string& why);
  void judge(Post& post, const Handover& handover, const modem::Verdict& verdict);
  void retune(Post& post) const;
  void land(message::Key message);

  const Ledger& x_ledger;
  store::Writer& x_writer;
  store::Reader& x_reader;
  async::Signal& x_changed;  // after every commit that changed a message, and when a SIM reaches a limit
  async::Signal x_work;      // something to take, or to stop for
  message::Plan x_plan;
  async::Generations<Hours> x_hours;  // the writer asks, too
  Alarms x_alarms;
  base::Time x_opened{};                       // when hours last began or ended
  base::Time x_hours_from{}, x_hours_until{};  // in which the plan knows what is closed
  std::map<message::Key, Flight> x_flights;
  std::map<std::string, Rest> x_rests;
  std::map<std::string, Post*> x_posts;  // in service, by modem
  std::set<KeptBack> x_kept_back;
  bool x_postponing = false;  // the record could not be written when last tried
  bool x_stopped = false;
};

}  // namespace burstd::gateway
