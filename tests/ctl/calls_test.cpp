// What a receptionist works through: the call list, notes, sending again, withdrawing.
#include "bench.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::SizeIs;

const std::string three_calls = R"({"items":[
  {"id":"M1","status":"Send Failed","state":"failed","error":"Phone stayed off","patient_name":"Anna Muster",
   "patient":"4711","mobile_number":"+41791","appointment_at":"2026-11-23T07:30:00Z","timezone":"Europe/Zurich",
   "notes":[{"at":"2026-11-22T10:00:00Z","user":"eva","client":"c","text":"engaged"},
            {"at":"2026-11-22T10:20:00Z","user":"eva","client":"c","text":"phoned"}]},
  {"id":"M2","status":"Send Failed","state":"failed","error":"Phone number is not valid","patient_name":"Bob",
   "mobile_number":null,"number_as_typed":"079 12","appointment_at":null,"notes":[]},
  {"id":"M3","status":"Pending","state":"uncertain","error":null,"patient_name":"Carl","mobile_number":"+41793",
   "appointment_at":"2026-11-22T09:00:00Z","timezone":"Europe/Zurich","notes":[]}],"next":null})";

class Calls : public Bench {
 protected:
  void answer(const std::string& route, unsigned status, const std::string& body) {
    gateway.answer(route, {status, body, {}, false});
  }
};

TEST_F(Calls, TheListTellsWhenWhoTheNumberWhyAndWhatOthersNoted) {
  answer("GET /v1/clinical-items", 200, three_calls);
  EXPECT_EQ(run_ctl({"items", "--call-list"}), 0) << err;
  EXPECT_THAT(gateway.asked().back().target, "/v1/clinical-items?call_list=true&limit=50");
  EXPECT_THAT(out, HasSubstr("APPOINTMENT"));
  EXPECT_THAT(out, HasSubstr("Mon 23 Nov 08:30         Anna Muster (4711)  +41791  Phone stayed off           "
                             "eva: phoned, today 10:20 (and 1 before)  M1\n"));
  EXPECT_THAT(out, HasSubstr("Bob                 079 12  Phone number is not valid"));
  EXPECT_THAT(out, HasSubstr("Sun 22 Nov 10:00 (over)  Carl                +41793  Pending (uncertain)"));
  EXPECT_THAT(out, HasSubstr("burstctl note ID --user NAME"));
}

TEST_F(Calls, TheListTakesFiltersAndLeavesOutWhatIsNoted) {
  answer("GET /v1/clinical-items", 200, R"({"items":[],"next":null})");
  EXPECT_EQ(run_ctl({"items", "--call-list", "--open", "--batch", "B1", "--from", "2026-11-21", "--limit", "7"}), 0);
  EXPECT_THAT(gateway.asked().back().target,
              "/v1/clinical-items?batch=B1&from=2026-11-21T00%3A00%3A00.000Z&call_list=true&noted=false&limit=7");
  EXPECT_EQ(out, "Nobody needs to be called.\n");
}

TEST_F(Calls, TheListForProgramsIsTheAnswerAsItCame) {
  answer("GET /v1/clinical-items", 200, R"({"items":[{"id":"M1"}],"next":"c"})");
  answer("GET /v1/clinical-items", 200, R"({"items":[{"id":"M2"}],"next":null})");
  EXPECT_EQ(run_ctl({"items", "--call-list", "--all", "--json"}), 0);
  EXPECT_EQ(out, "{\"items\":[{\"id\":\"M1\"}],\"next\":\"c\"}\n{\"items\":[{\"id\":\"M2\"}],\"next\":null}\n");
}

TEST_F(Calls, ALongListSaysThatItGoesOn) {
  answer("GET /v1/clinical-items", 200, R"({"items":[{"id":"M1","status":"Send Failed"}],"next":"c"})");
  EXPECT_EQ(run_ctl({"items", "--call-list", "--limit", "1"}), 0);
  EXPECT_THAT(out, HasSubstr("The first 1; more with --limit N or --all.\n"));
}

