#include <gtest/gtest.h>
#include <unistd.h>

#include "house.hpp"

namespace burstd::http {
namespace {

using async::Task;
using std::chrono::steady_clock;
using testing::Answer;
using testing::Client;
using testing::get;
using testing::House;
using testing::milliseconds;
using testing::plain;
using testing::post;

std::string post_head(std::size_t length) {
  return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

TEST(Limits, AnIdleConnectionIsEndedInSilence) {
  House house;
  house.options.idle_time = milliseconds(150);
  house.open();
  Client fresh(house.path());
  Client used(house.path());
  EXPECT_EQ(used.ask(get("/")).status, 200);
  const auto begin = steady_clock::now();
  EXPECT_EQ(fresh.rest(), "");
  EXPECT_EQ(used.rest(), "");
  EXPECT_LT(steady_clock::now() - begin, milliseconds(2000));
}

TEST(Limits, AConnectionInUseOutlivesTheIdleTime) {
  House house;
  house.options.idle_time = milliseconds(300);
  house.open();
  Client client(house.path());
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(client.ask(get("/")).status, 200);
    std::this_thread::sleep_for(milliseconds(120));
  }
}

TEST(Limits, AStrayLineEndAfterARequestIsNoSlowRequest) {
  House house;
  house.options.request_time = milliseconds(100);
  house.open();
  Client client(house.path());
  EXPECT_EQ(client.ask(get("/") + "\r\n").status, 200);
  EXPECT_EQ(client.rest(), "");
}

TEST(Limits, ASlowHeadIsCutOffWith408HoweverItTrickles) {
  House house;
  house.options.request_time = milliseconds(200);
  house.open();
  Client silent(house.path());
  EXPECT_EQ(silent.ask("GET / HT").status, 408);
  Client trickling(house.path());
  const std::string octets = get("/a-long-path-that-never-quite-arrives");
  const auto begin = steady_clock::now();
  for (std::size_t at = 0; at + 10 < octets.size() && steady_clock::now() - begin < milliseconds(400); ++at) {
    trickling.send(octets.substr(at, 1));
    std::this_thread::sleep_for(milliseconds(15));
  }
  const Answer answer = trickling.answer();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.body.substr(0, 17), "request-too-slow|");
}

TEST(Limits, ABodyMayTakeLongerAsLongAsItComesAtItsRate) {
  House house;
  house.options.request_time = milliseconds(150);
  house.options.body_rate = 10'000;
  house.open();
  Client steady(house.path());
  ASSERT_TRUE(steady.send(post_head(8 * 1500)));
  for (int i = 0; i < 8; ++i) {  // 1500 octets earn 150 ms and take 60
    std::this_thread::sleep_for(milliseconds(60));
    ASSERT_TRUE(steady.send(std::string(1500, 'b')));
  }
  EXPECT_EQ(steady.answer().status, 200);

  Client trickling(house.path());
  ASSERT_TRUE(trickling.send(post_head(1000)));
  const auto begin = steady_clock::now();
  while (steady_clock::now() - begin < milliseconds(400)) {
    trickling.send("b");
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(trickling.answer().status, 408);
}

TEST(Limits, ABodyOverTheLimitIsRefusedBeforeItIsRead) {
  House house;
  house.options.body_limit = 1000;
  house.open();
  Client client(house.path());
  const Answer answer = client.ask(post_head(1001));
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.body.substr(0, 15), "body-too-large|");
  Client exact(house.path());
  EXPECT_EQ(exact.ask(post("/", std::string(1000, 'b'))).status, 200);
}

TEST(Limits, AClientThatSendsAllBeforeItReadsStillReadsThe413) {
  House house;
  house.open();
  Client client(house.path());
  const std::string body(12 * 1024 * 1024, 'b');
  ASSERT_TRUE(client.send(post_head(body.size())));
  ASSERT_TRUE(client.send(body));
  EXPECT_EQ(client.answer().status, 413);
}

TEST(Limits, AChunkedBodyIsRefusedWhenItPassesTheLimit) {
  House house;
  house.options.body_limit = 1000;
  house.open();
  Client client(house.path());
  const std::string chunk = "1F4\r\n" + std::string(500, 'c') + "\r\n";
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(client.ask(head + chunk + chunk + "0\r\n\r\n").body.size(), 7U + 1000U);
  EXPECT_EQ(client.ask(head + chunk + chunk + chunk).status, 413);
}

TEST(Limits, BodiesInFlightAreBoundedOverAllConnections) {
  House house;
  house.options.bodies_in_flight = 2000;
  house.open();
  Client holder(house.path());
  ASSERT_TRUE(holder.send(post_head(1500) + "b"));
  std::this_thread::sleep_for(milliseconds(50));
  Client client(house.path());
  const Answer answer = client.ask(post("/", std::string(600, 'b')));
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.body.substr(0, 16), "too-many-bodies|");
  EXPECT_EQ(answer.fields.at("retry-after"), "1");
  Client chunked(house.path());
  EXPECT_EQ(chunked
                .ask("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n258\r\n" + std::string(600, 'c') +
                     "\r\n0\r\n")
                .status,
            429);
  EXPECT_EQ(Client(house.path()).ask(post("/", std::string(400, 'b'))).status, 200);
  EXPECT_EQ(holder.ask(std::string(1499, 'b')).status, 200);
  EXPECT_EQ(Client(house.path()).ask(post("/", std::string(1900, 'b'))).status, 200);  // it was all given back
}

