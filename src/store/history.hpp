// The table `history`: one append-only row per change, chained from the first (seal). Its seq is the change
// number that clients follow. Triggers refuse UPDATE and DELETE.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "message/message.hpp"
#include "seal/chain.hpp"
#include "store/connection.hpp"

namespace burstd::store {

// The event of a message's first row.
inline constexpr const char* recorded = "recorded";

// The event of a note that somebody left on a message.
inline constexpr const char* noted = "noted";

// The event of a text that was removed because it is old; from then on the chain holds to what is left.
inline constexpr const char* text_removed = "text-removed";

struct Change {
  std::int64_t seq = 0;
  base::Time at;
  std::string kind;  // "item", "batch", "gateway", …: what it is about
  std::optional<message::Key> message;
  std::optional<std::int64_t> batch;  // of an item: the burst whose sending this row is part of
  std::optional<int> part;
  std::string event;                    // `recorded`, message::to_string(Event), "preview", "sent", …
  std::optional<std::string> from, to;  // states
  std::optional<std::string> detail;    // never a text or a full number
};

// Seals the row to the one before and returns its seq. For a message's first row, a note and a row of the audit the
// chain also takes in a commitment to what they stand for, which is in its table by then.
std::int64_t append_history(Transaction& transaction, const Change& change);

// The same under the number that it has, which is not the next one: an epoch begins with it.
std::int64_t append_after_gap(Transaction& transaction, const Change& change);

std::vector<Change> history_of(const Connection& connection, message::Key message);

// The states from which this part was sent once more ("repeated"), oldest first.
std::vector<std::string> repeated_from(const Connection& connection, const message::Part& part);

std::vector<Change> history_after(const Connection& connection, std::int64_t seq, std::size_t limit);

// The same without what each message of a burst leaves when the burst is sent: its own row tells of all of them.
std::vector<Change> news_after(const Connection& connection, std::int64_t seq, std::size_t limit);
std::int64_t last_seq(const Connection& connection);

// By its seal a record can be told from any other, and from itself as it was earlier.
struct Newest {
  std::int64_t seq = 0;
  seal::Seal seal = seal::no_seal;
};
Newest newest_change(const Connection& connection);

// When the newest row was written, by the clock of then. Nothing: there is none.
std::optional<base::Time> newest_time(const Connection& connection);

// The same of what is more than what the gateway says of itself and its modems.
std::optional<base::Time> newest_deed(const Connection& connection);

}  // namespace burstd::store
