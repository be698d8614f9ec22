// A gateway's inner rooms over a real record in a temporary folder, with a modem made by hand in place of the
// serial one. Used by the tests of the gateway room.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <deque>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "async/scope.hpp"
#include "gateway/dispatcher.hpp"
#include "gateway/ledger.hpp"
#include "gateway/observer.hpp"
#include "gateway/recovery.hpp"
#include "gateway/settlement.hpp"
#include "gateway/timekeeper.hpp"
#include "modem/link.hpp"
#include "pdu/status_report.hpp"
#include "pdu/submit.hpp"
#include "store/attempts.hpp"
#include "store/history.hpp"
#include "store/messages.hpp"
#include "store/reader.hpp"
#include "store/sims.hpp"
#include "store/verify.hpp"
#include "store/writer.hpp"

namespace burstd::gateway::test {

// Answers each submission with the next scripted verdict; when the script is empty it goes down.
class Desk : public modem::Link {
 public:
  explicit Desk(std::string sim) { x_identity.iccid = std::move(sim); }

  std::deque<modem::Verdict> script;
  std::vector<pdu::Submit> network;  // what passed Ctrl-Z
  bool commit_seen = true;           // the permit was open, never shut, before every Ctrl-Z

  const modem::Identity& identity() const override { return x_identity; }
  bool up() const override { return x_up; }
  async::Signal& changed() override { return x_changed; }

  async::Task<modem::Verdict> submit(const modem::Submission& submission) override {
    const bool may = co_await submission.permit.passed();
    if (!may) co_return modem::NotSent{"the permit was shut"};
    network.push_back(pdu::decode_submit(submission.pdu).value());
    submission.handed.open();
    modem::Verdict verdict = script.front();
    script.pop_front();
    if (script.empty()) go_down();
    co_return verdict;
  }

  async::Task<> emptied() override { co_return; }

  void go_down() {
    x_up = false;
    x_changed.notify();
  }

 private:
  modem::Identity x_identity;
  async::Signal x_changed;
  bool x_up = true;
};

// SIMs may send as fast as the modem takes it; tests of the limits set theirs.
inline Options without_limits() {
  Options options;
  options.limits = {0, 0, 0, 0, 0, base::Milliseconds{0}};
  return options;
}

class House : public ::testing::Test {
 protected:
  House() : folder(make_folder()) { open(); }

  ~House() override {
    close();
    std::filesystem::remove_all(folder);
  }

  void open() {
    store::Options options;
    options.folder = folder;
    options.ballast = 0;
    writer = std::make_unique<store::Writer>(options, loop.get_executor(), [](const std::string&) {});
    reader = std::make_unique<store::Reader>(options, loop.get_executor());
    dispatcher = std::make_unique<Dispatcher>(ledger, *writer, *reader, changed);
  }

  void close() {
    dispatcher.reset();
    reader.reset();
    writer.reset();
  }

  // All goes by these options, as after a restart.
  void set(const Options& options) {
    close();
    ledger.~Ledger();
    new (&ledger) Ledger(options);
    open();
  }

  // Runs one coroutine to its end; what it throws fails the test.
  void run(async::Task<> task) {
    async::Scope scope(loop.get_executor());
    std::exception_ptr failure;
    const auto watched = [&]() -> async::Task<> {
      try {
        co_await std::move(task);
      } catch (...) {
        failure = std::current_exception();
      }
    };
    scope.spawn(watched());
    loop.restart();
    loop.run();
    if (failure) std::rethrow_exception(failure);
  }

  template <class Unit>
  auto write(Unit unit) {
    using Answer = typename std::invoke_result_t<Unit&, store::Transaction&>::value_type;
    std::optional<Answer> answer;
    auto task = [&]() -> async::Task<> {
      auto done = co_await writer->run(unit);
      answer.emplace(std::move(*done));
    };
    run(task());
    return *answer;
  }

  template <class Unit>
  auto read(Unit unit) {
    std::optional<std::invoke_result_t<Unit&, const store::Connection&>> answer;
    auto task = [&]() -> async::Task<> {
      auto done = co_await reader->run(unit);
      answer.emplace(std::move(done));
    };
    run(task());
    return *answer;
  }

  message::Message accept(message::Message draft, std::optional<Stillborn> stillborn = {}) {
    return write([&](store::Transaction& transaction) -> base::Result<message::Message> {
      return ledger.accept(transaction, draft, "digest", stillborn);
    });
  }

  static message::Message draft(std::string number = "+41790000001", std::string text = "Your appointment is at 9.") {
    message::Message made;
    made.client = "test";
    made.text = std::move(text);
    made.number = number;
    made.number_as_typed = number;
    made.category = "reminder";
    made.created_at = async::now().wall;
    made.expires_at = made.created_at + std::chrono::hours{24};
    made.segments = static_cast<int>(pdu::segment(made.text)->segments.size());
    made.encoding = "gsm7";
    return made;
  }

  Outcome apply(message::Key key, message::Event event, int part = 1) {
    Step step;
    step.message = key;
    step.part = part;
    step.event = event;
    step.at = async::now().wall;
    step.sim = "sim-a";
    return write(
        [&](store::Transaction& transaction) -> base::Result<Outcome> { return ledger.apply(transaction, step); });
  }

  store::Record record(message::Key key) {
    return *read([&](const store::Connection& connection) { return store::find_message(connection, key); });
  }

  std::vector<message::Part> parts(message::Key key) {
    return read([&](const store::Connection& connection) { return store::parts_of(connection, key); });
  }

  std::vector<store::Attempt> attempts(message::Key key) {
    return read([&](const store::Connection& connection) { return store::attempts_of(connection, key); });
  }

  std::vector<store::Change> history(message::Key key) {
    return read([&](const store::Connection& connection) { return store::history_of(connection, key); });
  }

  Outcome arrive(const std::string& pdu, const std::string& sim = "sim-a") {
    const Arrival arrival{"modem1", sim, pdu, async::now().wall + std::chrono::seconds{1}};
    return write([&](store::Transaction& transaction) -> base::Result<Outcome> {
      return observe(transaction, ledger, arrival);
    });
  }

  static std::string report(int reference, const std::string& recipient, int status) {
    pdu::StatusReport made;
    made.message_reference = static_cast<std::uint8_t>(reference);
    made.recipient = pdu::number_address(recipient).value();
    made.timestamp = made.discharge = pdu::timestamp_at(async::now().wall);
    made.status = static_cast<std::uint8_t>(status);
    return pdu::encode(made)->hex;
  }

  void serve(Desk& desk) { run(dispatcher->serve("modem1", desk)); }

  std::filesystem::path folder;
  boost::asio::io_context loop;
  async::Signal changed;
  Ledger ledger{without_limits()};
  std::unique_ptr<store::Writer> writer;
  std::unique_ptr<store::Reader> reader;
  std::unique_ptr<Dispatcher> dispatcher;

 private:
  static std::filesystem::path make_folder() {
    std::string name = std::filesystem::temp_directory_path() / "burstd-gateway-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    return name;
  }
};

}  // namespace burstd::gateway::test
