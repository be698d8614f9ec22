// Where a text must not be cut: the end of the composed character that begins at a code point. A short form of the
// rules of UAX #29: combining marks, variation selectors, joiners, skin tones, tag sequences, pairs of flag letters.
#pragma once

#include <cstddef>
#include <string_view>

namespace burstd::pdu {

// Index after the composed character that begins at `begin`; always above `begin`. `begin` is below the size.
std::size_t cluster_end(std::u32string_view points, std::size_t begin);

}  // namespace burstd::pdu
