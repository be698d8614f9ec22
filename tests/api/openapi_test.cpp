#include "api/openapi.hpp"

#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <map>
#include <set>

#include "api/peers.hpp"
#include "api/routes.hpp"
#include "counter.hpp"

namespace burstd::api {
namespace {

namespace json = boost::json;

// What both sides say of one operation.
struct Told {
  std::string role;
  bool body = false, body_required = false, query = false;
  bool operator==(const Told&) const = default;
};

using Operations = std::map<std::string, Told>;  // by "GET /v1/version"

void PrintTo(const Told& told, std::ostream* out) {
  *out << told.role << (told.body ? ", a body" : "") << (told.body_required ? " for sure" : "")
       << (told.query ? ", a query" : "");
}

json::object document() { return json::parse(openapi()).as_object(); }

std::string upper(std::string word) {
  for (char& letter : word) letter = static_cast<char>(letter - 'a' + 'A');
  return word;
}

bool is_in_query(const json::object& whole, const json::value& parameter) {
  const json::object* told = &parameter.as_object();
  if (const auto* const reference = told->if_contains("$ref")) {
    const std::string name(reference->as_string().subview(sizeof "#/components/parameters/" - 1));
    told = &whole.at("components").at("parameters").at(name).as_object();
  }
  return told->at("in") == "query";
}

Told told_of(const json::object& whole, const json::object& operation) {
  Told told;
  told.role = operation.at("x-role").as_string();
  if (const auto* const body = operation.if_contains("requestBody")) {
    const auto* const required = body->as_object().if_contains("required");
    told.body = true;
    told.body_required = required != nullptr && required->as_bool();
  }
  if (const auto* const parameters = operation.if_contains("parameters")) {
    for (const auto& parameter : parameters->as_array()) told.query = told.query || is_in_query(whole, parameter);
  }
  return told;
}

Operations in_document() {
  Operations all;
  const json::object whole = document();
  for (const auto& [path, methods] : whole.at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      all[upper(std::string(method)) + " " + std::string(path)] = told_of(whole, operation.as_object());
    }
  }
  return all;
}

Operations in_table() {
  Operations all;
  for (const Route& route : routes()) {
    Told told;
    told.role = to_string(route.role);
    told.body = route.body != Body::none;
    told.body_required = route.body == Body::required;
    told.query = route.reads_query;
    all[std::string(route.method) + " " + std::string(route.pattern)] = told;
  }
  return all;
}

TEST(OpenApi, AndTheTableOfRoutesSayTheSame) {
  const Operations document = in_document(), table = in_table();
  for (const auto& [name, told] : table) EXPECT_TRUE(document.contains(name)) << name << " is not in docs/openapi";
  for (const auto& [name, told] : document) {
    ASSERT_TRUE(table.contains(name)) << name << " is no route";
    EXPECT_EQ(told, table.at(name)) << name;
  }
}

TEST(OpenApi, NamesThePlaceholdersOfItsPaths) {
  const json::object whole = document();
  for (const auto& [path, methods] : whole.at("paths").as_object()) {
    const std::size_t at = path.find('{');
    if (at == std::string_view::npos) continue;
    const auto name = path.substr(at + 1, path.find('}') - at - 1);
    for (const auto& [method, operation] : methods.as_object()) {
      const auto& reference = operation.at("parameters").at(0).at("$ref").as_string();
      const std::string last(reference.subview(sizeof "#/components/parameters/" - 1));
      EXPECT_EQ(whole.at("components").at("parameters").at(last).at("name").as_string(), name) << path;
    }
  }
}

TEST(OpenApi, NoOperationHasTheNameOfAnother) {
  std::set<std::string> names;
  const json::object whole = document();
  for (const auto& [path, methods] : whole.at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      const std::string name(operation.at("operationId").as_string());
      EXPECT_TRUE(names.insert(name).second) << name;
    }
  }
}

class OpenApiTest : public Counter {};

TEST_F(OpenApiTest, IsServedAsItIs) {
  const auto reply = get("/v1/openapi.json");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.raw.content_type, "application/json");
  EXPECT_EQ(reply.raw.body, openapi());
  EXPECT_EQ(reply.text("/openapi"), "3.1.0");
}

}  // namespace
}  // namespace burstd::api
