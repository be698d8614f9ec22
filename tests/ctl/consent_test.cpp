// What stands on the screen before a burst is sent and when it is withdrawn: what can be sent of it, what of the rows
// that were chosen, whether anything can leave at all, and no word that is not so.
#include "bench.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/obstacle.hpp"

#include <boost/json/parse.hpp>

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

const std::string mixed_rows = R"({"items":[
  {"row":1,"to":"0791","text":"Dear A","segments":1,"verdict":"ok","flags":[],"missing":[],"selected":true},
  {"row":2,"to":"0792","text":"Dear B, a long one","segments":3,"verdict":"ok","flags":[],"missing":[],"selected":true},
  {"row":3,"to":"","text":"","segments":0,"verdict":"number-missing","flags":[],"missing":[],"selected":true},
  {"row":4,"to":"0794","text":"","segments":0,"verdict":"excluded","exclude":"moved away","flags":[],
   "missing":["date"],"selected":false},
  {"row":5,"to":"0795","text":"Dear E","segments":1,"verdict":"expired","flags":[],"missing":[],"selected":true,
   "appointment_at":"2026-11-22T11:45:00Z"},
  {"row":6,"to":"0796","text":"Dear F","segments":1,"verdict":"already-accepted","flags":[],"missing":[],
   "selected":true,"earlier_item":"A-10","earlier_status":"Send Failed"},
  {"row":7,"to":"0797","text":"Dear G","segments":1,"verdict":"ok","flags":["recently-sent"],"missing":[],
   "selected":false,"earlier_item":"A-11"}],"next":null})";

std::string mixed_preview(const std::string& light = "green") {
  return R"({"id":"B1","state":"preview","rows_total":7,"rows_selected":5,"segments_total":4,"light":")" + light +
         R"(","eta":"2026-11-22T12:05:00Z","quota":{"available":52,"needed":4,"margin":50,"limited_by":"day"}})";
}

class Consent : public Bench {
 protected:
  void answer(const std::string& route, const std::string& body, unsigned status = 200) {
    gateway.answer(route, {status, body, {}, false});
  }

  void preview_of(const std::string& batch, const std::string& rows) {
    answer("POST /v1/batches", batch, 201);
    answer("GET /v1/batches/B1/rows", rows);
  }

  int preview_it() { return run_ctl({"burst", "preview", "-", "--text", "x"}, R"([{"to":"1"}])"); }

  int send_it(std::vector<std::string> more, const std::string& typed = "n\n") {
    asks = true;
    answer("GET /v1/groups/g", "{}");
    std::vector<std::string> words{"burst", "send", "--group", "g", "--text", "x"};
    words.insert(words.end(), more.begin(), more.end());
    return run_ctl(words, typed);
  }
};

TEST_F(Consent, ThePreviewCountsWhatCannotBeSentAndWhatIsNotSentAgain) {
  preview_of(mixed_preview(), mixed_rows);
  EXPECT_EQ(preview_it(), 0) << err;
  EXPECT_THAT(out, HasSubstr("Rows         5 of 7 selected; 2 of them cannot be sent and become Send Failed; 1 of them "
                             "is not sent: accepted before, or excluded\n"));
  EXPECT_THAT(out, HasSubstr("To send:        burstctl burst send B1\n"));
}

TEST_F(Consent, AnExclusionIsShownWithItsReasonAndNothingElse) {
  preview_of(mixed_preview(), mixed_rows);
  EXPECT_EQ(preview_it(), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("excluded: moved away"), Not(HasSubstr("(date)")),
                         Not(HasSubstr("Excluded by the caller"))));
}

TEST_F(Consent, VerdictsSayWhatIsSoAndWhatToDo) {
  preview_of(mixed_preview(), mixed_rows);
  EXPECT_EQ(preview_it(), 0) << err;
  EXPECT_THAT(out, ContainsRegex("expired +Its appointment is too near: .* 60 minutes before it"));
  EXPECT_THAT(out, ContainsRegex("already-accepted +see A-10, Send Failed +Dear F"));
  EXPECT_THAT(out, ContainsRegex("already-accepted +Taken before under this client_ref, and not sent twice; another "
                                 "client_ref, or burstctl resend A-10, sends it again\n"));
  EXPECT_THAT(out, ContainsRegex("recently-sent +This patient was already written to about this appointment, or this "
                                 "text to this number, in the last 24 hours; select the row"));
}

