#include "api/api.hpp"

#include "api/counter.hpp"

namespace burstd::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ApiTest : public Counter {};

TEST_F(ApiTest, TellsItsVersionAndEpoch) {
  const auto reply = get("/v1/version");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.text("/name"), "burstd");
  EXPECT_EQ(reply.text("/version"), BURSTD_VERSION);
  EXPECT_EQ(reply.text("/epoch"), writer.epoch());
  EXPECT_EQ(reply.text("/timezone"), options.timezone);
  EXPECT_EQ(reply.raw.content_type, "application/json");
}

TEST_F(ApiTest, TellsWhatTheGatewayDoes) {
  post("/v1/messages", message("a"));
  const auto reply = get("/v1/status");
  EXPECT_EQ(reply.text("/queue/queued"), "1");
  EXPECT_EQ(reply.text("/queue/submitted"), "0");
  EXPECT_THAT(reply.text("/queue/oldest_pending_at"), HasSubstr("Z"));
  EXPECT_EQ(reply.text("/sending"), "false");
  EXPECT_THAT(reply.text("/reason"), HasSubstr("No modem"));
  EXPECT_EQ(reply.text("/modems"), "[]");
  EXPECT_EQ(get("/v1/modems").text("/items"), "[]");
  EXPECT_EQ(get("/v1/modems/left").text("/code"), "modem-unknown");
}

TEST_F(ApiTest, TellsWhatMayStillBeSent) {
  const auto reply = get("/v1/quota?segments=12");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(
      boost::json::serialize(reply.body),
      R"({"light":"green","available":null,"needed":12,"margin":50,"limited_by":null,"new_recipients":null,"sims":[]})");
  EXPECT_EQ(get("/v1/quota").text("/needed"), "0");
  EXPECT_EQ(get("/v1/quota?segments=-1").status, 400);
  EXPECT_EQ(get("/v1/quota?segments=many&for=you").faults().size(), 2U);
}

TEST_F(ApiTest, AMessageThatIsHeldSaysUntilWhen) {
  const auto id = post("/v1/messages", message("a", R"(,"send_after":"2100-01-01T08:00:00Z")")).text("/id");
  const auto held = get("/v1/messages/" + id);
  EXPECT_EQ(held.text("/held_by"), "send-after");
  EXPECT_EQ(held.text("/hold"), R"({"by":"send-after","until":"2100-01-01T08:00:00.000Z","modem":null,"limit":null})");
}

TEST_F(ApiTest, ALookAtATextChangesNothing) {
  const auto reply = post("/v1/messages/check", R"({"to":"079 123 45 67","text":"Grüezi €","category":"recall"})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(boost::json::serialize(reply.body),
            R"({"to":"+41791234567","number_kind":"mobile","encoding":"gsm7","segments":1,"units_used":9,)"
            R"("units_left":151,"verdict":"ok","flags":[],"opens_at":null})");
  EXPECT_EQ(post("/v1/messages/check", R"({"to":"12","text":"x"})").text("/verdict"), "number-invalid");
  EXPECT_THAT(get("/v1/clinical-items").at("/items").as_array(), IsEmpty());
}

TEST_F(ApiTest, AMessageIsCreatedOnceAndReplayed) {
  const auto first = post("/v1/messages", message("a", R"(,"patient":"P-1","user":"desk")"));
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(first.header("Location"), "/v1/messages/" + first.text("/id"));
  EXPECT_EQ(first.header("Idempotent-Replayed"), "");
  const auto again = post("/v1/messages", message("a", R"(,"patient":"P-1","user":"desk")"));
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(again.text("/id"), first.text("/id"));
  const auto other = post("/v1/messages", message("a"));
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(other.text("/code"), "client-ref-reused");
}

TEST_F(ApiTest, AnItemHasEveryMember) {
  const auto id = post("/v1/messages", message("a", R"(,"patient_name":"Ann")")).text("/id");
  const auto item = get("/v1/clinical-items/" + id);
  ASSERT_EQ(item.status, 200);
  for (const char* name : {"id",
                           "type",
                           "patient",
                           "patient_name",
                           "message",
                           "mobile_number",
                           "number_as_typed",
                           "status",
                           "state",
                           "error",
                           "error_code",
                           "sent_at",
                           "delivered_at",
                           "created_at",
                           "updated_at",
                           "send_after",
                           "expires_at",
                           "appointment_at",
                           "delivery",
                           "confirmation",
                           "segments",
                           "batch",
                           "client_ref",
                           "category",
                           "user",
                           "retry_of",
                           "resent_as",
                           "notes",
                           "message_removed_at",
                           "change_seq"}) {
    EXPECT_TRUE(item.body.as_object().contains(name)) << name;
  }
  EXPECT_EQ(item.text("/type"), "SMS Message");
  EXPECT_EQ(item.text("/status"), "Pending");
  EXPECT_EQ(item.text("/state"), "held");
  EXPECT_EQ(item.text("/held_by"), "no-modem");
  EXPECT_EQ(item.text("/mobile_number"), "+41791234567");
  EXPECT_EQ(item.text("/patient"), "null");
  EXPECT_EQ(item.text("/notes"), "[]");
  EXPECT_EQ(get("/v1/clinical-items/x").text("/code"), "message-unknown");
}

