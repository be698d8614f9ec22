// The attributes and folders of /sys as text, for bus.cpp only. A file or folder that is not there, or is gone before
// it has been read, is an empty answer, never an error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace burstd::serial {

// The first line, without blanks at its ends; empty when it is none that can be shown to people.
std::string attribute(const std::filesystem::path& folder, const char* name);

// Whether the folder has such an entry.
bool holds(const std::filesystem::path& folder, const char* name);

// The names of what is in the folder, in any order.
std::vector<std::string> entries(const std::filesystem::path& folder);

// The path without links; empty when it leads nowhere.
std::filesystem::path real_path(const std::filesystem::path& path);

// A key by which "1-1.10" comes after "1-1.9" and ttyUSB10 after ttyUSB9.
std::string natural_key(const std::string& name);

// When what stands there (a link itself, not where it leads) was made, in nanoseconds since 1970; 0 where nobody knows.
std::int64_t born_at(const std::filesystem::path& path);

// Writes to an attribute that is there; makes no file. Zero, or the number of the system's error.
int write_attribute(const std::filesystem::path& file, const char* value);

}  // namespace burstd::serial
