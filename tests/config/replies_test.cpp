// Words of replies as they are written, and those that nobody may use.
#include <gmock/gmock.h>

#include "config/loader.hpp"
#include "folder.hpp"

namespace burstd::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Loaded load_replies(const std::string& replies) { return Folder().load("replies:\n" + replies + "\n"); }

std::vector<std::string> told_of(const std::string& replies) {
  return Folder::short_form(load_replies(replies).complaints);
}

TEST(Replies, WordsTakeThePlaceOfTheDefaults) {
  const auto loaded = load_replies(
      "  words: {confirm: [ja, j], decline: [nein], stop: [STOP, STOPP, Abmelden]}\n  opt_out_confirmation: Bye.");
  ASSERT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  const auto& replies = loaded.config.sending.replies;
  EXPECT_THAT(replies.words.confirm, ElementsAre("ja", "j"));
  EXPECT_THAT(replies.words.stop, ElementsAre("STOP", "STOPP", "Abmelden"));
  EXPECT_THAT(replies.words.start, ElementsAre("start", "unstop"));
  EXPECT_EQ(replies.opt_out_confirmation, "Bye.");
}

TEST(Replies, AWordHasOneMeaning) {
  EXPECT_THAT(told_of("  words: {confirm: [ok, STOP]}"), ElementsAre(HasSubstr("\"stop\"")));
  EXPECT_THAT(told_of("  words: {confirm: [ok], decline: [\" Ok \"]}"), ElementsAre(HasSubstr("\"decline\"")));
}

TEST(Replies, StopAndStartAreAlwaysUnderstood) {
  EXPECT_THAT(told_of("  words: {stop: [abmelden]}"), ElementsAre(HasSubstr("STOP")));
  EXPECT_THAT(told_of("  words: {start: [anmelden]}"), ElementsAre(HasSubstr("START")));
}

TEST(Replies, AMistakeStandsAtOneOfItsLines) {
  EXPECT_THAT(told_of("  words:\n    confirm: [ok]\n    stop: [STOP, ok]"), ElementsAre(testing::StartsWith("4:11: ")));
  EXPECT_THAT(told_of("  words:\n    confirm: [ok]\n    stop: [away]"), ElementsAre(testing::StartsWith("4:11: ")));
  EXPECT_THAT(told_of("  words:\n    decline: [no]\n    confirm: [stop]"), ElementsAre(testing::StartsWith("4:14: ")));
}

TEST(Replies, CancelAndYesNeverBlock) {
  EXPECT_THAT(told_of("  words: {stop: [stop, Cancel]}"), ElementsAre(HasSubstr("\"cancel\" may not stand")));
  EXPECT_THAT(told_of("  words: {confirm: [ok], stop: [stop, YES]}"), ElementsAre(HasSubstr("\"yes\" may not")));
}

TEST(Replies, TheConfirmationIsOneShortText) {
  EXPECT_THAT(told_of("  opt_out_confirmation: \"" + std::string(161, 'a') + "\""), ElementsAre(HasSubstr("160")));
  EXPECT_THAT(told_of("  opt_out_confirmation: \"  \""), ElementsAre(HasSubstr("blank")));
  EXPECT_THAT(told_of("  opt_out_confirmation: ~"), IsEmpty());
}

TEST(Replies, SendersAreReadWithTheClinicsCountry) {
  EXPECT_EQ(Folder().load("clinic: {country: DE}\nsending: {}\n").config.sending.country, "DE");
  EXPECT_EQ(Folder().load("clinic: {country: DE}\n").config.sending.country, "DE");
}

}  // namespace
}  // namespace burstd::config
