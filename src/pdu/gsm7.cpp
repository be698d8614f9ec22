#include "pdu/gsm7.hpp"

#include <algorithm>

#include "pdu/gsm7_tables.hpp"

namespace burstd::pdu {
namespace {

constexpr SeptetCode no_code{0, 0};

SeptetCode search_code(char32_t point) {
  const LockingTable locking = locking_table(Language::standard);
  const auto found = std::find(locking.begin(), locking.end(), point);
  if (found != locking.end()) return SeptetCode{1, static_cast<std::uint8_t>(found - locking.begin())};
  for (const Shifted& row : single_table(Language::standard)) {
    if (row.point == point) return SeptetCode{2, row.septet};
  }
  return no_code;
}

// Eight septets are seven octets: packing and unpacking go by such blocks, whatever the fill bits before the first.
constexpr std::size_t block_septets = 8;
constexpr std::size_t block_octets = 7;

constexpr std::uint8_t low_octet(std::uint64_t word) { return static_cast<std::uint8_t>(word & 0xFF); }

// At most eight values of `width` bits, the first lowest.
template <unsigned width>
std::uint64_t gather(std::span<const std::uint8_t> values) {
  constexpr std::uint64_t mask = (1U << width) - 1;
  std::uint64_t word = 0;
  for (std::size_t at = 0; at < values.size(); ++at) word |= (values[at] & mask) << width * at;
  return word;
}

// Characters of the tables are all in the basic plane.
void append(std::string& text, char16_t point) {
  if (point < 0x80) {
    text.push_back(static_cast<char>(point));
    return;
  }
  if (point < 0x800) {
    text.push_back(static_cast<char>(0xC0 | point >> 6));
  } else {
    text.push_back(static_cast<char>(0xE0 | point >> 12));
    text.push_back(static_cast<char>(0x80 | (point >> 6 & 0x3F)));
  }
  text.push_back(static_cast<char>(0x80 | (point & 0x3F)));
}

char16_t shifted_point(std::uint8_t septet, LockingTable locking, std::span<const Shifted> single) {
  const auto found = std::lower_bound(single.begin(), single.end(), septet,
                                      [](const Shifted& row, std::uint8_t wanted) { return row.septet < wanted; });
  if (found != single.end() && found->septet == septet) return found->point;
  return septet == escape ? u' ' : locking[septet];
}

}  // namespace

Language language(std::uint8_t identifier) {
  return identifier <= static_cast<std::uint8_t>(Language::portuguese) ? Language{identifier} : Language::standard;
}

SeptetCode septet_code(char32_t point) {
  if (point < latin_codes.size()) return latin_codes[point];
  return point > 0xFFFF ? no_code : search_code(point);
}

std::string septets_to_utf8(std::span<const std::uint8_t> septets, Alphabet alphabet) {
  const LockingTable locking = locking_table(alphabet.locking);
  const std::span<const Shifted> single = single_table(alphabet.single);
  std::string text;
  text.reserve(septets.size() + septets.size() / 4);
  for (std::size_t at = 0; at < septets.size(); ++at) {
    const auto septet = static_cast<std::uint8_t>(septets[at] & 0x7F);
    if (septet != escape) {
      append(text, locking[septet]);
    } else if (at + 1 == septets.size()) {
      text.push_back(' ');
    } else {
      append(text, shifted_point(static_cast<std::uint8_t>(septets[++at] & 0x7F), locking, single));
    }
  }
  return text;
}

base::Octets pack_septets(std::span<const std::uint8_t> septets, unsigned fill) {
  base::Octets packed(packed_size(septets.size(), fill));
  std::uint64_t pending = 0;
  std::size_t to = 0;
  std::size_t from = 0;
  for (; from + block_septets <= septets.size(); from += block_septets) {
    pending |= gather<7>(septets.subspan(from, block_septets)) << fill;
    for (std::size_t octet = 0; octet < block_octets; ++octet) packed[to++] = low_octet(pending >> 8 * octet);
    pending >>= 8 * block_octets;
  }
  pending |= gather<7>(septets.subspan(from)) << fill;
  for (; to < packed.size(); pending >>= 8) packed[to++] = low_octet(pending);
  return packed;
}

base::Octets unpack_septets(std::span<const std::uint8_t> packed, std::size_t count, unsigned fill) {
  const std::size_t available = packed.size() * 8 < fill ? 0 : (packed.size() * 8 - fill) / 7;
  base::Octets septets(std::min(count, available));
  std::size_t to = 0;
  for (std::size_t from = 0; to < septets.size(); from += block_octets) {
    const std::size_t octets = std::min(packed.size() - from, block_octets + 1);
    const std::uint64_t word = gather<8>(packed.subspan(from, octets)) >> fill;
    const std::size_t end = std::min(to + block_septets, septets.size());
    for (unsigned shift = 0; to < end; shift += 7) septets[to++] = low_octet(word >> shift & 0x7F);
  }
  return septets;
}

}  // namespace burstd::pdu
