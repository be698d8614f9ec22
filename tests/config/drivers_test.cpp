#include "config/drivers.hpp"

#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <map>

#include "folder.hpp"

namespace burstd::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::filesystem::path shipped = std::filesystem::path(BURSTD_TESTS).parent_path() / "drivers";

auto fields_of(const modem::Driver& d) {
  return std::tuple(d.manufacturers, d.models, d.first, d.setup, d.ignore, d.boot, d.memory_full, d.stored_reports,
                    d.acknowledged_reports, d.report_routes, d.prompt_timeout, d.submit_timeout, d.network_timer,
                    d.command_timeout, d.reset, d.reset_time, d.slice, d.slice_pause, d.prompts, d.more_messages);
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Drivers, EveryShippedFileIsSound) {
  std::vector<Complaint> complaints;
  const auto drivers = load_drivers(shipped, complaints);
  EXPECT_THAT(Folder::short_form(complaints), IsEmpty());
  EXPECT_NE(std::ranges::find(drivers, "generic", &modem::Driver::name), drivers.end());
}

TEST(Drivers, GenericIsWhatADriverIsThatSaysNothing) {
  std::vector<Complaint> complaints;
  const auto generic = load_driver(shipped / "generic.yaml", complaints);
  EXPECT_TRUE(complaints.empty());
  EXPECT_EQ(fields_of(generic), fields_of(modem::Driver{}));
}

TEST(Drivers, GenericShowsEveryKey) {
  const auto document = YAML::Load(with_every_option(text_of(shipped / "generic.yaml"), ""));
  for (const auto& key : known_driver_keys()) EXPECT_TRUE(is_there(document, key)) << key;
  EXPECT_FALSE(is_there(document, "usb.absent"));
}

TEST(Drivers, GenericIsSoundWithEveryKeyInUse) {
  const Folder folder;
  std::vector<Complaint> complaints;
  const auto file = folder.write("generic.yaml", with_every_option(text_of(shipped / "generic.yaml"), ""));
  const auto all = load_driver(file, complaints);
  EXPECT_THAT(Folder::short_form(complaints), IsEmpty());
  EXPECT_EQ(all.usb.size(), 2U);
  EXPECT_EQ(all.codes.size(), 1U);
}

TEST(Drivers, NoProductIsClaimedTwiceByTheShippedOnes) {
  std::vector<Complaint> complaints;
  std::map<std::string, std::string> owners;
  for (const auto& driver : load_drivers(shipped, complaints)) {
    for (const auto& usb : driver.usb) {
      EXPECT_TRUE(owners.try_emplace(usb.id, driver.name).second)
          << usb.id << " " << driver.name << " " << owners[usb.id];
    }
    for (const auto& form : driver.other_forms) {
      for (const auto& id : form.ids) EXPECT_TRUE(owners.try_emplace(id, driver.name).second) << id;
    }
  }
  EXPECT_GT(owners.size(), 40U);
}

