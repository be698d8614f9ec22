#include "lone_modem.hpp"
#include "pdu/deliver.hpp"
#include "pdu/status_report.hpp"

namespace burstd::sim {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

// The PDU line after "+CDS: " or its like.
std::string pdu_in(const std::string& said) {
  const auto head = said.find("\r\n", said.find(": "));
  return said.substr(head + 2, said.find("\r\n", head + 2) - head - 2);
}

TEST(Routing, AReportSaysWhatBecameOfTheMessage) {
  LoneModem bench;
  bench.set_up();
  bench.submit("+41791234567");
  bench.submit("+41791234567");
  bench.pass(300);
  const auto second = bench.wire.said.rfind("+CDS: ");
  const auto report = pdu::decode_status_report(pdu_in(bench.wire.said.substr(second)));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->message_reference, 1);
  EXPECT_EQ(pdu::to_text(report->recipient), "+41791234567");
  EXPECT_EQ(pdu::to_rfc3339(report->timestamp), "2026-03-01T08:30:00+00:00");
  EXPECT_EQ(report->status, 0);
  EXPECT_EQ(pdu::to_text(*report->service_centre), bench.modem.identity().smsc);
  EXPECT_EQ(bench.of("report").at(1).at("mr"), 1);
}

TEST(Routing, TheLengthOfAReportLeavesOutTheServiceCentre) {
  LoneModem bench;
  bench.set_up();
  bench.submit("+41791234567");
  bench.pass(300);
  const auto pdu = pdu_in(bench.wire.said);
  EXPECT_EQ(bench.wire.said, "\r\n+CDS: " + std::to_string(pdu.size() / 2 - 8) + "\r\n" + pdu + "\r\n");
}

TEST(Routing, ReportsOfARuleComeOneAfterTheOther) {
  LoneModem bench;
  bench.network.rules().fail("*567", {48, 0});
  bench.set_up();
  bench.submit("+41791234567");
  bench.pass(299);
  EXPECT_TRUE(bench.of("report").empty());
  bench.pass(1);
  EXPECT_EQ(bench.of("report").at(0).at("status"), 48);
  bench.pass(300);
  EXPECT_EQ(bench.of("report").at(1).at("status"), 0);
  bench.pass(3000);
  EXPECT_EQ(bench.of("report").size(), 2U);
}

