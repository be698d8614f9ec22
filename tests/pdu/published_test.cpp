// PDUs that others have published, and what they say those hold. The octets and texts are facts; their sources:
//   python-messaging  https://github.com/pmarti/python-messaging, messaging/test/test_sms.py
//   oFono             https://git.kernel.org/pub/scm/network/ofono/ofono.git, unit/test-sms.c
#include <gtest/gtest.h>

#include "pdu/deliver.hpp"
#include "pdu/status_report.hpp"
#include "pdu/submit.hpp"

namespace burstd::pdu {
namespace {

struct Said {
  const char* hex;
  const char* number;
  const char* text;
};

TEST(PublishedSubmit, PythonMessagingsAreReadAndWrittenAgain) {
  for (const Said& row :
       std::vector<Said>{{"0001000B914316565811F9000004E8373B0C", "+34616585119", "hola"},
                         {"0019000B914316565811F900000170520251930004E8373B0C", "+34616585119", "hola"},
                         {"0011000B914316565811F90000AA04E8373B0C", "+34616585119", "hola"},
                         {"07914346466554F601000B914316565811F9000004E8373B0C", "+34616585119", "hola"},
                         {"0001000B914356143254F6001006E8721E947F03", "+34654123456", "hey yo"},
                         {"0001000B914356143254F6001306E8721E947F03", "+34654123456", "hey yo"},
                         {"0021000B914356143254F6000006E8721E947F03", "+34654123456", "hey yo"},
                         {"0011000B914356143254F60000AA04483E7B0F", "+34654123456", "Hölä"},
                         {"0001000B914356143254F6000009C2AD341104EDFB00", "+34654123456", "BÄRÇA äñ@"},
                         {"07914400000000F001000B811000000000F000040B48692074686572652E2E2E", "01000000000", ""},
                         {"07914346466554F601000B914316565811F9000806304253F68449", "+34616585119", "あ叶葉"},
                         {"001100098156355476F80008AA0E0420044304410441043A04380439", "655345678", "Русский"}}) {
    const auto submit = decode_submit(row.hex);
    ASSERT_TRUE(submit) << row.hex;
    EXPECT_EQ(to_text(submit->destination), row.number) << row.hex;
    EXPECT_EQ(text(submit->user_data), row.text) << row.hex;
    EXPECT_EQ(encode(*submit)->hex, row.hex);
  }
}

TEST(PublishedSubmit, ItsFieldsAreWhatPythonMessagingPutThere) {
  const auto absolute = decode_submit("0019000B914316565811F900000170520251930004E8373B0C").value();
  EXPECT_EQ(to_rfc3339(std::get<Timestamp>(*absolute.validity)), "2010-07-25T20:15:39+00:00");
  const auto relative = decode_submit("0011000B914316565811F90000AA04E8373B0C").value();
  EXPECT_EQ(duration(*relative.validity), std::chrono::days(4));
  const auto centre = decode_submit("07914346466554F601000B914316565811F9000004E8373B0C").value();
  EXPECT_EQ(to_text(*centre.service_centre), "+34646456456");
  EXPECT_EQ(encode(centre)->length, 17);
  EXPECT_TRUE(decode_submit("0021000B914356143254F6000006E8721E947F03")->status_report);
}

TEST(PublishedSubmit, ThreePartsByPythonMessaging) {
  const std::string kings =
      "Or walk with Kings - nor lose the common touch, if neither foes nor loving friends can hurt you, If all men "
      "count with "
      "you, but none too much; If you can fill the unforgiving minute With sixty seconds' worth of distance run, Yours "
      "is the "
      "Earth and everything thats in it, And - which is more - you will be a Man, my son";
  const std::vector<std::string> parts{
      "005100098156355476F80000AAA00500038803019E72D03DCC5E83EE693A1AB44CBBCF73500BE47ECB41ECF7BC0CA2A3CBA0F1BBDD7EBB41"
      "F4777D"
      "8C6681D26690BB9CA6A3CB7290F95D9E83DC6F3988FDB6A7DD6790599E2EBBC973D038EC06A1EB723A28FFAEB340493328CC6683DA653768"
      "FCAEBB"
      "E9A07B9A8E06E5DF7516485CA783DC6F7719447FBF41EDFA18BD0325CDA0FCBB0E1A87DD",
      "005100098156355476F80000AAA005000388030240E6349B0DA2A3CBA0BADBFC969FD3F6B4FB0C6AA7DD757A19744DD3D1A0791A4FCF83E6"
      "E5F1DB"
      "4D9E9F40F7B79C8E06BDCD20727A4E0FBBC76590BCEE6681B2EFBA7C0E4ACF41747419540CCBE96850D84D0695ED65799E8E4EBBCF203A3A"
      "4C9F83"
      "D26E509ACE0205DD64500B7447A7C768507A0E6ABFE565500B947FD741F7349B0D129741",
      "005100098156355476F80000AA14050003880303C2A066D8CD02B5F3A0F9DB0D"};
  Envelope envelope;
  envelope.destination = "655345678";
  envelope.status_report = false;
  envelope.validity = std::chrono::days(4);
  envelope.reference = 136;
  const auto cut = segment(kings).value();
  ASSERT_EQ(cut.segments.size(), parts.size());
  for (std::size_t part = 1; part <= parts.size(); ++part) {
    EXPECT_EQ(encode_part(cut, part, envelope)->hex, parts[part - 1]);
  }
}

TEST(PublishedSubmit, UnknownElementsOfOFonosFormattedTextsAreReadPast) {
  const auto coloured = decode_submit(
      "0041000B915121551532F40000631A0A031906200A032104100A032705040A032E05080A043807002B8ACD29A85D9ECFC3E7F21C340EBB41"
      "E3B79B1E"
      "4EBB41697A989D1EB340E2379BCC02B1C3F27399059AB7C36C3628EC2683C66FF65B5E2683E8653C1D");
  ASSERT_TRUE(coloured);
  EXPECT_EQ(text(coloured->user_data), "EMS messages can contain italic, bold, large, small and colored text");
  const auto found = elements(coloured->user_data.header);
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[4].identifier, 0x0A);
  EXPECT_EQ(found[4].data.size(), 4U);
  const auto formatted = decode_submit(
      "079194712272303351030B915121340195F60000FF80230A030F07230A031806130A031E0A430A032E0D830A033D14020A035104F60A0355"
      "010600159"
      "D9E83D2735018442FCFE98A243DCC4E97C92C90F8CD26B3407537B92C67A7DD65320B1476934173BA3CBD2ED3D1F277FD8C76299CEF3B280"
      "C92A7CF6"
      "83A28CC4E9FDD6532E8FE96935D");
  ASSERT_TRUE(formatted);
  EXPECT_EQ(text(formatted->user_data),
            "This is a test\nItalied, bold, underlined, and strikethrough.\nNow a right aligned word.");
  EXPECT_EQ(elements(formatted->user_data.header).size(), 7U);
}

TEST(PublishedSubmit, OneByOFono) {
  const char* hex = "079153485002020911000C915348870420140000A71154747A0E4ACF41F4F29C9E769F4121";
  const auto submit = decode_submit(hex);
  ASSERT_TRUE(submit);
  EXPECT_EQ(to_text(*submit->service_centre), "+358405202090");
  EXPECT_EQ(to_text(submit->destination), "+358478400241");
  EXPECT_EQ(text(submit->user_data), "This is testing !");
  EXPECT_EQ(encode(*submit)->hex, hex);
}

TEST(PublishedDeliver, PythonMessagingsAreRead) {
  for (const Said& row : std::vector<Said>{
           {"07914306073011F0040B914316709807F2000880604290224080084E2D5174901A8BAF", "+34610789702", "中兴通讯"},
           {"0791447758100650040C914497716247010000909010711423400A2050EC468B81C4733A", "+447917267410", "  1741 bst"},
           {"07919471060040340409D0C6A733390400009060920173018093CC74595C96838C4F6772085AD6DDE4320B444E9741D4B03C6D7EC3"
            "E9E9B71B"
            "9474D3CB727799DEA286CFE5B9991DA6CBC3F432E85E9793CBA0F09A9EB6A7CB72BA0B9474D3CB727799DE72D6E9FABAFB0CBAA7E5"
            "6490BA4CD7"
            "D34170F91BE4ACD3F575F7794E0F9F4161F1B92C2F8FD1EE32DD054AA2E520E3D3991C82A8E5701B",
            "FONIC",
            "Lieber FONIC Kunde, die Tarifoption Internet-Tagesflatrate wurde aktiviert. Internet-Nutzung wird jetzt "
            "pro "
            "Nutzungstag abgerechnet. Ihr FONIC Team"},
           {"07919333852804000412D0F7FBDD454FB75D693A0000903002801153402BCD301E9F0605D9E971191483C140412A35690D52832063"
            "D2F904"
            "0599A058EE05A3BD6430580E",
            "www.tim.it", "Maxxi Alice 100 ATTIVATA FINO AL 19/04/2009"}}) {
    const auto deliver = decode_deliver(row.hex);
    ASSERT_TRUE(deliver) << row.hex;
    EXPECT_EQ(to_text(deliver->originator), row.number);
    EXPECT_EQ(text(deliver->user_data), row.text);
    EXPECT_EQ(encode(*deliver)->hex, row.hex);
  }
}

TEST(PublishedDeliver, APartByPythonMessagingFromAnUnusualNumberingPlan) {
  const auto deliver = decode_deliver(
      "07919471227210244405852122F039F1015062712181804F050003190202E4E8309B5E7683DAFC319A5E76B340F73D9A5D7683A6E93268FD"
      "9ED3CB6E"
      "F67B0E5AD172B19B2C2693C9602E90355D6683A6F0B007946E8382F5393BEC26BB00");
  ASSERT_TRUE(deliver);
  EXPECT_EQ(deliver->originator, (Address{TypeOfNumber::unknown, 5, "12220"}));
  EXPECT_EQ(deliver->protocol, 0x39);
  EXPECT_EQ(concatenation(deliver->user_data.header), (Concatenation{25, 2, 2, false}));
  EXPECT_EQ(text(deliver->user_data), "rhalten möchten, wählen Sie kostenlos +4917212220. Viel Spaß im Ausland.");
}

TEST(PublishedDeliver, APartByOFonoInUcs2) {
  const auto deliver = decode_deliver(
      "038121F340048155550119906041001222044A0500031E0303043C043D043004420443002C0020043F043E043704300431044B0432000A04"
      "340430"
      "04360435002C002004470442043E002000200431044B043B0020043D04300433002E");
  ASSERT_TRUE(deliver);
  EXPECT_EQ(to_text(*deliver->service_centre), "123");
  EXPECT_EQ(to_text(deliver->originator), "5555");
  EXPECT_EQ(concatenation(deliver->user_data.header), (Concatenation{30, 3, 3, false}));
  EXPECT_EQ(text(deliver->user_data), "мнату, позабыв\nдаже, что  был наг.");
}

TEST(PublishedStatusReport, OneByPythonMessaging) {
  const auto report = decode_status_report("07914306073011F006270B913426565711F7012081111345400120811174054043");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->message_reference, 0x27);
  EXPECT_EQ(to_text(report->recipient), "+43626575117");
  EXPECT_EQ(to_rfc3339(report->timestamp), "2010-02-18T11:31:54+01:00");
  EXPECT_EQ(report->status, 0x43);
}

