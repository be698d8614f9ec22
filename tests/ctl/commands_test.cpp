#include <boost/json/parse.hpp>

#include "bench.hpp"
#include "ctl/words/look.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class Commands : public Bench {};

TEST_F(Commands, StatusTellsTimesAsTheClockOnTheWallDoes) {
  gateway.answer("GET /v1/status", {200,
                                    R"({"version":"0.1.0","queue":{"queued":1,"sending":0},"sending":false,"modems":[],
    "reason":"Refused (Zurich Z). It is tried again at 2026-11-22T11:02:03.000Z. And at 2026-11-23T09:00:00Z."})",
                                    {},
                                    false});
  EXPECT_EQ(run_ctl({"status"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("NOT SENDING: Refused (Zurich Z). It is tried again today 11:02:03. And "
                             "tomorrow 09:00.\n"));
}

TEST_F(Commands, StatusTellsWhetherItSendsWhatWaitsAndHowTheModemsAre) {
  gateway.answer("GET /v1/status", {200,
                                    R"({"version":"0.1.0","queue":{"queued":12,"sending":1,
    "oldest_pending_at":"2026-11-22T10:40:00Z"},"sending":false,"reason":"paused by Eva","modems":[{"name":"front",
    "state":"waiting","since":"2026-11-21T08:00:00Z","signal":18,"sentence":"The SIM needs its PIN."}]})",
                                    {},
                                    false});
  EXPECT_EQ(run_ctl({"status"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("burstd 0.1.0: NOT SENDING: paused by Eva\n"));
  EXPECT_THAT(
      out,
      HasSubstr("Queue: 12 waiting, 1 on the air. The oldest without a final word: since today 10:40 (20 min).\n"));
  EXPECT_THAT(out, HasSubstr("front  waiting  yesterday 08:00  good (18)\n"));
  EXPECT_THAT(out, HasSubstr("front: The SIM needs its PIN.\n"));
}

TEST_F(Commands, StatusOfAGatewayWithNothingToSendIsNoAlarm) {
  gateway.answer("GET /v1/status", {200,
                                    R"({"version":"1","sending":false,"reason":null,
    "modems":[{"name":"front","state":"ready"}]})",
                                    {},
                                    false});
  gateway.answer("GET /v1/status", {200,
                                    R"({"version":"1","sending":false,
    "modems":[{"name":"front","state":"absent"}]})",
                                    {},
                                    false});
  EXPECT_EQ(run_ctl({"status"}), 0);
  EXPECT_THAT(out, StartsWith("burstd 1: ready, nothing to send\n"));
  EXPECT_EQ(run_ctl({"status"}), 0);
  EXPECT_THAT(out, StartsWith("burstd 1: no modem is ready\n"));
}

TEST_F(Commands, StatusCopesWithAGatewayThatTellsNothing) {
  gateway.answer("GET /v1/status", {200, "{}", {}, false});
  EXPECT_EQ(run_ctl({"status"}), 0);
  EXPECT_THAT(out, HasSubstr("Queue: empty.\n"));
  EXPECT_THAT(out, HasSubstr("No modem is configured. Name it under"));
}

TEST_F(Commands, BothVersionsArePrinted) {
  gateway.answer("GET /v1/version", {200, R"({"name":"burstd","version":"9.1","api_min":2,"api_max":3})", {}, false});
  EXPECT_EQ(run_ctl({"version"}), 0);
  EXPECT_THAT(out, HasSubstr("burstd 9.1\n"));
  EXPECT_THAT(err, HasSubstr("do not fit together"));
}

