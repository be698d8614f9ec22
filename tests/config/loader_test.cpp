#include "config/loader.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include "folder.hpp"

namespace burstd::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Loader, AnEmptyFileGivesTheDefaults) {
  const auto loaded = Folder().load("");
  EXPECT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  EXPECT_EQ(loaded.config.socket.socket_path, http::Options{}.socket_path);
  EXPECT_EQ(loaded.config.clinic.categories, clinic::Options{}.categories);
  EXPECT_TRUE(loaded.config.modems.empty());
  EXPECT_EQ(loaded.config.log_level, LogLevel::info);
}

TEST(Loader, ATabIsNamedWithItsLine) {
  for (const char* text :
       {"clinic:\n\tcountry: CH\n", "clinic:\n  country: CH\nsending:\n  limits:\n \tper_day: 5\n"}) {
    const auto said = Folder().complaints(text);
    ASSERT_EQ(said.size(), 1U) << text;
    EXPECT_THAT(said[0], HasSubstr("a tab stands at the beginning of this line"));
    EXPECT_THAT(said[0], StartsWith(text[8] == '\t' ? "2:1: " : "5:2: "));
  }
}

TEST(Loader, AKeyThatBelongsUnderASectionIsShownTheWay) {
  EXPECT_THAT(Folder().complaints("limits: {per_day: 5}\n"),
              ElementsAre("1:1: there is no option \"limits\" here; it belongs under \"sending\"."));
  EXPECT_THAT(Folder().complaints("country: CH\n"), ElementsAre(HasSubstr("it belongs under \"clinic\"")));
  EXPECT_THAT(Folder().complaints("clinc: {}\n"), ElementsAre(HasSubstr("did you mean \"clinic\"?")));
}

TEST(Loader, WhatIsWrittenArrivesInEveryRoom) {
  const auto loaded = Folder().load(R"(
record: {folder: /srv/record}
api: {socket: /tmp/s, mode: "0600", header_limit: 4 KiB, body_limit: 1 MiB, connections: 7, request_time: 750 ms, idle_time: 2 min}
clients:
  others: read
  known:
    - {name: front, users: [0, 1000], role: admin}
    - {name: lab, groups: [root]}
clinic: {country: CH, expiry: 3 d, appointment_margin: 90 min, categories: [recall, direct, group, reminder], most_segments: 3, templates: {hello: {text: "Hi {name}", description: d}}}
sending: {confirmation: network, unconfirmed: failed, report_grace: 2 h, doubtful: {recall: resend-once, direct: hold}, resend_after: 5 min}
modems:
  - {name: left, port: /dev/ttyUSB0, pin: "0123", baud: 9600, keep_alive: 45 s}
  - {name: right, port: /dev/ttyUSB1, driver: generic}
log: {level: debug}
)");
  ASSERT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  const Config& c = loaded.config;
  EXPECT_EQ(c.record.folder, "/srv/record");
  EXPECT_EQ(c.socket.mode, 0600U);
  EXPECT_EQ(c.socket.header_limit, 4096U);
  EXPECT_EQ(c.socket.request_time, std::chrono::milliseconds{750});
  EXPECT_EQ(c.socket.idle_time, std::chrono::minutes{2});
  EXPECT_EQ(c.clients.others, api::Role::read);
  ASSERT_EQ(c.clients.clients.size(), 2U);
  EXPECT_THAT(c.clients.clients[0].uids, ElementsAre(0U, 1000U));
  EXPECT_THAT(c.clients.clients[1].gids, ElementsAre(0U));
  EXPECT_EQ(c.clients.clients[1].role, api::Role::send);
  EXPECT_EQ(c.clinic.expiry, std::chrono::hours{72});
  EXPECT_THAT(c.clinic.categories, ElementsAre("recall", "direct", "group", "reminder"));
  EXPECT_EQ(c.clinic.templates.at("hello").text, "Hi {name}");
  EXPECT_TRUE(c.sending.status.network_confirms);
  EXPECT_TRUE(c.sending.status.unconfirmed_fails);
  EXPECT_EQ(c.sending.report_grace, std::chrono::minutes{120});
  EXPECT_THAT(c.sending.resend_doubtful, ElementsAre("recall"));
  EXPECT_EQ(c.sending.resend_after, std::chrono::minutes{5});
  ASSERT_EQ(c.modems.size(), 2U);
  EXPECT_EQ(c.modems[0].pin, "0123");
  EXPECT_EQ(c.modems[0].keep_alive, std::chrono::seconds{45});
  EXPECT_EQ(c.log_level, LogLevel::debug);
}

