// Resend, note and the call list as a client sees them.
#include "api/counter.hpp"

namespace burstd::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ResendTest : public Counter {
 protected:
  std::string failed(const std::string& ref, const std::string& more = "") {
    const auto reply = post("/v1/messages", R"({"client_ref":")" + ref + R"(","to":"12","text":"Hello")" + more + "}");
    EXPECT_EQ(reply.text("/status"), "Send Failed");
    return reply.text("/id");
  }

  Reply resend(const std::string& id, const std::string& body = R"({"client_ref":"again","user":"anna"})") {
    return post("/v1/messages/" + id + "/resend", body);
  }

  Reply note(const std::string& id, const std::string& body = R"({"user":"anna","text":"phoned"})") {
    return post("/v1/messages/" + id + "/note", body);
  }

  std::vector<std::string> refs(const std::string& target) {
    std::vector<std::string> all;
    const auto reply = get(target);
    EXPECT_EQ(reply.status, 200) << boost::json::serialize(reply.body);
    for (const auto& item : reply.at("/items").as_array()) all.emplace_back(item.at("client_ref").as_string());
    return all;
  }

  static std::string in_hours(int hours) {
    return R"(,"appointment_at":")" + base::to_rfc3339(async::now().wall + std::chrono::hours{hours}) + R"(")";
  }
};

TEST_F(ResendTest, AnswersWithTheNewItemAndBothNameTheOther) {
  const auto id = failed("a", R"(,"patient":"P-1")");
  const auto reply = resend(id);
  EXPECT_EQ(reply.status, 201);
  const auto made = reply.text("/id");
  EXPECT_NE(made, id);
  EXPECT_EQ(reply.header("Location"), "/v1/messages/" + made);
  EXPECT_EQ(reply.text("/retry_of"), id);
  EXPECT_EQ(reply.text("/resent_as"), "null");
  EXPECT_EQ(reply.text("/client_ref"), "again");
  EXPECT_EQ(reply.text("/user"), "anna");
  EXPECT_EQ(reply.text("/patient"), "P-1");
  EXPECT_EQ(get("/v1/clinical-items/" + id).text("/resent_as"), made);
  EXPECT_EQ(get("/v1/messages/" + id).text("/resent_as"), made);
  const auto replayed = resend(id);
  EXPECT_EQ(replayed.status, 200);
  EXPECT_EQ(replayed.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(replayed.text("/id"), made);
  const auto other = resend(id, R"({"client_ref":"other","user":"anna"})");
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(other.text("/code"), "already-resent");
  EXPECT_EQ(resend(id, R"({"client_ref":"again","user":"bea"})").status, 422);
}

TEST_F(ResendTest, ConflictsAndFaultsAreTold) {
  const auto waits = post("/v1/messages", message("w")).text("/id");
  EXPECT_EQ(resend(waits).status, 409);
  EXPECT_EQ(resend(waits).text("/code"), "not-failed");
  const auto over = post("/v1/messages", message("o", in_hours(-2))).text("/id");
  EXPECT_EQ(resend(over).text("/code"), "appointment-past");
  EXPECT_EQ(resend("nothing").status, 404);
  const auto id = failed("a");
  EXPECT_THAT(resend(id, "{}").faults(), ElementsAre("/client_ref", "/user"));
  EXPECT_THAT(resend(id, R"({"client_ref":"x","user":" ","accept_duplicate":"yes","to":"1"})").faults(),
              ElementsAre("/user", "/accept_duplicate", "/to"));
}

TEST_F(ResendTest, ANoteStandsInItemHistoryAndEvents) {
  const auto id = failed("a");
  const auto seq = get("/v1/clinical-items").text("/last_seq");
  const auto reply = note(id);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.text("/notes/0/user"), "anna");
  EXPECT_EQ(reply.text("/notes/0/text"), "phoned");
  EXPECT_EQ(reply.text("/notes/0/client"), "uid-1000");
  EXPECT_THAT(reply.text("/notes/0/at"), HasSubstr("Z"));
  const auto whole = get("/v1/messages/" + id);
  EXPECT_EQ(whole.text("/notes/0/text"), "phoned");
  EXPECT_EQ(whole.at("/history").as_array().back().at("event").as_string(), "noted");
  const auto told = get("/v1/events?after=" + seq + "&wait=0");
  ASSERT_EQ(told.at("/items").as_array().size(), 1U);
  EXPECT_EQ(told.text("/items/0/kind"), "item");
  EXPECT_EQ(told.text("/items/0/data/notes/0/text"), "phoned");
  EXPECT_EQ(refs("/v1/clinical-items?changed_after=" + seq), std::vector<std::string>{"a"});
  EXPECT_THAT(note(id, R"({"user":"","text":" ","at":1})").faults(), ElementsAre("/user", "/text", "/at"));
  EXPECT_EQ(note("nothing").status, 404);
  EXPECT_EQ(ask(request("DELETE", "/v1/messages/" + id + "/note")).text("/code"), "record-permanent");
}

