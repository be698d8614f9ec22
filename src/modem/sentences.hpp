// What the status page says while a modem cannot send: one sentence for each thing a person may have to do.
// Pure; used by the parts of a session, and by the owner who refuses a PIN.
#pragma once

#include <optional>
#include <string>

#include "at/failure.hpp"
#include "base/time.hpp"

namespace burstd::modem {

extern const char* const no_modem;  // it answers, but has no identity

std::string sim_sentence(const at::Failure& failure);   // +CPIN? was refused
std::string pin_missing(const std::string& modem);      // the SIM wants a PIN, none is configured
std::string pin_invalid(const std::string& modem);      // the configured one is no PIN at all
std::string pin_spent(const std::string& modem);        // refused or unanswered before, and nobody has released it
std::string pin_of_another(const std::string& modem);   // the configured one is a former SIM's
std::string pin_uncountable(const std::string& modem);  // neither IMEI nor ICCID is told: its tries cannot be counted
std::string pin_refused(const std::string& modem, std::optional<int> tries);
std::string pin_unanswered(const std::string& modem);
std::string pin_accepted(const std::string& modem);  // and the SIM needs a moment
std::string pin_tries_low(const std::string& modem, int tries);
std::string puk_wanted(const std::string& modem);
std::string lock_sentence(const std::string& line);  // any other lock
std::string centre_missing(const std::string& modem);
std::string flooded(const std::string& line);  // by lines like this one
std::string registration_sentence(int stat);   // 27.007 7.2; -1: the modem does not say
std::string word_awaited(base::Time until);    // of an attempt that has no verdict yet

}  // namespace burstd::modem
