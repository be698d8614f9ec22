#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bench.hpp"
#include "ctl/care/holder.hpp"
#include "ctl/words/modem_words.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

// now: 2026-11-22 11:00 UTC
const std::string front = R"({"name":"front","state":"ready","since":"2026-11-22T08:00:00Z","operator":"Swisscom",
  "signal":24,"registration":1,"port":"/dev/ttyUSB0","usb":"12d1:1001","socket":"1-1.4","manufacturer":"ACME",
  "model":"M1","driver":"generic","imei":"352099001761481","sim":"8941000000000004567","imsi":"228010000000001",
  "number":"+41791234567","service_centre":"+41794999000","pin_tries_left":3,"report_route":"AT+CNMI=2,1,0,1,0","report_way":"stored",
  "reports_proven":true,"report_note":"Reports are read from its memory.","accepted":12,
  "last_accepted":"2026-11-22T10:59:00Z","last_report":null,"recoveries":3,
  "recovery":{"probes":0,"reopens":2,"resets":1,"usb_resets":0,"quarantines":0},
  "credit":{"amount":12.4,"answer":"CHF 12.40","at":"2026-11-22T08:00:00Z"},
  "owed":[{"sim":"8941000000000009999","reports":3,"replies":1}]})";
const std::string back = R"({"name":"back","state":"quarantined","since":"2026-11-22T09:00:00Z","operator":null,
  "sentence":"The SIM needs its PIN; the configured one was refused.","next_try_at":"2026-11-22T11:10:00Z",
  "pin_tries_left":1,"sim":null,"report_way":"none","reports_proven":false,"recoveries":0,"owed":[]})";
const std::string side = R"({"name":"side","state":"ready","operator":"Salt","signal":3,"sim":"8941000000000001111",
  "report_way":"acknowledged","reports_proven":false,"report_note":"This modem or operator gives no delivery reports.",
  "recoveries":0,"credit":{"amount":null,"answer":"Guthaben?","at":"2026-11-22T08:00:00Z"},
  "owed":[{"sim":"8941000000000002222","reports":0,"replies":1}]})";

Canned listed(const std::string& modems, const std::string& others = "") {
  return {200, R"({"items":[)" + modems + R"(],"others":[)" + others + "]}", {}, false};
}

class Modems : public Bench {};

TEST_F(Modems, AllAreShownAtAGlance) {
  gateway.answer("GET /v1/modems", listed(front + "," + back + "," + side));
  EXPECT_EQ(run_ctl({"modems"}), 0) << err;
  EXPECT_THAT(out, StartsWith("MODEM  STATE      OPERATOR  SIGNAL         REPORTS                  SIM    LAST SENT    "
                              "RECOVERIES\n"
                              "front  ready      Swisscom  strong (24)    stored, proven           …4567  today 10:59  "
                              "         3\n"
                              "back   set aside                                                                        "
                              "         0\n"
                              "side   ready      Salt      very weak (3)  confirmed, not seen yet  …1111               "
                              "         0\n"));
}

TEST_F(Modems, ThoseInTroubleAreExplainedAndTheRestIsNoted) {
  gateway.answer("GET /v1/modems", listed(front + "," + back + "," + side));
  EXPECT_EQ(run_ctl({"modems"}), 0) << err;
  EXPECT_THAT(
      out, HasSubstr(
               "back: The SIM needs its PIN; the configured one was refused. It is tried again today 11:10 (in 10 min)."
               " 1 PIN try is left: a wrong one locks the SIM.\n"
               "front: Its former SIM …9999 is still owed 3 delivery reports and 1 reply; put it into a modem again "
               "for them to arrive.\n"
               "front: Credit: 12.40 (today 08:00)\n"
               "side: This modem or operator gives no delivery reports.\n"
               "side: Its former SIM …2222 is still owed 1 reply; put it into a modem again for it to arrive.\n"
               "side: Credit: not readable in the operator's words \"Guthaben?\" (today 08:00)\n"));
  EXPECT_THAT(out, Not(HasSubstr("read from its memory"))) << "what works needs no words";
}

