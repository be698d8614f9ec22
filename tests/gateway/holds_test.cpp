// What keeps a queued message, by its route and how the modems stand.
#include "gateway/holds.hpp"

#include <gtest/gtest.h>

namespace burstd::gateway {
namespace {

const std::string swiss = "+41791234567", german = "+4917112345";

TEST(Holds, WithoutAModemNothingGoes) { EXPECT_EQ(holds_of({}, {}).of(swiss).by, "no-modem"); }

TEST(Holds, TheModemThatStandsBestDecides) {
  const std::vector<Server> servers{{"modem1", Stand::away}, {"modem2", Stand::paused}, {"modem3", Stand::spent}};
  EXPECT_EQ(holds_of({}, {servers.at(0)}).of(swiss).by, "no-modem");
  EXPECT_EQ(holds_of({}, {servers.at(0), servers.at(1)}).of(swiss).by, "paused");
  EXPECT_EQ(holds_of({}, servers).of(swiss).by, "quota");
  EXPECT_EQ(holds_of({}, {{"modem1", Stand::serves}, servers.at(2)}).of(swiss).by, "");
}

TEST(Holds, OfSimsThatWaitForALimitTheOneThatGoesOnFirstIsTold) {
  const base::Time noon = *base::from_rfc3339("2026-11-10T12:00:00Z");
  const Server day{"modem1", Stand::spent, message::Limit::day, noon + std::chrono::hours{12}};
  const Server minute{"modem2", Stand::spent, message::Limit::minute, noon + std::chrono::seconds{30}};
  for (const auto& servers : {std::vector{day, minute}, std::vector{minute, day}}) {
    const auto holds = holds_of({{"+49", {"modem1"}}}, servers);
    EXPECT_EQ(holds.of(swiss).modem, "modem2");
    EXPECT_EQ(holds.of(swiss).limit, message::Limit::minute);
    EXPECT_EQ(holds.of(swiss).until, minute.until);
    EXPECT_EQ(holds.of(german).modem, "modem1") << "the only one of its route";
    EXPECT_EQ(holds.of(german).until, day.until);
  }
}

TEST(Holds, ARouteLooksAtItsOwnModemsAlone) {
  const std::vector<Route> routes{{"+4179", {"modem2"}}, {"+49", {}}};
  const auto holds = holds_of(routes, {{"modem1", Stand::serves}, {"modem2", Stand::away}});
  EXPECT_EQ(holds.of(swiss).by, "no-modem");
  EXPECT_EQ(holds.of(german).by, "no-modem") << "a route over no modem at all";
  EXPECT_EQ(holds.of("+41781234567").by, "");
  EXPECT_EQ(holds_of(routes, {{"modem1", Stand::away}, {"modem2", Stand::spent}}).of(swiss).by, "quota");
  EXPECT_EQ(holds_of({{"+4179", {"modem9"}}}, {{"modem1", Stand::serves}}).of(swiss).by, "no-modem") << "not known";
}

TEST(Holds, TheFirstRouteThatFitsIsTheOne) {
  const std::vector<Route> routes{{"+4179", {"modem1"}}, {"+41", {"modem2"}}};
  const auto holds = holds_of(routes, {{"modem1", Stand::paused}, {"modem2", Stand::serves}});
  EXPECT_EQ(holds.of(swiss).by, "paused");
  EXPECT_EQ(holds.of("+41781234567").by, "");
}

}  // namespace
}  // namespace burstd::gateway
