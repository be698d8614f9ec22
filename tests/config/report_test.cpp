// The mappings of other programs' reports: what they say, and every mistake with its place.
#include "config/report.hpp"

#include <gmock/gmock.h>

#include "folder.hpp"

namespace burstd::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::filesystem::path shipped_mapping =
    std::filesystem::path(BURSTD_TESTS).parent_path() / "config/reports/appointments.yaml";

std::string mapping_text(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> complaints_about(const std::string& text) {
  const Folder folder;
  std::vector<Complaint> complaints;
  load_report(folder.write("report.yaml", text), complaints);
  return Folder::short_form(complaints);
}

TEST(ReportMapping, TheShippedOneIsSound) {
  std::vector<Complaint> complaints;
  const Report report = load_report(shipped_mapping, complaints);
  ASSERT_THAT(Folder::short_form(complaints), IsEmpty());
  EXPECT_EQ(report.columns.number, "Mobile");
  EXPECT_EQ(report.appointment.timezone, "Europe/Zurich");
  EXPECT_EQ(report.fields.at("doctor"), "Doctor");
  ASSERT_EQ(report.exclude.size(), 2U);
  EXPECT_THAT(report.exclude.at(0).values, ElementsAre("cancelled", "done"));
  EXPECT_THAT(report.exclude.at(1).values, IsEmpty());
  EXPECT_EQ(report.template_name, "appointment-reminder");
}

TEST(ReportMapping, TheShippedOneShowsEveryKey) {
  const auto document = YAML::Load(with_every_option(mapping_text(shipped_mapping), ""));
  for (const auto& key : known_report_keys()) EXPECT_TRUE(is_there(document, key)) << key;
  EXPECT_GT(known_report_keys().size(), 15U);
}

TEST(ReportMapping, EveryMistakeIsToldWithItsPlace) {
  EXPECT_THAT(complaints_about("columns: {numbr: Tel}\n"
                               "appointment: {column: Date, format: DD.MM., timezone: Mars}\n"
                               "fields: {first name: Name}\n"
                               "exclude: [{column: Status}]\n"
                               "text: 'Dear {'\n"),
              ElementsAre("1:10: columns: \"number\" is missing.",
                          "1:11: columns: there is no option \"numbr\"; did you mean \"number\"?",
                          testing::StartsWith("2:37: format: must be a date or time like"),
                          testing::StartsWith("2:55: timezone: there is no time zone \"Mars\""),
                          testing::StartsWith("3:10: fields: a placeholder's name has letters"),
                          "4:11: exclude: \"reason\" is missing.", testing::StartsWith("5:7: text: At character 6")));
  EXPECT_THAT(complaints_about("columns: {number: Tel}\ntemplate: a\ntext: Hi\n"),
              ElementsAre("1:1: either template or text, not both."));
}

TEST(ReportMapping, AnAppointmentNeedsItsDayAndItsTimeOnce) {
  const auto about = [](const std::string& appointment) {
    return complaints_about("columns: {number: Tel}\nappointment: {column: D, timezone: UTC, " + appointment + "}\n");
  };
  EXPECT_THAT(about("format: yyyy-MM-dd HH:mm"), IsEmpty());
  EXPECT_THAT(about("format: yyyy-MM-dd, time_column: T, time_format: HH:mm"), IsEmpty());
  EXPECT_THAT(about("format: HH:mm"), ElementsAre(testing::HasSubstr("says no day")));
  EXPECT_THAT(about("format: dd.MM.yyyy"), ElementsAre(testing::HasSubstr("says no time of day")));
  EXPECT_THAT(about("format: dd.MM.yyyy, time_column: T"), ElementsAre(testing::HasSubstr("go together")));
  EXPECT_THAT(about("format: dd.MM.yyyy HH:mm, time_column: T, time_format: HH:mm"),
              ElementsAre(testing::HasSubstr("in two places")));
  EXPECT_THAT(about("format: dd.MM.yyyy, time_column: T, time_format: dd HH"),
              ElementsAre(testing::HasSubstr("must say the time and no day")));
}

TEST(ReportMapping, AFileThatIsNoneIsToldOf) {
  std::vector<Complaint> complaints;
  load_report("/nonexistent/report.yaml", complaints);
  EXPECT_EQ(complaints.size(), 1U);
  EXPECT_THAT(complaints_about(""), ElementsAre(testing::HasSubstr("\"columns\" is missing")));
}

}  // namespace
}  // namespace burstd::config
