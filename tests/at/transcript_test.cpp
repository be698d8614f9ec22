// Every conversation of tests/transcripts, fed to the pure dialogue at once, octet by octet and in sevens.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "script.hpp"

namespace burstd::at {
namespace {

std::vector<std::filesystem::path> transcripts() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(BURSTD_TESTS "/transcripts"))
    if (entry.path().extension() == ".at") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class Transcript : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Transcript, is_spoken_as_written_however_the_octets_are_cut) {
  const auto steps = steps_of(contents(GetParam()));
  ASSERT_FALSE(steps.empty());
  for (const std::size_t chunk : {0U, 1U, 7U})
    EXPECT_THAT(Player(chunk).play(steps), testing::IsEmpty()) << GetParam() << " in chunks of " << chunk;
}

INSTANTIATE_TEST_SUITE_P(stories, Transcript, testing::ValuesIn(transcripts()), [](const auto& chosen) {
  return chosen.param.parent_path().filename().string() + "_" + chosen.param.stem().string();
});

TEST(Player, complains_when_something_is_missing_wrong_or_left_over) {
  EXPECT_EQ(Player(0).play(steps_of("@ probe\n> AT\\r\n< OK\\r\n= ok\n")).size(), 0U);
  EXPECT_EQ(Player(0).play(steps_of("@ probe\n> AT\\r\n< OK\\r\n")).size(), 1U);
  EXPECT_EQ(Player(0).play(steps_of("@ probe\n< OK\\r\n= ok\n")).size(), 1U);
  EXPECT_EQ(Player(0).play(steps_of("@ probe\n> AT\\r\n< OK\\r\n= denied\n")).size(), 1U);
  EXPECT_EQ(Player(0).play(steps_of("@ probe\n> AT\\r\n= ok\n")).size(), 1U);
}

}  // namespace
}  // namespace burstd::at
