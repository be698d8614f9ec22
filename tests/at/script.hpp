// Reads and plays tests/transcripts/*/*.at against the pure dialogue; the format is told in their README. Used by
// the tests of at only; the simulated modem has a reader of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "at/dialogue.hpp"

namespace burstd::at {

struct Step {
  char whose;
  std::string rest;
};

std::vector<Step> steps_of(const std::string& text);
std::string octets_of(std::string_view escaped);
std::string printed(const Effect& effect);  // as a `=` line writes it

// Plays a transcript, feeding `chunk` octets at a time (0: all); returns complaints, each a sentence.
class Player {
 public:
  explicit Player(std::size_t chunk) : x_chunk(chunk) {}
  std::vector<std::string> play(const std::vector<Step>& steps);

 private:
  void decide(const std::string& what);
  void feed(const std::string& octets);
  void expect(std::vector<std::string>& from, const std::string& wanted);
  void take(Effects effects);

  std::size_t x_chunk;
  Dialogue x_dialogue;
  std::vector<std::string> x_ignored;
  std::vector<std::string> x_written;
  std::vector<std::string> x_effects;
  std::vector<std::string> x_complaints;
};

}  // namespace burstd::at
