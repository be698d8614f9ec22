#include "api/peers.hpp"

#include <gtest/gtest.h>

namespace burstd::api {
namespace {

Options options() {
  Options options;
  options.clients = {Client{"practice", {1001}, {}, Role::send}, Client{"screen", {}, {2001, 2002}, Role::read},
                     Client{"it", {0, 1001}, {2001}, Role::admin}};
  options.others = Role::none;
  return options;
}

http::Peer peer(uid_t uid, gid_t gid, std::vector<gid_t> groups = {}) {
  http::Peer peer;
  peer.uid = uid;
  peer.gid = gid;
  peer.groups = std::move(groups);
  return peer;
}

TEST(Peers, TheFirstClientThatFitsDecides) {
  EXPECT_EQ(identify(options(), peer(1001, 1)).name, "practice");
  EXPECT_EQ(identify(options(), peer(1001, 2001)).role, Role::send);
  EXPECT_EQ(identify(options(), peer(0, 0)).role, Role::admin);
}

TEST(Peers, GroupsCountWhetherPrimaryOrSupplementary) {
  EXPECT_EQ(identify(options(), peer(5, 2002)).name, "screen");
  EXPECT_EQ(identify(options(), peer(5, 7, {8, 2001})).name, "screen");
}

TEST(Peers, OthersAreNamedByTheirUid) {
  const auto caller = identify(options(), peer(77, 7));
  EXPECT_EQ(caller.name, "uid-77");
  EXPECT_EQ(caller.role, Role::none);
  EXPECT_EQ(identify(Options{}, peer(77, 7)).role, Role::send);
}

}  // namespace
}  // namespace burstd::api
