// The record looked after over the socket: verified, copied, released.
#include "api/counter.hpp"

namespace burstd::api {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class KeepingTest : public Counter {
 protected:
  // What a streamed answer writes.
  class Wire : public http::Stream {
   public:
    async::Task<base::Result<void>> write(std::string_view octets) override {
      all.append(octets);
      co_return base::Result<void>();
    }
    bool closed() const override { return false; }
    async::Signal& wake() override { return x_wake; }
    std::string all;

   private:
    async::Signal x_wake;
  };

  static http::Request as_admin(http::Request request) {
    request.peer.uid = 2;
    return request;
  }

  Reply admin(std::string method, const std::string& target, std::string body = "") {
    return ask(as_admin(request(std::move(method), target, std::move(body))));
  }
};

TEST_F(KeepingTest, AWholeRecordIsSaidToBeWhole) {
  post("/v1/messages", message("a"));
  const auto reply = admin("POST", "/v1/verify");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.text("/whole"), "true");
  EXPECT_EQ(reply.text("/messages"), "1");
  EXPECT_EQ(reply.text("/broken"), "null");
  EXPECT_EQ(reply.text("/seal").size(), 64U);
  EXPECT_EQ(admin("GET", "/v1/audit").text("/items/0/event"), "verified");
}

TEST_F(KeepingTest, ABackupIsStreamedAsAFileAndStandsInTheAudit) {
  const auto response = wait_for(api.answer(as_admin(request("GET", "/v1/backup"))));
  EXPECT_EQ(response.content_type, "application/vnd.sqlite3");
  ASSERT_TRUE(response.stream);
  Wire wire;
  EXPECT_TRUE(wait_for(response.stream(wire)));
  EXPECT_THAT(wire.all, StartsWith(std::string("SQLite format 3\0", 16)));
  EXPECT_EQ(wire.all.size() % 4096, 0U);
  EXPECT_EQ(admin("GET", "/v1/audit").text("/items/0/event"), "backed-up");
}

TEST_F(KeepingTest, WhoAcceptsOnlyTheFileGetsIt) {
  auto asking = as_admin(request("GET", "/v1/backup"));
  asking.headers.emplace_back("Accept", "application/vnd.sqlite3");
  EXPECT_EQ(wait_for(api.answer(asking)).status, 200);
  asking.headers.back().second = "text/event-stream";
  EXPECT_EQ(wait_for(api.answer(asking)).status, 406);
}

TEST_F(KeepingTest, WhatIsNotHeldCannotBeReleasedAndWhoAndWhyAreAskedFor) {
  EXPECT_EQ(admin("POST", "/v1/release", R"({"user":"anna"})").faults(), std::vector<std::string>{"/reason"});
  const auto reply = admin("POST", "/v1/release", R"({"user":"anna","reason":"sure"})");
  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(reply.text("/code"), "not-held");
  EXPECT_EQ(get("/v1/status").text("/held"), "null");
  EXPECT_EQ(get("/v1/status").text("/disk/room"), "ample");
}

TEST_F(KeepingTest, OnlyAdministratorsDoAnyOfIt) {
  for (const auto& [method, path] : std::vector<std::pair<std::string, std::string>>{
           {"POST", "/v1/verify"}, {"GET", "/v1/backup"}, {"POST", "/v1/release"}}) {
    EXPECT_EQ(ask(request(method, path)).text("/code"), "forbidden") << path;
  }
}

TEST_F(KeepingTest, AClockThatIsBelievedNeedsNobodyToVouchForIt) {
  EXPECT_EQ(admin("POST", "/v1/trust-clock", R"({"user":"anna"})").faults(), std::vector<std::string>{"/reason"});
  EXPECT_EQ(admin("POST", "/v1/trust-clock", R"({"user":"anna","reason":"sure"})").text("/code"), "clock-agrees");
}

TEST_F(KeepingTest, OnAFullDiskNothingNewIsAccepted) {
  const auto earlier = post("/v1/messages", message("a"));
  writer.disk().ran_full();
  const auto refused = post("/v1/messages", message("b"));
  EXPECT_EQ(refused.status, 507);
  EXPECT_EQ(refused.text("/code"), "disk-low");
  EXPECT_EQ(post("/v1/messages", message("a")).text("/id"), earlier.text("/id")) << "what is known is answered";
  const std::string burst = R"({"client_ref":"x","text":"y","recipients":[{"to":"0791234567"}]})";
  EXPECT_EQ(post("/v1/batches", burst).text("/code"), "disk-low");
  EXPECT_THAT(get("/v1/status").text("/reason"), HasSubstr("is full"));
}

}  // namespace
}  // namespace burstd::api
