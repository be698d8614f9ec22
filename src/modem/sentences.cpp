#include "modem/sentences.hpp"

namespace burstd::modem {

const char* const no_modem =
    "Something on this port answers, but is not a modem with a SIM: it has no IMEI, IMSI or ICCID. Is it the right "
    "port?";

std::string sim_sentence(const at::Failure& failure) {
  const at::Meaning& meaning = at::meaning(failure);
  if (meaning.code < 0) return "The modem cannot read a SIM card yet and gives no reason. Is one inserted?";
  return std::string(meaning.sentence);
}

std::string pin_missing(const std::string& modem) {
  return "The SIM in modem " + modem + " needs its PIN. Enter it as `pin` of this modem in the configuration.";
}

std::string pin_invalid(const std::string& modem) {
  return "The `pin` of modem " + modem + " in the configuration is not a PIN: four to eight digits. It was not typed.";
}

std::string pin_spent(const std::string& modem) {
  return "The PIN of modem " + modem +
         " was not accepted and is not tried again: three wrong ones lock the SIM. Correct `pin` in the configuration "
         "and restart the service.";
}

std::string puk_wanted(const std::string& modem) {
  return "The SIM in modem " + modem +
         " is locked and wants its PUK, which this service never types. Unlock the SIM in a telephone.";
}

std::string lock_sentence(const std::string& line) {
  return "The SIM or the modem is locked (\"" + line + "\"). Unlock it in a telephone or with its vendor's program.";
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
