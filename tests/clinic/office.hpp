// A clinic over a real record in a folder of its own and a gateway without modems, and one call at a time on the
// loop. Tests of clinic and api derive from it.
#pragma once

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include "clinic/bursts.hpp"
#include "clinic/items.hpp"
#include "clinic/messages.hpp"
#include "clinic/templates.hpp"
#include "gateway/receiver.hpp"
#include "pdu/deliver.hpp"

namespace burstd::clinic {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "burstd-clinic-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
    x_path = pattern;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(x_path); }
  const std::filesystem::path& path() const { return x_path; }

 private:
  std::filesystem::path x_path;
};

inline store::Options record_in(const Folder& folder) {
  store::Options options;
  options.folder = folder.path();
  options.ballast = 0;
  return options;
}

class Office : public testing::Test {
 protected:
  template <class T>
  T wait_for(async::Task<T> task) {
    std::optional<T> answer;
    async::Scope scope(loop.get_executor());
    const auto child = [&]() -> async::Task<> {
      T got = co_await std::move(task);
      answer.emplace(std::move(got));
    };
    scope.spawn(child());
    while (scope.size() > 0) loop.run_one();
    return std::move(*answer);
  }

  // Items, newest first.
  std::vector<Item> items(Search search = {}) {
    Items reading(options, gateway);
    return wait_for(reading.list(std::move(search))).value().items;
  }

  // A short message of a phone to us.
  void arrives(const std::string& text, const std::string& from = "+41790000001") {
    pdu::Deliver deliver;
    deliver.originator = pdu::number_address(from).value();
    deliver.timestamp = pdu::timestamp_at(base::from_millis(1'770'000'000'000) + std::chrono::seconds{++arrived});
    deliver.user_data = pdu::user_data(text).value();
    deliver.coding_scheme = pdu::coding_scheme(deliver.user_data.encoding).value();
    const gateway::Arrival arrival{"left", "sim-a", pdu::encode(deliver)->hex, async::now().wall};
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      return gateway::receive(transaction, gateway.ledger(), arrival).changed;
    };
    wait_for(writer.run(unit)).value();
  }

  // As if a modem had handed it to the network.
  void leaves(const std::string& id) {
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      store::Attempt attempt;
      attempt.message = store::find_message(transaction, id)->message.key;
      attempt.modem = "left";
      attempt.sim = "sim-a";
      attempt.started_at = async::now().wall;
      attempt.result = "accepted";
      gateway::Step step;
      step.message = attempt.message;
      step.at = attempt.started_at;
      step.sim = attempt.sim;
      store::insert_attempt(transaction, attempt);
      gateway.ledger().apply(transaction, step);
      step.event = message::Event::accepted;
      return gateway.ledger().apply(transaction, step).changed;
    };
    EXPECT_TRUE(wait_for(writer.run(unit)).value());
  }

  int arrived = 0;
  Folder folder;
  boost::asio::io_context loop;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy{loop.get_executor()};
  Options options;
  store::Writer writer{record_in(folder), loop.get_executor(), [](const std::string&) { std::abort(); }};
  store::Reader reader{record_in(folder), loop.get_executor()};
  gateway::Gateway gateway{loop.get_executor(), gateway::Setup{}, {writer, reader, reader}};
};

}  // namespace burstd::clinic
