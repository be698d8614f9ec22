// burstctl pdu: what is printed for a PDU and for a text, and what is refused. Published PDUs name their source.
#include <boost/json/parse.hpp>

#include "bench.hpp"
#include "ctl/pdu/pdu_json.hpp"
#include "ctl/words/dialled.hpp"
#include "ctl/words/look.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

std::string mt(std::string_view hex) { return pdu_to_json(Direction::mt, hex).value(); }
std::string mo(std::string_view hex) { return pdu_to_json(Direction::mo, hex).value(); }

std::string refusal(Direction direction, std::string_view hex) {
  const auto read = pdu_to_json(direction, hex);
  return read ? "read as " + *read : read.error().sentence;
}

// A deliver from +41791234567, 2026-03-01 08:00:40+01:00, TP-DCS and TP-UDL to be added.
const std::string sender = "07911497949900F0040B911497214365F700";
const std::string taken = "62301080000440";

// The encoder's word for a text, parsed.
json::object pdus_of(std::string_view text, pdu::Envelope envelope = {"+41791234567", false, {}, 0, {}}) {
  return json::parse(text_to_pdus(text, std::move(envelope)).value()).as_object();
}

std::string first_pdu(const json::object& said) { return text(list(said, "pdus").at(0).as_object(), "pdu"); }

TEST(PduJson, ADeliverHasTheMembersThatApplyInTheirOrder) {
  EXPECT_EQ(mt("07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07"),
            R"({"type":"SMS-DELIVER","smsc":"+31624000000","address":"+31641600986","text":"How are you?",)"
            R"("encoding":"gsm7","timestamp":"2002-08-26T19:37:41+00:00"})")
      << "oFono and python-messaging; minus nothing is plus nothing";
  EXPECT_EQ(mt("07914306073011F0040B914316709807F2000880604290224080084E2D5174901A8BAF"),
            R"({"type":"SMS-DELIVER","smsc":"+34607003110","address":"+34610789702","text":"中兴通讯",)"
            R"("encoding":"ucs2","timestamp":"2008-06-24T09:22:04+02:00"})")
      << "python-messaging";
  EXPECT_EQ(mt("06917228195339040B917228214365F70000313062315352800A800D8A5E98D337A910"),
            R"({"type":"SMS-DELIVER","smsc":"+2782913593","address":"+27821234567","text":"@{tést}!",)"
            R"("encoding":"gsm7","timestamp":"2013-03-26T13:35:25+02:00"})")
      << "python-gsmmodem";
}

TEST(PduJson, ANameAsSenderIsItsText) {
  EXPECT_THAT(mt("0791447758100650040DD0F334FC1CA6970100008080312170224008D4F29CDE0EA7D9"),
              HasSubstr(R"("address":"sipgate","text":"Testmail")"))
      << "oFono";
  EXPECT_THAT(
      mt("07919333852804000412D0F7FBDD454FB75D693A0000903002801153402BCD301E9F0605D9E971191483C140412A35690D52832063"
         "D2F9040599A058EE05A3BD6430580E"),
      HasSubstr(R"("address":"www.tim.it","text":"Maxxi Alice 100 ATTIVATA FINO AL 19/04/2009")"))
      << "python-messaging";
}

TEST(PduJson, APartOfALongMessageHasClassAndConcat) {
  EXPECT_EQ(
      mt("07919471227210244405852122F039F1015062712181804F050003190202E4E8309B5E7683DAFC319A5E76B340F73D9A5D7683A6E932"
         "68FD9ED3CB6EF67B0E5AD172B19B2C2693C9602E90355D6683A6F0B007946E8382F5393BEC26BB00"),
      R"({"type":"SMS-DELIVER","smsc":"+491722270142","address":"12220","text":"rhalten möchten, wählen Sie )"
      R"(kostenlos +4917212220. Viel Spaß im Ausland.","encoding":"gsm7","class":1,)"
      R"("timestamp":"2010-05-26T17:12:18+02:00","concat":{"reference":25,"total":2,"part":2}})")
      << "python-messaging";
}

