// The tables `inbound` and `reply`: every PDU that came to us as it came, and the replies that they make. Rows are
// never deleted. All functions run on a store thread; gateway's receiver and the clinic's inbox call them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "message/meaning.hpp"
#include "message/reply_class.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct Inbound {
  std::int64_t key = 0;
  std::string modem, sim, pdu;
  base::Time received_at;
  std::string sender;            // empty: the PDU could not be read
  std::optional<int> reference;  // concatenation
  int total = 1, part = 1;
  std::int64_t bundle = 0;            // key of the first part that came of the same message
  std::optional<std::int64_t> reply;  // nothing: its other parts are waited for
};

// A message that a reply may answer. Only its key counts when a reply is saved.
struct Answered {
  message::Key key = 0;
  std::string id;
  std::optional<std::string> patient, patient_name, context;
};

struct Reply {
  std::int64_t key = 0;
  std::string id;  // "<epoch>-R<key>"
  std::string sender, text, modem, sim;
  base::Time received_at;  // of the part that came first
  std::optional<base::Time> service_centre_at;
  int total = 1;
  bool complete = true;
  message::ReplyClass meaning = message::ReplyClass::other;
  std::vector<Answered> matches;  // newest first
  bool ambiguous = false, in_window = false;
  std::optional<int> ordinal;  // which reply to the newest of `matches` it is, from 1
  std::optional<base::Time> acknowledged_at;
  std::optional<std::string> acknowledged_by;
  std::optional<base::Time> text_removed_at;  // because it was old
  std::int64_t change_seq = 0;
};

// The same PDU over the same SIM: the network repeats what was not acknowledged, a memory what was not deleted.
bool knows_inbound(const Connection& connection, const std::string& sim, const std::string& pdu);

// Assigns the key, and the bundle where it is 0.
Inbound insert_inbound(Transaction& transaction, Inbound inbound);

// The newest bundle of this sender, reference and total since `since`, in order of key; empty: there is none.
std::vector<Inbound> newest_bundle(const Connection& connection, const Inbound& like, base::Time since);
std::vector<Inbound> bundle_of(const Connection& connection, std::int64_t bundle);

// Bundles without a reply whose first part came before `before`.
std::vector<std::int64_t> waiting_bundles(const Connection& connection, base::Time before, std::size_t limit);

// Messages to this number of which something left (or may have) until `until`, the newest first; those that a STOP was
// answered with expect no reply and are left out.
std::vector<message::Earlier> messages_before(const Connection& connection, const std::string& number,
                                              base::Time until);

// How many replies this message may have had so far.
int replies_to(const Connection& connection, message::Key message);

// The reply of a bundle, new or (with its key) changed: only its text, whether it is whole, and its class may be new.
// What else it was understood as stays as it was first. Its history row carries a salted commitment to sender and
// text. Returns it with key, id and change.
Reply save_reply(Transaction& transaction, Reply reply, std::int64_t bundle, base::Time at);
struct Seen {
  base::Time at;
  std::string user;  // who says to have seen it
  std::string by;    // with the client, as the history shows it: "anna of reception"
};
void acknowledge(Transaction& transaction, Reply& reply, const Seen& seen);

// Whether its sender has said STOP after this by the service centre's clock, or may have, because one of the times is
// not known; among the replies from `since` on.
bool may_be_older_than_stop(const Connection& connection, const Reply& reply, std::int64_t since);

// Whether it is another copy of one that came before: of the same sender and class, sent at the same time.
bool is_copy(const Connection& connection, const Reply& reply);

std::optional<Reply> find_reply(const Connection& connection, std::int64_t key);
std::optional<Reply> find_reply(const Connection& connection, const std::string& id);

struct InboxFilter {
  std::optional<std::int64_t> before;  // newest first, below this key
  std::optional<std::int64_t> after;   // oldest change first, after this change_seq
  bool unacknowledged = false;
  std::size_t limit = 100;
};

// One more than `limit` tells that there are more.
std::vector<Reply> list_replies(const Connection& connection, const InboxFilter& filter);
std::optional<base::Time> oldest_unacknowledged(const Connection& connection);

}  // namespace burstd::store
