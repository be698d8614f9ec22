// burstctl template and group, and bursts to a group.
#include <filesystem>
#include <fstream>

#include "bench.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class Keeping : public Bench {
 protected:
  std::string file(const std::string& octets, const std::string& name = "/members.csv") const {
    const std::string path = std::filesystem::path(gateway.path()).parent_path().string() + name;
    std::ofstream(path, std::ios::binary) << octets;
    return path;
  }
};

const std::string recall = R"({"name":"recall","text":"Dear {name}","description":"Yearly","placeholders":["name"],
  "max_segments":2,"maintained":false,"changed_at":"2026-11-22T10:00:00Z","changed_by":"anna of it"})";

TEST_F(Keeping, TemplatesAreListedAndShown) {
  gateway.answer("GET /v1/templates",
                 {200, R"({"items":[)" + recall + R"(,{"name":"house","maintained":true}]})", {}, false});
  EXPECT_EQ(run_ctl({"template", "list"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("recall  name"), HasSubstr("anna of it"), HasSubstr("not to be changed")));
  gateway.answer("GET /v1/templates/recall", {200, recall, {}, false});
  EXPECT_EQ(run_ctl({"template", "show", "recall"}), 0) << err;
  EXPECT_THAT(out, AllOf(testing::StartsWith("Dear {name}\n"), HasSubstr("At most       2 SMS"), HasSubstr("Yearly")));
  EXPECT_EQ(run_ctl({"template", "show", "recall", "--json"}), 0);
  EXPECT_EQ(out, recall + "\n");
}

TEST_F(Keeping, ATemplateIsPutFromTheLineOrFromStandardInput) {
  gateway.answer("PUT /v1/templates/recall", {201, recall, {}, false});
  EXPECT_EQ(run_ctl({"template", "put", "recall", "--text", "Dear {name}", "--description", "Yearly", "--max-segments",
                     "2", "--user", "anna"}),
            0)
      << err;
  EXPECT_EQ(run_ctl({"template", "put", "recall"}, "Dear {name}\n"), 0) << err;
  EXPECT_THAT(
      changes(),
      ElementsAre(
          R"(/v1/templates/recall {"text":"Dear {name}","description":"Yearly","max_segments":2,"user":"anna"})",
          R"(/v1/templates/recall {"text":"Dear {name}"})"));
  EXPECT_EQ(run_ctl({"template", "put", "recall", "--max-segments", "0"}), 2);
}

TEST_F(Keeping, WhatIsNotGivenOfATemplateThatIsThereStaysAsItWas) {
  gateway.answer("GET /v1/templates/recall",
                 {200, R"({"name":"recall","text":"Old","description":"Yearly","max_segments":2})", {}, false});
  gateway.answer("PUT /v1/templates/recall", {200, recall, {}, false});
  EXPECT_EQ(run_ctl({"template", "put", "recall", "--text", "New"}), 0) << err;
  EXPECT_EQ(run_ctl({"template", "put", "recall", "--text", "New", "--max-segments", "3"}), 0) << err;
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/templates/recall {"text":"New","description":"Yearly","max_segments":2})",
                                     R"(/v1/templates/recall {"text":"New","description":"Yearly","max_segments":3})"));
}

TEST_F(Keeping, AMaintainedTemplateSaysWhatToDoInstead) {
  gateway.answer("DELETE /v1/templates/house",
                 {403, R"({"code":"template-maintained","detail":"It comes with the gateway."})", {}, false});
  EXPECT_EQ(run_ctl({"template", "delete", "house"}), 1);
  EXPECT_THAT(err, AllOf(HasSubstr("It comes with the gateway."), HasSubstr("burstctl template put NAME")));
}

TEST_F(Keeping, ADryRunShowsTheTextAndFailsWhereItCouldNotBeSent) {
  gateway.answer("POST /v1/templates/recall/dry-run",
                 {200,
                  R"({"text":"Dear Ann","encoding":"gsm7","segments":1,"missing":[],"verdict":"ok",
                   "flags":["confidential-word"]})",
                  {},
                  false});
  EXPECT_EQ(run_ctl({"template", "dry-run", "recall", "--field", "a=b=c", "--field", "d=", "--patient-name", "Ann",
                     "--appointment-at", "2026-12-01 08:30", "--timezone", "UTC"}),
            0)
      << err;
  EXPECT_THAT(out, AllOf(testing::StartsWith("Dear Ann\n"), HasSubstr("ok: 1 SMS, encoding gsm7"),
                         HasSubstr("confidential-word: The text holds a word"), HasSubstr("Nothing was sent")));
  EXPECT_THAT(changes(),
              ElementsAre(R"(/v1/templates/recall/dry-run {"fields":{"a":"b=c","d":""},"patient_name":"Ann",)"
                          R"("appointment_at":"2026-12-01T08:30:00.000Z","timezone":"UTC"})"));
  gateway.answer("POST /v1/templates/other/dry-run",
                 {200, R"({"text":"Dear {name}","missing":["name"],"verdict":"field-missing"})", {}, false});
  EXPECT_EQ(run_ctl({"template", "dry-run", "other"}), 1);
  EXPECT_THAT(out, HasSubstr("field-missing (name)"));
  EXPECT_EQ(run_ctl({"template", "dry-run", "other", "--field", "novalue"}), 2);
  EXPECT_THAT(err, HasSubstr("NAME=VALUE"));
}