TEST_F(Commands, JsonPrintsTheAnswerAsItCame) {
  const std::string body = "{\"version\":\"0.1.0\",  \"later\":[1]}";
  for (const char* route : {"GET /v1/status", "GET /v1/modems", "GET /v1/version", "GET /v1/clinical-items",
                            "GET /v1/messages/A", "POST /v1/messages/A/cancel", "GET /v1/batches/A"}) {
    gateway.answer(route, {200, body, {}, false});
  }
  const std::vector<std::vector<std::string>> lines{{"status"},    {"modems"},      {"version"},           {"items"},
                                                    {"show", "A"}, {"cancel", "A"}, {"burst", "show", "A"}};
  for (auto words : lines) {
    words.emplace_back("--json");
    EXPECT_EQ(run_ctl(words), 0) << words.front();
    EXPECT_EQ(out, body + "\n") << words.front();
  }
}

TEST_F(Commands, JsonPrintsARefusalAsItCameToo) {
  const std::string body = R"({"title":"Forbidden","code":"role-missing"})";
  gateway.answer("GET /v1/status", {403, body, {}, false});
  EXPECT_EQ(run_ctl({"status", "--json"}), 1);
  EXPECT_EQ(out, body + "\n");
  EXPECT_EQ(run_ctl({"status"}), 1);
  EXPECT_THAT(err, AllOf(StartsWith("burstctl: Forbidden\n"), HasSubstr("gives roles")));
}

TEST_F(Commands, CheckSaysWhatWouldBeSentAndRecordsNothing) {
  gateway.answer("POST /v1/messages/check", {200,
                                             R"({"to":"+41791234567","number_kind":"mobile","encoding":"ucs2",
    "segments":2,"units_used":90,"units_left":44,"verdict":"ok"})",
                                             {},
                                             false});
  EXPECT_EQ(run_ctl({"check", "--to", "079 123 45 67"}, "Grüezi 🏥\n"), 0);
  EXPECT_THAT(out, HasSubstr("+41791234567 (mobile)\nLength:  2 SMS, 90 units used, 44 left, encoding ucs2"));
  EXPECT_THAT(changes(), ElementsAre("/v1/messages/check {\"to\":\"079 123 45 67\",\"text\":\"Grüezi 🏥\"}"));
}

TEST_F(Commands, AnEmptyTextGivenIsNotLookedForOnStandardInput) {
  gateway.answer("POST /v1/messages/check", {200, R"({"verdict":"ok"})", {}, false});
  EXPECT_EQ(run_ctl({"check", "--to", "1", "--text", ""}, "another text"), 0);
  EXPECT_EQ(run_ctl({"check", "--to", "1"}, "a\r\n\r\n"), 0);
  EXPECT_EQ(run_ctl({"check", "--to", "1"}, "a\r"), 0);
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/messages/check {"to":"1","text":""})",
                                     R"(/v1/messages/check {"to":"1","text":"a\r\n"})",
                                     R"(/v1/messages/check {"to":"1","text":"a\r"})"));
}

TEST_F(Commands, CheckFailsWhenItWouldNotBeSent) {
  gateway.answer("POST /v1/messages/check", {200, R"({"to":"1","verdict":"number-invalid"})", {}, false});
  EXPECT_EQ(run_ctl({"check", "--to", "1", "--text", "x"}), 1);
  EXPECT_THAT(out, StartsWith("number-invalid: Phone number is not valid\n"));
}

const std::string pending = R"({"id":"M1","mobile_number":"+4179","status":"Pending","state":"queued","segments":2})";

TEST_F(Commands, SendMakesAReferenceOfItsOwnEachTime) {
  gateway.answer("POST /v1/messages", {201, pending, {}, false});
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "Hi", "--patient", "4711", "--urgent"}), 0) << err;
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "Hi"}), 0);
  EXPECT_THAT(out, HasSubstr("Accepted for +4179 as 2 SMS: M1\n"));
  const auto asked = changes();
  ASSERT_THAT(asked, SizeIs(2));
  EXPECT_THAT(asked[0],
              MatchesRegex("/v1/messages .\"to\":\"079\",\"text\":\"Hi\",\"client_ref\":\"burstctl-[0-9a-f]*\","
                           "\"patient\":\"4711\",\"priority\":\"urgent\"."));
  const auto first = boost::json::parse(asked[0].substr(13)), second = boost::json::parse(asked[1].substr(13));
  EXPECT_NE(text(object(first), "client_ref"), text(object(second), "client_ref"));
}

