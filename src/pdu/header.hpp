// The user data header (23.040, 9.2.3.24): a chain of identifier, length, data. Read by the declared lengths only; what
// this gateway does not know is kept as it came. A chain whose last element does not end with the header is ignored as
// a whole, as the standard demands; the text after it still counts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/hex.hpp"
#include "pdu/gsm7.hpp"

namespace burstd::pdu {

struct Header {
  base::Octets octets;  // the elements, without the length octet (UDHL)
  bool operator==(const Header&) const = default;
};

struct Element {
  std::uint8_t identifier;
  std::span<const std::uint8_t> data;  // into the header
};

struct Concatenation {
  std::uint16_t reference = 0;
  std::uint8_t total = 1;
  std::uint8_t part = 1;  // counted from 1
  bool wide = false;      // 16-bit reference

  bool operator==(const Concatenation&) const = default;
};

struct Ports {
  std::uint16_t destination = 0;
  std::uint16_t source = 0;
  bool wide = true;  // 16-bit port numbers

  bool operator==(const Ports&) const = default;
};

// Whether the elements end exactly where the header does.
bool is_sound(const Header& header);

// In the order sent; none where the header is not sound. Views into `header`, which must outlive them.
std::vector<Element> elements(const Header& header);

// The last one given; nothing for total 0, part 0 or part above total, which the standard tells a receiver to ignore.
std::optional<Concatenation> concatenation(const Header& header);
std::optional<Ports> ports(const Header& header);

// National language tables asked for by the header, the last ones given. An element that names none of them is ignored.
Alphabet alphabet(const Header& header);

void append(Header& header, const Concatenation& concatenation);
void append(Header& header, const Ports& ports);
// The elements that name these tables; none for the default alphabet.
void append(Header& header, const Alphabet& alphabet);

}  // namespace burstd::pdu
