#include "store/tally.hpp"

namespace burstd::store {

namespace {

template <class Counts>
void add_all(Counts& to, const Counts& more) {
  for (const auto& [key, number] : more) to[key] += number;
}

}  // namespace

void Tally::add(const Tally& more) {
  add_all(changes, more.changes);
  add_all(messages, more.messages);
  add_all(replies, more.replies);
  reports += more.reports;
}

}  // namespace burstd::store