TEST_F(ApiTest, AMessageTellsEverythingThatIsKnownOfIt) {
  const auto id =
      post("/v1/messages", message("a", R"(,"priority":"urgent","context":"visit 7","timezone":"Europe/Zurich",
      "expects_reply":{"until":"2100-01-01T00:00:00Z"})"))
          .text("/id");
  const auto reply = get("/v1/messages/" + id);
  EXPECT_EQ(reply.text("/text"), "See you at ten");
  EXPECT_EQ(reply.text("/number"), "+41791234567");
  EXPECT_EQ(reply.text("/number_as_typed"), "079 123 45 67");
  EXPECT_EQ(reply.text("/priority"), "urgent");
  EXPECT_EQ(reply.text("/context"), "visit 7");
  EXPECT_EQ(reply.text("/expects_reply/until"), "2100-01-01T00:00:00.000Z");
  EXPECT_EQ(reply.text("/parts/0/state"), "queued");
  EXPECT_EQ(reply.text("/parts/0/attempts"), "[]");
  EXPECT_EQ(reply.text("/history/0/seq"), "1");
}

TEST_F(ApiTest, APartShowsItsAttemptsAndReports) {
  const auto id = post("/v1/messages", message("a")).text("/id");
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    store::Attempt attempt;
    attempt.message = 1;
    attempt.modem = "left";
    attempt.sim = "8941";
    attempt.started_at = async::now().wall;
    attempt.result = "open";
    store::Report report;
    report.attempt = attempt.key = store::insert_attempt(transaction, attempt);
    attempt.reference = 7;
    attempt.result = "accepted";
    attempt.ended_at = attempt.started_at;
    store::finish_attempt(transaction, attempt);
    report.sim = "8941";
    report.modem = "left";
    report.pdu = "0006";
    report.reference = 7;
    report.received_at = attempt.started_at;
    store::insert_report(transaction, report);
    return true;
  };
  ASSERT_TRUE(wait_for(writer.run(unit)));
  const auto part = get("/v1/messages/" + id).at("/parts/0");
  EXPECT_EQ(part.at_pointer("/attempts/0/reference"), 7);
  EXPECT_EQ(part.at_pointer("/attempts/0/result"), "accepted");
  EXPECT_EQ(part.at_pointer("/reports/0/pdu"), "0006");
  EXPECT_EQ(part.at_pointer("/reports/0/tp_status"), 0);
  EXPECT_THAT(std::string(part.at_pointer("/reports/0/sentence").as_string()), Not(IsEmpty()));
}

TEST_F(ApiTest, EveryFaultOfAMessageIsToldAndNothingIsRecorded) {
  const auto reply = post("/v1/messages", R"({"client_ref":"","text":"  ","category":"spam","priority":"high",
      "send_after":"tomorrow","timezone":"a b","expects_reply":{"when":1},"patient":5,"extra":1})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.raw.content_type, "application/problem+json");
  EXPECT_EQ(reply.text("/code"), "request-invalid");
  EXPECT_EQ(reply.text("/retryable"), "false");
  EXPECT_THAT(reply.faults(), testing::UnorderedElementsAre("/client_ref", "/to", "/text", "/patient", "/category",
                                                            "/priority", "/send_after", "/timezone",
                                                            "/expects_reply/until", "/expects_reply/when", "/extra"));
  EXPECT_THAT(get("/v1/clinical-items").at("/items").as_array(), IsEmpty());
}

TEST_F(ApiTest, BodiesThatAreNoSoundJsonAreRefused) {
  EXPECT_EQ(post("/v1/messages", "{").status, 400);
  EXPECT_THAT(post("/v1/messages", message("a", R"(,"to":"1")")).faults(), ElementsAre("/to"));
  EXPECT_EQ(post("/v1/messages", "[]").status, 400);
  EXPECT_EQ(post("/v1/messages", message("a", R"(,"patient":"\ud83d")")).status, 400);
  EXPECT_EQ(post("/v1/messages", message("a", ",\"patient\":\"\xFF\"")).status, 400);
}

