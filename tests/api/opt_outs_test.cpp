#include "api/counter.hpp"

namespace burstd::api {
namespace {

const std::string who = R"({"user":"anna","reason":"by phone"})";

class OptOutsTest : public Counter {
 protected:
  Reply put(const std::string& number, const std::string& body, unsigned uid = 1000) {
    return as(uid, request("PUT", "/v1/opt-outs/" + number, body));
  }
  Reply lift(const std::string& number, const std::string& body, unsigned uid = 1000) {
    return as(uid, request("DELETE", "/v1/opt-outs/" + number, body));
  }

 private:
  Reply as(unsigned uid, http::Request request) {
    request.peer.uid = uid;
    return ask(std::move(request));
  }
};

TEST_F(OptOutsTest, APatientsStopIsThereWithItsReply) {
  arrives("Stop");
  const auto list = get("/v1/opt-outs");
  ASSERT_EQ(list.at("/items").as_array().size(), 1U);
  EXPECT_EQ(list.text("/items/0/number"), "+41790000001");
  EXPECT_EQ(list.text("/items/0/by"), "patient");
  EXPECT_EQ(list.text("/items/0/opted_out"), "true");
  EXPECT_EQ(list.text("/items/0/reply"), get("/v1/inbox").text("/items/0/id"));
  EXPECT_EQ(list.text("/items/0/user"), "null");
  const auto one = get("/v1/opt-outs/+41790000001");
  EXPECT_EQ(one.status, 200);
  EXPECT_EQ(one.text("/history/0/event"), "stop");
  const auto refused = post("/v1/messages", R"({"client_ref":"a","to":"+41790000001","text":"Hello"})");
  EXPECT_EQ(refused.status, 201) << "it leaves a record";
  EXPECT_EQ(refused.text("/state"), "blocked");
  EXPECT_EQ(post("/v1/messages/check", R"({"to":"+41790000001","text":"Hello"})").text("/verdict"), "opted-out");
}

TEST_F(OptOutsTest, StaffBlockAndLiftWithWhoAndWhy) {
  const auto made = put("079 000 00 01", who);
  EXPECT_EQ(made.status, 201) << made.raw.body;
  EXPECT_EQ(made.text("/number"), "+41790000001");
  EXPECT_EQ(made.text("/by"), "staff");
  EXPECT_EQ(made.text("/user"), "anna");
  EXPECT_EQ(made.text("/client"), "uid-1000");
  EXPECT_EQ(made.text("/uid"), "1000");
  EXPECT_EQ(made.text("/reason"), "by phone");
  EXPECT_EQ(put("079 000 00 01", who).status, 200);
  const auto lifted = lift("+41790000001", who);
  EXPECT_EQ(lifted.status, 200);
  EXPECT_EQ(lifted.text("/opted_out"), "false");
  EXPECT_EQ(get("/v1/opt-outs/+41790000001").status, 404);
  EXPECT_EQ(lift("+41790000001", who).status, 404);
  const auto history = get("/v1/opt-outs/+41790000001/history");
  EXPECT_EQ(history.text("/opted_out"), "false");
  ASSERT_EQ(history.at("/items").as_array().size(), 2U);
  EXPECT_EQ(history.text("/items/0/event"), "added");
  EXPECT_EQ(history.text("/items/1/event"), "lifted");
}

TEST_F(OptOutsTest, APatientsOwnWordNeedsAnAdministrator) {
  arrives("STOP");
  const auto refused = lift("+41790000001", who);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.text("/code"), "forbidden");
  EXPECT_EQ(get("/v1/opt-outs/+41790000001").status, 200);
  EXPECT_EQ(lift("+41790000001", who, 2).status, 200);
  EXPECT_EQ(get("/v1/opt-outs").at("/items").as_array().size(), 0U);
}

TEST_F(OptOutsTest, WhoMayNotSendMayLookOnly) {
  EXPECT_EQ(put("+41790000001", who, 1).status, 403);
  EXPECT_EQ(lift("+41790000001", who, 1).status, 403);
}

TEST_F(OptOutsTest, UserAndReasonAreRequired) {
  EXPECT_THAT(put("+41790000001", "{}").faults(), testing::ElementsAre("/user", "/reason"));
  EXPECT_THAT(lift("+41790000001", R"({"user":" ","reason":"x","other":1})").faults(),
              testing::UnorderedElementsAre("/user", "/other"));
  const auto wrong = put("12", who);
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(wrong.text("/code"), "number-invalid");
}

TEST_F(OptOutsTest, TheListGoesOnFromItsCursor) {
  for (const char* number : {"0790000001", "0790000002", "0790000003"}) put(number, who);
  const auto first = get("/v1/opt-outs?limit=2");
  EXPECT_EQ(first.text("/items/0/number"), "+41790000003");
  const auto rest = get("/v1/opt-outs?cursor=" + first.text("/next"));
  ASSERT_EQ(rest.at("/items").as_array().size(), 1U);
  EXPECT_EQ(rest.text("/items/0/number"), "+41790000001");
  EXPECT_EQ(rest.text("/next"), "null");
  EXPECT_EQ(get("/v1/inbox?cursor=" + first.text("/next")).status, 400) << "a cursor is of one list";
}

TEST_F(OptOutsTest, IsAnEventWithTheNumber) {
  arrives("STOP");
  lift("+41790000001", who, 2);
  const auto events = get("/v1/events?after=0&wait=0");
  std::vector<std::string> told;
  for (const auto& event : events.at("/items").as_array()) {
    if (event.at("kind") != "opt-out") continue;
    told.push_back(std::string(event.at_pointer("/data/number").as_string()) + " " +
                   std::string(event.at_pointer("/data/event").as_string()) +
                   (event.at_pointer("/data/opted_out").as_bool() ? " blocked" : ""));
  }
  EXPECT_THAT(told, testing::ElementsAre("+41790000001 stop blocked", "+41790000001 lifted"));
}

}  // namespace
}  // namespace burstd::api