TEST(Routing, ASilentNumberHasNoReport) {
  LoneModem bench;
  bench.network.rules().silence("+41791234567");
  bench.set_up();
  bench.submit("+41791234567");
  bench.pass(10'000);
  EXPECT_TRUE(bench.of("report").empty());
  EXPECT_TRUE(bench.of("report_lost").empty());
}

TEST(Routing, WithoutARouteAReportIsLost) {
  LoneModem bench;
  bench.set_up("2,1,0,0,0");
  bench.submit("+41791234567");
  bench.pass(300);
  EXPECT_EQ(bench.wire.said, "");
  EXPECT_EQ(bench.of("report_lost").at(0).at("why"), "not-routed");
}

TEST(Routing, AReportToAClosedPortIsLostOrKeptForTheNextSession) {
  for (const bool keep : {false, true}) {
    Options options;
    options.keep_reports = keep;
    LoneModem bench(options);
    bench.set_up();
    bench.submit("+41791234567");
    bench.wire.opened = false;
    bench.modem.closed();
    bench.pass(300);
    EXPECT_EQ(bench.of("report_lost").size(), keep ? 0U : 1U);
    bench.wire.opened = true;
    const auto said = bench.say("AT+CNMI=2,1,0,1,0\r");
    bench.pass(1);
    EXPECT_EQ(bench.of("report").size(), keep ? 1U : 0U);
    EXPECT_EQ(said.starts_with("\r\nOK\r\n\r\n+CDS: "), keep);
  }
}

TEST(Routing, StoredReportsAreAnnouncedReadAndErased) {
  LoneModem bench;
  bench.set_up("2,1,0,2,0");
  bench.submit("+41791234567");
  bench.pass(300);
  EXPECT_EQ(bench.wire.said, "\r\n+CDSI: \"SR\",1\r\n");
  EXPECT_TRUE(bench.of("report").empty());
  EXPECT_EQ(bench.say("AT+CMGR=1\r"), "\r\n+CMS ERROR: 321\r\n");
  bench.say("AT+CPMS=\"SR\"\r");
  const auto read = bench.say("AT+CMGR=1\r");
  EXPECT_TRUE(pdu::decode_status_report(pdu_in(read)).has_value());
  EXPECT_EQ(bench.of("report").at(0).at("how"), "stored");
  EXPECT_EQ(bench.say("AT+CMGD=1\r"), "\r\nOK\r\n");
  EXPECT_EQ(bench.of("erased").at(0).at("read"), true);
  EXPECT_EQ(bench.say("AT+CMGR=1\r"), "\r\n+CMS ERROR: 321\r\n");
}

TEST(Routing, UnderService1TheNextReportWaitsForTheAcknowledgement) {
  LoneModem bench;
  bench.set_up();
  bench.say("AT+CSMS=1\r");
  bench.submit("+41791234567");
  bench.submit("+41791234567");
  bench.pass(300);
  EXPECT_EQ(bench.of("report").size(), 1U);
  const auto said = bench.say("AT+CNMA\r");
  EXPECT_THAT(said, testing::StartsWith("\r\nOK\r\n\r\n+CDS: "));
  EXPECT_EQ(bench.of("ack").at(0).at("mr"), 0);
  EXPECT_EQ(bench.say("AT+CNMA\r"), "\r\nOK\r\n");
  EXPECT_EQ(bench.say("AT+CNMA\r"), "\r\n+CMS ERROR: 340\r\n");
}

TEST(Routing, AnUnacknowledgedReportIsRepeatedAndInTheEndGivenUp) {
  LoneModem bench;
  bench.set_up();
  bench.say("AT+CSMS=1\r");
  bench.submit("+41791234567");
  bench.pass(300 + 5000);
  EXPECT_EQ(bench.of("report").at(1).at("try"), 2);
  bench.pass(60'000);
  EXPECT_EQ(bench.of("report").size(), 4U);
  EXPECT_EQ(bench.of("report_lost").at(0).at("why"), "not-acknowledged");
}

TEST(Routing, AModemCanInsistOnService1) {
  Options options;
  options.csms1 = true;
  LoneModem bench(options);
  bench.say("ATE0\r");
  bench.say("AT+CSMS=0\r");
  EXPECT_THAT(bench.say("AT+CSMS?\r"), HasSubstr("+CSMS: 1,"));
}

TEST(Routing, NothingUnsolicitedComesBetweenPromptAndCtrlZ) {
  LoneModem bench;
  bench.set_up();
  bench.submit("+41791234567");
  bench.say("AT+CMGS=23\r");
  bench.pass(300);
  EXPECT_EQ(bench.wire.said, "");
  EXPECT_THAT(bench.say("\x1B"), testing::StartsWith("\r\nOK\r\n\r\n+CDS: "));
}

TEST(Routing, AReportMayComeWhileTheNextMessageIsOnTheAir) {
  Options options;
  options.air = base::Milliseconds{200};
  options.report = base::Milliseconds{100};
  LoneModem bench(options);
  bench.set_up();
  bench.submit("+41791234567");
  bench.pass(200);
  EXPECT_EQ(bench.submit("+41797654321"), "");
  bench.pass(100);
  EXPECT_THAT(bench.wire.said, testing::AllOf(HasSubstr("+CDS: "), Not(HasSubstr("+CMGS"))));
}

TEST(Routing, AnEarlyReportStandsBeforeTheReferenceOrBeforeOk) {
  Options options;
  options.early = Early::before;
  LoneModem before(options);
  before.set_up();
  const auto first = before.submit("+41791234567");
  EXPECT_LT(first.find("+CDS: "), first.find("+CMGS: 0"));
  options.early = Early::between;
  LoneModem between(options);
  between.set_up();
  const auto second = between.submit("+41791234567");
  EXPECT_LT(second.find("+CMGS: 0"), second.find("+CDS: "));
  EXPECT_LT(second.find("+CDS: "), second.find("OK"));
}

TEST(Routing, HeldReportsComeInOrderWhenTheyAreReleased) {
  LoneModem bench;
  bench.network.hold();
  bench.set_up();
  bench.submit("+41791234567");
  bench.submit("+41797654321");
  bench.pass(10'000);
  EXPECT_EQ(bench.network.held(), 2U);
  EXPECT_TRUE(bench.of("report").empty());
  bench.network.release();
  EXPECT_EQ(bench.of("report").at(0).at("mr"), 0);
  EXPECT_EQ(bench.of("report").at(1).at("mr"), 1);
}

TEST(Routing, AReplyIsShownOrStoredAsTheModemWasTold) {
  LoneModem bench;
  bench.set_up("2,2,0,1,0");
  const Letter letter{"+99900000001", "+41791112233", "Yes, I will come 😀", bench.agenda.now().wall, 1};
  const auto lines = write_letter(letter);
  ASSERT_TRUE(lines.has_value());
  bench.modem.letter(lines->front(), letter.from);
  const auto shown = pdu::decode_deliver(pdu_in(bench.wire.said));
  ASSERT_TRUE(shown.has_value());
  EXPECT_EQ(pdu::text(shown->user_data), letter.text);
  EXPECT_EQ(pdu::to_text(shown->originator), letter.from);
  bench.say("AT+CNMI=2,1,0,1,0\r");
  bench.modem.letter(lines->front(), letter.from);
  EXPECT_EQ(bench.wire.said, "\r\n+CMTI: \"SM\",1\r\n");
  EXPECT_THAT(bench.say("AT+CMGL=4\r"), HasSubstr("+CMGL: 1,0,,"));
}

TEST(Routing, OnlyTheAllowedRoutesAreAccepted) {
  Options options;
  options.ds_values = "02";
  LoneModem bench(options);
  bench.say("ATE0\r");
  EXPECT_EQ(bench.say("AT+CNMI=?\r"), "\r\n+CNMI: (0-3),(0-3),(0-3),(0,2),(0,1)\r\n\r\nOK\r\n");
  EXPECT_EQ(bench.say("AT+CNMI=2,1,0,1,0\r"), "\r\n+CMS ERROR: 302\r\n");
  EXPECT_EQ(bench.say("AT+CNMI=2,1,0,2,0\r"), "\r\nOK\r\n");
}

TEST(Routing, ALongReplyComesInPartsThatBelongTogether) {
  const Letter letter{"+99900000001", "Clinic", std::string(200, 'a'), base::from_millis(0), 300};
  const auto lines = write_letter(letter);
  ASSERT_TRUE(lines.has_value());
  ASSERT_EQ(lines->size(), 2U);
  const auto last = pdu::decode_deliver(lines->back().hex);
  ASSERT_TRUE(last.has_value());
  const auto concatenation = pdu::concatenation(last->user_data.header);
  ASSERT_TRUE(concatenation.has_value());
  EXPECT_EQ(concatenation->part, 2);
  EXPECT_EQ(concatenation->reference, 300 % 256);
}

}  // namespace
}  // namespace burstd::sim
