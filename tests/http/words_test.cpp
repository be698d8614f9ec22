#include <gtest/gtest.h>

#include "http/budget.hpp"
#include "http/render.hpp"
#include "http/target.hpp"

namespace burstd::http {
namespace {

TEST(Target, DecodesPathSegmentsAndQuery) {
  const Target target = parse_target("/v1/groups/a%2Fb%20c+d?x=1&y=%C3%A4+b&flag&x=2&&z=a=b").value();
  EXPECT_EQ(target.path, "/v1/groups/a/b c+d");
  EXPECT_EQ(target.segments, (std::vector<std::string>{"v1", "groups", "a/b c+d"}));
  EXPECT_EQ(target.query, (Fields{{"x", "1"}, {"y", "\xC3\xA4 b"}, {"flag", ""}, {"x", "2"}, {"z", "a=b"}}));
}

TEST(Target, KnowsRootTrailingSlashAsteriskAndAbsoluteForm) {
  EXPECT_TRUE(parse_target("/")->segments.empty());
  EXPECT_EQ(parse_target("/v1/")->segments, (std::vector<std::string>{"v1", ""}));
  EXPECT_EQ(parse_target("*")->path, "*");
  EXPECT_EQ(parse_target("http://localhost:80/v1?a=b")->path, "/v1");
  EXPECT_EQ(parse_target("http://localhost:80/v1?a=b")->query.size(), 1U);
  EXPECT_EQ(parse_target("http://localhost")->path, "/");
  EXPECT_EQ(parse_target("http://localhost?a=b")->path, "/");
  EXPECT_EQ(parse_target("/?u=http://x/y")->query.at(0).second, "http://x/y");
}

TEST(Target, RefusesWhatIsMalformed) {
  for (const char* text : {"", "v1", "host:80", "/%", "/%4", "/%4g", "/a%00b", "/?a=%00", "/?%zz=1", "/#top", "/?a#b",
                           "/%FF", "/?a=%C3", "/%ED%A0%80"}) {
    const auto target = parse_target(text);
    ASSERT_FALSE(target) << text;
    EXPECT_EQ(target.error().code, "malformed-request") << text;
  }
}

TEST(Response, HeadIsRenderedWithWhatHttpAddsItself) {
  Response response;
  response.status = 201;
  response.content_type = "application/json";
  response.headers.emplace_back("Location", "/v1/messages/1");
  response.body = "{}";
  const base::Time now = base::from_rfc3339("2026-03-01T08:30:00Z").value();
  EXPECT_EQ(render_head(response, Framing::length, true, now),
            "HTTP/1.1 201 Created\r\nDate: Sun, 01 Mar 2026 08:30:00 GMT\r\nContent-Type: application/json\r\n"
            "Location: /v1/messages/1\r\nContent-Length: 2\r\n\r\n");
  const std::string stream = render_head(response, Framing::chunked, false, now);
  EXPECT_NE(stream.find("Transfer-Encoding: chunked\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_EQ(stream.find("Content-Length"), std::string::npos);
  response.status = 204;
  EXPECT_EQ(render_head(response, Framing::length, true, now).find("Content-Length"), std::string::npos);
  response.status = 299;
  EXPECT_TRUE(render_head(response, Framing::length, true, now).starts_with("HTTP/1.1 299 Status\r\n"));
}

TEST(Response, WhatCouldEndALineOrDoubleTheFramingIsNotSound) {
  const auto with = [](std::string name, std::string value) {
    Response response;
    response.headers.emplace_back(std::move(name), std::move(value));
    return sound(response);
  };
  EXPECT_TRUE(with("Location", "/v1/\xC3\xA4"));
  EXPECT_FALSE(with("Location", "/v1/\r\nX: y"));
  EXPECT_FALSE(with("Location", std::string("a\0b", 3)));
  EXPECT_FALSE(with("", "x"));
  EXPECT_FALSE(with("A:", "x"));
  EXPECT_FALSE(with("content-LENGTH", "3"));
  EXPECT_FALSE(with("Transfer-Encoding", "chunked"));
  Response odd;
  odd.status = 42;
  EXPECT_FALSE(sound(odd));
  odd.status = 200;
  odd.content_type = "text/plain\n";
  EXPECT_FALSE(sound(odd));
}

TEST(Budget, NeverGivesMoreThanThereIsAndTakesItAllBack) {
  Budget budget(10);
  {
    Budget::Share first(budget);
    Budget::Share second(budget);
    EXPECT_TRUE(first.resize(6));
    EXPECT_FALSE(second.resize(5));
    EXPECT_EQ(second.size(), 0U);
    EXPECT_TRUE(second.resize(4));
    EXPECT_FALSE(first.resize(7));
    EXPECT_EQ(first.size(), 6U);
    EXPECT_TRUE(first.resize(2));
    EXPECT_TRUE(second.resize(8));
    EXPECT_FALSE(second.resize(static_cast<std::size_t>(-1)));
    EXPECT_EQ(budget.used(), 10U);
  }
  EXPECT_EQ(budget.used(), 0U);
}

}  // namespace
}  // namespace burstd::http
