// A text with placeholders: "{name}" stands for a field, "{name|you}" for "you" where the field has no value,
// "{day:dd.MM.yyyy}" for a date or a time written so, "{{" and "}}" for a brace. Parsed once, rendered for each
// recipient. It never guesses: a name without a value is told, not left blank. It never grows beyond bounds: a small
// text of many placeholders, each with a long value, is cut.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "burst/pattern.hpp"

namespace burstd::burst {

// By name. Under "name:" stands what a pattern reads where that is another value than the one shown.
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
  static constexpr std::size_t longest_default = 200;

  // Fails with "template-invalid"; the sentence names the place, in characters counted from 1.
  static base::Result<Template> parse(std::string_view text);

  // Each name once, in the order of its first use.
  const std::vector<std::string>& placeholders() const { return x_placeholders; }

  // Those that are written as a date or a time somewhere, each once.
  std::vector<std::string> dated() const;

  Rendered render(const Fields& fields) const;

 private:
  struct Piece {
    std::string name;  // of the field; empty: literal text
    std::string text;  // the literal text, or the placeholder as it was written
    std::optional<Pattern> pattern = {};
    std::optional<std::string> otherwise = {};  // where there is no value
  };

  Template() = default;
  static base::Result<Piece> parse_placeholder(std::string_view inside);
  void add_literal(char letter);
  void add_placeholder(Piece piece);

  std::vector<Piece> x_pieces;
  std::vector<std::string> x_placeholders;
};

}  // namespace burstd::burst
