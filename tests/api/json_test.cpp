#include "api/json.hpp"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "api/cursor.hpp"
#include "api/form.hpp"

namespace burstd::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> pointers(const Faults& faults) {
  std::vector<std::string> all;
  for (const Fault& fault : faults.told()) all.push_back(fault.pointer);
  return all;
}

TEST(Json, KeysGivenTwiceAreNamedAtAnyDepth) {
  EXPECT_THAT(pointers(read_json(R"({"a":1,"b":{"c":1,"c":2},"a":2,"d":[{},{"x/y":1,"x\/y":2}]})").faults),
              ElementsAre("/b/c", "/a", "/d/1/x~1y"));
  EXPECT_THAT(pointers(read_json(R"({"~":1,"~":2})").faults), ElementsAre("/~0"));
  EXPECT_THAT(pointers(read_json(R"({"a":{"k":1},"b":{"k":1},"c":[{"k":1},{"k":1}]})").faults), IsEmpty());
  EXPECT_THAT(pointers(read_json(R"({"a":1,"\u0061":2})").faults), ElementsAre("/a"));
}

class JsonRefusal : public testing::TestWithParam<std::string> {};

TEST_P(JsonRefusal, IsOneFaultOfTheWhole) {
  const auto document = read_json(GetParam());
  ASSERT_EQ(document.faults.count(), 1U);
  EXPECT_EQ(document.faults.told().at(0).pointer, "");
  EXPECT_THAT(document.faults.told().at(0).detail, HasSubstr("at byte"));
}

INSTANTIATE_TEST_SUITE_P(Bodies, JsonRefusal,
                         testing::Values("", "{", "{\"a\":1} x", "{'a':1}", "{\"a\":1,}", "[1,]", "// c\n{}",
                                         "{\"a\":\"\xFF\"}", "{\"a\":\"\xC3\"}", "{\"a\":\"\xED\xA0\x80\"}",
                                         "{\"a\":\"\\ud83d\"}", "{\"a\":\"\\ude42\"}", "{\"a\":\"\\ud83dx\"}",
                                         "{\"a\":NaN}", "{\"a\":01}", "{\"a\":\"\n\"}",
                                         std::string(17, '[') + std::string(17, ']')));

TEST(Json, SixteenLevelsAreEnough) {
  EXPECT_TRUE(read_json(std::string(16, '[') + std::string(16, ']')).faults.empty());
}

TEST(Json, ZeroIsNoCharacterOfAText) {
  EXPECT_THAT(pointers(read_json(R"({"a":["x","\u0000"]})").faults), ElementsAre("/a/1"));
}

TEST(Json, ZeroIsNoCharacterOfAName) {
  EXPECT_THAT(pointers(read_json(R"({"a":{"b\u0000c":1}})").faults), ElementsAre(std::string("/a/b\0c", 6)));
}

TEST(Json, ValuesOfEveryKindAreRead) {
  const std::string body =
      R"({"text":"ä\n","long":")" + std::string(5000, 'x') +
      R"(","numbers":[-1,18446744073709551615,1.5],"no":null,"yes":[true,false],"deep":[[{"":{}}]]})";
  const auto document = read_json(body);
  ASSERT_TRUE(document.faults.empty());
  EXPECT_EQ(document.value, boost::json::parse(body));
}

TEST(Json, PairsOfSurrogatesAreOneCharacter) {
  const auto document = read_json(R"({"a":"\ud83d\ude42"})");
  ASSERT_TRUE(document.faults.empty());
  EXPECT_EQ(document.value.at("a").as_string(), "🙂");
}

TEST(Faults, AreCountedAndTheFirstAreTold) {
  Faults faults;
  for (int at = 0; at < 250; ++at) faults.add("/select", std::to_string(at), "is bad");
  EXPECT_EQ(faults.count(), 250U);
  const auto told = faults.told();
  ASSERT_EQ(told.size(), Faults::most + 1);
  EXPECT_EQ(told.at(99).pointer, "/select/99");
  EXPECT_EQ(told.back().detail, "and 150 more that are not named here");
}

TEST(Faults, LongPointersAreCutBetweenCharacters) {
  Faults faults;
  faults.add("", std::string(198, 'a') + "ä", "is not known here");
  faults.add("", std::string(198, 'a') + "~", "is not known here");
  faults.add("", std::string(199, 'a'), "is not known here");
  EXPECT_THAT(pointers(faults), ElementsAre("/" + std::string(198, 'a') + "…", "/" + std::string(198, 'a') + "…",
                                            "/" + std::string(199, 'a')));
}

