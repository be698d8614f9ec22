#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "bench.hpp"
#include "ctl/burst/burst_watch.hpp"
#include "ctl/words/look.hpp"

#include <boost/json/parse.hpp>

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

const std::string preview_rows = R"({"items":[
  {"row":1,"patient_name":"Anna","to":"0791","mobile_number":"+41791","text":"Dear Anna","segments":1,"verdict":"ok","flags":[],"selected":true},
  {"row":2,"patient_name":"Bob","to":"0792","mobile_number":"+41792","text":"Dear Bob","segments":1,"verdict":"ok",
   "flags":["recently-sent"],"selected":false,"earlier_item":"M9"},
  {"row":3,"patient_name":"Carl","to":"x","text":"Dear Carl","segments":1,"verdict":"number-invalid","flags":[],"selected":true}],
  "next":null})";

std::string preview(const std::string& light, int selected = 2) {
  return R"({"id":"B1","state":"preview","expires_at":"2026-11-23T11:00:00Z","rows_total":3,"rows_selected":)" +
         std::to_string(selected) + R"(,"segments_total":2,"eta":"2026-11-22T11:05:00Z","light":")" + light +
         R"(","quota":{"available":40,"needed":2,"margin":50,"limited_by":"day"}})";
}

Canned progress(int pending, int sent, int failed) {
  return {200,
          R"({"id":"B1","state":"queued","counts":{"status":{"Pending":)" + std::to_string(pending) +
              R"(,"Sent Successfully":)" + std::to_string(sent) + R"(,"Send Failed":)" + std::to_string(failed) +
              R"(},"state":{},"failures":)" + std::to_string(failed) + R"(},"progress":{"done":)" +
              std::to_string(sent + failed) + R"(,"total":)" + std::to_string(pending + sent + failed) + "}}",
          {},
          false};
}

const Canned calls{200,
                   R"({"items":[{"id":"M3","status":"Send Failed","state":"failed","error":"Phone stayed off",
  "patient_name":"Carl","mobile_number":"+41793","appointment_at":"2026-11-23T07:30:00Z","timezone":"Europe/Zurich",
  "notes":[]}],"next":null})",
                   {},
                   false};

class Bursts : public Bench {
 protected:
  void SetUp() override {
    Bench::SetUp();
    gateway.answer("GET /v1/batches/B1/rows", {200, preview_rows, {}, false});
    gateway.answer("POST /v1/batches/B1/send", {202,
                                                R"({"id":"B1","state":"queued","accepted":[{"row":1,"id":"M1"}],
      "refused":[{"row":3,"id":"M3","verdict":"number-invalid"}]})",
                                                {},
                                                false});
  }

  std::string file(const std::string& octets, const std::string& name = "/recipients.csv") {
    const std::string path = std::filesystem::path(gateway.path()).parent_path().string() + name;
    std::ofstream(path, std::ios::binary) << octets;
    return path;
  }

  std::string three_rows() { return file("name,to\nAnna,0791\n\nBob,0792\nCarl,x\n"); }
};

TEST_F(Bursts, PreviewShowsRowsLightTotalsTextsTheReminderAndTheNextCommand) {
  gateway.answer("POST /v1/batches", {201, preview("yellow"), {}, false});
  EXPECT_EQ(run_ctl({"burst", "preview", three_rows(), "--text", "Dear {name}", "--client-ref", "mine", "--category",
                     "reminder", "--send-after", "tomorrow 08:00"}),
            0)
      << err;
  EXPECT_THAT(out, HasSubstr("1 (line 2)  Anna     +41791    1  ok                                      Dear Anna\n"));
  EXPECT_THAT(out, HasSubstr("2 (line 4)  Bob      +41792    1  not selected    recently-sent (see M9)  Dear Bob\n"));
  EXPECT_THAT(out, HasSubstr("3 (line 5)  Carl     x         1  number-invalid"));
  for (const char* expected : {"2 of 3 selected", "yellow: it fits", "2 needed, 40 available, limited by day",
                               "row 1: Dear Anna\n\n", "number-invalid    Phone number is not valid\n",
                               "recently-sent     This patient was already written to about this appointment",
                               "confidential", "burstctl burst send B1\n", "today 11:05"}) {
    EXPECT_THAT(out, HasSubstr(expected));
  }
  EXPECT_THAT(
      changes(),
      ElementsAre(
          R"(/v1/batches {"client_ref":"mine","text":"Dear {name}","category":"reminder","send_after":"2026-11-23T08:00:00.000Z",)"
          R"("recipients":[{"to":"0791","patient_name":"Anna","fields":{"name":"Anna"}},)"
          R"({"to":"0792","patient_name":"Bob","fields":{"name":"Bob"}},)"
          R"({"to":"x","patient_name":"Carl","fields":{"name":"Carl"}}]})"));
}