TEST(Drivers, WhatIsWrittenArrives) {
  const Folder folder;
  std::vector<Complaint> complaints;
  const auto driver = load_driver(folder.write("a.yaml", R"(name: a
usb: [{id: "12D1:1001", ports: [FF/02/02, "02"]}, {id: 12d1}]
other_forms: [{ids: ["12d1:1f01", "12d1:14dc"], sentence: A CD-ROM.}]
first: [ATE0]
boot: [RDY]
memory_full: ["^FULL"]
stored_reports: no
acknowledged_reports: yes
more_messages: no
reset_time: 2 min
pin_counter: {command: "AT^CPIN?", prefix: "^CPIN:", field: 3}
codes: [{kind: cms, code: 515, blame: ours, sentence: s},
        {kind: cme, code: 515, blame: transient, sentence: t, retry: very-slow}]
slice: 18
slice_pause: 20 ms
prompts: no
)"),
                                  complaints);
  ASSERT_THAT(Folder::short_form(complaints), IsEmpty());
  ASSERT_EQ(driver.usb.size(), 2U);
  EXPECT_EQ(driver.usb[0].id, "12d1:1001") << "as the kernel writes it";
  EXPECT_THAT(driver.usb[0].ports, ElementsAre("ff/02/02", "02"));
  EXPECT_THAT(driver.usb[1].ports, IsEmpty());
  EXPECT_THAT(driver.other_forms.at(0).ids, ElementsAre("12d1:1f01", "12d1:14dc"));
  EXPECT_EQ(driver.stored_reports, modem::Trust::no);
  EXPECT_EQ(driver.acknowledged_reports, modem::Trust::yes);
  EXPECT_EQ(driver.more_messages, modem::Trust::no);
  EXPECT_EQ(driver.reset_time, std::chrono::seconds{120});
  EXPECT_EQ(std::tuple(driver.pin_counter.command, driver.pin_counter.prefix, driver.pin_counter.field),
            std::tuple("AT^CPIN?", "^CPIN:", 3));
  ASSERT_EQ(driver.codes.size(), 2U);
  EXPECT_EQ(driver.codes[0].blame, base::Blame::ours);
  EXPECT_EQ(driver.codes[1].kind, modem::Code::Kind::cme);
  EXPECT_FALSE(driver.codes[0].patience);
  EXPECT_EQ(driver.codes[1].patience, base::Patience::very_slow);
  EXPECT_EQ(std::tuple(driver.slice, driver.slice_pause.count(), driver.prompts), std::tuple(18, 20, false));
}

TEST(Drivers, APinCounterIsWholeOrNotThere) {
  const Folder folder;
  std::vector<Complaint> complaints;
  const auto none = load_driver(folder.write("a.yaml", "name: a\npin_counter:\n"), complaints);
  EXPECT_THAT(Folder::short_form(complaints), IsEmpty());
  EXPECT_EQ(none.pin_counter.command, "");
  load_driver(folder.write("a.yaml", "name: a\npin_counter: {field: 1}\n"), complaints);
  EXPECT_THAT(Folder::short_form(complaints),
              ElementsAre("2:14: pin_counter: \"command\" is missing.", "2:14: pin_counter: \"prefix\" is missing."));
}

TEST(Drivers, WhatWouldBeMisunderstoodIsTold) {
  const Folder folder;
  const auto complaints = [&](const std::string& text) {
    std::vector<Complaint> out;
    load_driver(folder.write("a.yaml", "name: a\n" + text), out);
    return Folder::short_form(out);
  };
  EXPECT_THAT(complaints("usb: [{id: 12d1-1001}, {ports: [2]}, {id: 12d1}, {id: 12d1}]\n"),
              ElementsAre("2:12: id: must be a USB product such as \"12d1:1001\" (lsusb shows it), or a vendor such as "
                          "\"12d1\", not \"12d1-1001\".",
                          "2:33: ports: must be the number of an interface such as \"02\", or its class such as "
                          "\"ff/02/02\", not \"2\".",
                          "2:24: usb: \"id\" is missing.", "2:50: usb: \"12d1\" stands twice."));
  EXPECT_THAT(complaints("other_forms: [{sentence: s}]\n"), ElementsAre("2:15: other_forms: \"ids\" is missing."));
  EXPECT_THAT(complaints("usb: [{id: 12d1:1001}]\nother_forms: [{ids: [12d1:1001], sentence: s}]\n"),
              ElementsAre("3:14: \"12d1:1001\" cannot be two things: it stands twice."));
  EXPECT_THAT(complaints("ignore: ['+QIND:']\nmemory_full: ['+QIND: full']\nboot: [RDY]\n"),
              ElementsAre("3:14: \"+QIND: full\" would never be seen, because \"+QIND:\" is ignored."));
  EXPECT_THAT(complaints("ignore: ['+CDS']\n"),
              ElementsAre("2:9: \"+CDS\" also fits \"+CDS:\", which must reach the gateway."));
  EXPECT_THAT(complaints("boot: ['+C']\nsetup: ['AT+CFUN=1,1']\n"),
              ElementsAre("2:7: \"+C\" also fits \"+CMS ERROR\", which must reach the gateway.",
                          "3:8: setup: \"AT+CFUN=1,1\" is the reset command: the modem would start anew without end."));
  EXPECT_THAT(complaints("codes: [{kind: cms, code: 512, blame: network, sentence: s}]\n"),
              ElementsAre("2:39: blame: must be recipient, sim, transient, unknown or ours, not \"network\"."));
  EXPECT_THAT(complaints("codes: [{kind: cms, code: 512, blame: ours, sentence: s, retry: slow}]\n"),
              ElementsAre("2:65: codes: \"retry\" is of no use: with this blame it is not tried again."));
  EXPECT_THAT(
      complaints("codes:\n  - {kind: cms, code: 9, blame: sim, sentence: s}\n  - {kind: cms, code: 9, blame: sim, "
                 "sentence: t}\n"),
      ElementsAre("4:5: codes: \"cms 9\" stands twice."));
  EXPECT_THAT(complaints("stored_reports: maybe\nprompts: never\n"),
              ElementsAre("2:17: stored_reports: must be no, probe or yes, not \"maybe\".",
                          "3:10: prompts: must be no, yes, false or true, not \"never\"."));
}

