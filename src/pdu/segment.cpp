#include "pdu/segment.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "pdu/clusters.hpp"
#include "pdu/gsm7.hpp"

namespace burstd::pdu {
namespace {

using Points = std::u32string_view;

constexpr std::size_t most_segments = 255;  // the concatenation header counts in one octet

// Units a message holds alone, and a part beside the concatenation header.
struct Room {
  int alone;
  int part;
};
constexpr Room septet_room{160, 153};
constexpr Room unit_room{70, 67};

int units_of(Encoding encoding, char32_t point) {
  if (encoding == Encoding::gsm7) return septet_code(point).count;
  return point > 0xFFFF ? 2 : 1;
}

int units_of(Encoding encoding, Points points) {
  int units = 0;
  for (const char32_t point : points) units += units_of(encoding, point);
  return units;
}

Encoding encoding_of(Points points) {
  const bool fits = std::ranges::all_of(points, [](char32_t point) { return septet_code(point).count > 0; });
  return fits ? Encoding::gsm7 : Encoding::ucs2;
}

void append_unit(base::Octets& payload, char32_t unit) {
  payload.push_back(static_cast<std::uint8_t>(unit >> 8U));
  payload.push_back(static_cast<std::uint8_t>(unit & 0xFFU));
}

base::Octets utf16_payload(Points points) {
  base::Octets payload;
  payload.reserve(points.size() * 2);
  for (const char32_t point : points) {
    if (point > 0xFFFF) append_unit(payload, 0xD800 + ((point - 0x10000) >> 10U));
    append_unit(payload, point > 0xFFFF ? 0xDC00 + ((point - 0x10000) & 0x3FFU) : point);
  }
  return payload;
}

base::Octets septet_payload(Points points) {
  base::Octets payload;
  payload.reserve(points.size() + 8);
  for (const char32_t point : points) {
    const SeptetCode code = septet_code(point);
    if (code.count == 2) payload.push_back(escape);
    payload.push_back(code.value);
  }
  return payload;
}

// How many code points from the beginning fit into `room`, cut at none but whole steps; `step_end` says where the step
// that begins at an index ends.
template <class StepEnd>
std::size_t fitting(Encoding encoding, Points points, int room, StepEnd step_end) {
  std::size_t size = 0;
  while (size < points.size()) {
    const std::size_t end = step_end(size);
    room -= units_of(encoding, points.substr(size, end - size));
    if (room < 0) break;
    size = end;
  }
  return size;
}

// Code points that go into the next part: as many whole composed characters as fit, or, where not even the first one
// fits, as many code points of it as do. A septet alphabet has no composed characters.
std::size_t part_size(Encoding encoding, Points points, int room) {
  const auto next_point = [](std::size_t at) { return at + 1; };
  const auto next_cluster = [points](std::size_t at) { return cluster_end(points, at); };
  const std::size_t whole = encoding == Encoding::ucs2 ? fitting(encoding, points, room, next_cluster) : 0;
  return whole > 0 ? whole : fitting(encoding, points, room, next_point);
}

Segment piece(Encoding encoding, Points points) {
  return Segment{base::to_utf8(points), encoding == Encoding::gsm7 ? septet_payload(points) : utf16_payload(points),
                 units_of(encoding, points)};
}

base::Error too_many() {
  return base::malformed("text-too-long", "The text is too long: it needs more than 255 messages. Shorten it.");
}

}  // namespace

base::Result<Segmentation> segment(std::string_view utf8) {
  const auto decoded = base::from_utf8(utf8);
  if (!decoded) return decoded.error();
  Points rest(*decoded);
  Segmentation cut;
  cut.encoding = encoding_of(rest);
  const Room room = cut.encoding == Encoding::gsm7 ? septet_room : unit_room;
  if (rest.size() > most_segments * static_cast<std::size_t>(room.part)) return too_many();
  cut.units_used = units_of(cut.encoding, rest);
  const bool alone = cut.units_used <= room.alone;
  cut.units_per_segment = alone ? room.alone : room.part;
  do {
    if (cut.segments.size() == most_segments) return too_many();
    const std::size_t size = alone ? rest.size() : part_size(cut.encoding, rest, room.part);
    cut.segments.push_back(piece(cut.encoding, rest.substr(0, size)));
    rest.remove_prefix(size);
  } while (!rest.empty());
  cut.units_left = cut.units_per_segment - cut.segments.back().units;
  return cut;
}

}  // namespace burstd::pdu