TEST(PduJson, AWideReferenceAndPortsAreNamed) {
  EXPECT_EQ(mt("07911497949900F0440B911497214365F7000062301080030040180C08041234030205040B8423F0E8E5341BA4BF97D3"),
            R"({"type":"SMS-DELIVER","smsc":"+41794999000","address":"+41791234567","text":"teil zwei",)"
            R"("encoding":"gsm7","timestamp":"2026-03-01T08:30:00+01:00",)"
            R"("concat":{"reference":4660,"total":3,"part":2},"ports":{"destination":2948,"source":9200}})");
  EXPECT_EQ(mo("0041000B911497214365F70004070404021122DEAD"),
            R"({"type":"SMS-SUBMIT","address":"+41791234567","data_hex":"DEAD","encoding":"8bit",)"
            R"("message_reference":0,"ports":{"destination":17,"source":34}})");
}

TEST(PduJson, AStatusReportHasStatusReferenceAndBothTimes) {
  EXPECT_EQ(mt("07914306073011F006270B913426565711F7012081111345400120811174054043"),
            R"({"type":"SMS-STATUS-REPORT","smsc":"+34607003110","address":"+43626575117",)"
            R"("timestamp":"2010-02-18T11:31:54+01:00","discharge_time":"2010-02-18T11:47:50+01:00","status":67,)"
            R"("message_reference":39})")
      << "python-messaging";
  EXPECT_EQ(mt("0006D60B911326880736F4111011719551401110117195714000"),
            R"({"type":"SMS-STATUS-REPORT","address":"+31628870634","timestamp":"2011-01-11T17:59:15+01:00",)"
            R"("discharge_time":"2011-01-11T17:59:17+01:00","status":0,"message_reference":214})")
      << "python-gsmmodem; without a service centre";
  EXPECT_THAT(mt("0006D60B911326880736F411101171955140111011719571400007001003E2B01C"),
              HasSubstr(R"("address":"+31628870634","text":"bar","encoding":"gsm7","class":0,"timestamp")"))
      << "with user data of its own";
}

TEST(PduJson, ASubmitHasAReferenceAndNoTime) {
  EXPECT_EQ(mo("07911326040000F0310D0B911326880736F40000A90FF7FBDD454E87CDE1B0DB357EB701"),
            R"({"type":"SMS-SUBMIT","smsc":"+31624000000","address":"+31628870634","text":"www.diafaan.com",)"
            R"("encoding":"gsm7","message_reference":13})")
      << "python-gsmmodem";
  EXPECT_EQ(mo("0591721891F101000B917228214365F700040C48656C6C6F20776F726C6421"),
            R"({"type":"SMS-SUBMIT","smsc":"+2781191","address":"+27821234567",)"
            R"("data_hex":"48656C6C6F20776F726C6421","encoding":"8bit","message_reference":0})")
      << "python-gsmmodem; 8-bit data is no text";
  EXPECT_EQ(mo("0019000B917228001011F100003170013193008017D474BB3CA787DB70903DCC4E93D3F43C885E9ED301"),
            R"({"type":"SMS-SUBMIT","address":"+27820001111","text":"Timestamp validity test",)"
            R"("encoding":"gsm7","message_reference":0})")
      << "python-gsmmodem; an absolute validity is no time stamp";
  EXPECT_THAT(
      mo("0041000B915121551532F40000631A0A031906200A032104100A032705040A032E05080A043807002B8ACD29A85D9ECFC3E7F21C34"
         "0EBB41E3B79B1E4EBB41697A989D1EB340E2379BCC02B1C3F27399059AB7C36C3628EC2683C66FF65B5E2683E8653C1D"),
      HasSubstr(R"("text":"EMS messages can contain italic, bold, large, small and colored text")"))
      << "oFono; a header of formats only";
}

TEST(PduJson, WhatIsNotThereIsLeftOut) {
  const std::string no_date = mt(sender + "00" + "00000000000000" + "00");
  EXPECT_EQ(no_date,
            R"({"type":"SMS-DELIVER","smsc":"+41794999000","address":"+41791234567","text":"","encoding":"gsm7"})");
  EXPECT_THAT(mt("0004009100006230108000044000"), HasSubstr(R"("address":"","text":"")")) << "an address of no digit";
  EXPECT_THAT(mt("0191040B911497214365F700006230108000044000"), StartsWith(R"({"type":"SMS-DELIVER","address")"))
      << "a service centre of no digit";
}

