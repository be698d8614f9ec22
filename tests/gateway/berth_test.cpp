// Which modem and which SIM goes by a name: tables of what is configured, what is on record and what is there.
#include "gateway/berth.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burstd::gateway {
namespace {

using modem::Identity;
using store::Berth;

const std::string imei_x = "490154203237518", imei_y = "356938035643809";
const std::string card_a = "8949012345678901234", card_b = "8949012345678905678";
const std::string imsi_a = "262011234567890", imsi_b = "262019876543210";

modem::Options configured(std::string imei, std::string sim, std::string usb = {}) {
  modem::Options options;
  options.name = "front";
  options.imei = std::move(imei);
  options.sim = std::move(sim);
  options.usb = std::move(usb);
  return options;
}

Identity who(const std::string& imei, const std::string& iccid, const std::string& imsi) {
  Identity identity;
  identity.imei = imei;
  identity.iccid = iccid;
  identity.imsi = imsi;
  return identity;
}

const Identity modem_x = who(imei_x, card_a, imsi_a), modem_y = who(imei_y, card_b, imsi_b);

Berth remembered(const Identity& identity) { return bound("front", std::nullopt, identity, base::Time{}); }

std::string words_of(const modem::Wanted& wanted) {
  return wanted.imei + "/" + wanted.sim + "/" + wanted.usb + " last " + wanted.last.imei + "/" + wanted.last.iccid +
         "/" + wanted.last.imsi;
}

TEST(WantedOf, WithoutARecordIsWhatTheConfigurationSays) {
  const auto wanted = wanted_of(configured(imei_x, card_a, "1-1.4"), std::nullopt);
  EXPECT_EQ(wanted.name, "front");
  EXPECT_EQ(words_of(wanted), imei_x + "/" + card_a + "/1-1.4 last //");
}

TEST(WantedOf, WhatOnlyWentByTheNameIsRememberedAndNotDemanded) {
  EXPECT_EQ(words_of(wanted_of(configured("", "", "1-1.4"), remembered(modem_x))),
            "//1-1.4 last " + imei_x + "/" + card_a + "/" + imsi_a);
}

struct AdoptionCase {
  const char* what;
  modem::Options options;
  Identity adopted;
  std::string wanted;  // imei/sim/usb
};

TEST(WantedOf, AnAdoptionTakesThePlaceOfWhatIsConfiguredKindByKind) {
  const std::vector<AdoptionCase> cases{
      {"by IMEI", configured(imei_x, ""), modem_y, imei_y + "//"},
      {"by SIM", configured("", card_a), modem_y, "/" + card_b + "/"},
      {"by IMSI of a SIM that tells both", configured("", imsi_a), modem_y, "/" + card_b + "/"},
      {"by both", configured(imei_x, card_a), modem_y, imei_y + "/" + card_b + "/"},
      {"by its socket", configured("", "", "1-1.4"), modem_y, imei_y + "//"},
      {"a SIM that tells its IMSI only", configured("", card_a), who(imei_y, "", imsi_b), "/" + imsi_b + "/"},
      {"a SIM that is locked", configured("", card_a), who(imei_y, "", ""), imei_y + "//"},
      {"a locked SIM, by both", configured(imei_x, card_a), who(imei_y, "", ""), imei_y + "//"},
  };
  for (const AdoptionCase& each : cases) {
    const Berth berth = adopted(each.options, remembered(modem_x), each.adopted, base::Time{});
    const auto wanted = wanted_of(each.options, berth);
    EXPECT_EQ(wanted.imei + "/" + wanted.sim + "/" + wanted.usb, each.wanted) << each.what;
  }
}

TEST(WantedOf, AnAdoptionHoldsNoLongerThanTheConfigurationSaysWhatItSaidThen) {
  const Berth berth = adopted(configured(imei_x, "", "1-1.4"), remembered(modem_x), modem_y, base::Time{});
  EXPECT_EQ(wanted_of(configured(imei_x, "", "1-1.4"), berth).imei, imei_y);
  for (const char* usb : {"1-1", "1-1.", "", "1-1.40"}) {
    const auto wanted = wanted_of(configured(imei_x, "", usb), berth);
    EXPECT_EQ(wanted.imei, imei_x) << usb;
    EXPECT_EQ(wanted.usb, usb);
  }
}

struct Judgement {
  const char* what;
  modem::Options options;
  std::optional<Berth> berth;
  Identity there;
  std::string objection;  // a part of it; empty: none
};

void expect_all(const std::vector<Judgement>& cases) {
  for (const Judgement& each : cases) {
    const std::string said = objection(each.options, each.berth, each.there);
    EXPECT_EQ(said.empty(), each.objection.empty()) << each.what << ": " << said;
    EXPECT_THAT(said, testing::HasSubstr(each.objection)) << each.what;
  }
}

TEST(Objection, OfTheConfiguration) {
  expect_all({
      {"nothing is said", configured("", ""), std::nullopt, modem_x, ""},
      {"the right IMEI", configured(imei_x, ""), std::nullopt, modem_x, ""},
      {"fourteen digits of it", configured(imei_x.substr(0, 14) + "00", ""), std::nullopt, modem_x, ""},
      {"another IMEI", configured(imei_x, ""), std::nullopt, modem_y, "IMEI " + imei_y},
      {"no IMEI is told", configured(imei_x, ""), std::nullopt, who("", card_a, ""), ""},
      {"the right ICCID", configured("", card_a), std::nullopt, modem_x, ""},
      {"the right IMSI", configured("", imsi_a), std::nullopt, modem_x, ""},
      {"another SIM", configured("", card_a), std::nullopt, modem_y, "Another SIM (…905678)"},
      {"another SIM by IMSI", configured("", imsi_a), std::nullopt, modem_y, "Another SIM"},
      {"another SIM that is locked", configured("", card_a), std::nullopt, who(imei_x, card_b, ""), "Another SIM"},
      {"another SIM of which the IMSI is told", configured("", imsi_a), std::nullopt, who(imei_x, "", imsi_b),
       "Another SIM"},
      {"a locked SIM and its IMSI", configured("", imsi_a), std::nullopt, who(imei_x, card_b, ""), ""},
      {"a SIM that tells nothing", configured("", card_a), std::nullopt, who(imei_x, "", ""), ""},
  });
}

TEST(Objection, OfTheRecord) {
  const auto berth = remembered(modem_x);
  expect_all({
      {"the same", configured("", ""), berth, modem_x, ""},
      {"another SIM", configured(imei_x, ""), berth, who(imei_x, card_b, imsi_b), "burstctl modem replace front"},
      {"another SIM that is locked", configured("", ""), berth, who(imei_x, card_b, ""), "Another SIM"},
      {"another IMSI", configured("", ""), berth, who(imei_x, "", imsi_b), "Another SIM"},
      {"a SIM that tells nothing", configured("", ""), berth, who(imei_x, "", ""), ""},
      {"the same SIM in another modem", configured("", ""), berth, who(imei_y, card_a, imsi_a), ""},
      {"one IMSI on two cards", configured("", ""), berth, who(imei_x, card_b, imsi_a), "Another SIM"},
      {"a SIM that is configured since", configured("", card_b), berth, who(imei_x, card_b, imsi_b), ""},
  });
}

TEST(Objection, OfAnAdoption) {
  const auto by_imei = configured(imei_x, "");
  const auto by_sim = configured("", card_a);
  const Berth one = adopted(by_imei, remembered(modem_x), modem_y, base::Time{});
  const Berth other = adopted(by_sim, remembered(modem_x), modem_y, base::Time{});
  expect_all({
      {"what was adopted", by_imei, one, modem_y, ""},
      {"what was there before", by_imei, one, modem_x, "IMEI " + imei_x},
      {"a third SIM in it", by_imei, one, who(imei_y, "8949000000000000001", ""), "Another SIM"},
      {"the adopted SIM", by_sim, other, modem_y, ""},
      {"the configured SIM again", by_sim, other, modem_x, "Another SIM"},
      {"a configuration that was corrected since", configured(imei_y, ""), one, modem_y, ""},
      {"a configuration that means another since", configured(imei_x, "", "1-2"), one, modem_y, "IMEI " + imei_y},
  });
}

TEST(Bound, WhatIsNotToldStaysAsItWas) {
  const Berth next = bound("front", remembered(modem_x), who(imei_x, "", imsi_a), base::Time{});
  EXPECT_EQ(next.iccid, card_a);
  EXPECT_EQ(next.sim, imsi_a);
  EXPECT_EQ(bound("front", std::nullopt, who(imei_x, "", ""), base::Time{}).sim, "imei:" + imei_x);
}

TEST(Bound, AnotherSimLeavesNothingOfTheOneBefore) {
  const Berth by_card = bound("front", remembered(modem_x), who(imei_x, card_b, ""), base::Time{});
  EXPECT_EQ(by_card.iccid + "/" + by_card.imsi, card_b + "/");
  const Berth by_imsi = bound("front", remembered(modem_x), who(imei_x, "", imsi_b), base::Time{});
  EXPECT_EQ(by_imsi.iccid + "/" + by_imsi.imsi, "/" + imsi_b);
  EXPECT_EQ(objection(configured("", ""), by_card, who(imei_x, "", imsi_b)), "");
}

TEST(Bound, KeepsWhatAPersonAdopted) {
  const auto options = configured(imei_x, "");
  const Berth berth = adopted(options, remembered(modem_x), who(imei_y, "", ""), base::Time{});
  const Berth next = bound("front", berth, modem_y, base::Time{});
  EXPECT_EQ(next.configured, berth.configured);
  EXPECT_EQ(next.adopted_at, berth.adopted_at);
  EXPECT_EQ(wanted_of(options, next).imei, imei_y);
}

TEST(Adopted, IsWhatIsThereAndNothingOfWhatWas) {
  const base::Time at{std::chrono::hours{5}};
  const Berth next = adopted(configured(imei_x, ""), remembered(modem_x), who(imei_y, "", ""), at);
  EXPECT_EQ(next.name, "front");
  EXPECT_EQ(next.imei, imei_y);
  EXPECT_EQ(next.iccid + next.imsi, "");
  EXPECT_EQ(next.adopted_at, at);
}

TEST(IsAnotherSimsPin, OnlyWhenAnAdoptionBroughtAnotherSim) {
  const auto options = configured(imei_x, "");
  const auto once = [&](const Identity& identity) { return adopted(options, remembered(modem_x), identity, {}); };
  EXPECT_FALSE(is_another_sims_pin(options, std::nullopt));
  EXPECT_FALSE(is_another_sims_pin(options, remembered(modem_x)));
  EXPECT_TRUE(is_another_sims_pin(options, once(modem_y)));
  EXPECT_FALSE(is_another_sims_pin(options, once(who(imei_y, card_a, imsi_a)))) << "the old SIM in another modem";
  EXPECT_FALSE(is_another_sims_pin(options, once(who(imei_y, "", "")))) << "not known to be another";
  const Berth twice = adopted(options, once(modem_y), modem_y, {});
  EXPECT_TRUE(is_another_sims_pin(options, twice)) << "adopted again, the configuration is still the old one";
  EXPECT_FALSE(is_another_sims_pin(configured(imei_y, ""), twice)) << "the configuration was corrected";
}

}  // namespace
}  // namespace burstd::gateway