TEST_F(Consent, WhereNothingCanBeSentNoCommandToSendIsTheLastWord) {
  preview_of(R"({"id":"B1","state":"preview","rows_total":1,"rows_selected":1,"segments_total":0,"light":"green"})",
             R"({"items":[{"row":1,"to":"","verdict":"number-missing","flags":[],"selected":true}],"next":null})");
  EXPECT_EQ(preview_it(), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("1 of them cannot be sent and becomes Send Failed"), Not(HasSubstr("To send:")),
                         HasSubstr("nothing of it can be sent")));
  EXPECT_EQ(send_it({}), 1);
  EXPECT_THAT(out, AllOf(HasSubstr("Record them as Send Failed now? [y/N]"), Not(HasSubstr("Send now?"))));
}

TEST_F(Consent, UnderARedLightNoCommandToSendIsTheLastWord) {
  preview_of(mixed_preview("red"), mixed_rows);
  EXPECT_EQ(preview_it(), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("The light is red"), Not(HasSubstr("To send:")), HasSubstr("--select")));
}

TEST_F(Consent, TheQuestionStandsUnderTheFiguresOfWhatWasChosen) {
  preview_of(mixed_preview(), mixed_rows);
  EXPECT_EQ(send_it({"--select", "2,7"}), 1) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("Rows         2 of 7 selected\n"), HasSubstr("SMS          4\n"),
                         HasSubstr("yellow: it fits, but little is left afterwards (4 needed, 52 available"),
                         HasSubstr("  row 2: Dear B"), HasSubstr("  row 7: Dear G"), Not(HasSubstr("  row 1:")),
                         Not(HasSubstr("Last leaves"))));
  EXPECT_EQ(send_it({"--deselect", "2,3,5,6"}), 1) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("Rows         1 of 7 selected\n"), HasSubstr("SMS          1\n"),
                         HasSubstr("green: enough is left (1 needed")));
  EXPECT_EQ(send_it({}), 1) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("Rows         5 of 7 selected; 2"), HasSubstr("Last leaves  today 12:05\n")));
}

TEST_F(Consent, WhatWasNotSentIsSaidInSentences) {
  answer("POST /v1/batches/B1/send", R"({"id":"B1","state":"queued","accepted":[{"row":1,"id":"A-1"}],"refused":[
    {"row":3,"id":"A-2","verdict":"number-missing"},{"row":4,"verdict":"excluded"}]})",
         202);
  EXPECT_EQ(run_ctl({"burst", "send", "B1"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("2 not sent:\n  row 3: Phone number is missing (A-2)\n  row 4: Excluded by the caller\n"));
}

std::string obstacle_of(const std::string& status) {
  return obstacle_in_words(object(boost::json::parse(status)), base::from_millis(1'795'345'200'000));
}

TEST(Obstacle, IsToldWhenNothingAtAllCanLeave) {
  EXPECT_EQ(obstacle_of(R"({"modems":[{"state":"absent"},{"state":"paused"}]})"),
            "Nothing can leave now: no modem is ready (burstctl modems).");
  EXPECT_EQ(obstacle_of(R"({"modems":[{"state":"paused"},{"state":"paused"}]})"),
            "Nothing can leave now: every modem is paused (burstctl modem resume NAME).");
  EXPECT_EQ(obstacle_of(R"({"modems":[{"state":"ready","quota_left":{"month":{"most":5,"left":0}}},
                            {"state":"absent","quota_left":null}],"reason":null})"),
            "Nothing can leave now: the limits of the SIM cards are used up (burstctl quota).");
  EXPECT_EQ(obstacle_of(R"({"modems":[]})"),
            "Nothing can leave now: no modem is configured or found (burstctl modems).");
  EXPECT_EQ(
      obstacle_of(R"({"modems":[{"state":"ready"}],"reason":"The SIM of modem a has used up its limit by the day.",
                            "sending":false})"),
      "Nothing can leave now. The SIM of modem a has used up its limit by the day.");
}

