#include "at/command.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "at/text.hpp"

namespace burstd::at {

namespace {

// Words that modems utter by themselves (V.250 6.3, 27.007 and common start-up texts); never free text of ours.
constexpr std::array spontaneous{"RING", "NO CARRIER", "NO ANSWER", "NO DIALTONE", "BUSY",   "CONNECT",
                                 "RDY",  "SMS READY",  "SMS DONE",  "CALL READY",  "PB DONE"};

bool is_free_text(std::string_view line) {
  static constexpr std::string_view marks = "+^*#$%!&>";
  if (marks.find(line.front()) != std::string_view::npos) return false;
  return std::none_of(spontaneous.begin(), spontaneous.end(), [&](const char* word) { return same(line, word); });
}

bool is_number(std::string_view line) {
  while (!line.empty() && (line.back() == 'F' || line.back() == 'f')) line.remove_suffix(1);
  return is_digits(line);
}

}  // namespace

bool Command::answers(std::string_view line) const {
  if (line.empty()) return false;
  if (std::any_of(prefixes.begin(), prefixes.end(), [&](const auto& prefix) { return starts(line, prefix); }))
    return true;
  if (answer == Answer::words) return is_free_text(line);
  return answer == Answer::digits && is_number(line);
}

Command plain(std::string text) {
  Command command;
  command.text = std::move(text);
  return command;
}

Command probe() {
  Command command = plain("AT");
  command.answer = Command::Answer::probe;
  return command;
}

Command ask(std::string text, std::string prefix) {
  Command command = plain(std::move(text));
  command.answer = Command::Answer::prefixed;
  command.prefixes.push_back(std::move(prefix));
  return command;
}

Command ask_words(std::string_view name) {
  Command command = ask("AT" + std::string(name), std::string(name) + ":");
  command.answer = Command::Answer::words;
  return command;
}

Command ask_digits(std::string_view name) {
  const std::string bare(name.substr(0, name.find('?')));
  Command command = ask("AT" + std::string(name), bare + ":");
  command.answer = Command::Answer::digits;
  return command;
}

Command submit(int length, std::string pdu) {
  Command command = ask("AT+CMGS=" + std::to_string(length), "+CMGS:");
  command.payload = std::move(pdu);
  return command;
}

Command read_stored(int index) {
  Command command = ask("AT+CMGR=" + std::to_string(index), "+CMGR:");
  command.pdu_lines = true;
  return command;
}

Command list_stored() {
  Command command = ask("AT+CMGL=4", "+CMGL:");
  command.pdu_lines = true;
  return command;
}

Command enter_pin(std::string_view pin) { return plain("AT+CPIN=\"" + std::string(pin) + "\""); }

Command ask_service(std::string_view code) { return plain("AT+CUSD=1,\"" + std::string(code) + "\",15"); }

}  // namespace burstd::at
