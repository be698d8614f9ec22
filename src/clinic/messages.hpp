// Single messages: look at one without sending, accept one, withdraw one, send one again, say what became of one in
// doubt, leave a note on one. api calls it. Whatever is well-formed leaves a record, also when it cannot be sent; what
// was accepted is safe to ask for again with the same client_ref.
#pragma once

#include <optional>
#include <string>

#include "clinic/items.hpp"
#include "clinic/options.hpp"
#include "clinic/resending.hpp"
#include "clinic/word.hpp"
#include "gateway/gateway.hpp"

namespace burstd::clinic {

struct Draft {
  std::string client_ref;
  std::string to, text;
  std::optional<std::string> patient, patient_name, category, context, user, timezone;
  message::Priority priority = message::Priority::normal;
  std::optional<base::Time> appointment_at, send_after, expires_at, expects_reply_until;
  bool is_alarm = false;  // of the gateway itself: taken also with little disk
};

struct Accepted {
  Item item;
  bool replayed = false;                    // an earlier request with the same client_ref and content
  std::optional<base::Time> opens_at = {};  // when its hours begin, where they are not when it could go
};

// What somebody writes on a message, such as that they have phoned.
struct Remark {
  std::string client, user, text;
};

class Messages {
 public:
  Messages(const Options& options, gateway::Gateway& gateway);

  // By the record, too: whether the number is blocked.
  async::Task<burst::Looked> check(std::string to, std::string text);

  // What warns of them, sent now.
  std::vector<burst::Flag> flags(const burst::Looked& looked, const std::string& text,
                                 const std::string& category) const;

  // When the hours of a category begin, where they are not at `from`. Nothing: they are, or never begin.
  std::optional<base::Time> opens_at(const std::string& category, base::Time from) const;

  // Fails with "client-ref-reused" or "queue-full".
  async::Task<base::Result<Accepted>> submit(std::string client, Draft draft);

  // Fails with "message-unknown", "already-submitted" or "already-ended". Repeating it is safe.
  async::Task<base::Result<Item>> cancel(std::string id, Withdrawal withdrawal);

  // Fails with "message-unknown", "not-uncertain" or "already-resolved". Repeating it is safe.
  async::Task<base::Result<Item>> resolve(std::string id, Word word);

  // A new message for one that was not reached. Fails with "message-unknown", "client-ref-reused", "queue-full" or what
  // obstacle_to() says. Repeating it with the same client_ref is safe.
  async::Task<base::Result<Accepted>> resend(std::string id, Again again);

  // For good. Fails with "message-unknown". The same by the same within a minute is one note.
  async::Task<base::Result<Item>> annotate(std::string id, Remark remark);

 private:
  message::Message message_of(const std::string& client, const Draft& draft, base::Time now) const;

  const Options& x_options;
  burst::Rules x_rules;
  gateway::Gateway& x_gateway;
};

// Inside a unit: withdraws a message if nothing of it has left. False when something has, or it has ended.
bool withdraw(store::Transaction& transaction, const gateway::Ledger& ledger, message::Key key,
              const Withdrawal& withdrawal);

base::Error queue_full();

// Nothing new is accepted while the disk has little room; what is known already is still answered.
std::optional<base::Error> disk_low(gateway::Gateway& gateway);
base::Error ref_reused();

}  // namespace burstd::clinic
