#include "pdu/header.hpp"

namespace burstd::pdu {
namespace {

// Information element identifiers, 23.040, 9.2.3.24.
constexpr std::uint8_t concatenation_8 = 0x00;
constexpr std::uint8_t ports_8 = 0x04;
constexpr std::uint8_t ports_16 = 0x05;
constexpr std::uint8_t concatenation_16 = 0x08;
constexpr std::uint8_t single_shift = 0x24;
constexpr std::uint8_t locking_shift = 0x25;

// Length of the element that begins at `at`, with its two leading octets; 0 where it does not fit.
std::size_t element_size(const base::Octets& octets, std::size_t at) {
  if (octets.size() - at < 2) return 0;
  const std::size_t size = std::size_t{2} + octets[at + 1];
  return size <= octets.size() - at ? size : 0;
}

// Calls `visit` for every element; does nothing where the header is not sound.
template <class Visit>
void each(const Header& header, Visit visit) {
  if (!is_sound(header)) return;
  const std::span<const std::uint8_t> octets(header.octets);
  for (std::size_t at = 0; at < octets.size(); at += std::size_t{2} + octets[at + 1]) {
    visit(Element{octets[at], octets.subspan(at + 2, octets[at + 1])});
  }
}

constexpr std::uint16_t word(std::uint8_t high, std::uint8_t low) {
  return static_cast<std::uint16_t>(high << 8 | low);
}
constexpr std::uint8_t high(std::uint16_t value) { return static_cast<std::uint8_t>(value >> 8); }
constexpr std::uint8_t low(std::uint16_t value) { return static_cast<std::uint8_t>(value & 0xFF); }

std::optional<Concatenation> read_concatenation(const Element& element) {
  const auto& data = element.data;
  Concatenation read;
  if (element.identifier == concatenation_8 && data.size() == 3) {
    read = {data[0], data[1], data[2], false};
  } else if (element.identifier == concatenation_16 && data.size() == 4) {
    read = {word(data[0], data[1]), data[2], data[3], true};
  } else {
    return std::nullopt;
  }
  if (read.total == 0 || read.part == 0 || read.part > read.total) return std::nullopt;
  return read;
}

std::optional<Ports> read_ports(const Element& element) {
  const auto& data = element.data;
  if (element.identifier == ports_8 && data.size() == 2) return Ports{data[0], data[1], false};
  if (element.identifier == ports_16 && data.size() == 4) {
    return Ports{word(data[0], data[1]), word(data[2], data[3]), true};
  }
  return std::nullopt;
}

void append(Header& header, std::initializer_list<std::uint8_t> octets) {
  header.octets.insert(header.octets.end(), octets);
}

}  // namespace

bool is_sound(const Header& header) {
  std::size_t at = 0;
  while (at < header.octets.size()) {
    const std::size_t size = element_size(header.octets, at);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

std::vector<Element> elements(const Header& header) {
  std::vector<Element> found;
  each(header, [&found](const Element& element) { found.push_back(element); });
  return found;
}

std::optional<Concatenation> concatenation(const Header& header) {
  std::optional<Concatenation> last;
  each(header, [&last](const Element& element) {
    if (const auto read = read_concatenation(element)) last = read;
  });
  return last;
}

std::optional<Ports> ports(const Header& header) {
  std::optional<Ports> last;
  each(header, [&last](const Element& element) {
    if (const auto read = read_ports(element)) last = read;
  });
  return last;
}

Alphabet alphabet(const Header& header) {
  Alphabet asked;
  each(header, [&asked](const Element& element) {
    if (element.data.size() != 1) return;
    const Language named = language(element.data[0]);
    if (named == Language::standard) return;
    if (element.identifier == locking_shift) asked.locking = named;
    if (element.identifier == single_shift) asked.single = named;
  });
  return asked;
}

void append(Header& header, const Concatenation& concatenation) {
  if (concatenation.wide) {
    append(header, {concatenation_16, 4, high(concatenation.reference), low(concatenation.reference),
                    concatenation.total, concatenation.part});
  } else {
    append(header, {concatenation_8, 3, low(concatenation.reference), concatenation.total, concatenation.part});
  }
}

void append(Header& header, const Ports& ports) {
  if (ports.wide) {
    append(header,
           {ports_16, 4, high(ports.destination), low(ports.destination), high(ports.source), low(ports.source)});
  } else {
    append(header, {ports_8, 2, low(ports.destination), low(ports.source)});
  }
}

void append(Header& header, const Alphabet& alphabet) {
  const auto number = [](Language language) { return static_cast<std::uint8_t>(language); };
  if (alphabet.single != Language::standard) append(header, {single_shift, 1, number(alphabet.single)});
  if (alphabet.locking != Language::standard) append(header, {locking_shift, 1, number(alphabet.locking)});
}

}  // namespace burstd::pdu
