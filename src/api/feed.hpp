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

// An event as clients get it: `json` is {seq, kind, at, data}.
struct Told {
  std::int64_t seq;
  std::string kind, json;
};

struct ToldPage {
  std::int64_t after = 0, upto = 0;  // it tells all of after < seq ≤ upto
  std::vector<Told> events;
};

class Feed {
 public:
  Feed(clinic::Events& events, gateway::Gateway& gateway, async::Aside& aside);
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

  // What comes next after this change; where nothing does, a page that leads nowhere. Fails with "resync".
  async::Task<base::Result<ToldPage>> after(std::int64_t seq);

  // The newest change on disk, and whether there is a page that leads on from here. Who finds none waits for news.
  std::int64_t head() const { return x_gateway.writer().head(); }
  bool leads_on(std::int64_t seq) const { return seq < x_upto; }

  // Until stop(). Without it every watcher reads for himself.
  async::Task<> run();
  void stop();
  bool stopped() const { return x_stopped; }

 private:
  async::Task<base::Result<ToldPage>> read(std::int64_t seq);
  async::Task<> read_on();
  void forget();
  void wake_all();

  clinic::Events& x_events;
  gateway::Gateway& x_gateway;
  async::Aside& x_aside;
  std::list<async::Signal*> x_seats;
  std::deque<ToldPage> x_pages;  // the last few, each going on where the one before ends
  std::int64_t x_upto;           // of the last one
  bool x_runs = false;
  bool x_stopped = false;
};

}  // namespace burstd::api
