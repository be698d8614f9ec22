// A text cut into what fits one message each: the one function behind preview, price and air, so that what a person
// was shown is what is sent. GSM-7 where every character has a code, else UCS-2 for the whole text; never lossy.
// It cuts never inside an escape pair or a surrogate pair, nor, where it fits, inside a composed character or emoji.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "pdu/coding.hpp"
#include "pdu/user_data.hpp"

namespace burstd::pdu {

struct Segment {
  std::string text;      // UTF-8
  base::Octets payload;  // as in UserData
  int units;             // septets, or UTF-16 units
};

struct Segmentation {
  Encoding encoding = Encoding::gsm7;
  std::vector<Segment> segments;  // at least one, also for an empty text
  int units_used = 0;
  int units_per_segment = 160;  // 160 or 70 alone, 153 or 67 with the concatenation header
  int units_left = 160;         // in the last segment
};

// Fails with "utf8-invalid", or "text-too-long" above 255 segments; a lower maximum is the caller's business.
base::Result<Segmentation> segment(std::string_view utf8);

}  // namespace burstd::pdu