TEST(Drivers, AFileOfTheOverrideFolderWinsByName) {
  const Folder folder;
  folder.write("drivers/a.yaml", "name: a\nsubmit_timeout: 60 s\n");
  folder.write("drivers/b.yaml", "name: b\n");
  folder.write("drivers/notes.txt", "not a driver");
  folder.write("own/a.yaml", "name: a\nsubmit_timeout: 90 s\nsetup: [\"AT^X=1\"]\n");
  folder.write("own/c.yaml", "name: c\n");
  const auto loaded = folder.load("");
  EXPECT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  std::vector<std::string> names;
  for (const auto& driver : loaded.config.drivers) names.push_back(driver.name);
  ASSERT_THAT(names, ElementsAre("a", "b", "c"));
  EXPECT_EQ(loaded.config.drivers[0].submit_timeout, std::chrono::seconds{90});
  EXPECT_THAT(loaded.config.drivers[0].setup, ElementsAre("AT^X=1"));
}

TEST(Drivers, ComplaintsNameTheDriversFile) {
  const Folder folder;
  const auto file = folder.write("drivers/a.yaml", R"(name: b
setup: [ATE0, E0]
report_routes: ["2,1,0,1", "2,1,0,1,0"]
submit_timeout: 30 s
promt_timeout: 10 s
)");
  const auto complaints = folder.load("").complaints;
  EXPECT_THAT(
      Folder::short_form(complaints),
      ElementsAre(
          "1:1: the driver is named \"b\" and the file \"a.yaml\"; both must be the same, since a file of the same "
          "name replaces a driver.",
          "2:15: setup: must be an AT command in plain characters that begins with \"AT\", not \"E0\".",
          "3:17: report_routes: must be the five numbers of AT+CNMI such as \"2,1,0,1,0\", not \"2,1,0,1\".",
          "4:17: network_timer is longer than submit_timeout: the answer is never waited for so long.",
          "5:1: there is no option \"promt_timeout\"; did you mean \"prompt_timeout\"?"));
  for (const auto& one : complaints) EXPECT_EQ(one.file, file.string());
}

TEST(Drivers, AnInstalledFolderThatIsMissingIsTold) {
  const Folder folder;
  std::filesystem::remove(folder.path() / "drivers");
  const auto complaints = folder.load("").complaints;
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(to_string(complaints[0]),
            (folder.path() / "drivers").string() + ":1:1: the folder cannot be read: No such file or directory.");
}

}  // namespace
}  // namespace burstd::config
