// Reports of other programs, read by a mapping: burstctl burst preview FILE --report MAPPING.
#include "ctl/burst/report_rows.hpp"

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>

#include "bench.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

const std::string shipped_mapping =
    (std::filesystem::path(BURSTD_TESTS).parent_path() / "config/reports/appointments.yaml").string();

const std::string tomorrow =
    "Patient no.;Patient;Mobile;Date;Begin;Doctor;Status;No SMS;Appointment no.;Diagnosis\n"
    "P-1;Anna Muster;079 123 45 61;01.07.2026;08:30;Dr. Who;planned;;A-1;secret\n"
    "P-2;Bob;079 123 45 62;rubbish;;Dr. No;Cancelled;;A-2;secret\n"
    "P-3;Zoë;;29.03.2026;02:30;;planned;x;A-3;secret\n";

class Reports : public Bench {
 protected:
  std::string file(const std::string& octets, const std::string& name) const {
    const std::string path = std::filesystem::path(gateway.path()).parent_path().string() + "/" + name;
    std::ofstream(path, std::ios::binary) << octets;
    return path;
  }

  int preview(const std::string& sheet, const std::string& mapping, std::vector<std::string> more = {}) {
    gateway.answer("POST /v1/batches", {201, R"({"id":"B1","state":"preview","rows_total":1})", {}, false});
    gateway.answer("GET /v1/batches/B1/rows", {200, R"({"items":[],"next":null})", {}, false});
    std::vector<std::string> words{"burst", "preview", sheet, "--report", mapping, "--client-ref", "r"};
    words.insert(words.end(), more.begin(), more.end());
    return run_ctl(words);
  }
};

TEST_F(Reports, TheShippedMappingReadsAListOfAppointments) {
  EXPECT_EQ(preview(file(tomorrow, "tomorrow.csv"), shipped_mapping), 0) << err;
  ASSERT_THAT(changes(), SizeIs(1));
  EXPECT_EQ(changes().at(0), R"(/v1/batches {"client_ref":"r","template":"appointment-reminder","category":"reminder",)"
                             R"("timezone":"Europe/Zurich","recipients":[)"
                             R"({"to":"079 123 45 61","patient":"P-1","patient_name":"Anna Muster",)"
                             R"("appointment_at":"2026-07-01T06:30:00.000Z","fields":{"doctor":"Dr. Who"}},)"
                             R"({"to":"079 123 45 62","patient":"P-2","patient_name":"Bob",)"
                             R"("exclude":"The appointment does not take place","fields":{"doctor":"Dr. No"}},)"
                             R"({"to":"","patient":"P-3","patient_name":"Zoë",)"
                             R"("exclude":"The patient wants no messages","fields":{}}]})");
  EXPECT_THAT(changes().at(0), Not(HasSubstr("secret")));
}

TEST_F(Reports, TheCommandGoesBeforeTheMapping) {
  EXPECT_EQ(preview(file(tomorrow, "t.csv"), shipped_mapping, {"--text", "Hi {doctor}", "--category", "recall"}), 0)
      << err;
  EXPECT_THAT(changes().at(0), StartsWith(R"(/v1/batches {"client_ref":"r","text":"Hi {doctor}","category":"recall")"));
}

TEST_F(Reports, JsonIsReadByItsMembers) {
  const auto mapping = file(
      "rows: data.list\ncolumns: {number: patient.phone, name: patient.name}\ntext: Hi\n"
      "appointment: {column: at, format: \"yyyy-MM-dd'T'HH:mm:ss\", timezone: UTC}\n"
      "exclude: [{column: done, values: ['yes'], reason: over}]\n",
      "json.yaml");
  const auto sheet = file(R"({"data":{"list":[{"patient":{"phone":41791234561,"name":"Ann"},"at":"2026-07-01T08:30:00"},
      {"patient":{"phone":"079"},"done":true,"at":null}]}})",
                          "rows.json");
  EXPECT_EQ(preview(sheet, mapping), 0) << err;
  EXPECT_THAT(changes().at(0), EndsWith(R"("recipients":[{"to":"41791234561","patient_name":"Ann",)"
                                        R"("appointment_at":"2026-07-01T08:30:00.000Z","fields":{}},)"
                                        R"({"to":"079","exclude":"over","fields":{}}]})"));
  EXPECT_EQ(preview(file("{}", "empty.json"), mapping), 1);
  EXPECT_THAT(err, HasSubstr("its member \"data.list\" is no list"));
}

TEST_F(Reports, RowsThatCannotBeReadAreToldWithTheirLineAndNothingIsAsked) {
  const auto sheet = file(
      "Patient no.;Patient;Mobile;Date;Begin;Doctor;Status;No SMS;Appointment no.\n"
      "P-1;Ann;079 1;31.02.2026;08:30;;;;1\nP-2;Bob;4.17E+10;;;;;;2\nP-3;Eve;079 1;01.03.2026;8 Uhr;;;;3\n",
      "bad.csv");
  EXPECT_EQ(preview(sheet, shipped_mapping), 1);
  EXPECT_THAT(err, AllOf(HasSubstr("Line 2: the appointment \"31.02.2026\" is not one written dd.MM.yyyy."),
                         HasSubstr("Line 3: \"4.17E+10\" is what a spreadsheet made"),
                         HasSubstr("Line 4: the appointment \"8 Uhr\" is not one written HH:mm."),
                         HasSubstr("Nothing was sent.")));
  EXPECT_EQ(preview(file("Mobile;Patient\n079;Ann\n", "few.csv"), shipped_mapping), 1);
  EXPECT_THAT(err,
              AllOf(HasSubstr("The mapping names \"Patient no.\", \"Date\""), HasSubstr("it has Mobile, Patient.")));
  EXPECT_THAT(gateway.asked(), SizeIs(0));
}

TEST_F(Reports, MistakesOfTheMappingAreToldWithLineAndColumn) {
  const auto mapping = file("columns:\n  number: Tel\n  nam: Name\ncategory: Recall!\n", "wrong.yaml");
  EXPECT_EQ(preview(file(tomorrow, "t.csv"), mapping), 1);
  EXPECT_THAT(err, AllOf(HasSubstr("wrong.yaml is not sound; nothing was sent."),
                         HasSubstr("wrong.yaml:3:3: columns: there is no option \"nam\"; did you mean \"name\"?"),
                         HasSubstr("wrong.yaml:4:11: category:")));
  EXPECT_THAT(gateway.asked(), SizeIs(0));
}

TEST_F(Reports, WhatDoesNotGoTogetherIsWrongUsage) {
  const auto sheet = file(tomorrow, "t.csv");
  EXPECT_EQ(preview(sheet, shipped_mapping, {"--name-column", "Patient"}), 2);
  EXPECT_EQ(preview(sheet, shipped_mapping, {"--group", "flu"}), 2);
  EXPECT_EQ(run_ctl({"burst", "preview", "--group", "flu", "--report", shipped_mapping}), 2);
  EXPECT_EQ(run_ctl({"burst", "preview", "--text", "x"}), 2);
  EXPECT_THAT(err, HasSubstr("Name a FILE of recipients, or --group NAME"));
  EXPECT_EQ(run_ctl({"burst", "send", "B1", "--report", shipped_mapping}), 2);
  EXPECT_THAT(gateway.asked(), SizeIs(0));
}

}  // namespace
}  // namespace burstd::ctl
