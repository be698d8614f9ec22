#include <gtest/gtest.h>

#include "modem/recognise.hpp"
#include "modem/sentences.hpp"
#include "modem/verdict.hpp"

namespace burstd::modem {
namespace {

using End = at::Reply::End;

Driver driver_of(const std::string& name, std::vector<std::string> makers, std::vector<std::string> models) {
  Driver driver;
  driver.name = name;
  driver.manufacturers = std::move(makers);
  driver.models = std::move(models);
  return driver;
}

Identity identity_of(const std::string& maker, const std::string& model) {
  Identity identity;
  identity.manufacturer = maker;
  identity.model = model;
  return identity;
}

TEST(Recognise, prefers_the_model_to_the_maker_and_the_maker_to_generic) {
  const std::vector<Driver> drivers{driver_of("generic", {}, {}), driver_of("acme", {"Acme"}, {}),
                                    driver_of("acme-x", {"acme"}, {"X1"})};
  EXPECT_EQ(recognise(drivers, "", identity_of("ACME Corp.", "x100")).name, "acme-x");
  EXPECT_EQ(recognise(drivers, "", identity_of("ACME Corp.", "y100")).name, "acme");
  EXPECT_EQ(recognise(drivers, "", identity_of("Other", "x100")).name, "generic");
  EXPECT_EQ(recognise(drivers, "acme", identity_of("Other", "x100")).name, "acme");
  EXPECT_EQ(recognise(drivers, "missing", identity_of("Acme", "x100")).name, "acme-x");
  EXPECT_EQ(recognise({}, "", identity_of("Acme", "x100")).name, "generic");
}

TEST(Identity, is_kept_under_iccid_or_imsi_or_imei) {
  Identity identity;
  EXPECT_EQ(identity.sim(), "");
  identity.imei = "490154203237518";
  EXPECT_EQ(identity.sim(), "imei:490154203237518");
  identity.imsi = "262011234567890";
  EXPECT_EQ(identity.sim(), "262011234567890");
  identity.iccid = "8949";
  EXPECT_EQ(identity.sim(), "8949");
}

TEST(State, has_a_word_for_each) {
  EXPECT_STREQ(to_string(State::absent), "absent");
  EXPECT_STREQ(to_string(State::setting_up), "setting-up");
  EXPECT_STREQ(to_string(State::stopped), "stopped");
}

TEST(Verdict, never_says_that_nothing_left_once_ctrl_z_was_written) {
  for (const End end : {End::ok, End::failed, End::timed_out, End::denied}) {
    for (const bool handed : {false, true}) {
      const auto failure =
          end == End::failed ? std::optional(at::Failure{at::Failure::Kind::error, -1, "ERROR"}) : std::nullopt;
      const Verdict verdict = verdict_of(at::Reply{end, {}, failure, handed});
      const auto* refused = std::get_if<Refused>(&verdict);
      const bool nothing_left = std::holds_alternative<NotSent>(verdict) || (refused != nullptr && refused->before_air);
      EXPECT_EQ(nothing_left, !handed) << static_cast<int>(end);
    }
  }
}

TEST(Verdict, of_a_bare_error_depends_on_ctrl_z) {
  const at::Failure failure{at::Failure::Kind::error, -1, "ERROR"};
  const auto before = std::get<Refused>(verdict_of(at::Reply{End::failed, {}, failure, false}));
  const auto after = std::get<Refused>(verdict_of(at::Reply{End::failed, {}, failure, true}));
  EXPECT_EQ(before.blame, base::Blame::transient);
  EXPECT_EQ(after.blame, base::Blame::unknown);
}

TEST(Verdict, of_silence_is_the_reference_when_there_was_one) {
  const auto accepted = std::get<Accepted>(verdict_of(at::Reply{End::timed_out, {"+CMGS: 9"}, std::nullopt, true}));
  EXPECT_EQ(accepted.reference, 9);
  const auto unread = std::get<Accepted>(verdict_of(at::Reply{End::ok, {}, std::nullopt, true}));
  EXPECT_FALSE(unread.reference);
  EXPECT_TRUE(std::holds_alternative<Unknown>(verdict_of(at::Reply{End::timed_out, {}, std::nullopt, true})));
}

TEST(Verdict, of_a_reference_and_an_error_after_it_is_the_reference) {
  const at::Failure failure{at::Failure::Kind::cms, 500, "+CMS ERROR: 500"};
  const auto verdict = verdict_of(at::Reply{End::failed, {"+CMGS: 9"}, failure, true});
  ASSERT_TRUE(std::holds_alternative<Accepted>(verdict));
  EXPECT_EQ(std::get<Accepted>(verdict).reference, 9);
}

TEST(Verdict, of_an_error_without_a_reason_depends_on_the_time_since_ctrl_z) {
  using namespace std::chrono_literals;
  const at::Reply reply{End::failed, {}, at::Failure{at::Failure::Kind::cms, 500, "+CMS ERROR: 500"}, true};
  const auto at_once = std::get<Refused>(verdict_of(reply, {}, 999ms));
  EXPECT_EQ(at_once.blame, base::Blame::transient);
  EXPECT_FALSE(at_once.before_air) << "the operator may count it";
  EXPECT_EQ(std::get<Refused>(verdict_of(reply, {}, 1s)).blame, base::Blame::unknown);
  EXPECT_EQ(std::get<Refused>(verdict_of(reply)).blame, base::Blame::unknown);
  Code own;
  own.code = 500;
  EXPECT_EQ(std::get<Refused>(verdict_of(reply, {own}, 10ms)).blame, base::Blame::unknown) << "the driver knows better";
}

TEST(Verdict, of_an_error_says_when_again_and_what_it_means_for_the_sim) {
  const at::Reply reply{End::failed, {}, at::Failure{at::Failure::Kind::cms, 8, "+CMS ERROR: 8"}, true};
  const auto tabled = std::get<Refused>(verdict_of(reply));
  EXPECT_EQ(tabled.patience, base::Patience::elsewhere);
  EXPECT_EQ(tabled.suspect_after, 3);
  Code own;
  own.code = 8;
  own.blame = base::Blame::transient;
  own.patience = base::Patience::slow;
  const auto drivers = std::get<Refused>(verdict_of(reply, {own}));
  EXPECT_EQ(drivers.patience, base::Patience::slow);
  EXPECT_FALSE(drivers.suspect_after);
}

TEST(Verdict, is_never_late_in_an_error_that_belongs_to_another_command) {
  for (const int code : {302, 303, 320, 321, 322, 340}) {
    const at::Event event = at::LateFailure{at::Failure{at::Failure::Kind::cms, code, ""}};
    EXPECT_FALSE(verdict_of(event)) << code;
  }
  EXPECT_TRUE(verdict_of(at::Event{at::LateFailure{at::Failure{at::Failure::Kind::cms, 38, ""}}}));
  EXPECT_TRUE(verdict_of(at::Event{at::LateReference{4}}));
}

TEST(RegistrationSentence, is_full_for_every_state) {
  for (int stat = -1; stat < 12; ++stat) EXPECT_EQ(registration_sentence(stat).back(), '.');
  EXPECT_NE(registration_sentence(3), registration_sentence(2));
}

}  // namespace
}  // namespace burstd::modem
