// What begins when a record is not the one that was there before: a backup put in its place, an older file copied back.
// It gets a new epoch and numbers of changes that no earlier epoch can have given, and sends nothing until a person has
// released it. RecordFile begins it when it opens the record, gateway and clinic ask and release. No thread of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "message/message.hpp"
#include "store/connection.hpp"
#include "store/head.hpp"

namespace burstd::store {

// The event of the history row that begins an epoch: it alone may follow a gap in the numbers, and says what it
// follows.
inline constexpr const char* epoch_begun = "restored";

struct Restoration {
  std::int64_t key = 0;
  base::Time at;
  std::string cause;                    // "backup", "behind" (an older file), "foreign" (of another record), "unknown"
  std::optional<base::Time> backup_at;  // when it was taken
  std::int64_t seq_before = 0;          // the last change that came with it
  message::Key last_message = 0;        // the last message that came with it
  std::optional<base::Time> released_at;
};

// The last one, released or not.
std::optional<Restoration> last_restoration(const Connection& connection);

// The same where nobody has released it: then nothing is sent.
std::optional<Restoration> standing_restoration(const Connection& connection);

// Whether it is the one that was here when the head beside it was written; else a new epoch begins. `head`: nothing, it
// is not known. True when one has begun. In a transaction of its own.
bool begin_epoch_where_needed(const Connection& connection, const std::optional<Head>& head, base::Time now);

// By whom, and why (which stays out of the history).
struct Releasing {
  std::string by, reason;
  base::Time at;
};
std::int64_t release(Transaction& transaction, const Restoration& restoration, const Releasing& releasing);

// Whether a client may go on from this change: from the beginning, or from one that this epoch has given.
bool is_position(const Connection& connection, std::int64_t seq);

struct Waited {
  message::Key after = 0, last = 0;  // of the messages that came with it
  base::Time due;
};

// A page of what waited when the record was copied and was due by then: it may have left since.
std::vector<message::Key> maybe_sent(const Connection& connection, const Waited& waited, std::size_t limit);

// For people: where it comes from.
std::string words_of(const Restoration& restoration);

}  // namespace burstd::store