TEST(Limits, AClientBeyondTheConnectionsIsToldSo) {
  House house;
  house.options.connections = 2;
  house.open();
  Client first(house.path());
  EXPECT_EQ(first.ask(get("/")).status, 200);
  {
    Client second(house.path());
    EXPECT_EQ(second.ask(get("/")).status, 200);
    Client third(house.path());
    const Answer answer = third.ask(get("/"));
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.body.substr(0, 21), "too-many-connections|");
    EXPECT_EQ(answer.fields.count("retry-after"), 1U);
    EXPECT_EQ(first.ask(get("/")).status, 200);
  }
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(Client(house.path()).ask(get("/")).status, 200);
}

TEST(Limits, ClientsBeyondEverythingWaitInTheBacklog) {
  House house;
  house.options.connections = 1;
  house.options.streams = 0;
  house.options.idle_time = milliseconds(200);
  house.open();
  std::vector<std::unique_ptr<Client>> crowd;
  for (int i = 0; i < 60; ++i) crowd.push_back(std::make_unique<Client>(house.path()));
  // The last one is accepted when the idle ones before it have been ended.
  EXPECT_NE(crowd.back()->ask(get("/")).status, 0);
}

TEST(Limits, AClientThatTakesNothingIsCutOff) {
  House house;
  house.options.stall_time = milliseconds(150);
  house.desk.answers = [](Request) -> Task<Response> { co_return plain(std::string(8 * 1024 * 1024, 'x')); };
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send(get("/")));
  std::this_thread::sleep_for(milliseconds(600));
  const Answer answer = client.answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.whole);
}

TEST(Limits, AClientThatTakesItsAnswerTooSlowlyIsCutOffThoughItNeverStalls) {
  House house;
  house.options.stall_time = milliseconds(300);
  house.options.body_rate = 100 * 1024 * 1024;
  std::string body;
  for (int block = 0; block < 128; ++block) body += std::string(64UL * 1024 - 1, 'x') + "\n";
  house.desk.answers = [&](Request) -> Task<Response> { co_return plain(body); };
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send(get("/")));
  int blocks = 0;
  for (const auto begin = steady_clock::now(); client.reads("x\n"); ++blocks) {
    ASSERT_LT(steady_clock::now() - begin, milliseconds(5000));
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_LT(blocks, 100);
}

TEST(Limits, ABodyThatNobodyWantsIsNotRead) {
  House house;
  house.desk.screens = [](const Request& request) -> std::optional<Response> {
    if (request.path != "/closed") return std::nullopt;
    Response response = plain("closed to " + std::to_string(request.peer.uid));
    response.status = 403;
    return response;
  };
  house.open();
  Client client(house.path());
  const Answer answer = client.ask("POST /closed HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n");
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body, "closed to " + std::to_string(getuid()));
  EXPECT_EQ(answer.fields.at("connection"), "close");
  EXPECT_EQ(Client(house.path()).ask("POST /closed HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n").status,
            403);
  Client small(house.path());
  EXPECT_EQ(small.ask(post("/closed", "b")).status, 200) << "left to answer()";
  EXPECT_EQ(small.ask(post("/open", "b")).status, 200);
}

}  // namespace
}  // namespace burstd::http
