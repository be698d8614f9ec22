#include "api/cursor.hpp"

#include <charconv>

#include "base/hex.hpp"

namespace burstd::api {

namespace {

constexpr std::string_view tracks = "icbrpo";

base::Error invalid() {
  return base::malformed("cursor-invalid", "must be what an earlier page gave as \"next\", unchanged");
}

}  // namespace

std::string write_cursor(const Cursor& cursor, std::string_view epoch) {
  const std::string plain =
      static_cast<char>(cursor.track) + std::to_string(cursor.position) + "." + std::string(epoch);
  return base::to_hex(base::Octets(plain.begin(), plain.end()));
}

base::Result<Cursor> read_cursor(std::string_view text, std::string_view epoch) {
  const auto octets = base::from_hex(text);
  if (!octets) return invalid();
  const std::string plain(octets->begin(), octets->end());
  const std::size_t dot = plain.find('.');
  if (dot == std::string::npos || tracks.find(plain.front()) == std::string_view::npos) return invalid();
  Cursor cursor{static_cast<Track>(plain.front()), 0};
  const char* const end = plain.data() + dot;
  const auto [rest, code] = std::from_chars(plain.data() + 1, end, cursor.position);
  if (code != std::errc() || rest != end || cursor.position < 0) return invalid();
  if (std::string_view(plain).substr(dot + 1) != epoch) {
    return base::Error{base::Fault::refused, "resync",
                       "This cursor is of another record (it may have been restored); read the list anew."};
  }
  return cursor;
}

}  // namespace burstd::api
