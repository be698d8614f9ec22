// POST /v1/messages/{id}/resolve as a client sees it.
#include "api/counter.hpp"

namespace burstd::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ResolveTest : public Counter {
 protected:
  std::string doubtful() {
    const auto id = post("/v1/messages", message("a")).text("/id");
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      gateway::Step step;
      step.message = 1;
      step.at = async::now().wall;
      step.sim = "8941";
      gateway.ledger().apply(transaction, step);
      step.event = message::Event::lost;
      return gateway.ledger().apply(transaction, step).changed;
    };
    EXPECT_TRUE(wait_for(writer.run(unit)).value());
    return id;
  }

  Reply say(const std::string& id, const std::string& body) { return post("/v1/messages/" + id + "/resolve", body); }
};

const std::string said_sent_body = R"({"outcome":"sent","user":"anna","reason":"phoned"})";
const std::string said_not_sent_body = R"({"outcome":"not-sent","user":"anna","reason":"phoned"})";

TEST_F(ResolveTest, AnswersWithTheItemAsItNowIs) {
  const auto id = doubtful();
  const auto reply = say(id, said_sent_body);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.text("/id"), id);
  EXPECT_EQ(reply.text("/status"), "Sent Successfully");
  EXPECT_EQ(reply.text("/state"), "unconfirmed");
  EXPECT_EQ(reply.text("/confirmation"), "person");
  EXPECT_THAT(get("/v1/messages/" + id).text("/history/3/detail"), HasSubstr("by anna of "));
  EXPECT_EQ(say(id, said_sent_body).status, 200);
  const auto other = say(id, said_not_sent_body);
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(other.text("/code"), "already-resolved");
}

TEST_F(ResolveTest, NotSentIsSendFailed) {
  const auto reply = say(doubtful(), said_not_sent_body);
  EXPECT_EQ(reply.text("/status"), "Send Failed");
  EXPECT_EQ(reply.text("/error"), "Said not to have left, by anna");
  EXPECT_EQ(reply.text("/error_code"), "said-not-sent");
}

TEST_F(ResolveTest, ANamelessOrGroundlessWordIsRefusedWithEveryFault) {
  const auto id = doubtful();
  EXPECT_THAT(say(id, "{}").faults(), ElementsAre("/outcome", "/user", "/reason"));
  EXPECT_THAT(say(id, R"({"outcome":"maybe","user":" ","reason":"","by":"x"})").faults(),
              ElementsAre("/outcome", "/user", "/reason", "/by"));
  EXPECT_EQ(say(id, "[]").status, 400);
  EXPECT_EQ(get("/v1/clinical-items/" + id).text("/state"), "uncertain");
}

TEST_F(ResolveTest, WhatIsNotInDoubtIsAConflictAndAReaderMayNot) {
  const auto id = post("/v1/messages", message("a")).text("/id");
  const auto reply = say(id, said_sent_body);
  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(reply.text("/code"), "not-uncertain");
  EXPECT_THAT(reply.text("/detail"), HasSubstr("waits to be sent"));
  EXPECT_EQ(say("nothing", said_sent_body).status, 404);
  auto of_a_screen = request("POST", "/v1/messages/" + id + "/resolve", said_sent_body);
  of_a_screen.peer.uid = 1;
  EXPECT_EQ(ask(of_a_screen).status, 403);
}

}  // namespace
}  // namespace burstd::api
