#include <algorithm>

#include "api/counter.hpp"

namespace burstd::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ListsTest : public Counter {
 protected:
  std::vector<std::string> refs(const Reply& reply) {
    std::vector<std::string> all;
    for (const auto& item : reply.at("/items").as_array()) all.emplace_back(item.at("client_ref").as_string());
    return all;
  }

  static std::string burst(const std::string& ref, const std::string& rows, const std::string& more = "") {
    return R"({"client_ref":")" + ref + R"(","text":"Dear {patient_name}","recipients":[)" + rows + "]" + more + "}";
  }
  static std::string row(const std::string& to, const std::string& more = "") {
    return R"({"to":")" + to + R"(","patient_name":"Ann")" + more + "}";
  }
};

TEST_F(ListsTest, PagesGoOnWithTheCursorWhileItemsArrive) {
  for (const char* ref : {"a", "b", "c", "d", "e"}) post("/v1/messages", message(ref));
  const auto first = get("/v1/clinical-items?limit=2");
  EXPECT_THAT(refs(first), ElementsAre("e", "d"));
  EXPECT_EQ(first.text("/epoch"), writer.epoch());
  EXPECT_EQ(first.text("/last_seq"), "5");
  post("/v1/messages", message("f"));
  const auto second = get("/v1/clinical-items?limit=2&cursor=" + first.text("/next"));
  EXPECT_THAT(refs(second), ElementsAre("c", "b"));
  const auto third = get("/v1/clinical-items?limit=2&cursor=" + second.text("/next"));
  EXPECT_THAT(refs(third), ElementsAre("a"));
  EXPECT_EQ(third.text("/next"), "null");
}

TEST_F(ListsTest, ChangesAreReadInOrderAndResumed) {
  for (const char* ref : {"a", "b", "c"}) post("/v1/messages", message(ref));
  const auto first = get("/v1/clinical-items?changed_after=0&limit=2");
  EXPECT_THAT(refs(first), ElementsAre("a", "b"));
  EXPECT_THAT(refs(get("/v1/clinical-items?changed_after=0&limit=2&cursor=" + first.text("/next"))), ElementsAre("c"));
  EXPECT_THAT(refs(get("/v1/clinical-items?changed_after=" + first.text("/items/1/change_seq"))), ElementsAre("c"));
  EXPECT_THAT(get("/v1/clinical-items?changed_after=0&state=failed").faults(), ElementsAre("/changed_after"));
  EXPECT_THAT(get("/v1/clinical-items?changed_after=0&status=Pending").faults(), ElementsAre("/changed_after"));
}

TEST_F(ListsTest, PositionsOfAnotherRecordAskForAResync) {
  const std::string foreign = write_cursor({Track::items, 3}, "OTHER1");
  for (const std::string& target :
       {"/v1/clinical-items?cursor=" + foreign, std::string("/v1/clinical-items?changed_after=1"),
        "/v1/batches?cursor=" + write_cursor({Track::batches, 3}, "OTHER1"),
        "/v1/clinical-items?cursor=" + write_cursor({Track::items, 3}, writer.epoch()),
        "/v1/batches?cursor=" + write_cursor({Track::batches, 3}, writer.epoch())}) {
    const auto reply = get(target);
    EXPECT_EQ(reply.status, 410) << target;
    EXPECT_EQ(reply.text("/code"), "resync");
  }
}

TEST_F(ListsTest, EveryFaultOfAQueryIsTold) {
  const std::string wrong = write_cursor({Track::batches, 3}, writer.epoch());
  const auto reply = get("/v1/clinical-items?limit=0&state=flying&status=Sent&from=now&cursor=" + wrong + "&foo=1");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.faults(), testing::UnorderedElementsAre("/limit", "/state", "/status", "/from", "/cursor", "/foo"));
  EXPECT_EQ(get("/v1/clinical-items?limit=500").status, 200);
  EXPECT_EQ(get("/v1/clinical-items?limit=501").status, 400);
}

