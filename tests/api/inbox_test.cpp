#include "api/counter.hpp"
#include "gateway/receiver.hpp"
#include "pdu/deliver.hpp"

namespace burstd::api {
namespace {

class InboxTest : public Counter {
 protected:
  void arrives(const std::string& text) {
    pdu::Deliver deliver;
    deliver.originator = pdu::number_address("+41790000001").value();
    deliver.timestamp = pdu::timestamp_at(base::from_millis(1'770'000'000'000));
    deliver.user_data = pdu::user_data(text).value();
    deliver.coding_scheme = pdu::coding_scheme(deliver.user_data.encoding).value();
    const gateway::Arrival arrival{"left", "sim-a", pdu::encode(deliver)->hex, async::now().wall};
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      return gateway::receive(transaction, arrival);
    };
    wait_for(writer.run(unit)).value();
  }
};

TEST_F(InboxTest, ShowsRepliesOldestChangeFirstAndGoesOnFromAPosition) {
  arrives("Yes.");
  arrives("Nein, ich käme lieber am Freitag 🙂");
  const auto both = get("/v1/inbox");
  ASSERT_EQ(both.status, 200) << both.raw.body;
  ASSERT_EQ(both.at("/items").as_array().size(), 2U);
  EXPECT_EQ(both.text("/items/0/from"), "+41790000001");
  EXPECT_EQ(both.text("/items/0/text"), "Yes.");
  EXPECT_EQ(both.text("/items/1/text"), "Nein, ich käme lieber am Freitag 🙂");
  EXPECT_EQ(both.text("/items/0/modem"), "left");
  EXPECT_EQ(both.text("/items/0/complete"), "true");
  EXPECT_EQ(both.text("/next"), "null");
  const auto first = get("/v1/inbox?limit=1");
  ASSERT_EQ(first.at("/items").as_array().size(), 1U);
  EXPECT_EQ(get("/v1/inbox?cursor=" + first.text("/next")).text("/items/0/text"), both.text("/items/1/text"));
  EXPECT_EQ(get("/v1/inbox?after=" + both.text("/items/0/change_seq")).at("/items").as_array().size(), 1U);
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
}

}  // namespace
}  // namespace burstd::api
