// The ways in which real modems differ from the book, each of them ordered on the command line.
#include "lone_modem.hpp"
#include "pdu/status_report.hpp"

namespace burstd::sim {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

TEST(Quirk, ASlowModemAnswersEveryCommandLateAndInOrder) {
  Options options;
  options.latency = base::Milliseconds{1200};
  LoneModem bench(options);
  EXPECT_EQ(bench.say("ATE0\rAT+CGMM\r"), "ATE0\r");
  bench.pass(1199);
  EXPECT_EQ(bench.wire.said, "");
  bench.pass(1);
  EXPECT_EQ(bench.wire.said, "\r\nOK\r\n");
  bench.pass(1200);
  EXPECT_EQ(bench.wire.said, "\r\nOK\r\n\r\nPM-1\r\n\r\nOK\r\n");
}

TEST(Quirk, TheOkOfAMessageMayBeLateOrMissing) {
  Options late;
  late.late_ok = base::Milliseconds{700};
  LoneModem slow(late);
  slow.set_up();
  EXPECT_EQ(slow.submit(somebody), "\r\n+CMGS: 0\r\n");
  slow.pass(699);
  EXPECT_THAT(slow.wire.said, Not(HasSubstr("OK")));
  slow.pass(1);
  EXPECT_THAT(slow.wire.said, EndsWith("\r\nOK\r\n"));
  Options missing;
  missing.no_ok = true;
  LoneModem mute(missing);
  mute.set_up();
  EXPECT_EQ(mute.submit(somebody), "\r\n+CMGS: 0\r\n");
  EXPECT_EQ(mute.say("AT\r"), "\r\nOK\r\n");
}

TEST(Quirk, AnAnnouncementMayNameTheWrongMemory) {
  Options options;
  options.cdsi_memory = "SM";
  LoneModem bench(options);
  bench.set_up("2,1,0,2,0");
  bench.submit(somebody);
  bench.pass(300);
  EXPECT_THAT(bench.wire.said, HasSubstr("+CDSI: \"SM\",1"));
  EXPECT_THAT(bench.say("AT+CPMS=\"SM\"\r"), HasSubstr("+CPMS: 0,50"));
  EXPECT_THAT(bench.say("AT+CPMS=\"SR\"\r"), HasSubstr("+CPMS: 1,50"));
}

TEST(Quirk, AReportMayBePadded) {
  Options options;
  options.pad = 301;
  LoneModem bench(options);
  bench.set_up();
  bench.submit(somebody);
  bench.pass(300);
  EXPECT_THAT(bench.wire.said, EndsWith(std::string(301, 'F') + "\r\n"));
}

TEST(Quirk, TheRouteMayReadBackAsAnotherOne) {
  Options options;
  options.cnmi_reads = "2,0,0,1,0";
  LoneModem bench(options);
  bench.set_up();
  EXPECT_THAT(bench.say("AT+CNMI?\r"), HasSubstr("+CNMI: 2,0,0,1,0\r\n"));
}

TEST(Quirk, AReportMayWriteTheRecipientAsAtHome) {
  Options options;
  options.national = "41";
  LoneModem bench(options);
  bench.set_up();
  bench.submit(somebody);
  bench.pass(300);
  const auto pdu = std::string(bench.of("report").at(0).at("pdu").as_string());
  const auto report = pdu::decode_status_report(pdu);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(pdu::to_text(report->recipient), "0791234567");
  EXPECT_EQ(bench.of("report").at(0).at("to"), somebody);
}

}  // namespace
}  // namespace burstd::sim
