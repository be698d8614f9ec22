#include "gateway/receiver.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "gateway/news.hpp"
#include "gateway/sender.hpp"
#include "message/assembly.hpp"
#include "pdu/deliver.hpp"
#include "store/history.hpp"
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

// Understood when it comes: what is sent later was not meant.
void understand(const store::Transaction& transaction, store::Reply& reply) {
  const message::Heard heard{reply.received_at, reply.service_centre_at};
  const auto earlier = store::messages_before(transaction, reply.sender, reply.received_at);
  const auto meaning = message::meaning_of(earlier, heard);
  reply.ambiguous = meaning.ambiguous;
  reply.in_window = meaning.in_window;
  for (const message::Key key : meaning.matches) reply.matches.emplace_back().key = key;
  if (!meaning.matches.empty()) reply.ordinal = store::replies_to(transaction, meaning.matches.front()) + 1;
}

// What a bundle comes to, and whether its sender can be written to.
struct Understood {
  store::Reply reply;
  bool has_number = false;
  std::size_t alike = 0;  // where it has none: numbers in the record that it may be
};

// Whom it is from. A STOP counts, too, for the one number that it can be: to write to nobody is the safe side.
std::optional<std::string> sender_of(const store::Connection& connection, const Options& options,
                                     const pdu::Address& from, Understood& understood) {
  if (auto number = number_of(from, options.country)) return number;
  if (understood.reply.meaning != message::ReplyClass::stop) return std::nullopt;
  const auto alike = numbers_like(connection, from);
  understood.alike = alike.size();
  const bool plain = alike.size() == 1 && understood.reply.key == 0;  // whom a reply is from stays as it was first
  return plain ? std::optional(alike.front()) : std::nullopt;
}

// Nobody is blocked by it, and somebody has to know.
void warn_of(store::Transaction& transaction, const Understood& understood, base::Time at) {
  const store::Reply& reply = understood.reply;
  const std::string tail = reply.sender.substr(reply.sender.size() - std::min<std::size_t>(reply.sender.size(), 3));
  const bool digits = std::ranges::all_of(tail, [](char c) { return c >= '0' && c <= '9'; });
  const std::string why =
      "reply " + reply.id + " says STOP, but its sender" +
      (digits ? ", which ends in " + tail + ", " : std::string(", which is a name, ")) +
      (understood.alike == 0 ? "is none of the numbers" : "may be several of the numbers") +
      " that were written to: nobody is blocked by it. Find out whom it is from and block the number.";
  spdlog::warn("modem {}: {}", reply.modem, why);
  store::Change change = gateway_change("stop-unheeded", at);
  change.detail = why;
  store::append_history(transaction, change);
}

// As it stands now.
Understood reply_of(const store::Transaction& transaction, const Options& options,
                    const std::vector<store::Inbound>& bundle) {
  const store::Inbound& first = bundle.front();
  const auto fragments = fragments_of(bundle);
  Understood understood;
  store::Reply& reply = understood.reply;
  if (first.reply) reply = *store::find_reply(transaction, *first.reply);
  reply.sender = first.sender;
  reply.modem = first.modem;
  reply.sim = first.sim;
  reply.received_at = first.received_at;
  reply.total = first.total;
  reply.complete = message::is_complete(fragments, first.total);
  reply.text = message::assembled(fragments, first.total);
  if (reply.complete) reply.meaning = message::classify(reply.text, options.replies.words);
  const auto deliver = pdu::decode_deliver(first.pdu, pdu::Prefix::either);
  if (!deliver) return understood;
  reply.service_centre_at = pdu::to_time(deliver->timestamp);
  const auto number = sender_of(transaction, options, deliver->originator, understood);
  understood.has_number = number.has_value();
  if (number) reply.sender = *number;
  if (number && reply.key == 0) understand(transaction, reply);
  return understood;
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

Received receive(store::Transaction& transaction, const Ledger& ledger, const Arrival& arrival) {
  if (store::knows_inbound(transaction, arrival.sim, arrival.pdu)) return {};
  const auto deliver = pdu::decode_deliver(arrival.pdu, pdu::Prefix::either);
  store::Inbound inbound = read(arrival, deliver);
  if (!deliver) {
    spdlog::warn("modem {}: a message to us could not be read and is kept as it came: {}", arrival.modem,
                 deliver.error().sentence);
    store::insert_inbound(transaction, inbound);
    return {};
  }
  const bool repeated = join_bundle(transaction, inbound, *deliver);
  inbound = store::insert_inbound(transaction, inbound);
  if (repeated) return {};
  const auto bundle = store::bundle_of(transaction, inbound.bundle);
  Understood understood = reply_of(transaction, ledger.options(), bundle);
  if (!understood.reply.complete && understood.reply.key == 0) return {};  // its other parts are waited for
  understood.reply = store::save_reply(transaction, understood.reply, inbound.bundle, arrival.at);
  if (understood.has_number) return {true, heed(transaction, ledger, understood.reply, arrival.at)};
  if (understood.reply.meaning == message::ReplyClass::stop) warn_of(transaction, understood, arrival.at);
  return {true, {}};
}

std::size_t give_up_waiting(store::Transaction& transaction, const Ledger& ledger, base::Time before,
                            std::size_t limit) {
  const auto bundles = store::waiting_bundles(transaction, before, limit);
  for (const std::int64_t bundle : bundles) {
    const auto parts = store::bundle_of(transaction, bundle);
    const Understood understood = reply_of(transaction, ledger.options(), parts);
    store::save_reply(transaction, understood.reply, bundle, parts.back().received_at);
  }
  return bundles.size();
}

}  // namespace burstd::gateway
