#include "api/routes.hpp"

#include <gmock/gmock.h>

namespace burstd::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Routes, AreFoundByMethodAndPath) {
  const auto found = find_route("POST", {"v1", "messages", "ABC-1", "cancel"});
  ASSERT_NE(found.route, nullptr);
  EXPECT_EQ(found.route->pattern, "/v1/messages/{id}/cancel");
  EXPECT_THAT(found.arguments, ElementsAre("ABC-1"));
}

TEST(Routes, AnExactPathGoesBeforeAPlaceholder) {
  const auto found = find_route("GET", {"v1", "messages", "check"});
  EXPECT_EQ(found.route, nullptr);
  EXPECT_THAT(found.methods, ElementsAre("POST"));
}

TEST(Routes, AnUnknownPathHasNoMethods) {
  for (const auto& path : std::vector<std::vector<std::string>>{{},
                                                                {"v1"},
                                                                {"v2", "status"},
                                                                {"v1", "nothing"},
                                                                {"v1", "messages", ""},
                                                                {"v1", "messages", "a", "b", "c"}}) {
    EXPECT_THAT(find_route("GET", path).methods, IsEmpty());
  }
}

TEST(Routes, NoTwoRowsAreTheSameAndEachFindsItself) {
  for (const Route& route : routes()) {
    std::vector<std::string> path;
    for (std::size_t at = 0; at < route.pattern.size();) {
      const auto end = std::min(route.pattern.find('/', at + 1), route.pattern.size());
      path.emplace_back(route.pattern.substr(at + 1, end - at - 1));
      at = end;
    }
    EXPECT_EQ(find_route(route.method, path).route, &route) << route.pattern;
  }
}

TEST(Routes, MessagesBurstsAndItemsArePermanent) {
  EXPECT_TRUE(is_permanent({"v1", "messages", "a"}));
  EXPECT_TRUE(is_permanent({"v1", "batches"}));
  EXPECT_TRUE(is_permanent({"v1", "clinical-items", "a"}));
  EXPECT_FALSE(is_permanent({"v1", "templates", "a"}));
  EXPECT_FALSE(is_permanent({"v1"}));
}

}  // namespace
}  // namespace burstd::api
