#include "at/reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "at/command.hpp"
#include "at/text.hpp"
#include "at/urc.hpp"

namespace burstd::at {
namespace {

TEST(FailureOf, reads_numbers_words_and_bare_errors) {
  EXPECT_EQ(failure_of("+CMS ERROR: 500")->code, 500);
  EXPECT_EQ(failure_of("+CMS ERROR:302")->code, 302);
  EXPECT_EQ(failure_of("+cme error: 10")->kind, Failure::Kind::cme);
  EXPECT_EQ(failure_of("+CMS ERROR: unknown error")->code, 500);
  EXPECT_EQ(failure_of("+CME ERROR: SIM PIN required")->code, 11);
  EXPECT_EQ(failure_of("ERROR")->kind, Failure::Kind::error);
  EXPECT_EQ(failure_of("COMMAND NOT SUPPORT")->kind, Failure::Kind::error);
  EXPECT_EQ(failure_of("+CMS ERROR: gibberish")->kind, Failure::Kind::error);
  EXPECT_EQ(failure_of("+CMS ERROR: 99999999999")->kind, Failure::Kind::error);
}

TEST(FailureOf, leaves_every_other_line_alone) {
  for (const char* line : {"OK", "NO CARRIER", "ERROR CORRECTION", "+CMGS: 500", "+CMS", "^ERROR", ""})
    EXPECT_FALSE(failure_of(line)) << line;
}

TEST(SubmitReference, is_an_octet_or_nothing) {
  EXPECT_EQ(submit_reference("+CMGS: 0"), 0);
  EXPECT_EQ(submit_reference("+CMGS:255"), 255);
  EXPECT_EQ(submit_reference("+CMGS: 12,\"07911326\""), 12);
  EXPECT_FALSE(submit_reference("+CMGS: 256"));
  EXPECT_FALSE(submit_reference("+CMGS:"));
  EXPECT_FALSE(submit_reference("+CMGR: 1"));
}

TEST(Registration, is_read_from_answers_and_from_events) {
  EXPECT_EQ(registration("+CREG: 0,1"), 1);
  EXPECT_EQ(registration("+CREG: 2,5,\"1A2B\",\"01020304\",7"), 5);
  EXPECT_EQ(registration("+CREG: 1"), 1);
  EXPECT_EQ(registration("+CREG: 5,\"1A2B\",\"0C3D\""), 5);
  EXPECT_EQ(registration("+CEREG:0,11"), 11);
  EXPECT_FALSE(registration("+CREG: x"));
}

TEST(Registration, allows_sending_in_six_states_only) {
  std::vector<int> sendable;
  for (int stat = 0; stat < 16; ++stat)
    if (can_send(stat)) sendable.push_back(stat);
  EXPECT_THAT(sendable, testing::ElementsAre(1, 5, 6, 7, 9, 10));
}

TEST(SignalStrength, is_unknown_at_99) {
  const base::Time eight = *base::from_rfc3339("2026-11-28T08:00:00Z");
  for (const char* told :
       {"+CCLK: \"26/11/28,09:00:00+04\"", "+CCLK: \"26/11/28,08:00:00+00\"", "+CCLK:\"2026/11/28,02:30:00-22\""})
    EXPECT_EQ(network_time(told), eight) << told;
  for (const char* told :
       {"+CCLK: \"26/11/28,09:00:00\"", "+CCLK: \"\"", "+CCLK:", "+CCLK: \"26/13/28,09:00:00+04\"",
        "+CCLK: \"26/11/28,09:00:00+0x\"", "+CCLK: \"80/01/06,00:00:16+00\"", "+CCLK: \"1970/01/01,00:00:16+00\""})
    EXPECT_FALSE(network_time(told)) << told;
  EXPECT_EQ(signal_strength("+CSQ: 17,99"), 17);
  EXPECT_EQ(signal_strength("+CSQ:0,0"), 0);
  EXPECT_FALSE(signal_strength("+CSQ: 99,99"));
}

TEST(OperatorName, may_hold_commas_and_may_be_missing) {
  EXPECT_EQ(operator_name("+COPS: 0,0,\"Mobile, Inc\",7"), "Mobile, Inc");
  EXPECT_EQ(operator_name("+COPS: 0"), "");
}

TEST(SimLock, is_read_with_or_without_quotes_and_blanks) {
  EXPECT_EQ(sim_lock("+CPIN: READY"), SimLock::ready);
  EXPECT_EQ(sim_lock("+CPIN:\"READY\""), SimLock::ready);
  EXPECT_EQ(sim_lock("+CPIN: SIM PIN"), SimLock::pin);
  EXPECT_EQ(sim_lock("+CPIN: SIM PUK"), SimLock::puk);
  EXPECT_EQ(sim_lock("+CPIN: SIM PIN2"), SimLock::ready);
  EXPECT_EQ(sim_lock("+CPIN: PH-NET PIN"), SimLock::other);
}

TEST(ReportRoute, agrees_but_for_the_last_field) {
  EXPECT_EQ(report_route("+CNMI: 2, 1,0,1,0"), "2,1,0,1,0");
  EXPECT_TRUE(same_route("2,1,0,1,0", "2,1,0,1,1"));
  EXPECT_FALSE(same_route("2,1,0,1,0", "2,1,0,0,0"));
  EXPECT_FALSE(same_route("2,1,0,1,0", "2,1"));
}

TEST(ReportRoute, tells_its_kind_by_its_fourth_number) {
  EXPECT_EQ(report_kind("2,1,0,2,0"), 2);
  EXPECT_EQ(report_kind("2,1,0,0,0"), 0);
  EXPECT_EQ(report_kind("2,1"), -1);
}

TEST(MessageService, skips_a_number_too_many) {
  EXPECT_EQ(message_service("+CSMS: 1,1,1,1"), 1);
  EXPECT_EQ(message_service("+CSMS: 0,1,1,1"), 0);
  EXPECT_EQ(message_service("+CSMS: 1,0,1,1,1"), 0);
  EXPECT_FALSE(message_service("+CSMS:"));
}

TEST(Identity, is_read_in_the_forms_modems_give_it) {
  EXPECT_EQ(words_of({"Example Modems"}), "Example Modems");
  EXPECT_EQ(words_of({"+CGMM: \"X-100, rev: B\""}), "X-100, rev: B");
  EXPECT_EQ(words_of({"Revision:1418B05", "extra"}), "Revision:1418B05 extra");
  EXPECT_EQ(words_of({}), "");
  EXPECT_EQ(digits_of({"490154203237518"}), "490154203237518");
  EXPECT_EQ(digits_of({"+CGSN: \"490154203237518\""}), "490154203237518");
  EXPECT_EQ(digits_of({"+CCID: 8949012345678901234F"}), "8949012345678901234");
  EXPECT_EQ(digits_of({"none"}), "");
}

TEST(Stored, pairs_heads_with_their_pdus) {
  const auto one = stored({"+CMGR: 1,,25", "07AA"});
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].stat, 1);
  const auto two = stored({"+CMGL: 7,0,,25", "07AA", "+CMGL: 9,3,\"\",25", "07BB", "+CMGL: 10,1,,25"});
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0].index, 7);
  EXPECT_EQ(two[1].index, 9);
  EXPECT_EQ(two[1].stat, 3);
  EXPECT_EQ(two[1].pdu, "07BB");
}

