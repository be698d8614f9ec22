// Texts that are removed because they are old: of messages that are over, of replies that somebody has acknowledged, of
// bursts' rows. Everything else of them stays. With a message's text goes the salt of what the chain commits to, and a
// row of the chain commits to the number that is left. Inside the units they are given; only gateway::Ledger writes.
#pragma once

#include <optional>
#include <vector>

#include "message/message.hpp"
#include "store/connection.hpp"

namespace burstd::store {

// A page of the messages: of those, the ones that are over and were last changed before `before`.
struct OldTexts {
  std::vector<message::Key> messages;
  std::optional<message::Key> next;  // nothing: this was the last page
};
OldTexts old_texts(const Connection& connection, base::Time before, message::Key after);
std::vector<std::int64_t> old_replies(const Connection& connection, base::Time before, std::size_t limit);

// Bursts made before `before` of which no message has its text any more.
std::vector<std::int64_t> old_batches(const Connection& connection, base::Time before, std::size_t limit);

// Each leaves a row of the history; nothing happens where the text is gone already.
void remove_text(Transaction& transaction, message::Key message, base::Time at);
void remove_reply_text(Transaction& transaction, std::int64_t reply, base::Time at);
void remove_batch_texts(Transaction& transaction, std::int64_t batch, base::Time at);

}  // namespace burstd::store