TEST(PduJson, EveryClassIsAnInteger) {
  for (const char number : {'0', '1', '2', '3'}) {
    const std::string wanted = std::string("\"class\":") + number;
    EXPECT_THAT(mt(sender + "1" + number + taken + "00"), HasSubstr(wanted));
    EXPECT_THAT(mt(sender + "F" + number + taken + "00"), HasSubstr(wanted));
  }
  EXPECT_THAT(mt(sender + "C8" + taken + "00"), testing::Not(HasSubstr("class"))) << "a voice mail waits";
}

TEST(PduJson, TextsThatJsonCannotHoldAsTheyAreStayJson) {
  const auto shown = [](const std::string& user_data) {
    return text(json::parse(mt(sender + "08" + taken + user_data)).as_object(), "text");
  };
  EXPECT_EQ(shown("04D83D0041"), "\uFFFDA") << "a lone high surrogate";
  EXPECT_EQ(shown("04DC000041"), "\uFFFDA") << "a lone low surrogate";
  EXPECT_EQ(shown("02D83D"), "\uFFFD") << "one at the very end";
  EXPECT_EQ(shown("04D83CDFE5"), "🏥");
}

TEST(PduJson, ControlCharactersAreEscaped) {
  EXPECT_THAT(mt(sender + "08" + taken + "0A000000090022005C001B"), HasSubstr(R"("text":"\u0000\t\"\\\u001b")"));
  EXPECT_THAT(mt(sender + "08" + taken + "0A007F0080009B009F00A0"), HasSubstr("\"\\u007f\\u0080\\u009b\\u009f\u00A0\""))
      << "those that a terminal may obey";
}

TEST(PduJson, HexIsReadInEitherCaseAndWithBlanksAround) {
  const std::string upper = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07";
  std::string lower = upper;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  EXPECT_EQ(mt(lower), mt(upper));
  EXPECT_EQ(mt(" \t" + lower + " \r\n"), mt(upper));
}

TEST(PduJson, ARefusalNamesTheFieldInOneLine) {
  const std::string deliver = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07";
  for (std::size_t size = 0; size < deliver.size(); ++size) {
    EXPECT_THAT(refusal(Direction::mt, std::string_view(deliver).substr(0, size)),
                MatchesRegex("[^\n]*(HEX|service centre|TP-(MTI|OA|PID|DCS|SCTS|UDL|UD) ?)[^\n]*"))
        << size;
  }
  EXPECT_THAT(refusal(Direction::mt, ""), StartsWith("HEX is empty"));
  EXPECT_THAT(refusal(Direction::mt, "079"), HasSubstr("odd number of digits"));
  EXPECT_THAT(refusal(Direction::mt, "07 91132"), HasSubstr("position 3 is not hexadecimal"));
  EXPECT_THAT(refusal(Direction::mt, std::string("00\0004", 4)), HasSubstr("HEX is not valid"));
  EXPECT_THAT(refusal(Direction::mt, "0D91"), HasSubstr("service centre"));
  EXPECT_THAT(refusal(Direction::mt, "0001"), StartsWith("TP-MTI is neither"));
  EXPECT_THAT(refusal(Direction::mo, deliver), StartsWith("TP-MTI"));
  EXPECT_THAT(refusal(Direction::mt, sender + "20" + taken + "00"), StartsWith("TP-DCS"));
  EXPECT_THAT(refusal(Direction::mt, sender + "00" + taken + "A1"), StartsWith("TP-UDL"));
  EXPECT_THAT(refusal(Direction::mt, sender + "08" + taken + "0141"), StartsWith("TP-UD "));
  EXPECT_THAT(refusal(Direction::mo, "0041010C910661345542F60008A0050003000301306F3044"), StartsWith("TP-UDL"))
      << "python-gsmmodem calls the length of this one invalid";
  EXPECT_THAT(refusal(Direction::mo, "0001000B914316565811F9000004E8373B0C00"), StartsWith("TP-UD ")) << "goes on";
}

TEST(PduJson, AReservedTypeIsReadAsADeliverAsTheStandardDemands) {
  EXPECT_THAT(mt("00070B911497214365F700006230108000044000"), StartsWith(R"({"type":"SMS-DELIVER")"));
}

TEST(PduJson, PublishedSubmitsAreMade) {
  EXPECT_EQ(text_to_pdus("Hello World!", {"+27820001111", false, {}, 0, {}}).value(),
            R"({"encoding":"gsm7","segments":1,"units_used":12,"units_per_segment":160,)"
            R"("pdus":[{"pdu":"0001000B917228001011F100000CC8329BFD065DDF72363904","length":24}]})")
      << "python-gsmmodem";
  using std::chrono::days;
  EXPECT_EQ(first_pdu(pdus_of("hola", {"+34616585119", false, days{4}, 0, {}})),
            "0011000B914316565811F90000AA04E8373B0C")
      << "python-messaging";
  EXPECT_EQ(first_pdu(pdus_of("hey yo", {"+34654123456", true, {}, 0, {}})), "0021000B914356143254F6000006E8721E947F03")
      << "python-messaging";
  EXPECT_EQ(first_pdu(pdus_of("hey yo", {"+34654123456", false, {}, 0, std::uint8_t{3}})),
            "0001000B914356143254F6001306E8721E947F03")
      << "python-messaging";
  EXPECT_EQ(first_pdu(pdus_of("Русский", {"655345678", false, days{4}, 0, {}})),
            "001100098156355476F80008AA0E0420044304410441043A04380439")
      << "python-messaging; a number as typed";
}

TEST(PduJson, APublishedLongTextIsCutAsPublished) {
  const json::object said = pdus_of(
      "Or walk with Kings - nor lose the common touch, if neither foes nor loving friends can hurt you, If all men "
      "count "
      "with you, but none too much; If you can fill the unforgiving minute With sixty seconds' worth of distance run, "
      "Yours is the Earth and everything thats in it, And - which is more - you will be a Man, my son",
      {"655345678", false, std::chrono::days{4}, 136, {}});
  EXPECT_EQ(text(said, "segments"), "3");
  EXPECT_THAT(first_pdu(said),
              StartsWith("005100098156355476F80000AAA00500038803019E72D03DCC5E83EE693A1AB44CBBCF73500B"));
  EXPECT_EQ(text(list(said, "pdus").at(2).as_object(), "pdu"),
            "005100098156355476F80000AA14050003880303C2A066D8CD02B5F3A0F9DB0D")
      << "python-messaging";
}

struct Cut {
  std::string text;
  std::string encoding;
  int segments, used, per_segment;
};

std::string times(std::string_view text, int count) {
  std::string all;
  while (count-- > 0) all += text;
  return all;
}

TEST(PduJson, TextsAreCountedAtEveryEdge) {
  for (const Cut& cut : std::vector<Cut>{{"", "gsm7", 1, 0, 160},
                                         {times("x", 160), "gsm7", 1, 160, 160},
                                         {times("x", 161), "gsm7", 2, 161, 153},
                                         {times("x", 306), "gsm7", 2, 306, 153},
                                         {times("x", 307), "gsm7", 3, 307, 153},
                                         {times("€", 80), "gsm7", 1, 160, 160},
                                         {times("€", 153), "gsm7", 3, 306, 153},
                                         {times("ő", 70), "ucs2", 1, 70, 70},
                                         {times("ő", 71), "ucs2", 2, 71, 67},
                                         {times("ő", 134), "ucs2", 2, 134, 67},
                                         {times("🏥", 35), "ucs2", 1, 70, 70},
                                         {times("🏥", 36), "ucs2", 2, 72, 67},
                                         {std::string("\0", 1), "ucs2", 1, 1, 70},
                                         {"\x1b", "ucs2", 1, 1, 70},
                                         {times("x", 255 * 153), "gsm7", 255, 255 * 153, 153}}) {
    const json::object said = pdus_of(cut.text);
    EXPECT_EQ(text(said, "encoding"), cut.encoding) << cut.text;
    EXPECT_EQ(count(said, "segments"), cut.segments) << cut.text;
    EXPECT_EQ(count(said, "units_used"), cut.used) << cut.text;
    EXPECT_EQ(count(said, "units_per_segment"), cut.per_segment) << cut.text;
    std::string whole;
    for (const json::value& each : list(said, "pdus")) {
      const json::object& pdu = each.as_object();
      EXPECT_EQ(static_cast<std::size_t>(count(pdu, "length")) * 2 + 2, text(pdu, "pdu").size());
      whole += text(json::parse(mo(text(pdu, "pdu"))).as_object(), "text");
    }
    EXPECT_EQ(whole, cut.text);
  }
}

TEST(PduJson, WhatCannotBeSentIsRefusedInOneLine) {
  const auto refused = [](const std::string& text, const std::string& number) {
    const auto made = text_to_pdus(text, {number, false, {}, 0, {}});
    return made ? "made " + *made : made.error().sentence;
  };
  EXPECT_THAT(refused(times("x", 255 * 153 + 1), "+41791234567"), HasSubstr("more than 255 messages"));
  EXPECT_THAT(refused("M\xFCller", "+41791234567"), HasSubstr("not UTF-8 at byte 2"));
  EXPECT_THAT(refused("\xED\xA0\x80", "+41791234567"), HasSubstr("not UTF-8")) << "a surrogate";
  EXPECT_EQ(refused("x", ""), "Phone number is missing.");
  EXPECT_THAT(refused("x", "Eva"), AllOf(StartsWith("Phone number is not valid"), HasSubstr("letters")));
}

TEST(Dialled, APlusSignMakesItInternational) {
  EXPECT_EQ(dialled("+41 79 123-45.67").value(), "+41791234567");
  EXPECT_EQ(dialled("+41 (0)79 123 45 67").value(), "+41791234567");
  EXPECT_EQ(dialled("+123456789012345").value(), "+123456789012345");
  for (const char* typed : {"+", "+0791234567", "+1234567890123456", "41+79", "+*100#", "++4179", "+41 (0)7"}) {
    EXPECT_FALSE(dialled(typed)) << typed;
  }
}

TEST(Dialled, WithoutOneItIsDialledAsTyped) {
  EXPECT_EQ(dialled("079 123 45 67").value(), "0791234567");
  EXPECT_EQ(dialled("0041 79 123 45 67").value(), "0041791234567");
  EXPECT_EQ(dialled("9292").value(), "9292");
  EXPECT_EQ(dialled(" *100# ").value(), "*100#");
  EXPECT_EQ(dialled("12345678901234567890").value(), "12345678901234567890");
  for (const char* typed :
       {"", "  ", "123456789012345678901", "abc", "0x79", "12;34", "*1-2", "*1*2*3*4*5*6*7*8*9*0#", "\xFF"}) {
    EXPECT_FALSE(dialled(typed)) << typed;
  }
}

class PduCommands : public Bench {};

TEST_F(PduCommands, NeedNoGateway) {
  EXPECT_EQ(run_bare({"pdu", "decode", "--direction", "mo", "0001000B914316565811F9000004E8373B0C"}), 0) << err;
  EXPECT_EQ(out, R"({"type":"SMS-SUBMIT","address":"+34616585119","text":"hola","encoding":"gsm7",)"
                 R"("message_reference":0})"
                 "\n");
  EXPECT_EQ(run_bare({"pdu", "encode", "--to", "+34616585119", "--text", "hola", "--json", "--socket", "/nowhere"}), 0);
  EXPECT_EQ(out, R"({"encoding":"gsm7","segments":1,"units_used":4,"units_per_segment":160,)"
                 R"("pdus":[{"pdu":"0001000B914316565811F9000004E8373B0C","length":17}]})"
                 "\n");
  EXPECT_EQ(err, "");
}

TEST_F(PduCommands, AMalformedPduIsOneLineAndWrongUsage) {
  for (const char* hex : {"", " ", "0", "zz", "00", "0001", "-"}) {
    EXPECT_EQ(run_bare({"pdu", "decode", "--direction", "mt", hex}), 2) << hex;
    EXPECT_EQ(out, "");
    EXPECT_THAT(err, MatchesRegex("burstctl: [^\n]+\n"));
  }
}

TEST_F(PduCommands, ADashReadsThePduFromStandardInput) {
  EXPECT_EQ(run_bare({"pdu", "decode", "--direction=mo", "-"}, "0001000b914316565811f9000004e8373b0c\r\n"), 0) << err;
  EXPECT_THAT(out, HasSubstr("\"hola\""));
}

TEST_F(PduCommands, EveryOptionOfEncodeReachesThePdu) {
  EXPECT_EQ(run_bare({"pdu", "encode", "--to", "079 123", "--text", times("x", 161), "--report", "--validity", "6",
                      "--class", "0", "--reference", "010"}),
            0)
      << err;
  EXPECT_THAT(out, AllOf(HasSubstr("\"pdu\":\"00710006817019320010"
                                   "01A00500030A0201"),
                         HasSubstr("\"pdu\":\"0071000681701932001001"
                                   "0F0500030A0202")));
}

TEST_F(PduCommands, TheTextComesFromStandardInputWithoutItsLastLineEnd) {
  EXPECT_EQ(run_bare({"pdu", "encode", "--to", "1"}, "hola\n"), 0) << err;
  EXPECT_THAT(out, HasSubstr("\"units_used\":4,"));
  EXPECT_EQ(run_bare({"pdu", "encode", "--to", "1"}, "a\n\n"), 0);
  EXPECT_THAT(out, HasSubstr("\"units_used\":2,")) << "one line end of two";
  EXPECT_EQ(run_bare({"pdu", "encode", "--to", "1"}, "M\xFCller\n"), 1);
  EXPECT_EQ(out, "");
  EXPECT_THAT(err, MatchesRegex("burstctl: The text is not UTF-8 at byte 2[^\n]*\n"));
}

TEST_F(PduCommands, AnEmptyTextGivenIsNotAskedForAgain) {
  EXPECT_EQ(run_bare({"pdu", "encode", "--to", "1", "--text", ""}, "other"), 0) << err;
  EXPECT_THAT(out, HasSubstr("\"segments\":1,\"units_used\":0,\"units_per_segment\":160"));
  EXPECT_EQ(run_bare({"pdu", "encode", "--to", "1", "--text", "-5 degrees"}), 0) << "a dash begins no option here";
  EXPECT_THAT(out, HasSubstr("\"units_used\":10,"));
}

TEST_F(PduCommands, WhatCannotBeSentEndsWithOneAndWhatCannotBeMeantWithTwo) {
  for (const char* number : {"", "Eva", "+0", "123456789012345678901"}) {
    EXPECT_EQ(run_bare({"pdu", "encode", "--to", number, "--text", "x"}), 1) << number;
    EXPECT_THAT(err, MatchesRegex("burstctl: [^\n]+\n"));
    EXPECT_EQ(out, "");
  }
  const std::vector<std::vector<std::string>> wrong{
      {"--validity", "0"}, {"--validity", "635041"}, {"--validity", "1.5"},  {"--validity", ""}, {"--class", "4"},
      {"--class", "-1"},   {"--reference", "256"},   {"--reference", "0x1"}, {"--what"}};
  for (std::vector<std::string> words : wrong) {
    words.insert(words.begin(), {"pdu", "encode", "--to", "1", "--text", "x"});
    EXPECT_EQ(run_bare(words), 2) << words.back();
    EXPECT_EQ(out, "");
    EXPECT_THAT(err, HasSubstr("See: burstctl pdu encode --help\n"));
  }
}

TEST_F(PduCommands, WrongUsageIsNotMistakenForAPdu) {
  const std::vector<std::vector<std::string>> wrong{{"pdu"},
                                                    {"pdu", "fly"},
                                                    {"pdu", "decode", "00"},
                                                    {"pdu", "decode", "--direction", "mt"},
                                                    {"pdu", "decode", "--direction", "MT", "00"},
                                                    {"pdu", "decode", "--direction", "mt", "00", "01"},
                                                    {"pdu", "encode", "--text", "x"}};
  for (const auto& words : wrong) {
    EXPECT_EQ(run_bare(words), 2) << words.back();
    EXPECT_EQ(out, "");
    EXPECT_THAT(err, HasSubstr("See: burstctl pdu"));
  }
}

TEST_F(PduCommands, HaveHelp) {
  for (const char* command : {"decode", "encode"}) {
    EXPECT_EQ(run_bare({"pdu", command, "--help"}), 0);
    EXPECT_THAT(out, HasSubstr(std::string("Usage: burstctl pdu ") + command));
  }
  EXPECT_EQ(run_bare({"--help"}), 0);
  EXPECT_THAT(out, HasSubstr("decode, encode"));
}

}  // namespace
}  // namespace burstd::ctl
