// Limits, hours and routes as they are written.
#include <gmock/gmock.h>

#include "config/loader.hpp"
#include "folder.hpp"

namespace burstd::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string modems = "modems:\n  - {name: front, port: /dev/ttyUSB0}\n  - {name: back, port: /dev/ttyUSB1}\n";

std::vector<std::string> complaints(const std::string& sending) {
  return Folder::short_form(Folder().load("sending:\n" + sending + "\n" + modems).complaints);
}

TEST(Sending, AModemsOwnLimitsStandOnTheGeneralOnes) {
  const auto loaded =
      Folder().load("sending:\n  limits_of:\n    front: {per_day: 500}\n  limits: {per_minute: 15}\n" + modems);
  ASSERT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  const auto front = gateway::limits_of(loaded.config.sending, "front");
  EXPECT_EQ(front.per_day, 500);
  EXPECT_EQ(front.per_minute, 15);
  EXPECT_EQ(front.per_hour, message::Limits{}.per_hour);
  EXPECT_EQ(gateway::limits_of(loaded.config.sending, "back").per_day, message::Limits{}.per_day);
}

TEST(Sending, HoursOfACategoryAndOfTheOthers) {
  const auto loaded = Folder().load(
      "sending:\n  windows:\n    default: [\"mon-fri 08:00-20:00\", \"sat 9:00-12:00\"]\n    result: []\n"
      "clinic: {timezone: America/New_York}\n");
  ASSERT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  const auto& windows = loaded.config.sending.windows;
  EXPECT_EQ(windows.at("reminder"), (message::Window{{1, 5, 480, 1200}, {6, 6, 540, 720}}));
  EXPECT_TRUE(windows.at("result").empty());
  EXPECT_FALSE(windows.contains("default"));
  EXPECT_EQ(loaded.config.sending.timezone, "America/New_York");
}

TEST(Sending, WhatIsNoHourIsTold) {
  for (const char* wrong :
       {"mon-fri", "mon-fri 8-20", "mo 08:00-12:00", "mon 20:00-06:00", "mon 08:00-24:01", "mon 8:5-9:00"}) {
    EXPECT_THAT(complaints("  windows: {result: [\"" + std::string(wrong) + "\"]}"),
                ElementsAre(HasSubstr("mon-fri 08:00-20:00")))
        << wrong;
  }
  EXPECT_THAT(complaints("  windows: {reminders: []}"), ElementsAre(HasSubstr("did you mean \"reminder\"?")));
}

TEST(Sending, HoursMayBeWrittenAsPeopleWriteThem) {
  const auto loaded =
      Folder().load("sending:\n  windows: {direct: [\"Mon-Fri 08:00 - 20:00\", \"Sat  9:00-12:00 \"]}\n");
  ASSERT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  EXPECT_EQ(loaded.config.sending.windows.at("direct"), (message::Window{{1, 5, 480, 1200}, {6, 6, 540, 720}}));
}

std::vector<std::string> warnings(const std::string& text) {
  const auto loaded = Folder().load(text);
  EXPECT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  return Folder::short_form(loaded.warnings);
}

TEST(Sending, HoursThatShutForLongerThanAMessageLivesAreWarnedOf) {
  const std::string hours = "sending:\n  windows:\n    default: [\"mon-fri 08:00-20:00\"]\n    result: []\n";
  EXPECT_THAT(warnings(hours), ElementsAre(testing::AllOf(testing::StartsWith("3:14: default: is shut for 60 hours"),
                                                          HasSubstr("the 24 hours that a message lives"))));
  EXPECT_THAT(warnings(hours + "clinic: {expiry: 60 h}\n"), IsEmpty());
  EXPECT_THAT(warnings("sending:\n  windows: {default: [\"mon-sun 08:00-20:00\"]}\n"), IsEmpty());
}

TEST(Sending, LimitsOfWhichOneIsNeverReachedAreWarnedOf) {
  EXPECT_THAT(warnings("sending:\n  limits: {per_minute: 20, per_hour: 10, per_day: 0, per_month: 5}\n"),
              ElementsAre(HasSubstr("limits: per_minute (20) is more than per_hour (10)"),
                          HasSubstr("limits: per_hour (10) is more than per_month (5)")));
  EXPECT_THAT(warnings("sending:\n  limits_of: {front: {per_day: 50}}\n" + modems),
              ElementsAre(HasSubstr("front: per_hour (60) is more than per_day (50)")));
  EXPECT_THAT(warnings("sending:\n  limits: {per_minute: 6, per_hour: 6, per_day: 0}\n"), IsEmpty());
}

TEST(Sending, NamesOfModemsMustBeKnown) {
  EXPECT_THAT(complaints("  limits_of: {frnt: {per_day: 5}}"), ElementsAre(HasSubstr("did you mean \"front\"?")));
  EXPECT_THAT(complaints("  routes: [{prefix: \"+4179\", modems: [bck]}]"),
              ElementsAre(HasSubstr("did you mean \"back\"?")));
  EXPECT_THAT(
      Folder::short_form(Folder().load("sending: {limits_of: {later: {per_day: 5}}}\nmodems: all\n").complaints),
      IsEmpty());
}

TEST(Sending, CategoriesMustBeKnownWhateverIsSaidOfThem) {
  for (const char* said : {"hold", "resend-once"}) {
    EXPECT_THAT(complaints("  doubtful: {remindre: " + std::string(said) + "}"),
                ElementsAre("2:24: remindre: there is no such category under \"clinic\"; did you mean \"reminder\"?"));
  }
  EXPECT_THAT(complaints("  doubtful: {default: hold}"), ElementsAre(HasSubstr("no such category")));
  EXPECT_THAT(complaints("  windows:\n    nosuch:\n    direct: []"),
              ElementsAre("3:5: nosuch: there is no such category under \"clinic\"."));
  EXPECT_THAT(complaints("  windows: {No Such: []}"), ElementsAre(HasSubstr("must be a name")));
}

TEST(Sending, ARouteHasAPrefixAndModems) {
  EXPECT_THAT(complaints("  routes: [{prefix: \"0791\", modems: [front]}]"), ElementsAre(HasSubstr("+4179")));
  EXPECT_THAT(complaints("  routes: [{prefix: \"+4179\"}]"), ElementsAre(HasSubstr("names no modem")));
  EXPECT_THAT(complaints("  routes: [{prefix: \"+4179\", modems: []}]"), ElementsAre(HasSubstr("names no modem")));
  std::string many;
  for (int n = 100; n < 164; ++n) many += "{prefix: \"+41" + std::to_string(n) + "\", modems: [front]}, ";
  EXPECT_THAT(complaints("  routes: [" + many + "]"), ElementsAre(HasSubstr("at most 63")));
  EXPECT_THAT(complaints("  routes: [{prefix: \"+4179\", modems: [\"No Name\"]}]"),
              ElementsAre(HasSubstr("a name of")));
}

}  // namespace
}  // namespace burstd::config
