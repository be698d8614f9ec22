// UTF-8 (RFC 3629) to code points and back. Overlong forms, surrogates and values above U+10FFFF are
// refused; nothing is ever replaced silently.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace burstd::base {

// Fails with code "utf8-invalid"; the sentence names the octet's position, counted from 1.
Result<std::u32string> from_utf8(std::string_view text);

bool is_utf8(std::string_view text);

// `points` hold valid scalar values.
std::string to_utf8(std::u32string_view points);

}  // namespace burstd::base
