// What one user may take: the arithmetic of it, and that it is held to on a socket.
#include "http/guests.hpp"

#include <gtest/gtest.h>

#include <list>
#include <thread>

#include "house.hpp"

namespace burstd::http {
namespace {

using namespace std::chrono_literals;
using testing::Answer;
using testing::Client;
using testing::get;
using testing::House;
using testing::plain;
using testing::post;

const base::Steady noon{1000h};

TEST(Bucket, GivesWhatThereIsAtOnceAndThenItsRate) {
  Bucket bucket(10, 3);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(bucket.take(noon)) << i;
  EXPECT_FALSE(bucket.take(noon));
  EXPECT_EQ(bucket.wait(noon), 100ms);
  EXPECT_FALSE(bucket.take(noon + 99ms));
  EXPECT_TRUE(bucket.take(noon + 100ms));
  EXPECT_FALSE(bucket.take(noon + 100ms));
  EXPECT_FALSE(bucket.full(noon + 400ms - 1ms));
  EXPECT_TRUE(bucket.full(noon + 400ms));
}

TEST(Bucket, APauseEarnsNoMoreThanWhatMayBeTakenAtOnce) {
  Bucket bucket(10, 3);
  EXPECT_TRUE(bucket.take(noon));
  int taken = 0;
  while (bucket.take(noon + 24h)) ++taken;
  EXPECT_EQ(taken, 3);
}

TEST(Bucket, RefusingCostsNothing) {
  Bucket bucket(10, 1);
  EXPECT_TRUE(bucket.take(noon));
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(bucket.take(noon + 50ms));
  EXPECT_TRUE(bucket.take(noon + 100ms));
}

TEST(Bucket, WithoutALimitThereIsAlwaysOne) {
  Bucket bucket(0, 1);
  for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(bucket.take(noon));
  EXPECT_TRUE(bucket.full(noon));
}

TEST(Guests, EachUserHasItsOwnPurse) {
  Options options;
  options.connections = 2;
  Guests guests(options);
  Guests::Visit one(guests, 1), other(guests, 2), once_more(guests, 1);
  EXPECT_EQ(&one.guest(), &once_more.guest());
  EXPECT_NE(&one.guest(), &other.guest());
  Budget all(3);
  DoubleShare first(all, one.guest().connections), second(all, one.guest().connections),
      third(all, one.guest().connections), foreign(all, other.guest().connections);
  EXPECT_TRUE(first.resize(1));
  EXPECT_TRUE(second.resize(1));
  EXPECT_FALSE(third.resize(1)) << "more than one user may have";
  EXPECT_TRUE(foreign.resize(1));
  EXPECT_TRUE(second.resize(0));
  EXPECT_TRUE(third.resize(1)) << "given back";
}

TEST(Guests, WhatAllHaveIsNotTakenFromOnesOwn) {
  Budget all(1), own(5);
  DoubleShare first(all, own), second(all, own);
  EXPECT_TRUE(first.resize(1));
  EXPECT_FALSE(second.resize(1));
  EXPECT_EQ(own.used(), 1U);
}

TEST(Guests, AreForgottenWhenTheyAreGoneAndOweNothing) {
  Options options;
  options.requests_per_second = 1;
  Guests guests(options);
  Guests::Visit stays(guests, 1);
  {
    Guests::Visit owes(guests, 2);
    EXPECT_TRUE(owes.guest().requests.take(async::now().steady));
  }
  for (uid_t uid = 1000; uid < 2000; ++uid) Guests::Visit visit(guests, uid);
  EXPECT_LT(guests.size(), 100U);
  Guests::Visit back(guests, 2);
  EXPECT_FALSE(back.guest().requests.full(async::now().steady)) << "it was not forgotten";
}

TEST(Limits, MoreRequestsThanOneUserMayMakeAreToldToWait) {
  House house;
  house.options.requests_per_second = 1;
  house.options.requests_at_once = 3;
  house.open();
  Client client(house.path());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.ask(get("/")).status, 200);
  const Answer answer = client.ask(get("/"));
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.body.substr(0, 18), "too-many-requests|");
  EXPECT_EQ(answer.fields.at("retry-after"), "1");
  EXPECT_EQ(answer.fields.at("connection"), "close");
  EXPECT_EQ(Client(house.path()).ask(get("/")).status, 429) << "the same user";
  std::this_thread::sleep_for(1100ms);
  EXPECT_EQ(Client(house.path()).ask(get("/")).status, 200);
}

TEST(Limits, OneUserHasNotAllConnectionsStreamsAndBodies) {
  House house;
  house.options.connections = 2;
  house.options.streams = 0;
  house.options.body_limit = 1000;
  house.options.bodies_in_flight = 1000;
  house.desk.answers = [](Request request) -> async::Task<Response> {
    Response response = plain("x");
    if (request.path == "/stream") {
      response.stream = [](Stream&) -> async::Task<base::Result<void>> { co_return base::Result<void>(); };
    }
    co_return response;
  };
  house.open();
  Client first(house.path());
  EXPECT_EQ(first.ask(get("/")).status, 200);
  {
    Client second(house.path());
    EXPECT_EQ(second.ask(get("/")).status, 200);
    EXPECT_EQ(Client(house.path()).ask(get("/")).body.substr(0, 21), "too-many-connections|");
    ASSERT_TRUE(second.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nb"));
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(first.ask(post("/", std::string(200, 'b'))).body.substr(0, 16), "too-many-bodies|");
  }
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(Client(house.path()).ask(get("/stream")).body.substr(0, 17), "too-many-streams|");
}

TEST(Limits, WhoIsBeyondItsConnectionsHasNoLongPatience) {
  House house;
  house.options.connections = 1;
  house.options.request_time = testing::milliseconds(150);
  house.open();
  Client first(house.path());
  EXPECT_EQ(first.ask(get("/")).status, 200);
  Client silent(house.path());
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(silent.rest(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
  EXPECT_EQ(first.ask(get("/")).status, 200);
}

}  // namespace
}  // namespace burstd::http
