#include <gtest/gtest.h>

#include "house.hpp"

namespace burstd::http {
namespace {

using async::Task;
using base::Result;
using testing::Answer;
using testing::Client;
using testing::get;
using testing::House;
using testing::milliseconds;
using testing::plain;

Response streaming(Streaming stream) {
  Response response;
  response.content_type = "text/event-stream";
  response.stream = std::move(stream);
  return response;
}

Task<Result<void>> count_to_three(Stream& stream) {
  for (const char* word : {"one ", "", "two ", "three"}) {
    const Result<void> written = co_await stream.write(word);
    if (!written) co_return written.error();
    co_await async::sleep_for(milliseconds(5));
  }
  co_return Result<void>();
}

Task<Result<void>> fail_half_way(Stream& stream) {
  const Result<void> written = co_await stream.write("half");
  if (!written) co_return written.error();
  co_return base::malformed("broken", "The source broke.");
}

Task<Result<void>> throw_half_way(Stream& stream) {
  const Result<void> written = co_await stream.write("half");
  if (!written) co_return written.error();
  throw std::runtime_error("the source broke");
}

Task<Response> serve_stream(Request request) {
  if (request.path == "/plain") co_return plain("plain");
  if (request.path == "/fails") co_return streaming(fail_half_way);
  if (request.path == "/throws") co_return streaming(throw_half_way);
  co_return streaming(count_to_three);
}

TEST(Stream, ArrivesInChunksAndEndsTheConnection) {
  House house;
  house.desk.answers = serve_stream;
  house.open();
  Client client(house.path());
  EXPECT_EQ(client.ask(get("/plain")).body, "plain");
  const Answer answer = client.ask(get("/"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.fields.at("content-type"), "text/event-stream");
  EXPECT_EQ(answer.body, "one two three");
  EXPECT_TRUE(answer.whole);
  EXPECT_TRUE(client.ended());
}

TEST(Stream, GoesPlainToAnHttp10Client) {
  House house;
  house.desk.answers = serve_stream;
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send("GET / HTTP/1.0\r\n\r\n"));
  const std::string all = client.rest();
  EXPECT_EQ(all.find("Transfer-Encoding"), std::string::npos);
  EXPECT_EQ(all.substr(all.find("\r\n\r\n") + 4), "one two three");
}

TEST(Stream, HeadGetsTheHeadAlone) {
  House house;
  house.desk.answers = serve_stream;
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_TRUE(client.rest().ends_with("\r\n\r\n"));
}

TEST(Stream, OneThatFailsIsVisiblyCutOff) {
  House house;
  house.desk.answers = serve_stream;
  house.open();
  for (const char* path : {"/fails", "/throws"}) {
    Client client(house.path());
    const Answer answer = client.ask(get(path));
    EXPECT_EQ(answer.body, "half") << path;
    EXPECT_FALSE(answer.whole) << path;
  }
  EXPECT_TRUE(Client(house.path()).ask(get("/")).whole);
}

TEST(Stream, LearnsThatTheClientWentAway) {
  House house;
  std::atomic<bool> noticed{false};
  const Streaming watch = [&noticed](Stream& stream) -> Task<Result<void>> {
    const Result<void> first = co_await stream.write("hello");
    EXPECT_TRUE(first);
    EXPECT_FALSE(stream.closed());
    while (!stream.closed()) co_await async::sleep_for(milliseconds(5));
    EXPECT_FALSE(co_await stream.write("anybody?"));
    EXPECT_FALSE(co_await stream.write("no?"));
    noticed = true;
    co_return Result<void>();
  };
  house.desk.answers = [&watch](Request) -> Task<Response> { co_return streaming(watch); };
  house.open();
  {
    Client client(house.path());
    ASSERT_TRUE(client.send(get("/")));
    EXPECT_TRUE(client.reads("hello"));
    std::this_thread::sleep_for(milliseconds(50));
    EXPECT_FALSE(noticed);
  }
  for (int i = 0; i < 200 && !noticed; ++i) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_TRUE(noticed);
}

// Waits for nothing but the client.
Streaming waiting(std::atomic<bool>& over) {
  return [&over](Stream& stream) -> Task<Result<void>> {
    const Result<void> first = co_await stream.write("hello");
    EXPECT_TRUE(first);
    while (!stream.closed()) co_await stream.wake().wait();
    over = true;
    co_return Result<void>();
  };
}

TEST(Stream, AClientThatHangsUpWakesTheSourceAtOnce) {
  House house;
  house.options.streams = 1;
  std::atomic<bool> over{false};
  const Streaming source = waiting(over);
  house.desk.answers = [&source](Request) -> Task<Response> { co_return streaming(source); };
  house.open();
  {
    Client client(house.path());
    ASSERT_TRUE(client.send(get("/")));
    EXPECT_TRUE(client.reads("hello"));
    ASSERT_TRUE(client.send("what a client says into a stream stays unread"));
    std::this_thread::sleep_for(milliseconds(50));
    EXPECT_FALSE(over);
  }
  for (int i = 0; i < 100 && !over; ++i) std::this_thread::sleep_for(milliseconds(2));
  EXPECT_TRUE(over);
  Client next(house.path());
  ASSERT_TRUE(next.send(get("/")));
  EXPECT_TRUE(next.reads("200 OK")) << "the one stream is free again";
  EXPECT_TRUE(next.reads("hello"));
}

TEST(Stream, AServerThatStopsWakesTheSourceAndEndsTheAnswerInOrder) {
  House house;
  std::atomic<bool> over{false};
  const Streaming source = waiting(over);
  house.desk.answers = [&source](Request) -> Task<Response> { co_return streaming(source); };
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send(get("/")));
  EXPECT_TRUE(client.reads("hello"));
  const auto begin = std::chrono::steady_clock::now();
  house.stop();
  EXPECT_TRUE(over);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, house.options.stop_time / 2);
  EXPECT_TRUE(client.rest().ends_with("0\r\n\r\n"));
}