TEST(Loader, WhatIsInDoubtIsHeldUntilACategoryThatExistsWantsItOtherwise) {
  EXPECT_TRUE(Folder().load("").config.sending.resend_doubtful.empty());
  EXPECT_THAT(Folder().complaints("sending:\n  doubtful: {resutl: resend-once}\n"),
              ElementsAre("2:22: resutl: there is no such category under \"clinic\"; did you mean \"result\"?"));
  EXPECT_THAT(Folder().complaints("sending:\n  doubtful: {result: always}\n  resend_after: 2 min\n"),
              testing::SizeIs(2));
}

TEST(Loader, TellsEverythingAtOnceInTheOrderOfTheFile) {
  EXPECT_THAT(
      Folder().complaints(R"(recrod:
  folder: /a
api:
  socket: relative
  request-time: 5 s
  idle_time: 60
  connections: many
  mode: rw
clinic:
  country: ZZ
)"),
      ElementsAre(
          "1:1: there is no option \"recrod\"; did you mean \"record\"?",
          "4:11: socket: must be an absolute path, not \"relative\".",
          "5:3: api: there is no option \"request-time\"; did you mean \"request_time\"?",
          "6:14: idle_time: must be a time such as \"500 ms\", \"30 s\", \"10 min\", \"24 h\" or \"2 d\", not \"60\".",
          "7:16: connections: must be a whole number from 1 to 16384, not \"many\".",
          "8:9: mode: must be permissions in octal such as \"0660\", not \"rw\".",
          StartsWith("10:12: country: there is no numbering plan for \"ZZ\"; known are ")));
}

TEST(Loader, AValueThatIsLeftOutIsToldAtItsKey) {
  EXPECT_THAT(Folder().complaints("record:\n  folder:\n\n# more\napi: {}\nlog:\n  level: ~\n"),
              ElementsAre("2:3: folder: has no value; write one or remove the line.",
                          "7:3: level: has no value; write one or remove the line."));
}

TEST(Loader, WhatTwoOptionsSayTogetherIsToldAtOneOfThem) {
  EXPECT_THAT(Folder().complaints("api:\n  mode: \"0600\"\n  body_limit: 200 MiB\n"),
              ElementsAre("3:15: api: bodies_in_flight is less than one body_limit."));
  EXPECT_THAT(Folder().complaints("modems:\n  - name: a\n    port: /dev/a\n    reopen_most: 100 ms\n"),
              ElementsAre("4:18: modems: reopen_most is shorter than reopen_first."));
}

TEST(Loader, OneMistakeIsOneComplaint) {
  EXPECT_THAT(Folder().complaints("clients: {known: [{name: a, users: [no-such-user]}]}\n"),
              ElementsAre(HasSubstr("there is no user \"no-such-user\"")));
  EXPECT_THAT(Folder().complaints("modems: [{name: a, port: x}]\n"), ElementsAre(HasSubstr("an absolute path")));
  EXPECT_THAT(Folder().complaints("clients: {known: [{name: a, users: []}]}\n"),
              ElementsAre(HasSubstr("nobody can be")));
}

TEST(Loader, AValueOfTheWrongShapeIsTold) {
  EXPECT_THAT(
      Folder().complaints("api: [1]\nclinic: {country: [CH], expiry: {a: 1}, margin: }\nmodems: {a: 1}\nlog: loud\n"),
      ElementsAre("1:6: api: must be a group of keys such as \"name: value\".",
                  "2:19: country: must be a single value, not a list.",
                  "2:33: expiry: must be a single value, not a group of keys.",
                  "2:41: margin: has no value; write one or remove the line.",
                  "3:9: modems: must be a list, each item on a line that begins with \"- \".",
                  "4:6: log: must be a group of keys such as \"name: value\"."));
}

