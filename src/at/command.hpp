// What we say to a modem and which lines belong to its answer. A line is a reply only when the command in
// flight says so here; every other line is unsolicited. Made by the builders below, run by Dialogue.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace burstd::at {

struct Command {
  enum class Answer : std::uint8_t {
    none,      // a final result only
    prefixed,  // lines that begin with one of `prefixes`
    words,     // prefixed lines, or free text (+CGMI)
    digits,    // prefixed lines, or a line of digits (+CGSN, +CIMI); a trailing F is a filler
    probe,     // a final result only, and never a +CMS ERROR: that belongs to an earlier submission
  };

  std::string text;  // without CR
  Answer answer = Answer::none;
  std::vector<std::string> prefixes;  // "+CSQ:"
  bool pdu_lines = false;             // each prefixed line is followed by a line of hexadecimal digits
  std::string payload;                // sent with Ctrl-Z at the prompt; empty: the command has no prompt
  bool unprompted = false;            // the modem shows no prompt: payload and Ctrl-Z go out with the command

  // Whether `line` is an information line of this command's answer.
  bool answers(std::string_view line) const;
};

Command plain(std::string text);                    // "AT+CMGF=0"
Command probe();                                    // "AT", to see whether somebody is there
Command ask(std::string text, std::string prefix);  // "AT+CSQ", "+CSQ:"
Command ask_words(std::string_view name);           // "+CGMI"
Command ask_digits(std::string_view name);          // "+CGSN", "^ICCID?"
Command submit(int length, std::string pdu);        // +CMGS in PDU mode (27.005 4.3)
Command read_stored(int index);                     // +CMGR
Command list_stored();                              // +CMGL=4: all
Command enter_pin(std::string_view pin);            // +CPIN
Command ask_service(std::string_view code);         // +CUSD: the answer comes later, as a ServiceAnswer

}  // namespace burstd::at
