#include "pdu/gsm7.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

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

// Eight septets, one an octet, are a word; side by side they are seven octets. Packing and unpacking go by such blocks,
// whatever the fill bits before the first. Words are read as they lie in memory.
static_assert(std::endian::native == std::endian::little);
constexpr std::size_t block_septets = 8;
constexpr std::size_t block_octets = 7;

// Septets move together by pairs, fours and all eight.
constexpr std::uint64_t narrowed(std::uint64_t word) {
  word = (word & 0x007F007F007F007F) | (word & 0x7F007F007F007F00) >> 1;
  word = (word & 0x00003FFF00003FFF) | (word & 0x3FFF00003FFF0000) >> 2;
  return (word & 0x000000000FFFFFFF) | (word & 0x0FFFFFFF00000000) >> 4;
}

constexpr std::uint64_t widened(std::uint64_t word) {
  word = (word & 0x000000000FFFFFFF) | (word & 0x00FFFFFFF0000000) << 4;
  word = (word & 0x00003FFF00003FFF) | (word & 0x0FFFC0000FFFC000) << 2;
  return (word & 0x007F007F007F007F) | (word & 0x3F803F803F803F80) << 1;
}

// At most eight octets, the first lowest.
std::uint64_t read_word(std::span<const std::uint8_t> octets) {
  std::uint64_t word = 0;
  if (octets.size() >= sizeof word) {
    std::memcpy(&word, octets.data(), sizeof word);
  } else {
    for (std::size_t at = octets.size(); at > 0; --at) word = word << 8 | octets[at - 1];
  }
  return word;
}

// A septet becomes at most three octets: characters of the tables are all in the basic plane.
constexpr std::size_t most_octets = 3;

// Answers where the next character goes.
char* write(char* to, char16_t point) {
  if (point < 0x80) {
    *to = static_cast<char>(point);
    return to + 1;
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
    const char16_t point = locking[septets[at] & 0x7FU];
    if (point != escape) {
      end = write(end, shown(point));
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
  for (; septets.size() >= block_septets; septets = septets.subspan(block_septets)) {
    pending |= narrowed(read_word(septets)) << fill;
    std::memcpy(&packed[to], &pending, block_octets);
    pending >>= 8 * block_octets;
    to += block_octets;
  }
  pending |= narrowed(read_word(septets)) << fill;
  for (; to < packed.size(); pending >>= 8) packed[to++] = static_cast<std::uint8_t>(pending & 0xFF);
  return packed;
}

base::Octets unpack_septets(std::span<const std::uint8_t> packed, std::size_t count, unsigned fill) {
  const std::size_t available = packed.size() * 8 < fill ? 0 : (packed.size() * 8 - fill) / 7;
  base::Octets septets(std::min(count, available));
  for (std::size_t to = 0; to < septets.size(); to += block_septets) {
    const std::uint64_t word = widened(read_word(packed) >> fill);
    std::memcpy(&septets[to], &word, std::min(block_septets, septets.size() - to));
    packed = packed.subspan(std::min(block_octets, packed.size()));
  }
  return septets;
}

}  // namespace burstd::pdu
