#include "api/counter.hpp"
#include "api/json.hpp"
#include "api/render.hpp"
#include "api/requests.hpp"
#include "store/history.hpp"

namespace burstd::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

base::Time at(std::int64_t seconds) { return base::from_millis(1'790'000'000'000 + seconds * 1000); }

modem::Status a_modem() {
  modem::Status status;
  status.name = "left";
  status.port = "/dev/ttyUSB0";
  status.state = modem::State::waiting;
  status.since = at(0);
  status.sentence = "The SIM needs its PIN.";
  status.identity.imei = "352099001761481";
  status.identity.iccid = "8941000000000000001";
  status.identity.imsi = "228010000000001";
  status.service_centre = "+41794999000";
  status.number = "+41791234567";
  status.operator_name = "Example Net";
  status.signal = 17;
  status.registration = 5;
  status.last_accepted = at(2);
  status.last_report = at(3);
  status.pin_tries = 2;
  status.usb = "12d1:1001";
  status.socket = "1-1.4";
  status.report_way = modem::ReportWay::stored;
  status.reports_proven = true;
  status.report_sentence = "Reports are read from its memory.";
  status.recoveries = {1, 2, 3, 4, 5};
  status.next_try = at(60);
  status.credit = modem::Credit{"Ihr Guthaben: 12.40", 12.4, at(1)};
  return status;
}

class ModemsTest : public Counter {
 protected:
  static gateway::Setup one_modem() {
    gateway::Setup setup;
    modem::Options left;
    left.name = "left";
    left.port = "/nowhere/left";
    setup.modems.push_back(left);
    return setup;
  }

  Reply of_it(const std::string& method, const std::string& target, const std::string& body = "", unsigned uid = 2) {
    auto asked = request(method, target, body);
    asked.peer.uid = uid;
    Reply reply;
    reply.raw = wait_for(kept_api.answer(std::move(asked)));
    reply.status = reply.raw.status;
    reply.body = boost::json::parse(reply.raw.body);
    return reply;
  }
  Reply order(const std::string& what, const std::string& body = "", unsigned uid = 2) {
    return of_it("POST", "/v1/modems/" + what, body, uid);
  }

  std::vector<std::string> noted() {
    auto unit = [](const store::Connection& connection) { return store::history_after(connection, 0, 100); };
    std::vector<std::string> all;
    for (const store::Change& change : wait_for(reader.run(unit))) {
      if (change.kind == "modem") all.push_back(change.event + " " + change.detail.value_or(""));
    }
    return all;
  }

  gateway::Gateway kept{loop.get_executor(), one_modem(), {writer, reader, reader}};
  Api kept_api{clients(), options, kept};
};

const std::vector<std::string> orders{"pause", "resume", "reset", "unlock", "replace"};

TEST_F(ModemsTest, EveryMemberIsRendered) {
  const boost::json::value body = render(clinic::KeptModem{a_modem(), {{"8941000000000000009", 3, 1}}});
  const auto text = [&](const char* pointer) { return boost::json::serialize(body.at_pointer(pointer)); };
  EXPECT_EQ(text("/state"), R"("waiting")");
  EXPECT_EQ(text("/recoveries"), "15");
  EXPECT_EQ(text("/recovery"), R"({"probes":1,"reopens":2,"resets":3,"usb_resets":4,"quarantines":5})");
  EXPECT_EQ(text("/next_try_at"), '"' + base::to_rfc3339(at(60)) + '"');
  EXPECT_EQ(text("/service_centre"), R"("+41794999000")");
  EXPECT_EQ(text("/number"), R"("+41791234567")");
  EXPECT_EQ(text("/operator"), R"("Example Net")");
  EXPECT_EQ(text("/signal"), "17");
  EXPECT_EQ(text("/registration"), "5");
  EXPECT_EQ(text("/last_accepted"), '"' + base::to_rfc3339(at(2)) + '"');
  EXPECT_EQ(text("/last_report"), '"' + base::to_rfc3339(at(3)) + '"');
  EXPECT_EQ(text("/pin_tries_left"), "2");
  EXPECT_EQ(text("/usb"), R"("12d1:1001")");
  EXPECT_EQ(text("/socket"), R"("1-1.4")");
  EXPECT_EQ(text("/sim"), R"("8941000000000000001")");
  EXPECT_EQ(text("/iccid"), R"("8941000000000000001")");
  EXPECT_EQ(text("/imsi"), R"("228010000000001")");
  EXPECT_EQ(text("/report_way"), R"("stored")");
  EXPECT_EQ(text("/reports_proven"), "true");
  EXPECT_EQ(text("/report_note"), R"("Reports are read from its memory.")");
  EXPECT_EQ(body.at_pointer("/credit/amount").as_double(), 12.4);
  EXPECT_EQ(text("/credit/answer"), R"("Ihr Guthaben: 12.40")");
  EXPECT_EQ(text("/credit/at"), '"' + base::to_rfc3339(at(1)) + '"');
  EXPECT_EQ(text("/owed"), R"([{"sim":"8941000000000000009","reports":3,"replies":1}])");
}

