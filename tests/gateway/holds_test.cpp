// What keeps a queued message, by its route and how the modems stand.
#include "gateway/holds.hpp"

#include <gtest/gtest.h>

namespace burstd::gateway {
namespace {

const std::string swiss = "+41791234567", german = "+4917112345";

TEST(Holds, WithoutAModemNothingGoes) { EXPECT_EQ(holds_of({}, {}).of(swiss), "no-modem"); }

TEST(Holds, TheModemThatStandsBestDecides) {
  const std::vector<Server> servers{{"modem1", Stand::away}, {"modem2", Stand::paused}, {"modem3", Stand::spent}};
  EXPECT_EQ(holds_of({}, {servers.at(0)}).of(swiss), "no-modem");
  EXPECT_EQ(holds_of({}, {servers.at(0), servers.at(1)}).of(swiss), "paused");
  EXPECT_EQ(holds_of({}, servers).of(swiss), "quota");
  EXPECT_EQ(holds_of({}, {{"modem1", Stand::serves}, servers.at(2)}).of(swiss), "");
}

TEST(Holds, ARouteLooksAtItsOwnModemsAlone) {
  const std::vector<Route> routes{{"+4179", {"modem2"}}, {"+49", {}}};
  const auto holds = holds_of(routes, {{"modem1", Stand::serves}, {"modem2", Stand::away}});
  EXPECT_EQ(holds.of(swiss), "no-modem");
  EXPECT_EQ(holds.of(german), "no-modem") << "a route over no modem at all";
  EXPECT_EQ(holds.of("+41781234567"), "");
  EXPECT_EQ(holds_of(routes, {{"modem1", Stand::away}, {"modem2", Stand::spent}}).of(swiss), "quota");
  EXPECT_EQ(holds_of({{"+4179", {"modem9"}}}, {{"modem1", Stand::serves}}).of(swiss), "no-modem") << "not known";
}

TEST(Holds, TheFirstRouteThatFitsIsTheOne) {
  const std::vector<Route> routes{{"+4179", {"modem1"}}, {"+41", {"modem2"}}};
  const auto holds = holds_of(routes, {{"modem1", Stand::paused}, {"modem2", Stand::serves}});
  EXPECT_EQ(holds.of(swiss), "paused");
  EXPECT_EQ(holds.of("+41781234567"), "");
}

}  // namespace
}  // namespace burstd::gateway
