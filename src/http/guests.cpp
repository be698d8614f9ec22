#include "http/guests.hpp"

namespace burstd::http {

namespace {

// Connections of one user beyond its limits that are told so, and others that wait for one of its own to end. Further
// ones are closed without a word.
constexpr std::size_t told = 32, most_waiting = 128;

// Users that are remembered though they are not here.
constexpr std::size_t remembered = 64;

}  // namespace

std::size_t Guests::most_inside() const { return x_options.connections + x_options.streams + told; }

std::size_t Guests::most() const {
  return most_inside() + most_waiting + x_options.connections_for_others + x_options.streams_for_others;
}

Guests::Visit::~Visit() {
  --(x_inside ? x_guest.inside : x_guest.waiting);
  x_guest.changed.notify();
}

async::Task<bool> Guests::Visit::enter() {
  while (!x_guests.x_closed && x_guest.inside >= x_guests.most_inside()) co_await x_guest.changed.wait();
  if (x_guests.x_closed) co_return false;
  --x_guest.waiting;
  ++x_guest.inside;
  x_inside = true;
  co_return true;
}

bool Guests::crowds(uid_t uid) const {
  const auto known = x_guests.find(uid);
  return known != x_guests.end() && known->second.waiting >= most_waiting;
}

void Guests::close() {
  x_closed = true;
  for (auto& [uid, guest] : x_guests) guest.changed.notify();
}

// Who is forgotten begins anew: only whose requests are made up for.
Guest& Guests::find(uid_t uid) {
  const auto known = x_guests.find(uid);
  if (known != x_guests.end()) return known->second;
  if (x_guests.size() >= remembered) {
    const base::Steady now = async::now().steady;
    std::erase_if(x_guests, [&](const auto& one) {
      return one.second.inside + one.second.waiting == 0 && one.second.requests.full(now);
    });
  }
  return x_guests.try_emplace(uid, x_options).first->second;
}

}  // namespace burstd::http
