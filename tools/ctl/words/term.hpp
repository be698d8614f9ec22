// Where people are: the streams, and what the terminal behind them can show. Made once by main from the real
// terminal, by tests from strings; every command writes through it.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "ctl/words/table.hpp"

namespace burstd::ctl {

struct Term {
  std::ostream& out;
  std::ostream& err;
  std::istream& in;
  bool asks = false;    // somebody can be asked: standard input and output are a terminal
  bool moving = false;  // output is a terminal: a progress bar may redraw itself
  Look look;
  std::function<base::Time()> now;
  base::Milliseconds poll = std::chrono::seconds{1};  // between two looks while watching
  bool at_the_clinic = false;                         // times are those of the clinic's clock, unless TZ says otherwise
  std::function<void(bool)> echo;                     // shows what is typed, or not; none: nobody types

  std::string paint(std::string_view text, Style style) const { return painted(text, style, look.colour); }
};

// Standard streams; colour unless NO_COLOR is set, TERM is "dumb" or output goes elsewhere.
Term real_term();

// While it lives, what is typed is not shown, and Ctrl-C ends the typing, so that the terminal is as it was.
class Unseen {
 public:
  explicit Unseen(const Term& term);
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;
  ~Unseen();

  // Until a line is typed; false when Ctrl-C came, since this began or meanwhile. True at once where nobody types.
  bool wait_for_line() const;

 private:
  const Term& x_term;
};

// While it lives, Ctrl-C does not end the process but the next wait().
class Watching {
 public:
  Watching();
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;
  ~Watching();

  // False when Ctrl-C came, before or meanwhile.
  bool wait(base::Milliseconds length) const;
};

}  // namespace burstd::ctl
