// What goes over a port, line by line, in the log where somebody wants it: at the level debug with PDUs, numbers and
// words masked, at the level trace (burstd --unsafe-trace) as it is. A PIN is shown in neither. Terminal feeds it.
#pragma once

#include <string>
#include <string_view>

namespace burstd::modem {

class Trace {
 public:
  explicit Trace(std::string port) : x_port(std::move(port)) {}

  void sent(std::string_view octets) { take(x_sent, '>', octets); }
  void heard(std::string_view octets) { take(x_heard, '<', octets); }

 private:
  void take(std::string& line, char way, std::string_view octets);
  void tell(const std::string& line, char way) const;

  std::string x_port, x_sent, x_heard;
};

// A line as anybody may read it: "<25 octets>" for a PDU, "…123" for a number, "…" for an operator's words.
std::string masked(std::string_view line);

// The line, its PIN or password aside.
std::string without_secrets(std::string_view line);

}  // namespace burstd::modem
