// The digest by which a repeated request is known to be the same: of its content, never of its client_ref. Rooms
// above the record use it; the texts themselves are not kept a second time.
#pragma once

#include <string>
#include <string_view>

namespace burstd::store {

// SHA-256 in lower-case hexadecimal.
std::string content_digest(std::string_view content);

}  // namespace burstd::store
