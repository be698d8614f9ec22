// Which of the modems that were found goes by which name: tables of what is wanted and what is there.
#include "modem/places.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burstd::modem {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string first_imei = "490154203237518", second_imei = "356938035643809";
const std::string first_card = "8949012345678901234", second_card = "8949012345678905678";
const std::string first_imsi = "262011234567890", second_imsi = "262019876543210";

Identity known_as(const std::string& imei, const std::string& iccid, const std::string& imsi) {
  Identity identity;
  identity.imei = imei;
  identity.iccid = iccid;
  identity.imsi = imsi;
  return identity;
}

// At /dev/ttyUSB<socket>, in the socket 1-1.<socket>.
Found found_at(const std::string& socket, const Identity& identity) {
  Found found;
  found.port = "/dev/ttyUSB" + socket;
  found.usb = "1209:0001";
  found.serial = "S" + socket;
  found.socket = "1-1." + socket;
  found.identity = identity;
  return found;
}

Wanted wanted_as(const std::string& name, const std::string& imei, const std::string& sim,
                 const std::string& usb = {}) {
  Wanted wanted;
  wanted.name = name;
  wanted.imei = imei;
  wanted.sim = sim;
  wanted.usb = usb;
  return wanted;
}

const Identity one_modem = known_as(first_imei, first_card, first_imsi);
const Identity locked_modem = known_as(first_imei, "", "");

std::vector<std::string> names_of(const std::vector<Found>& found) {
  std::vector<std::string> names;
  for (const Found& each : found) names.push_back(each.name.empty() ? "-" : each.name);
  return names;
}

struct FitCase {
  const char* what;
  Wanted wanted;
  Identity identity;
  Fit fit;
};

TEST(FitOf, what_a_modem_says_to_what_is_wanted) {
  const std::vector<FitCase> cases{
      {"nothing is demanded", wanted_as("a", "", ""), one_modem, Fit::yes},
      {"the IMEI", wanted_as("a", first_imei, ""), one_modem, Fit::yes},
      {"another IMEI", wanted_as("a", second_imei, ""), one_modem, Fit::no},
      {"no IMEI is told", wanted_as("a", first_imei, ""), known_as("", first_card, ""), Fit::unknown},
      {"14 of its digits", wanted_as("a", first_imei.substr(0, 14), ""), one_modem, Fit::yes},
      {"another software version", wanted_as("a", first_imei.substr(0, 14) + "99", ""), one_modem, Fit::yes},
      {"the ICCID", wanted_as("a", "", first_card), one_modem, Fit::yes},
      {"the IMSI", wanted_as("a", "", first_imsi), one_modem, Fit::yes},
      {"another ICCID", wanted_as("a", "", second_card), one_modem, Fit::no},
      {"another IMSI", wanted_as("a", "", second_imsi), one_modem, Fit::no},
      {"another ICCID, no IMSI", wanted_as("a", "", second_card), known_as(first_imei, first_card, ""), Fit::no},
      {"another IMSI, no ICCID", wanted_as("a", "", second_imsi), known_as(first_imei, "", first_imsi), Fit::no},
      {"an IMSI where the ICCID is told", wanted_as("a", "", first_imsi), known_as(first_imei, first_card, ""),
       Fit::unknown},
      {"an ICCID where the IMSI is told", wanted_as("a", "", first_card), known_as(first_imei, "", first_imsi),
       Fit::unknown},
      {"a SIM that is hidden", wanted_as("a", "", first_card), locked_modem, Fit::unknown},
      {"both", wanted_as("a", first_imei, first_card), one_modem, Fit::yes},
      {"the IMEI and another SIM", wanted_as("a", first_imei, second_card), one_modem, Fit::no},
      {"another IMEI and a hidden SIM", wanted_as("a", second_imei, first_card), locked_modem, Fit::no},
      {"its product", wanted_as("a", "", "", "1209:0001"), one_modem, Fit::yes},
      {"its product and serial number", wanted_as("a", "", "", "1209:0001:S4"), one_modem, Fit::yes},
      {"its socket", wanted_as("a", "", "", "1-1.4"), one_modem, Fit::yes},
      {"another product", wanted_as("a", "", "", "1209:0002"), one_modem, Fit::no},
      {"another serial number", wanted_as("a", "", "", "1209:0001:S5"), one_modem, Fit::no},
      {"a socket whose name begins alike", wanted_as("a", "", "", "1-1"), one_modem, Fit::no},
      {"its socket and another SIM", wanted_as("a", "", second_card, "1-1.4"), one_modem, Fit::no},
  };
  for (const FitCase& each : cases) EXPECT_EQ(fit(each.wanted, found_at("4", each.identity)), each.fit) << each.what;
}

