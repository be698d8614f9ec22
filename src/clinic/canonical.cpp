#include "clinic/canonical.hpp"

#include "store/digest.hpp"

namespace burstd::clinic {

Canonical& Canonical::add(std::string_view text) {
  x_octets += 't' + std::to_string(text.size()) + ':';
  x_octets += text;
  return *this;
}

Canonical& Canonical::add(const std::optional<std::string>& text) {
  if (text) return add(std::string_view(*text));
  x_octets += '-';
  return *this;
}

Canonical& Canonical::add(const std::optional<base::Time>& time) {
  if (time) return add(base::to_millis(*time));
  x_octets += '-';
  return *this;
}

Canonical& Canonical::add(std::int64_t number) {
  x_octets += 'n' + std::to_string(number) + ';';
  return *this;
}

std::string Canonical::digest() const { return store::content_digest(x_octets); }

}  // namespace burstd::clinic
