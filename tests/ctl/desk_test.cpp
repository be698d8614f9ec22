// What a receptionist reads on a bad day and types in a hurry: lists to find a thing in, IDs as they come, help.
#include "bench.hpp"
#include "ctl/burst/selection.hpp"
#include "ctl/wire/socket.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Desk : public Bench {
 protected:
  void answer(const std::string& route, const std::string& body, unsigned status = 200) {
    gateway.answer(route, {status, body, {}, false});
  }
};

TEST(Barred, WhoHasNoPermissionIsToldTheGroupAndNeverThatOfRoot) {
  EXPECT_THAT(barred_in_words("/run/s", "sms"), HasSubstr("to the group \"sms\" (sudo adduser $USER sms)"));
  EXPECT_THAT(barred_in_words("/run/s", std::nullopt),
              AllOf(HasSubstr("/run/s"), HasSubstr("api.group"), HasSubstr("/etc/burstd/burstd.yaml"),
                    HasSubstr("administrator"), Not(HasSubstr("adduser")), Not(HasSubstr("root"))));
}

TEST_F(Desk, BurstsAreListedWithWhatBecameOfThem) {
  answer("GET /v1/batches", R"({"items":[
    {"id":"A-B3","state":"preview","name":null,"rows_total":3,"created_at":"2026-11-22T10:58:00Z",
     "counts":{"status":{},"state":{}}},
    {"id":"A-B2","state":"done","name":"Tomorrow","rows_total":600,"created_at":"2026-11-22T10:00:00Z",
     "counts":{"status":{"Pending":18,"Sent Successfully":578,"Send Failed":4},"state":{"submitted":18}}}],
    "next":"c"})");
  EXPECT_EQ(run_ctl({"burst", "list", "--limit", "2"}), 0) << err;
  EXPECT_EQ(gateway.asked().back().target, "/v1/batches?limit=2");
  EXPECT_THAT(out, HasSubstr("today 10:58"));
  EXPECT_THAT(out, testing::ContainsRegex("Tomorrow +all have left +600 +578 +18 +4 +A-B2\n"));
  EXPECT_THAT(out, testing::ContainsRegex("preview +3 +0 +0 +0 +A-B3\n"));
  EXPECT_THAT(out, HasSubstr("The newest 2; more with --limit N.\n"));
  answer("GET /v1/batches/NO", R"({"code":"batch-unknown","detail":"There is no burst with this id."})", 404);
  EXPECT_EQ(run_ctl({"burst", "show", "NO"}), 1);
  EXPECT_THAT(err, HasSubstr("burstctl burst list"));
}

