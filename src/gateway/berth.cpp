#include "gateway/berth.hpp"

namespace burstd::gateway {

namespace {

using modem::Identity;
using store::Berth;

constexpr const char* with_another_sim = "; another SIM";
constexpr std::size_t shown_digits = 6;

// What the configuration says of which modem is meant.
std::string words_of(const modem::Options& options) {
  return "port=" + options.port + " imei=" + options.imei + " sim=" + options.sim + " usb=" + options.usb;
}

bool is_adopted(const modem::Options& options, const std::optional<Berth>& berth) {
  const std::string words = words_of(options);
  return berth && (berth->configured == words || berth->configured == words + with_another_sim);
}

std::string tail(const std::string& digits) {
  return digits.size() <= shown_digits ? digits : "…" + digits.substr(digits.size() - shown_digits);
}

std::string card_of(const Identity& identity) { return identity.iccid.empty() ? identity.imsi : identity.iccid; }
std::string card_of(const Berth& berth) { return berth.iccid.empty() ? berth.imsi : berth.iccid; }

bool differ(const std::string& left, const std::string& right) {
  return !left.empty() && !right.empty() && left != right;
}

// ICCIDs are compared where both are known, else IMSIs.
bool another_card(const std::string& iccid, const std::string& imsi, const Identity& identity) {
  if (!iccid.empty() && !identity.iccid.empty()) return iccid != identity.iccid;
  return differ(imsi, identity.imsi);
}

// A configured one is held against what is known of its kind: a locked SIM tells no IMSI.
bool another_card(const std::string& configured, const Identity& identity) {
  modem::Wanted wanted;
  wanted.sim = configured;
  modem::Found found;
  found.identity = identity;
  return modem::fit(wanted, found) == modem::Fit::no;
}

std::string another_modem(const std::string& name, const std::string& meant, const Identity& identity) {
  return "The modem with IMEI " + identity.imei + " is in the place of modem " + name + ", which has IMEI " + meant +
         ". It is not used. If it is to take its place, run `burstctl modem replace " + name + "`.";
}

std::string another_sim(const std::string& name, const std::string& meant, const Identity& identity) {
  return "Another SIM (" + tail(card_of(identity)) + ") is in modem " + name + " than the one it has by the record (" +
         tail(meant) + "). Nothing is sent over it, nor any PIN typed. If this is right, run `burstctl modem replace " +
         name + "`.";
}

}  // namespace

modem::Wanted wanted_of(const modem::Options& options, const std::optional<Berth>& berth) {
  modem::Wanted wanted{options.name, options.imei, options.sim, options.usb, {}, options.usb};
  if (!berth) return wanted;
  wanted.last.imei = berth->imei;
  wanted.last.iccid = berth->iccid;
  wanted.last.imsi = berth->imsi;
  if (!is_adopted(options, berth)) return wanted;
  wanted.usb.clear();
  wanted.sim = options.sim.empty() ? std::string() : card_of(*berth);
  wanted.imei = options.imei.empty() && !wanted.sim.empty() ? std::string() : berth->imei;
  return wanted;
}

std::string objection(const modem::Options& options, const std::optional<Berth>& berth, const Identity& identity) {
  const bool adoption = is_adopted(options, berth);
  const std::string imei = adoption ? wanted_of(options, berth).imei : options.imei;
  if (!imei.empty() && !identity.imei.empty() && !modem::same_imei(imei, identity.imei))
    return another_modem(options.name, imei, identity);
  if (!adoption && !options.sim.empty() && another_card(options.sim, identity))
    return another_sim(options.name, options.sim, identity);
  const bool named = !adoption && (options.sim == identity.iccid || options.sim == identity.imsi);
  if (named && !options.sim.empty()) return {};
  if (berth && another_card(berth->iccid, berth->imsi, identity))
    return another_sim(options.name, card_of(*berth), identity);
  return {};
}

Berth bound(const std::string& name, const std::optional<Berth>& berth, const Identity& identity, base::Time at) {
  Berth next = berth.value_or(Berth{});
  next.name = name;
  next.bound_at = at;
  if (another_card(next.iccid, next.imsi, identity)) next.iccid = next.imsi = {};
  if (!identity.imei.empty()) next.imei = identity.imei;
  if (!identity.iccid.empty()) next.iccid = identity.iccid;
  if (!identity.imsi.empty()) next.imsi = identity.imsi;
  next.sim = identity.sim();
  return next;
}

Berth adopted(const modem::Options& options, const std::optional<Berth>& berth, const Identity& identity,
              base::Time at) {
  Berth next;
  next.name = options.name;
  next.imei = identity.imei;
  next.iccid = identity.iccid;
  next.imsi = identity.imsi;
  next.sim = identity.sim();
  next.bound_at = at;
  next.adopted_at = at;
  const bool other = berth && another_card(berth->iccid, berth->imsi, identity);
  const bool still = is_another_sims_pin(options, berth);
  next.configured = words_of(options) + (other || still ? with_another_sim : "");
  return next;
}

bool is_another_sims_pin(const modem::Options& options, const std::optional<Berth>& berth) {
  return berth && berth->configured == words_of(options) + with_another_sim;
}

}  // namespace burstd::gateway
