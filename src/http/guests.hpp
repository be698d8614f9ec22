// What each user of the machine takes of the server, so that none takes what is meant for all: connections, streams,
// octets of bodies, requests. Server knows its guests by the uid of their connections and outlives their visits.
#pragma once

#include <sys/types.h>

#include <map>

#include "async/signal.hpp"
#include "http/bucket.hpp"
#include "http/budget.hpp"
#include "http/options.hpp"

namespace burstd::http {

struct Guest {
  explicit Guest(const Options& options)
      : connections(options.connections),
        streams(options.streams),
        bodies(options.bodies_in_flight),
        requests(options.requests_per_second, options.requests_at_once) {}

  Budget connections, streams, bodies;
  Bucket requests;
  std::size_t inside = 0, waiting = 0;  // visits
  async::Signal changed;
};

// One holder's part of what there is for all and of what there is for its user.
class DoubleShare {
 public:
  DoubleShare(Budget& all, Budget& own) : x_all(all), x_own(own) {}

  // As Budget::Share: all of it or nothing.
  bool resize(std::size_t size) {
    const std::size_t before = x_own.size();
    if (!x_own.resize(size)) return false;
    if (x_all.resize(size)) return true;
    x_own.resize(before);
    return false;
  }

  std::size_t size() const { return x_all.size(); }

 private:
  Budget::Share x_all, x_own;
};

class Guests {
 public:
  explicit Guests(const Options& options) : x_options(options) {}

  // All visits of all users that may be here at a time.
  std::size_t most() const;

  // One connection of one user, from accept() to its end.
  class Visit {
   public:
    Visit(Guests& guests, uid_t uid) : x_guests(guests), x_guest(guests.find(uid)) { ++x_guest.waiting; }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
    ~Visit();

    // Waits its turn where its user has too many connections already. False: the server stops.
    async::Task<bool> enter();

    Guest& guest() { return x_guest; }

   private:
    Guests& x_guests;
    Guest& x_guest;
    bool x_inside = false;
  };

  // So many of this user wait that one more is closed without a word.
  bool crowds(uid_t uid) const;

  // Nobody enters any more.
  void close();

  std::size_t size() const { return x_guests.size(); }

 private:
  Guest& find(uid_t uid);
  std::size_t most_inside() const;

  const Options& x_options;
  std::map<uid_t, Guest> x_guests;
  bool x_closed = false;
};

}  // namespace burstd::http