TEST(HeadOf, knows_the_forms_in_which_a_pdu_is_announced) {
  for (const char* line :
       {"+CDS: 24", "+CDS:24", "+CDS: ,24", "+CMT: ,24", "+CMT: \"Anna\",24", "+CMT: 24", "+CBM: 24"}) {
    const auto head = head_of(line);
    ASSERT_TRUE(head) << line;
    EXPECT_EQ(head->digits, 48U) << line;
    EXPECT_NE(head->kind, Head::Kind::text) << line;
  }
  EXPECT_EQ(head_of("+CMT: \"+15550100\",,\"26/03/01,08:00:00+00\"")->kind, Head::Kind::text);
  EXPECT_FALSE(head_of("+CDS: 6,12,\"+15550100\",145,\"26/03/01\",\"26/03/01\",0"));
  EXPECT_FALSE(head_of("+CMTI: \"SM\",3"));
}

TEST(HeadOf, takes_only_a_plausible_pdu_for_its_body) {
  const auto head = head_of("+CDS: 12");
  EXPECT_TRUE(is_body(*head, std::string(24, 'A')));
  EXPECT_TRUE(is_body(*head, std::string(40, 'a')));
  EXPECT_FALSE(is_body(*head, std::string(22, 'A')));
  EXPECT_FALSE(is_body(*head, "OK"));
}

TEST(HeadOf, cuts_padding_that_ends_within_an_octet) {
  const auto head = head_of("+CDS: 12");
  ASSERT_TRUE(is_body(*head, std::string(31, 'A')));
  EXPECT_EQ(std::get<StatusReport>(event_of(*head, std::string(31, 'A'))).pdu, std::string(30, 'A'));
}

