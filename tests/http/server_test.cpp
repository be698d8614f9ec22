#include "http/server.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "house.hpp"

namespace burstd::http {
namespace {

using async::Task;
using testing::Answer;
using testing::Client;
using testing::get;
using testing::House;
using testing::milliseconds;
using testing::plain;
using testing::post;

TEST(Server, AnswersOneRequestAfterAnotherOnOneConnection) {
  House house;
  house.open();
  Client client(house.path());
  for (int i = 0; i < 100; ++i) {
    const Answer answer = client.ask(post("/n/" + std::to_string(i), "body"));
    ASSERT_EQ(answer.status, 200);
    ASSERT_EQ(answer.body, "POST /n/" + std::to_string(i) + "|body");
    EXPECT_EQ(answer.fields.count("connection"), 0U);
    EXPECT_EQ(answer.fields.at("content-type"), "text/plain");
  }
}

TEST(Server, AnswersPipelinedRequestsInOrderAlsoWhenTheFirstIsSlow) {
  House house;
  house.desk.answers = [](Request request) -> Task<Response> {
    if (request.path == "/0") co_await async::sleep_for(milliseconds(50));
    co_return plain(request.path);
  };
  house.open();
  Client client(house.path());
  std::string all;
  for (int i = 0; i < 50; ++i) all += get("/" + std::to_string(i));
  ASSERT_TRUE(client.send(all));
  client.end_output();
  for (int i = 0; i < 50; ++i) ASSERT_EQ(client.answer().body, "/" + std::to_string(i));
  EXPECT_TRUE(client.ended());
}

TEST(Server, ASlowAnswerHoldsUpNobodyElse) {
  House house;
  house.desk.answers = [](Request request) -> Task<Response> {
    if (request.path == "/slow") co_await async::sleep_for(milliseconds(300));
    co_return plain(request.path);
  };
  house.open();
  Client slow(house.path());
  Client quick(house.path());
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(slow.send(get("/slow")));
  EXPECT_EQ(quick.ask(get("/quick")).body, "/quick");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(250));
  EXPECT_EQ(slow.answer().body, "/slow");
}

TEST(Server, TellsTheResponderWhoAsks) {
  House house;
  house.desk.answers = [](Request request) -> Task<Response> {
    std::string out = std::to_string(request.peer.uid) + " " + std::to_string(request.peer.gid) + " " +
                      std::to_string(request.peer.pid);
    for (const gid_t group : request.peer.groups) out += " " + std::to_string(group);
    co_return plain(out);
  };
  house.open();
  std::string expected =
      std::to_string(::geteuid()) + " " + std::to_string(::getegid()) + " " + std::to_string(::getpid());
  std::vector<gid_t> groups(static_cast<std::size_t>(::getgroups(0, nullptr)));
  groups.resize(static_cast<std::size_t>(::getgroups(static_cast<int>(groups.size()), groups.data())));
  std::sort(groups.begin(), groups.end());
  for (const gid_t group : groups) expected += " " + std::to_string(group);
  Client client(house.path());
  EXPECT_EQ(client.ask(get("/")).body, expected);
}

TEST(Server, AnswersHeadLikeGetWithoutTheBody) {
  House house;
  house.open();
  Client client(house.path());
  const Answer full = client.ask(get("/a"));
  ASSERT_TRUE(client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n" + get("/b")));
  const Answer bare = client.answer(true);
  EXPECT_EQ(bare.status, 200);
  EXPECT_EQ(bare.fields.at("content-length"), full.fields.at("content-length"));
  EXPECT_EQ(client.answer().body, "GET /b|");
}

TEST(Server, ClosesAfterHttp10AndAfterConnectionClose) {
  House house;
  house.open();
  Client old(house.path());
  const Answer answer = old.ask("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(answer.body, "GET /a|");
  EXPECT_EQ(answer.fields.at("connection"), "close");
  EXPECT_TRUE(old.ended());
  Client polite(house.path());
  EXPECT_EQ(polite.ask("GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").body, "GET /b|");
  EXPECT_TRUE(polite.ended());
}

TEST(Server, HandsUnknownMethodsToTheResponder) {
  House house;
  house.open();
  Client client(house.path());
  EXPECT_EQ(client.ask("BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n").body, "BREW /pot|");
}

TEST(Server, AnAnswerOfManyMegabytesArrivesWhole) {
  House house;
  house.desk.answers = [](Request) -> Task<Response> { co_return plain(std::string(20 * 1024 * 1024, 'x')); };
  house.open();
  Client client(house.path());
  EXPECT_EQ(client.ask(get("/")).body.size(), 20U * 1024 * 1024);
  EXPECT_TRUE(client.ask(get("/")).whole);
}

TEST(Server, InvitesTheBodyWhenAsked) {
  House house;
  house.open();
  Client client(house.path());
  const std::string head = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n";
  EXPECT_EQ(client.ask(head).status, 100);
  EXPECT_EQ(client.ask("body").body, "POST /a|body");
  EXPECT_EQ(client.ask(head + "body").body, "POST /a|body");  // who did not wait is not invited
}

TEST(Server, DoesNotInviteABodyThatItWouldNotTake) {
  House house;
  house.options.body_limit = 10;
  house.open();
  Client client(house.path());
  EXPECT_EQ(client.ask("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n").status,
            413);
}

TEST(Server, AnExceptionBecomesA500AndHurtsNobodyElse) {
  House house;
  house.desk.answers = [](Request request) -> Task<Response> {
    if (request.path == "/number") throw 42;
    if (request.path != "/good") throw std::runtime_error("secret text");
    co_return plain("good");
  };
  house.open();
  Client other(house.path());
  Client client(house.path());
  const Answer answer = client.ask(get("/bad"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body.substr(0, 15), "internal-error|");
  EXPECT_EQ(answer.body.find("secret"), std::string::npos);
  EXPECT_EQ(client.ask(get("/number")).status, 500);
  EXPECT_EQ(client.ask(get("/good")).body, "good");
  EXPECT_EQ(other.ask(get("/good")).body, "good");
}

TEST(Server, SaysItInPlainWordsWhenEvenTheRefusalThrows) {
  House house;
  house.desk.refusal_throws = true;
  house.open();
  Client client(house.path());
  const Answer answer = client.ask("nonsense\r\n\r\n");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("breaks the rules"), std::string::npos);
}

TEST(Server, AnAnswerThatBreaksTheRulesIsReplaced) {
  House house;
  house.desk.answers = [](Request) -> Task<Response> {
    Response response = plain("x");
    response.headers.emplace_back("Location", "/\r\nSet-Cookie: a=b");
    co_return response;
  };
  house.open();
  Client client(house.path());
  const Answer answer = client.ask(get("/"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.fields.count("set-cookie"), 0U);
}

TEST(Server, RefusesMalformedRequestsAndCloses) {
  House house;
  house.open();
  const std::map<std::string, int> cases{{"nonsense\r\n\r\n", 400},
                                         {"GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
                                         {"GET / HTTP/3.0\r\nHost: x\r\n\r\n", 505},
                                         {"POST / HTTP/1.1\r\nHost: x\r\n\r\n", 411},
                                         {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 431}};
  for (const auto& [octets, status] : cases) {
    Client client(house.path());
    const Answer answer = client.ask(octets);
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.fields.at("connection"), "close");
    client.end_output();
    EXPECT_TRUE(client.ended());
  }
}

TEST(Server, ARequestCutOffHalfWayIsDroppedInSilence) {
  House house;
  house.desk.answers = [](Request) -> Task<Response> { co_return plain("never"); };
  house.open();
  for (const char* part :
       {"GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
    Client client(house.path());
    ASSERT_TRUE(client.send(part));
    client.end_output();
    EXPECT_EQ(client.rest(), "") << part;
  }
}

TEST(Server, TakesOverADescriptorThatListensAlready) {
  House first;
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, first.path().data(), first.path().size());
  ASSERT_EQ(::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::listen(descriptor, 8), 0);
  first.adopted = descriptor;
  first.open();
  {
    Client client(first.path());
    EXPECT_EQ(client.ask(get("/")).body, "GET /|");
  }
  first.stop();
  EXPECT_TRUE(std::filesystem::exists(first.path()));  // who made it removes it
}

TEST(Server, StopRemovesTheFileAndEndsIdleConnections) {
  House house;
  house.open();
  Client fresh(house.path());
  Client used(house.path());
  EXPECT_EQ(used.ask(get("/")).status, 200);
  house.stop();
  EXPECT_TRUE(fresh.ended());
  EXPECT_TRUE(used.ended());
  EXPECT_FALSE(std::filesystem::exists(house.path()));
  EXPECT_EQ(house.desk.stopped, 1);
}

TEST(Server, StopRightAfterAnAnswerDoesNotWaitForTheNextRequest) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) {
    House house;
    house.open();
    Client client(house.path());
    EXPECT_EQ(client.ask(get("/")).status, 200);
    house.stop();
    EXPECT_TRUE(client.ended());
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(4000));  // one that waits takes five seconds
}

TEST(Server, StopLetsAnAnswerInFlightFinish) {
  House house;
  std::atomic<bool> begun{false};
  house.desk.answers = [&begun](Request) -> Task<Response> {
    begun = true;
    co_await async::sleep_for(milliseconds(200));
    co_return plain("finished");
  };
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send(get("/") + get("/never")));
  while (!begun) std::this_thread::sleep_for(milliseconds(5));
  house.stop_softly();
  const Answer answer = client.answer();
  EXPECT_EQ(answer.body, "finished");
  EXPECT_EQ(answer.fields.at("connection"), "close");
  EXPECT_TRUE(client.ended());
  house.wait();
}

TEST(Server, StopWakesALongPoll) {
  House house;
  house.desk.answers = [&house](Request) -> Task<Response> {
    co_await house.desk.events.wait();
    co_return plain("nothing new");
  };
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send(get("/")));
  std::this_thread::sleep_for(milliseconds(50));
  house.stop_softly();
  EXPECT_EQ(client.answer().body, "nothing new");
  house.wait();
}

TEST(Server, StopDoesNotWaitForAClientThatTakesNothing) {
  House house;
  house.options.stop_time = milliseconds(100);
  std::atomic<bool> begun{false};
  house.desk.answers = [&begun](Request) -> Task<Response> {
    begun = true;
    co_return plain(std::string(8 * 1024 * 1024, 'x'));
  };
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send(get("/")));
  while (!begun) std::this_thread::sleep_for(milliseconds(5));
  const auto begin = std::chrono::steady_clock::now();
  house.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(2000));
}

TEST(Server, StopBeforeTheFirstClientReturnsAtOnce) {
  House house;
  house.open();
  house.stop();
  EXPECT_FALSE(std::filesystem::exists(house.path()));
}

}  // namespace
}  // namespace burstd::http
