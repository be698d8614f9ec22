#include "gateway/receiver.hpp"

#include <spdlog/spdlog.h>

#include "message/assembly.hpp"
#include "pdu/deliver.hpp"
#include "store/inbox.hpp"

namespace burstd::gateway {

namespace {

using message::Fragment;
using message::Place;

constexpr std::chrono::hours reference_life{7 * 24};  // after that the same reference is another message

store::Inbound read(const Arrival& arrival, const base::Result<pdu::Deliver>& deliver) {
  store::Inbound inbound;
  inbound.modem = arrival.modem;
  inbound.sim = arrival.sim;
  inbound.pdu = arrival.pdu;
  inbound.received_at = arrival.at;
  if (!deliver) return inbound;
  inbound.sender = pdu::to_text(deliver->originator);
  if (inbound.sender.empty()) inbound.sender = "unknown";
  if (const auto concat = pdu::concatenation(deliver->user_data.header); concat && concat->total > 1) {
    inbound.reference = concat->reference;
    inbound.total = concat->total;
    inbound.part = concat->part;
  }
  return inbound;
}

std::vector<Fragment> fragments_of(const std::vector<store::Inbound>& bundle) {
  std::vector<Fragment> fragments;
  for (const store::Inbound& inbound : bundle) {
    auto deliver = pdu::decode_deliver(inbound.pdu, pdu::Prefix::either);
    if (deliver) fragments.push_back({inbound.part, std::move(deliver->user_data)});
  }
  return fragments;
}

// The reply of a bundle as it stands now.
store::Reply reply_of(const store::Transaction& transaction, const std::vector<store::Inbound>& bundle) {
  const store::Inbound& first = bundle.front();
  const auto fragments = fragments_of(bundle);
  store::Reply reply;
  if (first.reply) reply = *store::find_reply(transaction, *first.reply);
  reply.sender = first.sender;
  reply.modem = first.modem;
  reply.sim = first.sim;
  reply.received_at = first.received_at;
  reply.total = first.total;
  reply.complete = message::is_complete(fragments, first.total);
  reply.text = message::assembled(fragments, first.total);
  const auto deliver = pdu::decode_deliver(first.pdu, pdu::Prefix::either);
  if (deliver) reply.service_centre_at = pdu::to_time(deliver->timestamp);
  return reply;
}

// True when the words are there already. A part whose place is taken begins a bundle of its own.
bool join_bundle(const store::Transaction& transaction, store::Inbound& inbound, const pdu::Deliver& deliver) {
  if (!inbound.reference) return false;
  const auto bundle = store::newest_bundle(transaction, inbound, inbound.received_at - reference_life);
  if (bundle.empty()) return false;
  const auto place = message::place_of({inbound.part, deliver.user_data}, fragments_of(bundle));
  if (place != Place::another) inbound.bundle = bundle.front().bundle;
  return place == Place::duplicate;
}

}  // namespace

bool receive(store::Transaction& transaction, const Arrival& arrival) {
  if (store::knows_inbound(transaction, arrival.sim, arrival.pdu)) return false;
  const auto deliver = pdu::decode_deliver(arrival.pdu, pdu::Prefix::either);
  store::Inbound inbound = read(arrival, deliver);
  if (!deliver) {
    spdlog::warn("modem {}: a message to us could not be read and is kept as it came: {}", arrival.modem,
                 deliver.error().sentence);
    store::insert_inbound(transaction, inbound);
    return false;
  }
  const bool repeated = join_bundle(transaction, inbound, *deliver);
  inbound = store::insert_inbound(transaction, inbound);
  if (repeated) return false;
  const auto bundle = store::bundle_of(transaction, inbound.bundle);
  const auto reply = reply_of(transaction, bundle);
  if (!reply.complete && reply.key == 0) return false;  // its other parts are waited for
  store::save_reply(transaction, reply, inbound.bundle, arrival.at);
  return true;
}

std::size_t give_up_waiting(store::Transaction& transaction, base::Time before, std::size_t limit) {
  const auto bundles = store::waiting_bundles(transaction, before, limit);
  for (const std::int64_t bundle : bundles) {
    const auto parts = store::bundle_of(transaction, bundle);
    store::save_reply(transaction, reply_of(transaction, parts), bundle, parts.back().received_at);
  }
  return bundles.size();
}

}  // namespace burstd::gateway
