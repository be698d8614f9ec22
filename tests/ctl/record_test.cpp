// The record looked after: by the gateway's answers, and on files.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "bench.hpp"
#include "store/record.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class RecordCommands : public Bench {
 protected:
  RecordCommands() {
    std::string name = std::filesystem::temp_directory_path() / "burstctl-record-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder = name;
  }
  ~RecordCommands() override { std::filesystem::remove_all(folder); }

  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
  }

  std::filesystem::path folder;
};

constexpr const char* whole =
    R"({"whole":true,"sentence":"The record is whole: 9 rows of history, 2 messages.","rows":9,
  "messages":2,"broken":null,"last_seq":9,"seal":"AB","epoch":"7K3M9Q"})";
constexpr const char* broken = R"({"whole":false,"sentence":"History row 4 is missing.","rows":3,"messages":0,
  "broken":{"table":"history","id":4,"detail":"History row 4 is missing"},"last_seq":3,"seal":"AB","epoch":"7K3M9Q"})";

TEST_F(RecordCommands, AWholeRecordEndsWithNoughtAndItsSealIsThereToWriteDown) {
  gateway.answer("POST /v1/verify", {200, whole, {}, false});
  EXPECT_EQ(run_ctl({"verify"}), 0) << err;
  EXPECT_EQ(out, "The record is whole: 9 rows of history, 2 messages.\nEpoch 7K3M9Q, last change 9, seal AB\n");
}

TEST_F(RecordCommands, OneThatIsNotWholeEndsWithOne) {
  gateway.answer("POST /v1/verify", {200, broken, {}, false});
  EXPECT_EQ(run_ctl({"verify"}), 1);
  EXPECT_THAT(out, StartsWith("History row 4 is missing.\n"));
  EXPECT_EQ(run_ctl({"verify", "--json"}), 1);
  EXPECT_THAT(out, StartsWith(R"({"whole":false)"));
}

TEST_F(RecordCommands, TheAuditSaysWhoDidWhatAndHowOftenSomethingWasRefused) {
  gateway.answer("GET /v1/audit", {200,
                                   R"({"items":[
    {"at":"2026-11-22T11:00:00Z","uid":1000,"client":"it","user":"anna","route":"POST /v1/release","subject":"the record",
     "event":"released","change":"the old box is off","times":1,"change_seq":9},
    {"at":"2026-11-22T10:00:00Z","uid":1001,"client":"reader","user":null,"route":"POST /v1/messages","subject":null,
     "event":"refused","change":"it needs the role send","times":40,"change_seq":8}],
    "next":"x","last_seq":9,"epoch":"7K3M9Q"})",
                                   {},
                                   false});
  EXPECT_EQ(run_ctl({"audit", "--limit", "2"}), 0) << err;
  EXPECT_EQ(gateway.asked().back().target, "/v1/audit?limit=2");
  EXPECT_THAT(out, AllOf(HasSubstr("released"), HasSubstr("anna of it (uid 1000)"), HasSubstr("the old box is off"),
                         HasSubstr("refused, 40 times"), HasSubstr("reader (uid 1001)"),
                         HasSubstr("The newest 2; more with --limit N.")));
  gateway.answer("GET /v1/audit", {200, R"({"items":[],"next":null,"last_seq":0,"epoch":"7K3M9Q"})", {}, false});
  EXPECT_EQ(run_ctl({"audit"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("nothing was refused"));
}

TEST_F(RecordCommands, ABackupThatIsNoneIsNotKept) {
  gateway.answer("GET /v1/backup", {200, "something else than a record, and longer than its head", {}, false});
  EXPECT_EQ(run_ctl({"backup", (folder / "copy").string()}), 1);
  EXPECT_THAT(err, HasSubstr("is not a burstd record"));
  EXPECT_EQ(files(), 0U);
}

TEST_F(RecordCommands, ARefusalIsToldAndNothingIsLeft) {
  gateway.answer(
      "GET /v1/backup",
      {507,
       R"({"status":507,"code":"disk-low","title":"x","detail":"There is no backup: no room.","retryable":true})",
       {},
       false});
  EXPECT_EQ(run_ctl({"backup", (folder / "copy").string()}), 1);
  EXPECT_THAT(err, HasSubstr("There is no backup"));
  gateway.answer("GET /v1/backup", {200, "", {}, true});
  EXPECT_EQ(run_ctl({"backup", (folder / "copy").string()}), 3);
  EXPECT_THAT(err, HasSubstr("There is no backup"));
  EXPECT_EQ(files(), 0U);
}

TEST_F(RecordCommands, AFileThatIsNoBackupIsNotReplaced) {
  std::ofstream(folder / "precious") << "a list of something that is no record";
  EXPECT_EQ(run_ctl({"backup", (folder / "precious").string()}), 1);
  EXPECT_THAT(err, HasSubstr("exists and is no backup"));
  EXPECT_THAT(gateway.asked(), IsEmpty());
}

TEST_F(RecordCommands, ReleaseNeedsWhoAndWhyAndPassesThemOn) {
  EXPECT_EQ(run_ctl({"release", "--user", "anna"}), 2);
  EXPECT_THAT(err, HasSubstr("--reason"));
  gateway.answer("POST /v1/release", {200, R"({"released_at":"2026-11-22T11:00:00Z"})", {}, false});
  EXPECT_EQ(run_ctl({"release", "--user", "anna", "--reason", "the old box is off"}), 0) << err;
  EXPECT_EQ(changes(), std::vector<std::string>{R"(/v1/release {"user":"anna","reason":"the old box is off"})"});
  EXPECT_THAT(out, HasSubstr("burstctl items --call-list"));
}

TEST_F(RecordCommands, WithoutAGatewayARecordIsVerifiedAsItLies) {
  store::Options options;
  options.folder = folder;
  const std::string epoch = store::RecordFile(options).epoch();
  EXPECT_EQ(run_bare({"verify", "--record", folder.string()}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("The record is whole"), HasSubstr("Epoch " + epoch)));
  EXPECT_EQ(run_bare({"verify", "--record", (folder / "none").string()}), 1);
  EXPECT_THAT(err, HasSubstr("does not exist"));
}

TEST_F(RecordCommands, ARestoreByAConfigurationThatIsNamedAndNotThereIsRefused) {
  std::ofstream(folder / "copy") << "x";
  const std::string typo = (folder / "burstd.yml").string();
  EXPECT_EQ(run_bare({"restore", (folder / "copy").string(), "--config", typo}), 1);
  EXPECT_THAT(err, AllOf(HasSubstr(typo), HasSubstr("the file cannot be read"), HasSubstr("--record FOLDER")));
}

TEST_F(RecordCommands, StatusSaysWhatTheDiskLacks) {
  gateway.answer("GET /v1/status",
                 {200,
                  R"({"version":"1","sending":false,"reason":null,"modems":[],"disk":{"room":"low","free":5,
                      "sentence":"The disk is nearly full."}})",
                  {},
                  false});
  EXPECT_EQ(run_ctl({"status"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("\nDisk: The disk is nearly full.\n"));
}

}  // namespace
}  // namespace burstd::ctl
