#include "api/counter.hpp"

namespace burstd::api {
namespace {

using InboxTest = Counter;

TEST_F(InboxTest, ShowsRepliesNewestFirstInPages) {
  for (const char* text : {"one", "two", "three"}) arrives(text);
  const auto first = get("/v1/inbox?limit=2");
  ASSERT_EQ(first.at("/items").as_array().size(), 2U) << first.raw.body;
  EXPECT_EQ(first.text("/items/0/text"), "three");
  EXPECT_EQ(first.text("/items/1/text"), "two");
  arrives("four");
  const auto rest = get("/v1/inbox?limit=2&cursor=" + first.text("/next"));
  ASSERT_EQ(rest.at("/items").as_array().size(), 1U) << "what came meanwhile moves nothing";
  EXPECT_EQ(rest.text("/items/0/text"), "one");
  EXPECT_EQ(rest.text("/next"), "null");
  EXPECT_EQ(get("/v1/inbox?after=0&cursor=" + first.text("/next")).status, 400) << "a cursor of the other order";
  EXPECT_EQ(get("/v1/inbox?cursor=" + write_cursor({Track::replies, 9}, first.text("/epoch"))).status, 410);
}

TEST_F(InboxTest, ByChangeTheOldestChangeComesFirstAndNothingIsMissed) {
  arrives("Yes.");
  arrives("Nein, ich käme lieber am Freitag 🙂");
  const auto both = get("/v1/inbox?after=0");
  ASSERT_EQ(both.status, 200) << both.raw.body;
  ASSERT_EQ(both.at("/items").as_array().size(), 2U);
  EXPECT_EQ(both.text("/items/0/from"), "+41790000001");
  EXPECT_EQ(both.text("/items/0/text"), "Yes.");
  EXPECT_EQ(both.text("/items/1/text"), "Nein, ich käme lieber am Freitag 🙂");
  EXPECT_EQ(both.text("/items/0/modem"), "left");
  EXPECT_EQ(both.text("/items/0/complete"), "true");
  EXPECT_EQ(both.text("/next"), "null");
  const auto first = get("/v1/inbox?after=0&limit=1");
  ASSERT_EQ(first.at("/items").as_array().size(), 1U);
  const auto second = get("/v1/inbox?after=0&cursor=" + first.text("/next"));
  EXPECT_EQ(second.text("/items/0/text"), both.text("/items/1/text"));
  post("/v1/inbox/" + both.text("/items/0/id") + "/ack", R"({"user":"anna"})");
  const auto changed = get("/v1/inbox?after=" + both.text("/items/1/change_seq"));
  ASSERT_EQ(changed.at("/items").as_array().size(), 1U);
  EXPECT_EQ(changed.text("/items/0/acknowledged_by"), "anna") << "a change like any other";
  EXPECT_EQ(get("/v1/inbox?after=" + both.text("/items/0/change_seq")).at("/items").as_array().size(), 2U);
  EXPECT_EQ(get("/v1/inbox?after=999").status, 410);
  EXPECT_EQ(get("/v1/inbox?unacknowledged=perhaps").status, 400);
}

TEST_F(InboxTest, AnAcknowledgementNamesWhoSawItFirst) {
  arrives("Yes.");
  EXPECT_NE(get("/v1/status").text("/oldest_unacknowledged_reply"), "null");
  const auto id = get("/v1/inbox").text("/items/0/id");
  EXPECT_EQ(post("/v1/inbox/" + id + "/ack", R"({})").status, 400);
  const auto seen = post("/v1/inbox/" + id + "/ack", R"({"user":"anna"})");
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(seen.text("/acknowledged_by"), "anna");
  EXPECT_EQ(post("/v1/inbox/" + id + "/ack", R"({"user":"ben"})").text("/acknowledged_by"), "anna");
  EXPECT_EQ(get("/v1/inbox?unacknowledged=true").at("/items").as_array().size(), 0U);
  EXPECT_EQ(get("/v1/inbox?unacknowledged=false").at("/items").as_array().size(), 1U);
  EXPECT_EQ(get("/v1/status").text("/oldest_unacknowledged_reply"), "null");
  EXPECT_EQ(post("/v1/inbox/AAAAAA-R9/ack", R"({"user":"anna"})").status, 404);
  EXPECT_EQ(get("/v1/inbox/" + id).text("/acknowledged_by"), "anna");
  EXPECT_EQ(get("/v1/inbox/" + id).text("/text"), get("/v1/inbox").text("/items/0/text"));
  EXPECT_EQ(get("/v1/inbox/AAAAAA-R9").text("/code"), "reply-unknown");
}

TEST_F(InboxTest, AReplySaysWhatItMeansAndToWhichMessages) {
  const std::string first = post("/v1/messages", R"({"client_ref":"a","to":"+41790000001","text":"Dear Anna, at 9?",)"
                                                 R"("patient":"4711","patient_name":"Anna","context":"visit 9"})")
                                .text("/id");
  const std::string second = post("/v1/messages", R"({"client_ref":"b","to":"+41790000001","text":"Dear Ben, at 10?",)"
                                                  R"("patient":"4712"})")
                                 .text("/id");
  leaves(first);
  arrives("Y");
  leaves(second);
  arrives("no");
  arrives("Who is this?", "+41790000009");
  const auto inbox = get("/v1/inbox?after=0");
  EXPECT_EQ(inbox.text("/items/0/class"), "confirm");
  EXPECT_EQ(inbox.text("/items/0/matches/0/message"), first);
  EXPECT_EQ(inbox.text("/items/0/matches/0/patient"), "4711");
  EXPECT_EQ(inbox.text("/items/0/matches/0/patient_name"), "Anna");
  EXPECT_EQ(inbox.text("/items/0/matches/0/context"), "visit 9");
  EXPECT_EQ(inbox.text("/items/0/ambiguous"), "false");
  EXPECT_EQ(inbox.text("/items/0/in_window"), "true");
  EXPECT_EQ(inbox.text("/items/0/ordinal"), "1");
  EXPECT_EQ(inbox.text("/items/1/class"), "decline");
  ASSERT_EQ(inbox.at("/items/1/matches").as_array().size(), 2U);
  EXPECT_EQ(inbox.text("/items/1/matches/0/message"), second) << "the newest first";
  EXPECT_EQ(inbox.text("/items/1/ambiguous"), "true");
  EXPECT_EQ(inbox.text("/items/2/class"), "other");
  EXPECT_TRUE(inbox.at("/items/2/matches").as_array().empty());
  EXPECT_EQ(inbox.text("/items/2/ordinal"), "null");
  EXPECT_EQ(inbox.text("/items/2/in_window"), "false");
}

}  // namespace
}  // namespace burstd::api
