// Who may ask what, and what is kept of it: every route with every role, every refusal and every act in the audit.
#include <algorithm>

#include "api/counter.hpp"
#include "api/routes.hpp"

namespace burstd::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Right {
  std::string method, path;
  Role needed;
};

// As the contract has it, written down a second time.
const std::vector<Right> rights{
    {"GET", "/v1/version", Role::read},
    {"GET", "/v1/status", Role::read},
    {"GET", "/v1/quota", Role::read},
    {"GET", "/v1/modems", Role::read},
    {"GET", "/v1/modems/{name}", Role::read},
    {"POST", "/v1/modems/{name}/pause", Role::admin},
    {"POST", "/v1/modems/{name}/resume", Role::admin},
    {"POST", "/v1/modems/{name}/reset", Role::admin},
    {"POST", "/v1/modems/{name}/unlock", Role::admin},
    {"POST", "/v1/modems/{name}/replace", Role::admin},
    {"POST", "/v1/messages/check", Role::read},
    {"POST", "/v1/messages", Role::send},
    {"GET", "/v1/messages/{id}", Role::read},
    {"POST", "/v1/messages/{id}/cancel", Role::send},
    {"POST", "/v1/messages/{id}/resolve", Role::send},
    {"POST", "/v1/messages/{id}/resend", Role::send},
    {"POST", "/v1/messages/{id}/note", Role::send},
    {"GET", "/v1/clinical-items", Role::read},
    {"GET", "/v1/clinical-items/{id}", Role::read},
    {"POST", "/v1/batches", Role::send},
    {"GET", "/v1/batches", Role::read},
    {"GET", "/v1/batches/{id}", Role::read},
    {"GET", "/v1/batches/{id}/rows", Role::read},
    {"POST", "/v1/batches/{id}/send", Role::send},
    {"POST", "/v1/batches/{id}/cancel", Role::send},
    {"GET", "/v1/inbox", Role::read},
    {"GET", "/v1/inbox/{id}", Role::read},
    {"POST", "/v1/inbox/{id}/ack", Role::send},
    {"GET", "/v1/opt-outs", Role::read},
    {"GET", "/v1/opt-outs/{number}", Role::read},
    {"GET", "/v1/opt-outs/{number}/history", Role::read},
    {"PUT", "/v1/opt-outs/{number}", Role::send},
    {"DELETE", "/v1/opt-outs/{number}", Role::send},  // a patient's own STOP: admin
    {"GET", "/v1/openapi.json", Role::read},
    {"GET", "/v1/events", Role::read},
    {"GET", "/v1/templates", Role::read},
    {"GET", "/v1/templates/{name}", Role::read},
    {"PUT", "/v1/templates/{name}", Role::admin},
    {"DELETE", "/v1/templates/{name}", Role::admin},
    {"POST", "/v1/templates/{name}/dry-run", Role::read},
    {"GET", "/v1/groups", Role::read},
    {"GET", "/v1/groups/{name}", Role::read},
    {"PUT", "/v1/groups/{name}", Role::admin},
    {"DELETE", "/v1/groups/{name}", Role::admin},
    {"GET", "/v1/audit", Role::admin},
    {"GET", "/metrics", Role::read},
    {"POST", "/v1/reload", Role::admin},
    {"POST", "/v1/verify", Role::admin},
    {"GET", "/v1/backup", Role::admin},
    {"POST", "/v1/release", Role::admin},
    {"POST", "/v1/trust-clock", Role::admin},
};

class RightsTest : public Counter {
 protected:
  static constexpr uid_t of_read = 1, of_admin = 2, of_none = 3, of_send = 1000;

  // With something in the place of every {…}.
  static std::string filled(std::string path) {
    const auto open = path.find('{');
    return open == std::string::npos ? path : path.replace(open, path.find('}') - open + 1, "x");
  }

  static http::Request by(uid_t uid, const std::string& method, const std::string& path, const std::string& body = "") {
    http::Request asked = request(method, path, body);
    asked.peer.uid = uid;
    return asked;
  }

  int status(uid_t uid, const Right& right) {
    const std::string body = right.method == "GET" ? "" : "{}";
    return wait_for(api.answer(by(uid, right.method, filled(right.path), body))).status;
  }

  // What the audit tells, newest first; ends the api's duties.
  std::vector<std::string> audit() {
    api.stopping();
    auto whole = [&]() -> async::Task<bool> {
      co_await api.run();
      co_return true;
    };
    wait_for(whole());
    std::vector<std::string> lines;
    const Reply reply = ask(by(of_admin, "GET", "/v1/audit"));
    for (const auto& row : reply.at("/items").as_array()) {
      const auto word = [&](const char* name) {
        const auto& value = row.at(name);
        return value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
      };
      lines.push_back(word("uid") + " " + word("client") + " " + word("user") + ": " + word("route") + " " +
                      word("subject") + " " + word("event") + ", " + word("change") + " x" + word("times"));
    }
    return lines;
  }
};

TEST_F(RightsTest, EveryRouteIsInTheTableOfTheContract) {
  std::vector<std::string> known, given;
  for (const Right& right : rights) known.push_back(right.method + " " + right.path);
  for (const Route& route : routes()) {
    given.push_back(std::string(route.method) + " " + std::string(route.pattern));
  }
  EXPECT_THAT(given, testing::UnorderedElementsAreArray(known));
}

