#include "pdu/user_data.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "pdu/segment.hpp"
#include "pdu/user_data_field.hpp"

namespace burstd::pdu {
namespace {

constexpr std::size_t most_octets = 140;
constexpr std::size_t most_septets = 160;
constexpr char32_t replacement = 0xFFFD;

// Bits between a header of `octets` (with its length octet) and the next septet boundary.
constexpr unsigned fill_bits(std::size_t octets) { return static_cast<unsigned>((7 - octets * 8 % 7) % 7); }

constexpr std::size_t header_septets(std::size_t octets) { return (octets * 8 + 6) / 7; }

// The header's octets with the length octet, which an empty one has not.
std::size_t whole_size(const Header& header) { return header.octets.empty() ? 0 : header.octets.size() + 1; }

// The header's octets with the length octet in front, taken off `octets`.
OctetView split_header(Reader& reader, OctetView& octets, Header& header) {
  if (octets.empty() || octets.size() < std::size_t{1} + octets[0]) {
    reader.refuse("TP-UDH", "it is longer than the user data");
    return {};
  }
  const OctetView whole = octets.first(std::size_t{1} + octets[0]);
  header.octets.assign(whole.begin() + 1, whole.end());
  octets = octets.subspan(whole.size());
  return whole;
}

std::string utf16_text(std::span<const std::uint8_t> payload) {
  std::u32string points;
  points.reserve(payload.size() / 2);
  const auto unit = [&payload](std::size_t at) -> char32_t {
    return at + 1 < payload.size() ? static_cast<char32_t>(payload[at] << 8 | payload[at + 1]) : 0;
  };
  for (std::size_t at = 0; at + 1 < payload.size(); at += 2) {
    const char32_t first = unit(at);
    const char32_t second = unit(at + 2);
    if ((first & 0xF800U) != 0xD800U) {
      points.push_back(first);
    } else if (first < 0xDC00 && (second & 0xFC00U) == 0xDC00U) {
      points.push_back(0x10000 + ((first - 0xD800) << 10U) + (second - 0xDC00));
      at += 2;
    } else {
      points.push_back(replacement);
    }
  }
  return base::to_utf8(points);
}

base::Result<void> check(const UserData& data, std::uint8_t scheme) {
  const auto coding = read_coding(scheme);
  if (!coding) return coding.error();
  if (coding->encoding != data.encoding) return invalid("TP-DCS", "it does not name the alphabet of the user data");
  if (data.encoding == Encoding::ucs2 && data.payload.size() % 2 != 0) {
    return invalid("TP-UD", "UCS-2 has an even number of octets");
  }
  const bool sound = data.encoding != Encoding::gsm7 ||
                     std::ranges::all_of(data.payload, [](std::uint8_t septet) { return septet < 0x80; });
  if (!sound) return invalid("TP-UD", "a septet has eight bits");
  return {};
}

base::Error too_long() {
  return base::malformed("text-too-long", "The text is too long for one message. Send it in parts.");
}

}  // namespace

std::string text(const UserData& data) { return text_of(data.encoding, data.payload, alphabet(data.header)); }

std::string text_of(Encoding encoding, std::span<const std::uint8_t> payload, Alphabet alphabet) {
  if (encoding == Encoding::gsm7) return septets_to_utf8(payload, alphabet);
  return encoding == Encoding::ucs2 ? utf16_text(payload) : std::string();
}

std::size_t capacity(Encoding encoding, const Header& header) {
  const std::size_t before = whole_size(header);
  if (before > most_octets) return 0;
  if (encoding == Encoding::gsm7) return most_septets - header_septets(before);
  return (most_octets - before) / (encoding == Encoding::ucs2 ? 2 : 1);
}

base::Result<UserData> user_data(std::string_view utf8) {
  auto cut = segment(utf8);
  if (!cut) return cut.error();
  if (cut->segments.size() > 1) return too_long();
  return UserData{cut->encoding, {}, std::move(cut->segments.front().payload)};
}

Encoding read_encoding(Reader& reader, std::uint8_t scheme) {
  const auto coding = read_coding(scheme);
  if (coding) return coding->encoding;
  reader.refuse(coding.error());
  return Encoding::gsm7;
}

UserData read_user_data(Reader& reader, Encoding encoding, bool has_header) {
  UserData data;
  data.encoding = encoding;
  const bool in_septets = encoding == Encoding::gsm7;
  const std::size_t length = reader.octet("TP-UDL");
  if (length > (in_septets ? most_septets : most_octets)) reader.refuse("TP-UDL", "it is more than a message can hold");
  OctetView octets = reader.take(in_septets ? packed_size(length) : length, "TP-UD");
  OctetView header;
  if (has_header && !reader.failed()) header = split_header(reader, octets, data.header);
  if (reader.failed()) return data;
  if (in_septets) {
    const std::size_t before = header_septets(header.size());
    if (before > length) reader.refuse("TP-UDH", "it is longer than the user data");
    if (before > length) return data;
    data.payload = unpack_septets(octets, length - before, fill_bits(header.size()));
    return data;
  }
  data.payload.assign(octets.begin(), octets.end());
  if (encoding == Encoding::ucs2 && data.payload.size() % 2 != 0) {
    reader.refuse("TP-UD", "UCS-2 has an even number of octets");
  }
  return data;
}

base::Result<void> write_user_data(Writer& writer, const UserData& data, std::uint8_t scheme) {
  if (const auto sound = check(data, scheme); !sound) return sound.error();
  const auto& header = data.header.octets;
  const std::size_t before = whole_size(data.header);
  const bool in_septets = data.encoding == Encoding::gsm7;
  const std::size_t length = data.payload.size() + (in_septets ? header_septets(before) : before);
  if (before > most_octets || length > (in_septets ? most_septets : most_octets)) return too_long();
  writer.octet(static_cast<std::uint8_t>(length));
  if (before > 0) writer.octet(static_cast<std::uint8_t>(header.size()));
  writer.octets(header);
  writer.octets(in_septets ? pack_septets(data.payload, fill_bits(before)) : data.payload);
  return {};
}

}  // namespace burstd::pdu
