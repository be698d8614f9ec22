// burstctl config check and driver list|check: files are read and told of, and no gateway is asked.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>

#include "bench.hpp"
#include "ctl/words/look.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string shipped = (std::filesystem::path(BURSTD_TESTS).parent_path() / "drivers").string();

// The entries of "drivers", as text.
std::vector<std::string> list_of(const json::object& said) {
  std::vector<std::string> out;
  for (const json::value& driver : ctl::list(said, "drivers")) out.push_back(json::serialize(driver));
  return out;
}

class Files : public Bench {
 protected:
  Files() {
    std::string pattern = (std::filesystem::temp_directory_path() / "burstd-files-XXXXXX").string();
    folder = mkdtemp(pattern.data());
  }
  ~Files() override { std::filesystem::remove_all(folder); }

  std::string write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << text;
    return (folder / name).string();
  }

  int list(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"driver", "list", "--drivers", folder / "installed", "--override", folder / "own"};
    words.insert(words.end(), more.begin(), more.end());
    return run_bare(words);
  }

  // The line of the table for one driver.
  std::string row(const std::string& name) const {
    std::istringstream lines(out);
    std::string line;
    while (std::getline(lines, line)) {
      if (line.starts_with(name + " ")) return line;
    }
    return "";
  }

  std::filesystem::path folder;
};

TEST_F(Files, DriverListShowsWhatIsInUseAndWhereItComesFrom) {
  write("installed/acme.yaml", "name: acme\ndescription: Old\nmanufacturers: [Acme]\nusb: [{id: 0aaa}]\n");
  write("installed/bolt.yaml", "name: bolt\n");
  write("own/acme.yaml", "name: acme\ndescription: Mine\nmanufacturers: [Acme, Acne]\nusb: [{id: 0aaa}, {id: 0aab}]\n");
  write("own/core.yaml", "name: core\n");
  EXPECT_EQ(list(), 0);
  EXPECT_THAT(row("acme"), AllOf(HasSubstr("in place of the installed one"), HasSubstr(" 2 "), HasSubstr("Acme, Acne"),
                                 HasSubstr("Mine")));
  EXPECT_THAT(row("bolt"), HasSubstr("installed"));
  EXPECT_THAT(row("core"), AllOf(HasSubstr("override"), Not(HasSubstr("in place"))));
  EXPECT_THAT(out, Not(HasSubstr("Old")));
  EXPECT_THAT(gateway.asked(), IsEmpty());
}

TEST_F(Files, ConfigCheckWarnsAndIsContentAllTheSame) {
  const auto file = write("burstd.yaml",
                          "sending:\n  limits: {per_minute: 90}\n  windows: {default: [\"mon 08:00-09:00\"]}\n"
                          "drivers: {installed: " +
                              shipped + "}\n");
  EXPECT_EQ(run_bare({"config", "check", file}), 0) << out;
  EXPECT_THAT(out, AllOf(HasSubstr(file + ":2:24: warning: limits: per_minute (90) is more than per_hour (60)"),
                         HasSubstr(":3:22: warning: default: is shut for 167 hours"), HasSubstr("no complaints\n")));
  EXPECT_EQ(run_bare({"config", "check", "--json", file}), 0);
  EXPECT_EQ(json::parse(out).as_object().at("warnings").as_array().size(), 2U);
}

TEST_F(Files, DriverListAsJsonHasEveryList) {
  write("installed/acme.yaml",
        "name: acme\nmanufacturers: [Acme]\nmodels: [X1]\nusb: [{id: 0aaa:0001}]\n"
        "other_forms: [{ids: [0aaa:000f], sentence: A CD-ROM.}]\n");
  EXPECT_EQ(list({"--json"}), 0);
  const auto said = json::parse(out).as_object();
  EXPECT_THAT(list_of(said), ElementsAre(R"({"name":"acme","description":"","source":"installed",)"
                                         R"("in_place_of_installed":false,"usb":["0aaa:0001"],)"
                                         R"("other_forms":["0aaa:000f"],"manufacturers":["Acme"],"models":["X1"]})"));
}

TEST_F(Files, DriverListTellsAMistakeAndListsTheOthers) {
  write("installed/acme.yaml", "name: acme\nusbs: []\n");
  write("installed/bolt.yaml", "name: bolt\n");
  EXPECT_EQ(list(), 1);
  EXPECT_THAT(err, HasSubstr("acme.yaml:2:1: there is no option \"usbs\""));
  EXPECT_THAT(row("bolt"), HasSubstr("installed"));
}

