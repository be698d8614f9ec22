// What a receptionist reads about IT is true: the log says it.
#include "gateway/alarms.hpp"

#include <gtest/gtest.h>

#include "at/errors.hpp"

namespace burstd::gateway {
namespace {

using namespace std::chrono_literals;

modem::Refused refused(int code) {
  const at::Failure failure{at::Failure::Kind::cms, code, "+CMS ERROR: " + std::to_string(code)};
  const at::Meaning& meaning = at::meaning(failure);
  return {failure.text, meaning.blame, std::string(meaning.sentence), false, meaning.patience, meaning.suspect_after};
}

class AlarmsTest : public ::testing::Test {
 protected:
  std::optional<std::string> judge(int code, base::Milliseconds after = {}, const std::string& sim = "sim-a") {
    return alarms.judge(sim, refused(code), start + after);
  }
  static bool says(const std::optional<std::string>& line, const std::string& words) {
    return line && line->find(words) != std::string::npos;
  }

  Alarms alarms;
  base::Steady start{};
};

TEST_F(AlarmsTest, TellOfEveryRefusalOfWhichAReceptionistReadsThatItWasTold) {
  for (const at::ErrorRow& row : at::cms_errors()) {
    const bool promised = row.meaning.sentence.find("IT has been told") != std::string_view::npos;
    EXPECT_EQ(judge(row.meaning.code).has_value(), promised) << row.meaning.code;
  }
}

TEST_F(AlarmsTest, NameTheCodeAndWhatToDo) {
  const auto barred = judge(8), invalid = judge(304);
  EXPECT_TRUE(says(barred, "+CMS ERROR: 8")) << *barred;
  EXPECT_TRUE(says(barred, "not allowed to send")) << *barred;
  EXPECT_TRUE(says(barred, "Ask the operator")) << *barred;
  EXPECT_TRUE(says(invalid, "+CMS ERROR: 304")) << *invalid;
  EXPECT_TRUE(says(invalid, "burstctl show")) << *invalid;
  EXPECT_FALSE(says(barred, "IT has been told")) << "it is IT that reads it";
}

TEST_F(AlarmsTest, ComeOnceInTenMinutesForASimAndACauseAndCountTheOthers) {
  EXPECT_TRUE(judge(8));
  EXPECT_FALSE(judge(8, 1s));
  EXPECT_FALSE(judge(8, 9min + 59s));
  EXPECT_TRUE(judge(50, 2s)) << "another cause";
  EXPECT_TRUE(judge(8, 3s, "sim-b")) << "another SIM";
  EXPECT_TRUE(says(judge(8, 10min), " 2 more times"));
  EXPECT_FALSE(says(judge(8, 30min), "more times"));
}

}  // namespace
}  // namespace burstd::gateway