TEST(CardNumber, begins_with_89_and_has_the_length_of_one) {
  EXPECT_EQ(card_number({"+CCID: \"8949012345678901234F\""}), "8949012345678901234");
  EXPECT_EQ(card_number({"^ICCID: 89490123456789012345"}), "89490123456789012345");
  for (const char* line : {"490154203237518", "262011234567890", "8949", "98941032547698103254", "none"})
    EXPECT_EQ(card_number({line}), "") << line;
}

TEST(OffersRoute, reads_lists_and_ranges_and_forbids_nothing_it_cannot_read) {
  constexpr const char* direct_only = "+CNMI: (0-3),(0-3),(0,2),(0,1),(0,1)";
  EXPECT_TRUE(offers_route(direct_only, "2,1,0,1,0"));
  EXPECT_FALSE(offers_route(direct_only, "2,1,0,2,0"));
  constexpr const char* none = "+CNMI: (0,1,2),(0,1),(0,2),(0),(1)";
  EXPECT_FALSE(offers_route(none, "2,1,0,1,0"));
  EXPECT_FALSE(offers_route(none, "2,1,0,0,0"));
  EXPECT_TRUE(offers_route(none, "2,1,0,0,1"));
  EXPECT_TRUE(offers_route("+CNMI: (0-2), (0-1), (0-3), (0,2), (0-1)", "2,1,0,2,1"));
  EXPECT_TRUE(offers_route("+CNMI: 2,(0-1),0,1", "2,1,0,1,0"));
  EXPECT_FALSE(offers_route("+CNMI: 1,(0-1),0,1", "2,1,0,1,0"));
  for (const char* line : {"+CNMI:", "+CNMI: ()", "+CNMI: (all),(),x", "+CNMI: (0-3)"})
    EXPECT_TRUE(offers_route(line, "2,1,0,1,0")) << line;
}

TEST(Memories, are_read_in_every_form_that_was_seen) {
  using testing::ElementsAre;
  EXPECT_THAT(memories("+CPMS: (\"SM\",\"ME\",\"SR\"),(\"SM\",\"ME\"),(\"SM\")"), ElementsAre("SM", "ME", "SR"));
  EXPECT_THAT(memories("+CPMS: \"ME\",\"MT\",\"SM\""), ElementsAre("ME", "MT", "SM"));
  EXPECT_THAT(memories("+CPMS: (),(),()"), testing::IsEmpty());
  EXPECT_THAT(memories("+CPMS: (\"ME\",\"MT\"),(\"ME\",\"SM\",\"MT\"),(\"SM\",\"MT\")"), ElementsAre("ME", "MT"));
  EXPECT_THAT(memories("+CPMS: ((\"SM\",\"BM\",\"SR\"),(\"SM\"))"), ElementsAre("SM", "BM", "SR"));
  EXPECT_THAT(memories("+CPMS: (SM,ME),(SM)"), ElementsAre("SM", "ME"));
  EXPECT_THAT(memories("+CPMS: \"SM\",3,50,\"ME\",10,99,\"MT\",13,149"), ElementsAre("SM", "ME", "MT"));
  EXPECT_THAT(memories("+CPMS:"), testing::IsEmpty());
}

TEST(IsBusy, is_true_of_the_four_errors_that_pass) {
  for (const char* line : {"+CME ERROR: 14", "+CME ERROR: 515", "+CMS ERROR: 314", "+CMS ERROR: 515"})
    EXPECT_TRUE(is_busy(*failure_of(line))) << line;
  for (const char* line : {"+CMS ERROR: 14", "+CME ERROR: 314", "+CME ERROR: 10", "ERROR"})
    EXPECT_FALSE(is_busy(*failure_of(line))) << line;
}

TEST(Command, takes_only_lines_that_belong_to_its_answer) {
  EXPECT_TRUE(ask("AT+CSQ", "+CSQ:").answers("+CSQ: 1,2"));
  EXPECT_FALSE(ask("AT+CSQ", "+CSQ:").answers("+CREG: 1"));
  EXPECT_FALSE(plain("AT").answers("anything"));
  EXPECT_TRUE(ask_words("+CGMI").answers("SIMPLE Ltd."));
  EXPECT_FALSE(ask_words("+CGMI").answers("^RSSI: 4"));
  EXPECT_FALSE(ask_words("+CGMI").answers("RING"));
  EXPECT_TRUE(ask_digits("^ICCID?").answers("^ICCID: 89490"));
  EXPECT_TRUE(ask_digits("+CCID").answers("8949012345678901234F"));
  EXPECT_FALSE(ask_digits("+CIMI").answers("Call Ready"));
}

}  // namespace
}  // namespace burstd::at