TEST_F(Commands, SendTellsTimesContextAndUser) {
  gateway.answer("POST /v1/messages", {201, pending, {}, false});
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "Hi", "--client-ref", "r", "--appointment-at", "2026-12-01 08:30",
                     "--send-after", "tomorrow 08:00", "--expires-at", "2026-11-30T08:00:00Z", "--context", "visit 7",
                     "--user", "anna"}),
            0)
      << err;
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/messages {"to":"079","text":"Hi","client_ref":"r",)"
                                     R"("appointment_at":"2026-12-01T08:30:00.000Z",)"
                                     R"("expires_at":"2026-11-30T08:00:00.000Z",)"
                                     R"("send_after":"2026-11-23T08:00:00.000Z","context":"visit 7","user":"anna"})"));
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "Hi", "--send-after", "soon"}), 2);
  EXPECT_THAT(err, StartsWith("burstctl: --send-after: "));
  EXPECT_THAT(changes(), SizeIs(1));
}

TEST_F(Commands, SendRepeatsALostAnswerUnderTheSameReference) {
  gateway.answer("POST /v1/messages", {200, "", {}, true});
  gateway.answer("POST /v1/messages", {200, pending, "Idempotent-Replayed: true\r\n", false});
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "Hi"}), 0) << err;
  const auto asked = changes();
  ASSERT_THAT(asked, SizeIs(2));
  EXPECT_EQ(asked[0], asked[1]);
  EXPECT_THAT(out, HasSubstr("nothing is sent twice"));
}

TEST_F(Commands, SendNamesTheReferenceWhenNoAnswerComesAtAll) {
  gateway.answer("POST /v1/messages", {200, "", {}, true});
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "Hi", "--client-ref", "mine"}), 3);
  EXPECT_THAT(changes(), SizeIs(3));
  EXPECT_THAT(err, AllOf(HasSubstr("gave no answer"), HasSubstr("--client-ref mine")));
}

TEST_F(Commands, SendFailsWhenTheRecordIsBornFailed) {
  gateway.answer("POST /v1/messages", {201,
                                       R"({"id":"M1","status":"Send Failed","state":"failed",
    "error":"Phone number is not valid"})",
                                       {},
                                       false});
  EXPECT_EQ(run_ctl({"send", "--to", "1", "--text", "x"}), 1);
  EXPECT_EQ(out, "Recorded, not sent: M1\nSend Failed: Phone number is not valid\n");
}

TEST_F(Commands, SendExplainsEveryFaultOfARefusal) {
  gateway.answer("POST /v1/messages", {400,
                                       R"({"title":"Not valid","code":"invalid","errors":[
    {"pointer":"/text","detail":"must not be empty"},{"pointer":"/category","detail":"is not configured"}]})",
                                       {},
                                       false});
  EXPECT_EQ(run_ctl({"send", "--to", "1", "--text", "x"}), 1);
  EXPECT_THAT(err, AllOf(HasSubstr("  text: must not be empty\n"), HasSubstr("  category: is not configured\n"),
                         HasSubstr("nothing was recorded")));
}

Canned item(const std::string& status, const std::string& state, const std::string& error = "") {
  return {200,
          R"({"id":"M1","status":")" + status + R"(","state":")" + state + R"(","error":")" + error + "\"}",
          {},
          false};
}

TEST_F(Commands, WaitFollowsTheMessageToItsEnd) {
  gateway.answer("POST /v1/messages", {201, pending, {}, false});
  for (const char* state : {"queued", "queued", "sending", "submitted"})
    gateway.answer("GET /v1/clinical-items/M1", item("Pending", state));
  gateway.answer("GET /v1/clinical-items/M1", item("Sent Successfully", "delivered"));
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "Hi", "--wait"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("Pending (queued)\nPending (sending)\nPending (submitted)\nSent Successfully\n"));
}