TEST_F(Bursts, ABurstThatWasCancelledAfterItWasSentIsNotSentAgainAndSaysSo) {
  gateway.answer("POST /v1/batches/B2/send",
                 {202, R"({"id":"B2","state":"cancelled","accepted":[{"row":1,"id":"M1"}],"refused":[]})", {}, false});
  for (const bool json : {false, true}) {
    EXPECT_EQ(run_ctl(json ? std::vector<std::string>{"burst", "send", "B2", "--json"}
                           : std::vector<std::string>{"burst", "send", "B2", "--watch"}),
              1);
    EXPECT_THAT(err, AllOf(HasSubstr("burst B2 was sent and then cancelled"), HasSubstr("burstctl burst show B2")));
    EXPECT_EQ(out.empty(), !json);
  }
}

TEST_F(Bursts, PreviewSaysWhenHoursBeginAndHowManyRowsExpireBefore) {
  const std::string two = R"({"items":[{"row":1,"to":"1","verdict":"ok","flags":["would-expire"],"selected":true},
    {"row":2,"to":"2","verdict":"ok","flags":[)";
  const std::string body = R"({"id":"B3","state":"preview","rows_total":2,"rows_selected":2,"eta":null,
    "opens_at":"2026-11-23T08:00:00Z"})";
  gateway.answer("POST /v1/batches", {201, body, {}, false});
  gateway.answer("GET /v1/batches/B3/rows", {200, two + R"(],"selected":true}],"next":null})", {}, false});
  gateway.answer("GET /v1/batches/B3/rows",
                 {200, two + R"("would-expire"],"selected":true}],"next":null})", {}, false});
  EXPECT_EQ(run_ctl({"burst", "preview", three_rows(), "--text", "x"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("Hours        those of its category begin tomorrow 08:00\n"),
                         HasSubstr("Expiring     1 of 2 rows is likely to expire before it can leave\n"),
                         Not(HasSubstr("Last leaves"))));
  EXPECT_EQ(run_ctl({"burst", "preview", three_rows(), "--text", "x"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("Expiring     all 2 rows would expire before they can leave: nothing would be sent\n"));
}

TEST_F(Bursts, OfManyRowsAPreviewShowsTheFirstAndThoseToLookAtAndEndsWithTheSummary) {
  std::string rows;
  for (int row = 1; row <= 60; ++row) {
    const std::string more = row == 33   ? R"("verdict":"number-invalid","flags":[],"selected":true)"
                             : row == 44 ? R"("verdict":"ok","flags":["duplicate-number"],"selected":true)"
                             : row == 55 ? R"("verdict":"ok","flags":[],"selected":false)"
                                         : R"("verdict":"ok","flags":[],"selected":true)";
    rows += (row > 1 ? "," : "") + std::string(R"({"row":)") + std::to_string(row) + R"(,"to":"n)" +
            std::to_string(row) + "\"," + more + "}";
  }
  gateway.answer("POST /v1/batches", {201, preview("green"), {}, false});
  gateway.answer("GET /v1/batches/B1/rows", {200, R"({"items":[)" + rows + R"(],"next":null})", {}, false});
  gateway.answer("GET /v1/batches/B1/rows", {200, R"({"items":[)" + rows + R"(],"next":null})", {}, false});
  const auto preview_of = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"burst", "preview", "-", "--text", "x"};
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(run_ctl(words, R"([{"to":"1"}])"), 0) << err;
    return out;
  };
  preview_of({});
  preview_of({});
  for (const char* shown : {"n1 ", "n10 ", "n33 ", "n44 ", "n55 "}) EXPECT_THAT(out, HasSubstr(shown));
  for (const char* hidden : {"n11 ", "n34 ", "n60 "}) EXPECT_THAT(out, Not(HasSubstr(hidden)));
  EXPECT_THAT(out, HasSubstr("And 47 more rows, all of them ok. Every row is shown with --all.\n"));
  EXPECT_LT(out.find("confidential"), out.find("Burst        B1")) << "the summary is what is left on the screen";
  EXPECT_THAT(preview_of({"--all"}), AllOf(HasSubstr("n11 "), HasSubstr("n60 "), Not(HasSubstr("more rows"))));
}

