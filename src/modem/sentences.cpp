#include "modem/sentences.hpp"

#include <algorithm>

#include "base/counted.hpp"

namespace burstd::modem {

namespace {

std::string unlock_hint(const std::string& modem) {
  return "When you are sure of the PIN, run `burstctl modem unlock " + modem + "` and correct the configuration.";
}

}  // namespace

const char* const no_modem =
    "Something on this port answers, but is not a modem with a SIM: it has no IMEI, IMSI or ICCID. Is it the right "
    "port?";

std::string sim_sentence(const at::Failure& failure) {
  const at::Meaning& meaning = at::meaning(failure);
  if (meaning.code < 0) return "The modem cannot read a SIM card yet and gives no reason. Is one inserted?";
  return std::string(meaning.sentence);
}

std::string pin_missing(const std::string& modem) {
  return "The SIM in modem " + modem +
         " needs its PIN. Enter it as `pin` of this modem in the configuration, or run `burstctl modem unlock " +
         modem + "`.";
}

std::string pin_invalid(const std::string& modem) {
  return "The PIN of modem " + modem + " is not one: a PIN has four to eight digits. It was not typed.";
}

std::string pin_spent(const std::string& modem) {
  return "The PIN of modem " + modem +
         " was tried before and not accepted, and is not tried again: three wrong ones lock the SIM. " +
         unlock_hint(modem);
}

std::string pin_of_another(const std::string& modem) {
  return "The SIM in modem " + modem +
         " is not the one that the configured PIN belongs to, and wants a PIN of its own. " + unlock_hint(modem);
}

std::string pin_uncountable(const std::string& modem) {
  return "Modem " + modem +
         " tells neither its IMEI nor the number of its locked SIM, so that wrong PINs could not be counted. "
         "The PIN is not typed. Unlock the SIM in a telephone, or switch its PIN off there.";
}

std::string pin_refused(const std::string& modem, std::optional<int> tries) {
  const std::string left = tries ? " (" + base::counted(*tries, "try", "tries") + " left)" : std::string();
  return "The SIM in modem " + modem + " refused its PIN" + left + ". It is not tried again. " + unlock_hint(modem);
}

std::string pin_unanswered(const std::string& modem) {
  return "The SIM in modem " + modem + " did not say whether it takes its PIN. It is not tried again. " +
         unlock_hint(modem);
}

std::string pin_accepted(const std::string& modem) {
  return "The SIM in modem " + modem + " has taken its PIN and is starting.";
}

std::string pin_tries_low(const std::string& modem, int tries) {
  return "The SIM in modem " + modem + " has only " + std::to_string(tries) + (tries == 1 ? " try" : " tries") +
         " left for its PIN, so that the service does not try by itself. " + unlock_hint(modem);
}

std::string centre_missing(const std::string& modem) {
  return "The SIM in modem " + modem +
         " has no number of a service centre, without which nothing can be sent. Enter it in a telephone (message "
         "settings), or "
         "ask the operator for another SIM.";
}

// No more of it than its beginning: a line may hold a caller's number.
std::string flooded(const std::string& line) {
  const std::string beginning = line.substr(0, std::min<std::size_t>(line.find(':'), 20));
  return "The modem talks without pause (\"" + beginning +
         "\"). It may be restarting again and again; look at its power supply. It sends all the same.";
}

std::string puk_wanted(const std::string& modem) {
  return "The SIM in modem " + modem +
         " is locked and wants its PUK, which this service never types. Unlock the SIM in a telephone.";
}

std::string lock_sentence(const std::string& line) {
  return "The SIM or the modem is locked (\"" + line + "\"). Unlock it in a telephone or with its vendor's program.";
}

std::string word_awaited(base::Time until) {
  return "It waits until " + base::to_rfc3339(until) +
         " for word of a message that may be on the air, and goes on then.";
}

std::string registration_sentence(int stat) {
  switch (stat) {
    case 0:
      return "The modem is not in a network and does not search for one. Check SIM and antenna.";
    case 2:
      return "The modem searches for a network. If this lasts, check antenna and reception.";
    case 3:
      return "The network refuses this SIM. Ask the operator whether it is active.";
    case 8:
    case 11:
      return "The network lets this SIM make emergency calls only. Ask the operator whether it is active.";
    default:
      return "The modem does not say whether it has a network. If this lasts, check antenna and reception.";
  }
}

}  // namespace burstd::modem