TEST_F(Commands, WaitFailsOnSendFailedAndPrintsOnlyTheFinalItemAsJson) {
  gateway.answer("POST /v1/messages", {201, pending, {}, false});
  gateway.answer("GET /v1/clinical-items/M1", item("Pending", "sending"));
  gateway.answer("GET /v1/clinical-items/M1", {200, "", {}, true});
  gateway.answer("GET /v1/clinical-items/M1", item("Send Failed", "failed", "Phone stayed off"));
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "Hi", "--wait", "--json"}), 1);
  EXPECT_EQ(out, item("Send Failed", "failed", "Phone stayed off").body + "\n");
  EXPECT_THAT(err, HasSubstr("Waiting for it to come back")) << "one look got no answer";
}

TEST_F(Commands, ItemsAsksWithEveryFilterAndReadsTimesAsPeopleWriteThem) {
  gateway.answer("GET /v1/clinical-items", {200, R"({"items":[]})", {}, false});
  EXPECT_EQ(run_ctl({"items", "--patient", "4 711", "--status", "failed", "--from", "2026-11-21", "--to", "2026-11-21",
                     "--limit", "7", "--category", "recall", "--client-ref", "r 1"}),
            0)
      << err;
  EXPECT_EQ(gateway.asked().back().target,
            "/v1/"
            "clinical-items?patient=4%20711&status=Send%20Failed&category=recall&client_ref=r%201&from=2026-11-21T00%"
            "3A00%3A00.000Z"
            "&to=2026-11-22T00%3A00%3A00.000Z&limit=7");
  EXPECT_THAT(out, StartsWith("No message fits."));
  EXPECT_EQ(run_ctl({"items"}), 0);
  EXPECT_THAT(out, StartsWith("No message yet. Send the first"));
}

TEST_F(Commands, ItemsGoesFromPageToPageUntilTheEnd) {
  gateway.answer("GET /v1/clinical-items", {200,
                                            R"({"items":[{"id":"A","status":"Pending","state":"queued",
    "created_at":"2026-11-22T09:00:00Z","patient_name":"Anna","message":"Hi\nthere"}],"next":"c/1"})",
                                            {},
                                            false});
  gateway.answer("GET /v1/clinical-items", {200,
                                            R"({"items":[{"id":"B","status":"Send Failed","state":"failed",
    "error":"Phone stayed off","number_as_typed":"12"}],"next":null})",
                                            {},
                                            false});
  EXPECT_EQ(run_ctl({"items", "--all"}), 0) << err;
  EXPECT_EQ(gateway.asked().back().target, "/v1/clinical-items?limit=500&cursor=c%2F1");
  EXPECT_THAT(out, HasSubstr("today 09:00  Anna             Pending (queued)               A   Hi⏎there\n"));
  EXPECT_THAT(out, HasSubstr("12      Send Failed: Phone stayed off  B\n"));
}

TEST_F(Commands, ItemsSaysThatThereIsMore) {
  gateway.answer("GET /v1/clinical-items", {200, R"({"items":[{"id":"A"}],"next":"c"})", {}, false});
  EXPECT_EQ(run_ctl({"items", "--limit", "1"}), 0);
  EXPECT_THAT(out, HasSubstr("The newest 1; more with --limit N or --all.\n"));
  EXPECT_THAT(gateway.asked(), SizeIs(1));
}

TEST_F(Commands, ShowTellsPartsAttemptsReportsAndHistoryWithTimes) {
  gateway.answer("GET /v1/messages/M1",
                 {200,
                  R"({"id":"M1","parts":[{"part":1,"state":"delivered","attempts":[{"modem":"front",
    "reference":17,"started_at":"2026-11-22T10:00:01Z","later":{"x":1}}],"reports":[{"tp_status":0}]}],
    "history":[{"at":"2026-11-22T10:00:00Z","event":"accepted"}]})",
                  {},
                  false});
  gateway.answer("GET /v1/clinical-items/M1", {200,
                                               R"({"id":"M1","status":"Sent Successfully","state":"delivered",
    "patient_name":"Anna","message":"Dear Anna,\nsee you.","sent_at":"2026-11-22T10:00:04Z"})",
                                               {},
                                               false});
  EXPECT_EQ(run_ctl({"show", "M1"}), 0) << err;
  EXPECT_THAT(out, StartsWith("M1  Sent Successfully\n"));
  for (const char* expected :
       {"  Dear Anna,\n  see you.\n", "Part 1  delivered\n", "17         today 10:00:01  {\"x\":1}\n", "TP STATUS\n0\n",
        "History\nAT              EVENT\ntoday 10:00:00  accepted\n"}) {
    EXPECT_THAT(out, HasSubstr(expected));
  }
}