TEST(Faults, OfManyMembersWithAnEndlessNameAreFew) {
  std::string body = R"({")" + std::string(20'000, 'k') + R"(":{)";
  for (int at = 0; at < 50'000; ++at) body += R"("a":1,)";
  const auto document = read_json(body + R"("b":1}})");
  EXPECT_EQ(document.faults.count(), 49'999U);
  EXPECT_LT(to_response(malformed(document.faults)).body.size(), 50'000U);
}

TEST(Form, ALongListOfRowsIsOneFault) {
  const auto document = read_json(R"({"rows":[0,0,0,0]})");
  Faults faults;
  Form form(document.value, "", faults);
  form.rows("rows", 3);
  EXPECT_THAT(pointers(faults), ElementsAre("/rows"));
}

TEST(Form, EveryFaultIsFoundAtOnce) {
  const auto document =
      read_json(R"({"short":"","long":"äöüß","number":1,"when":"2026-03-01T08:00:00","odd":true,"rows":[1,0,"x"]})");
  Faults faults;
  Form form(document.value, "", faults);
  form.required_text("short", {1, 9});
  form.text("long", {0, 3});
  form.text("number");
  form.time("when");
  form.required_text("absent");
  form.rows("rows", 3);
  form.finish();
  EXPECT_THAT(pointers(faults),
              ElementsAre("/short", "/long", "/number", "/when", "/absent", "/rows/1", "/rows/2", "/odd"));
}

TEST(Form, NullIsTheSameAsNotGiven) {
  const auto document = read_json(R"({"a":null,"b":"äöü"})");
  Faults faults;
  Form form(document.value, "", faults);
  EXPECT_FALSE(form.text("a"));
  EXPECT_EQ(form.text("b", {3, 3}), "äöü");
  form.finish();
  EXPECT_TRUE(faults.empty());
}

TEST(Form, WhatIsNoObjectIsOneFault) {
  Faults faults;
  Form form(boost::json::value(3), "/inner", faults);
  form.required_text("a");
  form.finish();
  EXPECT_THAT(pointers(faults), ElementsAre("/inner"));
}

TEST(Query, EveryFaultIsFoundAtOnce) {
  http::Request request;
  request.query = {{"limit", "501"}, {"from", "2026-03-01T08:00:00 01:00"}, {"from", ""}, {"x", "1"}, {"n", "7"}};
  Query query(request);
  EXPECT_FALSE(query.number("limit", 1, 500));
  EXPECT_EQ(query.number("n", 1, 500), 7);
  EXPECT_EQ(base::to_rfc3339(query.time("from").value()), "2026-03-01T07:00:00.000Z");
  EXPECT_THAT(pointers(query.finish()), ElementsAre("/limit", "/from", "/x"));
}

TEST(Cursor, IsReadBackInItsRecordOnly) {
  const std::string text = write_cursor({Track::changes, 42}, "ABC123");
  const auto cursor = read_cursor(text, "ABC123").value();
  EXPECT_EQ(cursor.track, Track::changes);
  EXPECT_EQ(cursor.position, 42);
  EXPECT_FALSE(cursor.at);
  EXPECT_EQ(read_cursor(text, "ABC124").error().code, "resync");
  const auto moment = base::from_millis(1'790'000'000'000);
  const auto dated = read_cursor(write_cursor({Track::calls, 7, moment}, "ABC123"), "ABC123").value();
  EXPECT_EQ(dated.position, 7);
  EXPECT_EQ(dated.at, moment);
  for (const std::string_view bad : {"", "zz", "00", "2E", "69312E", "782D312E414243313233", "692D312E414243313233",
                                     "6C31402E414243313233", "6C4035352E414243313233"}) {
    EXPECT_FALSE(read_cursor(bad, "ABC123")) << bad;
  }
}

TEST(Problem, HasTheMembersOfTheStandardAndOurs) {
  Problem problem{409, "quota-exhausted", "Too much.", {}};
  problem.errors.add("/a", "is bad");
  const auto response = to_response(problem);
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(read_json(response.body).value,
            read_json(R"({"type":"urn:burstd:problem:quota-exhausted","title":"Conflict","status":409,
                          "detail":"Too much.","code":"quota-exhausted","retryable":false,
                          "errors":[{"pointer":"/a","detail":"is bad"}]})")
                .value);
}

TEST(Problem, TheStatusFollowsTheCodeElseTheFault) {
  const auto status = [](base::Fault fault, const char* code) { return problem_of({fault, code, ""}).status; };
  EXPECT_EQ(status(base::Fault::conflict, "client-ref-reused"), 422);
  EXPECT_EQ(status(base::Fault::conflict, "already-submitted"), 409);
  EXPECT_EQ(status(base::Fault::refused, "preview-expired"), 410);
  EXPECT_EQ(status(base::Fault::missing, "message-unknown"), 404);
  EXPECT_EQ(status(base::Fault::unavailable, "queue-full"), 503);
  EXPECT_EQ(status(base::Fault::exhausted, "disk-full"), 507);
  EXPECT_EQ(status(base::Fault::malformed, "x"), 400);
  EXPECT_EQ(status(base::Fault::broken, "x"), 500);
}

}  // namespace
}  // namespace burstd::api