TEST_F(RightsTest, EveryRouteIsRefusedToWhoHasLessThanItsRoleAndToNobodyElse) {
  const std::vector<std::pair<uid_t, Role>> callers{
      {of_none, Role::none}, {of_read, Role::read}, {of_send, Role::send}, {of_admin, Role::admin}};
  for (const Right& right : rights) {
    for (const auto& [uid, role] : callers) {
      const int got = status(uid, right);
      const bool allowed = role >= right.needed && role != Role::none;
      EXPECT_EQ(got != 403, allowed) << right.method << " " << right.path << " as " << to_string(role) << ": " << got;
    }
  }
}

TEST_F(RightsTest, EveryRefusalIsOnRecordWithWhoAskedAndWhatForAndNothingThatWasAllowed) {
  for (const Right& right : rights) {
    if (right.path != "/v1/events") status(of_read, right);
  }
  const auto lines = audit();
  const auto count = std::ranges::count_if(rights, [](const Right& right) { return right.needed > Role::read; });
  EXPECT_EQ(lines.size(), static_cast<std::size_t>(count));
  EXPECT_THAT(lines, testing::Contains("1 screen null: POST /v1/modems/{name}/pause x refused, has the role read and "
                                       "needs 'admin' x1"));
  EXPECT_THAT(lines, testing::Contains("1 screen null: POST /v1/messages null refused, has the role read and needs "
                                       "'send' x1"));
}

TEST_F(RightsTest, ARefusedLargeBodyIsOnRecordThoughItIsNeverRead) {
  EXPECT_EQ(api.screen(by(of_none, "POST", "/v1/batches"))->status, 403);
  wait_for(api.answer(by(of_none, "GET", "/v1/whatever/4711")));
  wait_for(api.answer(by(of_none, "GET", "/v1/whatever/4712")));
  EXPECT_THAT(audit(), testing::UnorderedElementsAre(
                           "3 nobody null: POST /v1/batches null refused, has no role and needs 'send' x1",
                           "3 nobody null: a path that is not known null refused, has no role and needs 'read' x2"));
}

TEST_F(RightsTest, WhatTheGatewayKeepsToItselfIsRefusedOnRecordAlsoToAnAdmin) {
  EXPECT_EQ(wait_for(api.answer(by(of_admin, "DELETE", "/v1/templates/appointment-reminder"))).status, 403);
  EXPECT_THAT(audit(), ElementsAre("2 it null: DELETE /v1/templates/{name} appointment-reminder refused, The template "
                                   "'appointment-reminder' comes with the gateway and cannot be changed. x1"));
}

TEST_F(RightsTest, AnActIsOnRecordWithItsUserAndWhatChanged) {
  const std::string recall = R"({"text":"Dear {name}","user":"urs"})";
  EXPECT_EQ(ask(by(of_admin, "PUT", "/v1/templates/recall", recall)).status, 201);
  EXPECT_EQ(ask(by(of_admin, "PUT", "/v1/groups/flu", R"({"members":[{"to":"1"}],"user":"urs"})")).status, 201);
  EXPECT_EQ(ask(by(of_admin, "DELETE", "/v1/templates/recall", R"({"user":"urs"})")).status, 200);
  EXPECT_THAT(audit(), ElementsAre("2 it urs: DELETE /v1/templates/{name} recall deleted, null x1",
                                   "2 it urs: PUT /v1/groups/{name} flu created, members: 1 x1",
                                   "2 it urs: PUT /v1/templates/{name} recall created, null x1"));
}

TEST_F(RightsTest, TheAuditIsReadInPagesAndByAdminsAlone) {
  for (const char* name : {"a", "b", "c"}) {
    ask(by(of_admin, "PUT", std::string("/v1/groups/") + name, R"({"members":[]})"));
  }
  const auto first = ask(by(of_admin, "GET", "/v1/audit?limit=2"));
  EXPECT_EQ(first.text("/items/0/subject"), "c");
  EXPECT_EQ(first.text("/epoch"), writer.epoch());
  const auto second = ask(by(of_admin, "GET", "/v1/audit?limit=2&cursor=" + first.text("/next")));
  EXPECT_EQ(second.text("/items/0/subject"), "a");
  EXPECT_EQ(second.text("/next"), "null");
  EXPECT_EQ(ask(by(of_admin, "GET", "/v1/audit?cursor=" + write_cursor({Track::audit, 77}, writer.epoch()))).status,
            410);
  EXPECT_EQ(ask(by(of_admin, "GET", "/v1/audit?cursor=" + write_cursor({Track::items, 1}, writer.epoch()))).status,
            400);
  EXPECT_EQ(ask(by(of_admin, "DELETE", "/v1/audit")).status, 405);
}

TEST_F(RightsTest, NoWatcherIsToldOfTheAudit) {
  ask(by(of_admin, "PUT", "/v1/groups/flu", R"({"members":[]})"));
  EXPECT_THAT(ask(by(of_admin, "GET", "/v1/events?after=0&wait=0")).at("/items").as_array(), IsEmpty());
}

}  // namespace
}  // namespace burstd::api