TEST_F(Commands, ShowTellsWhatAHeldMessageWaitsFor) {
  gateway.answer("GET /v1/messages/M1", {200, "{}", {}, false});
  gateway.answer("GET /v1/clinical-items/M1",
                 {200, R"({"id":"M1","status":"Pending","state":"held","held_by":"quota"})", {}, false});
  EXPECT_EQ(run_ctl({"show", "M1"}), 0) << err;
  EXPECT_THAT(out, StartsWith("M1  Pending (held: quota)\n"));
}

TEST_F(Commands, ShowSaysWhereToLookForAnUnknownId) {
  EXPECT_EQ(run_ctl({"show", "a/b"}), 1);
  EXPECT_EQ(gateway.asked().back().target, "/v1/messages/a%2Fb");
  EXPECT_THAT(err, AllOf(HasSubstr("Not found"), HasSubstr("burstctl items")));
}

TEST_F(Commands, CancelSaysWhyNotWhenTheNetworkHasIt) {
  gateway.answer("POST /v1/messages/M1/cancel", {409, R"({"title":"Conflict","code":"already-submitted"})", {}, false});
  EXPECT_EQ(run_ctl({"cancel", "M1"}), 1);
  EXPECT_THAT(err, HasSubstr("An SMS that has left cannot be called back"));
}

TEST_F(Commands, AMissingGatewayIsNamedWithWhatToDo) {
  EXPECT_EQ(run_bare({"status", "--socket", gateway.path() + "x"}), 3);
  EXPECT_THAT(err, AllOf(StartsWith("burstctl: no gateway answers on " + gateway.path() + "x: "),
                         HasSubstr("Is burstd running? (systemctl status burstd)\n")));
  EXPECT_EQ(run_bare({"status", "--socket", std::string(200, 'x')}), 3);
}

TEST_F(Commands, SomethingElseOnTheSocketIsNotMistakenForTheGateway) {
  gateway.answer("GET /v1/status", {200, "<html>", {}, false});
  EXPECT_EQ(run_ctl({"status"}), 1);
  EXPECT_THAT(err, HasSubstr("is not JSON"));
}

TEST_F(Commands, AnUnderstoodSocketVariableIsUsed) {
  setenv("BURSTD_SOCKET", gateway.path().c_str(), 1);
  gateway.answer("GET /v1/status", {200, "{}", {}, false});
  EXPECT_EQ(run_bare({"status"}), 0);
  unsetenv("BURSTD_SOCKET");
}

