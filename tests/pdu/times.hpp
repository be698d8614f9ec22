// A piece of text so many times, for texts that just fit and texts that just do not. The segmenting tests share it;
// it knows nothing of alphabets.
#pragma once

#include <string>
#include <string_view>

namespace burstd::pdu {

inline std::string times(int count, std::string_view piece) {
  std::string text;
  for (; count > 0; --count) text += piece;
  return text;
}

}  // namespace burstd::pdu
