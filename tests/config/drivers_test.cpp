#include "config/drivers.hpp"

#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include "folder.hpp"

namespace burstd::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::filesystem::path shipped = std::filesystem::path(BURSTD_TESTS).parent_path() / "drivers";

auto fields_of(const modem::Driver& d) {
  return std::tuple(d.manufacturers, d.models, d.setup, d.ignore, d.report_routes, d.prompt_timeout, d.submit_timeout,
                    d.network_timer, d.command_timeout, d.reset);
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
  const auto document = YAML::LoadFile((shipped / "generic.yaml").string());
  for (const auto& key : known_driver_keys()) EXPECT_TRUE(document[key]) << key;
  EXPECT_EQ(document.size(), known_driver_keys().size());
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
          "1:1: network_timer is longer than submit_timeout: the answer is never waited for so long.",
          "1:1: the driver is named \"b\" and the file \"a.yaml\"; both must be the same, since a file of the same "
          "name replaces a driver.",
          "2:15: setup: must be an AT command in plain characters that begins with \"AT\", not \"E0\".",
          "3:17: report_routes: must be the five numbers of AT+CNMI such as \"2,1,0,1,0\", not \"2,1,0,1\".",
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
