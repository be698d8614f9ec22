// Properties of the machine under random octets, random cuts and random decisions; the stories are transcripts.
#include "at/dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "script.hpp"

namespace burstd::at {
namespace {

constexpr const char* pdu = "07911326040000F011000B911326880736F40000AA0AE8329BFD4697D9EC37";

const std::vector<std::string>& pieces() {
  static const std::vector<std::string> all{"\r\nOK\r\n",
                                            "\r\n> ",
                                            ">\r\n",
                                            "\r\n+CMGS: 5\r\n",
                                            "\r\n+CMS ERROR: 500\r\n",
                                            "\r\nERROR\r\n",
                                            "+CDS: 12\r\n",
                                            "\x1B",
                                            "\xFF\x80",
                                            "07911326040000F0061B0B9113\r\n",
                                            "+CMT: \"a\",12\r\n",
                                            "\r\nRING\r\n",
                                            "AT\r",
                                            "+CREG: 0,1\r\n",
                                            "+CME ERROR: SIM busy\r",
                                            "AT+CMGS=23\r\r\n",
                                            pdu,
                                            "\r",
                                            "\n",
                                            "+CMTI: \"SM\",1\r\n",
                                            "490154203237518\r\n"};
  return all;
}

std::vector<std::string> printed_all(const Effects& effects) {
  std::vector<std::string> words;
  for (const Effect& effect : effects) words.push_back(printed(effect));
  return words;
}

Command some_command(std::mt19937& random) {
  switch (random() % 5) {
    case 0:
      return probe();
    case 1:
      return ask("AT+CREG?", "+CREG:");
    case 2:
      return ask_digits("+CGSN");
    default:
      return submit(23, pdu);
  }
}

// One random input to both dialogues: octets go to `whole` at once and to `cut` one by one.
struct Pair {
  Dialogue whole;
  Dialogue cut;

  template <class Input>
  std::pair<Effects, Effects> both(Input input) {
    return {input(whole), input(cut)};
  }

  std::pair<Effects, Effects> feed(const std::string& octets) {
    Effects singly;
    for (const char octet : octets)
      for (auto& effect : cut.feed(std::string_view(&octet, 1))) singly.push_back(std::move(effect));
    return {whole.feed(octets), std::move(singly)};
  }

  std::pair<Effects, Effects> random_input(std::mt19937& random) {
    switch (random() % 12) {
      case 0:
        return both([](Dialogue& it) { return it.permit(); });
      case 1:
        return both([](Dialogue& it) { return it.deny(); });
      case 2:
        return both([](Dialogue& it) { return it.expire(); });
      case 3:
        return both([](Dialogue& it) { return it.escape(); });
      case 4: {
        if (!whole.idle()) return {};
        const Command command = some_command(random);
        return both([&](Dialogue& it) { return it.start(command); });
      }
      default:
        break;
    }
    std::string octets = pieces()[random() % pieces().size()];
    if (random() % 3 == 0) octets += pieces()[random() % pieces().size()];
    return feed(octets);
  }
};

TEST(Dialogue, says_the_same_however_the_octets_are_cut) {
  for (unsigned seed = 0; seed < 80; ++seed) {
    std::mt19937 random(seed);
    Pair pair;
    for (int step = 0; step < 200; ++step) {
      const auto [whole, cut] = pair.random_input(random);
      ASSERT_EQ(printed_all(whole), printed_all(cut)) << "seed " << seed << ", step " << step;
      ASSERT_EQ(pair.whole.idle(), pair.cut.idle());
    }
  }
}

// Follows the writes of one dialogue and knows when Ctrl-Z is unanswered.
class Watch {
 public:
  void see(const Effects& effects) {
    for (const Effect& effect : effects) {
      if (const auto* write = std::get_if<Write>(&effect)) see_write(write->octets);
      if (const auto* finished = std::get_if<Finished>(&effect)) see_end(finished->reply);
    }
  }
  int handed = 0;
  int escapes = 0;

 private:
  void see_write(const std::string& octets) {
    const bool payload = octets.back() == '\x1A';
    if (payload) {
      EXPECT_EQ(octets, std::string(pdu) + '\x1A');
      EXPECT_FALSE(x_unanswered) << "two payloads in one submission";
      x_unanswered = true;
      ++handed;
    }
    if (octets == "\x1B") {
      EXPECT_FALSE(x_unanswered) << "ESC after Ctrl-Z";
      ++escapes;
    }
  }
  void see_end(const Reply& reply) {
    if (!reply.handed) return;
    EXPECT_TRUE(x_unanswered);
    if (reply.end != Reply::End::timed_out) x_unanswered = false;
  }