TEST_F(Commands, AnOptionThatIsMissingIsNamedAndTheHelpMarksIt) {
  struct Line {
    std::vector<std::string> words;
    std::string missing;
  };
  for (const Line& line :
       {Line{{"resolve", "M1", "--sent"}, "--user"}, Line{{"resolve", "M1", "--sent", "--user", "anna"}, "--reason"},
        Line{{"resolve", "M1", "--user", "anna", "--reason", "x"}, "--sent or --not-sent"},
        Line{{"resolve", "M1", "--sent", "--not-sent", "--user", "a", "--reason", "b"}, "--not-sent"},
        Line{{"note", "M1"}, "--user"}, Line{{"resend", "M1"}, "--user"}, Line{{"opt-out", "add", "0791"}, "--user"},
        Line{{"opt-out", "lift", "0791", "--user", "anna"}, "--reason"}, Line{{"inbox", "ack", "R1"}, "--user"}}) {
    EXPECT_EQ(run_ctl(line.words), 2);
    EXPECT_THAT(err, AllOf(HasSubstr(line.missing), Not(HasSubstr("a command is missing"))));
  }
  EXPECT_THAT(gateway.asked(), SizeIs(0));
  for (const std::vector<std::string>& page : {std::vector<std::string>{"resolve"},
                                               {"note"},
                                               {"resend"},
                                               {"opt-out", "add"},
                                               {"opt-out", "lift"},
                                               {"inbox", "ack"}}) {
    auto words = page;
    words.emplace_back("--help");
    EXPECT_EQ(run_bare(words), 0);
    EXPECT_THAT(out, testing::ContainsRegex("--user [A-Z]+ .*\\(required\\)"));
  }
}

TEST_F(Commands, AStatusOrStateThatIsNoneIsWrongUsage) {
  EXPECT_EQ(run_ctl({"items", "--status", "foo"}), 2);
  EXPECT_THAT(err, HasSubstr("--status: it is pending, sent or failed, not \"foo\""));
  EXPECT_EQ(run_ctl({"items", "--state", "queued,flying"}), 2);
  EXPECT_THAT(err, AllOf(HasSubstr("there is no state \"flying\""), HasSubstr("uncertain, failed")));
  EXPECT_THAT(gateway.asked(), SizeIs(0));
  EXPECT_EQ(run_ctl({"items", "--status", "Send Failed", "--state", "failed,held"}), 1) << "understood";
  EXPECT_THAT(gateway.asked(), SizeIs(1));
}

TEST_F(Commands, WrongUsageEndsWithTwoAndPointsToTheRightHelp) {
  const std::vector<std::vector<std::string>> wrong{{},
                                                    {"frobnicate"},
                                                    {"send"},
                                                    {"send", "--to"},
                                                    {"items", "--limit", "0"},
                                                    {"items", "--limit", "x"},
                                                    {"burst"},
                                                    {"burst", "fly"},
                                                    {"show"},
                                                    {"status", "--what"},
                                                    {"items", "--from", "1.2.26"},
                                                    {"burst", "send", "X", "--select", "1", "--deselect", "2"},
                                                    {"burst", "send", "X", "--deselect", "b"}};
  for (const auto& words : wrong) {
    EXPECT_EQ(run_bare(words), 2) << (words.empty() ? "nothing" : words.front());
    EXPECT_NE(err, "");
    EXPECT_EQ(out, "");
  }
  EXPECT_EQ(run_bare({"frobnicate"}), 2);
  EXPECT_EQ(err, "burstctl: there is no command \"frobnicate\"\nSee: burstctl --help\n");
  EXPECT_EQ(run_bare({"send"}), 2);
  EXPECT_THAT(err, HasSubstr("See: burstctl send --help\n"));
  EXPECT_THAT(gateway.asked(), SizeIs(0));
}

TEST_F(Commands, ResolveSaysWhoEndsTheDoubtAndHowTheItemStands) {
  gateway.answer("POST /v1/messages/M1/resolve", {200,
                                                  R"({"id":"M1","status":"Sent Successfully","state":"unconfirmed",
    "error":"Said to have left, by anna"})",
                                                  {},
                                                  false});
  EXPECT_EQ(run_ctl({"resolve", "M1", "--sent", "--user", "anna", "--reason", "phoned"}), 0) << err;
  EXPECT_THAT(out, AllOf(StartsWith("Noted: anna says that it was sent."),
                         HasSubstr("Sent Successfully: Said to have left, by anna\n")));
  EXPECT_EQ(run_ctl({"resolve", "M1", "--not-sent", "--user", "anna", "--reason", "SIM was out"}), 0) << err;
  EXPECT_THAT(out, StartsWith("Noted: anna says that it was not sent."));
  EXPECT_EQ(run_ctl({"resolve", "M1", "--sent", "--user", "a", "--reason", "b", "--json"}), 0);
  EXPECT_THAT(out, StartsWith("{\"id\":\"M1\""));
  EXPECT_THAT(changes(),
              ElementsAre(R"(/v1/messages/M1/resolve {"outcome":"sent","user":"anna","reason":"phoned"})",
                          R"(/v1/messages/M1/resolve {"outcome":"not-sent","user":"anna","reason":"SIM was out"})",
                          R"(/v1/messages/M1/resolve {"outcome":"sent","user":"a","reason":"b"})"));
}

