// The table `opt_out`: numbers that are not written to, since when and by whose word, and who lifted it. Rows are only
// added; each is a row of the history, too, with a salted commitment to what it says. gateway and clinic call it on a
// store thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "message/message.hpp"
#include "store/connection.hpp"

namespace burstd::store {

// The words for what happened. The first two are a patient's, the others a person's of the clinic.
inline constexpr std::string_view opt_out_stop = "stop", opt_out_start = "start", opt_out_added = "added",
                                  opt_out_lifted = "lifted";

struct OptOut {
  std::int64_t key = 0;
  std::string number;  // E.164
  base::Time at;
  std::string event;
  bool blocked = true;                              // the number, after it
  std::optional<std::int64_t> reply;                // the patient's word …
  std::optional<std::string> reply_id;              // … as the inbox knows it; ignored when a row is added
  std::optional<std::string> client, user, reason;  // or the person's
  std::optional<std::int64_t> uid;                  // the system's name for the client
  std::optional<message::Key> confirmation;         // what the patient was answered with
  std::int64_t change_seq = 0;
};

bool by_patient(const OptOut& row);

bool is_opted_out(const Connection& connection, const std::string& number);

// What blocks the number now, a patient's own word first.
std::vector<OptOut> standing_opt_outs(const Connection& connection, const std::string& number);

// All there ever was about the number, oldest first.
std::vector<OptOut> opt_outs_of(const Connection& connection, const std::string& number);

std::optional<OptOut> find_opt_out(const Connection& connection, std::int64_t key);

// Those that stand, newest first, below the key `before`.
std::vector<OptOut> list_opt_outs(const Connection& connection, std::optional<std::int64_t> before, std::size_t limit);

// Records the row and, for one that lifts, whom it ends: `ended`. Returns it with key, change and `blocked`.
OptOut add_opt_out(Transaction& transaction, OptOut row, const std::vector<OptOut>& ended = {});

// Messages to the number that wait, or are on the air with a part that waits.
std::vector<message::Key> waiting_for(const Connection& connection, const std::string& number);

// The confirmation of an opt-out: that this message is one, that the number has had one since, and that it answered one
// with another STOP.
void note_confirmation(Transaction& transaction, std::int64_t opt_out, message::Key message);
void note_answer(Transaction& transaction, std::int64_t opt_out, std::int64_t reply);
bool is_confirmation(const Connection& connection, message::Key message);
bool confirmed_since(const Connection& connection, const std::string& number, base::Time since);
bool answers_confirmations(const Connection& connection, const std::string& number);

}  // namespace burstd::store
