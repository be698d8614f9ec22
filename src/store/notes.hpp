// The table `note`: what people wrote on a message ("phoned"), for good. gateway::Ledger writes through it, the clinic
// reads. All functions run on a store thread. Each note has its row in the history of its message, with a salted
// commitment to who wrote what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "message/message.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct Note {
  message::Key message = 0;
  base::Time at;
  std::string client, user, text;
  std::int64_t change_seq = 0;
};

// Writes the note and the row of the history; returns the row's number.
std::int64_t insert_note(Transaction& transaction, const Note& note);

std::vector<Note> notes_of(const Connection& connection, message::Key message);  // oldest first

// Of the note that this row of the history stands for; nothing when there is none.
std::optional<base::Octets> note_commitment(const Connection& connection, std::int64_t change_seq);

}  // namespace burstd::store