TEST_F(Calls, TheListIsNoListByStatusAndIsNotWatched) {
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{"--call-list", "--status", "failed"},
                                             {"--call-list", "--state", "failed"},
                                             {"--call-list", "--watch"},
                                             {"--open"}}) {
    std::vector<std::string> words{"items"};
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(run_ctl(words), 2) << more.back();
  }
  EXPECT_THAT(gateway.asked(), SizeIs(0));
}

TEST_F(Calls, ANoteIsLeftWithItsUser) {
  answer("POST /v1/messages/M1/note", 200, R"({"id":"M1"})");
  EXPECT_EQ(run_ctl({"note", "M1", "--user", "anna", "--text", "phoned; comes"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("Noted on M1, for good.\n"));
  EXPECT_EQ(run_ctl({"note", "M1", "--user", "anna", "--json"}, "from a pipe\n"), 0);
  EXPECT_EQ(out, "{\"id\":\"M1\"}\n");
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/messages/M1/note {"user":"anna","text":"phoned; comes"})",
                                     R"(/v1/messages/M1/note {"user":"anna","text":"from a pipe"})"));
  EXPECT_EQ(run_ctl({"note", "M1", "--text", "x"}), 2) << "nobody says so";
}

TEST_F(Calls, ResendNamesItsUserAndIsSafeToRepeat) {
  answer("POST /v1/messages/M1/resend", 201, R"({"id":"M9","mobile_number":"+41791","segments":1,"status":"Pending"})");
  EXPECT_EQ(run_ctl({"resend", "M1", "--user", "anna"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("Sent again for M1.\n"), HasSubstr("Accepted for +41791 as 1 SMS: M9\n"),
                         HasSubstr("burstctl show M9\n")));
  EXPECT_THAT(changes().back(),
              MatchesRegex(R"(/v1/messages/M1/resend \{"client_ref":"burstctl-[0-9a-f]{32}","user":"anna"\})"));
  EXPECT_EQ(run_ctl({"resend", "M1", "--user", "anna", "--client-ref", "mine", "--accept-duplicate"}), 0);
  EXPECT_EQ(changes().back(), R"(/v1/messages/M1/resend {"client_ref":"mine","user":"anna","accept_duplicate":true})");
  EXPECT_EQ(run_ctl({"resend", "M1"}), 2);
  gateway.answer("POST /v1/messages/M2/resend", {200, "", {}, true});
  EXPECT_EQ(run_ctl({"resend", "M2", "--user", "anna", "--client-ref", "mine"}), 3);
  EXPECT_THAT(err, HasSubstr("--client-ref mine"));
}

TEST_F(Calls, ResendWaitsForTheNewOne) {
  answer("POST /v1/messages/M1/resend", 201, R"({"id":"M9","mobile_number":"+41791","segments":1,"status":"Pending"})");
  answer("GET /v1/clinical-items/M9", 200,
         R"({"id":"M9","status":"Send Failed","state":"failed","error":"Phone stayed off"})");
  EXPECT_EQ(run_ctl({"resend", "M1", "--user", "anna", "--wait"}), 1);
  EXPECT_THAT(out, EndsWith("Send Failed: Phone stayed off\n"));
}

TEST_F(Calls, ARefusedResendSaysWhy) {
  answer("POST /v1/messages/M1/resend", 409,
         R"({"title":"Conflict","code":"may-have-arrived","detail":"This message may have arrived."})");
  EXPECT_EQ(run_ctl({"resend", "M1", "--user", "anna"}), 1);
  EXPECT_THAT(err, HasSubstr("This message may have arrived."));
  EXPECT_THAT(out, Not(HasSubstr("Sent again")));
}

TEST_F(Calls, CancelTellsByWhomAndWhy) {
  answer("POST /v1/messages/M1/cancel", 200, R"({"id":"M1"})");
  EXPECT_EQ(run_ctl({"cancel", "M1", "--user", "anna", "--reason", "moved"}), 0);
  EXPECT_EQ(run_ctl({"cancel", "M1"}), 0);
  EXPECT_THAT(changes(),
              ElementsAre(R"(/v1/messages/M1/cancel {"user":"anna","reason":"moved"})", "/v1/messages/M1/cancel {}"));
}

}  // namespace
}  // namespace burstd::ctl
