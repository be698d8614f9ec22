// A text cut into what fits one message each: the one function behind preview, price and air, so that what a person
// was shown is what is sent. GSM-7 where every character has a code, else UCS-2 for the whole text; never lossy.
// National alphabets are used only where the caller allows them, since not every old phone reads them. It cuts never
// inside an escape pair or a surrogate pair, nor, where it fits, inside a composed character or emoji.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "pdu/coding.hpp"
#include "pdu/user_data.hpp"

namespace burstd::pdu {

// Which national language tables a text may be written with, besides the default alphabet and UCS-2.
struct Alphabets {
  std::vector<Language> national;
};

struct Segment {
  std::string text;      // UTF-8
  base::Octets payload;  // as in UserData
  int units;             // septets, or UTF-16 units
};

struct Segmentation {
  Encoding encoding = Encoding::gsm7;
  Alphabet alphabet;              // the tables that every part's header must name
  std::vector<Segment> segments;  // at least one, also for an empty text
  int units_used = 0;
  int units_per_segment = 160;  // 160 or 70 alone, 153 or 67 with the concatenation header, less with shift tables
  int units_left = 160;         // in the last segment
};

// Of the default alphabet and, for each allowed language, its single shift table, its locking table and both, the one
// that needs the fewest segments; of equals the default alphabet, then a single shift, then a locking table, then both.
// Fails with "utf8-invalid", or "text-too-long" above 255 segments; a lower maximum is the caller's business.
base::Result<Segmentation> segment(std::string_view utf8, const Alphabets& allowed = {});

// The cut that was accepted into `count` segments, whatever is allowed by now: of all languages the first that gives
// it. Fails with "segments-differ" where none does.
base::Result<Segmentation> segment_again(std::string_view utf8, Encoding encoding, int count);

// The header of part `part` of `total`, both from 1; empty for a single part in the default alphabet or UCS-2.
Header part_header(const Segmentation& segmentation, std::size_t part, std::uint8_t reference);

}  // namespace burstd::pdu
