// Writes a file so that whoever reads it sees the old one or the new one whole, also after a power cut: a temporary
// file beside it, synchronised, renamed. Used by the commands that leave files behind.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.hpp"

namespace burstd::ctl {

// `mode` as chmod takes it. Fails with "not-written" and a sentence; nothing is left beside then.
base::Result<void> replace_file(const std::filesystem::path& file, std::string_view content, int mode);

}  // namespace burstd::ctl