TEST_F(Bursts, PreviewTakesJsonAndStandardInput) {
  gateway.answer("POST /v1/batches", {201, preview("green"), {}, false});
  EXPECT_EQ(run_ctl({"burst", "preview", "-", "--template", "appointment-reminder", "--json"}, R"([{"to":"1"}])"), 0)
      << err;
  EXPECT_EQ(out, preview("green") + "\n");
  EXPECT_THAT(changes().at(0), EndsWith(R"("template":"appointment-reminder","recipients":[{"to":"1"}]})"));
}

TEST_F(Bursts, ADamagedFileIsRefusedWithItsLineAndNothingIsAsked) {
  EXPECT_EQ(run_ctl({"burst", "preview", file("name,to\nM\xFCller,1\n"), "--text", "x"}), 1);
  EXPECT_THAT(err, AllOf(StartsWith("burstctl: Line 2: not UTF-8."), HasSubstr("CSV UTF-8")));
  EXPECT_EQ(run_ctl({"burst", "preview", file("a,b\n1,2\n"), "--text", "x"}), 1);
  EXPECT_EQ(run_ctl({"burst", "preview", "/nonexistent/x.csv", "--text", "x"}), 1);
  EXPECT_THAT(err, HasSubstr("cannot read /nonexistent/x.csv: No such file"));
  EXPECT_EQ(run_ctl({"burst", "preview", three_rows()}), 2) << "no text";
  EXPECT_EQ(run_ctl({"burst", "preview", three_rows(), "--text", "x", "--send-after", "soon"}), 2);
  EXPECT_THAT(gateway.asked(), SizeIs(0));
}

TEST_F(Bursts, FaultsOfTheGatewayNameRowAndLine) {
  gateway.answer(
      "POST /v1/batches",
      {400, R"({"title":"Not valid","errors":[{"pointer":"/recipients/2/to","detail":"too long"}]})", {}, false});
  EXPECT_EQ(run_ctl({"burst", "preview", three_rows(), "--text", "x"}), 1);
  EXPECT_THAT(err, HasSubstr("  row 3 (line 5), to: too long\n"));
}

TEST_F(Bursts, SendOfAFileAsksAndANoSendsNothing) {
  asks = true;
  gateway.answer("POST /v1/batches", {201, preview("green"), {}, false});
  for (const char* typed : {"n\n", "\n", ""}) {
    EXPECT_EQ(run_ctl({"burst", "send", three_rows(), "--text", "Dear {name}"}, typed), 1);
    EXPECT_THAT(out, AllOf(HasSubstr("Send now? [y/N]"), HasSubstr("Nothing was sent.")));
  }
  EXPECT_THAT(changes(), testing::Each(StartsWith("/v1/batches {")));
}

TEST_F(Bursts, SendOfAFileShowsOnlyTheRowsToLookAtAndSendsOnYes) {
  asks = true;
  gateway.answer("POST /v1/batches", {201, preview("green"), {}, false});
  EXPECT_EQ(run_ctl({"burst", "send", three_rows(), "--text", "Dear {name}", "--deselect", "3"}, "y\n"), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("2 (line 4)"), HasSubstr("3 (line 5)"), Not(HasSubstr("1 (line 2)"))));
  EXPECT_THAT(out, AllOf(HasSubstr("Burst B1: 1 accepted.\n1 not sent:\n  row 3: Phone number is not valid (M3)\n"),
                         HasSubstr("burstctl burst show B1 --watch")));
  EXPECT_EQ(changes().at(1), R"(/v1/batches/B1/send {"deselect":[3]})");
}