TEST(Loader, LimitsHoldAtBothEnds) {
  const Folder folder;
  for (const char* sound : {"clinic: {expiry: 1 h}\n", "clinic: {expiry: 1512 h}\n", "clinic: {most_segments: 255}\n",
                            "api: {body_limit: 64 KiB}\n", "api: {stop_time: 0 s}\n"}) {
    EXPECT_THAT(folder.complaints(sound), IsEmpty()) << sound;
  }
  EXPECT_THAT(folder.complaints("clinic: {expiry: 59 min}\n"),
              ElementsAre("1:18: expiry: must be from 1 h to 63 d, not \"59 min\"."));
  EXPECT_THAT(folder.complaints("clinic: {expiry: 64 d}\n"), ElementsAre(HasSubstr("must be from 1 h to 63 d")));
  EXPECT_THAT(folder.complaints("clinic: {expiry: 90 min}\n"), ElementsAre(HasSubstr("must be a multiple of 1 h")));
  EXPECT_THAT(folder.complaints("clinic: {most_segments: 0}\n"), ElementsAre(HasSubstr("from 1 to 255")));
  EXPECT_THAT(folder.complaints("api: {header_limit: 1 MiB}\n"), ElementsAre(HasSubstr("from 1 KiB to 64 KiB")));
  EXPECT_THAT(folder.complaints("clinic: {expiry: 99999999999999999999 h}\n"),
              ElementsAre(HasSubstr("must be a time")));
  EXPECT_THAT(folder.complaints("clinic: {expiry: 9223372036854775807 d}\n"), ElementsAre(HasSubstr("must be a time")));
}

TEST(Loader, KeysAndNamesStandOnce) {
  EXPECT_THAT(
      Folder().complaints(R"(log: {level: info, level: debug}
log: {}
modems:
  - {name: a, port: /dev/a}
  - {name: a, port: /dev/b}
  - {name: c, port: /dev/a}
clients: {known: [{name: x, users: [root, 0]}]}
)"),
      ElementsAre("1:20: log: the key \"level\" comes twice; remove one of the two.",
                  "2:1: the key \"log\" comes twice; remove one of the two.",
                  "5:5: modems: \"a\" is the name of an earlier one.",
                  "6:21: port: \"/dev/a\" is already the port of \"a\".", "7:43: users: stands twice in the list."));
}

TEST(Loader, WhatIsMissingIsToldWhereItShouldStand) {
  EXPECT_THAT(Folder().complaints("modems:\n  - name: a\n  - port: /dev/b\nclients: {known: [{name: x}]}\n"),
              ElementsAre("2:5: modems: which one is it? Write its port, imei, sim or usb.",
                          "3:5: modems: \"name\" is missing.",
                          "4:19: known: names neither users nor groups, so nobody can be this client."));
}

TEST(Loader, NamesMustExistOnThisMachine) {
  EXPECT_THAT(Folder().complaints("api: {group: nobody-has-this}\nclients: {known: [{name: x, users: [nor-this], "
                                  "groups: [root, nor-that]}]}\n"),
              ElementsAre("1:14: group: there is no group \"nobody-has-this\" on this machine.",
                          "2:37: users: there is no user \"nor-this\" on this machine.",
                          "2:63: groups: there is no group \"nor-that\" on this machine."));
}

TEST(Loader, NoClientHasANameThatTheRecordGivesItself) {
  for (const std::string name : {"burstd", "uid-1000"}) {
    EXPECT_THAT(Folder().complaints("clients: {known: [{name: " + name + ", users: [0]}]}\n"),
                ElementsAre(testing::AllOf(StartsWith("1:26: name: "), HasSubstr("take another"))))
        << name;
  }
}