TEST_F(Modems, TheTableStaysWithinAHundredColumns) {
  look.width = 100;
  gateway.answer("GET /v1/modems", listed(R"({"name":"reception-desk","state":"resetting","operator":"Sunrise UPC GmbH",
    "signal":3,"sim":"8941000000000004567","report_way":"acknowledged","last_accepted":"2026-11-21T10:59:00Z",
    "recoveries":1234567890})"));
  EXPECT_EQ(run_ctl({"modems"}), 0);
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), 100U) << line;
  EXPECT_THAT(out, AllOf(HasSubstr("starting anew"), HasSubstr("…4567  yesterday 10:59  1234567890\n")));
}

TEST_F(Modems, WhatIsPluggedInButNotInUseIsShownWithItsReason) {
  gateway.answer("GET /v1/modems", listed(front, R"({"port":"/dev/ttyUSB3","usb":"12d1:1001","socket":"1-1.2",
    "imei":"358888880000001","sim":"8941000000000007777","manufacturer":"ACME","model":"M2",
    "sentence":"No configured modem has this IMEI."},{"port":null,"usb":"0403:6001","socket":"1-2","sentence":"It has no port."})"));
  EXPECT_EQ(run_ctl({"modems"}), 0);
  EXPECT_THAT(out,
              testing::EndsWith("\nNot in use\n"
                                "  /dev/ttyUSB3 (ACME M2, IMEI 358888880000001, SIM …7777, USB 12d1:1001 in socket "
                                "1-1.2): No configured modem has this IMEI.\n"
                                "  USB 0403:6001 in socket 1-2: It has no port.\n"));
  gateway.answer("GET /v1/modems", listed("", R"({"port":"/dev/ttyUSB3","sentence":"It is not configured."})"));
  EXPECT_EQ(run_ctl({"modems"}), 0);
  EXPECT_THAT(out, AllOf(StartsWith("No modem is configured."), HasSubstr("Not in use\n  /dev/ttyUSB3: It is not")));
}

TEST_F(Modems, OneIsShownInFull) {
  gateway.answer("GET /v1/modems/front", {200, front, {}, false});
  EXPECT_EQ(run_ctl({"modems", "front"}), 0) << err;
  EXPECT_EQ(out,
            "front  ready since today 08:00\n\n"
            "Port            /dev/ttyUSB0\n"
            "USB             12d1:1001 in socket 1-1.4\n"
            "Modem           ACME M1\n"
            "Driver          generic\n"
            "IMEI            352099001761481\n"
            "SIM             8941000000000004567\n"
            "IMSI            228010000000001\n"
            "Number          +41791234567\n"
            "PIN             3 PIN tries are left.\n"
            "Operator        Swisscom\n"
            "Network         home\n"
            "Signal          strong (24)\n"
            "Service centre  +41794999000\n"
            "Reports         kept by the modem until they are read (proven: one has come this way)\n"
            "                Reports are read from its memory.\n"
            "Report route    AT+CNMI=2,1,0,1,0\n"
            "Sent            12 SMS since burstd took it up\n"
            "Last sent       today 10:59\n"
            "Recoveries      2 times opened anew, 1 reset\n"
            "Credit          12.40 (today 08:00)\n"
            "Its former SIM …9999 is still owed 3 delivery reports and 1 reply; put it into a modem again for them to "
            "arrive.\n");
  EXPECT_EQ(run_ctl({"modems", "front", "--json"}), 0);
  EXPECT_EQ(out, front + "\n");
  EXPECT_EQ(run_ctl({"modems", "a/b"}), 1);
  EXPECT_EQ(gateway.asked().back().target, "/v1/modems/a%2Fb");
}

TEST_F(Modems, EveryStateHasAWordForPeople) {
  std::vector<std::string> words;
  for (const char* state : {"absent", "busy", "opening", "setting-up", "waiting", "ready", "paused", "failed",
                            "resetting", "quarantined", "stopped", "later"}) {
    words.push_back(state_cell({{"state", state}}).text);
  }
  EXPECT_THAT(words, ElementsAre("missing", "port taken", "opening", "setting up", "waiting", "ready", "paused",
                                 "failed", "starting anew", "set aside", "stopped", "later"));
}