TEST_F(ListsTest, FiltersNarrowAndJoin) {
  post("/v1/messages", message("a", R"(,"patient":"P-1","category":"recall")"));
  post("/v1/messages", R"({"client_ref":"b","to":"12","text":"x","patient":"P-1"})");
  post("/v1/messages", message("c", R"(,"patient":"P-2")"));
  EXPECT_THAT(refs(get("/v1/clinical-items?patient=P-1")), ElementsAre("b", "a"));
  EXPECT_THAT(refs(get("/v1/clinical-items?patient=P-1&status=Send Failed")), ElementsAre("b"));
  EXPECT_THAT(refs(get("/v1/clinical-items?state=held")), ElementsAre("c", "a"));
  EXPECT_THAT(refs(get("/v1/clinical-items?state=held,failed&patient=P-1")), ElementsAre("b", "a"));
  EXPECT_THAT(refs(get("/v1/clinical-items?category=recall")), ElementsAre("a"));
  EXPECT_THAT(refs(get("/v1/clinical-items?number=0791234567")), ElementsAre("c", "a"));
  EXPECT_THAT(refs(get("/v1/clinical-items?number= 41791234567")), ElementsAre("c", "a")) << "a plus not encoded";
  EXPECT_THAT(refs(get("/v1/clinical-items?number=12")), ElementsAre("b"));
  EXPECT_THAT(refs(get("/v1/clinical-items?client_ref=c")), ElementsAre("c"));
  EXPECT_THAT(refs(get("/v1/clinical-items?from=2100-01-01T00:00:00Z")), IsEmpty());
  EXPECT_THAT(refs(get("/v1/clinical-items?to=2100-01-01T00:00:00Z&from=2020-01-01T00:00:00+01:00")),
              ElementsAre("c", "b", "a"));
}

TEST_F(ListsTest, ABurstIsPreviewedSentAndCounted) {
  const auto preview = post("/v1/batches", burst("a", row("0791234561") + "," + row("0791234562") + "," + row("12") +
                                                          "," + row("0791234563", R"(,"exclude":"phoned")")));
  ASSERT_EQ(preview.status, 201) << preview.raw.body;
  const std::string id = preview.text("/id"), path = "/v1/batches/" + id;
  EXPECT_EQ(preview.header("Location"), path);
  EXPECT_EQ(preview.text("/state"), "preview");
  EXPECT_EQ(preview.text("/rows_total"), "4");
  EXPECT_EQ(preview.text("/rows_selected"), "3");
  EXPECT_EQ(preview.text("/light"), "green");
  EXPECT_EQ(preview.text("/eta"), "null");
  EXPECT_EQ(preview.text("/quota/available"), "null");
  EXPECT_EQ(preview.text("/quota/margin"), "50");
  const auto sent = post(path + "/send", R"({"deselect":[2]})");
  EXPECT_EQ(sent.status, 202);
  EXPECT_EQ(sent.text("/accepted/0/row"), "1");
  EXPECT_EQ(sent.text("/refused/0/row"), "3");
  EXPECT_EQ(sent.text("/refused/0/verdict"), "number-invalid");
  EXPECT_EQ(post(path + "/send", R"({"select":[1,3]})").raw.body, sent.raw.body);
  const auto other = post(path + "/send");
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(other.text("/code"), "selection-differs");
  const auto after = get(path);
  EXPECT_EQ(after.text("/state"), "queued");
  EXPECT_EQ(after.text("/counts/status/Pending"), "1");
  EXPECT_EQ(after.text("/counts/status/Send Failed"), "1");
  EXPECT_EQ(after.text("/counts/state/held"), "1");
  EXPECT_EQ(after.text("/progress"), R"({"done":1,"total":2})");
  EXPECT_EQ(get("/v1/clinical-items?batch=" + id).at("/items").as_array().size(), 2U);
  EXPECT_EQ(after.text("/counts/failures"), "1");
  const auto cancelled = post(path + "/cancel");
  EXPECT_EQ(cancelled.text("/state"), "cancelled");
  EXPECT_EQ(cancelled.text("/counts/status/Send Failed"), "2") << "as the list by status says it";
  EXPECT_EQ(cancelled.text("/counts/failures"), "1") << "what was withdrawn is none";
}

