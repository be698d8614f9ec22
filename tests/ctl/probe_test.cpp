#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bench.hpp"
#include "ctl/probe/probe_draft.hpp"
#include "ctl/probe/probe_report.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

RouteTry accepted(const std::string& route, const std::string& reads) {
  return RouteTry{route, true, true, route == reads, reads, "OK"};
}

TEST(DraftName, IsMakerAndModelInPlainLetters) {
  modem::Identity identity;
  EXPECT_EQ(draft_name(identity), "unknown-modem");
  identity.manufacturer = "  ZTE CORPORATION ";
  identity.model = "MF190/3 (\xC3\xBC)";
  EXPECT_EQ(draft_name(identity), "zte-corporation-mf190-3");
  identity.manufacturer = std::string(200, 'x');
  EXPECT_EQ(draft_name(identity).size(), 64u);
}

class Draft : public Bench {
 protected:
  void TearDown() override { std::filesystem::remove_all(folder); }

  // What `driver check` says of it, after the draft itself.
  std::string checked(const Findings& found, const std::vector<modem::Driver>& drivers = {}) {
    draft = draft_of(found, drivers, "drafted");
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "drafted.yaml") << draft;
    EXPECT_EQ(run_bare({"driver", "check", folder / "drafted.yaml"}), 0) << out << err << draft;
    return out;
  }

  const std::filesystem::path folder = testing::TempDir() + "probe_test." + std::to_string(getpid());
  std::string draft;
};

TEST_F(Draft, OfAModemThatToldNothingIsSound) {
  EXPECT_THAT(checked({}), HasSubstr("Acknowledged reports: never used"));
  EXPECT_THAT(draft, Not(HasSubstr("\nmanufacturers:")));
}

TEST_F(Draft, OfAModemThatSaysOddThingsIsSound) {
  Findings found;
  found.identity = {"He said \"no\" \\ #: [x]", "\xFFmodel", "\x01", {}, {}, {}};
  found.overheard.lines = {{"\xFE\xFF", 3}, {"^X\"Y\":", 1}, {"+CDS:", 1}, {"OK", 1}};
  EXPECT_THAT(checked(found), HasSubstr("a maker that holds He said \"no\" \\ #: [x]; any model"));
  EXPECT_THAT(draft, AllOf(HasSubstr("ignore: [\"^X\\\"Y\\\":\"]"), HasSubstr("#  models: []")));
}

TEST_F(Draft, LinesThatDriversKnowAreTakenForWhatTheyAre) {
  modem::Driver known;
  known.boot = {"^SYSSTART"};
  known.memory_full = {"+QIND: \"smsfull\""};
  Findings found;
  found.overheard.lines = {{"+QIND:", 2}, {"^SYSSTART", 1}, {"+QIND: \"smsfull\"", 1}, {"^SCKS:", 1}};
  EXPECT_THAT(checked(found, {known}), HasSubstr("Lines: 1 are ignored; new start: ^SYSSTART; memory full: +QIND: "));
}

TEST_F(Draft, ASlowModemHasTwiceItsTime) {
  Findings found;
  found.exchanges = {{"AT+CSQ", {}, "OK", std::chrono::milliseconds{200}, true},
                     {"AT+COPS?", {}, "OK", std::chrono::milliseconds{7'200}, true},
                     {"AT+CNUM", {}, "no answer", std::chrono::milliseconds{10'000}, false}};
  EXPECT_EQ(slowest_of(found)->command, "AT+COPS?");
  EXPECT_THAT(checked(found), HasSubstr("15 s for other commands"));
}

TEST_F(Draft, RoutesThatReadBackComeFirst) {
  Findings found;
  found.messaging.routes = {accepted("2,1,0,1,0", "1,1,0,1,0"), accepted("1,1,0,1,0", "1,1,0,1,0")};
  found.messaging.takes_service_1 = found.messaging.knows_acknowledgement = true;
  found.messaging.acknowledgement = "+CMS ERROR: 340";
  EXPECT_THAT(checked(found),
              AllOf(HasSubstr("Report routes: 1,1,0,1,0 2,1,0,1,0\n"), HasSubstr("Stored reports: never used\n"),
                    HasSubstr("Acknowledged reports: used when nothing better is left")));
}

TEST(ReportWays, ASettingThatShowsOtherReportsIsNone) {
  Messaging messaging;
  EXPECT_THAT(report_ways(messaging), ElementsAre(HasSubstr("not known")));
  messaging.routes = {accepted("2,1,0,1,0", "2,1,0,0,0")};
  EXPECT_THAT(report_ways(messaging), ElementsAre(HasSubstr("none")));
  messaging.routes.push_back(accepted("1,1,0,2,0", "1,1,0,2,0"));
  EXPECT_THAT(report_ways(messaging), ElementsAre(HasSubstr("stored: the setting is accepted, 1,1,0,2,0")));
}

}  // namespace
}  // namespace burstd::ctl