TEST_F(Modems, NoReportsAreAnAlarmOnlyWhereTheModemIsReady) {
  EXPECT_EQ(reports_cell({{"report_way", "none"}, {"state", "ready"}}).text, "none");
  EXPECT_EQ(reports_cell({{"report_way", "none"}, {"state", "absent"}}).text, "");
  EXPECT_EQ(reports_cell({{"report_way", "direct"}, {"reports_proven", true}}).text, "direct, proven");
}

TEST_F(Modems, TriesAreToldWhereTheyMatter) {
  const base::Time now = base::from_rfc3339("2026-11-22T11:00:00Z").value();
  EXPECT_EQ(trouble_in_words({{"sentence", "Not registered."}, {"pin_tries_left", 3}}, now), "Not registered.");
  EXPECT_EQ(trouble_in_words({{"sentence", "It wants a PIN."}, {"pin_tries_left", 3}}, now),
            "It wants a PIN. 3 PIN tries are left.");
  EXPECT_THAT(trouble_in_words({{"pin_tries_left", 0}}, now), HasSubstr("PUK"));
  EXPECT_EQ(trouble_in_words({{"next_try_at", "2026-11-22T10:00:00Z"}}, now), "It is tried again now.");
}

TEST_F(Modems, ASimThatRestsIsSeenAndSaysUntilWhen) {
  gateway.answer("GET /v1/modems", listed(R"({"name":"front","state":"ready","sentence":"Its SIM rests: refused.",
    "next_try_at":"2026-11-22T11:40:00.000Z","recoveries":0})"));
  EXPECT_EQ(run_ctl({"modems"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("front  resting"), Not(HasSubstr("ready")),
                         HasSubstr("front: Its SIM rests: refused. It is tried again today 11:40 (in 40 min).\n")));
}

TEST_F(Modems, TimesInASentenceAreThoseOfTheClockOnTheWall) {
  const base::Time now = base::from_rfc3339("2026-11-22T11:00:00Z").value();
  const auto words = trouble_in_words({{"sentence", "It waits until 2026-11-22T11:00:57.250Z for word."}}, now);
  EXPECT_EQ(words, "It waits until today 11:00:57 for word.");
}

TEST_F(Modems, WhatIsOrderedIsSaidInASentence) {
  for (const char* deed : {"pause", "resume", "reset", "replace"}) {
    gateway.answer(std::string("POST /v1/modems/front/") + deed, {200, R"({"name":"front"})", {}, false});
  }
  EXPECT_EQ(run_ctl({"modem", "pause", "front", "--user", "anna"}), 0) << err;
  EXPECT_THAT(out, AllOf(StartsWith("front is paused: "), HasSubstr("burstctl modem resume front\n")));
  EXPECT_EQ(run_ctl({"modem", "resume", "front"}), 0);
  EXPECT_THAT(out, StartsWith("front is opened again"));
  EXPECT_EQ(run_ctl({"modem", "reset", "front"}), 0);
  EXPECT_THAT(out, StartsWith("front starts anew"));
  EXPECT_EQ(run_ctl({"modem", "replace", "front", "--imei", "352099001761481", "--port", "/dev/ttyUSB3"}), 0);
  EXPECT_THAT(out, StartsWith("Another modem goes by the name front now"));
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/modems/front/pause {"user":"anna"})", "/v1/modems/front/resume {}",
                                     "/v1/modems/front/reset {}",
                                     R"(/v1/modems/front/replace {"imei":"352099001761481","port":"/dev/ttyUSB3"})"));
}

TEST_F(Modems, ReplaceSaysWhatWasAdopted) {
  const std::string body = R"({"name":"front","adopted":"The modem with IMEI 35 is front now."})";
  gateway.answer("POST /v1/modems/front/replace", {200, body, {}, false});
  EXPECT_EQ(run_ctl({"modem", "replace", "front"}), 0);
  EXPECT_EQ(out, "The modem with IMEI 35 is front now.\n");
  EXPECT_EQ(run_ctl({"modem", "replace", "front", "--json"}), 0);
  EXPECT_EQ(out, body + "\n");
}

