// The events of the moment, read and written down once for all who watch. A watcher has a position and a seat, nothing
// else is kept of it: who is behind reads the record for himself. The Desk owns the one Feed; endpoints use it.
#pragma once

#include <cstdint>
#include <deque>
#include <list>
#include <string>
#include <vector>

#include "async/aside.hpp"
#include "async/signal.hpp"
#include "clinic/events.hpp"

namespace burstd::api {

// Where an event stands in the text of its page: a block of server-sent events, and in it {seq, kind, at, data}.
struct Told {
  std::int64_t seq;
  std::size_t begin, json, json_size;
};

struct ToldPage {
  std::int64_t after = 0, upto = 0;  // it tells all of after < seq ≤ upto
  std::vector<Told> events;
  std::string text;  // written once for all who watch
};

class Feed {
 public:
  Feed(gateway::Gateway& gateway, async::Aside& aside);
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  // Somebody watches: `wake` is notified at news and at the end.
  class Seat {
   public:
    Seat(Feed& feed, async::Signal& wake) : x_feed(feed), x_place(feed.x_seats.insert(feed.x_seats.end(), &wake)) {}
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat() { x_feed.x_seats.erase(x_place); }

   private:
    Feed& x_feed;
    std::list<async::Signal*>::iterator x_place;
  };

  // Where events are read from now on; before anything is asked for.
  void follow(clinic::Events& events) { x_events = &events; }

  // What comes next after this change; where nothing does, a page that leads nowhere. Fails with "resync".
  async::Task<base::Result<ToldPage>> after(std::int64_t seq);

  // The same where it begins a page that is at hand, as it does for all who keep up; good until the next wait.
  const ToldPage* at_hand(std::int64_t seq) const;

  // The newest change on disk, and whether there is a page that leads on from here. Who finds none waits for news.
  std::int64_t head() const { return x_gateway.writer().head(); }
  bool leads_on(std::int64_t seq) const { return seq < x_upto; }

  // What comes after this one is read here for all: there is nothing to ask for, only to wait.
  bool brings(std::int64_t seq) const { return x_runs && seq >= x_upto && seq <= head(); }

  // Until stop(). Without it every watcher reads for himself.
  async::Task<> run();
  void stop();
  std::size_t watchers() const { return x_seats.size(); }
  bool stopped() const { return x_stopped; }

  // All who watch are to ask anew, by the roles that there are now. Who began in another shift ends.
  void dismiss();
  int shift() const { return x_shift; }

 private:
  async::Task<base::Result<ToldPage>> read(std::int64_t seq);
  async::Task<> read_on();
  void forget();
  void wake_all();

  int x_shift = 0;
  clinic::Events* x_events = nullptr;
  gateway::Gateway& x_gateway;
  async::Aside& x_aside;
  std::list<async::Signal*> x_seats;
  std::deque<ToldPage> x_pages;  // the last few, each going on where the one before ends
  std::int64_t x_upto;           // of the last one
  bool x_runs = false;
  bool x_stopped = false;
};

}  // namespace burstd::api
