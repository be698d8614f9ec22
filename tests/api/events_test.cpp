// Watching as http would have it: long polls answered in full, streams written to a client made by hand.
#include <algorithm>

#include "api/counter.hpp"
#include "api/render.hpp"

namespace burstd::api {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Takes what is written to it; closed by hand.
class Listener final : public http::Stream {
 public:
  async::Task<base::Result<void>> write(std::string_view octets) override {
    heard.append(octets);
    got.notify();
    while (stalled) co_await x_go_on.wait();
    co_return base::Result<void>();
  }
  bool closed() const override { return x_closed; }
  async::Signal& wake() override { return x_wake; }

  void close() {
    x_closed = true;
    x_wake.notify();
  }
  void go_on() {
    stalled = false;
    x_go_on.notify();
  }

  async::Task<> hears(std::string_view words) {
    while (heard.find(words) == std::string::npos) co_await got.wait();
  }

  // The ids in the order heard.
  std::vector<int> ids() const {
    std::vector<int> all;
    for (auto at = heard.find("id: "); at != std::string::npos; at = heard.find("id: ", at + 1)) {
      all.push_back(std::stoi(heard.substr(at + 4)));
    }
    return all;
  }

  std::string heard;
  async::Signal got;
  bool stalled = false;

 private:
  async::Signal x_wake, x_go_on;
  bool x_closed = false;
};

class EventsTest : public Counter {
 protected:
  static std::vector<std::string> kinds(const Reply& reply) {
    std::vector<std::string> all;
    for (const auto& event : reply.at("/items").as_array()) {
      all.push_back(boost::json::serialize(event.at("seq")) + " " + std::string(event.at("kind").as_string()));
    }
    return all;
  }

  async::Task<http::Response> asked(std::string target) {
    auto request = Counter::request("GET", target);
    co_return co_await api.answer(std::move(request));
  }

  async::Task<> submitted(std::string ref) {
    auto request = Counter::request("POST", "/v1/messages", message(ref));
    const auto response = co_await api.answer(std::move(request));
    EXPECT_EQ(response.status, 201);
  }

  // The story beside the api's own watch, which ends with it.
  template <class Story>
  void live(Story story) {
    const auto whole = [&]() -> async::Task<bool> {
      async::Scope scope(loop.get_executor());
      scope.spawn(api.run());
      co_await story(scope);
      api.stopping();
      co_await scope.join();
      co_return true;
    };
    EXPECT_TRUE(wait_for(whole()));
  }
};

TEST_F(EventsTest, ALongPollAnswersAtOnceWhenThereIsSomething) {
  post("/v1/messages", message("a"));
  post("/v1/messages", message("b"));
  const auto all = get("/v1/events?after=0&wait=30");
  EXPECT_EQ(all.status, 200);
  EXPECT_THAT(kinds(all), ElementsAre("1 item", "2 item"));
  EXPECT_EQ(all.text("/items/0/data/client_ref"), "a");
  EXPECT_EQ(all.text("/items/0/data/state"), "held");
  EXPECT_THAT(all.text("/items/0/at"), HasSubstr("T"));
  EXPECT_EQ(all.text("/last_seq"), "2");
  EXPECT_EQ(all.text("/epoch"), writer.epoch());
  EXPECT_THAT(kinds(get("/v1/events?after=1&wait=30")), ElementsAre("2 item"));
}

TEST_F(EventsTest, ALongPollWaitsAsLongAsItWasAskedToAndNoLonger) {
  post("/v1/messages", message("a"));
  EXPECT_THAT(kinds(get("/v1/events?wait=0")), IsEmpty());
  const auto begin = std::chrono::steady_clock::now();
  const auto none = get("/v1/events?after=1&wait=1");
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 1s);
  EXPECT_THAT(kinds(none), IsEmpty());
  EXPECT_EQ(none.text("/last_seq"), "1");
}

TEST_F(EventsTest, ALongPollIsAnsweredByWhatHappensMeanwhileAndByTheEnd) {
  http::Response answer, last;
  live([&](async::Scope& scope) -> async::Task<> {
    const auto polling = [&]() -> async::Task<> { answer = co_await asked("/v1/events?wait=60"); };
    scope.spawn(polling());
    co_await async::sleep_for(20ms);
    co_await submitted("a");
    while (answer.body.empty()) co_await async::sleep_for(1ms);
    const auto again = [&]() -> async::Task<> { last = co_await asked("/v1/events?wait=60"); };
    scope.spawn(again());
    co_await async::sleep_for(20ms);
  });
  EXPECT_THAT(answer.body, HasSubstr(R"({"items":[{"seq":1,"kind":"item",)"));
  EXPECT_THAT(last.body, HasSubstr(R"({"items":[],"last_seq":1,)"));
}

