// Information lines to values (27.005, 27.007), tolerant of what modems make of them: missing blanks, missing
// or superfluous quotes and fields. Nothing where a line says nothing readable. Used by modem.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "at/failure.hpp"
#include "base/time.hpp"

namespace burstd::at {

// A final result that is an error; nothing for any other line. NO CARRIER and its kin are not final results
// of any command of ours: they tell of a telephone call.
std::optional<Failure> failure_of(std::string_view line);

// +CMGS: <mr>[,<ackpdu>]
std::optional<int> submit_reference(std::string_view line);

// <stat> of +CREG, +CGREG and +CEREG, of the answer ("0,1") as of the event ("1").
std::optional<int> registration(std::string_view line);

// Whether short messages can be sent in this registration state (27.007 7.2).
bool can_send(int stat);

// The time that +CCLK tells; nothing where it does not say by which offset, is no time, or is of the last century.
std::optional<base::Time> network_time(std::string_view line);

// 0..31 of +CSQ; nothing for 99.
std::optional<int> signal_strength(std::string_view line);

// <oper> of +COPS; empty when there is none.
std::string operator_name(std::string_view line);

enum class SimLock : std::uint8_t { ready, pin, puk, other };
SimLock sim_lock(std::string_view line);  // +CPIN

// "2,1,0,1,0" of +CNMI: 2,1,0,1,0
std::string report_route(std::string_view line);

// Whether two routes agree in <mode>,<mt>,<bm>,<ds>; <bfr> is often read back in another way.
bool same_route(std::string_view left, std::string_view right);

// Whether the answer to AT+CNMI=? lists all values of `route`; also where the answer says nothing about one of them.
bool offers_route(std::string_view line, std::string_view route);

// The memories that AT+CPMS=? offers for reading (its first list), or that AT+CPMS? tells as chosen (three of them, in
// any form in which modems write it: in one or two brackets, without brackets, without quotes, empty).
std::vector<std::string> memories(std::string_view line);

// How full the memories of AT+CPMS? are, and the one of the answer to AT+CPMS=… (then without a name).
struct MemoryUse {
  std::string name;
  int used;
  int total;
};
std::vector<MemoryUse> memory_use(std::string_view line);

// <sca> of +CSCA; empty: the SIM has none.
std::string service_centre(std::string_view line);

// <number> of +CNUM (27.007, 7.1), of several lines the first that has one: "+41791234567" of an international one
// (type 145), else its digits; empty: the SIM does not say it.
std::string own_number(const std::vector<std::string>& lines);

// The number at `field` of an answer, from 0: the tries that a PIN counter tells.
std::optional<int> number_at(std::string_view line, int field);

// The fourth number of a route (0 no reports, 1 direct, 2 stored; -1: none is told), and whether two routes agree in
// it.
int report_kind(std::string_view route);
bool same_reports(std::string_view left, std::string_view right);

// <service> of +CSMS?; an additional number in front is skipped.
std::optional<int> message_service(std::string_view line);

// Free text of +CGMI, +CGMM, +CGMR with or without prefix and quotes; several lines are joined by blanks.
std::string words_of(const std::vector<std::string>& lines);

// Digits of +CGSN, +CIMI, +CCID with or without prefix, quotes and trailing filler; empty: none.
std::string digits_of(const std::vector<std::string>& lines);

// The card's number (+CCID and its kin): 18 to 22 digits that begin with 89, the telecom industry's (ITU-T E.118).
// Anything else is not one and gives an empty text.
std::string card_number(const std::vector<std::string>& lines);

struct Stored {
  int index;  // -1 in the answer to +CMGR
  int stat;   // 0, 1: received; 2, 3: our own; -1: not said
  std::string pdu;
};

// The answers to +CMGR and +CMGL: heads, each followed by its PDU.
std::vector<Stored> stored(const std::vector<std::string>& lines);

}  // namespace burstd::at
