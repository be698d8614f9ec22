#include "api/counter.hpp"

namespace burstd::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class KeptTest : public Counter {
 protected:
  Reply by(uid_t uid, const char* method, const std::string& target, const std::string& body = "") {
    auto asked = request(method, target, body);
    asked.peer.uid = uid;
    return ask(std::move(asked));
  }
  Reply admin(const char* method, const std::string& target, const std::string& body = "") {
    return by(2, method, target, body);
  }
};

TEST_F(KeptTest, ATemplateIsMadeReadReplacedAndDeleted) {
  const std::string path = "/v1/templates/recall";
  const auto made =
      admin("PUT", path, R"({"text":"Dear {name|you}","description":"Yearly","max_segments":2,"user":"anna"})");
  EXPECT_EQ(made.status, 201);
  const auto found = get(path);
  for (const auto& [pointer, wanted] :
       std::vector<std::pair<std::string, std::string>>{{"/name", "recall"},
                                                        {"/text", "Dear {name|you}"},
                                                        {"/description", "Yearly"},
                                                        {"/max_segments", "2"},
                                                        {"/maintained", "false"},
                                                        {"/placeholders", R"(["name"])"},
                                                        {"/changed_by", "anna of it"}}) {
    EXPECT_EQ(found.text(pointer), wanted) << pointer;
  }
  EXPECT_EQ(admin("PUT", path, R"({"text":"Dear {name}"})").status, 200);
  EXPECT_EQ(get("/v1/templates").text("/items/1/text"), "Dear {name}");
  EXPECT_EQ(get("/v1/templates").text("/last_seq"), get(path).text("/change_seq"));
  EXPECT_EQ(admin("DELETE", path).text("/deleted"), "true");
  EXPECT_EQ(admin("DELETE", path).status, 404);
  EXPECT_EQ(get(path).text("/code"), "template-unknown");
}

TEST_F(KeptTest, ListsComeInPagesByName) {
  for (const char* name : {"b", "d", "a", "c"}) {
    admin("PUT", std::string("/v1/templates/") + name, R"({"text":"Dear"})");
    admin("PUT", std::string("/v1/groups/") + name, R"({"members":[]})");
  }
  for (const std::string list : {"/v1/templates", "/v1/groups"}) {
    std::string names, next;
    for (std::string query = "?limit=2"; next != "null"; query = "?limit=2&cursor=" + next) {
      const auto page = get(list + query);
      ASSERT_EQ(page.status, 200) << page.raw.body;
      ASSERT_LE(page.at("/items").as_array().size(), 2U);
      for (const auto& item : page.at("/items").as_array()) names += std::string(item.at("name").as_string()) + " ";
      next = page.text("/next");
      if (names == "a b ") admin("DELETE", list + "/b", "{}");
    }
    EXPECT_EQ(names, list == "/v1/groups" ? "a b c d " : "a appointment-reminder b c d ");
    EXPECT_EQ(get(list + "?limit=501").status, 400);
    EXPECT_EQ(get(list + "?cursor=" + write_cursor({Track::items, 1}, get(list).text("/epoch"))).status, 400);
    EXPECT_EQ(get(list + "?cursor=" + write_cursor({Track::templates, 0, {}, "a"}, "AAAAAA")).text("/code"), "resync");
  }
}

TEST_F(KeptTest, EveryFaultOfATemplateIsTold) {
  const auto reply = admin("PUT", "/v1/templates/a", R"({"text":"{","max_segments":0,"description":1,"color":"red"})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.faults(), UnorderedElementsAre("/text", "/max_segments", "/description", "/color"));
  EXPECT_THAT(admin("PUT", "/v1/templates/a").faults(), ElementsAre("/text"));
  EXPECT_THAT(admin("PUT", "/v1/templates/a", R"({"text":" "})").faults(), ElementsAre("/text"));
  EXPECT_EQ(admin("PUT", "/v1/templates/A", R"({"text":"x"})").text("/code"), "name-invalid");
}

TEST_F(KeptTest, OnlyAdminsChangeAndReadersMayTry) {
  for (const char* target : {"/v1/templates/a", "/v1/groups/a"}) {
    for (const char* method : {"PUT", "DELETE"}) {
      EXPECT_EQ(by(1000, method, target, "{}").text("/code"), "forbidden") << method << target;
    }
  }
  EXPECT_EQ(by(1, "GET", "/v1/templates").status, 200);
  EXPECT_EQ(by(1, "GET", "/v1/groups").status, 200);
  EXPECT_EQ(by(1, "POST", "/v1/templates/appointment-reminder/dry-run").status, 200);
}

TEST_F(KeptTest, ADryRunSaysWhatWouldBeSent) {
  const std::string path = "/v1/templates/appointment-reminder/dry-run";
  const auto reply = post(path, R"({"patient_name":"Zoë","appointment_at":"2026-03-01T08:30:00+01:00"})");
  EXPECT_THAT(reply.text("/text"),
              testing::StartsWith("Dear Zoë, we look forward to seeing you on 01.03.2026 at 08:30."));
  EXPECT_EQ(reply.text("/encoding"), "ucs2");
  EXPECT_EQ(reply.text("/segments"), "2");
  EXPECT_EQ(reply.text("/missing"), "[]");
  EXPECT_EQ(reply.text("/verdict"), "ok");
  EXPECT_EQ(post(path, R"({"fields":{"date":"Monday"}})").text("/missing"), R"(["patient_name","time"])");
  EXPECT_THAT(post(path, R"({"fields":1,"timezone":"Mars/Base","appointment_at":"soon","x":1})").faults(),
              UnorderedElementsAre("/fields", "/timezone", "/appointment_at", "/x"));
  EXPECT_EQ(post("/v1/templates/nothing/dry-run", "{}").text("/code"), "template-unknown");
  EXPECT_EQ(get("/v1/templates").text("/last_seq"), "0");
}

TEST_F(KeptTest, AGroupIsMadeReadReplacedAndDeleted) {
  const std::string path = "/v1/groups/flu";
  const auto made = admin("PUT", path, R"({"description":"Autumn","synced_at":"2026-03-01T08:00:00Z","members":[
      {"patient":"P-2","patient_name":"Zoë","to":"079 123 45 62"},{"to":"12"}]})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.text("/members_total"), "2");
  const auto found = get(path);
  EXPECT_EQ(found.text("/synced_at"), "2026-03-01T08:00:00.000Z");
  EXPECT_EQ(found.text("/members/0"), R"({"patient":"P-2","patient_name":"Zoë","to":"079 123 45 62"})");
  EXPECT_EQ(found.text("/members/1"), R"({"patient":null,"patient_name":null,"to":"12"})") << "judged when previewed";
  EXPECT_EQ(get("/v1/groups").text("/items/0/name"), "flu");
  EXPECT_FALSE(get("/v1/groups").at("/items/0").as_object().contains("members"));
  const auto preview = post("/v1/batches", R"({"client_ref":"a","text":"Hi {patient_name|you}","group":"flu"})");
  EXPECT_EQ(preview.status, 201);
  EXPECT_EQ(preview.text("/rows_total"), "2");
  EXPECT_EQ(get("/v1/batches/" + preview.text("/id") + "/rows").text("/items/1/verdict"), "number-invalid");
  EXPECT_EQ(admin("PUT", path, R"({"members":[]})").status, 200);
  EXPECT_EQ(get(path).text("/members"), "[]");
  EXPECT_EQ(admin("DELETE", path, R"({"user":"anna"})").status, 200);
  EXPECT_EQ(get(path).text("/code"), "group-unknown");
}