  bool x_unanswered = false;
};

TEST(Dialogue, never_sends_esc_after_ctrl_z_in_any_interleaving) {
  int handed = 0;
  int escapes = 0;
  for (unsigned seed = 1000; seed < 1600; ++seed) {
    std::mt19937 random(seed);
    Pair pair;
    Watch watch;
    bool lost = false;
    for (int step = 0; step < 60 && !lost; ++step) {
      const auto effects = pair.random_input(random).first;
      watch.see(effects);
      // A submission without a verdict ends the session; its dialogue may only listen and never escape.
      for (const Effect& effect : effects) {
        const auto* end = std::get_if<Finished>(&effect);
        lost = lost || (end != nullptr && end->reply.handed && end->reply.end == Reply::End::timed_out);
      }
    }
    watch.see(pair.whole.escape());
    watch.see(pair.whole.deny());
    handed += watch.handed;
    escapes += watch.escapes;
  }
  EXPECT_GT(handed, 50);
  EXPECT_GT(escapes, 200);
}

TEST(Dialogue, ends_every_command_exactly_once) {
  for (unsigned seed = 0; seed < 80; ++seed) {
    std::mt19937 random(seed);
    Dialogue dialogue;
    (void)dialogue.start(some_command(random));
    int ends = 0;
    for (int step = 0; step < 100; ++step) {
      auto effects = dialogue.feed(pieces()[random() % pieces().size()]);
      if (step == 50) effects = dialogue.permit();
      if (step == 99) effects = dialogue.expire();
      for (const Effect& effect : effects) ends += std::holds_alternative<Finished>(effect) ? 1 : 0;
    }
    EXPECT_LE(ends, 1);
    EXPECT_TRUE(dialogue.idle());
  }
}

TEST(Dialogue, survives_random_octets_and_still_answers) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    Dialogue dialogue;
    std::string octets(5000, '\0');
    for (char& octet : octets) octet = static_cast<char>(random());
    (void)dialogue.feed(octets);
    (void)dialogue.feed("\r\n");
    (void)dialogue.start(ask("AT+CSQ", "+CSQ:"));
    EXPECT_THAT(printed_all(dialogue.feed("\r\n+CSQ: 9,99\r\n\r\nOK\r\n")), testing::ElementsAre("ok +CSQ: 9,99"));
  }
}

