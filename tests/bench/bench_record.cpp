// Fills a record with messages that were delivered long ago and messages that wait, as the daemon would have left
// them: by the ledger and the store, each with its parts, attempts, reports and sealed history.
//
//     bench_record FOLDER DELIVERED QUEUED SIM...      adds to what the folder holds
//
// No daemon may have the folder open. It does not sync before the end, so a power cut in between costs the record.
#include <malloc.h>

#include <chrono>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "async/task.hpp"
#include "gateway/ledger.hpp"
#include "gateway/settlement.hpp"
#include "message/match.hpp"
#include "pdu/status_report.hpp"
#include "pdu/submit.hpp"
#include "store/attempts.hpp"
#include "store/record.hpp"
#include "store/sims.hpp"

namespace {

using namespace burstd;
using namespace std::chrono_literals;

constexpr std::int64_t in_one_transaction = 10'000;
constexpr std::int64_t patients = 100'000;  // each has a number of its own
constexpr std::chrono::seconds apart{60};   // a million of them go back two years
constexpr std::chrono::minutes validity{24 * 60};

std::string padded(std::int64_t value, int width) {
  std::ostringstream text;
  text << std::setw(width) << std::setfill('0') << value;
  return text.str();
}

message::Message message_of(std::int64_t number, base::Time at) {
  message::Message message;
  message.client = "bench";
  message.client_ref = "bench-" + std::to_string(number);
  message.patient = "P" + padded(number % patients, 6);
  message.patient_name = "Patient " + std::to_string(number % patients);
  message.number = "+4178" + padded(number % patients, 7);
  message.number_as_typed = message.number;
  message.text = "Dear Patient " + std::to_string(number % patients) +
                 ", your appointment is on Monday at 08:30. Please call us if you cannot come. Your clinic.";
  message.category = "Reminder";
  message.created_at = at;
  message.expires_at = at + validity;
  message.encoding = "gsm7";
  return message;
}

pdu::Timestamp timestamp_of(base::Time at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count()),
          0};
}

class Filling {
 public:
  Filling(store::RecordFile& record, std::vector<std::string> sims)
      : x_record(record), x_transaction(record.connection()), x_sims(std::move(sims)) {
    // The tool's own: it has no promise to keep before it ends.
    record.connection().execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000");
    auto last = record.connection().query("SELECT coalesce(max(key), 0) FROM message");
    last.step();
    x_next = last.next<std::int64_t>() + 1;
  }

  void deliver(std::int64_t count, base::Time end) {
    in_large_units(count, [&](std::int64_t left) { deliver_one(end - 1h - left * apart); });
  }

  void queue(std::int64_t count, base::Time now) {
    in_large_units(count, [&](std::int64_t) { accept(now); });
  }

  void finish() const {
    x_record.connection().execute("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize");
  }

 private:
  template <class Unit>
  void in_large_units(std::int64_t count, Unit unit) {
    for (std::int64_t done = 0; done < count;) {
      x_record.connection().execute("BEGIN IMMEDIATE");
      const std::int64_t end = std::min(count, done + in_one_transaction);
      for (; done < end; ++done) unit(count - done);
      x_record.connection().execute("COMMIT");
    }
  }

  message::Message accept(base::Time at) {
    const std::int64_t number = x_next++;
    return x_ledger.accept(x_transaction, message_of(number, at), padded(number, 64), std::nullopt);
  }

  void deliver_one(base::Time at) {
    const message::Message message = accept(at);
    const auto which = static_cast<std::size_t>(message.key) % x_sims.size();
    const int reference = static_cast<int>(static_cast<std::size_t>(message.key) / x_sims.size() % 256);
    gateway::Ending ending;
    ending.attempt = hand_over(message, which);
    ending.verdict = modem::Accepted{reference};
    ending.at = at + 4s;
    gateway::settle(x_transaction, x_ledger, ending);
    report(message, ending, which);
  }

  std::int64_t hand_over(const message::Message& message, std::size_t which) {
    gateway::Step step;
    step.message = message.key;
    step.at = message.created_at + 1s;
    step.sim = x_sims[which];
    x_ledger.apply(x_transaction, step);
    store::Attempt attempt;
    attempt.message = message.key;
    attempt.modem = "modem" + std::to_string(which + 1);
    attempt.sim = x_sims[which];
    attempt.started_at = step.at;
    attempt.validity_minutes = static_cast<int>(validity.count());
    attempt.result = "open";
    return store::insert_attempt(x_transaction, attempt);
  }

  void report(const message::Message& message, const gateway::Ending& ending, std::size_t which) {
    pdu::StatusReport said;
    said.message_reference = static_cast<std::uint8_t>(*std::get<modem::Accepted>(ending.verdict).reference);
    said.recipient = pdu::number_address(message.number).value();
    said.timestamp = timestamp_of(ending.at);
    said.discharge = timestamp_of(ending.at + 2s);
    store::Report report;
    report.attempt = ending.attempt;
    report.modem = "modem" + std::to_string(which + 1);
    report.sim = x_sims[which];
    report.pdu = pdu::encode(said).value().hex;
    report.recipient = message.number;
    report.reference = said.message_reference;
    report.received_at = ending.at + 3s;
    report.service_centre_at = ending.at;
    report.discharged_at = ending.at + 2s;
    store::insert_report(x_transaction, report);
    gateway::Step step;
    step.message = message.key;
    step.event = message::Event::report_delivered;
    step.at = report.received_at;
    step.status = 0;
    step.delivered_at = report.discharged_at;
    step.detail = "TP-ST 0";
    x_ledger.apply(x_transaction, step);
  }

  store::RecordFile& x_record;
  store::Transaction x_transaction;
  gateway::Ledger x_ledger{gateway::Options{}};
  std::vector<std::string> x_sims;
  std::int64_t x_next = 1;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 5) {
    std::cerr << "usage: bench_record FOLDER DELIVERED QUEUED SIM...\n";
    return 2;
  }
  ::mallopt(M_TRIM_THRESHOLD, 1 << 30);  // else memory goes to the kernel and back with every statement
  store::Options options;
  options.folder = arguments[1];
  store::RecordFile record(options);
  Filling filling(record, {arguments + 4, arguments + count});
  const base::Time now = async::now().wall;
  filling.deliver(std::stoll(arguments[2]), now);
  filling.queue(std::stoll(arguments[3]), now);
  filling.finish();
  return 0;
}
