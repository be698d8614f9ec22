// How a date or a time of day is written: "dd.MM.yyyy HH:mm". Templates write a local time with it as patients read it,
// reports of other programs are read with it. Pure: it knows no time zone, no clock and no language.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace burstd::burst {

// What a calendar and a clock on the wall show, as far as it is known.
struct Wall {
  struct Day {
    int year = 1970, month = 1, day = 1;
    bool operator==(const Day&) const = default;
  };
  std::optional<Day> day;
  std::optional<int> minute;  // of the day
  bool operator==(const Wall&) const = default;
};

class Pattern {
 public:
  // yyyy yy MM M dd d HH H hh h mm ss a ("AM" or "PM"); other letters stand in 'single quotes', and '' is a quote.
  // Fails with "pattern-invalid"; the sentence names what is wrong.
  static base::Result<Pattern> parse(std::string_view text);

  bool asks_day() const;
  bool asks_minute() const;

  // Nothing: it asks for a part that is not known.
  std::optional<std::string> write(const Wall& wall) const;

  // Nothing: the text is not written so, or there is no such day or time.
  std::optional<Wall> read(std::string_view text) const;

 private:
  struct Piece {
    std::string field;  // "yyyy"; empty: literal text
    std::string text;
  };

  Pattern() = default;
  bool asks(std::string_view fields) const;

  std::vector<Piece> x_pieces;
};

// A value as programs write it: "2026-03-01 08:30", "2026-03-01T08:30:00", "2026-03-01" or "08:30".
std::optional<Wall> plain_wall(std::string_view text);
std::string plain_text(const Wall& wall);

}  // namespace burstd::burst
