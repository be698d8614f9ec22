// The octets of one PDU while it is being built. No PDU is longer than the room here: a service centre, the fixed
// fields, an address and 140 octets of user data come to 185 at most.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "pdu/encoded.hpp"

namespace burstd::pdu {

class Writer {
 public:
  void octet(std::uint8_t value);
  void octets(std::span<const std::uint8_t> values);

  // Everything from here on is the TPDU; call it once, after the service centre.
  void begin_tpdu() { x_tpdu = x_size; }
  Encoded finish() const;

 private:
  std::array<std::uint8_t, 192> x_octets;
  std::size_t x_size = 0;
  std::size_t x_tpdu = 0;
};

}  // namespace burstd::pdu
