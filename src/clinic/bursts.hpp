// Bursts: preview one, look at it, send what was selected of it, withdraw it. api calls it. Rows are judged at the
// preview and again inside the transaction that sends them; a bad row leaves a failed item and never spoils the rest.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "burst/light.hpp"
#include "burst/preview.hpp"
#include "clinic/messages.hpp"
#include "clinic/options.hpp"
#include "clinic/page.hpp"
#include "clinic/selection.hpp"
#include "clinic/templates.hpp"
#include "gateway/gateway.hpp"
#include "store/batches.hpp"

namespace burstd::clinic {

struct BurstDraft {
  std::string client_ref;
  std::optional<std::string> name, template_name, text, category, user, timezone;  // template_name or text, not both
  std::optional<std::string> group;                                                // or recipients
  std::vector<burst::Recipient> recipients;
  std::optional<base::Time> send_after, expires_at;
};

struct Burst {
  store::Batch batch;
  std::string state;                   // "preview", "queued", "sending", "done", "cancelled", "expired"
  store::BatchTotals totals;           // of what is selected; once sent, of what was
  std::optional<base::Time> eta;       // when the last of it will have left, as far as can be said
  std::optional<base::Time> opens_at;  // when its hours begin, where they are not when it could go
  burst::Quota quota;
  std::vector<store::Count> by_status, by_state;  // of its messages, held ones as "held"
  std::int64_t failures = 0;                      // Send Failed and not withdrawn
  std::int64_t done = 0, total = 0;               // messages that wait for nothing on our side, and all
  bool replayed = false;
};

struct Sent {
  struct Row {
    int row;
    std::optional<std::string> id;
    std::string verdict;  // "ok" for an accepted one
  };
  std::string id;
  std::string state;  // "queued", or "cancelled" where it was withdrawn since
  std::vector<Row> accepted, refused;
};

// The gateway at the moment of asking.
struct Outlook {
  base::Time now;
  std::size_t waiting = 0;  // messages of all bursts
  gateway::Rooms rooms;     // what the SIMs may still send
  gateway::Holds holds;
  int margin = 50;  // segments, for the yellow light
};

// Whether so much more would go, and to how many numbers that were not written to this month; nothing: to any.
struct Allowed {
  burst::Quota quota;
  std::optional<std::int64_t> new_recipients;
};

class Bursts {
 public:
  Bursts(const Options& options, const Templates& templates, gateway::Gateway& gateway);

  // Fails with what compose() says, or with "client-ref-reused" (of another burst or of a message).
  async::Task<base::Result<Burst>> preview(std::string client, BurstDraft draft);

  async::Task<base::Result<Burst>> find(std::string id);

  // Both fail with "resync" where the position is none of this record.
  async::Task<base::Result<Page<store::BatchLine>>> rows(std::string id, int after_row, std::size_t limit);
  async::Task<base::Result<Page<Burst>>> list(std::optional<std::int64_t> before, std::size_t limit);

  // Fails with "batch-unknown", "row-unknown", "preview-expired", "batch-cancelled", "selection-differs",
  // "quota-exhausted" or "queue-full".
  async::Task<base::Result<Sent>> send(std::string client, std::string id, Selection selection);

  // Whether so many more segments would fit, before a message would expire that were accepted now.
  async::Task<Allowed> quota(std::int64_t segments);

  // Withdraws every message of which nothing has left. Repeating it is safe.
  async::Task<base::Result<Burst>> cancel(std::string id, Withdrawal withdrawal);

 private:
  Outlook outlook() const;
  base::Result<std::vector<store::BatchLine>> lines_of(const store::Connection& connection, const BurstDraft& draft,
                                                       const store::Batch& batch, const Outlook& at) const;
  store::Batch batch_of(const std::string& client, const BurstDraft& draft, base::Time now) const;
  base::Result<std::optional<Burst>> earlier(const store::Connection& connection, const store::Batch& batch,
                                             const Outlook& at) const;

  const Options& x_options;
  burst::Rules x_rules;
  const Templates& x_templates;
  gateway::Gateway& x_gateway;
};

base::Error unknown_batch();

}  // namespace burstd::clinic
