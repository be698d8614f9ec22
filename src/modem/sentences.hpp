// What the status page says while a modem cannot send: one sentence for each thing a person may have to do.
// Pure; used by SetUp.
#pragma once

#include <string>

#include "at/failure.hpp"

namespace burstd::modem {

extern const char* const no_modem;  // it answers, but has no identity

std::string sim_sentence(const at::Failure& failure);  // +CPIN? was refused
std::string pin_missing(const std::string& modem);     // the SIM wants a PIN, none is configured
std::string pin_invalid(const std::string& modem);     // the configured one is no PIN at all
std::string pin_spent(const std::string& modem);       // typed once, and the SIM asks again
std::string puk_wanted(const std::string& modem);
std::string lock_sentence(const std::string& line);  // any other lock
std::string registration_sentence(int stat);         // 27.007 7.2; -1: the modem does not say

}  // namespace burstd::modem
