// What a request says, as octets that are the same only when it says the same. Its digest tells a repeat with the
// same client_ref from another request. Nothing that the gateway fills in itself (defaults, times of arrival) belongs
// here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace burstd::clinic {

class Canonical {
 public:
  Canonical& add(std::string_view text);
  Canonical& add(const std::optional<std::string>& text);
  Canonical& add(const std::optional<base::Time>& time);
  Canonical& add(std::int64_t number);
  Canonical& add(const std::string& text) { return add(std::string_view(text)); }
  Canonical& add(const char* text) { return add(std::string_view(text)); }

  std::string digest() const;

 private:
  std::string x_octets;
};

}  // namespace burstd::clinic
