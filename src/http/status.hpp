// The words of the status line, which are also the titles of problems: one table for both. render.cpp and api read it;
// which status an answer has is decided elsewhere.
#pragma once

#include <string_view>

namespace burstd::http {

// "Not Found"; "Status" for one that is never sent here.
std::string_view status_words(int status);

}  // namespace burstd::http
