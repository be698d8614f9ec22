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
    const auto name = text.substr(at + 1, end - at - 1);
    if (!is_name(name)) {
      return fault(text, at, "a placeholder's name has 1 to 64 letters, digits, _, - and . and no blanks.");
    }
    parsed.add_placeholder(std::string(name));
    if (parsed.x_placeholders.size() > most_placeholders) {
      return fault(text, at, "a text has at most " + std::to_string(most_placeholders) + " different placeholders.");
    }
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
  Bounded text(longest);
  for (const Piece& piece : x_pieces) {
    const auto found = piece.is_placeholder ? fields.find(piece.text) : fields.end();
    const bool given = found != fields.end() && !is_blank(found->second);
    rendered.cut = !text.add(given ? found->second : piece.is_placeholder ? "{" + piece.text + "}" : piece.text);
    if (rendered.cut) break;
  }
  rendered.text = text.take();
  return rendered;
}

}  // namespace burstd::burst