TEST_F(Desk, NoBurstYetSaysHowToBegin) {
  answer("GET /v1/batches", R"({"items":[],"next":null})");
  EXPECT_EQ(run_ctl({"burst", "list"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("burstctl burst preview"));
}

const std::string question =
    R"({"id":"A-R3","from":"+41790000003","text":"First line, quite long as such texts go.\nSecond line.",)"
    R"("received_at":"2026-11-22T10:30:00Z","class":"other","complete":true,"modem":"front","matches":[)"
    R"({"message":"A-9","patient":"4711","patient_name":"Anna"},{"message":"A-7","patient_name":"Ben"}],)"
    R"("ambiguous":true,"in_window":true,"ordinal":1,"acknowledged_at":null,"acknowledged_by":null})";

TEST_F(Desk, AReplyIsReadWhole) {
  answer("GET /v1/inbox/A-R3", question);
  EXPECT_EQ(run_ctl({"inbox", "show", " a-r3 "}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("From         +41790000003\n"), HasSubstr("Answer       other\n"),
                         HasSubstr("May answer   Anna (4711), message A-9\n"),
                         HasSubstr("May answer   Ben, message A-7\n"), HasSubstr("Seen by      nobody yet\n"),
                         EndsWith("\n\nFirst line, quite long as such texts go.\nSecond line.\n")));
  EXPECT_EQ(run_ctl({"inbox", "show", "A-R3", "--json"}), 0);
  EXPECT_EQ(out, question + "\n");
  EXPECT_EQ(run_ctl({"inbox", "show"}), 2);
}

TEST_F(Desk, AListOfRepliesSaysWhereACutTextIsReadWhole) {
  answer("GET /v1/inbox", R"({"items":[)" + question + R"(],"next":null})");
  EXPECT_EQ(run_ctl({"inbox"}), 0) << err;
  EXPECT_THAT(out, Not(HasSubstr("inbox show")));
  look.width = 90;
  EXPECT_EQ(run_ctl({"inbox"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("is cut here. To read it whole: burstctl inbox show ID\n"));
}

TEST_F(Desk, IdsAreTakenInSmallLettersAndWithBlanksAround) {
  EXPECT_EQ(as_id("\tzffzrx-b2 "), "ZFFZRX-B2");
  answer("POST /v1/messages/ZFFZRX-10/cancel", "{}");
  EXPECT_EQ(run_ctl({"cancel", " zffzrx-10"}), 0) << err;
  answer("POST /v1/batches/ZFFZRX-B2/send", R"({"id":"ZFFZRX-B2","accepted":[{"row":1,"id":"ZFFZRX-11"}]})", 202);
  EXPECT_EQ(run_ctl({"burst", "send", "zffzrx-b2 "}), 0) << err;
  answer("GET /v1/clinical-items", R"({"items":[],"next":null})");
  EXPECT_EQ(run_ctl({"items", "--batch", "zffzrx-b2"}), 0) << err;
  EXPECT_EQ(gateway.asked().back().target, "/v1/clinical-items?batch=ZFFZRX-B2&limit=50");
  EXPECT_EQ(run_ctl({"show", " "}), 2) << "nothing is meant";
}

TEST_F(Desk, HelpIsAlsoACommand) {
  EXPECT_EQ(run_bare({"burst", "send", "--help"}), 0);
  const std::string page = out;
  EXPECT_EQ(run_bare({"help", "burst", "send"}), 0) << err;
  EXPECT_EQ(out, page);
  EXPECT_EQ(run_bare({"help"}), 0);
  EXPECT_THAT(out, HasSubstr("Usage: burstctl [OPTIONS] COMMAND"));
  EXPECT_EQ(run_bare({"help", "burst", "fly"}), 2);
  EXPECT_THAT(err, AllOf(HasSubstr("\"fly\""), HasSubstr("See: burstctl burst --help")));
}

TEST_F(Desk, AnOptionWithoutItsValueIsNamed) {
  EXPECT_EQ(run_bare({"--socket"}), 2);
  EXPECT_THAT(err, AllOf(HasSubstr("--socket"), Not(HasSubstr("a command is missing"))));
  EXPECT_EQ(run_bare({"--json"}), 2);
  EXPECT_THAT(err, HasSubstr("a command is missing"));
}

TEST_F(Desk, WhatIsNoNumberIsNamedWhereNothingFits) {
  answer("GET /v1/clinical-items", R"({"items":[],"next":null})");
  EXPECT_EQ(run_ctl({"items", "--number", "foo"}), 0) << err;
  EXPECT_EQ(out, "No message fits: \"foo\" is no phone number. Write it as people do, such as \"079 123 45 67\".\n");
  EXPECT_EQ(run_ctl({"items", "--number", "079 123"}), 0);
  EXPECT_THAT(out, StartsWith("No message fits. Leave out a filter"));
}

TEST_F(Desk, AChangeThatIsNoNumberIsWrongUsageInASentence) {
  EXPECT_EQ(run_ctl({"events", "--after", "x"}), 2);
  EXPECT_THAT(err, AllOf(HasSubstr("--after"), HasSubstr("the number of a change")));
  EXPECT_LT(err.size(), 200U);
}

TEST_F(Desk, AModemThatIsMissingShowsNoSignalAndNoOperator) {
  const std::string modem = R"({"name":"front","state":"absent","signal":26,"operator":"Salt","registration":1})";
  answer("GET /v1/status", R"({"version":"1","modems":[)" + modem + "]}");
  answer("GET /v1/modems", R"({"items":[)" + modem + R"(],"others":[]})");
  answer("GET /v1/modems/front", modem);
  for (const std::vector<std::string>& words : {std::vector<std::string>{"status"}, {"modems"}, {"modems", "front"}}) {
    EXPECT_EQ(run_ctl(words), 0) << err;
    EXPECT_THAT(out,
                AllOf(HasSubstr("missing"), Not(HasSubstr("strong")), Not(HasSubstr("Salt")), Not(HasSubstr("home"))));
  }
}

}  // namespace
}  // namespace burstd::ctl
