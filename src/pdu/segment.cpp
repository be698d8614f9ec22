#include "pdu/segment.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/utf8.hpp"
#include "pdu/clusters.hpp"
#include "pdu/gsm7.hpp"

namespace burstd::pdu {
namespace {

using Points = std::u32string_view;

constexpr std::size_t most_segments = 255;  // the concatenation header counts in one octet

struct Size {
  std::size_t points = 0;
  std::size_t octets = 0;  // of UTF-8
  std::size_t units = 0;
};

Size operator+(const Size& one, const Size& other) {
  return {one.points + other.points, one.octets + other.octets, one.units + other.units};
}

// One way of writing the whole text, and where it is cut.
struct Cut {
  Encoding encoding;
  Alphabet alphabet;
  base::Octets payload;
  std::vector<Size> parts;  // one more than there may be where there are too many
  std::size_t room = 0;     // units of a part
};

std::size_t octets_per_unit(Encoding encoding) { return encoding == Encoding::ucs2 ? 2 : 1; }

Size size_of(const Cut& cut, char32_t point) {
  const std::size_t octets = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  if (cut.encoding == Encoding::gsm7) return {1, octets, septet_code(point, cut.alphabet).count};
  return {1, octets, point > 0xFFFF ? 2U : 1U};
}

Size size_of(const Cut& cut, Points points) {
  Size size;
  for (const char32_t point : points) size = size + size_of(cut, point);
  return size;
}

// What goes into the next part, cut at none but whole steps; `step_end` says where the step that begins at an index
// ends.
template <class StepEnd>
Size fitting(const Cut& cut, Points points, StepEnd step_end) {
  Size fits;
  while (fits.points < points.size()) {
    const std::size_t end = step_end(fits.points);
    const Size grown = fits + size_of(cut, points.substr(fits.points, end - fits.points));
    if (grown.units > cut.room) break;
    fits = grown;
  }
  return fits;
}

// As many whole composed characters as fit, or, where not even the first one fits, as many code points of it as do.
Size next_part(const Cut& cut, Points points) {
  const Size whole = fitting(cut, points, [points](std::size_t at) { return cluster_end(points, at); });
  return whole.points > 0 ? whole : fitting(cut, points, [](std::size_t at) { return at + 1; });
}

std::size_t capacity_of(const Cut& cut, bool alone) {
  Header header;
  if (!alone) append(header, Concatenation{});
  append(header, cut.alphabet);
  return capacity(cut.encoding, header);
}

Cut divided(Cut cut, Points points, std::size_t octets) {
  const std::size_t units = cut.payload.size() / octets_per_unit(cut.encoding);
  cut.room = capacity_of(cut, true);
  if (units <= cut.room) {
    cut.parts.push_back({points.size(), octets, units});
    return cut;
  }
  cut.room = capacity_of(cut, false);
  while (!points.empty() && cut.parts.size() <= most_segments) {
    cut.parts.push_back(next_part(cut, points));
    points.remove_prefix(cut.parts.back().points);
  }
  return cut;
}

std::optional<Cut> in_septets(Points points, std::size_t octets, Alphabet alphabet) {
  auto septets = to_septets(points, alphabet);
  if (!septets) return std::nullopt;
  return divided(Cut{Encoding::gsm7, alphabet, *std::move(septets), {}}, points, octets);
}

base::Octets utf16_payload(Points points) {
  base::Octets payload;
  payload.reserve(points.size() * 2);
  const auto append_unit = [&payload](char32_t unit) {
    payload.push_back(static_cast<std::uint8_t>(unit >> 8U));
    payload.push_back(static_cast<std::uint8_t>(unit & 0xFFU));
  };
  for (const char32_t point : points) {
    if (point > 0xFFFF) append_unit(0xD800 + ((point - 0x10000) >> 10U));
    append_unit(point > 0xFFFF ? 0xDC00 + ((point - 0x10000) & 0x3FFU) : point);
  }
  return payload;
}

// Segments are what costs. For the same number the plainest tables win: an old phone that knows none of them shows the
// main table's letter for a single shift's, and wrong letters for a locking table's.
auto cost(const Cut& cut) {
  const bool single = cut.alphabet.single != Language::standard;
  const bool locking = cut.alphabet.locking != Language::standard;
  return std::tuple(cut.parts.size(), locking, single, cut.payload.size());
}

// The alphabets a language adds, plainest first.
std::vector<Alphabet> alphabets_of(Language language) {
  if (language == Language::standard) return {};
  if (!has_locking_table(language)) return {{Language::standard, language}};
  return {{Language::standard, language}, {language, Language::standard}, {language, language}};
}

Cut cheapest(Points points, std::size_t octets, const Alphabets& allowed) {
  std::optional<Cut> best = in_septets(points, octets, {});
  if (best && best->parts.size() == 1) return *std::move(best);
  for (const Language language : allowed.national) {
    for (const Alphabet alphabet : alphabets_of(language)) {
      auto other = in_septets(points, octets, alphabet);
      if (other && (!best || cost(*other) < cost(*best))) best = std::move(other);
    }
  }
  if (best) return *std::move(best);
  return divided(Cut{Encoding::ucs2, {}, utf16_payload(points), {}}, points, octets);
}

Segmentation segmentation_of(const Cut& cut, std::string_view utf8) {
  Segmentation made{cut.encoding, cut.alphabet, {}, 0, static_cast<int>(cut.room), 0};
  made.segments.reserve(cut.parts.size());
  std::span<const std::uint8_t> payload(cut.payload);
  for (const Size& part : cut.parts) {
    const std::size_t octets = part.units * octets_per_unit(cut.encoding);
    const auto taken = payload.first(octets);
    made.segments.push_back(
        {std::string(utf8.substr(0, part.octets)), {taken.begin(), taken.end()}, static_cast<int>(part.units)});
    made.units_used += static_cast<int>(part.units);
    payload = payload.subspan(octets);
    utf8.remove_prefix(part.octets);
  }
  made.units_left = made.units_per_segment - made.segments.back().units;
  return made;
}

}  // namespace

base::Result<Segmentation> segment(std::string_view utf8, const Alphabets& allowed) {
  const auto points = base::from_utf8(utf8);
  if (!points) return points.error();
  const Cut cut = cheapest(*points, utf8.size(), allowed);
  if (cut.parts.size() > most_segments) {
    return base::malformed("text-too-long", "The text is too long: it needs more than 255 messages. Shorten it.");
  }
  return segmentation_of(cut, utf8);
}

base::Result<Segmentation> segment_again(std::string_view utf8, Encoding encoding, int count) {
  for (int identifier = 0; identifier <= static_cast<int>(Language::urdu); ++identifier) {
    const auto language = Language{static_cast<std::uint8_t>(identifier)};
    Alphabets allowed;
    if (language != Language::standard) allowed.national.push_back(language);
    auto cut = segment(utf8, allowed);
    if (!cut) return cut.error();
    if (cut->encoding == encoding && cut->segments.size() == static_cast<std::size_t>(count)) return cut;
  }
  return base::malformed("segments-differ",
                         "The text cannot be cut into the " + std::to_string(count) + " parts it was accepted as.");
}

Header part_header(const Segmentation& segmentation, std::size_t part, std::uint8_t reference) {
  Header header;
  const std::size_t total = segmentation.segments.size();
  if (total > 1) {
    append(header, Concatenation{reference, static_cast<std::uint8_t>(total), static_cast<std::uint8_t>(part), false});
  }
  append(header, segmentation.alphabet);
  return header;
}

}  // namespace burstd::pdu
