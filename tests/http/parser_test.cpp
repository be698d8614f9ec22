#include "http/parser.hpp"

#include <gtest/gtest.h>

namespace burstd::http {
namespace {

using Stage = Parser::Stage;

Options small() {
  Options options;
  options.header_limit = 256;
  options.body_limit = 64;
  return options;
}

// Feeds in pieces of `step` octets, as a session does, and leaves what was not taken in `input`.
void feed_all(Parser& parser, std::string& input, std::size_t step) {
  std::string held;
  while (parser.stage() != Stage::whole && parser.stage() != Stage::refused) {
    const std::size_t before = held.size();
    const Stage stage = parser.stage();
    held.erase(0, parser.feed(held));
    if (held.size() != before || parser.stage() != stage) continue;
    if (input.empty()) return;
    held += input.substr(0, step);
    input.erase(0, std::min(step, input.size()));
  }
  input.insert(0, held);
}

int refused(std::string input, std::size_t step = 4096) {
  const Options options = small();
  Parser parser(options, Peer{});
  feed_all(parser, input, step);
  return parser.stage() == Stage::refused ? parser.refusal().status : 0;
}

TEST(Parser, FedOctetByOctetGivesTheSameRequestAsAtOnce) {
  const std::string octets =
      "POST /v1/a%20b?x=1&y=a+b HTTP/1.1\r\nHost: x\r\nX-Two: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;name=value\r\nhello\r\nA\r\n, it is me!\r\n0\r\nTrailer: t\r\n\r\nGET / next";
  const Options options = small();
  for (const std::size_t step : {1UL, 2UL, 3UL, 7UL, 64UL, octets.size()}) {
    SCOPED_TRACE(step);
    std::string input = octets;
    Parser parser(options, Peer{});
    feed_all(parser, input, step);
    ASSERT_EQ(parser.stage(), Stage::refused);  // the second chunk is longer than it says
  }
  const std::string good = std::string(octets).replace(octets.find("A\r\n, it"), 3, "B\r\n");
  for (const std::size_t step : {1UL, 2UL, 3UL, 7UL, 64UL, octets.size()}) {
    SCOPED_TRACE(step);
    std::string input = good;
    Parser parser(options, Peer{});
    feed_all(parser, input, step);
    ASSERT_EQ(parser.stage(), Stage::whole);
    EXPECT_EQ(input, "GET / next");
    const Request request = parser.take();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/v1/a b");
    EXPECT_EQ(request.segments, (std::vector<std::string>{"v1", "a b"}));
    EXPECT_EQ(request.parameter("y"), "a b");
    EXPECT_EQ(request.header("x-tWO"), "2");
    EXPECT_EQ(request.header("Trailer"), std::nullopt);
    EXPECT_EQ(request.body, "hello, it is me!");
  }
}

TEST(Parser, TakesNothingPastTheEndOfARequest) {
  const Options options = small();
  Parser parser(options, Peer{});
  const std::string input = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\n";
  std::size_t taken = parser.feed(input);
  EXPECT_EQ(parser.stage(), Stage::body);
  EXPECT_EQ(parser.head().length, 3U);
  taken += parser.feed(std::string_view(input).substr(taken));
  EXPECT_EQ(parser.stage(), Stage::whole);
  EXPECT_EQ(input.substr(taken), "GET /b HTTP/1.1\r\n");
  EXPECT_EQ(parser.take().body, "abc");
}

TEST(Parser, SkipsEmptyLinesBeforeARequest) {
  const Options options = small();
  std::string input = "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n";
  Parser parser(options, Peer{});
  feed_all(parser, input, 1);
  EXPECT_EQ(parser.stage(), Stage::whole);
}

TEST(Parser, HeadLimitHoldsHoweverTheHeadIsCut) {
  const std::string line = "X-Long: " + std::string(50, 'x') + "\r\n";
  std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 6; ++i) many += line;
  many += "\r\n";
  for (const std::size_t step : {1UL, 10UL, 60UL, 4096UL}) EXPECT_EQ(refused(many, step), 431) << step;
  EXPECT_EQ(refused("GET /" + std::string(400, 'a'), 4096), 431);
  EXPECT_EQ(refused("GET /" + std::string(400, 'a'), 1), 431);

