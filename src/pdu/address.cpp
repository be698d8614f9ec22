#include "pdu/address.hpp"

#include "base/utf8.hpp"
#include "pdu/address_fields.hpp"
#include "pdu/gsm7.hpp"
#include "pdu/semi_octets.hpp"

namespace burstd::pdu {
namespace {

constexpr std::size_t most_digits = 20;      // 10 octets, 23.040, 9.1.2.5
constexpr std::size_t most_characters = 11;  // septets in those 10 octets
constexpr std::string_view centre_field = "The service centre's address";

base::Error bad_address(std::string_view field, std::string_view what) {
  return base::malformed("address-invalid", std::string(field) + " is not valid: " + std::string(what) + ".");
}

void read_type(Address& address, std::uint8_t octet) {
  address.type = TypeOfNumber{static_cast<std::uint8_t>(octet >> 4U & 7U)};
  address.plan = octet & 0x0FU;
}

std::uint8_t write_type(const Address& address) {
  return static_cast<std::uint8_t>(0x80U | static_cast<unsigned>(address.type) << 4U | (address.plan & 0x0FU));
}

base::Result<base::Octets> write_digits(const Address& address, std::string_view field) {
  if (address.value.empty()) return bad_address(field, "it is empty");
  if (address.value.size() > most_digits) return bad_address(field, "it has more than 20 digits");
  auto digits = write_semi_octets(address.value);
  if (!digits) return bad_address(field, "only digits and * # a b c can be dialled");
  return *std::move(digits);
}

base::Result<base::Octets> name_septets(std::string_view utf8, std::string_view field) {
  const auto points = base::from_utf8(utf8);
  if (!points) return points.error();
  auto septets = to_septets(*points);
  if (!septets) return bad_address(field, "the name has a character that is not in the GSM alphabet");
  if (septets->empty()) return bad_address(field, "it is empty");
  if (septets->size() > most_characters) return bad_address(field, "a name has at most 11 characters");
  return *std::move(septets);
}

}  // namespace

std::string to_text(const Address& address) {
  return address.type == TypeOfNumber::international ? "+" + address.value : address.value;
}

base::Result<Address> number_address(std::string_view text) {
  Address address;
  if (text.starts_with('+')) {
    address.type = TypeOfNumber::international;
    text.remove_prefix(1);
  }
  address.value = text;
  const auto digits = write_digits(address, "The number");
  if (!digits) return digits.error();
  return address;
}

base::Result<Address> name_address(std::string_view utf8) {
  const auto septets = name_septets(utf8, "The sender's name");
  if (!septets) return septets.error();
  return Address{TypeOfNumber::alphanumeric, 0, std::string(utf8)};
}

std::optional<Address> read_service_centre(Reader& reader) {
  const std::size_t length = reader.octet(centre_field);
  if (length > most_digits / 2 + 2) reader.refuse(centre_field, "it is longer than 12 octets");
  const OctetView octets = reader.take(length, centre_field);
  if (octets.size() < 2) return std::nullopt;
  Address address;
  read_type(address, octets.front());
  address.value = read_semi_octets(octets.subspan(1), 2 * (octets.size() - 1));
  return address;
}

Address read_address(Reader& reader, std::string_view field) {
  Address address;
  const std::size_t length = reader.octet(field);
  if (length > most_digits) reader.refuse(field, "it is longer than 20 semi-octets");
  read_type(address, reader.octet(field));
  const OctetView octets = reader.take((length + 1) / 2, field);
  if (address.type == TypeOfNumber::alphanumeric) {
    address.value = septets_to_utf8(unpack_septets(octets, length * 4 / 7));
  } else {
    address.value = read_semi_octets(octets, length);
  }
  return address;
}

base::Result<void> write_service_centre(Writer& writer, const std::optional<Address>& address) {
  if (!address) {
    writer.octet(0);
    return {};
  }
  const auto digits = write_digits(*address, centre_field);
  if (!digits) return digits.error();
  writer.octet(static_cast<std::uint8_t>(digits->size() + 1));
  writer.octet(write_type(*address));
  writer.octets(*digits);
  return {};
}

base::Result<void> write_address(Writer& writer, const Address& address, std::string_view field) {
  const bool is_name = address.type == TypeOfNumber::alphanumeric;
  const auto codes = is_name ? name_septets(address.value, field) : write_digits(address, field);
  if (!codes) return codes.error();
  const std::size_t length = is_name ? (codes->size() * 7 + 3) / 4 : address.value.size();
  writer.octet(static_cast<std::uint8_t>(length));
  writer.octet(write_type(address));
  writer.octets(is_name ? pack_septets(*codes) : *codes);
  return {};
}

}  // namespace burstd::pdu