TEST_F(ModemsTest, WhatIsNotKnownIsNull) {
  const boost::json::value body = render(clinic::KeptModem{});
  for (const char* pointer : {"/next_try_at", "/service_centre", "/pin_tries_left", "/usb", "/socket", "/sim", "/imsi",
                              "/iccid", "/report_note", "/credit", "/port", "/number", "/operator", "/signal",
                              "/registration", "/last_accepted", "/last_report"}) {
    EXPECT_TRUE(body.at_pointer(pointer).is_null()) << pointer;
  }
  auto poor = a_modem();
  poor.credit->amount.reset();
  const boost::json::value unread = render(clinic::KeptModem{poor, {}});
  EXPECT_TRUE(unread.at_pointer("/credit/amount").is_null());
}

TEST_F(ModemsTest, AStrangerIsRenderedAsFarAsItWasAsked) {
  modem::Stranger stranger;
  stranger.port = "/dev/ttyUSB3";
  stranger.usb = "12d1:1001";
  stranger.socket = "1-1.4";
  stranger.identity.imsi = "228010000000001";
  stranger.sentence = "No configured modem has this IMEI.";
  EXPECT_EQ(boost::json::serialize(render(stranger)),
            R"({"port":"/dev/ttyUSB3","usb":"12d1:1001","socket":"1-1.4","imei":null,"sim":"228010000000001",)"
            R"("manufacturer":null,"model":null,"sentence":"No configured modem has this IMEI."})");
}

TEST_F(ModemsTest, TheListHasThoseNotInUseBesideIt) {
  const auto list = of_it("GET", "/v1/modems");
  EXPECT_EQ(list.text("/items/0/name"), "left");
  EXPECT_EQ(list.text("/items/0/owed"), "[]");
  EXPECT_EQ(list.text("/others"), "[]");
  EXPECT_EQ(of_it("GET", "/v1/modems/left").text("/name"), "left");
  EXPECT_EQ(of_it("GET", "/v1/modems/right").status, 404);
  EXPECT_EQ(of_it("GET", "/v1/status").text("/modems/0/name"), "left");
}

TEST_F(ModemsTest, TheListGoesOnAfterAModem) {
  const auto one = of_it("GET", "/v1/modems?limit=1");
  EXPECT_EQ(one.at("/items").as_array().size(), 1U);
  EXPECT_EQ(one.text("/next"), "null");
  const auto after = [&](const std::string& name) {
    return of_it("GET", "/v1/modems?cursor=" + write_cursor({Track::modems, 0, {}, name}, one.text("/epoch")));
  };
  EXPECT_EQ(after("left").text("/items"), "[]");
  EXPECT_EQ(after("right").text("/code"), "resync");
}

TEST_F(ModemsTest, WhatFormerSimsAreOwedIsReadFromTheRecord) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    message::Message message;
    message.number = "+41791234567";
    message.created_at = message.expires_at = async::now().wall;
    message.expects_reply_until = message.created_at + std::chrono::hours{1};
    message.encoding = "gsm7";
    message::Progress progress;
    progress.state = message::State::delivered;
    progress.sim = "old";
    progress.change_seq = store::last_seq(transaction) + 1;
    message = store::insert_message(transaction, message, progress, "d");
    store::Berth berth;
    berth.name = "left";
    berth.sim = "old";
    store::save_berth(transaction, berth);
    berth.sim = "new";
    berth.bound_at = at(1);
    store::save_berth(transaction, berth);
    return true;
  };
  wait_for(writer.run(unit)).value();
  const std::string owed = R"([{"sim":"old","reports":0,"replies":1}])";
  EXPECT_EQ(of_it("GET", "/v1/modems").text("/items/0/owed"), owed);
  EXPECT_EQ(of_it("GET", "/v1/modems/left").text("/owed"), owed);
}

