// A cursor over a PDU's octets, for the decoders of this room. The first trouble sticks: every later read gives zeros,
// so that a decoder reads straight on and asks once at the end. Never reads past the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace burstd::pdu {

using OctetView = std::span<const std::uint8_t>;

class Reader {
 public:
  explicit Reader(OctetView octets) : x_octets(octets) {}

  // `field` is the standard's name, for the sentence; it must outlive the reader.
  std::uint8_t octet(std::string_view field);
  // Exactly `count` octets, or none at all.
  OctetView take(std::size_t count, std::string_view field);

  // Code "pdu-invalid"; the first refusal counts.
  void refuse(std::string_view field, std::string_view what);
  void refuse(base::Error error);

  std::size_t left() const { return x_octets.size() - x_position; }
  bool failed() const { return x_error.has_value(); }
  const base::Error& error() const { return *x_error; }

 private:
  OctetView x_octets;
  std::size_t x_position = 0;
  std::optional<base::Error> x_error;
};

base::Error invalid(std::string_view field, std::string_view what);

}  // namespace burstd::pdu
