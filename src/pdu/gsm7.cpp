#include "pdu/gsm7.hpp"

#include <algorithm>

#include "pdu/gsm7_tables.hpp"

namespace burstd::pdu {
namespace {

constexpr SeptetCode no_code{0, 0};

std::optional<std::uint8_t> find_code(const CodeTable& codes, char32_t point) {
  const auto found = std::ranges::lower_bound(codes, point, {}, &Code::point);
  if (found == codes.end() || found->point != point) return std::nullopt;
  return found->septet;
}

SeptetCode search_code(char32_t point, Alphabet alphabet) {
  if (point >= 0xFFFF) return no_code;
  if (const auto alone = find_code(locking_codes(alphabet.locking), point)) return SeptetCode{1, *alone};
  if (const auto after = find_code(single_codes(alphabet.single), point)) return SeptetCode{2, *after};
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

// A septet becomes at most three octets: characters of the tables are all in the basic plane.
constexpr std::size_t most_octets = 3;

// Answers where the next character goes.
char* write(char* to, char16_t point) {
  if (point < 0x80) {
    *to++ = static_cast<char>(point);
    return to;
  }
  if (point < 0x800) {
    *to++ = static_cast<char>(0xC0 | point >> 6);
  } else {
    *to++ = static_cast<char>(0xE0 | point >> 12);
    *to++ = static_cast<char>(0x80 | (point >> 6 & 0x3F));
  }
  *to++ = static_cast<char>(0x80 | (point & 0x3F));
  return to;
}

char16_t shown(char16_t held) { return held == no_character || held == escape ? u' ' : held; }

char16_t shifted_point(std::uint8_t septet, Table locking, Table single) {
  return shown(single[septet] == no_character ? locking[septet] : single[septet]);
}

}  // namespace

Language language(std::uint8_t identifier) {
  return identifier < languages ? Language{identifier} : Language::standard;
}

SeptetCode septet_code(char32_t point, Alphabet alphabet) {
  if (point < latin_codes.size() && alphabet == Alphabet{}) return latin_codes[point];
  return search_code(point, alphabet);
}

std::optional<base::Octets> to_septets(std::u32string_view points, Alphabet alphabet) {
  base::Octets septets(points.size() * 2);
  const std::size_t direct = alphabet == Alphabet{} ? latin_codes.size() : 0;
  std::size_t size = 0;
  for (const char32_t point : points) {
    const SeptetCode code = point < direct ? latin_codes[point] : search_code(point, alphabet);
    if (code.count == 0) return std::nullopt;
    if (code.count == 2) septets[size++] = escape;
    septets[size++] = code.value;
  }
  septets.resize(size);
  return septets;
}

std::string septets_to_utf8(std::span<const std::uint8_t> septets, Alphabet alphabet) {
  const Table locking = locking_table(alphabet.locking);
  const Table single = single_table(alphabet.single);
  std::string text(septets.size() * most_octets, '\0');
  char* end = text.data();
  for (std::size_t at = 0; at < septets.size(); ++at) {
    const auto septet = static_cast<std::uint8_t>(septets[at] & 0x7F);
    if (septet != escape) {
      end = write(end, shown(locking[septet]));
    } else if (at + 1 == septets.size()) {
      end = write(end, u' ');
    } else {
      end = write(end, shifted_point(static_cast<std::uint8_t>(septets[++at] & 0x7F), locking, single));
    }
  }
  text.resize(static_cast<std::size_t>(end - text.data()));
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