TEST_F(ApiTest, ARefHasUpToTwoHundredCharacters) {
  EXPECT_EQ(post("/v1/messages", message(std::string(201, 'a'))).status, 400);
  std::string umlauts;
  for (int at = 0; at < 200; ++at) umlauts += "ä";
  EXPECT_EQ(post("/v1/messages", message(umlauts)).status, 201);
}

TEST_F(ApiTest, AFullDiskAnswers507AndIsWorthAskingAgain) {
  const auto pages = [&](const char* pragma) {
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      transaction.run(pragma);
      return true;
    };
    ASSERT_TRUE(wait_for(writer.run(unit)));
  };
  pages("PRAGMA max_page_count = 1");
  const std::string wide = R"(,"context":")" + std::string(2000, 'c') + '"';
  Reply refused;
  for (int n = 0; n < 100 && refused.status != 507; ++n) {
    refused = post("/v1/messages", message("big" + std::to_string(n), wide));
  }
  EXPECT_EQ(refused.status, 507);
  EXPECT_EQ(refused.text("/code"), "disk-full");
  EXPECT_EQ(refused.text("/retryable"), "true");
  EXPECT_EQ(get("/v1/status").status, 200) << "reading goes on";
  pages("PRAGMA max_page_count = 1000000");
  writer.disk().look();
  EXPECT_EQ(post("/v1/messages", message("later")).status, 201);
}

TEST_F(ApiTest, AnInvalidNumberIsRecordedAsFailed) {
  const auto reply = post("/v1/messages", R"({"client_ref":"a","to":"12","text":"x"})");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.text("/status"), "Send Failed");
  EXPECT_EQ(reply.text("/state"), "failed");
  EXPECT_EQ(reply.text("/error"), "Phone number is not valid");
  EXPECT_EQ(reply.text("/error_code"), "number-invalid");
  EXPECT_EQ(reply.text("/mobile_number"), "null");
}

TEST_F(ApiTest, AMessageIsCancelledWithOrWithoutABody) {
  const auto id = post("/v1/messages", message("a")).text("/id");
  const auto reply = post("/v1/messages/" + id + "/cancel", R"({"user":"desk","reason":"phoned"})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.text("/state"), "cancelled");
  EXPECT_EQ(post("/v1/messages/" + id + "/cancel").status, 200);
  EXPECT_EQ(post("/v1/messages/x/cancel").status, 404);
  EXPECT_THAT(post("/v1/messages/" + id + "/cancel", R"({"why":1})").faults(), ElementsAre("/why"));
}

TEST_F(ApiTest, RolesDecideWhatAPeerMayAsk) {
  const auto status = [&](uid_t uid, const char* method, const char* target, const std::string& body = "") {
    auto asked = request(method, target, body);
    asked.peer.uid = uid;
    return ask(std::move(asked)).status;
  };
  EXPECT_EQ(status(1, "GET", "/v1/status"), 200);
  EXPECT_EQ(status(1, "POST", "/v1/messages/check", R"({"to":"12","text":"x"})"), 200);
  EXPECT_EQ(status(1, "POST", "/v1/messages", message("a")), 403);
  EXPECT_EQ(status(2, "POST", "/v1/messages", message("a")), 201);
  EXPECT_EQ(status(3, "GET", "/v1/version"), 403);
  EXPECT_EQ(status(3, "GET", "/v1/nothing"), 403);
  EXPECT_EQ(status(1000, "PUT", "/v1/templates/appointment-reminder"), 403);
  auto asked = request("POST", "/v1/messages", message("b"));
  asked.peer.uid = 1;
  const auto reply = ask(std::move(asked));
  EXPECT_EQ(reply.text("/code"), "forbidden");
  EXPECT_THAT(reply.text("/detail"), HasSubstr("'send'"));
}

TEST_F(ApiTest, WhoMayNotAskIsToldBeforeTheBodyIsRead) {
  auto head = request("POST", "/v1/messages");
  head.headers = {{"Content-Type", "application/json"}};
  EXPECT_FALSE(api.screen(head));
  head.peer.uid = 1;
  EXPECT_EQ(api.screen(head)->status, 403);
  head.peer.uid = 1000;
  head.headers.clear();
  EXPECT_EQ(api.screen(head)->status, 415);
  EXPECT_EQ(api.screen(request("POST", "/v1/nothing"))->status, 404);
}

TEST_F(ApiTest, RefsBelongToTheClientsName) {
  post("/v1/messages", message("a"));
  auto asked = request("POST", "/v1/messages", message("a", R"(,"patient":"other")"));
  asked.peer.uid = 1001;
  EXPECT_EQ(ask(std::move(asked)).status, 201);
}

TEST_F(ApiTest, NothingPermanentIsDeletedOrRewritten) {
  const auto id = post("/v1/messages", message("a")).text("/id");
  for (const char* method : {"DELETE", "PUT", "PATCH"}) {
    for (const std::string& path :
         {"/v1/messages/" + id, "/v1/clinical-items/" + id, std::string("/v1/batches/x"), std::string("/v1/batches")}) {
      const auto reply = ask(request(method, path));
      EXPECT_EQ(reply.status, 405) << method << path;
      EXPECT_EQ(reply.text("/code"), "record-permanent");
      EXPECT_THAT(reply.header("Allow"), HasSubstr("GET"));
    }
  }
  EXPECT_EQ(get("/v1/clinical-items/" + id).status, 200);
}

TEST_F(ApiTest, OtherMethodsAndPathsAreToldApart) {
  const auto method = ask(request("POST", "/v1/status"));
  EXPECT_EQ(method.status, 405);
  EXPECT_EQ(method.header("Allow"), "GET, HEAD");
  EXPECT_EQ(method.text("/code"), "method-not-allowed");
  EXPECT_EQ(ask(request("POST", "/v1/batches/x/rows")).header("Allow"), "GET, HEAD");
  EXPECT_EQ(get("/v1/messages").header("Allow"), "POST");
  EXPECT_EQ(get("/v1/nothing").status, 404);
  EXPECT_EQ(get("/").status, 404);
}

TEST_F(ApiTest, ParametersThatNobodyReadsAreFaults) {
  for (const char* path : {"/v1/status?x=1", "/v1/version?x=1", "/v1/batches/b?x=1", "/v1/templates?x=1"}) {
    EXPECT_THAT(get(path).faults(), ElementsAre("/x")) << path;
  }
  EXPECT_THAT(post("/v1/messages?x=1", message("a")).faults(), ElementsAre("/x"));
}

TEST_F(ApiTest, OnlyJsonIsTakenAndGiven) {
  auto plain = request("POST", "/v1/messages", message("a"));
  plain.headers = {{"content-type", "text/plain"}};
  EXPECT_EQ(ask(plain).status, 415);
  plain.headers.clear();
  EXPECT_EQ(ask(plain).status, 415);
  plain.headers = {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}};
  EXPECT_EQ(ask(plain).text("/code"), "encoding-unsupported");
  plain.headers = {{"Content-Type", "Application/JSON; charset=utf-8"}, {"Content-Encoding", "identity"}};
  EXPECT_EQ(ask(plain).status, 201);
  const auto accepting = [&](const char* types) {
    auto asked = request("GET", "/v1/version");
    asked.headers = {{"Accept", types}};
    return ask(std::move(asked)).status;
  };
  EXPECT_EQ(accepting("text/html"), 406);
  EXPECT_EQ(accepting("application/json;q=0, text/html"), 406);
  for (const char* types : {"*/*", "text/html, application/*;q=0.5", "application/json", "Application/JSON; q=1", ""}) {
    EXPECT_EQ(accepting(types), 200) << types;
  }
}

