// Octets to lines. CR, LF and any mixture of them end a line; empty lines, NUL and other control octets vanish.
// The prompt ('>' at the start of a line, 27.005 3.5.1) is a token only when the caller says that one is due,
// for a line may begin with it as well. It keeps at most `longest` octets and knows nothing of commands.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace burstd::at {

struct Line {
  std::string text;  // trimmed, never empty, always UTF-8: what is not was meant as Latin-1
};
struct Prompt {};
struct Overlong {};  // `longest` octets without a line's end were thrown away

using Token = std::variant<Line, Prompt, Overlong>;

class Splitter {
 public:
  static constexpr std::size_t longest = 2048;

  void feed(std::string_view octets);

  // The next token of what was fed; nothing when more octets are needed.
  std::optional<Token> next(bool prompt_due);

  // Forgets an unfinished line that is but a prompt nobody waited for.
  void drop_prompt();

 private:
  std::optional<Token> take(char octet, bool prompt_due);
  std::optional<Token> end_line();

  std::string x_input;
  std::size_t x_position = 0;
  std::string x_line;
  std::size_t x_skipped = 0;  // octets thrown away of the present line
  bool x_skipping = false;
};

}  // namespace burstd::at