TEST_F(ListsTest, RowsArePagedInTheOrderGiven) {
  const auto id =
      post("/v1/batches", burst("a", row("0791234561") + "," + row("") + "," + row("0446681800"))).text("/id");
  const auto first = get("/v1/batches/" + id + "/rows?limit=2");
  EXPECT_EQ(first.text("/items/0/row"), "1");
  EXPECT_EQ(first.text("/items/0/mobile_number"), "+41791234561");
  EXPECT_EQ(first.text("/items/0/text"), "Dear Ann");
  EXPECT_EQ(first.text("/items/1/verdict"), "number-missing");
  EXPECT_EQ(first.text("/items/1/missing"), "[]");
  const auto second = get("/v1/batches/" + id + "/rows?cursor=" + first.text("/next"));
  EXPECT_EQ(second.text("/items/0/row"), "3");
  EXPECT_EQ(second.text("/items/0/flags/0"), "number-not-mobile");
  EXPECT_EQ(second.text("/next"), "null");
  EXPECT_EQ(get("/v1/batches/x/rows").text("/code"), "batch-unknown");
  EXPECT_EQ(get("/v1/batches").text("/items/0/id"), id);
}

TEST_F(ListsTest, EveryFaultOfABurstIsTold) {
  const auto reply = post("/v1/batches", R"({"client_ref":"a","text":"Dear {name","template":"x","recipients":[
      {"to":1},{"to":"1","fields":{"a":{},"b":2,"c":null}},"row",{"to":"1","color":"red"}],"category":"spam"})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.faults(),
              testing::UnorderedElementsAre("/text", "/text", "/recipients/0/to", "/recipients/1/fields/a",
                                            "/recipients/2", "/recipients/3/color", "/category"));
  EXPECT_THAT(post("/v1/batches", R"({"client_ref":"a","text":"x"})").faults(), ElementsAre("/recipients"));
  EXPECT_THAT(post("/v1/batches", burst("a", "")).faults(), ElementsAre("/recipients"));
}

TEST_F(ListsTest, AnUnknownTemplateAndAWrongSelectionAreFaultsOfTheRequest) {
  const auto reply = post("/v1/batches", R"({"client_ref":"a","template":"x","recipients":[{"to":"1"}]})");
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.text("/code"), "template-unknown");
  EXPECT_THAT(reply.faults(), ElementsAre("/template"));
  const auto id = post("/v1/batches", burst("a", row("0791234561"))).text("/id");
  const auto unknown = post("/v1/batches/" + id + "/send", R"({"select":[2,1,3]})");
  EXPECT_EQ(unknown.text("/code"), "row-unknown");
  EXPECT_THAT(unknown.faults(), ElementsAre("/select/0", "/select/2"));
  EXPECT_THAT(post("/v1/batches/" + id + "/send", R"({"select":[1],"deselect":[1]})").faults(),
              ElementsAre("/deselect"));
  EXPECT_EQ(post("/v1/batches/x/send").status, 404);
}

TEST_F(ListsTest, EndlessSelectionsGetAShortRefusal) {
  std::string zeros = "0";
  for (int at = 1; at < 9'000; ++at) zeros += ",0";
  const auto reply = post("/v1/batches/x/send", R"({"select":[)" + zeros + "]}");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.faults().size(), 101U);
  EXPECT_THAT(reply.text("/detail"), HasSubstr("9000 faults"));
  EXPECT_LT(reply.raw.body.size(), 20'000U);
  EXPECT_THAT(post("/v1/batches/x/send", R"({"select":[)" + zeros + "," + zeros + "]}").faults(),
              ElementsAre("/select"));
}

TEST_F(ListsTest, ALargeBurstIsReadAndAnsweredLikeASmallOne) {
  std::string rows = row("0791234561");
  while (rows.size() < 100'000) rows += "," + row("12");
  const auto preview = post("/v1/batches", burst("a", rows));
  ASSERT_EQ(preview.status, 201);
  const auto sent = post("/v1/batches/" + preview.text("/id") + "/send");
  EXPECT_EQ(sent.status, 202);
  EXPECT_EQ(sent.at("/accepted").as_array().size(), 1U);
  EXPECT_GT(sent.at("/refused").as_array().size(), 1000U);
  EXPECT_THAT(post("/v1/batches", burst("b", rows + R"(,{"tow":"1"})")).faults(), testing::SizeIs(1));
}

TEST_F(ListsTest, AReplayedPreviewSaysSo) {
  post("/v1/batches", burst("a", row("0791234561")));
  const auto again = post("/v1/batches", burst("a", row("0791234561")));
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(post("/v1/batches", burst("a", row("0791234562"))).status, 422);
}

}  // namespace
}  // namespace burstd::api
