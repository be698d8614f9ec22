#include "http/render.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

#include "http/status.hpp"

namespace burstd::http {

namespace {

// Lower case: these http writes itself.
constexpr std::array<std::string_view, 4> own_fields{"connection", "content-length", "date", "transfer-encoding"};

bool is_token(std::string_view name) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           marks.find(c) != std::string_view::npos;
  });
}

bool is_line(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; });
}

bool is_own(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::ranges::find(own_fields, lower) != own_fields.end();
}

std::string date(base::Time now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> out{};
  const std::size_t size = std::strftime(out.data(), out.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return std::string(out.data(), size);
}

void add(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool sound(const Response& response) {
  if (response.status < 200 || response.status > 599 || !is_line(response.content_type)) return false;
  return std::ranges::all_of(response.headers, [](const auto& field) {
    return is_token(field.first) && !is_own(field.first) && is_line(field.second);
  });
}

std::string render_head(const Response& response, Framing framing, bool keep_alive, base::Time now) {
  std::string out;
  out.reserve(256);
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  out.append(status_words(response.status)).append("\r\n");
  add(out, "Date", date(now));
  if (!response.content_type.empty()) add(out, "Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) add(out, name, value);
  if (framing == Framing::chunked) add(out, "Transfer-Encoding", "chunked");
  const bool bodiless = response.status == 204 || response.status == 304;
  if (framing == Framing::length && !bodiless) add(out, "Content-Length", std::to_string(response.body.size()));
  if (!keep_alive) add(out, "Connection", "close");
  out.append("\r\n");
  return out;
}

}  // namespace burstd::http