TEST_F(ResendTest, TheCallListHasTheSoonestAppointmentFirst) {
  failed("none");
  failed("late", in_hours(50));
  const auto again = failed("resent", in_hours(10));
  failed("soon", in_hours(5));
  failed("over", in_hours(-5));
  const auto withdrawn = post("/v1/messages", message("withdrawn", in_hours(20))).text("/id");
  post("/v1/messages/" + withdrawn + "/cancel");
  post("/v1/messages", message("waits", in_hours(20)));
  resend(again);
  const std::string calls = "/v1/clinical-items?call_list=true";
  EXPECT_THAT(refs(calls), ElementsAre("soon", "again", "late", "none", "over"));
  const auto first = get(calls + "&limit=2");
  EXPECT_EQ(first.text("/items/1/client_ref"), "again");
  EXPECT_THAT(refs(calls + "&limit=2&cursor=" + first.text("/next")), ElementsAre("late", "none"));
  EXPECT_THAT(refs(calls + "&limit=5"), testing::SizeIs(5));
  EXPECT_EQ(get(calls + "&limit=5").text("/next"), "null");
}

TEST_F(ResendTest, TheCallListTellsApartWhatWasNotedAndTakesFilters) {
  const auto id = failed("a", R"(,"patient":"P-1")");
  failed("b", R"(,"patient":"P-2")");
  note(id);
  const std::string calls = "/v1/clinical-items?call_list=true";
  EXPECT_THAT(refs(calls + "&noted=false"), ElementsAre("b"));
  EXPECT_THAT(refs(calls + "&noted=true"), ElementsAre("a"));
  EXPECT_THAT(refs(calls + "&patient=P-2"), ElementsAre("b"));
  EXPECT_THAT(refs(calls + "&batch=ABCDEF-B1"), IsEmpty());
  EXPECT_THAT(get(calls + "&status=Pending").faults(), ElementsAre("/call_list"));
  EXPECT_THAT(get(calls + "&changed_after=0").faults(), ElementsAre("/call_list"));
  EXPECT_THAT(get("/v1/clinical-items?noted=true").faults(), ElementsAre("/noted"));
  EXPECT_THAT(get(calls + "&noted=maybe").faults(), ElementsAre("/noted"));
  EXPECT_THAT(get(calls + "&cursor=" + write_cursor({Track::items, 1}, writer.epoch())).faults(),
              ElementsAre("/cursor"));
  EXPECT_EQ(get(calls + "&cursor=" + write_cursor({Track::calls, 99}, writer.epoch())).status, 410);
}

TEST_F(ResendTest, AnItemTellsTheZoneOfItsAppointment) {
  EXPECT_EQ(get("/v1/clinical-items/" + failed("a", R"(,"timezone":"Europe/Paris")")).text("/timezone"),
            "Europe/Paris");
}

}  // namespace
}  // namespace burstd::api
