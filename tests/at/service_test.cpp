// What the network answers to a service code (+CUSD), in the forms modems give it, and what happens to the lines around
// it; and a submission to a modem that shows no prompt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "at/command.hpp"
#include "at/urc.hpp"
#include "script.hpp"

namespace burstd::at {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* payload = "07911326040000F011000B911326880736F40000AA0AE8329BFD4697D9EC37";
constexpr const char* a_report = "07911326040000F0061B0B911326880736F4623010800000006230109000000000";

std::vector<std::string> said(const Effects& effects) {
  std::vector<std::string> all;
  for (const Effect& effect : effects) all.push_back(printed(effect));
  return all;
}

std::vector<std::string> heard(Dialogue& dialogue, const std::vector<std::string>& lines) {
  std::vector<std::string> all;
  for (const std::string& line : lines) {
    for (auto& each : said(dialogue.feed("\r\n" + line + "\r\n"))) all.push_back(std::move(each));
  }
  return all;
}

std::vector<std::string> heard(const std::vector<std::string>& lines) {
  Dialogue dialogue;
  return heard(dialogue, lines);
}

struct ServiceForm {
  const char* line;
  int status;
  const char* text;
  std::optional<int> coding;
};

TEST(ServiceAnswer, is_read_in_every_form_of_one_line) {
  const std::vector<ServiceForm> forms{
      {"+CUSD: 0,\"Credit 12.50\",15", 0, "Credit 12.50", 15},
      {"+CUSD:1,\"Credit 12.50\", 15", 1, "Credit 12.50", 15},
      {"+cusd: 0,\"Credit 12.50\"", 0, "Credit 12.50", std::nullopt},
      {"+CUSD: 0,\"Credit 12.50\",", 0, "Credit 12.50", std::nullopt},
      {"+CUSD: 0,\"12,50, until 1,2,\",72", 0, "12,50, until 1,2,", 72},
      {"+CUSD: 0,\"Tariff \"Smart\", 5 left\",15", 0, "Tariff \"Smart\", 5 left", 15},
      {"+CUSD: 0,\"Tariff \"Smart\"\"", 0, "Tariff \"Smart\"", std::nullopt},
      {"+CUSD: 0,\"\",15", 0, "", 15},
      {"+CUSD: 2", 2, "", std::nullopt},
      {"+CUSD: 4,", 4, "", std::nullopt},
      {"+CUSD: 0,\"00310032\",72", 0, "00310032", 72},
  };
  for (const ServiceForm& form : forms) {
    const Event event = event_of(std::string_view(form.line));
    const auto* answer = std::get_if<ServiceAnswer>(&event);
    ASSERT_NE(answer, nullptr) << form.line;
    EXPECT_EQ(answer->status, form.status) << form.line;
    EXPECT_EQ(answer->text, form.text) << form.line;
    EXPECT_EQ(answer->coding, form.coding) << form.line;
  }
}

TEST(ServiceAnswer, is_none_without_a_status) {
  for (const char* line : {"+CUSD:", "+CUSD: \"text\",15", "+CUSD: x,\"text\""}) {
    const Event event = event_of(std::string_view(line));
    EXPECT_TRUE(std::holds_alternative<Other>(event)) << line;
  }
}

TEST(ServiceAnswer, goes_on_over_several_lines_until_its_quote_is_closed) {
  EXPECT_THAT(heard({"+CUSD: 0,\"Credit: 12,50", "Call +49 171: 1", "Thank you\",15"}),
              ElementsAre("service 0 15 Credit: 12,50\nCall +49 171: 1\nThank you"));
  EXPECT_THAT(heard({"+CUSD: 0,\"Credit", "12.50", "\""}), ElementsAre("service 0 none Credit\n12.50\n"));
  EXPECT_THAT(heard({"+CUSD: 1,\"1 Credit", "2 Bonus\",72", "+CUSD: 2"}),
              ElementsAre("service 1 72 1 Credit\n2 Bonus", "service 2 none "));
}

TEST(ServiceAnswer, that_is_never_closed_swallows_no_report) {
  EXPECT_THAT(heard({"+CUSD: 0,\"Credit", "+CDS: 25", a_report}),
              ElementsAre("other +CUSD: 0,\"Credit", std::string("report ") + a_report));
}

TEST(ServiceAnswer, that_is_never_closed_swallows_no_announcement_although_that_has_quotes) {
  EXPECT_THAT(heard({"+CUSD: 0,\"Credit", "+CDSI: \"SR\",3", "+CREG: 1,\"1A2B\",\"0C3D\""}),
              ElementsAre("stored-report SR 3", "registration 1"));
}

TEST(ServiceAnswer, that_is_never_closed_swallows_neither_the_reference_nor_the_result_of_a_submission) {
  Dialogue dialogue;
  heard(dialogue, {"+CUSD: 0,\"Credit"});
  dialogue.start(submit(23, payload));
  dialogue.permit();
  dialogue.feed("\r\n> ");
  EXPECT_THAT(heard(dialogue, {"+CMGS: 7", "OK"}), ElementsAre("ok handed +CMGS: 7"));
}

TEST(ServiceAnswer, that_is_never_closed_ends_after_a_while) {
  Dialogue dialogue;
  heard(dialogue, {"+CUSD: 0,\"Credit"});
  std::vector<std::string> seen;
  for (int line = 0; line < 200; ++line) {
    for (auto& each : heard(dialogue, {"another line of ten words that says nothing at all"}))
      seen.push_back(std::move(each));
  }
  EXPECT_GT(seen.size(), 100U);
  EXPECT_THAT(heard(dialogue, {"+CMTI: \"SM\",1"}), ElementsAre("stored-message SM 1"));
}

TEST(ServiceAnswer, to_a_question_comes_before_or_after_the_result) {
  Dialogue dialogue;
  EXPECT_THAT(said(dialogue.start(ask_service("*100#"))), ElementsAre("write AT+CUSD=1,\"*100#\",15\r"));
  EXPECT_THAT(heard(dialogue, {"+CUSD: 0,\"One", "two\",15", "OK"}), ElementsAre("service 0 15 One\ntwo", "ok"));
}

// A modem without a prompt gets command, payload and Ctrl-Z at once.
class Unprompted : public testing::Test {
 protected:
  Unprompted() {
    Command command = submit(23, payload);
    command.unprompted = true;
    written = said(dialogue.start(std::move(command)));
  }

