// The page of figures: what is on it, that it counts what is on disk and nothing else, and how it is written.
#include "api/counter.hpp"
#include "api/exposition.hpp"

namespace burstd::api {
namespace {

using testing::ContainsRegex;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

TEST(Exposition, WritesHelpTypeAndSamples) {
  Exposition page;
  page.counter("a_total", "What it is.");
  page.add(3, {{"x", "y"}, {"z", "a\"b\\c\nd"}});
  page.gauge("b", "More.");
  page.add(0.25);
  page.summary("c_seconds", "Time.");
  page.add_sum(1.5, 2);
  EXPECT_EQ(page.take(),
            "# HELP a_total What it is.\n# TYPE a_total counter\na_total{x=\"y\",z=\"a\\\"b\\\\c\\nd\"} 3\n"
            "# HELP b More.\n# TYPE b gauge\nb 0.25\n"
            "# HELP c_seconds Time.\n# TYPE c_seconds summary\nc_seconds_sum 1.5\nc_seconds_count 2\n");
}

class MetricsTest : public Counter {
 protected:
  std::string page() {
    const http::Response response = wait_for(api.answer(request("GET", "/metrics")));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
    return response.body;
  }
};

TEST_F(MetricsTest, CountsWhatWasAcceptedAndWhatBecameOfIt) {
  EXPECT_THAT(page(), HasSubstr("burstd_messages_total{state=\"queued\"} 0\n"));
  post("/v1/messages", message("a"));
  const auto id = post("/v1/messages", message("b")).text("/id");
  post("/v1/messages/" + id + "/cancel");
  post("/v1/messages", R"({"client_ref":"c","to":"12","text":"x"})");
  const std::string now = page();
  EXPECT_THAT(now, HasSubstr("burstd_messages_total{state=\"queued\"} 3\n"));
  EXPECT_THAT(now, HasSubstr("burstd_messages_total{state=\"cancelled\"} 1\n"));
  EXPECT_THAT(now, HasSubstr("burstd_messages_total{state=\"failed\"} 1\n"));
  EXPECT_THAT(now, HasSubstr("burstd_messages{state=\"queued\"} 1\n"));
  EXPECT_THAT(now, ContainsRegex("burstd_record_commit_seconds_count [1-9]"));
  EXPECT_THAT(now, ContainsRegex("burstd_record_disk_free_bytes [1-9]"));
  EXPECT_THAT(now, HasSubstr("burstd_build_info{version=\"" BURSTD_VERSION "\"} 1\n"));
}

TEST_F(MetricsTest, WhatIsTakenBackIsNotCounted) {
  const std::string before = page();
  EXPECT_EQ(post("/v1/messages", message("a", R"(,"category":"none")")).status, 400);
  auto unit = [&](store::Transaction& transaction) -> base::Result<int> {
    transaction.tally().reports = 7;
    return base::Error{base::Fault::refused, "no", "No."};
  };
  EXPECT_FALSE(wait_for(writer.run(unit)));
  EXPECT_THAT(page(), HasSubstr("burstd_delivery_reports_total 0\n"));
}

TEST_F(MetricsTest, CountsRequestsByTheirRoute) {
  get("/v1/status");
  get("/v1/messages/none");
  get("/v1/messages/none-either");
  get("/nothing/here");
  auto odd = request("BREW", "/v1/status");
  ask(odd);
  const std::string now = page();
  EXPECT_THAT(now, HasSubstr(R"(burstd_http_requests_total{method="GET",route="/v1/status",code="200"} 1)"));
  EXPECT_THAT(now, HasSubstr(R"(burstd_http_requests_total{method="GET",route="/v1/messages/{id}",code="404"} 2)"));
  EXPECT_THAT(now, HasSubstr(R"(burstd_http_requests_total{method="other",route="other",code="404"} 1)"));
  EXPECT_THAT(now, HasSubstr(R"(burstd_http_requests_total{method="other",route="other",code="405"} 1)"));
  EXPECT_THAT(now, Not(HasSubstr("BREW")));
}

TEST_F(MetricsTest, IsTextAndNeedsTheRoleRead) {
  auto asked = request("GET", "/metrics");
  asked.headers.emplace_back("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
  EXPECT_EQ(wait_for(api.answer(asked)).status, 200);
  asked.headers = {{"Accept", "application/json"}};
  EXPECT_EQ(ask(asked).text("/code"), "not-acceptable");
  asked.headers.clear();
  asked.peer.uid = 3;
  EXPECT_EQ(ask(asked).text("/code"), "forbidden");
}

TEST_F(MetricsTest, TellsSinceWhenWhatCouldGoHasWaited) {
  EXPECT_THAT(page(), HasSubstr("burstd_oldest_due_age_seconds 0\n"));
  post("/v1/messages", message("later", R"(,"send_after":"2100-01-01T08:00:00Z")"));
  EXPECT_THAT(page(), HasSubstr("burstd_oldest_due_age_seconds 0\n"));
  EXPECT_THAT(page(), ContainsRegex("burstd_oldest_pending_age_seconds 0\\.?[0-9]*"));
}

}  // namespace
}  // namespace burstd::api