TEST(Obstacle, IsWhatKeepsEverythingBackWhateverTheModemsAre) {
  for (const char* modems : {R"([{"state":"ready"}])", R"([{"state":"absent"}])", "[]"}) {
    for (const char* why : {R"("held":{"cause":"backup","sentence":"x"})", R"("disk":{"room":"full","free":5})",
                            R"("clock":{"trusted":false,"sentence":"Known at 2026-11-22T12:00:00Z."})"}) {
      const std::string status = std::string(R"({"modems":)") + modems +
                                 R"(,"sending":false,"reason":"Known at 2026-11-22T12:00:00Z.",)" + why + "}";
      EXPECT_EQ(obstacle_of(status), "Nothing can leave now. Known today 12:00.") << status;
    }
  }
}

TEST(Obstacle, IsNoneWhereSomethingCouldLeaveOrNothingIsKnown) {
  EXPECT_EQ(obstacle_of("{}"), "");
  EXPECT_EQ(obstacle_of(R"({"modems":[{"state":"ready","quota_left":{"day":{"most":5,"left":1}}},
                            {"state":"ready","quota_left":{"day":{"most":5,"left":0}}}],"reason":null})"),
            "");
  EXPECT_EQ(obstacle_of(R"({"modems":[{"state":"paused"},{"state":"ready"}],"clock":{"trusted":true}})"), "");
  EXPECT_EQ(obstacle_of(R"({"modems":[{"state":"ready"}],"sending":true,
                            "reason":"The SIM of modem a has used up its limit by the hour."})"),
            "");
  EXPECT_EQ(obstacle_of(R"({"modems":[{"state":"ready"}],"reason":"What waits is not due yet."})"), "");
  EXPECT_EQ(obstacle_of(R"({"modems":[{"state":"ready"}],"reason":null,"held":null,"disk":{"room":"low","sentence":"x"},
                            "clock":{"trusted":false,"sentence":"The clock has jumped: the time before counts."}})"),
            "");
  EXPECT_EQ(obstacle_of(R"({"modems":[{"state":"ready"},{"state":"ready","next_try_at":"2026-11-22T12:00:00Z"}],
                            "reason":"The network refuses the SIM of modem b."})"),
            "");
}

TEST_F(Consent, WhoeverIsAboutToSendIsToldThatNothingCanLeave) {
  const std::string nothing = "Nothing can leave now: no modem is ready (burstctl modems).\n";
  answer("GET /v1/status", R"({"modems":[{"name":"front","state":"absent"}]})");
  preview_of(mixed_preview(), mixed_rows);
  EXPECT_EQ(preview_it(), 0) << err;
  EXPECT_THAT(out, HasSubstr(nothing));
  EXPECT_EQ(send_it({}), 1);
  EXPECT_THAT(out, HasSubstr(nothing + "\nSend now?"));
  answer("POST /v1/batches/B1/send", R"({"accepted":[{"row":1,"id":"A-1"}],"refused":[]})", 202);
  EXPECT_EQ(run_ctl({"burst", "send", "B1"}), 0);
  EXPECT_THAT(out, HasSubstr(nothing));
  const std::string waiting = R"({"id":"B1","state":"held","counts":{"status":{"Pending":1},"state":{"held":1}}})";
  answer("GET /v1/batches/B1", waiting);
  answer("GET /v1/batches/B1", waiting);
  answer("GET /v1/batches/B1", R"({"id":"B1","state":"done","counts":{"status":{"Sent Successfully":1},"state":{}}})");
  EXPECT_EQ(run_ctl({"burst", "send", "B1", "--watch"}), 0) << err;
  EXPECT_THAT(out, HasSubstr(nothing + "0 of 1 final"));
  EXPECT_EQ(out.find(nothing), out.rfind(nothing)) << "once";
  answer("POST /v1/messages/check", R"({"verdict":"ok","to":"+41791","segments":1})");
  EXPECT_EQ(run_ctl({"check", "--to", "079", "--text", "Hi"}), 0);
  EXPECT_THAT(out, HasSubstr("Now:     " + nothing));
}

TEST_F(Consent, WhoeverWaitsForAMessageIsToldWhatItWaitsFor) {
  const std::string held = R"({"id":"A-1","status":"Pending","state":"held","held_by":"paused"})";
  answer("POST /v1/messages", held, 201);
  answer("GET /v1/clinical-items/A-1", held);
  answer("GET /v1/clinical-items/A-1", R"({"id":"A-1","status":"Sent Successfully","state":"delivered"})");
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "Hi", "--wait"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("It waits: every modem that may send it is paused (burstctl modem resume NAME).\n"));
}

