// A story of tests/transcripts played as the modem's side of a real line. What the story does not expect
// goes to the ordinary modem, so a daemon may set the modem up as it likes before, within and after it.
// A PDU and the length in AT+CMGS need not be the story's: those steps fit every message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/agenda.hpp"

namespace burstd::sim {

struct Step {
  enum class Kind : std::uint8_t { read, write, wait, silence };
  Kind kind;
  std::string octets;
  base::Milliseconds span{0};
  int line = 0;  // in the file
};

// Fails with code "transcript-invalid"; the sentence names the line.
base::Result<std::vector<Step>> read_transcript(std::string_view text);

class Player {
 public:
  using Say = std::function<void(std::string_view octets)>;
  struct Ends {
    Say write;                              // to the daemon
    Say modem;                              // what the story does not expect
    std::function<void(int line)> reached;  // a step of the daemon's side was met; 0: the story is over
  };

  Player(std::vector<Step> steps, Agenda& agenda, Ends ends);

  void opened();  // what stands before the first step of the daemon's side is played now
  void feed(std::string_view octets);

 private:
  void play();
  void digest();
  void take(std::string chunk);
  bool at(Step::Kind kind) const { return x_next < x_steps.size() && x_steps[x_next].kind == kind; }

  std::vector<Step> x_steps;
  Agenda& x_agenda;
  Ends x_ends;
  std::size_t x_next = 0;
  bool x_waiting = false;
  std::string x_inbox;
  std::string x_partial;  // the beginning of what the next step expects
};

}  // namespace burstd::sim
