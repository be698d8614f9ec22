#include "pdu/submit.hpp"

#include <gtest/gtest.h>

namespace burstd::pdu {
namespace {

constexpr const char* mobile = "+41791234567";

std::string part(std::string_view text, std::size_t number, const Envelope& envelope) {
  return encode_part(segment(text).value(), number, envelope).value().hex;
}

TEST(Submit, ReadsAPublishedExample) {
  const auto submit = decode_submit("0011000B916407281553F80000AA0AE8329BFD4697D9EC37");
  ASSERT_TRUE(submit);
  EXPECT_FALSE(submit->service_centre);
  EXPECT_FALSE(submit->status_report);
  EXPECT_FALSE(submit->reject_duplicates);
  EXPECT_EQ(to_text(submit->destination), "+46708251358");
  EXPECT_EQ(duration(*submit->validity), std::chrono::days(4));
  EXPECT_EQ(text(submit->user_data), "hellohello");
  EXPECT_EQ(encode(*submit)->hex, "0011000B916407281553F80000AA0AE8329BFD4697D9EC37");
  EXPECT_EQ(encode(*submit)->length, 23);
}

TEST(Submit, OnePartAsItGoesOnTheAir) {
  Envelope envelope;
  envelope.destination = mobile;
  envelope.validity = std::chrono::hours(24);
  const auto encoded = encode_part(segment("Grüezi, Termin: 5 € [Mo]").value(), 1, envelope);
  ASSERT_TRUE(encoded);
  EXPECT_EQ(encoded->hex, "0031000B911497214365F70000A71B47B9BFAC4FB340D4B2BC9D76EB4035D0A60CDAF09AEF8D0F");
  EXPECT_EQ(encoded->length, 38);
}

TEST(Submit, TwoPartsCarryTheirHeaderAndFillBits) {
  const std::string text =
      "Sehr geehrte Frau Muster, wir erinnern Sie an Ihren Termin am Montag, 2. März 2026 um 08:30 Uhr in unserer "
      "Praxis. Bitte bringen Sie Ihre Versichertenkarte mit. Bei Verhinderung rufen Sie uns an.";
  Envelope envelope;
  envelope.destination = mobile;
  envelope.reference = 0xA5;
  EXPECT_EQ(part(text, 1, envelope),
            "0061000B911497214365F70000A0050003A50201A665B41C742E97D1727A19649487EBA0667D4E2FCB59A07B5A0E2ACBD36E7759EE"
            "064DD36550D80D4AA2E56537885A96B7D36E50B80D6ABEDDF4F0990592B940CDBD5C0F92C1643650BD0D82E1743318A88A9683D26E"
            "50DD3D2FCBCB7210541EC6A7E72E90304DA797416279DA7D2EBB41D374199444CBCB206B593E4F8FD16539BDEC5E87E5");
  EXPECT_EQ(part(text, 2, envelope),
            "0061000B911497214365F7000031050003A50202E865503B4D778184E534C85A96A3D36E72595E779F41F2BAB9EC064DD36550DD3D"
            "0785DD2E");
}

TEST(Submit, Ucs2AndSurrogatePairs) {
  Envelope envelope;
  envelope.destination = mobile;
  envelope.status_report = false;
  EXPECT_EQ(part("Приём 😀", 1, envelope), "0001000B911497214365F7000810041F044004380451043C0020D83DDE00");
}

TEST(Submit, AFullUcs2PartIs140Octets) {
  std::string text;
  for (int count = 0; count < 71; ++count) text += "ж";
  Envelope envelope;
  envelope.destination = mobile;
  envelope.status_report = false;
  envelope.reference = 7;
  const auto encoded = encode_part(segment(text).value(), 1, envelope);
  ASSERT_TRUE(encoded);
  EXPECT_TRUE(
      encoded->hex.starts_with("0041000B911497214365F700088C050003070201"
                               "0436"));
  EXPECT_EQ(encoded->length, 2 + 8 + 2 + 1 + 140);
}

TEST(Submit, AClassMakesAFlashMessage) {
  Envelope envelope;
  envelope.destination = "0791234567";
  envelope.status_report = false;
  envelope.message_class = 0;
  EXPECT_EQ(part("now", 1, envelope), "0001000A817019325476001003EEF71D");
}

TEST(Submit, OnlyPartsThatExistAreEncoded) {
  Envelope envelope;
  envelope.destination = mobile;
  const auto cut = segment("x").value();
  EXPECT_FALSE(encode_part(cut, 0, envelope));
  EXPECT_FALSE(encode_part(cut, 2, envelope));
  envelope.message_class = 4;
  EXPECT_FALSE(encode_part(cut, 1, envelope));
  envelope.message_class.reset();
  for (const char* bad : {"", "+", "+4179x", "+41 79", "+123456789012345678901"}) {
    envelope.destination = bad;
    const auto encoded = encode_part(cut, 1, envelope);
    ASSERT_FALSE(encoded) << bad;
    EXPECT_EQ(encoded.error().code, "address-invalid") << bad;
  }
}

Submit full() {
  Submit submit;
  submit.service_centre = number_address("+41794999000").value();
  submit.reject_duplicates = true;
  submit.status_report = true;
  submit.reply_path = true;
  submit.message_reference = 0x5A;
  submit.destination = number_address("0791234567").value();
  submit.protocol = 0x41;
  submit.user_data = user_data("Hallo").value();
  return submit;
}

TEST(Submit, EveryFlagAndFieldComesBack) {
  const Submit submit = full();
  const auto encoded = encode(submit);
  ASSERT_TRUE(encoded);
  EXPECT_EQ(encoded->hex.substr(0, 20), "07911497949900F0A55A");
  EXPECT_EQ(static_cast<std::size_t>(encoded->length) * 2 + 16, encoded->hex.size());
  EXPECT_EQ(decode_submit(encoded->hex).value(), submit);
}

TEST(Submit, EveryFormOfValidityComesBack) {
  Submit submit = full();
  for (const Validity& validity : {Validity{RelativeValidity{0xA7}}, Validity{Timestamp{2026, 3, 1, 8, 30, 0, -300}},
                                   Validity{EnhancedValidity{{0x43, 0x10, 0x20, 0x30, 0, 0, 0}}}}) {
    submit.validity = validity;
    EXPECT_EQ(decode_submit(encode(submit)->hex).value(), submit);
  }
}

TEST(Submit, WhatDoesNotFitOrAgreeIsRefused) {
  Submit submit = full();
  submit.user_data.payload.assign(161, 'a');
  EXPECT_EQ(encode(submit).error().code, "text-too-long");
  submit.user_data.payload.assign(154, 'a');
  append(submit.user_data.header, Concatenation{1, 2, 1, false});
  EXPECT_EQ(encode(submit).error().code, "text-too-long");
  submit.user_data.payload.resize(153);
  EXPECT_TRUE(encode(submit));
  submit.user_data.payload[0] = 0x80;
  EXPECT_NE(encode(submit).error().sentence.find("TP-UD"), std::string::npos);
  submit.user_data.payload[0] = 'a';
  submit.coding_scheme = 0x08;
  EXPECT_NE(encode(submit).error().sentence.find("TP-DCS"), std::string::npos);
  submit.user_data.encoding = Encoding::ucs2;
  submit.user_data.payload.assign(3, 0);
  EXPECT_FALSE(encode(submit));
  submit.user_data.header.octets.assign(200, 0);
  EXPECT_FALSE(encode(submit));
}

struct Bad {
  const char* hex;
  const char* code;
  const char* field;
};

TEST(Submit, MalformedOnesNameTheField) {
  const std::vector<Bad> rows{
      {"", "pdu-truncated", "service centre"},
      {"0G", "hex-invalid", ""},
      {"001", "hex-invalid", ""},
      {"0D91", "pdu-invalid", "service centre"},
      {"0791", "pdu-truncated", "service centre"},
      {"00", "pdu-truncated", "TP-MTI"},
      {"0000000B916407281553F80000AA0AE8329BFD4697D9EC37", "pdu-type", "TP-MTI"},
      {"0011", "pdu-truncated", "TP-MR"},
      {"00110015916407281553F80000AA00", "pdu-invalid", "TP-DA"},
      {"0011000B9164072815", "pdu-truncated", "TP-DA"},
      {"0011000B916407281553F8", "pdu-truncated", "TP-PID"},
      {"0011000B916407281553F800", "pdu-truncated", "TP-DCS"},
      {"0011000B916407281553F80020AA00", "dcs-compressed", "TP-DCS"},
      {"0011000B916407281553F80000", "pdu-truncated", "TP-VP"},
      {"0019000B916407281553F80000AABB", "pdu-truncated", "TP-VP"},
      {"0011000B916407281553F80000AA", "pdu-truncated", "TP-UDL"},
      {"0011000B916407281553F80000AAA1", "pdu-invalid", "TP-UDL"},
      {"0011000B916407281553F80004AA8D", "pdu-invalid", "TP-UDL"},
      {"0011000B916407281553F80000AA0AE8329BFD4697D9EC", "pdu-truncated", "TP-UD"},
      {"0011000B916407281553F80008AA03000000", "pdu-invalid", "TP-UD"},
      {"0051000B916407281553F80004AA020500", "pdu-invalid", "TP-UDH"},
      {"0051000B916407281553F80004AA00", "pdu-invalid", "TP-UDH"},
      {"0011000B916407281553F80000AA0AE8329BFD4697D9EC3700", "pdu-invalid", "TP-UD"},
  };
  for (const Bad& row : rows) {
    const auto submit = decode_submit(row.hex);
    ASSERT_FALSE(submit) << row.hex;
    EXPECT_EQ(submit.error().code, row.code) << row.hex << ": " << submit.error().sentence;
    EXPECT_NE(submit.error().sentence.find(row.field), std::string::npos) << row.hex << ": " << submit.error().sentence;
  }
}

}  // namespace
}  // namespace burstd::pdu