TEST_F(Keeping, AGroupIsMadeFromAFileAndKeepsNothingElseOfIt) {
  gateway.answer("PUT /v1/groups/flu", {201, R"({"name":"flu","members_total":2})", {}, false});
  EXPECT_EQ(run_ctl({"group", "put", "flu",
                     file("name,patient_id,mobile,exclude,diagnosis\nAnn,P-1,0791,,x\nBob,P-2,"
                          "0792,no wish,x\nZoë,P-3,0793,,x\n"),
                     "--description", "Autumn", "--synced-at", "2026-11-21", "--user", "anna"}),
            2)
      << "a day alone is no moment";
  EXPECT_EQ(run_ctl({"group", "put", "flu",
                     file("name,patient_id,mobile,exclude,diagnosis\nAnn,P-1,0791,,x\nBob,P-2,"
                          "0792,no wish,x\nZoë,P-3,0793,,x\n"),
                     "--description", "Autumn", "--synced-at", "2026-11-21 08:00", "--user", "anna"}),
            0)
      << err;
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/groups/flu {"members":[{"to":"0791","patient":"P-1","patient_name":"Ann"},)"
                                     R"({"to":"0793","patient":"P-3","patient_name":"Zoë"}],"description":"Autumn",)"
                                     R"("synced_at":"2026-11-21T08:00:00.000Z","user":"anna"})"));
  EXPECT_THAT(out, AllOf(HasSubstr("flu is kept. Members: 2."), HasSubstr("not among them: 1.")));
  EXPECT_EQ(run_ctl({"group", "put", "flu", "-"}, R"([{"to":"1","fields":{"a":"b"}}])"), 0) << err;
  EXPECT_EQ(changes().back(), R"(/v1/groups/flu {"members":[{"to":"1"}]})");
  EXPECT_EQ(run_ctl({"group", "put", "flu", "/nonexistent.csv"}), 1);
}

TEST_F(Keeping, GroupsAreListedShownAndDeleted) {
  gateway.answer("GET /v1/groups",
                 {200, R"({"items":[{"name":"flu","members_total":2,"changed_by":"it"}]})", {}, false});
  gateway.answer("GET /v1/groups/flu", {200,
                                        R"({"name":"flu","members_total":1,"synced_at":"2026-11-22T09:00:00Z",
      "changed_by":"it","members":[{"patient":"P-1","patient_name":"Ann","to":"0791"}]})",
                                        {},
                                        false});
  gateway.answer("DELETE /v1/groups/flu", {200, R"({"name":"flu","deleted":true})", {}, false});
  EXPECT_EQ(run_ctl({"group", "list"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("flu         2"));
  EXPECT_EQ(run_ctl({"group", "show", "flu"}), 0) << err;
  EXPECT_THAT(out, AllOf(HasSubstr("Ann (P-1)  0791"), HasSubstr("Members: 1 as of today 09:00, kept by it")));
  EXPECT_EQ(run_ctl({"group", "delete", "flu", "--user", "anna"}), 0) << err;
  EXPECT_THAT(changes(), ElementsAre(R"(/v1/groups/flu {"user":"anna"})"));
}

TEST_F(Keeping, ABurstGoesToAGroupInPlaceOfAFile) {
  gateway.answer("POST /v1/batches",
                 {201, R"({"id":"B1","state":"preview","rows_selected":1,"light":"green"})", {}, false});
  gateway.answer("GET /v1/batches/B1/rows",
                 {200, R"({"items":[{"row":1,"to":"0791","verdict":"ok","text":"Hi"}],"next":null})", {}, false});
  gateway.answer("POST /v1/batches/B1/send",
                 {202, R"({"id":"B1","accepted":[{"row":1,"id":"M1"}],"refused":[]})", {}, false});
  EXPECT_EQ(run_ctl({"burst", "preview", "--group", "flu", "--text", "Hi", "--client-ref", "r"}), 0) << err;
  EXPECT_EQ(changes().at(0), R"(/v1/batches {"client_ref":"r","text":"Hi","group":"flu"})");
  EXPECT_EQ(run_ctl({"burst", "send", "--group", "flu", "--template", "recall", "--yes"}), 0) << err;
  EXPECT_EQ(changes().back(), "/v1/batches/B1/send {}");
  EXPECT_EQ(run_ctl({"burst", "send", "--group", "flu", "--text", "Hi"}), 2) << "nobody can be asked";
  EXPECT_EQ(run_ctl({"burst", "preview", file("to\n1\n"), "--group", "flu", "--text", "Hi"}), 2);
  gateway.answer("POST /v1/batches", {422, R"({"code":"group-unknown","detail":"There is no group 'x'."})", {}, false});
  EXPECT_EQ(run_ctl({"burst", "preview", "--group", "x", "--text", "Hi"}), 1);
  EXPECT_THAT(err, HasSubstr("burstctl group list"));
}

}  // namespace
}  // namespace burstd::ctl
