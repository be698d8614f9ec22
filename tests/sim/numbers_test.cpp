// What --numbers promises an integrator: each row of the table in README.md.
#include "sim/numbers.hpp"

#include "lone_modem.hpp"

namespace burstd::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Options with_numbers() {
  Options options;
  options.numbers = true;
  options.report = base::Milliseconds{100};
  return options;
}

struct Practice : LoneModem {
  Practice() : LoneModem(with_numbers()) { set_up(); }

  std::vector<std::int64_t> reported() const {
    std::vector<std::int64_t> all;
    for (const auto& one : of("report")) all.push_back(one.at("status").as_int64());
    return all;
  }
};

TEST(Numbers, AStatusIsReportedAndStillTryingIsFollowedByDelivered) {
  for (const auto& [ending, statuses] :
       std::vector<std::pair<std::string, std::vector<std::int64_t>>>{{"9900", {0}},
                                                                      {"9901", {0x01}},
                                                                      {"9930", {0x30, 0}},
                                                                      {"9922", {0x22, 0}},
                                                                      {"9946", {0x46}},
                                                                      {"9961", {0x61}}}) {
    Practice bench;
    EXPECT_THAT(bench.submit("+4179000" + ending), HasSubstr("+CMGS: 0"));
    bench.pass(1000);
    EXPECT_EQ(bench.reported(), statuses) << ending;
  }
}

TEST(Numbers, ACodeRefuses) {
  Practice bench;
  EXPECT_THAT(bench.submit("+41790009701"), HasSubstr("+CMS ERROR: 1\r"));
  EXPECT_THAT(bench.submit("+41790009738"), HasSubstr("+CMS ERROR: 38\r"));
  EXPECT_THAT(bench.of("network"), IsEmpty());
  EXPECT_FALSE(fate_of("+41790009700").has_value());
}

TEST(Numbers, AReportIsLateOrNeverComes) {
  Practice bench;
  bench.submit("+41790009801");
  bench.submit("+41790009802");
  bench.pass(999);
  EXPECT_THAT(bench.reported(), IsEmpty());
  bench.pass(1);
  EXPECT_THAT(bench.reported(), ElementsAre(0));
  bench.pass(100'000);
  EXPECT_EQ(bench.reported().size(), 1U);
}

TEST(Numbers, StillTryingIsTheLastWord) {
  Practice bench;
  bench.submit("+41790009803");
  bench.pass(100'000);
  EXPECT_THAT(bench.reported(), ElementsAre(0x30));
}

TEST(Numbers, AVerdictIsMissingAndTheMessageLostOrDelivered) {
  Practice lost, sent;
  EXPECT_EQ(lost.submit("+41790009804"), "");
  EXPECT_EQ(sent.submit("+41790009805"), "");
  lost.pass(10'000);
  sent.pass(10'000);
  EXPECT_THAT(lost.reported(), IsEmpty());
  EXPECT_THAT(sent.reported(), ElementsAre(0));
}

TEST(Numbers, ATimeOutOfTheNetworkLeavesItOpenWhetherItLeft) {
  Practice bench;
  EXPECT_THAT(bench.submit("+41790009806"), HasSubstr("+CMS ERROR: 332"));
  EXPECT_THAT(bench.of("network"), IsEmpty());
  EXPECT_THAT(bench.submit("+41790009807"), HasSubstr("+CMS ERROR: 332"));
  EXPECT_EQ(bench.of("network").size(), 1U);
  bench.pass(1000);
  EXPECT_THAT(bench.reported(), ElementsAre(0));
}

TEST(Numbers, EachIsRefusedOnce) {
  Practice bench;
  EXPECT_THAT(bench.submit("+41790009810"), HasSubstr("+CMS ERROR: 314"));
  EXPECT_THAT(bench.submit("+41790009810"), HasSubstr("+CMGS: "));
  EXPECT_THAT(bench.submit("+41780009810"), HasSubstr("+CMS ERROR: 314"));
}

TEST(Numbers, PatientsAnswerAfterTheReport) {
  for (const auto& [ending, parts] : std::vector<std::pair<std::string, std::size_t>>{
           {"9811", 1}, {"9812", 1}, {"9813", 1}, {"9814", 1}, {"9815", 1}, {"9816", 2}}) {
    Practice bench;
    bench.submit("+4179000" + ending);
    bench.pass(150);
    EXPECT_EQ(bench.reported().size(), 1U);
    EXPECT_THAT(bench.of("incoming"), IsEmpty());
    bench.pass(50);
    ASSERT_EQ(bench.of("incoming").size(), parts) << ending;
    EXPECT_EQ(bench.of("incoming").front().at("from").as_string(), "+4179000" + ending);
  }
}

TEST(Numbers, ALongMessageIsAnsweredOnce) {
  Practice bench;
  const std::string text(200, 'x');
  bench.submit("+41790009811", text, 1);
  bench.pass(1000);
  EXPECT_THAT(bench.of("incoming"), IsEmpty());
  bench.submit("+41790009811", text, 2);
  bench.pass(1000);
  EXPECT_EQ(bench.of("incoming").size(), 1U);
}

TEST(Numbers, ARuleGoesBeforeAnEndingAndOthersAreDelivered) {
  Practice bench;
  bench.network.rules().fail("*9946", {0});
  bench.network.rules().refuse("*9802", Refusal{38, false});
  bench.submit("+41790009946");
  EXPECT_THAT(bench.submit("+41790009802"), HasSubstr("+CMS ERROR: 38\r"));
  bench.submit("+41790001234");
  bench.pass(1000);
  EXPECT_THAT(bench.reported(), ElementsAre(0, 0));
}

TEST(Numbers, WithoutTheOptionTheySayNothing) {
  LoneModem bench;
  bench.set_up();
  EXPECT_THAT(bench.submit("+41790009701"), Not(HasSubstr("ERROR")));
  EXPECT_THAT(bench.submit("+41790009804"), HasSubstr("+CMGS: "));
}

}  // namespace
}  // namespace burstd::sim