TEST_F(Modems, ARefusalSaysWhatToDo) {
  const std::vector<std::pair<std::string, std::string>> refusals{{"modem-unknown", "burstctl modems\n"},
                                                                  {"modem-away", "plugged in"},
                                                                  {"pin-last-try", "--last-try"},
                                                                  {"adoption-ambiguous", "--imei or --port"}};
  for (const auto& [code, advice] : refusals) {
    gateway.answer("POST /v1/modems/" + code + "/reset",
                   {409, R"({"detail":"No.","code":")" + code + "\"}", {}, false});
    EXPECT_EQ(run_ctl({"modem", "reset", code}), 1);
    EXPECT_THAT(err, AllOf(StartsWith("burstctl: No.\n"), HasSubstr(advice))) << code;
  }
}

TEST_F(Modems, WrongUsageOfModemIsNamed) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"modem"},
                                             {"modem", "fly"},
                                             {"modem", "pause"},
                                             {"modem", "pause", ""},
                                             {"modem", "pause", "a", "b"},
                                             {"modem", "reset", "a", "--same"},
                                             {"modem", "unlock", "a", "--imei", "1"},
                                             {"modems", ""}}) {
    EXPECT_EQ(run_ctl(words, "1234\n"), 2) << words.back();
  }
  EXPECT_THAT(gateway.asked(), IsEmpty());
  for (const char* deed : {"pause", "resume", "reset", "unlock", "replace"}) {
    EXPECT_EQ(run_bare({"modem", deed, "--help"}), 0);
    EXPECT_THAT(out, HasSubstr(std::string("Usage: burstctl modem ") + deed));
  }
}

class Unlock : public Bench {
 protected:
  void SetUp() override {
    Bench::SetUp();
    gateway.answer("POST /v1/modems/front/unlock", {200, R"({"name":"front"})", {}, false});
  }
};

TEST_F(Unlock, ThePinComesFromStandardInput) {
  EXPECT_EQ(run_ctl({"modem", "unlock", "front"}, "1234\n"), 0) << err;
  EXPECT_THAT(out, StartsWith("The PIN is tried on the SIM in front."));
  EXPECT_EQ(run_ctl({"modem", "unlock", "front", "--last-try", "--user", "anna"}, " 12345678\r\n"), 0);
  EXPECT_THAT(out + err, Not(HasSubstr("1234")));
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/modems/front/unlock {"pin":"1234"})",
                                     R"(/v1/modems/front/unlock {"pin":"12345678","last_try":true,"user":"anna"})"));
}

TEST_F(Unlock, TheSameOnceMoreNeedsNoPin) {
  EXPECT_EQ(run_ctl({"modem", "unlock", "front", "--same"}, "1234\n"), 0);
  EXPECT_THAT(out, StartsWith("The configured PIN is tried once more"));
  EXPECT_THAT(changes(), ElementsAre("/v1/modems/front/unlock {}"));
}

TEST_F(Unlock, ALostAnswerIsNeverAskedForAgain) {
  gateway.answer("POST /v1/modems/back/unlock", {200, {}, {}, true});
  for (const char* option : {"--last-try", "--same"}) {
    EXPECT_EQ(run_ctl({"modem", "unlock", "back", option}, "1234\n"), 3);
    EXPECT_THAT(err,
                AllOf(HasSubstr("may have been tried"), HasSubstr("burstctl modems back"), Not(HasSubstr("1234"))));
  }
  EXPECT_THAT(changes(),
              ElementsAre(R"(/v1/modems/back/unlock {"pin":"1234","last_try":true})", "/v1/modems/back/unlock {}"));
}

TEST_F(Unlock, WhatIsNoPinIsNotTriedAndNotShown) {
  for (const char* typed : {"", "\n", "123\n", "123456789\n", "12a4\n"}) {
    EXPECT_EQ(run_ctl({"modem", "unlock", "front"}, typed), 2) << typed;
    EXPECT_THAT(err, AllOf(HasSubstr("4 to 8 digits"), Not(HasSubstr("12"))));
  }
  EXPECT_THAT(gateway.asked(), IsEmpty());
}

