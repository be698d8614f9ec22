#include "http/target.hpp"

#include <utility>

#include "base/utf8.hpp"

namespace burstd::http {

namespace {

using base::Result;

base::Error fault(std::string sentence) { return base::malformed("malformed-request", std::move(sentence)); }

int digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

// The octet of "%XX" at the front; -1 when it is none.
int escape(std::string_view text) {
  if (text.size() < 3) return -1;
  const int high = digit(text[1]);
  const int low = digit(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

Result<std::string> decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char letter = text[at];
    if (letter == '#') return fault("The request target has a fragment (\"#\"); write it as %23 where it is meant.");
    if (letter == '+' && plus_is_blank) letter = ' ';
    if (letter == '%') {
      const int octet = escape(text.substr(at));
      if (octet < 0) return fault("The request target has a \"%\" without two hexadecimal digits; write %25 for it.");
      letter = static_cast<char>(octet);
      at += 2;
    }
    if (letter == '\0') return fault("The request target has a NUL octet, which nothing here can be named with.");
    out.push_back(letter);
  }
  if (!base::is_utf8(out)) return fault("The request target is not valid UTF-8 after percent-decoding.");
  return out;
}

// The piece before `mark`, which is taken from `rest` together with the mark.
std::string_view cut(std::string_view& rest, char mark) {
  const std::size_t at = rest.find(mark);
  const std::string_view piece = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return piece;
}

Result<Fields> decode_query(std::string_view text) {
  Fields query;
  while (!text.empty()) {
    std::string_view value = cut(text, '&');
    if (value.empty()) continue;
    Result<std::string> name = decode(cut(value, '='), true);
    if (!name) return name.error();
    Result<std::string> decoded = decode(value, true);
    if (!decoded) return decoded.error();
    query.emplace_back(std::move(*name), std::move(*decoded));
  }
  return query;
}

Result<std::vector<std::string>> decode_segments(std::string_view path) {
  std::vector<std::string> segments;
  if (path == "/") return segments;
  for (std::size_t at = 0; at != std::string_view::npos;) {
    const std::size_t end = path.find('/', at + 1);
    Result<std::string> segment = decode(path.substr(at + 1, end - at - 1), false);
    if (!segment) return segment.error();
    segments.push_back(std::move(*segment));
    at = end;
  }
  return segments;
}

// "http://host:80/v1/x" → "/v1/x"; what is in origin form stays as it is.
std::string_view without_authority(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (text.empty() || text.front() == '/' || scheme == std::string_view::npos) return text;
  const std::size_t path = text.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? std::string_view{"/"} : text.substr(path);
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
  if (text == "*") return Target{"*", {}, {}};
  std::string_view query = without_authority(text);
  std::string_view path = cut(query, '?');
  if (path.empty() && path.data() != text.data()) path = "/";
  if (path.empty() || path.front() != '/') return fault("The request target does not begin with \"/\".");

  Result<std::string> whole = decode(path, false);
  if (!whole) return whole.error();
  Result<std::vector<std::string>> segments = decode_segments(path);
  if (!segments) return segments.error();
  Result<Fields> fields = decode_query(query);
  if (!fields) return fields.error();
  return Target{std::move(*whole), std::move(*segments), std::move(*fields)};
}

}  // namespace burstd::http