TEST_F(Commands, ResolveWantsOneOutcomeANameAndAReason) {
  const std::vector<std::string> named{"--user", "anna", "--reason", "phoned"};
  for (const std::vector<std::string>& outcome :
       {std::vector<std::string>{}, {"--sent", "--not-sent"}, {"--sent", "--user"}}) {
    std::vector<std::string> words{"resolve", "M1"};
    words.insert(words.end(), named.begin(), named.end());
    words.insert(words.end(), outcome.begin(), outcome.end());
    EXPECT_EQ(run_ctl(words), 2) << outcome.size();
  }
  EXPECT_EQ(run_ctl({"resolve", "M1", "--sent", "--reason", "phoned"}), 2);
  EXPECT_EQ(run_ctl({"resolve", "M1", "--sent", "--user", "anna"}), 2);
  EXPECT_TRUE(changes().empty());
  gateway.answer("POST /v1/messages/M1/resolve",
                 {409, R"({"code":"not-uncertain","detail":"There is no doubt. It was delivered."})", {}, false});
  EXPECT_EQ(run_ctl({"resolve", "M1", "--sent", "--user", "anna", "--reason", "phoned"}), 1);
  EXPECT_THAT(err, AllOf(HasSubstr("It was delivered."), HasSubstr("burstctl show ID")));
}

TEST_F(Commands, EveryCommandHasHelp) {
  for (const char* command : {"status", "modems", "version", "check", "send", "items", "show", "cancel", "resend",
                              "resolve", "note", "burst", "modem"}) {
    EXPECT_EQ(run_bare({command, "--help"}), 0) << command;
    EXPECT_THAT(out, HasSubstr(std::string("Usage: burstctl ") + command)) << command;
  }
  for (const char* command : {"preview", "send", "show", "cancel"}) {
    EXPECT_EQ(run_bare({"burst", command, "--help"}), 0) << command;
    EXPECT_THAT(out, HasSubstr(std::string("Usage: burstctl burst ") + command)) << command;
  }
  EXPECT_EQ(run_bare({"--version"}), 0);
  EXPECT_EQ(out, "burstctl " BURSTD_VERSION "\n");
}

TEST_F(Commands, AnEmptyValueIsWrongUsageAndNeverAllOfIt) {
  for (const char* option : {"--select", "--deselect", "--client-ref"}) {
    EXPECT_EQ(run_ctl({"burst", "send", "B1", option, ""}), 2) << option;
    EXPECT_THAT(err, testing::HasSubstr("must not be empty")) << option;
  }
  EXPECT_TRUE(changes().empty());
}

TEST_F(Commands, AFirstWordThatIsNoCommandIsNamed) {
  EXPECT_EQ(run_ctl({"configure", "burstd.yaml"}), 2);
  EXPECT_THAT(err, testing::HasSubstr("no command \"configure\""));
  EXPECT_EQ(run_bare({"--socket", "/nowhere", "bogus", "--help"}), 2);
  EXPECT_THAT(err, testing::HasSubstr("no command \"bogus\""));
}

TEST_F(Commands, ATimeThatIsOverIsNotTakenForNow) {
  EXPECT_EQ(run_ctl({"send", "--to", "079", "--text", "x", "--send-after", "2020-01-01 08:00"}), 2);
  EXPECT_THAT(err, testing::HasSubstr("is over"));
  EXPECT_TRUE(changes().empty());
}

}  // namespace
}  // namespace burstd::ctl
