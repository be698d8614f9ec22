// burstctl inbox and opt-out: what patients say, as a receptionist reads and answers it.
#include "bench.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string yes =
    R"({"id":"A-R1","from":"+41790000001","text":"Yes","received_at":"2026-11-22T11:00:00Z","class":"confirm",)"
    R"("complete":true,"matches":[{"message":"A-M1","patient":"4711","patient_name":"Anna","context":null}],)"
    R"("ambiguous":false,"in_window":true,"ordinal":1,"acknowledged_at":"2026-11-22T11:05:00Z","acknowledged_by":"eva"})";
const std::string two =
    R"({"id":"A-R2","from":"+41790000002","text":"no","received_at":"2026-11-22T10:00:00Z","class":"decline",)"
    R"("complete":true,"matches":[{"message":"A-M3","patient_name":"Ben"},{"message":"A-M2","patient_name":"Cleo"},)"
    R"({"message":"A-M4","patient_name":"Ben"}],"ambiguous":true,"in_window":false,"ordinal":2})";
const std::string part =
    R"({"id":"A-R3","from":"+41790000003","text":"[…] call me","received_at":"2026-11-22T10:30:00Z","class":"other",)"
    R"("complete":false,"matches":[],"ambiguous":false,"in_window":false,"ordinal":null})";

Canned page(const std::string& items) {
  return {200, R"({"items":[)" + items + R"(],"next":null,"last_seq":9})", {}, false};
}

using Patients = Bench;

TEST_F(Patients, TheInboxTellsWhoAnsweredWhat) {
  gateway.answer("GET /v1/inbox", page(yes + "," + part + "," + two));
  EXPECT_EQ(run_ctl({"inbox"}), 0) << err;
  EXPECT_EQ(out,
            "TIME         FROM          PATIENT        ANSWER         TEXT                      SEEN BY  ID\n"
            "today 10:00  +41790000002  Ben or Cleo ?  decline, late  no                                 A-R2\n"
            "today 10:30  +41790000003                 other          (incomplete) […] call me           A-R3\n"
            "today 11:00  +41790000001  Anna (4711)    confirm        Yes                       eva      A-R1\n"
            "?: several patients or appointments may be meant; ask the patient which.\n");
}

TEST_F(Patients, OnlyWhatNobodyHasSeenAndOnlySoMuch) {
  gateway.answer("GET /v1/inbox", {200, R"({"items":[)" + part + R"(],"next":"c1"})", {}, false});
  EXPECT_EQ(run_ctl({"inbox", "--unacknowledged", "--limit", "1"}), 0) << err;
  EXPECT_THAT(gateway.asked().back().target, AllOf(HasSubstr("unacknowledged=true"), HasSubstr("limit=1")));
  EXPECT_THAT(out, AllOf(HasSubstr("A-R3"), HasSubstr("The newest 1; more with --limit N.\n")));
  gateway.answer("GET /v1/inbox", page(""));
  EXPECT_EQ(run_ctl({"inbox", "--unacknowledged"}), 0);
  EXPECT_EQ(out, "Every reply has been seen.\n");
  gateway.answer("GET /v1/inbox", page(yes));
  EXPECT_EQ(run_ctl({"inbox", "--json"}), 0);
  EXPECT_THAT(out, testing::StartsWith("{\"items\":["));
}

TEST_F(Patients, AReplyIsAcknowledgedWithAName) {
  gateway.answer("POST /v1/inbox/A-R1/ack", {200, yes, {}, false});
  EXPECT_EQ(run_ctl({"inbox", "ack", "A-R1", "--user", "eva"}), 0) << err;
  EXPECT_EQ(out, "Seen by eva, today 11:05.\n");
  EXPECT_EQ(run_ctl({"inbox", "ack", "A-R1", "--user", "anna"}), 0) << err;
  EXPECT_EQ(out, "Seen before, by eva, today 11:05.\n");
  EXPECT_EQ(run_ctl({"inbox", "ack", "A-R1", "--user", "anna", "--json"}), 0);
  EXPECT_EQ(out, yes + "\n");
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/inbox/A-R1/ack {"user":"eva"})", R"(/v1/inbox/A-R1/ack {"user":"anna"})",
                                     R"(/v1/inbox/A-R1/ack {"user":"anna"})"));
  EXPECT_EQ(run_ctl({"inbox", "ack", "A-R1"}), 2);
  EXPECT_EQ(run_ctl({"inbox", "ack"}), 2);
}