TEST_F(ModemsTest, AModemIsPausedAndResumedAndTheHistorySaysByWhom) {
  const auto paused = order("left/pause", R"({"user":"anna"})");
  EXPECT_EQ(paused.status, 200) << paused.raw.body;
  EXPECT_EQ(paused.text("/name"), "left");
  EXPECT_EQ(order("left/resume").status, 200);
  EXPECT_THAT(noted(), ElementsAre("paused left, by anna of it", "resumed left, by it"));
}

TEST_F(ModemsTest, AnUnknownModemIsNamed) {
  for (const std::string& what : orders) {
    const auto reply = order("right/" + what);
    EXPECT_EQ(reply.status, 404) << what;
    EXPECT_EQ(reply.text("/code"), "modem-unknown");
    EXPECT_THAT(reply.text("/detail"), HasSubstr("right"));
  }
  EXPECT_TRUE(noted().empty());
}

TEST_F(ModemsTest, OnlyAnAdministratorDoesSomethingToAModem) {
  for (const std::string& what : orders) {
    EXPECT_EQ(order("left/" + what, "", 1000).status, 403) << what;
    EXPECT_EQ(order("left/" + what, "", 1).status, 403) << what;
    EXPECT_EQ(of_it("GET", "/v1/modems/left/" + what).status, 405) << what;
  }
  EXPECT_TRUE(noted().empty());
}

TEST_F(ModemsTest, UnknownMembersAreFaults) {
  for (const std::string& what : orders) {
    EXPECT_THAT(order("left/" + what, R"({"user":1,"why":"x"})").faults(), UnorderedElementsAre("/user", "/why"));
  }
  EXPECT_THAT(order("left/pause", R"({"pin":"1234"})").faults(), ElementsAre("/pin"));
  EXPECT_TRUE(noted().empty());
}

TEST_F(ModemsTest, APinOfAnotherFormIsRefusedWithoutBeingRepeated) {
  for (const char* pin : {R"("123")", R"("123456789")", R"("12a4")", R"("٣٣٣٣")", "1234", R"("")", "[1234]"}) {
    const auto reply = order("left/unlock", std::string(R"({"last_try":"no","pin":)") + pin + "}");
    EXPECT_EQ(reply.status, 400) << pin;
    EXPECT_THAT(reply.faults(), UnorderedElementsAre("/pin", "/last_try")) << pin;
    EXPECT_THAT(reply.raw.body, Not(HasSubstr("123"))) << pin;
  }
}

TEST_F(ModemsTest, ReadersTakeWhatIsGiven) {
  const auto json = [](const char* text) { return boost::json::parse(text); };
  const auto unlock = read_unlocking(json(R"({"pin":"12345678","last_try":true,"user":"anna"})"), options);
  EXPECT_TRUE(unlock.faults.empty());
  EXPECT_EQ(unlock.value.unlocking.pin, "12345678");
  EXPECT_TRUE(unlock.value.unlocking.last_try);
  EXPECT_EQ(unlock.value.hand.user, "anna");
  const auto same = read_unlocking(json("{}"), options);
  EXPECT_FALSE(same.value.unlocking.pin);
  EXPECT_FALSE(same.value.unlocking.last_try);
  const auto adoption = read_adoption(json(R"({"imei":"352099001761481","port":"/dev/ttyUSB3"})"), options);
  EXPECT_TRUE(adoption.faults.empty());
  EXPECT_EQ(adoption.value.adoption.imei, "352099001761481");
  EXPECT_EQ(adoption.value.adoption.port, "/dev/ttyUSB3");
  EXPECT_FALSE(adoption.value.hand.user);
  EXPECT_FALSE(read_adoption(json(R"({"imei":"35-2099"})"), options).faults.empty());
}

TEST_F(ModemsTest, WhatCannotBeDoneToAModemNowIsAConflict) {
  for (const char* code : {"modem-away", "pin-not-wanted", "pin-last-try", "nothing-to-adopt", "adoption-ambiguous"}) {
    for (const auto fault : {base::Fault::refused, base::Fault::unavailable, base::Fault::missing}) {
      EXPECT_EQ(problem_of(base::Error{fault, code, "No."}).status, 409) << code;
    }
  }
}

}  // namespace
}  // namespace burstd::api
