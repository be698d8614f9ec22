// A text with placeholders: "{name}" stands for a field, "{{" and "}}" for a brace. Parsed once, rendered for each
// recipient. Used by previews. It never guesses: a name without a value is told, not left blank. It never grows beyond
// bounds: a small text of many placeholders, each with a long value, is cut.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace burstd::burst {

using Fields = std::map<std::string, std::string, std::less<>>;

struct Rendered {
  std::string text;
  std::vector<std::string> missing;  // placeholders without a value, or with a blank one; then the text is not whole
  bool cut = false;                  // it would be longer than Template::longest
};

class Template {
 public:
  static constexpr std::size_t longest = 8000;  // characters of a rendered text, far beyond what may be sent
  static constexpr std::size_t most_placeholders = 64;
  static constexpr std::size_t longest_name = 64;

  // Fails with "template-invalid"; the sentence names the place, in characters counted from 1.
  static base::Result<Template> parse(std::string_view text);

  // Each name once, in the order of its first use.
  const std::vector<std::string>& placeholders() const { return x_placeholders; }

  Rendered render(const Fields& fields) const;

 private:
  struct Piece {
    bool is_placeholder;
    std::string text;  // literal text, or the placeholder's name
  };

  Template() = default;
  void add_literal(char letter);
  void add_placeholder(std::string name);

  std::vector<Piece> x_pieces;
  std::vector<std::string> x_placeholders;
};

}  // namespace burstd::burst