const std::string stop =
    R"({"number":"+41790000001","opted_out":true,"event":"stop","since":"2026-11-22T11:00:00Z","by":"patient",)"
    R"("reply":"A-R7","client":null,"uid":null,"user":null,"reason":null,"change_seq":8})";
const std::string added =
    R"({"number":"+41790000002","opted_out":true,"event":"added","since":"2026-11-22T10:00:00Z","by":"staff",)"
    R"("reply":null,"client":"reception","uid":1000,"user":"anna","reason":"wants letters","change_seq":5})";

TEST_F(Patients, OptOutsAreListedAndShown) {
  gateway.answer("GET /v1/opt-outs", page(stop + "," + added));
  EXPECT_EQ(run_ctl({"opt-out", "list"}), 0) << err;
  EXPECT_EQ(out,
            "NUMBER        SINCE        BY                   REASON\n"
            "+41790000001  today 11:00  patient, reply A-R7\n"
            "+41790000002  today 10:00  anna of reception    wants letters\n");
  gateway.answer("GET /v1/opt-outs/079%20000%2000%2001/history",
                 {200, R"({"number":"+41790000001","opted_out":true,"items":[)" + stop + "]}", {}, false});
  EXPECT_EQ(run_ctl({"opt-out", "show", "079 000 00 01"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("+41790000001 is blocked: nothing is sent to it."), HasSubstr("STOP by SMS")));
  gateway.answer("GET /v1/opt-outs", page(""));
  EXPECT_EQ(run_ctl({"opt-out", "list"}), 0);
  EXPECT_EQ(out, "No number is blocked.\n");
}

TEST_F(Patients, ANumberThatPatientAndClinicHaveBlockedIsOneLine) {
  std::string also = added;
  also.replace(also.find("+41790000002"), 12, "+41790000001");
  gateway.answer("GET /v1/opt-outs", page(stop + "," + also));
  EXPECT_EQ(run_ctl({"opt-out", "list"}), 0) << err;
  EXPECT_EQ(out,
            "NUMBER        SINCE        BY                                      REASON\n"
            "+41790000001  today 10:00  patient, reply A-R7; anna of reception  wants letters\n");
}

TEST_F(Patients, ANumberIsBlockedAndLiftedWithWhoAndWhy) {
  gateway.answer("PUT /v1/opt-outs/+41790000002", {201, added, {}, false});
  gateway.answer("PUT /v1/opt-outs/%2B41790000002", {201, added, {}, false});
  EXPECT_EQ(run_ctl({"opt-out", "add", "+41790000002", "--user", "anna", "--reason", "wants letters"}), 0) << err;
  EXPECT_EQ(out, "+41790000002 is blocked, by anna of reception. What waited for it is withdrawn.\n");
  gateway.answer("DELETE /v1/opt-outs/%2B41790000002", {403, R"({"code":"forbidden","detail":"By SMS."})", {}, false});
  EXPECT_EQ(run_ctl({"opt-out", "lift", "+41790000002", "--user", "anna", "--reason", "asked"}), 1);
  EXPECT_THAT(err, HasSubstr("By SMS."));
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/opt-outs/%2B41790000002 {"user":"anna","reason":"wants letters"})",
                                     R"(/v1/opt-outs/%2B41790000002 {"user":"anna","reason":"asked"})"));
  EXPECT_EQ(run_ctl({"opt-out", "add", "+41790000002", "--user", "anna"}), 2);
  EXPECT_EQ(run_ctl({"opt-out"}), 2);
}

}  // namespace
}  // namespace burstd::ctl
