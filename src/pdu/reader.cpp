#include "pdu/reader.hpp"

#include <utility>

namespace burstd::pdu {
namespace {

base::Error truncated(std::string_view field) {
  return base::malformed("pdu-truncated", "The PDU is cut short: it ends within " + std::string(field) +
                                              ". Check that it was copied whole.");
}

}  // namespace

base::Error invalid(std::string_view field, std::string_view what) {
  return base::malformed("pdu-invalid", std::string(field) + " is not valid: " + std::string(what) + ".");
}

std::uint8_t Reader::octet(std::string_view field) {
  const OctetView one = take(1, field);
  return one.empty() ? std::uint8_t{0} : one.front();
}

OctetView Reader::take(std::size_t count, std::string_view field) {
  if (failed()) return {};
  if (count > left()) {
    refuse(truncated(field));
    return {};
  }
  const OctetView taken = x_octets.subspan(x_position, count);
  x_position += count;
  return taken;
}

void Reader::refuse(std::string_view field, std::string_view what) { refuse(invalid(field, what)); }

void Reader::refuse(base::Error error) {
  if (!failed()) x_error = std::move(error);
}

}  // namespace burstd::pdu