TEST(Loader, RolesAndLevelsAreWordsOfATable) {
  EXPECT_THAT(Folder().complaints("clients: {others: Admin}\nlog: {level: verbose}\n"),
              ElementsAre("1:19: others: must be none, read, send or admin, not \"Admin\"; did you mean \"admin\"?",
                          "2:14: level: must be error, warning, info or debug, not \"verbose\"."));
}

TEST(Loader, ATemplateThatCannotBeReadIsFoundHere) {
  EXPECT_THAT(
      Folder().complaints("clinic: {templates: {bad: {text: 'Dear {name'}, Bad name: {text: a}, none: {}}}\n"),
      ElementsAre(StartsWith("1:34: text: "), HasSubstr("must be a name of a-z"), "1:76: none: \"text\" is missing."));
}

TEST(Loader, ATemplateHasItsOwnNameAndSaysSomething) {
  EXPECT_THAT(Folder().complaints("clinic: {templates: {appointment-reminder: {text: a}, b: {text: ' '}}}\n"),
              ElementsAre("1:22: templates: \"appointment-reminder\" comes with the gateway; give yours another name.",
                          "1:65: text: must not be blank."));
}

TEST(Loader, TheCategoriesHoldThoseThatAreGivenByThemselves) {
  EXPECT_THAT(Folder().complaints("clinic: {categories: [recall, group]}\n"),
              ElementsAre(HasSubstr("1:22: categories: must hold \"direct\""), HasSubstr("must hold \"reminder\"")));
}

TEST(Loader, APinIsNeverShown) {
  for (const auto& said : Folder().complaints("modems: [{name: a, port: /dev/a, pin: '12x4'}]\n")) {
    EXPECT_THAT(said, testing::Not(HasSubstr("12x4")));
    EXPECT_THAT(said, HasSubstr("pin: must be 4 to 8 digits"));
  }
  EXPECT_THAT(Folder().complaints("modems: [{name: a, port: /dev/a, pin: '12x4'}]\n"), testing::SizeIs(1));
}

TEST(Loader, SyntaxIsToldWithItsPlace) {
  EXPECT_THAT(Folder().complaints("api:\n  socket: \"/a\n  mode: 1\n"), ElementsAre(HasSubstr("this is not YAML: ")));
  EXPECT_THAT(Folder().complaints("api:\n\tsocket: /a\n"),
              ElementsAre(StartsWith("2:1: a tab stands at the beginning")));
  EXPECT_THAT(Folder().complaints("log: {}\n---\nlog: {}\n"), ElementsAre(HasSubstr("a second document begins here")));
  EXPECT_THAT(Folder().complaints("log: {level: \"\xFF\"}\n"), ElementsAre(StartsWith("1:1: ")));
  EXPECT_THAT(Folder().complaints("? [a, b]\n: c\n"), ElementsAre("1:3: a key must be a plain word."));
}

TEST(Loader, AFileThatCannotBeReadIsToldAsSuch) {
  const Folder folder;
  const auto absent = load(folder.path() / "absent.yaml").complaints;
  ASSERT_EQ(absent.size(), 1U);
  EXPECT_EQ(to_string(absent[0]),
            (folder.path() / "absent.yaml").string() + ":1:1: the file cannot be read: No such file or directory.");
  EXPECT_THAT(Folder::short_form(load(folder.path()).complaints), ElementsAre(HasSubstr("this is a folder")));
  EXPECT_THAT(folder.complaints("# " + std::string(2U << 20U, 'x') + "\n"),
              ElementsAre(HasSubstr("larger than 1 MiB")));
}

TEST(Loader, ModemsNameDriversThatExist) {
  const Folder folder;
  folder.write("drivers/stick.yaml", "name: stick\n");
  EXPECT_THAT(
      folder.complaints("modems: [{name: a, port: /dev/a, driver: stick}, {name: b, port: /dev/b, driver: generic}]\n"),
      IsEmpty());
  EXPECT_THAT(folder.complaints("modems: [{name: a, port: /dev/a, driver: stik}]\n"),
              ElementsAre("1:42: driver: there is no driver \"stik\"; did you mean \"stick\"?"));
}

}  // namespace
}  // namespace burstd::config