TEST_F(Unlock, OnATerminalTheTriesAreToldAndNothingTypedIsShown) {
  std::vector<bool> shown;
  echo = [&](bool on) { shown.push_back(on); };
  for (const char* tries : {"2", "1", "null"}) {
    gateway.answer("GET /v1/modems/front",
                   {200, std::string(R"({"name":"front","pin_tries_left":)") + tries + "}", {}, false});
  }
  EXPECT_EQ(run_ctl({"modem", "unlock", "front"}, "1234\n"), 0);
  EXPECT_EQ(err, "PIN of the SIM in front (2 tries left): \n");
  EXPECT_EQ(run_ctl({"modem", "unlock", "front"}, "1234\n"), 0);
  EXPECT_THAT(err, HasSubstr("(1 try left, a wrong PIN locks the SIM): "));
  EXPECT_EQ(run_ctl({"modem", "unlock", "front"}, "1234\n"), 0);
  EXPECT_THAT(err, HasSubstr("(it does not tell how many tries are left): "));
  EXPECT_THAT(shown, ElementsAre(false, true, false, true, false, true));
}

TEST_F(Unlock, AnUnknownModemIsNamedBeforeThePinIsTyped) {
  echo = [](bool) { FAIL() << "nobody was to type"; };
  EXPECT_EQ(run_ctl({"modem", "unlock", "rear"}, "1234\n"), 1);
  EXPECT_THAT(changes(), IsEmpty());
}

class Holding : public testing::Test {
 protected:
  Holding() {
    std::string name = std::filesystem::temp_directory_path() / "ctl-proc-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    root = std::filesystem::canonical(name);
    std::ofstream(root / "ttyUSB0") << "";
    std::filesystem::create_symlink("ttyUSB0", root / "by-id");
  }
  ~Holding() override { std::filesystem::remove_all(root); }

  void process(const std::string& number, const std::string& name, const std::filesystem::path& open) const {
    const auto folder = root / "proc" / number;
    std::filesystem::create_directories(folder / "fd");
    if (!name.empty()) std::ofstream(folder / "comm") << name << '\n';
    std::filesystem::create_symlink("/dev/null", folder / "fd" / "0");
    std::filesystem::create_symlink(open, folder / "fd" / "7");
  }

  std::filesystem::path root;
};

TEST_F(Holding, EveryProcessThatHasThePortOpenIsNamed) {
  process("612", "ModemManager", root / "ttyUSB0");
  process("77", "minicom", root / "ttyUSB0");
  process("78", "cat", root / "ttyUSB1");
  process("79", "", root / "ttyUSB0");
  process("self", "me", root / "ttyUSB0");
  std::filesystem::create_directories(root / "proc" / "80");
  for (const char* port : {"ttyUSB0", "by-id"}) {
    const Holders holders = holders_of(root / port, root / "proc");
    ASSERT_EQ(holders.found.size(), 3U) << port;
    EXPECT_EQ(holders.found[0].process, 77);
    EXPECT_EQ(holders.found[0].name, "minicom");
    EXPECT_EQ(holders.found[1].name, "a program");
    EXPECT_EQ(holders.found[2].name, "ModemManager");
    EXPECT_TRUE(holders.all_seen);
  }
  EXPECT_TRUE(holders_of(root / "ttyUSB9", root / "proc").found.empty());
  EXPECT_TRUE(holders_of(root / "ttyUSB0", root / "none").found.empty());
}

TEST_F(Holding, ATakenPortIsShownWithItsHolder) {
  const std::ofstream held(root / "ttyUSB0");
  const std::string port = root / "by-id";
  EXPECT_THAT(holder_in_words({{"state", "busy"}, {"port", port}}),
              AllOf(StartsWith("The port is held by "), HasSubstr("(process " + std::to_string(::getpid()) + ")")));
  EXPECT_EQ(holder_in_words({{"state", "ready"}, {"port", port}}), "");
  EXPECT_EQ(holder_in_words({{"state", "busy"}}), "");
}

}  // namespace
}  // namespace burstd::ctl
