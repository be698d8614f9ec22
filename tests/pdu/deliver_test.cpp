#include "pdu/deliver.hpp"

#include <gtest/gtest.h>

#include "pdu/message_type.hpp"

namespace burstd::pdu {
namespace {

TEST(Deliver, ReadsPublishedExamples) {
  const auto first = decode_deliver("07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37");
  ASSERT_TRUE(first);
  EXPECT_EQ(to_text(*first->service_centre), "+27381000015");
  EXPECT_EQ(first->originator.type, TypeOfNumber::subscriber);
  EXPECT_EQ(to_text(first->originator), "27838890001");
  EXPECT_EQ(to_rfc3339(first->timestamp), "1999-03-29T15:16:59+02:00");
  EXPECT_EQ(text(first->user_data), "hellohello");
  EXPECT_FALSE(first->more_messages);
  const auto second = decode_deliver("07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07");
  ASSERT_TRUE(second);
  EXPECT_EQ(to_text(second->originator), "+31641600986");
  EXPECT_EQ(text(second->user_data), "How are you?");
  EXPECT_EQ(to_rfc3339(second->timestamp), "2002-08-26T19:37:41+00:00") << "minus nothing";
}

TEST(Deliver, ANamedSender) {
  const auto deliver = decode_deliver("07911497949900F00410D0CD32192A0FE3D37300006230108003004002CA20");
  ASSERT_TRUE(deliver);
  EXPECT_EQ(deliver->originator, (Address{TypeOfNumber::alphanumeric, 0, "MedPraxis"}));
  EXPECT_EQ(to_text(deliver->originator), "MedPraxis");
  EXPECT_EQ(text(deliver->user_data), "JA");
  const auto longest = decode_deliver("07911497949900F00414D041E19058341E9149E51200006230108003004002EF35");
  ASSERT_TRUE(longest);
  EXPECT_EQ(longest->originator.value, "ABCDEFGHIJK");
}

TEST(Deliver, PortsAndA16BitReference) {
  const auto deliver = decode_deliver(
      "07911497949900F0440B911497214365F7000062301080030040180C08041234030205040B8423F0E8E5341BA4BF97D3");
  ASSERT_TRUE(deliver);
  EXPECT_EQ(concatenation(deliver->user_data.header), (Concatenation{0x1234, 3, 2, true}));
  EXPECT_EQ(ports(deliver->user_data.header), (Ports{2948, 9200, true}));
  EXPECT_EQ(text(deliver->user_data), "teil zwei");
}

TEST(Deliver, AnUnknownHeaderElementIsKeptAndReadPast) {
  const auto deliver = decode_deliver("07911497949900F0400B911497214365F700086230108003004009047002AABB04340430");
  ASSERT_TRUE(deliver);
  EXPECT_EQ(base::to_hex(deliver->user_data.header.octets), "7002AABB");
  EXPECT_EQ(text(deliver->user_data), "да");
  EXPECT_TRUE(deliver->more_messages);
}

TEST(Deliver, EightBitDataHasNoText) {
  const auto deliver = decode_deliver("07911497949900F0040B911497214365F700046230108003004004DEADBEEF");
  ASSERT_TRUE(deliver);
  EXPECT_EQ(deliver->user_data.encoding, Encoding::octets);
  EXPECT_EQ(base::to_hex(deliver->user_data.payload), "DEADBEEF");
  EXPECT_EQ(text(deliver->user_data), "");
}

TEST(Deliver, ALoneSurrogateIsShownAsReplacementButPartsJoinWhole) {
  UserData first{Encoding::ucs2, {}, {0xD8, 0x3D}};
  UserData second{Encoding::ucs2, {}, {0xDE, 0x00, 0x00, 0x21}};
  EXPECT_EQ(text(first), "\uFFFD");
  EXPECT_EQ(text(second), "\uFFFD!");
  base::Octets joined = first.payload;
  joined.insert(joined.end(), second.payload.begin(), second.payload.end());
  EXPECT_EQ(text_of(Encoding::ucs2, joined), "😀!");
}

TEST(Deliver, PaddingAfterTheTextIsIgnored) {
  const std::string hex = "07911497949900F00410D0CD32192A0FE3D37300006230108003004002CA20";
  EXPECT_EQ(decode_deliver(hex + "FFFF00").value(), decode_deliver(hex).value());
}

TEST(Deliver, AReservedTypeIsReadAsADeliver) {
  EXPECT_TRUE(
      decode_deliver("00030B911497214365F7000062301080030040"
                     "02CA20"));
  const auto report = decode_deliver(
      "00060B911497214365F7000062301080030040"
      "02CA20");
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, "pdu-type");
}

TEST(Deliver, WithoutServiceCentreWhereToldOrWhereNothingElseFits) {
  const std::string bare = "040B911497214365F700006230108003004002CA20";
  EXPECT_EQ(text(decode_deliver(bare, Prefix::absent)->user_data), "JA");
  EXPECT_EQ(text(decode_deliver(bare, Prefix::either)->user_data), "JA");
  EXPECT_EQ(text(decode_deliver("00" + bare, Prefix::either)->user_data), "JA");
  EXPECT_FALSE(decode_deliver(bare));
}

TEST(Deliver, EveryFlagAndFieldComesBack) {
  Deliver deliver;
  deliver.service_centre = number_address("+41794999000").value();
  deliver.more_messages = true;
  deliver.loop_prevention = true;
  deliver.report_indication = true;
  deliver.reply_path = true;
  deliver.originator = name_address("Praxis 1").value();
  deliver.protocol = 0x7F;
  deliver.coding_scheme = 0xF0;
  deliver.timestamp = {2026, 3, 1, 8, 30, 0, -210};
  deliver.user_data = user_data("Ja, gerne {€}").value();
  append(deliver.user_data.header, Ports{1, 2, true});
  EXPECT_EQ(decode_deliver(encode(deliver)->hex).value(), deliver);
}

TEST(Deliver, NationalLanguageTablesAreAskedForByTheHeader) {
  Deliver deliver;
  deliver.originator = number_address("+905321234567").value();
  deliver.user_data.header.octets = {0x24, 0x01, 0x01};
  deliver.user_data.payload = {'a', escape, 0x73, 'k'};
  const auto back = decode_deliver(encode(deliver)->hex);
  ASSERT_TRUE(back);
  EXPECT_EQ(text(back->user_data), "aşk");
}

TEST(Deliver, ABrokenHeaderIsIgnoredAndTheTextStays) {
  Deliver deliver;
  deliver.originator = number_address("+41791234567").value();
  deliver.user_data = user_data("ja").value();
  deliver.user_data.header.octets = {0x00, 0x09, 0x01};
  const auto back = decode_deliver(encode(deliver)->hex);
  ASSERT_TRUE(back);
  EXPECT_FALSE(concatenation(back->user_data.header));
  EXPECT_EQ(text(back->user_data), "ja");
}

TEST(Deliver, AHeaderLongerThanTheDataIsRefused) {
  for (const char* ud : {"01FF", "0100", "0205000301", "0000"}) {
    const auto deliver = decode_deliver("00440B911497214365F7000062301080030040" + std::string(ud));
    EXPECT_FALSE(deliver) << ud;
  }
}

struct Bad {
  const char* hex;
  const char* code;
  const char* field;
};

TEST(Deliver, MalformedOnesNameTheField) {
  const std::vector<Bad> rows{
      {"", "pdu-truncated", "service centre"},
      {"0D91", "pdu-invalid", "service centre"},
      {"07914979", "pdu-truncated", "service centre"},
      {"00", "pdu-truncated", "TP-MTI"},
      {"00010B911497214365F7", "pdu-type", "TP-MTI"},
      {"0004", "pdu-truncated", "TP-OA"},
      {"00041591", "pdu-invalid", "TP-OA"},
      {"00040B911497", "pdu-truncated", "TP-OA"},
      {"00040B911497214365F7", "pdu-truncated", "TP-PID"},
      {"00040B911497214365F700", "pdu-truncated", "TP-DCS"},
      {"00040B911497214365F70060", "dcs-compressed", "TP-DCS"},
      {"00040B911497214365F700006230108003", "pdu-truncated", "TP-SCTS"},
      {"00040B911497214365F7000062301080030040", "pdu-truncated", "TP-UDL"},
      {"00040B911497214365F7000062301080030040A1", "pdu-invalid", "TP-UDL"},
      {"00040B911497214365F700046230108003004003DEAD", "pdu-truncated", "TP-UD"},
      {"00040B911497214365F700086230108003004003043604", "pdu-invalid", "TP-UD"},
      {"00440B911497214365F700046230108003004002FF00", "pdu-invalid", "TP-UDH"},
  };
  for (const Bad& row : rows) {
    const auto deliver = decode_deliver(row.hex);
    ASSERT_FALSE(deliver) << row.hex;
    EXPECT_EQ(deliver.error().code, row.code) << row.hex << ": " << deliver.error().sentence;
    EXPECT_NE(deliver.error().sentence.find(row.field), std::string::npos)
        << row.hex << ": " << deliver.error().sentence;
  }
}

TEST(Deliver, EveryProtocolIdentifierAndEveryCodingIsKept) {
  for (unsigned value = 0; value < 256; ++value) {
    const base::Octets octet{static_cast<std::uint8_t>(value)};
    const std::string hex = base::to_hex(octet);
    const auto protocol = decode_deliver("00040B911497214365F7" + hex + "006230108003004000");
    ASSERT_TRUE(protocol);
    EXPECT_EQ(protocol->protocol, value);
    const auto coding = decode_deliver("00040B911497214365F700" + hex + "6230108003004000");
    ASSERT_EQ(coding.has_value(), value >= 0x80 || (value & 0x20U) == 0) << value;
    EXPECT_EQ(coding ? coding->coding_scheme : value, value);
  }
}

TEST(Deliver, FillersWithinANumberAreSkipped) {
  for (const char* digits : {"1F2F", "F1F2", "21FF", "FF21"}) {
    const auto deliver = decode_deliver("00040481" + std::string(digits) + "00006230108003004000");
    ASSERT_TRUE(deliver) << digits;
    EXPECT_EQ(deliver->originator.value, "12") << digits;
  }
  EXPECT_EQ(decode_deliver("00040481FFFF00006230108003004000")->originator.value, "");
  EXPECT_EQ(decode_deliver("0004008100006230108003004000")->originator.value, "");
}

TEST(Address, NumbersAndNamesAreCheckedBeforeTheyAreSent) {
  EXPECT_EQ(number_address("+41791234567")->type, TypeOfNumber::international);
  EXPECT_EQ(number_address("*100#")->type, TypeOfNumber::unknown);
  EXPECT_EQ(number_address("*100#")->value, "*100#");
  EXPECT_FALSE(number_address("+41-79"));
  EXPECT_TRUE(number_address("12345678901234567890"));
  EXPECT_FALSE(number_address("123456789012345678901"));
  EXPECT_TRUE(name_address("ABCDEFGHIJK"));
  EXPECT_FALSE(name_address("ABCDEFGHIJKL"));
  EXPECT_FALSE(name_address("Приём"));
  EXPECT_FALSE(name_address(""));
  EXPECT_FALSE(name_address("caf\xE9"));
}

TEST(MessageType, IsReadBeforeAnythingElse) {
  EXPECT_EQ(incoming_type("07911497949900F004").value(), MessageType::deliver);
  EXPECT_EQ(incoming_type("0006").value(), MessageType::status_report);
  EXPECT_EQ(incoming_type("0001").value(), MessageType::submit_report);
  EXPECT_EQ(incoming_type("0003").value(), MessageType::reserved);
  EXPECT_EQ(incoming_type("062A0B91", Prefix::absent).value(), MessageType::status_report);
  EXPECT_EQ(incoming_type("062A0B91", Prefix::either).value(), MessageType::status_report);
  EXPECT_EQ(incoming_type("0006", Prefix::either).value(), MessageType::status_report);
  EXPECT_EQ(incoming_type("").error().code, "pdu-truncated");
  EXPECT_EQ(incoming_type("0791").error().code, "pdu-truncated");
  EXPECT_EQ(incoming_type("00").error().code, "pdu-truncated");
  EXPECT_EQ(incoming_type("zz").error().code, "hex-invalid");
}

TEST(MessageType, HasTheStandardsNames) {
  EXPECT_EQ(name(MessageType::deliver), "SMS-DELIVER");
  EXPECT_EQ(name(MessageType::status_report), "SMS-STATUS-REPORT");
  EXPECT_EQ(name(MessageType::submit_report), "SMS-SUBMIT-REPORT");
}

}  // namespace
}  // namespace burstd::pdu
