// What a profile says to a command before the ordinary table is asked: answers of its own, names it does not know,
// resets, the time in which the SIM is not ready. Only command.cpp calls it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/terminal.hpp"

namespace burstd::sim {

class Modem;

// `text` is one command without its "AT": "^CURC=0", "+CPIN?". Nothing: the ordinary table answers.
std::optional<Outcome> by_profile(Modem& modem, std::string_view text);

// Whether this whole line restarts the modem; asked where nothing else is read.
bool is_reset(const Modem& modem, std::string_view text);

// The text with {imei}, {iccid}, {pin_tries} and their like filled in.
std::string filled(const Modem& modem, std::string_view text);

}  // namespace burstd::sim