struct Packed {
  Alphabet alphabet;
  std::size_t count;
  const char* hex;
  const char* text;
};

TEST(PublishedAlphabets, OFonosAreRead) {
  for (const Packed& row :
       std::vector<Packed>{{{Language::turkish, Language::turkish},
                            0x1A,
                            "1BC586B2416D529BD786B7E96D7C1BE002C8011318870E",
                            "\f^{}\\[~]|ĞİŞç€ğış"},
                           {{Language::portuguese, Language::portuguese},
                            0x31,
                            "84C446B160381E1BC96662D9543696CD6583D9643C1BD42675D9F0C01B9F8602CC74B75C0EE68030ECF91D",
                            "êç\fÔôÁáΦΓ^ΩΠΨΣΘÊ{}\\[~]|ÀÍÓÚÃÕÂ€íóúãõâ"},
                           {{Language::spanish, Language::spanish},
                            0x26,
                            "9BC446B1A16C509BD4E6B5E16D7A1BDF06B8096E929BE7A6BA096FCA9BF4E6BDA903",
                            "ç\f^{}\\[~]|ÁÍÓÚá€íóú"}}) {
    EXPECT_EQ(septets_to_utf8(unpack_septets(base::from_hex(row.hex).value(), row.count), row.alphabet), row.text);
  }
}

}  // namespace
}  // namespace burstd::pdu