TEST_F(Bursts, SendOfAFileWithoutATerminalNeedsYes) {
  gateway.answer("POST /v1/batches", {201, preview("green"), {}, false});
  EXPECT_EQ(run_ctl({"burst", "send", three_rows(), "--text", "x"}, "y\n"), 2);
  EXPECT_THAT(gateway.asked(), SizeIs(0));
  EXPECT_EQ(run_ctl({"burst", "send", three_rows(), "--text", "x", "--yes"}), 0) << err;
}

TEST_F(Bursts, ARedLightOrNoSendableRowEndsBeforeTheQuestion) {
  gateway.answer("POST /v1/batches", {201, preview("red"), {}, false});
  gateway.answer("POST /v1/batches", {201, preview("green", 0), {}, false});
  EXPECT_EQ(run_ctl({"burst", "send", three_rows(), "--text", "x", "--yes"}), 1);
  EXPECT_THAT(err, HasSubstr("the light is red"));
  EXPECT_EQ(run_ctl({"burst", "send", three_rows(), "--text", "x", "--yes"}), 1);
  EXPECT_THAT(err, HasSubstr("no row can be sent"));
  EXPECT_THAT(changes(), SizeIs(2)) << "two previews, no send";
}

TEST_F(Bursts, AFileThatWasSentUnderItsRefBeforeIsToldAgainWhateverTheLightIsNow) {
  auto sent = preview("red");
  sent.replace(sent.find("\"preview\""), 9, "\"queued\"");
  gateway.answer("POST /v1/batches", {200, sent, {}, false});
  EXPECT_EQ(run_ctl({"burst", "send", three_rows(), "--text", "x", "--client-ref", "mine", "--yes"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("accepted"));
  EXPECT_THAT(err, Not(HasSubstr("Nothing was sent")));
  EXPECT_THAT(changes(), SizeIs(2)) << "the preview, and the sending once more";
}

TEST_F(Bursts, SendOfAnIdSendsWhatWasPreviewed) {
  EXPECT_EQ(run_ctl({"burst", "send", "B1", "--select", "1,3"}), 0) << err;
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/batches/B1/send {"select":[1,3]})"));
  EXPECT_EQ(run_ctl({"burst", "send", "B1"}), 0);
  EXPECT_EQ(changes().back(), "/v1/batches/B1/send {}");
  EXPECT_EQ(run_ctl({"burst", "send", "B1", "--text", "x"}), 2) << "the texts are those previewed";
}

TEST_F(Bursts, ALostAnswerNamesTheBurstAndTheCommandThatIsSafeToRepeat) {
  gateway.answer("POST /v1/batches/B2/send", {200, "", {}, true});
  EXPECT_EQ(run_ctl({"burst", "send", "B2", "--deselect", "3,7-9"}), 3);
  EXPECT_THAT(err, AllOf(HasSubstr("Burst B2 may have been sent or not"), HasSubstr("never sent twice"),
                         EndsWith("  burstctl burst send B2 --deselect \"3,7-9\"\n")));
  gateway.answer("POST /v1/batches", {200, "", {}, true});
  EXPECT_EQ(run_ctl({"burst", "send", three_rows(), "--text", "x", "--yes"}), 3);
  EXPECT_THAT(err, EndsWith("It was only a preview; nothing was sent.\n"));
}

TEST_F(Bursts, ATextThatIsNoTemplateIsRefusedBeforeAnythingIsAsked) {
  EXPECT_EQ(run_ctl({"burst", "preview", three_rows(), "--text", "Dear {name"}), 2);
  EXPECT_THAT(err, HasSubstr("--text: At character 6"));
  EXPECT_THAT(gateway.asked(), SizeIs(0));
}

TEST_F(Bursts, ARowNamesTheValuesThatAreMissing) {
  gateway.answer("GET /v1/batches/B2", {200, R"({"id":"B2","state":"preview"})", {}, false});
  gateway.answer("GET /v1/batches/B2/rows", {200,
                                             R"({"items":[{"row":1,"to":"0791","verdict":"field-missing",
      "missing":["date","time"],"flags":[]}],"next":null})",
                                             {},
                                             false});
  EXPECT_EQ(run_ctl({"burst", "show", "B2", "--rows"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("field-missing (date, time)"));
}

TEST_F(Bursts, AGreenLightWithoutAKnownLimitClaimsNothing) {
  gateway.answer(
      "GET /v1/batches/B1",
      {200, R"({"id":"B1","state":"preview","light":"green","quota":{"available":null,"needed":2}})", {}, false});
  EXPECT_EQ(run_ctl({"burst", "show", "B1"}), 0);
  EXPECT_THAT(out, AllOf(HasSubstr("green: no limit is known"), Not(HasSubstr("enough"))));
}

TEST_F(Bursts, SendFailsWhenNothingIsAccepted) {
  gateway.answer("POST /v1/batches/B2/send",
                 {202, R"({"accepted":[],"refused":[{"row":1,"verdict":"opted-out"}]})", {}, false});
  EXPECT_EQ(run_ctl({"burst", "send", "B2", "--watch"}), 1);
  EXPECT_THAT(out, HasSubstr("row 1: Recipient opted out"));
}

TEST_F(Bursts, WatchPrintsALineForEveryChangeUntilAllIsFinal) {
  for (const auto& look_at : {progress(3, 0, 0), progress(3, 0, 0), progress(1, 2, 0), progress(0, 3, 0)}) {
    gateway.answer("GET /v1/batches/B1", look_at);
  }
  EXPECT_EQ(run_ctl({"burst", "send", "B1", "--watch"}), 0) << err;
  EXPECT_THAT(out, EndsWith("0 of 3 final  Pending 3  0 s\n2 of 3 final  Pending 1 · Sent Successfully 2  0 s\n"
                            "3 of 3 final  Sent Successfully 3  0 s\nReached 3 · waiting 0 · to be called 0\n"));
  for (const Asked& asked : gateway.asked()) EXPECT_THAT(asked.target, Not(HasSubstr("clinical-items")));
}

TEST_F(Bursts, WatchDrawsABarOnATerminalThatFitsAndFailsWithAMessage) {
  moving = true;
  look = {60, true};
  gateway.answer("GET /v1/batches/B1", progress(2, 1, 0));
  gateway.answer("GET /v1/batches/B1", progress(2, 1, 0));
  gateway.answer("GET /v1/batches/B1", progress(0, 2, 1));
  gateway.answer("GET /v1/clinical-items", calls);
  EXPECT_EQ(run_ctl({"burst", "show", "B1", "--watch"}), 1);
  EXPECT_THAT(out, HasSubstr("\r\x1b[K[██░░░░░░] 1/3  33 %  "));
  EXPECT_THAT(out, HasSubstr("\r\x1b[K[████████] 3/3  100 %  "));
  EXPECT_THAT(out, AllOf(HasSubstr("Reached 2 · waiting 0 · to be called 1"),
                         HasSubstr("Call these, the soonest appointment first:\n"), HasSubstr("Phone stayed off")));
  EXPECT_THAT(gateway.asked().back().target, HasSubstr("/v1/clinical-items?call_list=true&batch=B1&limit=500"));
}

TEST_F(Bursts, CtrlCEndsTheWatchingAndSaysThatTheBurstGoesOn) {
  gateway.answer("GET /v1/batches/B1", progress(3, 0, 0));
  std::thread presser([this] {
    while (gateway.asked().size() < 3) std::this_thread::yield();
    kill(getpid(), SIGINT);
  });
  EXPECT_EQ(run_ctl({"burst", "show", "B1", "--watch"}), 0);
  presser.join();
  EXPECT_THAT(err, AllOf(HasSubstr("the burst goes on"), HasSubstr("burstctl burst cancel B1")));
}

TEST_F(Bursts, WatchOfAPreviewSaysHowToSendIt) {
  gateway.answer("GET /v1/batches/B1", {200, preview("green"), {}, false});
  EXPECT_EQ(run_ctl({"burst", "show", "B1", "--watch"}), 1);
  EXPECT_THAT(err, HasSubstr("burstctl burst send B1"));
}

TEST_F(Bursts, ShowPrintsHowFarItIsAndItsRowsOnRequest) {
  gateway.answer("GET /v1/batches/B1", progress(1, 2, 0));
  EXPECT_EQ(run_ctl({"burst", "show", "B1", "--rows"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("Messages     Pending 1 · Sent Successfully 2\n"), HasSubstr("number-invalid"),
                         HasSubstr("burstctl items --batch B1\n")));
}

TEST_F(Bursts, ASentBurstIsShownWithItsSlip) {
  gateway.answer("GET /v1/batches/B1",
                 {200,
                  R"({"id":"B1","state":"sending","counts":{"status":{"Pending":2,"Sent Successfully":4,
      "Send Failed":4},"state":{"uncertain":1,"cancelled":2,"failed":2},"failures":2},"progress":{"done":8,"total":10}})",
                  {},
                  false});
  gateway.answer("GET /v1/clinical-items", calls);
  EXPECT_EQ(run_ctl({"burst", "show", "B1"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("Reached 4 · waiting 2 · to be called 1 · sent again 1 · withdrawn 2\n"));
  EXPECT_THAT(out, HasSubstr("Mon 23 Nov 08:30  Carl     +41793  Phone stayed off  M3\n"));
  EXPECT_EQ(run_ctl({"burst", "show", "B1", "--json"}), 0);
  EXPECT_THAT(out, StartsWith("{\"id\":\"B1\"")) << "the gateway's answer alone";
}

TEST_F(Bursts, APreviewHasNoSlip) {
  gateway.answer("GET /v1/batches/B1", {200, preview("green"), {}, false});
  EXPECT_EQ(run_ctl({"burst", "show", "B1"}), 0);
  EXPECT_THAT(out, Not(HasSubstr("Reached")));
}

TEST_F(Bursts, CancelTellsWhatBecameOfTheMessagesAndByWhomAndWhy) {
  gateway.answer("GET /v1/batches/B1", progress(2, 0, 0));
  gateway.answer("POST /v1/batches/B1/cancel",
                 {200,
                  R"({"id":"B1","state":"cancelled","counts":{"status":{"Send Failed":2},"state":{"cancelled":2}}})",
                  {},
                  false});
  EXPECT_EQ(run_ctl({"burst", "cancel", "B1"}), 0);
  EXPECT_THAT(out, AllOf(HasSubstr("of which nothing had left"), HasSubstr("Send Failed 2\n")));
  EXPECT_EQ(run_ctl({"burst", "cancel", "B1", "--user", "anna", "--reason", "wrong day"}), 0);
  EXPECT_THAT(changes(),
              ElementsAre("/v1/batches/B1/cancel {}", R"(/v1/batches/B1/cancel {"user":"anna","reason":"wrong day"})"));
}

Progress judged_from(const char* batch) { return progress_of(object(boost::json::parse(batch))); }

TEST(Progress, IsFinalWhenNoMessageIsPending) {
  EXPECT_FALSE(judged_from(R"({"counts":{"status":{"Pending":1,"Sent Successfully":9}},"state":"done"})").final);
  EXPECT_TRUE(judged_from(R"({"counts":{"status":{"Sent Successfully":9}}})").final);
  EXPECT_TRUE(judged_from(R"({"progress":{"done":3,"total":3}})").final);
  EXPECT_FALSE(judged_from(R"({"progress":{"done":2,"total":3}})").final);
  EXPECT_TRUE(judged_from(R"({"state":"cancelled"})").final);
  EXPECT_FALSE(judged_from("{}").final);
}

TEST(Progress, CountsWhatIsFinalRatherThanWhatHasLeft) {
  const Progress found =
      judged_from(R"({"counts":{"status":{"Pending":2,"Sent Successfully":1}},"progress":{"done":3,"total":3}})");
  EXPECT_EQ(found.done, 1);
  EXPECT_EQ(found.total, 3);
  EXPECT_FALSE(found.final) << "two reports are awaited";
}

TEST(Progress, DoesNotCountTheCancelledAsFailed) {
  EXPECT_EQ(
      judged_from(R"({"counts":{"status":{"Send Failed":3},"state":{"cancelled":2,"failed":1},"failures":1}})").failed,
      1);
}

TEST(Bar, FillsWithWhatIsFinal) {
  EXPECT_EQ(bar({0, 4, 0, false}, 4), "[░░░░] 0/4  0 %");
  EXPECT_EQ(bar({3, 4, 0, false}, 4), "[███░] 3/4  75 %");
  EXPECT_EQ(bar({9, 4, 0, false}, 4), "[████] 9/4  100 %");
  EXPECT_EQ(bar({0, 0, 0, false}, 2), "[░░] 0/0  0 %");
}

}  // namespace
}  // namespace burstd::ctl
