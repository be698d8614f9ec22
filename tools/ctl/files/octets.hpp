// Octets to a descriptor, all of them, however little of them the kernel takes at a time. Used for files and for the
// terminal.
#pragma once

#include <string_view>

namespace burstd::ctl {

// False where it takes no more of them; errno says why.
bool write_all(int descriptor, std::string_view octets);

}  // namespace burstd::ctl
