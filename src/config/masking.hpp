// The configuration as it may be shown to somebody who helps: what is set, without PINs, numbers of SIMs and
// telephones, the clinic's name and words that patients read. burstctl support-bundle shows it.
#pragma once

#include <filesystem>
#include <string>

namespace burstd::config {

// YAML, without the file's comments; a sentence where it is none or cannot be read.
std::string masked_document(const std::filesystem::path& file);

}  // namespace burstd::config
