// Reading: clinical items, one message with all that is known of it, and the depth of the queue. api asks; nothing is
// changed here. Every answer comes from one snapshot of the record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "burst/preview.hpp"
#include "clinic/options.hpp"
#include "clinic/page.hpp"
#include "gateway/gateway.hpp"
#include "store/attempts.hpp"
#include "store/history.hpp"
#include "store/messages.hpp"
#include "store/notes.hpp"

namespace burstd::clinic {

struct Item {
  message::Message message;
  message::Progress progress;
  std::optional<std::string> batch;      // the burst's id
  std::optional<gateway::Hold> hold;     // as hold_of() says
  std::optional<std::string> resent_as;  // the id of the message that was sent again for it
  std::vector<store::Note> notes;        // oldest first
};

// The state as clients see it: "held" or the gateway's own word.
std::string_view state_word(const Item& item);

// Why a queued message does not move at this moment: "send-after", "window", or what its route waits for ("no-modem",
// "paused", "quota"); and until when, where that is known.
std::optional<gateway::Hold> hold_of(const message::Message& message, const message::Progress& progress, base::Time now,
                                     const gateway::Holds& holds);

// The same, as a condition for the record.
store::Held held_now(const gateway::Holds& holds, base::Time now);

struct Search {
  std::optional<std::string> patient, number, batch, category, client_ref;
  std::optional<message::Status> status;
  std::vector<std::string> states;  // words of state_word(); empty: all
  std::optional<base::Time> from, to;
  std::optional<message::Key> before;         // newest first, below this key
  std::optional<std::int64_t> changed_after;  // oldest change first, without status and states
  std::size_t limit = 100;
};

// Whom somebody should call. Of the search, neither status and states nor the positions count.
struct Calling {
  std::optional<bool> noted;          // only with a note, only without
  std::optional<base::Time> at;       // of the first page; nothing: now
  std::optional<message::Key> after;  // the last of the page before
};

struct ItemPage : Page<Item> {
  base::Time at;  // when it was looked at; of a call list, its first page
};

struct ReportView {
  store::Report report;
  std::string sentence;  // what its TP-Status means
};

struct Detail {
  Item item;
  std::vector<message::Part> parts;
  std::vector<store::Attempt> attempts;
  std::vector<ReportView> reports;
  std::vector<store::Change> history;
};

class Items {
 public:
  Items(const Options& options, gateway::Gateway& gateway);

  async::Task<base::Result<Item>> find(std::string id);
  async::Task<base::Result<Detail>> detail(std::string id);

  // Fails with "resync" when `changed_after` or `before` is none of this record.
  async::Task<base::Result<ItemPage>> list(Search search);

  // In the order of store::list_unreached. Fails with "resync" when `after` is none of this record.
  async::Task<base::Result<ItemPage>> call_list(Search search, Calling calling);

  async::Task<store::Depth> depth();

 private:
  void put_number(store::Filter& filter, const std::optional<std::string>& number) const;

  burst::Rules x_rules;
  gateway::Gateway& x_gateway;
};

// The item of a record, as a unit of the store sees it.
Item item_of(const store::Connection& connection, const store::Record& record, base::Time now,
             const gateway::Holds& holds);

base::Error unknown_message();

// A position that this record does not have.
base::Error resync();

}  // namespace burstd::clinic