TEST_F(KeptTest, EveryFaultOfAGroupIsTold) {
  EXPECT_THAT(
      admin("PUT", "/v1/groups/a", R"({"members":[{"to":1},"x",{"to":"1","fields":{}}],"synced_at":"now"})").faults(),
      UnorderedElementsAre("/members/0/to", "/members/1", "/members/2/fields", "/synced_at"));
  EXPECT_THAT(admin("PUT", "/v1/groups/a", "{}").faults(), ElementsAre("/members"));
  std::string many = R"({"to":""})";
  for (int at = 0; at < 10'000; ++at) many += R"(,{"to":""})";
  EXPECT_THAT(admin("PUT", "/v1/groups/a", R"({"members":[)" + many + "]}").faults(), ElementsAre("/members"));
  EXPECT_EQ(admin("PUT", "/v1/groups/No", R"({"members":[]})").text("/code"), "name-invalid");
}

TEST_F(KeptTest, AGroupTakesThePlaceOfRecipients) {
  const auto unknown = post("/v1/batches", R"({"client_ref":"a","text":"x","group":"nobody"})");
  EXPECT_EQ(unknown.status, 422);
  EXPECT_EQ(unknown.text("/code"), "group-unknown");
  EXPECT_THAT(unknown.faults(), ElementsAre("/group"));
  EXPECT_THAT(post("/v1/batches", R"({"client_ref":"a","text":"x","group":"g","recipients":[{"to":"1"}]})").faults(),
              ElementsAre("/group"));
}

TEST_F(KeptTest, EveryPreviewRemindsThatSmsIsNoPlaceForSecrets) {
  const auto preview = post("/v1/batches", R"({"client_ref":"a","text":"x","recipients":[{"to":"0791234561"}]})");
  EXPECT_THAT(preview.text("/reminder"), HasSubstr("no place for confidential content"));
  EXPECT_EQ(get("/v1/batches/" + preview.text("/id")).text("/reminder"), preview.text("/reminder"));
}

class ConfidentialTest : public KeptTest {
 protected:
  static clinic::Options with_words() {
    clinic::Options options;
    options.confidential_words = {"Überweisung"};
    return options;
  }
  Api strict{clients(), with_words(), gateway};

  Reply ask_strict(const std::string& target, const std::string& body) {
    Reply reply;
    reply.raw = wait_for(strict.answer(request("POST", target, body)));
    reply.body = boost::json::parse(reply.raw.body);
    return reply;
  }
};

TEST_F(ConfidentialTest, AWordIsFlaggedInAnyCaseAndOnlyWarns) {
  const auto checked = ask_strict("/v1/messages/check", R"({"to":"0791234561","text":"Ihre ÜBERWEISUNG."})");
  EXPECT_EQ(checked.text("/flags"), R"(["confidential-word"])");
  EXPECT_EQ(checked.text("/verdict"), "ok");
  EXPECT_EQ(ask_strict("/v1/messages/check", R"({"to":"0791234561","text":"Überweisungen"})").text("/flags"), "[]");
  const auto preview =
      ask_strict("/v1/batches",
                 R"({"client_ref":"a","text":"{w}","recipients":[{"to":"0791234561","fields":{"w":"überweisung"}}]})");
  const auto row = get("/v1/batches/" + preview.text("/id") + "/rows");
  EXPECT_EQ(row.text("/items/0/flags"), R"(["confidential-word"])");
  EXPECT_EQ(row.text("/items/0/selected"), "true");
}

}  // namespace
}  // namespace burstd::api
