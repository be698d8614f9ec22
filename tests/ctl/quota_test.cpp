// What the SIMs have left, what a message waits for and until when, and hours that are not now.
#include "bench.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// now: 2026-11-22 11:00 UTC
class Quota : public Bench {};

TEST_F(Quota, APauseByTheMinuteIsNoAlarmAndItsTimeIsLocal) {
  const std::string reason =
      "The SIM of modem front has used up its limit by the minute. It goes on at "
      "2026-11-22T11:01:00.000Z.";
  for (const char* sending : {"true", "false"}) {
    gateway.answer("GET /v1/status",
                   {200,
                    std::string(R"({"version":"1","sending":)") + sending + R"(,"reason":")" + reason +
                        R"(","modems":[{"name":"front","state":"ready","quota_left":{
                                          "minute":{"most":6,"left":0,"goes_on_at":"2026-11-22T11:01:00Z"},
                                          "hour":{"most":60,"left":40,"goes_on_at":null},
                                          "day":{"most":100,"left":80,"goes_on_at":null}}}]})",
                    {},
                    false});
  }
  const std::string words = "The SIM of modem front has used up its limit by the minute. It goes on today 11:01:00.\n";
  EXPECT_EQ(run_ctl({"status"}), 0) << err;
  EXPECT_THAT(out, StartsWith("burstd 1: sending, slowed: " + words));
  EXPECT_THAT(out, HasSubstr("MODEM  STATE  QUOTA LEFT\nfront  ready  0 (minute)\n"));
  EXPECT_EQ(run_ctl({"status"}), 0);
  EXPECT_THAT(out, StartsWith("burstd 1: NOT SENDING: " + words));
}

TEST_F(Quota, CheckAndSendSayWhenTheHoursBegin) {
  gateway.answer("POST /v1/messages/check", {200,
                                             R"({"to":"+41791","segments":1,"verdict":"ok","flags":["would-expire"],
                  "opens_at":"2026-11-24T08:00:00Z"})",
                                             {},
                                             false});
  EXPECT_EQ(run_ctl({"check", "--to", "0791", "--text", "x"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("Note:    would-expire: "),
                         HasSubstr("Hours:   those of its category begin 24 Nov 08:00\n")));
  const std::string held = R"({"id":"M1","mobile_number":"+41791","status":"Pending","state":"held","segments":1,)";
  gateway.answer("POST /v1/messages",
                 {201,
                  held + R"("held_by":"window","hold":{"by":"window","until":"2026-11-24T08:00:00Z"},
                  "opens_at":"2026-11-24T08:00:00Z","expires_at":"2026-11-23T11:00:00Z"})",
                  {},
                  false});
  gateway.answer("POST /v1/messages",
                 {201,
                  held + R"("held_by":"send-after","hold":{"by":"send-after","until":"2026-11-22T20:00:00Z"},
                  "opens_at":"2026-11-23T08:00:00Z","expires_at":"2026-11-23T20:00:00Z"})",
                  {},
                  false});
  EXPECT_EQ(run_ctl({"send", "--to", "0791", "--text", "x"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("It waits: the hours of its category begin 24 Nov 08:00.\n"),
                         HasSubstr("It expires before them, tomorrow 11:00, and will not be sent.")));
  EXPECT_EQ(run_ctl({"send", "--to", "0791", "--text", "x"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("It waits: it is not to leave before today 20:00.\n"),
                         HasSubstr("The hours of its category begin tomorrow 08:00.\n"), Not(HasSubstr("expires"))));
}

TEST_F(Quota, QuotaTellsTheLightAndWhatEachSimHas) {
  gateway.answer("GET /v1/quota", {200,
                                   R"({"light":"red","available":5,"needed":12,"margin":50,"limited_by":"day","sims":[
    {"modem":"front","quota_left":{"minute":{"most":6,"left":3,"goes_on_at":null},
     "day":{"most":100,"left":5,"goes_on_at":null},"credit":{"left":7}}},
    {"modem":"back","quota_left":{"minute":{"most":6,"left":6,"goes_on_at":null},
     "day":{"most":100,"left":0,"goes_on_at":"2026-11-23T00:00:00Z"}}}]})",
                                   {},
                                   false});
  EXPECT_EQ(run_ctl({"quota", "--segments", "12"}), 1) << err;
  EXPECT_EQ(gateway.asked().front().target, "/v1/quota?segments=12");
  EXPECT_EQ(out,
            "red: more SMS than may leave; sending is refused (12 needed, 5 available, limited by day)\n"
            "MODEM  MINUTE       DAY  CREDIT\n"
            "front  3 of 6  5 of 100       7\n"
            "back   6 of 6  0 of 100\n"
            "back: nothing is left by the day; it goes on tomorrow 00:00.\n");
  EXPECT_EQ(run_ctl({"quota", "--segments", "-1"}), 2);
  gateway.answer("GET /v1/quota", {200, R"({"light":"green","available":null,"needed":0,"sims":[]})", {}, false});
  EXPECT_EQ(run_ctl({"quota"}), 0);
  EXPECT_THAT(gateway.asked(), testing::Contains(testing::Field(&Asked::target, "/v1/quota")));
  EXPECT_THAT(out, HasSubstr("No modem is in service"));
}

TEST_F(Quota, NothingLeftIsNotYellowAndWhatKeepsAllBackIsSaid) {
  gateway.answer(
      "GET /v1/quota",
      {200, R"({"light":"yellow","available":0,"needed":0,"margin":50,"limited_by":"day","sims":[]})", {}, false});
  gateway.answer("GET /v1/status",
                 {200,
                  R"({"modems":[{"name":"a","state":"ready"}],"sending":false,"held":{"since":"x"},"reason":"Held."})",
                  {},
                  false});
  EXPECT_EQ(run_ctl({"quota"}), 0) << err;
  EXPECT_THAT(
      out, AllOf(StartsWith("red: nothing is left (limited by day)\n"), HasSubstr("\nNothing can leave now. Held.\n")));
}

TEST_F(Quota, ShowTellsOfAHeldMessageWhichLimitOfWhichSimAndUntilWhen) {
  const auto shown = [&](const std::string& hold) {
    gateway.answer("GET /v1/messages/" + hold.substr(0, 1), {200, "{}", {}, false});
    gateway.answer("GET /v1/clinical-items/" + hold.substr(0, 1),
                   {200, R"({"id":"M1","status":"Pending","state":"held",)" + hold.substr(1) + "}", {}, false});
    EXPECT_EQ(run_ctl({"show", hold.substr(0, 1)}), 0) << err;
    return out;
  };
  EXPECT_THAT(
      shown(R"(1"held_by":"quota","hold":{"by":"quota","until":"2026-11-23T00:00:00Z","modem":"front","limit":"day"})"),
      HasSubstr("It waits       the SIM of front has used up its limit by the day; it goes on tomorrow 00:00\n"));
  EXPECT_THAT(shown(R"(2"held_by":"window","hold":{"by":"window","until":"2026-11-23T08:00:00Z"})"),
              HasSubstr("It waits       the hours of its category begin tomorrow 08:00\n"));
  EXPECT_THAT(shown(R"(3"held_by":"send-after","hold":{"by":"send-after","until":"2026-11-22T15:00:00Z"})"),
              HasSubstr("it is not to leave before today 15:00\n"));
  EXPECT_THAT(shown(R"(4"held_by":"no-modem","hold":{"by":"no-modem","until":null})"),
              HasSubstr("It waits       no modem that may send it is ready (burstctl modems)\n"));
}

}  // namespace
}  // namespace burstd::ctl