TEST(FitOf, a_hidden_sim_is_the_one_that_was_in_that_modem_last) {
  Wanted wanted = wanted_as("a", "", first_card);
  wanted.last = one_modem;
  EXPECT_EQ(fit(wanted, found_at("4", locked_modem)), Fit::yes);
  EXPECT_EQ(fit(wanted, found_at("4", known_as(second_imei, "", ""))), Fit::unknown);
  EXPECT_EQ(fit(wanted, found_at("4", known_as(first_imei, second_card, ""))), Fit::no);
  EXPECT_EQ(fit(wanted, found_at("4", known_as("", "", ""))), Fit::unknown);
  wanted.sim = first_imsi;
  EXPECT_EQ(fit(wanted, found_at("4", known_as(first_imei, first_card, ""))), Fit::yes);
  EXPECT_EQ(fit(wanted, found_at("4", known_as(first_imei, second_card, ""))), Fit::unknown) << "a swapped card";
  wanted.last = known_as(second_imei, first_card, first_imsi);
  EXPECT_EQ(fit(wanted, found_at("4", locked_modem)), Fit::unknown);
}

TEST(Placed, by_what_they_say_and_not_by_their_ports) {
  const std::vector<Wanted> wanted{wanted_as("front", first_imei, ""), wanted_as("back", "", second_card)};
  const Identity other = known_as(second_imei, second_card, second_imsi);
  EXPECT_THAT(names_of(placed({found_at("1", one_modem), found_at("2", other)}, wanted)), ElementsAre("front", "back"));
  EXPECT_THAT(names_of(placed({found_at("1", other), found_at("2", one_modem)}, wanted)), ElementsAre("back", "front"));
}

TEST(Placed, neither_of_two_identical_sticks_where_nothing_tells_them_apart) {
  const auto all = placed({found_at("1", one_modem), found_at("2", one_modem)}, {wanted_as("front", first_imei, "")});
  EXPECT_THAT(names_of(all), ElementsAre("-", "-"));
  for (const Found& each : all)
    EXPECT_THAT(each.sentence, AllOf(HasSubstr("Several modems fit"), HasSubstr("/dev/ttyUSB1, /dev/ttyUSB2")));
}

TEST(Placed, identical_sticks_by_their_sockets) {
  const std::vector<Wanted> wanted{wanted_as("front", "", "", "1-1.2"), wanted_as("back", "", "", "1-1.1")};
  EXPECT_THAT(names_of(placed({found_at("1", one_modem), found_at("2", one_modem)}, wanted)),
              ElementsAre("back", "front"));
}

TEST(Placed, sticks_with_one_cloned_imei_by_their_sims) {
  const std::vector<Wanted> wanted{wanted_as("front", first_imei, second_card), wanted_as("back", "", first_imsi)};
  const auto all = placed({found_at("1", one_modem), found_at("2", known_as(first_imei, second_card, ""))}, wanted);
  EXPECT_THAT(names_of(all), ElementsAre("back", "front"));
}

TEST(Placed, a_clone_whose_sim_is_remembered_is_preferred_to_one_whose_is_not) {
  Wanted wanted = wanted_as("front", first_imei, "");
  wanted.last = known_as(first_imei, second_card, "");
  const auto all = placed({found_at("1", one_modem), found_at("2", known_as(first_imei, second_card, ""))}, {wanted});
  EXPECT_THAT(names_of(all), ElementsAre("-", "front"));
  EXPECT_THAT(all[0].sentence, HasSubstr("It fits modem front"));
}