TEST_F(ApiTest, WhatHttpRefusesLooksTheSame) {
  const auto response = api.refuse(413, "body-too-large", "The body is too large.");
  EXPECT_EQ(response.content_type, "application/problem+json");
  const auto body = boost::json::parse(response.body);
  EXPECT_EQ(body.at("status"), 413);
  EXPECT_EQ(body.at("code"), "body-too-large");
  EXPECT_EQ(body.at("retryable"), false);
}

TEST_F(ApiTest, MaintainedTemplatesAreReadAndNotChanged) {
  EXPECT_EQ(get("/v1/templates").text("/items/0/name"), "appointment-reminder");
  const auto named = get("/v1/templates/appointment-reminder");
  EXPECT_EQ(named.text("/maintained"), "true");
  EXPECT_EQ(named.text("/placeholders/0"), "patient_name");
  EXPECT_EQ(get("/v1/templates/x").status, 404);
  for (const char* method : {"PUT", "DELETE"}) {
    auto asked = request(method, "/v1/templates/appointment-reminder");
    asked.peer.uid = 2;
    const auto reply = ask(std::move(asked));
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(reply.text("/code"), "template-maintained");
  }
}

TEST_F(ApiTest, AKeyThatTwoRowsShareIsAFaultOfTheRequest) {
  const auto reply = post("/v1/batches", R"({"client_ref":"b","text":"Hi","recipients":[{"to":"079 123 45 67",)"
                                         R"("client_ref":"r"},{"to":"079 123 45 68","client_ref":"r"}]})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.faults(), ElementsAre("/recipients/1/client_ref"));
}

TEST_F(ApiTest, OctetsThatAreNoUtf8AreNamedByTheirPlace) {
  const auto reply = post("/v1/messages", "{\"client_ref\":\"a\",\"to\":\"079\",\"text\":\"bad \xFF\"}");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.text("/errors/0/detail"), HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace burstd::api
