#include "at/splitter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burstd::at {
namespace {

std::vector<std::string> tokens_of(Splitter& splitter, std::string_view octets, bool prompt_due = false) {
  splitter.feed(octets);
  std::vector<std::string> found;
  while (const auto token = splitter.next(prompt_due)) {
    if (const auto* line = std::get_if<Line>(&*token))
      found.push_back(line->text);
    else
      found.emplace_back(std::holds_alternative<Prompt>(*token) ? "<prompt>" : "<overlong>");
  }
  return found;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Splitter, ends_a_line_at_cr_lf_or_any_mixture_of_them) {
  Splitter splitter;
  EXPECT_THAT(tokens_of(splitter, "\r\nOK\r\n"), ElementsAre("OK"));
  EXPECT_THAT(tokens_of(splitter, "one\rtwo\nthree\r\r\nfour\n\r"), ElementsAre("one", "two", "three", "four"));
}

TEST(Splitter, makes_every_line_utf8) {
  Splitter splitter;
  EXPECT_THAT(tokens_of(splitter,
                        "+COPS: 0,0,\"T\xE9l\xE9"
                        "com\"\r"),
              ElementsAre("+COPS: 0,0,\"Télécom\""));
  EXPECT_THAT(tokens_of(splitter, "+COPS: 0,0,\"Télécom\"\r"), ElementsAre("+COPS: 0,0,\"Télécom\""));
  EXPECT_THAT(tokens_of(splitter, "0791448720003023\r\xC3\r"), ElementsAre("0791448720003023", "Ã"));
}

TEST(Splitter, keeps_an_unfinished_line_for_later) {
  Splitter splitter;
  EXPECT_THAT(tokens_of(splitter, "+CM"), IsEmpty());
  EXPECT_THAT(tokens_of(splitter, "GS: 1"), IsEmpty());
  EXPECT_THAT(tokens_of(splitter, "2\r"), ElementsAre("+CMGS: 12"));
}

TEST(Splitter, drops_control_octets_and_trims_blanks) {
  Splitter splitter;
  const std::string octets("\0\xFF  O\x07K \x7F \r\n\0\r\n", 14);
  EXPECT_THAT(tokens_of(splitter, octets), ElementsAre("OK"));
}

TEST(Splitter, takes_a_prompt_only_when_one_is_due_and_at_a_lines_start) {
  Splitter splitter;
  EXPECT_THAT(tokens_of(splitter, "\r\n> ", true), ElementsAre("<prompt>"));
  EXPECT_THAT(tokens_of(splitter, "a > b\r\n", true), ElementsAre("a > b"));
  EXPECT_THAT(tokens_of(splitter, "> x\r\n", false), ElementsAre("> x"));
}

TEST(Splitter, forgets_a_prompt_that_nobody_waited_for) {
  Splitter splitter;
  EXPECT_THAT(tokens_of(splitter, "\r\n> "), IsEmpty());
  splitter.drop_prompt();
  EXPECT_THAT(tokens_of(splitter, "> ", true), ElementsAre("<prompt>"));
  EXPECT_THAT(tokens_of(splitter, "O"), IsEmpty());
  splitter.drop_prompt();
  EXPECT_THAT(tokens_of(splitter, "K\r"), ElementsAre("OK"));
}

TEST(Splitter, throws_an_endless_line_away_piece_by_piece_and_recovers_at_its_end) {
  Splitter splitter;
  const std::string endless(Splitter::longest * 3 + 10, 'x');
  EXPECT_THAT(tokens_of(splitter, endless), ElementsAre("<overlong>", "<overlong>", "<overlong>"));
  EXPECT_THAT(tokens_of(splitter, "x> \r\nOK\r\n", true), ElementsAre("OK"));
}

TEST(Splitter, keeps_a_line_of_the_greatest_length) {
  Splitter splitter;
  const std::string longest(Splitter::longest, 'A');
  EXPECT_THAT(tokens_of(splitter, longest + "\r\n"), ElementsAre(longest));
}

}  // namespace
}  // namespace burstd::at
