// Figures read back, what they say of the gateway's health, and the file for collectors.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bench.hpp"
#include "ctl/watch/figures.hpp"
#include "ctl/watch/health.hpp"
#include "ctl/watch/top_screen.hpp"

namespace burstd::ctl {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(FiguresTest, AreReadAsTheyAreWritten) {
  const Figures figures(
      "# HELP a What.\n# TYPE a gauge\na 3\nb_total{x=\"y\",z=\"q\\\"\\\\\\n}\"} 1e+16\nb_total{x=\"w\"} 2\nnonsense\n"
      "c{x=\"y\" 1\nd nought\n");
  EXPECT_EQ(figures.value("a"), 3);
  EXPECT_EQ(figures.value("b_total", "x", "w"), 2);
  EXPECT_EQ(figures.all("b_total").at(0).labels.at("z"), "q\"\\\n}");
  EXPECT_EQ(figures.sum("b_total"), 1e16 + 2);
  EXPECT_FALSE(figures.value("c"));
  EXPECT_FALSE(figures.value("d"));
  EXPECT_FALSE(figures.value("nonsense"));
}

std::string page_of(const std::string& modems, const std::string& more = {}) {
  return "burstd_build_info{version=\"1\"} 1\nburstd_messages{state=\"queued\"} 14\n"
         "burstd_messages{state=\"submitted\"} 100\nburstd_record_disk_free_bytes 50\n"
         "burstd_record_disk_size_bytes 100\n" +
         modems + more;
}

const std::string two_modems =
    "burstd_modem_ready{modem=\"a\"} 1\nburstd_modem_ready{modem=\"b\"} 0\n"
    "burstd_modem_state{modem=\"b\",state=\"paused\"} 1\nburstd_modem_state{modem=\"b\",state=\"ready\"} 0\n";

class Nagios : public Bench {
 protected:
  int check(const std::string& page, std::vector<std::string> options = {}) {
    gateway.answer("GET /metrics", {200, page, {}, false});
    options.insert(options.begin(), {"check", "--nagios"});
    const int exit = run_ctl(options);
    EXPECT_EQ(std::ranges::count(out, '\n'), 1) << out;
    return exit;
  }
};

TEST_F(Nagios, AWellGatewayIsOneLineWithItsFigures) {
  EXPECT_EQ(check(page_of(two_modems)), 0);
  EXPECT_EQ(out,
            "BURSTD OK - 1 of 2 modems ready, 14 messages wait | due=0s;900;3600;0 queue=14;5000;50000;0 "
            "modems_ready=1;;;0 modems=2;;;0 reply=0s;86400;;0 disk_free=50.0%;10:;3:;0;100\n");
}

TEST_F(Nagios, NoModemThatIsReadyIsCritical) {
  EXPECT_EQ(check(page_of("burstd_modem_ready{modem=\"a\"} 0\n")), 2);
  EXPECT_THAT(out, StartsWith("BURSTD CRITICAL - no modem is ready; 0 of 1 modems ready"));
}

TEST_F(Nagios, NoModemAtAllIsCritical) {
  EXPECT_EQ(check(page_of("")), 2);
  EXPECT_THAT(out, HasSubstr("no modem is configured or found"));
}

struct Case {
  const char *line, *words;
  int exit;
};

class NagiosCase : public Nagios, public testing::WithParamInterface<Case> {};

TEST_P(NagiosCase, IsFound) {
  EXPECT_EQ(check(page_of(two_modems, GetParam().line)), GetParam().exit) << out;
  EXPECT_THAT(out, HasSubstr(GetParam().words));
}

INSTANTIATE_TEST_SUITE_P(
    All, NagiosCase,
    testing::Values(
        Case{"burstd_oldest_due_age_seconds 899\n", "OK", 0},
        Case{"burstd_oldest_due_age_seconds 900\n", "WARNING - a message that could go has waited for 15 min", 1},
        Case{"burstd_oldest_due_age_seconds 7300\n", "CRITICAL - a message that could go has waited for 2 h", 2},
        Case{"burstd_messages{state=\"retrying\"} 5000\n", "WARNING - 5014 messages wait", 1},
        Case{"burstd_modem_ready{modem=\"c\"} 0\n", "WARNING - not ready: c", 1},
        Case{"burstd_modem_reports_missing{modem=\"a\"} 1\n", "WARNING - no delivery reports come by modem a", 1},
        Case{"burstd_oldest_unacknowledged_age_seconds 999999\n", "WARNING - a reply has waited", 1},
        Case{"burstd_held_back{by=\"restored\"} 1\n", "CRITICAL - nothing is sent: the record was restored", 2},
        Case{"burstd_held_back{by=\"disk\"} 1\nburstd_refusing_for_disk 1\n", "CRITICAL - nothing is sent: the rec", 2},
        Case{"burstd_held_back{by=\"quota\"} 1\n",
             "WARNING - nothing is sent: the limits of the SIM cards are used up; 1", 1},
        Case{"burstd_refusing_for_disk 1\n", "CRITICAL - new messages are refused", 2},
        Case{"burstd_clock_suspect 1\n", "WARNING - the machine's clock is not believed", 1}));

TEST_F(Nagios, OneIsNotSpokenOfAsMany) {
  EXPECT_EQ(check("burstd_build_info 1\nburstd_messages{state=\"queued\"} 1\nburstd_modem_ready{modem=\"a\"} 1\n"), 0);
  EXPECT_THAT(out, StartsWith("BURSTD OK - 1 of 1 modems ready, 1 message waits | "));
}

TEST_F(Nagios, AThresholdThatIsNeverReachedAndOptionsOfAMessageAreRefused) {
  EXPECT_EQ(run_ctl({"check", "--nagios", "--due", "60,15"}), 3);
  EXPECT_THAT(err, HasSubstr("--due: the second is the critical one and must be more than the first"));
  EXPECT_EQ(run_ctl({"check", "--nagios", "--disk", "3,10"}), 3);
  EXPECT_THAT(err, HasSubstr("--disk: the second is the critical one and must be less than the first"));
  EXPECT_EQ(check(page_of(two_modems), {"--due", "0,15"}), 0);
  EXPECT_EQ(run_ctl({"check", "--nagios", "--text", "x"}), 3);
  EXPECT_THAT(err, HasSubstr("--nagios"));
  EXPECT_EQ(run_ctl({"check", "--to", "0791", "--nagios"}), 3);
}

TEST_F(Nagios, ItsUsageStandsInTheHelp) {
  EXPECT_EQ(run_ctl({"check", "--help"}), 0);
  EXPECT_THAT(out,
              HasSubstr("Usage: burstctl check --to NUMBER [OPTIONS]\n       burstctl check --nagios [OPTIONS]\n"));
}

TEST_F(Nagios, TheWorstComesFirst) {
  EXPECT_EQ(check(page_of("", "burstd_clock_suspect 1\nburstd_oldest_due_age_seconds 3600\n")), 2);
  EXPECT_THAT(out,
              StartsWith("BURSTD CRITICAL - a message that could go has waited for 60 min; no modem is configured or "
                         "found; the machine's clock is not believed; 0 of 0 modems ready"));
}

TEST_F(Nagios, ThresholdsAreOptionsAndNoughtIsNever) {
  const std::string due = "burstd_oldest_due_age_seconds 7300\n";
  EXPECT_EQ(check(page_of(two_modems, due), {"--due", "200,0"}), 0);
  EXPECT_EQ(check(page_of(two_modems, due), {"--due", "100"}), 1);
  EXPECT_EQ(check(page_of(two_modems), {"--disk", "60,50"}), 2);
  EXPECT_THAT(out, HasSubstr("50.0 % of the record's disk are free"));
  EXPECT_EQ(check(page_of(two_modems), {"--queue", "14,20"}), 1);
}

TEST_F(Nagios, WhatIsNotUnderstoodIsUnknownAndNeverCritical) {
  EXPECT_EQ(run_ctl({"check", "--nagios", "--due", "soon"}), 3);
  EXPECT_THAT(err, HasSubstr("--due"));
  EXPECT_EQ(run_ctl({"check", "--nagios", "--nonsense"}), 3);
  EXPECT_EQ(run_ctl({"check", "--due", "1,2"}), 2);
  EXPECT_EQ(run_ctl({"check", "--text", "x"}), 2) << "a message needs its number";
  EXPECT_EQ(check("<html>\n"), 3);
  EXPECT_THAT(out, StartsWith("BURSTD UNKNOWN - "));
}

TEST_F(Nagios, AGatewayThatDoesNotAnswerIsCriticalAndOneThatRefusesUnknown) {
  EXPECT_EQ(run_bare({"check", "--nagios", "--socket", "/nowhere/burstd.sock"}), 2);
  EXPECT_THAT(out, StartsWith("BURSTD CRITICAL - "));
  gateway.answer("GET /metrics", {403, R"({"code":"forbidden","detail":"The client has no role."})", {}, false});
  EXPECT_EQ(run_ctl({"check", "--nagios"}), 3);
  EXPECT_THAT(out, HasSubstr("The client has no role."));
}

std::string screen_of(const Picture& picture) {
  std::string all;
  for (const std::string& line : lines_of(picture, {80, 24}, false)) all += line + "\n";
  return all;
}

TEST(TopScreen, PrintedOnceItLeavesOutWhatIsNotKnown) {
  Picture picture;
  picture.figures = Figures("burstd_record_disk_free_bytes 8388608\nburstd_replies_unacknowledged 1\n");
  EXPECT_THAT(screen_of(picture), testing::AllOf(HasSubstr("q ends this"), HasSubstr("Last events")));
  picture.goes_on = false;
  for (const char* unknown : {"Last minute", "Last events", "q ends this"})
    EXPECT_THAT(screen_of(picture), Not(HasSubstr(unknown)));
  EXPECT_THAT(screen_of(picture), HasSubstr("0 await their report, 1 reply nobody has read, 8 MiB of disk left\n"));
  picture.paces = Paces{2, 1, 0, 1};
  EXPECT_THAT(screen_of(picture), HasSubstr("Last minute: 2 sent, 1 delivered, 0 failed, 1 reply\n"));
}

TEST(TopScreen, OfAGatewayThatDoesNotAnswerNobodyKnowsThatItIsReady) {
  Picture picture;
  picture.status["version"] = "1";
  picture.status["modems"] = boost::json::array{boost::json::object{{"name", "a"}, {"state", "ready"}}};
  EXPECT_THAT(screen_of(picture), StartsWith("burstd 1: ready, nothing to send"));
  picture.trouble = "The gateway does not answer.";
  EXPECT_THAT(screen_of(picture), StartsWith("burstd 1: not known; below is how it was at 00:00:00"));
}

class MetricsFile : public Bench {
 protected:
  void SetUp() override {
    Bench::SetUp();
    std::string pattern = (std::filesystem::temp_directory_path() / "burstctl-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string file() const { return (folder / "burstd.prom").string(); }
  std::string content() const {
    std::ifstream in(file());
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::filesystem::path folder;
};

TEST_F(MetricsFile, IsReplacedWholeAndReadableForEverybody) {
  gateway.answer("GET /metrics", {200, "a 1\n", {}, false});
  const mode_t before = umask(0077);
  EXPECT_EQ(run_ctl({"metrics", "--textfile", file()}), 0) << err;
  umask(before);
  EXPECT_THAT(content(), StartsWith("a 1\n"));
  EXPECT_THAT(content(), EndsWith("\nburstd_up 1\n"));
  struct stat told {};
  ASSERT_EQ(stat(file().c_str(), &told), 0);
  EXPECT_EQ(told.st_mode & 0777U, 0644U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(MetricsFile, WhatAKilledProcessLeftOfItIsRemoved) {
  gateway.answer("GET /metrics", {200, "a 1\n", {}, false});
  for (const std::string& writer : {std::to_string(getpid()), std::string("999999999")})
    std::ofstream(file() + ".part-" + writer) << "half";
  std::ofstream(file() + ".part-1") << "of a process that lives";
  EXPECT_EQ(run_ctl({"metrics", "--textfile", file()}), 0) << err;
  EXPECT_THAT(content(), EndsWith("\nburstd_up 1\n"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 2);
}

TEST_F(MetricsFile, TakesThePlaceOfNothingButAFile) {
  gateway.answer("GET /metrics", {200, "a 1\n", {}, false});
  ASSERT_EQ(mkfifo(file().c_str(), 0600), 0);
  EXPECT_EQ(run_ctl({"metrics", "--textfile", file()}), 1);
  EXPECT_THAT(err, HasSubstr("burstd.prom exists and is no plain file."));
  EXPECT_EQ(run_ctl({"metrics", "--textfile", folder.string()}), 1);
  EXPECT_TRUE(std::filesystem::is_fifo(file()));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(MetricsFile, SaysThatTheGatewayIsAway) {
  std::ofstream(file()) << "old\n";
  EXPECT_EQ(run_bare({"metrics", "--textfile", file(), "--socket", "/nowhere/burstd.sock"}), 3);
  EXPECT_THAT(content(), EndsWith("\nburstd_up 0\n"));
  EXPECT_THAT(content(), Not(HasSubstr("old")));
}

TEST_F(MetricsFile, ThatCannotBeWrittenIsRefused) {
  gateway.answer("GET /metrics", {200, "a 1\n", {}, false});
  EXPECT_EQ(run_ctl({"metrics", "--textfile", "/nowhere/burstd.prom"}), 1);
  EXPECT_THAT(err, HasSubstr("/nowhere/burstd.prom could not be written (No such file or directory). Name a file"));
  EXPECT_EQ(run_ctl({"metrics"}), 0);
  EXPECT_EQ(out, "a 1\n");
}

}  // namespace
}  // namespace burstd::ctl