TEST(Dialogue, keeps_a_bounded_number_of_lines_of_a_reply) {
  Dialogue dialogue;
  (void)dialogue.start(list_stored());
  for (int line = 0; line < 10'000; ++line) (void)dialogue.feed("+CMGL: 1,1,,20\r\n");
  const auto effects = dialogue.feed("OK\r\n");
  ASSERT_EQ(effects.size(), 1U);
  EXPECT_EQ(std::get<Finished>(effects[0]).reply.lines.size(), Dialogue::most_lines);
}

TEST(Dialogue, tells_of_an_endless_line_without_keeping_it) {
  Dialogue dialogue;
  int noise = 0;
  for (int turn = 0; turn < 100; ++turn) noise += static_cast<int>(dialogue.feed(std::string(1000, 'x')).size());
  EXPECT_EQ(noise, 100'000 / static_cast<int>(Splitter::longest));
}

TEST(Dialogue, ignores_a_flood_that_its_driver_knows) {
  Dialogue dialogue({"^BOOT:"});
  for (int turn = 0; turn < 1000; ++turn) EXPECT_TRUE(dialogue.feed("\r\n^BOOT:1,2,3\r\n").empty());
}

TEST(Dialogue, cannot_be_talked_out_of_a_prompt_by_a_stale_ok) {
  Dialogue dialogue;
  (void)dialogue.start(submit(23, pdu));
  EXPECT_THAT(printed_all(dialogue.feed("\r\nOK\r\n")), testing::ElementsAre("other OK"));
  EXPECT_FALSE(dialogue.idle());
  EXPECT_THAT(printed_all(dialogue.feed("\r\n> ")), testing::ElementsAre("prompt"));
}

TEST(Dialogue, gives_a_late_answer_to_the_command_that_is_owed_it) {
  Dialogue dialogue;
  (void)dialogue.start(ask_words("+CGMI"));
  (void)dialogue.expire();
  (void)dialogue.start(ask_words("+CGMM"));
  EXPECT_THAT(printed_all(dialogue.feed("\r\nMaker\r\n\r\nOK\r\n")), testing::ElementsAre("other Maker", "other OK"));
  EXPECT_EQ(dialogue.owed(), 0);
  EXPECT_THAT(printed_all(dialogue.feed("\r\nX100\r\n\r\nOK\r\n")), testing::ElementsAre("ok X100"));
}

TEST(Dialogue, takes_any_ok_for_the_answer_to_a_probe_and_goes_on_waiting_for_the_others) {
  Dialogue dialogue;
  for (int probes = 0; probes < 2; ++probes) {
    (void)dialogue.start(probe());
    (void)dialogue.expire();
  }
  (void)dialogue.start(probe());
  EXPECT_THAT(printed_all(dialogue.feed("OK\r\n")), testing::ElementsAre("ok"));
  EXPECT_EQ(dialogue.owed(), 2);
  EXPECT_THAT(printed_all(dialogue.feed("OK\r\n")), testing::ElementsAre("other OK"));
  EXPECT_EQ(dialogue.owed(), 1);
  dialogue.forgive();
  (void)dialogue.start(plain("AT+CMGF=0"));
  EXPECT_THAT(printed_all(dialogue.feed("OK\r\n")), testing::ElementsAre("ok"));
}

TEST(Dialogue, is_owed_a_bounded_number_of_answers_and_none_by_a_command_that_had_lines) {
  Dialogue dialogue;
  for (int turn = 0; turn < 100; ++turn) {
    (void)dialogue.start(probe());
    (void)dialogue.expire();
  }
  EXPECT_EQ(dialogue.owed(), Dialogue::most_owed);
  dialogue.forgive();
  (void)dialogue.start(ask("AT+CPIN?", "+CPIN:"));
  (void)dialogue.feed("+CPIN: READY\r\n");
  EXPECT_EQ(dialogue.answered(), 1U);
  (void)dialogue.expire();
  EXPECT_EQ(dialogue.owed(), 0);
}

TEST(Dialogue, never_pays_a_debt_with_the_verdict_of_a_message) {
  Dialogue dialogue;
  (void)dialogue.start(probe());
  (void)dialogue.expire();
  (void)dialogue.start(submit(23, pdu));
  (void)dialogue.feed("> ");
  (void)dialogue.permit();
  EXPECT_THAT(printed_all(dialogue.feed("+CMGS: 4\r\nOK\r\n")), testing::ElementsAre("ok handed +CMGS: 4"));
}

TEST(Dialogue, waits_for_a_body_through_a_flood_but_not_for_ever) {
  Dialogue dialogue({"^BOOT:"});
  const std::string report(50, 'A');
  (void)dialogue.feed("+CDS: 24\r\n");
  for (int turn = 0; turn < 1000; ++turn) EXPECT_TRUE(dialogue.feed("^BOOT:1,2\r\n").empty());
  for (int turn = 0; turn < 10; ++turn) EXPECT_EQ(dialogue.feed("+NEWS: 1\r\n").size(), 1U);
  EXPECT_THAT(printed_all(dialogue.feed(report + "\r\n")), testing::ElementsAre("report " + report));
  (void)dialogue.feed("+CDS: 24\r\n");
  for (int turn = 0; turn < 30; ++turn) (void)dialogue.feed("+NEWS: 1\r\n");
  EXPECT_THAT(printed_all(dialogue.feed(report + "\r\n")), testing::ElementsAre("other " + report));
}

TEST(Dialogue, gives_a_pdu_to_the_head_that_stands_nearest_above_it) {
  const std::string stored(50, 'B');
  Dialogue dialogue;
  (void)dialogue.feed("+CDS: 24\r\n");
  (void)dialogue.start(read_stored(1));
  EXPECT_THAT(printed_all(dialogue.feed("+CMGR: 0,,24\r\n" + stored + "\r\nOK\r\n")),
              testing::ElementsAre("ok +CMGR: 0,,24 | " + stored));
}

TEST(Dialogue, knows_the_late_echo_of_the_command_before) {
  Dialogue dialogue;
  (void)dialogue.start(plain("ATE0V1Q0"));
  (void)dialogue.feed("OK\r\n");
  (void)dialogue.start(ask_words("+CGMI"));
  EXPECT_THAT(printed_all(dialogue.feed("ATE0V1Q0\r\r\nMaker\r\nOK\r\n")), testing::ElementsAre("ok Maker"));
}

}  // namespace
}  // namespace burstd::at
