#include "pdu/writer.hpp"

#include <algorithm>

#include "base/hex.hpp"

namespace burstd::pdu {

void Writer::octet(std::uint8_t value) { octets({&value, 1}); }

void Writer::octets(std::span<const std::uint8_t> values) {
  const std::size_t count = std::min(values.size(), x_octets.size() - x_size);
  std::copy_n(values.begin(), count, x_octets.begin() + static_cast<std::ptrdiff_t>(x_size));
  x_size += count;
}

Encoded Writer::finish() const {
  return Encoded{base::to_hex(std::span(x_octets).first(x_size)), static_cast<int>(x_size - x_tpdu)};
}

}  // namespace burstd::pdu