TEST(Placed, locked_clones_not_at_all) {
  Wanted front = wanted_as("front", "", first_card), back = wanted_as("back", "", second_card);
  front.last = one_modem;
  back.last = known_as(first_imei, second_card, second_imsi);
  const auto all = placed({found_at("1", locked_modem), found_at("2", locked_modem)}, {front, back});
  EXPECT_THAT(names_of(all), ElementsAre("-", "-"));
}

TEST(Placed, one_that_has_a_name_keeps_it_as_long_as_it_may_fit) {
  Found holder = found_at("1", locked_modem);
  holder.name = "front";
  const std::vector<Wanted> wanted{wanted_as("front", "", first_card)};
  EXPECT_THAT(names_of(placed({found_at("2", one_modem), holder}, wanted)), ElementsAre("-", "front"));
  holder.identity = known_as(second_imei, second_card, "");
  EXPECT_THAT(names_of(placed({found_at("2", one_modem), holder}, wanted)), ElementsAre("front", "-"));
  holder.identity = one_modem;
  EXPECT_THAT(names_of(placed({holder}, {wanted_as("back", "", second_card)})), ElementsAre("-"));
}

TEST(Placed, in_the_order_of_what_is_wanted) {
  const std::vector<Wanted> wanted{wanted_as("front", first_imei, ""), wanted_as("back", "", first_card)};
  const auto all = placed({found_at("1", one_modem)}, wanted);
  EXPECT_THAT(names_of(all), ElementsAre("front"));
  EXPECT_THAT(names_of(placed({found_at("1", one_modem)}, {wanted[1], wanted[0]})), ElementsAre("back"));
}

TEST(Placed, what_is_left_when_the_others_have_their_names) {
  const Identity other = known_as(second_imei, second_card, second_imsi);
  const std::vector<Wanted> wanted{wanted_as("any", "", "", "1209:0001"), wanted_as("back", second_imei, "")};
  const auto all = placed({found_at("1", one_modem), found_at("2", other)}, wanted);
  EXPECT_THAT(names_of(all), ElementsAre("any", "back"));
  for (const Found& each : all) EXPECT_EQ(each.sentence, "");
}

TEST(Placed, with_a_sentence_for_each_that_has_no_name) {
  const auto stranger = placed({found_at("1", one_modem)}, {wanted_as("front", second_imei, "")});
  EXPECT_THAT(stranger[0].sentence, AllOf(HasSubstr("imei: \"" + first_imei), HasSubstr("modem replace")));
  const auto hidden = placed({found_at("1", locked_modem)}, {wanted_as("front", "", first_card)});
  EXPECT_THAT(hidden[0].sentence, AllOf(HasSubstr("may be modem front (SIM " + first_card), HasSubstr("asked again")));
  Found named = found_at("1", one_modem);
  named.sentence = "an old one";
  EXPECT_EQ(placed({named}, {wanted_as("front", first_imei, "")})[0].sentence, "");
}

TEST(Description, names_all_that_is_given) {
  EXPECT_EQ(description(wanted_as("a", "1", "2", "3")), "IMEI 1, SIM 2, USB 3");
  EXPECT_EQ(description(wanted_as("a", "", "2")), "SIM 2");
  EXPECT_EQ(description(wanted_as("a", "", "")), "");
}

TEST(SameImei, by_fourteen_digits_and_short_ones_whole) {
  EXPECT_TRUE(same_imei("490154203237518", "49015420323751"));
  EXPECT_FALSE(same_imei("490154203237518", "490154203237528"));
  EXPECT_FALSE(same_imei("49015", "490154203237518"));
  EXPECT_TRUE(same_imei("49015", "49015"));
  EXPECT_FALSE(same_imei("", ""));
}

TEST(OwnName, by_the_last_digits_of_imei_or_card) {
  EXPECT_EQ(own_name(one_modem), "imei-237518");
  EXPECT_EQ(own_name(known_as("", first_card, "")), "sim-901234");
  EXPECT_EQ(own_name(known_as("12", "", "")), "imei-12");
}

}  // namespace
}  // namespace burstd::modem