TEST(Stream, AClientThatOnlyListensIsKept) {
  House house;
  std::atomic<bool> over{false};
  const Streaming source = waiting(over);
  house.desk.answers = [&source](Request) -> Task<Response> { co_return streaming(source); };
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send(get("/")));
  client.end_output();
  EXPECT_TRUE(client.reads("hello"));
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_FALSE(over);
}

TEST(Stream, IsCutOffWithoutProgress) {
  House house;
  house.options.stall_time = milliseconds(150);
  std::atomic<bool> failed{false};
  const Streaming flood = [&failed](Stream& stream) -> Task<Result<void>> {
    const std::string block(256 * 1024, 'x');
    for (;;) {
      const Result<void> written = co_await stream.write(block);
      if (!written) {
        failed = true;
        co_return written.error();
      }
    }
  };
  house.desk.answers = [&flood](Request) -> Task<Response> { co_return streaming(flood); };
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send(get("/")));
  for (int i = 0; i < 200 && !failed; ++i) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_TRUE(failed);
  EXPECT_FALSE(client.answer().whole);
}

TEST(Stream, EndsWhenTheServerStops) {
  House house;
  const Streaming events = [&house](Stream& stream) -> Task<Result<void>> {
    const Result<void> first = co_await stream.write("first");
    EXPECT_TRUE(first);
    while (!stream.closed()) co_await house.desk.events.wait();
    EXPECT_FALSE(co_await stream.write("late"));
    co_return Result<void>();
  };
  house.desk.answers = [&events](Request) -> Task<Response> { co_return streaming(events); };
  house.open();
  Client client(house.path());
  ASSERT_TRUE(client.send(get("/")));
  EXPECT_TRUE(client.reads("first"));
  house.stop();
  EXPECT_EQ(client.rest().find("late"), std::string::npos);
}

TEST(Stream, StreamsAreCountedApartFromConnections) {
  House house;
  house.options.connections = 2;
  house.options.streams = 2;
  const Streaming events = [&house](Stream& stream) -> Task<Result<void>> {
    const Result<void> first = co_await stream.write("first");
    EXPECT_TRUE(first);
    while (!stream.closed()) co_await house.desk.events.wait_until(async::now().steady + milliseconds(10));
    co_return Result<void>();
  };
  house.desk.answers = [&events](Request request) -> Task<Response> {
    if (request.path == "/plain") co_return plain("plain");
    co_return streaming(events);
  };
  house.open();
  auto one = std::make_unique<Client>(house.path());
  auto two = std::make_unique<Client>(house.path());
  for (Client* client : {one.get(), two.get()}) {
    ASSERT_TRUE(client->send(get("/")));
    EXPECT_TRUE(client->reads("first"));
  }
  Client third(house.path());
  Client fourth(house.path());
  EXPECT_EQ(third.ask(get("/plain")).body, "plain");
  EXPECT_EQ(fourth.ask(get("/plain")).body, "plain");
  const Answer refused = third.ask(get("/"));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.body.substr(0, 17), "too-many-streams|");
  EXPECT_EQ(refused.fields.count("retry-after"), 1U);
  one.reset();
  std::this_thread::sleep_for(milliseconds(100));
  ASSERT_TRUE(fourth.send(get("/")));
  EXPECT_TRUE(fourth.reads("200 OK"));
  EXPECT_TRUE(fourth.reads("first"));
}

}  // namespace
}  // namespace burstd::http
