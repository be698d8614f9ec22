// What burstctl makes of the gateway's events: lines for people and programs, over a gateway that goes and comes back.
#include <csignal>
#include <thread>

#include "bench.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

Canned told(const std::string& events, int last_seq, const std::string& epoch = "AAAAAA") {
  return {200,
          R"({"items":[)" + events + R"(],"last_seq":)" + std::to_string(last_seq) + R"(,"epoch":")" + epoch + R"("})",
          {},
          false};
}

std::string event(int seq, const std::string& kind, const std::string& data) {
  return R"({"seq":)" + std::to_string(seq) + R"(,"kind":")" + kind + R"(","at":"2026-11-22T11:00:05.000Z","data":)" +
         data + "}";
}

const std::string an_item =
    R"({"id":"M1","patient":"4711","patient_name":"Anna","mobile_number":"+41791","status":"Send Failed",)"
    R"("state":"failed","error":"Phone stayed off","updated_at":"2026-11-22T11:00:05.000Z","change_seq":7})";
const std::string a_modem = R"({"event":"state","name":"front","from":"ready","state":"failed","detail":"Gone."})";
const std::string a_burst = R"({"id":"B1","name":"Monday","state":"queued","progress":{"done":1,"total":3}})";
const Canned the_end{404, R"({"title":"Not found","detail":"the end","code":"path-unknown"})", {}, false};
const Canned away{200, {}, {}, true};

class Events : public Bench {
 protected:
  std::vector<std::string> targets(const std::string& path) const {
    std::vector<std::string> all;
    for (const Asked& asked : gateway.asked()) {
      if (asked.target.starts_with(path)) all.push_back(asked.target);
    }
    return all;
  }
};

TEST_F(Events, EachIsALineAndTheNextQuestionGoesOnFromTheLast) {
  gateway.answer("GET /v1/events", told(event(7, "item", an_item) + "," + event(8, "modem", a_modem), 8));
  gateway.answer("GET /v1/events", told(event(11, "batch", a_burst), 12));
  gateway.answer("GET /v1/events", the_end);
  EXPECT_EQ(run_ctl({"events", "--after", "3"}), 1);
  EXPECT_EQ(out,
            "today 11:00:05  item     M1  Anna (4711)  +41791  Send Failed: Phone stayed off\n"
            "today 11:00:05  modem    front  failed  Gone.\n"
            "today 11:00:05  batch    B1  Monday  queued  1 of 3 final\n");
  EXPECT_THAT(targets("/v1/events"),
              ElementsAre("/v1/events?after=3&wait=1", "/v1/events?after=8&wait=1", "/v1/events?after=12&wait=1"));
}

TEST_F(Events, OneKindAloneAndAsJsonForPrograms) {
  gateway.answer("GET /v1/events", told(event(7, "item", an_item) + "," + event(8, "modem", a_modem), 8));
  gateway.answer("GET /v1/events", the_end);
  EXPECT_EQ(run_ctl({"events", "--kind", "modem", "--json"}), 1);
  EXPECT_THAT(out, testing::StartsWith(event(8, "modem", a_modem) + "\n"));
  EXPECT_THAT(targets("/v1/events").front(), EndsWith("?wait=1")) << "from now on";
  EXPECT_EQ(run_ctl({"events", "--kind", "weather"}), 2);
  EXPECT_EQ(run_ctl({"events", "--after", "-1"}), 2);
}

TEST_F(Events, AGatewayThatIsAwayIsWaitedForAndNothingIsMissed) {
  gateway.answer("GET /v1/events", told("", 8));
  gateway.answer("GET /v1/events", away);
  gateway.answer("GET /v1/events", away);
  gateway.answer("GET /v1/events", told(event(9, "modem", a_modem), 9));
  gateway.answer("GET /v1/events", the_end);
  EXPECT_EQ(run_ctl({"events"}), 1);
  EXPECT_THAT(out, HasSubstr("front  failed"));
  EXPECT_THAT(err, HasSubstr("Waiting for it to come back.\n"));
  EXPECT_EQ(targets("/v1/events").at(3), "/v1/events?after=8&wait=1");
}

TEST_F(Events, AnotherRecordIsToldOfAndWatchedFromNowOn) {
  gateway.answer("GET /v1/events", {410, R"({"title":"Gone","code":"resync"})", {}, false});
  gateway.answer("GET /v1/events", told(event(2, "modem", a_modem), 2));
  gateway.answer("GET /v1/events", told(event(9, "item", an_item), 9, "BBBBBB"));
  gateway.answer("GET /v1/events", the_end);
  EXPECT_EQ(run_ctl({"events", "--after", "100"}), 1);
  EXPECT_THAT(out, AllOf(HasSubstr("front  failed"), Not(HasSubstr("M1"))));
  EXPECT_THAT(err, AllOf(HasSubstr("another record now"), HasSubstr("another record now")));
  EXPECT_THAT(targets("/v1/events"), ElementsAre("/v1/events?after=100&wait=1", "/v1/events?wait=1",
                                                 "/v1/events?after=2&wait=1", "/v1/events?after=9&wait=1"));
}

TEST_F(Events, CtrlCEndsTheWatching) {
  gateway.answer("GET /v1/events", told("", 8));
  std::thread presser([this] {
    while (gateway.asked().size() < 3) std::this_thread::yield();
    kill(getpid(), SIGINT);
  });
  EXPECT_EQ(run_ctl({"events"}), 0);
  presser.join();
}

TEST_F(Events, ItemsAreListedAndThenShownAsTheyChange) {
  gateway.answer("GET /v1/clinical-items",
                 {200, R"({"items":[],"next":null,"last_seq":4,"epoch":"AAAAAA"})", {}, false});
  gateway.answer(
      "GET /v1/clinical-items",
      {200, R"({"items":[)" + an_item + R"(,{"id":"M2","status":"Pending","change_seq":8}],"next":null})", {}, false});
  gateway.answer("GET /v1/events", told(event(6, "modem", a_modem), 6));
  gateway.answer("GET /v1/events", told(event(7, "item", an_item), 7));
  gateway.answer("GET /v1/events", the_end);
  EXPECT_EQ(run_ctl({"items", "--watch", "--patient", "4711", "--status", "failed"}), 1);
  EXPECT_THAT(out, AllOf(HasSubstr("No message fits."),
                         HasSubstr("today 11:00:05  M1  +41791  Anna (4711)  Send Failed: Phone stayed off\n"),
                         Not(HasSubstr("M2"))));
  EXPECT_THAT(targets("/v1/clinical-items"),
              ElementsAre(HasSubstr("status=Send%20Failed"), "/v1/clinical-items?patient=4711&changed_after=4"));
}

TEST_F(Events, ABurstIsLookedAtAgainWhenSomethingHasChanged) {
  const std::string counts = R"("counts":{"status":{"Pending":)";
  for (int looks = 0; looks < 3; ++looks) {
    gateway.answer("GET /v1/batches/B1", {200, R"({"id":"B1","state":"queued",)" + counts + "1}}}", {}, false});
  }
  gateway.answer("GET /v1/batches/B1",
                 {200, R"({"id":"B1","state":"done",)" + counts + R"(0,"Sent Successfully":1}}})", {}, false});
  gateway.answer("GET /v1/events", told(event(7, "item", an_item), 7));
  gateway.answer("GET /v1/events", told("", 9));
  EXPECT_EQ(run_ctl({"burst", "show", "B1", "--watch"}), 0) << err;
  EXPECT_THAT(targets("/v1/events"), ElementsAre("/v1/events?wait=1", "/v1/events?after=7&wait=1"));
}

}  // namespace
}  // namespace burstd::ctl
