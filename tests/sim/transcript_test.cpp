#include "sim/transcript.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace burstd::sim {
namespace {

class Playing {
 public:
  explicit Playing(std::string_view story)
      : x_agenda(base::Now{base::Steady{}, base::from_millis(0)}),
        x_player(*read_transcript(story), x_agenda,
                 Player::Ends{[this](std::string_view octets) { said += octets; },
                              [this](std::string_view octets) { passed_on += octets; },
                              [this](int line) { lines.push_back(line); }}) {}

  void feed(std::string_view octets) { x_player.feed(octets); }
  void open() { x_player.opened(); }
  void pass(std::int64_t millis) {
    const auto now = x_agenda.now();
    x_agenda.advance(base::Now{now.steady + base::Milliseconds{millis}, now.wall});
  }

  std::string said;
  std::string passed_on;
  std::vector<int> lines;

 private:
  Agenda x_agenda;
  Player x_player;
};

TEST(Player, PlaysItsSideAndPassesTheRestOn) {
  Playing story("# a story\n> AT\\r\n= ok\n< \\r\\nOK\\r\\n\n> AT+CSQ\\r\n< \\r\\n+CSQ: 9,99\\r\\n\\r\\nOK\\r\\n\n");
  story.feed("ATE0\rA");
  story.feed("T\r");
  EXPECT_EQ(story.passed_on, "ATE0\r");
  EXPECT_EQ(story.said, "\r\nOK\r\n");
  story.feed("AT+CSQ\rAT\r");
  EXPECT_EQ(story.said, "\r\nOK\r\n\r\n+CSQ: 9,99\r\n\r\nOK\r\n");
  EXPECT_EQ(story.passed_on, "ATE0\rAT\r");
  EXPECT_EQ(story.lines, (std::vector<int>{2, 5, 0}));
}

TEST(Player, AnyPduFitsAndPausesAreKept) {
  Playing story("> AT+CMGS=23\\r\n< \\r\\n>\\s\n> 0011\\z\n~ 1500ms\n< \\r\\n+CMGS: 5\\r\\n\\r\\nOK\\r\\n\n");
  story.feed("AT+CMGS=42\r");
  story.feed("00AABBCC\x1A");
  story.feed("AT\r");
  EXPECT_EQ(story.said, "\r\n> ");
  story.pass(1500);
  EXPECT_EQ(story.said, "\r\n> \r\n+CMGS: 5\r\n\r\nOK\r\n");
  EXPECT_EQ(story.passed_on, "AT\r");
}

TEST(Player, ASilenceEndsWhenTheDaemonWrites) {
  Playing story("< \\r\\nRDY\\r\\n\n> AT\\r\n~ time-out\n> \\e\\r\n< \\r\\nOK\\r\\n\n");
  story.open();
  EXPECT_EQ(story.said, "\r\nRDY\r\n");
  story.feed("AT\r");
  story.feed("\x1B\r");
  EXPECT_EQ(story.said, "\r\nRDY\r\n\r\nOK\r\n");
  EXPECT_EQ(story.passed_on, "");
}

TEST(Player, AMistakeIsNamedByItsLine) {
  const auto read = read_transcript("> AT\\r\n< \\q\n");
  ASSERT_FALSE(read.has_value());
  EXPECT_NE(read.error().sentence.find("Line 2"), std::string::npos);
  EXPECT_FALSE(read_transcript("~ soon\n").has_value());
  EXPECT_FALSE(read_transcript("? what\n").has_value());
  EXPECT_EQ(read_transcript("> \\x41\\\\\\z\n")->front().octets, "A\\\x1A");
}

TEST(Player, EveryStoryOfTheCollectionCanBeRead) {
  const std::filesystem::path collection(BURSTD_TESTS "/transcripts");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(collection)) {
    if (entry.path().extension() != ".at") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto read = read_transcript(text);
    EXPECT_TRUE(read.has_value()) << entry.path() << (read ? "" : ": " + read.error().sentence);
  }
}

}  // namespace
}  // namespace burstd::sim
