// Stories of tests/transcripts played by the simulator on a pty to the daemon's own modem: what the owner of the modem
// is told at the end. Set-up is the ordinary modem's, the message is the story's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "modem/modem.hpp"
#include "sim/bench.hpp"

namespace burstd::sim {
namespace {

using namespace std::chrono_literals;

struct Story {
  const char* name;
  const char* verdict;
  int reports;
  int messages;
  int before = 0;  // so many messages go first, each announcing the next
};

std::string in_words(const modem::Verdict& verdict) {
  if (const auto* accepted = std::get_if<modem::Accepted>(&verdict))
    return "accepted " + std::to_string(accepted->reference.value_or(-1));
  if (const auto* refused = std::get_if<modem::Refused>(&verdict))
    return (refused->before_air ? "refused before: " : "refused after: ") + refused->result;
  return std::holds_alternative<modem::Unknown>(verdict) ? "unknown" : "not sent";
}

// Submits its messages as soon as it can, and counts what comes in.
class Owner : public modem::Host {
 public:
  async::Task<modem::Welcome> welcome(const modem::Identity&) override { co_return modem::Welcome{}; }
  async::Task<modem::PinLeave> begin_pin(const modem::Identity&, const std::string&, bool) override {
    co_return modem::PinLeave{};
  }
  async::Task<> end_pin(std::int64_t, modem::PinEnd) override { co_return; }
  modem::Credit credit(const std::string&, std::optional<int>) const override { return {}; }
  void status(const modem::Status&) override {}
  modem::PduKind kind(const std::string& pdu) const override {
    return pdu.compare(16, 2, "06") == 0 ? modem::PduKind::report : modem::PduKind::message;
  }
  async::Task<bool> report(const modem::Identity&, std::string) override {
    ++reports;
    co_return true;
  }
  async::Task<bool> incoming(const modem::Identity&, std::string) override {
    ++messages;
    co_return true;
  }
  async::Task<std::optional<modem::Unresolved>> unresolved(const std::string&) override { co_return std::nullopt; }
  async::Task<> late_verdict(const modem::Identity&, modem::Verdict) override { co_return; }
  async::Task<> serve(modem::Link& link) override {
    for (; before >= 0; --before) {
      async::Gate permit;
      async::Gate handed;
      permit.open();
      const modem::Submission submission{"0031000B911497214365F70000A705C8329BFD06", 19, permit, handed, before > 0};
      const modem::Verdict end = co_await link.submit(submission);
      verdict += (verdict.empty() ? "" : ", ") + in_words(end);
    }
    co_await async::sleep_for(100ms);  // what the story says afterwards
    modem->stop();
  }

  modem::Modem* modem = nullptr;
  int before = 0;
  std::string verdict;
  int reports = 0;
  int messages = 0;
};

// Of what the ordinary modem was told, the lines that are this one. What the story was told it does not hear.
std::ptrdiff_t told(const std::string& journal, const std::string& line) {
  std::ifstream file(journal);
  const std::string all{std::istreambuf_iterator<char>(file), {}};
  std::ptrdiff_t count = 0;
  const std::string sign = "\"line\":\"" + line + "\"";
  for (auto at = all.find(sign); at != std::string::npos; at = all.find(sign, at + 1)) ++count;
  return count;
}

class PlayedStory : public testing::TestWithParam<Story> {};

TEST_P(PlayedStory, ends_as_it_should_for_the_owner_of_the_modem) {
  std::string home = testing::TempDir() + "storyXXXXXX";
  ASSERT_NE(mkdtemp(home.data()), nullptr);
  Options options;
  options.dir = home;
  options.log = home + "/journal";
  options.trace = true;
  options.transcript = std::string(BURSTD_TESTS "/transcripts/") + GetParam().name + ".at";
  boost::asio::io_context loop;
  Bench bench(loop.get_executor(), options);
  ASSERT_TRUE(bench.start());

  modem::Options about;
  about.name = "modem1";
  about.port = home + "/modem1";
  modem::Driver driver;
  driver.submit_timeout = 4s;
  driver.command_timeout = 3s;
  Owner owner;
  owner.before = GetParam().before;
  const std::vector<modem::Driver> drivers{driver};
  const modem::Finding nowhere{false, false, "/nonexistent", "/nonexistent"};
  modem::Finder finder(loop.get_executor(), nowhere, drivers, {about.port});
  modem::Modem modem(loop.get_executor(), about, modem::Modem::Surroundings{drivers, nowhere, finder, owner});
  owner.modem = &modem;
  auto running = [&]() -> async::Task<> {
    co_await modem.run();
    bench.stop();
  };
  async::Scope scope(loop.get_executor());
  scope.spawn(running());
  loop.run_for(20s);
  EXPECT_EQ(owner.verdict, GetParam().verdict);
  EXPECT_EQ(owner.reports, GetParam().reports);
  EXPECT_EQ(owner.messages, GetParam().messages);
  EXPECT_EQ(told(options.log, "AT+CMGF=0"), 1) << "the modem is set up once";
  EXPECT_EQ(told(options.log, "AT+CMMS=2"), 0) << "asked again, or without a cause";
  std::filesystem::remove_all(home);
}

constexpr Story stories[] = {
    {"generic/submit", "accepted 12", 0, 0},
    {"generic/report_between_reference_and_ok", "accepted 27", 2, 0},
    {"generic/report_before_the_reference", "accepted 12", 1, 0},
    {"generic/reference_and_then_an_error", "accepted 61", 0, 0},
    {"generic/reference_with_the_centres_answer", "accepted 12", 0, 0},
    {"generic/lines_that_end_in_lf_only", "accepted 5", 1, 0},
    {"generic/error_instead_of_prompt", "refused before: +CMS ERROR: 302", 0, 0},
    {"huawei/error_500_for_no_network", "refused before: +CMS ERROR: 500", 0, 0},
    {"huawei/fast_sending_refused", "accepted 12, accepted 13, accepted 14", 0, 0, 2},
    {"generic/link_kept_for_a_run", "accepted 12, accepted 13, accepted 14", 1, 0, 2},
    {"generic/no_answer_to_cmms_but_garbage", "accepted 12, accepted 13", 0, 0, 1},
    {"cinterion/restart_after_ctrl_z", "unknown", 0, 0},
    {"cinterion/error_numbers_of_its_own", "refused after: +CMS ERROR: 549", 0, 0},
    {"sierra/collision_on_the_air", "refused after: +CMS ERROR: 512", 0, 1},
    {"telit/exact_prompt_between_status_lines", "accepted 41", 0, 0},
    {"telit/padding_of_300_characters", "accepted 0", 1, 0},
};

INSTANTIATE_TEST_SUITE_P(stories, PlayedStory, testing::ValuesIn(stories), [](const auto& chosen) {
  std::string name = chosen.param.name;
  name.replace(name.find('/'), 1, "_");
  return name;
});

}  // namespace
}  // namespace burstd::sim