TEST_F(Files, DriverListOfAFolderThatIsMissing) {
  EXPECT_EQ(list(), 1);
  EXPECT_THAT(err, HasSubstr("the folder cannot be read"));
}

TEST_F(Files, DriverCheckTellsEveryMistakeWithItsPlace) {
  const auto file = write("acme.yaml", "name: acme\nreset: RESET\nslice: 999\n");
  EXPECT_EQ(run_bare({"driver", "check", file}), 1);
  EXPECT_EQ(out,
            file + ":2:8: reset: must be an AT command in plain characters that begins with \"AT\", not \"RESET\".\n" +
                file + ":3:8: slice: must be a whole number from 0 to 200, not \"999\".\n");
  EXPECT_EQ(run_bare({"driver", "check", (folder / "absent.yaml").string()}), 1);
  EXPECT_THAT(out, HasSubstr("absent.yaml:1:1: the file cannot be read"));
}

TEST_F(Files, DriverCheckSaysInWordsWhatASoundFileSays) {
  const auto file = write("acme.yaml", R"(name: acme
description: Sticks of Acme
manufacturers: [Acme]
usb: [{id: 0aaa, ports: [ff/02/02]}, {id: 0aaa:0001}]
other_forms: [{ids: [0aaa:000f], sentence: Install it.}]
stored_reports: no
submit_timeout: 2 min
pin_counter: {command: AT+PINS, prefix: "+PINS:", field: 3}
codes: [{kind: cme, code: 700, blame: sim, sentence: s}]
slice: 18
prompts: no
)");
  EXPECT_EQ(run_bare({"driver", "check", file}), 0);
  EXPECT_THAT(out, testing::StartsWith(file + ": no complaints\nDriver acme: Sticks of Acme\n"));
  for (const char* said :
       {"By USB: 0aaa (every product; ports ff/02/02), 0aaa:0001 (each port is asked)\n",
        "No modem as 0aaa:000f: Install it.\n", "By its answers: a maker that holds Acme; any model\n",
        "Stored reports: never used\n", "10 s for the prompt, 2 min for the network's verdict",
        "in pieces of 18 octets, 10 ms apart, without waiting for a prompt\n", "AT+PINS, value 4 behind +PINS:\n",
        "Error numbers of its own: +CME 700\n", "Restart: AT+CFUN=1,1, away for up to 90 s\n"}) {
    EXPECT_THAT(out, HasSubstr(said));
  }
}

TEST_F(Files, EveryShippedDriverIsSoundAndListed) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(shipped)) {
    EXPECT_EQ(run_bare({"driver", "check", entry.path().string()}), 0) << out;
    ++files;
  }
  EXPECT_EQ(run_bare({"driver", "list", "--json", "--drivers", shipped, "--override", folder / "none"}), 0);
  EXPECT_EQ(list_of(json::parse(out).as_object()).size(), files);
}

TEST_F(Files, ConfigCheckTellsMistakesOfTheConfigurationAndOfItsDrivers) {
  const auto driver = write("installed/acme.yaml", "name: acme\nreset: RESET\n");
  const std::string folders =
      "drivers: {installed: " + (folder / "installed").string() + ", override: " + (folder / "own").string() + "}\n";
  const auto file = write("burstd.yaml", folders + "modems: [{name: a}]\n");
  EXPECT_EQ(run_bare({"config", "check", file}), 1);
  EXPECT_THAT(out, AllOf(HasSubstr(file + ":2:10: modems: which one is it?"), HasSubstr(driver + ":2:8: reset: ")));
  EXPECT_EQ(run_bare({"config", "check", "--json", file}), 1);
  EXPECT_EQ(ctl::list(json::parse(out).as_object(), "complaints").size(), 2U);
  write("installed/acme.yaml", "name: acme\n");
  write("burstd.yaml", folders + "modems: all\n");
  EXPECT_EQ(run_bare({"config", "check", file}), 0);
  EXPECT_EQ(out, file + ": no complaints\n");
  EXPECT_THAT(gateway.asked(), IsEmpty());
}

TEST_F(Files, WhatIsMissingOrUnknownOnTheLineIsWrongUsage) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"driver"},
                                             {"driver", "check"},
                                             {"driver", "check", ""},
                                             {"config", "chekc"},
                                             {"driver", "list", "--drivers", ""}}) {
    EXPECT_EQ(run_bare(words), 2) << words.back();
    EXPECT_THAT(out, IsEmpty());
  }
}

}  // namespace
}  // namespace burstd::ctl
