#include "burst/words.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "burst/light.hpp"
#include "burst/verdict.hpp"

namespace burstd::burst {
namespace {

TEST(Words, AreFoundWholeInAnyCase) {
  EXPECT_TRUE(holds_word("your hiv, result", {"HIV"}));
  EXPECT_TRUE(holds_word("HIV", {"hiv"}));
  EXPECT_TRUE(holds_word("ÉCHOGRAPHIE demain", {"échographie"}));
  EXPECT_TRUE(holds_word("Ваш АНАЛИЗ готов", {"анализ"}));
  EXPECT_TRUE(holds_word("the test result is here", {"Test Result"}));
  EXPECT_FALSE(holds_word("shiver", {"hiv"}));
  EXPECT_FALSE(holds_word("hivé", {"hiv"}));
  EXPECT_FALSE(holds_word("anything", {}));
  EXPECT_FALSE(holds_word("anything", {""}));
}

TEST(Verdict, HasAWordAndASentenceForEach) {
  for (const Verdict verdict : all_verdicts) {
    EXPECT_EQ(verdict_from(to_string(verdict)), verdict);
    EXPECT_EQ(sentence(verdict).empty(), verdict == Verdict::ok);
  }
  for (const Flag flag : all_flags) EXPECT_FALSE(sentence(flag).empty());
  EXPECT_EQ(to_string(Flag::confidential_word), "confidential-word");
  EXPECT_EQ(to_string(Verdict::already_accepted), "already-accepted");
  EXPECT_EQ(sentence(Verdict::number_invalid), "Phone number is not valid");
  EXPECT_FALSE(verdict_from("fine"));
}

struct Row {
  std::optional<std::int64_t> available;
  std::int64_t needed;
  Light wanted;
};

TEST(Light, FollowsWhatIsAvailable) {
  for (const Row& row :
       {Row{std::nullopt, 1'000'000, Light::green}, Row{99, 100, Light::red}, Row{100, 100, Light::yellow},
        Row{149, 100, Light::yellow}, Row{150, 100, Light::green}, Row{0, 0, Light::yellow}, Row{-5, 0, Light::red},
        Row{std::numeric_limits<std::int64_t>::max(), 1, Light::green}}) {
    EXPECT_EQ(light({row.available, row.needed, 50, std::nullopt}), row.wanted) << row.needed;
  }
  EXPECT_EQ(to_string(Light::yellow), "yellow");
}

}  // namespace
}  // namespace burstd::burst
