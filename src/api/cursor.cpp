#include "api/cursor.hpp"

#include <algorithm>
#include <charconv>

#include "base/hex.hpp"

namespace burstd::api {

namespace {

constexpr std::string_view tracks = "icbrpqolatgm";

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, code] = std::from_chars(text.data(), end, number);
  return code == std::errc() && rest == end && number >= 0 ? std::optional{number} : std::nullopt;
}

base::Error invalid() {
  return base::malformed("cursor-invalid", "must be what an earlier page gave as \"next\", unchanged");
}

}  // namespace

std::string write_cursor(const Cursor& cursor, std::string_view epoch) {
  const std::string at = cursor.at ? "@" + std::to_string(base::to_millis(*cursor.at)) : "";
  const std::string plain = static_cast<char>(cursor.track) + std::to_string(cursor.position) + at + "." +
                            std::string(epoch) + (cursor.name.empty() ? "" : "/" + cursor.name);
  return base::to_hex(base::Octets(plain.begin(), plain.end()));
}

base::Result<Cursor> read_cursor(std::string_view text, std::string_view epoch) {
  const auto octets = base::from_hex(text);
  if (!octets) return invalid();
  const std::string plain(octets->begin(), octets->end());
  const std::size_t dot = plain.find('.');
  if (dot == std::string::npos || tracks.find(plain.front()) == std::string_view::npos) return invalid();
  const std::size_t mark = std::min(plain.find('@'), dot);
  const auto position = whole_number(std::string_view(plain).substr(1, mark - 1));
  if (!position) return invalid();
  Cursor cursor{static_cast<Track>(plain.front()), *position};
  if (mark < dot) {
    const auto at = whole_number(std::string_view(plain).substr(mark + 1, dot - mark - 1));
    if (!at) return invalid();
    cursor.at = base::from_millis(*at);
  }
  const std::size_t slash = std::min(plain.find('/', dot), plain.size());
  if (slash < plain.size()) cursor.name = plain.substr(slash + 1);
  if (std::string_view(plain).substr(dot + 1, slash - dot - 1) != epoch) {
    return base::Error{base::Fault::refused, "resync",
                       "This cursor is of another record (it may have been restored); read the list anew."};
  }
  return cursor;
}

}  // namespace burstd::api
