#include "sim/card.hpp"

namespace burstd::sim {

namespace {

constexpr int first_fresh_number = 501;  // the modems of a run have at most 256

}  // namespace

Card& Drawer::card(const Identity& of, const std::string& pin) {
  const auto [place, made] = x_cards.try_emplace(of.iccid);
  if (made) place->second.pin = pin;
  if (made) place->second.centre = of.smsc;
  return place->second;
}

std::string Drawer::fresh_iccid(std::uint64_t seed) {
  return make_identity(seed, first_fresh_number + x_issued++).iccid;
}

}  // namespace burstd::sim
