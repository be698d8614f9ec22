// Clients that mean harm, many at once, while an honest one asks: it is answered all the time, and in time.
#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "house.hpp"

namespace burstd::http {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::Client;
using testing::get;
using testing::House;
using testing::milliseconds;
using testing::post;

constexpr auto soon = 1s;

// A house whose limits run out within a test.
class HostileTest : public ::testing::Test {
 protected:
  HostileTest() {
    house.options.request_time = milliseconds(400);
    house.options.idle_time = milliseconds(800);
    house.options.stall_time = milliseconds(400);
    house.options.body_rate = 64UL * 1024;
    house.options.requests_per_second = 0;
    house.options.connections = 64;
    house.desk.answers = [](Request request) -> async::Task<Response> {
      co_return testing::plain(request.path == "/large" ? std::string(4UL * 1024 * 1024, 'x') : "well");
    };
    house.open();
    x_honest = std::make_unique<Client>(house.path());
  }

  // On a connection that is kept and on a new one.
  void expect_answered(const char* while_what) {
    for (const bool anew : {false, true}) {
      const auto begin = steady_clock::now();
      if (anew || !x_honest) x_honest = std::make_unique<Client>(house.path());
      EXPECT_EQ(x_honest->ask(get("/")).body, "well") << while_what;
      EXPECT_LT(steady_clock::now() - begin, soon) << while_what;
    }
  }

  std::vector<std::unique_ptr<Client>> crowd(std::size_t size, std::string_view octets) {
    std::vector<std::unique_ptr<Client>> all;
    for (std::size_t i = 0; i < size; ++i) {
      all.push_back(std::make_unique<Client>(house.path()));
      if (!octets.empty()) all.back()->send(octets);
    }
    return all;
  }

  House house;

 private:
  std::unique_ptr<Client> x_honest;
};

TEST_F(HostileTest, HalfOpenAndSilentConnections) {
  const auto silent = crowd(20, "");
  const auto half = crowd(20, "GET / HT");
  for (const auto& client : half) client->end_output();
  expect_answered("others are silent");
  for (const auto& client : half) client->rest();
  for (const auto& client : silent) EXPECT_EQ(client->rest(), "");
}

TEST_F(HostileTest, SlowHeadersAndSlowBodies) {
  const auto heads = crowd(20, "GET / HTTP/1.1\r\nHost: x\r\nX: ");
  const auto bodies = crowd(20, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
  for (const auto begin = steady_clock::now(); steady_clock::now() - begin < 300ms;) {
    for (const auto* clients : {&heads, &bodies}) {
      for (const auto& client : *clients) client->send("a");
    }
    expect_answered("others trickle");
  }
  for (const auto& client : heads) EXPECT_EQ(client->answer().status, 408);
  for (const auto& client : bodies) EXPECT_EQ(client->answer().status, 408);
}

TEST_F(HostileTest, FloodsOfHeaders) {
  std::string flood = "GET / HTTP/1.1\r\n";
  while (flood.size() < 200UL * 1024) flood += "X-Flood: " + std::string(1000, 'f') + "\r\n";
  for (int round = 0; round < 20; ++round) {
    Client client(house.path());
    client.send(flood);
    EXPECT_EQ(client.answer().status, 431);
    expect_answered("others flood");
  }
}

TEST_F(HostileTest, APipelineThatIsNeverRead) {
  std::string pipeline;
  for (int i = 0; i < 200; ++i) pipeline += get("/large");
  const auto clients = crowd(10, pipeline);
  for (const auto begin = steady_clock::now(); steady_clock::now() - begin < 600ms;) {
    expect_answered("others send and never read");
  }
}

TEST_F(HostileTest, GarbageInEveryForm) {
  for (const std::string& garbage :
       {std::string(5000, '\0'), std::string("\x16\x03\x01\x02\x00", 5) + std::string(300, 'h'),
        std::string("GET http://[::1]:%00/ HTTP/1.1\r\n\r\n"),
        std::string("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
        std::string("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"),
        std::string(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")}) {
    Client client(house.path());
    client.send(garbage);
    client.end_output();
    const auto answer = client.answer();
    EXPECT_TRUE(answer.status == 0 || (answer.status >= 400 && answer.status < 600)) << answer.status;
    expect_answered("others send garbage");
  }
}

TEST(Hostile, AFloodOfRequestsIsCutOffAtTheLimitOfItsUser) {
  House house;
  house.options.requests_per_second = 100;
  house.options.requests_at_once = 50;
  house.open();
  std::string pipeline;
  for (int i = 0; i < 1000; ++i) pipeline += get("/");
  Client client(house.path());
  std::thread sender([&] { client.send(pipeline); });
  int answered = 0, refused = 0;
  for (int status = client.answer().status; status != 0; status = client.answer().status) {
    answered += status == 200 ? 1 : 0;
    refused += status == 429 ? 1 : 0;
  }
  sender.join();
  EXPECT_GE(answered, 50);
  EXPECT_LT(answered, 500);
  EXPECT_EQ(refused, 1) << "and then the connection ends";
}

}  // namespace
}  // namespace burstd::http
