#include "burst/template.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"

namespace burstd::burst {

namespace {

bool continues(char octet) { return (static_cast<unsigned char>(octet) & 0xC0U) == 0x80U; }

// What a person counts.
std::size_t characters(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues));
}

// Letters of every script: column heads are written in the clinic's language.
bool is_name_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '_' || letter == '-' || letter == '.' || static_cast<unsigned char>(letter) >= 0x80;
}

bool is_name(std::string_view text) {
  return !text.empty() && characters(text) <= Template::longest_name && std::ranges::all_of(text, is_name_letter);
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// A text that takes no more than so many characters.
class Bounded {
 public:
  explicit Bounded(std::size_t room) : x_room(room) {}

  // False: it did not fit, and the text is full.
  bool add(std::string_view piece) {
    const std::size_t wanted = characters(piece);
    if (wanted <= x_room) {
      x_text += piece;
      x_room -= wanted;
      return true;
    }
    for (const char octet : piece) {
      if (!continues(octet) && x_room-- == 0) break;
      x_text += octet;
    }
    x_room = 0;
    return false;
  }

  std::string take() { return std::move(x_text); }

 private:
  std::string x_text;
  std::size_t x_room;
};

Fields::const_iterator value_of(const Fields& fields, const std::string& name, bool for_a_pattern) {
  if (!for_a_pattern) return fields.find(name);
  const auto found = fields.find(name + ":");
  return found == fields.end() ? fields.find(name) : found;
}

// Nothing: the value is no date or time, or not all that the pattern asks for.
std::optional<std::string> written(const Pattern& pattern, std::string_view value) {
  const auto wall = plain_wall(value);
  return wall ? pattern.write(*wall) : std::nullopt;
}

std::size_t place(std::string_view text, std::size_t at) { return characters(text.substr(0, at)) + 1; }

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
    auto piece = parse_placeholder(text.substr(at + 1, end - at - 1));
    if (!piece) return fault(text, at, piece.error().sentence);
    parsed.add_placeholder(std::move(*piece));
    if (parsed.x_placeholders.size() > most_placeholders) {
      return fault(text, at, "a text has at most " + std::to_string(most_placeholders) + " different placeholders.");
    }
    at = end;
  }
  return parsed;
}

// "name", "name:pattern", "name|otherwise" or "name:pattern|otherwise".
base::Result<Template::Piece> Template::parse_placeholder(std::string_view inside) {
  Piece piece;
  piece.text = "{" + std::string(inside) + "}";
  const std::size_t bar = inside.find('|');
  if (bar != std::string_view::npos) {
    piece.otherwise = std::string(inside.substr(bar + 1));
    inside = inside.substr(0, bar);
  }
  const std::size_t colon = inside.find(':');
  piece.name = inside.substr(0, colon);
  if (!is_name(piece.name)) {
    return base::malformed("", "a placeholder's name has 1 to 64 letters, digits, _, - and . and no blanks.");
  }
  if (piece.otherwise &&
      (characters(*piece.otherwise) > longest_default || piece.otherwise->find('{') != std::string::npos)) {
    return base::malformed("", "what stands after | has at most 200 characters and no brace.");
  }
  if (colon == std::string_view::npos) return piece;
  auto pattern = Pattern::parse(inside.substr(colon + 1));
  if (!pattern) return base::malformed("", "how the date or time is to be written: " + pattern.error().sentence);
  piece.pattern = std::move(*pattern);
  return piece;
}

void Template::add_literal(char letter) {
  if (x_pieces.empty() || !x_pieces.back().name.empty()) x_pieces.emplace_back();
  x_pieces.back().text += letter;
}

void Template::add_placeholder(Piece piece) {
  if (std::ranges::find(x_placeholders, piece.name) == x_placeholders.end()) x_placeholders.push_back(piece.name);
  x_pieces.push_back(std::move(piece));
}

std::vector<std::string> Template::dated() const {
  std::vector<std::string> names;
  for (const Piece& piece : x_pieces) {
    if (piece.pattern && std::ranges::find(names, piece.name) == names.end()) names.push_back(piece.name);
  }
  return names;
}

Rendered Template::render(const Fields& fields) const {
  Rendered rendered;
  Bounded text(longest);
  for (const Piece& piece : x_pieces) {
    if (piece.name.empty()) {
      rendered.cut = rendered.cut || !text.add(piece.text);
      continue;
    }
    const auto found = value_of(fields, piece.name, piece.pattern.has_value());
    const bool given = found != fields.end() && !is_blank(found->second);
    const auto dated = given && piece.pattern ? written(*piece.pattern, found->second) : std::nullopt;
    const bool known = given && (!piece.pattern || dated);
    if (!known && !piece.otherwise && std::ranges::find(rendered.missing, piece.name) == rendered.missing.end()) {
      rendered.missing.push_back(piece.name);
    }
    const std::string& instead = piece.otherwise ? *piece.otherwise : piece.text;
    rendered.cut = rendered.cut || !text.add(!known ? instead : dated ? *dated : found->second);
  }
  rendered.text = text.take();
  return rendered;
}

}  // namespace burstd::burst