TEST_F(Consent, WhatFailsAtOnceIsNotCalledSent) {
  const std::string stillborn = R"({"id":"A-9","mobile_number":"+41791","segments":1,"status":"Send Failed",
    "state":"expired","error":"Expired before sending"})";
  answer("POST /v1/messages", stillborn, 201);
  answer("POST /v1/messages/A-1/resend", stillborn, 201);
  for (const std::vector<std::string>& words : {std::vector<std::string>{"send", "--to", "079", "--text", "Hi"},
                                                {"resend", "A-1", "--user", "anna"},
                                                {"resend", "A-1", "--user", "anna", "--wait"}}) {
    EXPECT_EQ(run_ctl(words), 1);
    EXPECT_EQ(out, "Recorded, not sent: A-9\nSend Failed: Expired before sending\n");
  }
  answer(
      "POST /v1/messages/A-2/resend",
      R"({"code":"may-have-arrived","detail":"It may have arrived. Phone, or send it again with accept_duplicate."})",
      409);
  EXPECT_EQ(run_ctl({"resend", "A-2", "--user", "anna"}), 1);
  EXPECT_THAT(err, HasSubstr("send it again with --accept-duplicate."));
}

std::string standing_of(int waiting, int failed, int withdrawn, const std::string& state) {
  return R"({"id":"B1","state":")" + state +
         R"(","rows_total":600,"rows_selected":600,"counts":{"status":{"Pending":)" + std::to_string(waiting) +
         R"(,"Sent Successfully":578,"Send Failed":)" + std::to_string(failed) + R"(},"state":{"cancelled":)" +
         std::to_string(withdrawn) + R"(,"uncertain":4}}})";
}

TEST_F(Consent, ABurstThatHasLeftAwaitsItsReportsAndTheSlipCountsEachOnce) {
  answer("GET /v1/batches/B1", standing_of(18, 4, 0, "done"));
  std::string eight;
  for (int i = 0; i < 8; ++i) {
    eight += std::string(i > 0 ? "," : "") + R"({"id":"A-)" + std::to_string(i) + R"(","status":")" +
             (i < 4 ? "Pending\",\"state\":\"uncertain" : "Send Failed\",\"state\":\"failed") + "\"}";
  }
  answer("GET /v1/clinical-items", R"({"items":[)" + eight + R"(],"next":null})");
  EXPECT_EQ(run_ctl({"burst", "show", "B1"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("State        all have left; 18 await their reports\n"));
  EXPECT_THAT(out, HasSubstr("Reached 578 · waiting 14 · to be called 8\n")) << "600 in all";
}

TEST_F(Consent, CancelSaysHowManyWereWithdrawn) {
  answer("GET /v1/batches/B1", standing_of(18, 4, 1, "sending"));
  answer("POST /v1/batches/B1/cancel", standing_of(6, 16, 13, "cancelled"));
  EXPECT_EQ(run_ctl({"burst", "cancel", "B1"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("Withdrawn: 12 messages of burst B1 of which nothing had left.\nPending 6"));
}

TEST_F(Consent, CancelOfWhatHasLeftFailsAndOfAPreviewDoesNot) {
  answer("GET /v1/batches/B1", standing_of(18, 4, 1, "done"));
  answer("POST /v1/batches/B1/cancel", standing_of(18, 4, 1, "done"));
  EXPECT_EQ(run_ctl({"burst", "cancel", "B1"}), 1);
  EXPECT_THAT(err, AllOf(HasSubstr("there is nothing to withdraw"), HasSubstr("burstctl burst show B1")));
  EXPECT_EQ(out, "");
  EXPECT_EQ(run_ctl({"burst", "cancel", "B1", "--json"}), 1);
  answer("GET /v1/batches/B3", standing_of(18, 4, 1, "done"));
  answer("POST /v1/batches/B3/cancel", standing_of(18, 4, 1, "cancelled"));
  EXPECT_EQ(run_ctl({"burst", "cancel", "B3"}), 1);
  EXPECT_THAT(err, HasSubstr("nothing was withdrawn"));
  answer("GET /v1/batches/B2", R"({"id":"B2","state":"preview"})");
  answer("POST /v1/batches/B2/cancel", R"({"id":"B2","state":"cancelled"})");
  EXPECT_EQ(run_ctl({"burst", "cancel", "B2"}), 0);
  EXPECT_EQ(out, "The preview B2 is withdrawn; nothing of it was sent.\n");
}

}  // namespace
}  // namespace burstd::ctl