  // Cut two octets into each line, so that the parser takes every line at once and never holds much.
  const Options options = small();
  Parser parser(options, Peer{});
  std::string held = "GET / HTTP/1.1\r\nX-";
  for (int i = 0; i < 9 && parser.stage() == Stage::head; ++i) {
    held.erase(0, parser.feed(held));
    EXPECT_LT(held.size(), line.size());
    held += line.substr(2) + "X-";
  }
  ASSERT_EQ(parser.stage(), Stage::refused);
  EXPECT_EQ(parser.refusal().status, 431);
}

TEST(Parser, BodyLimitHoldsForLengthAndForChunks) {
  const std::string head = "PUT / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(refused(head + "Content-Length: 64\r\n\r\n" + std::string(64, 'b')), 0);
  EXPECT_EQ(refused(head + "Content-Length: 65\r\n\r\n"), 413);
  const std::string chunk = "20\r\n" + std::string(32, 'c') + "\r\n";
  EXPECT_EQ(refused(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n"), 0);
  EXPECT_EQ(refused(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "1\r\nc\r\n0\r\n\r\n"), 413);
  EXPECT_EQ(refused(head + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n"), 413);
}

TEST(Parser, AnEndlessChunkLineIsRefused) {
  const std::string head = "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(refused(head + "1;" + std::string(400, 'e'), 50), 400);
  EXPECT_EQ(refused(head + "0\r\nT: " + std::string(400, 't'), 50), 400);
}

TEST(Parser, LengthIsRequiredOfPostAndPutAlone) {
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: x\r\n\r\n"), 411);
  EXPECT_EQ(refused("PUT / HTTP/1.1\r\nHost: x\r\n\r\n"), 411);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"), 0);
  EXPECT_EQ(refused("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n"), 0);
  EXPECT_EQ(refused("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"), 0);
}

TEST(Parser, WhatBreaksTheRulesIsRefusedWithItsStatus) {
  EXPECT_EQ(refused("GET / HTTP/1.1\r\n\r\n"), 400);                        // no Host
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), 400);  // two
  EXPECT_EQ(refused("GET / HTTP/1.0\r\n\r\n"), 0);                          // none needed
  EXPECT_EQ(refused("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), 505);
  EXPECT_EQ(refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
  EXPECT_EQ(refused("GET / FTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(refused("G@T / HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n"), 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n"), 400);
  EXPECT_EQ(refused("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n"), 417);
  EXPECT_EQ(refused(std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8)), 400);  // TLS
}

TEST(Parser, FramingThatCouldBeReadInTwoWaysIsRefused) {
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(refused(head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
  EXPECT_EQ(refused(head + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"), 400);
  EXPECT_EQ(refused(head + "Content-Length: 3\r\nContent-Length: 4\r\n\r\n"), 400);
  EXPECT_EQ(refused(head + "Content-Length: -3\r\n\r\n"), 400);
  EXPECT_EQ(refused(head + "Content-Length: 3x\r\n\r\n"), 400);
  EXPECT_EQ(refused(head + "Transfer-Encoding: gzip, chunked\r\n\r\n"), 501);
  EXPECT_EQ(refused(head + "Transfer-Encoding: gzip\r\n\r\n"), 501);
  EXPECT_EQ(refused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
  EXPECT_EQ(refused(head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(refused(head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"), 400);
}

TEST(Parser, HeadIsHandedOnAsGet) {
  const Options options = small();
  std::string input = "HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n";
  Parser parser(options, Peer{});
  feed_all(parser, input, 4096);
  ASSERT_EQ(parser.stage(), Stage::whole);
  EXPECT_TRUE(parser.head().answer_without_body);
  EXPECT_EQ(parser.take().method, "GET");
}

TEST(Parser, KnowsWhetherTheConnectionIsKept) {
  const auto kept = [](std::string input) {
    const Options options = small();
    Parser parser(options, Peer{});
    feed_all(parser, input, 4096);
    EXPECT_EQ(parser.stage(), Stage::whole);
    return parser.head().keep_alive;
  };
  EXPECT_TRUE(kept("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_FALSE(kept("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  EXPECT_FALSE(kept("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_FALSE(kept("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(Parser, WhatCameOfABodyIsGivenBackOnRequest) {
  const Options options;
  Parser parser(options, Peer{});
  std::string octets = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n";
  octets.erase(0, parser.feed(octets));
  EXPECT_EQ(parser.request().path, "/a");
  parser.feed(std::string(500, 'b'));
  EXPECT_EQ(parser.body_size(), 500U);
  parser.drop_body();
  EXPECT_EQ(parser.body_size(), 0U);
}

}  // namespace
}  // namespace burstd::http
