#include "pdu/status_report.hpp"

#include <gtest/gtest.h>

namespace burstd::pdu {
namespace {

constexpr const char* delivered = "07911497949900F0062A0B911497214365F7623010800300406230108013544000";

TEST(StatusReport, IsReadFieldByField) {
  const auto report = decode_status_report(delivered);
  ASSERT_TRUE(report);
  EXPECT_EQ(to_text(*report->service_centre), "+41794999000");
  EXPECT_FALSE(report->more_messages);
  EXPECT_FALSE(report->for_command);
  EXPECT_EQ(report->message_reference, 0x2A);
  EXPECT_EQ(to_text(report->recipient), "+41791234567");
  EXPECT_EQ(to_rfc3339(report->timestamp), "2026-03-01T08:30:00+01:00");
  EXPECT_EQ(to_rfc3339(report->discharge), "2026-03-01T08:31:45+01:00");
  EXPECT_EQ(report->status, 0);
  EXPECT_FALSE(report->protocol || report->coding_scheme || report->user_data);
  EXPECT_EQ(encode(*report)->hex, delivered);
  EXPECT_EQ(encode(*report)->length, 25);
}

TEST(StatusReport, NegativeOffsets) {
  const auto report = decode_status_report("07912160130350F706FF0B912121550521F36230108003000A62302090150A0A46");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->message_reference, 255);
  EXPECT_EQ(report->status, 0x46);
  EXPECT_EQ(to_rfc3339(report->timestamp), "2026-03-01T08:30:00-05:00");
}

TEST(StatusReport, PaddingIsIgnored) {
  const StatusReport plain = decode_status_report(delivered).value();
  for (const char* padding :
       {"00", "0000000000", "FF", "FFFFFFFFFFFF", "80", "808080", "04", "04FF", "0300", "070000A0"}) {
    const auto padded = decode_status_report(std::string(delivered) + padding);
    ASSERT_TRUE(padded) << padding;
    EXPECT_EQ(*padded, plain) << padding;
  }
  EXPECT_EQ(decode_status_report(delivered + std::string(300, 'F')).value(), plain);
}

TEST(StatusReport, OptionalFieldsFollowTheIndicator) {
  const auto report = decode_status_report(std::string(delivered) +
                                           "8700"
                                           "7F"
                                           "00"
                                           "02CA20");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->protocol, 0x7F);
  EXPECT_EQ(report->coding_scheme, 0x00);
  ASSERT_TRUE(report->user_data);
  EXPECT_EQ(text(*report->user_data), "JA");
}

TEST(StatusReport, EverythingComesBack) {
  StatusReport report = decode_status_report(delivered).value();
  report.more_messages = true;
  report.loop_prevention = true;
  report.for_command = true;
  EXPECT_EQ(decode_status_report(encode(report)->hex).value(), report);
  report.protocol = 1;
  EXPECT_EQ(decode_status_report(encode(report)->hex).value(), report);
  report.coding_scheme = 8;
  report.user_data = user_data("ж").value();
  append(report.user_data->header, Concatenation{1, 2, 2, false});
  EXPECT_EQ(decode_status_report(encode(report)->hex).value(), report);
}

TEST(StatusReport, EveryStatusAndReferenceComesBack) {
  StatusReport report = decode_status_report(delivered).value();
  for (unsigned value = 0; value < 256; ++value) {
    report.status = static_cast<std::uint8_t>(value);
    report.message_reference = static_cast<std::uint8_t>(255 - value);
    EXPECT_EQ(decode_status_report(encode(report)->hex).value(), report) << value;
  }
}

TEST(StatusReport, WithoutServiceCentre) {
  const std::string bare = std::string(delivered).substr(16);
  StatusReport expected = decode_status_report(delivered).value();
  expected.service_centre.reset();
  EXPECT_EQ(decode_status_report(bare).value(), expected) << "found out";
  EXPECT_EQ(decode_status_report(bare, Prefix::absent).value(), expected) << "told";
  EXPECT_FALSE(decode_status_report(bare, Prefix::present));
  EXPECT_EQ(decode_status_report("00" + bare).value(), expected);
  EXPECT_FALSE(decode_status_report(delivered, Prefix::absent));
}

TEST(StatusReport, WithoutServiceCentreForEveryReferenceAndPadding) {
  StatusReport report = decode_status_report(delivered).value();
  report.service_centre.reset();
  for (unsigned value = 0; value < 256; ++value) {
    report.message_reference = static_cast<std::uint8_t>(value);
    for (const bool more : {false, true}) {
      report.more_messages = more;
      const std::string bare = encode(report)->hex.substr(2);
      ASSERT_EQ(decode_status_report(bare).value(), report) << value;
      ASSERT_EQ(decode_status_report(bare + std::string(200, '0')).value(), report) << value;
    }
  }
}

TEST(StatusReport, ABadClockCostsNoReport) {
  const auto report = decode_status_report(
      "00062A0B911497214365F7"
      "00000000000000"
      "FFFFFFFFFFFFFF"
      "00");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->message_reference, 0x2A);
  EXPECT_FALSE(to_time(report->timestamp));
  EXPECT_FALSE(to_time(report->discharge));
}

TEST(StatusReport, MalformedOnesNameTheField) {
  const std::vector<std::pair<const char*, const char*>> rows{
      {"00", "TP-MTI"},
      {"0006", "TP-MR"},
      {"00062A", "TP-RA"},
      {"00062A1591", "TP-RA"},
      {"00062A0B91149721", "TP-RA"},
      {"00062A0B911497214365F762301080", "TP-SCTS"},
      {"00062A0B911497214365F76230108003004062", "TP-DT"},
      {"00062A0B911497214365F76230108003004062301080135440", "TP-ST"},
      {"00042A0B911497214365F7623010800300406230108013544000", "TP-MTI"},
  };
  for (const auto& [hex, field] : rows) {
    const auto report = decode_status_report(hex, Prefix::present);
    ASSERT_FALSE(report) << hex;
    EXPECT_NE(report.error().sentence.find(field), std::string::npos) << report.error().sentence;
  }
}

}  // namespace
}  // namespace burstd::pdu
