#include "burst/template.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace burstd::burst {

namespace {

constexpr std::size_t longest_name = 64;

bool is_name_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '_' || letter == '-' || letter == '.';
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, is_name_letter);
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// Characters, not octets: what a person counts.
std::size_t place(std::string_view text, std::size_t at) {
  const auto continues = [](char octet) { return (static_cast<unsigned char>(octet) & 0xC0U) == 0x80U; };
  const auto head = text.substr(0, at);
  return head.size() - static_cast<std::size_t>(std::ranges::count_if(head, continues)) + 1;
}

base::Error fault(std::string_view text, std::size_t at, const std::string& what) {
  return base::malformed("template-invalid", "At character " + std::to_string(place(text, at)) + ": " + what);
}

}  // namespace

base::Result<Template> Template::parse(std::string_view text) {
  if (const auto points = base::from_utf8(text); !points) return points.error();
  Template parsed;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    const bool brace = letter == '{' || letter == '}';
    const bool doubled = brace && at + 1 < text.size() && text[at + 1] == letter;
    if (!brace || doubled) {
      parsed.add_literal(letter);
      at += doubled ? 1 : 0;
      continue;
    }
    if (letter == '}') return fault(text, at, "this brace closes nothing; write }} for a brace in the text.");
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) {
      return fault(text, at, "this placeholder is not closed; write {{ for a brace in the text.");
    }
    const auto name = text.substr(at + 1, end - at - 1);
    if (!is_name(name)) {
      return fault(text, at, "a placeholder's name has 1 to 64 of the characters a-z, A-Z, 0-9, _, - and . only.");
    }
    parsed.add_placeholder(std::string(name));
    at = end;
  }
  return parsed;
}

void Template::add_literal(char letter) {
  if (x_pieces.empty() || x_pieces.back().is_placeholder) x_pieces.push_back(Piece{false, {}});
  x_pieces.back().text += letter;
}

void Template::add_placeholder(std::string name) {
  if (std::ranges::find(x_placeholders, name) == x_placeholders.end()) x_placeholders.push_back(name);
  x_pieces.push_back(Piece{true, std::move(name)});
}

Rendered Template::render(const Fields& fields) const {
  Rendered rendered;
  for (const std::string& name : x_placeholders) {
    const auto found = fields.find(name);
    if (found == fields.end() || is_blank(found->second)) rendered.missing.push_back(name);
  }
  for (const Piece& piece : x_pieces) {
    if (!piece.is_placeholder) {
      rendered.text += piece.text;
      continue;
    }
    const auto found = fields.find(piece.text);
    const bool missing = found == fields.end() || is_blank(found->second);
    rendered.text += missing ? "{" + piece.text + "}" : found->second;
  }
  return rendered;
}

}  // namespace burstd::burst