TEST_F(EventsTest, EveryFaultIsToldAndAForeignPositionAsksForAResync) {
  EXPECT_THAT(get("/v1/events?after=-1&wait=61&kind=item").faults(),
              testing::UnorderedElementsAre("/after", "/wait", "/kind"));
  auto strange = request("GET", "/v1/events?wait=0");
  strange.headers.emplace_back("Last-Event-ID", "x7");
  EXPECT_THAT(ask(std::move(strange)).faults(), ElementsAre("/Last-Event-ID"));
  for (const char* target : {"/v1/events?after=1", "/v1/events?after=1&wait=0"}) {
    const auto reply = get(target);
    EXPECT_EQ(reply.status, 410) << target;
    EXPECT_EQ(reply.text("/code"), "resync");
  }
}

TEST_F(EventsTest, WhatAClientSaysItHasSeenCountsWhereItIsMore) {
  for (const char* ref : {"a", "b", "c"}) post("/v1/messages", message(ref));
  const auto after = [&](const std::string& target, const std::string& seen) {
    auto asking = request("GET", target);
    asking.headers.emplace_back("last-event-id", seen);
    return kinds(ask(std::move(asking)));
  };
  EXPECT_THAT(after("/v1/events?wait=0", "1"), ElementsAre("2 item", "3 item"));
  EXPECT_THAT(after("/v1/events?wait=0&after=0", "2"), ElementsAre("3 item"));
  EXPECT_THAT(after("/v1/events?wait=0&after=2", "1"), ElementsAre("3 item"));
  EXPECT_THAT(after("/v1/events?wait=0", ""), IsEmpty()) << "from now on";
}

TEST_F(EventsTest, StreamsAreForReadersAndForWhoAcceptsThem) {
  const auto status = [&](const std::string& accepts, unsigned uid) {
    auto asking = request("GET", "/v1/events");
    asking.headers.emplace_back("Accept", accepts);
    asking.peer.uid = uid;
    return wait_for(api.answer(std::move(asking))).status;
  };
  EXPECT_EQ(status("text/event-stream", 1), 200);
  EXPECT_EQ(status("*/*", 1), 200);
  EXPECT_EQ(status("text/html", 1), 406);
  EXPECT_EQ(status("text/event-stream", 3), 403);
}

TEST_F(EventsTest, AStreamTellsWhatWasAndWhatComesEachOnce) {
  post("/v1/messages", message("a"));
  Listener listener;
  live([&](async::Scope& scope) -> async::Task<> {
    const auto response = co_await asked("/v1/events?after=0");
    EXPECT_EQ(response.content_type, "text/event-stream");
    const auto streaming = [&]() -> async::Task<> { EXPECT_TRUE(co_await response.stream(listener)); };
    scope.spawn(streaming());
    co_await listener.hears("id: 1\n");
    co_await submitted("b");
    co_await listener.hears("id: 2\n");
    co_await submitted("c");
    co_await listener.hears("id: 3\n");
    listener.close();
    co_await scope.below(2);
  });
  EXPECT_THAT(listener.ids(), ElementsAre(1, 2, 3));
  EXPECT_THAT(listener.heard, testing::StartsWith("id: 1\nevent: item\ndata: {\"seq\":1,\"kind\":\"item\",\"at\":"));
  EXPECT_EQ(std::ranges::count(listener.heard, '\n'), 3 * 4);
}

TEST_F(EventsTest, WhoIsSlowHearsEverythingAndHoldsUpNobody) {
  std::vector<Listener> listeners(20);
  Listener slow;
  slow.stalled = true;
  live([&](async::Scope& scope) -> async::Task<> {
    const auto response = co_await asked("/v1/events");
    const auto watch = [&](Listener& listener) -> async::Task<> { EXPECT_TRUE(co_await response.stream(listener)); };
    for (Listener& listener : listeners) scope.spawn(watch(listener));
    scope.spawn(watch(slow));
    co_await async::sleep_for(10ms);
    for (int at = 1; at <= 40; ++at) {
      co_await submitted(std::to_string(at));
      for (Listener& listener : listeners) co_await listener.hears("id: " + std::to_string(at) + "\n");
    }
    EXPECT_LT(slow.ids().size(), 40U);
    slow.go_on();
    co_await slow.hears("id: 40\n");
    for (Listener& listener : listeners) listener.close();
    slow.close();
    co_await scope.below(2);
  });
  for (const Listener& listener : listeners) EXPECT_EQ(listener.ids(), listeners.front().ids());
  EXPECT_EQ(slow.ids(), listeners.front().ids()) << "nothing missed, nothing twice";
}

TEST_F(EventsTest, WhatTheGatewaySaysOfItselfNamesTheModem) {
  store::Change change;
  change.kind = "modem";
  change.event = "state";
  change.from = "ready";
  change.to = "failed";
  change.detail = "front, It does not answer, and is asked again.";
  clinic::Event event;
  event.change = change;
  EXPECT_EQ(boost::json::serialize(render(event)), R"({"event":"state","name":"front","from":"ready","state":"failed",)"
                                                   R"("detail":"It does not answer, and is asked again."})");
  event.change.detail = "front";
  EXPECT_TRUE(render(event).at("detail").is_null());
  event.change.kind = "gateway";
  event.change.detail = "by itself, now";
  EXPECT_EQ(render(event).at("detail").as_string(), "by itself, now");
  EXPECT_FALSE(render(event).contains("name"));
}

}  // namespace
}  // namespace burstd::api