  Dialogue dialogue;
  std::vector<std::string> written;
};

TEST_F(Unprompted, is_written_at_once_and_counts_as_handed) {
  EXPECT_THAT(written, ElementsAre(std::string("write AT+CMGS=23\r") + payload + '\x1A'));
  EXPECT_THAT(heard(dialogue, {"+CMGS: 9", "OK"}), ElementsAre("ok handed +CMGS: 9"));
  EXPECT_TRUE(dialogue.idle());
}

TEST_F(Unprompted, is_not_disturbed_by_a_prompt_or_an_echo) {
  EXPECT_THAT(said(dialogue.feed(std::string("AT+CMGS=23\r") + payload + "\x1A\r\n> \r\n+CMGS: 9\r\n\r\nOK\r\n")),
              testing::Contains("ok handed +CMGS: 9"));
}

TEST_F(Unprompted, takes_neither_a_permit_nor_a_denial_any_more) {
  EXPECT_THAT(said(dialogue.permit()), IsEmpty());
  EXPECT_THAT(said(dialogue.deny()), IsEmpty());
}

TEST_F(Unprompted, is_not_cut_off_by_esc_after_silence) {
  EXPECT_THAT(said(dialogue.expire()), ElementsAre("timed-out handed"));
  EXPECT_THAT(said(dialogue.escape()), IsEmpty());
}

TEST_F(Unprompted, has_its_error_for_itself_whatever_is_owed) {
  Dialogue other;
  other.start(plain("AT+CNMI=2,1"));
  other.expire();
  ASSERT_EQ(other.owed(), 1);
  Command command = submit(23, payload);
  command.unprompted = true;
  other.start(std::move(command));
  EXPECT_THAT(heard(other, {"+CMS ERROR: 38"}), ElementsAre("failed handed cms 38"));
}

}  // namespace
}  // namespace burstd::at
