// How a modem speaks on its line: echo, verbose or numeric results, errors as codes or words (V.25ter,
// 27.007 9.2), and unsolicited lines. It knows nothing of what is said.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace burstd::sim {

// The modem's end of the line. The pty implements it, and tests do.
class Wire {
 public:
  virtual ~Wire() = default;

  virtual void write(std::string_view octets) = 0;
  virtual bool open() const = 0;  // somebody has the other end open
  virtual void reboot() = 0;      // the modem restarts and its port goes away for a while
};

// How a command ended.
struct Outcome {
  enum class Kind : std::uint8_t {
    ok,
    pending,  // the final result comes later
    error,
    unknown,  // no such command
    told,     // everything has been said already, and it is not OK
    cme,
    cms,
  };
  Kind kind = Kind::ok;
  int code = 0;

  bool good() const { return kind == Kind::ok; }
};

inline Outcome done() { return {}; }
inline Outcome pending() { return {Outcome::Kind::pending, 0}; }
inline Outcome wrong() { return {Outcome::Kind::error, 0}; }
inline Outcome unknown() { return {Outcome::Kind::unknown, 0}; }
inline Outcome told() { return {Outcome::Kind::told, 0}; }
inline Outcome cme(int code) { return {Outcome::Kind::cme, code}; }
inline Outcome cms(int code) { return {Outcome::Kind::cms, code}; }

struct Manner {
  bool echo = true;
  bool verbose = true;
  bool quiet = false;
  int cmee = 0;
};

class Terminal {
 public:
  explicit Terminal(Wire& wire) : x_wire(wire) {}

  Manner manner;
  std::string line_end = "\r\n";         // around unsolicited lines
  std::string unknown_result = "ERROR";  // to a command that does not exist
  bool hung = false;                     // reads and says nothing

  // Whether what is said now can be heard.
  bool heard() const { return !hung && x_wire.open(); }

  // A line of an answer.
  void info(std::string_view text);
  // An unsolicited line.
  void tell(std::string_view text);
  void finish(Outcome outcome);
  void raw(std::string_view octets);
  void echo(std::string_view octets);

 private:
  std::string verdict(Outcome outcome) const;

  Wire& x_wire;
};

}  // namespace burstd::sim
