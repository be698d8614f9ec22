#include "burst/pattern.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace burstd::burst {

namespace {

constexpr std::array<std::string_view, 13> known_fields{"yyyy", "yy", "MM", "M",  "dd", "d", "HH",
                                                        "H",    "hh", "h",  "mm", "ss", "a"};
constexpr int minutes_of_hour = 60, hours_of_half = 12;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'); }

base::Error wrong(const std::string& what) { return base::malformed("pattern-invalid", what); }

// The same letter again and again, as it begins the text.
std::string_view run_of(std::string_view text) {
  const std::size_t end = text.find_first_not_of(text.front());
  return text.substr(0, std::min(end, text.size()));
}

std::string padded(int number, std::size_t width) {
  std::string digits = std::to_string(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

int hour_of(int minute, char letter) {
  const int hour = minute / minutes_of_hour;
  if (letter == 'H') return hour;
  return hour % hours_of_half == 0 ? hours_of_half : hour % hours_of_half;
}

std::string write_field(std::string_view field, const Wall& wall) {
  const Wall::Day day = wall.day.value_or(Wall::Day{});
  const int minute = wall.minute.value_or(0);
  switch (field.front()) {
    case 'y':
      return field.size() == 2 ? padded(day.year % 100, 2) : padded(day.year, 4);
    case 'M':
      return padded(day.month, field.size());
    case 'd':
      return padded(day.day, field.size());
    case 'm':
      return padded(minute % minutes_of_hour, 2);
    case 's':
      return "00";
    case 'a':
      return minute < hours_of_half * minutes_of_hour ? "AM" : "PM";
    default:
      return padded(hour_of(minute, field.front()), field.size());
  }
}

// What a text says field by field.
struct Found {
  std::optional<int> year, month, day, hour, minute, half;
};

std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  int number = 0;
  while (count < most && count < text.size() && is_digit(text[count])) number = number * 10 + (text[count++] - '0');
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return number;
}

std::optional<int> take_half(std::string_view& text) {
  if (text.size() < 2 || (text[1] != 'm' && text[1] != 'M')) return std::nullopt;
  const char letter = text[0];
  const bool morning = letter == 'a' || letter == 'A', evening = letter == 'p' || letter == 'P';
  if (!morning && !evening) return std::nullopt;
  text.remove_prefix(2);
  return evening ? hours_of_half : 0;
}

bool take_field(std::string_view field, std::string_view& text, Found& found) {
  if (field == "a") return (found.half = take_half(text)).has_value();
  const auto number = take_number(text, field.size(), std::max<std::size_t>(field.size(), 2));
  if (!number) return false;
  switch (field.front()) {
    case 'y':
      found.year = field.size() == 2 ? 2000 + *number : *number;
      break;
    case 'M':
      found.month = *number;
      break;
    case 'd':
      found.day = *number;
      break;
    case 'm':
      found.minute = *number;
      break;
    case 's':
      return *number < minutes_of_hour;
    default:
      found.hour = *number;
  }
  return true;
}

bool exists(const Wall::Day& day) {
  const std::chrono::year_month_day date{std::chrono::year{day.year},
                                         std::chrono::month{static_cast<unsigned>(day.month)},
                                         std::chrono::day{static_cast<unsigned>(day.day)}};
  return day.year > 0 && date.ok();
}

// Minutes are 0 where only the hour is written.
std::optional<int> minute_of(const Found& found) {
  const int minute = found.minute.value_or(0), hour = found.hour.value_or(0);
  if (minute >= minutes_of_hour) return std::nullopt;
  if (!found.half) return hour < 24 ? std::optional{hour * minutes_of_hour + minute} : std::nullopt;
  if (hour < 1 || hour > hours_of_half) return std::nullopt;
  return (hour % hours_of_half + *found.half) * minutes_of_hour + minute;
}

std::optional<Wall> wall_of(const Found& found) {
  Wall wall;
  if (found.year || found.month || found.day) {
    wall.day = Wall::Day{found.year.value_or(0), found.month.value_or(0), found.day.value_or(0)};
    if (!exists(*wall.day)) return std::nullopt;
  }
  if (!found.hour) return wall;
  wall.minute = minute_of(found);
  return wall.minute ? std::optional{wall} : std::nullopt;
}

// The text in quotes that begins here, and how far it goes.
std::optional<std::pair<std::string, std::size_t>> quoted(std::string_view text) {
  if (text.starts_with("''")) return std::pair{std::string("'"), std::size_t{2}};
  const std::size_t end = text.find('\'', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return std::pair{std::string(text.substr(1, end - 1)), end + 1};
}

}  // namespace

base::Result<Pattern> Pattern::parse(std::string_view text) {
  Pattern pattern;
  while (!text.empty()) {
    const std::string_view run = run_of(text);
    if (text.front() == '\'') {
      const auto literal = quoted(text);
      if (!literal) return wrong("a quote ' is opened and not closed.");
      pattern.x_pieces.push_back(Piece{{}, literal->first});
      text.remove_prefix(literal->second);
      continue;
    }
    const bool field = std::ranges::find(known_fields, run) != known_fields.end();
    if (!field && is_letter(text.front())) {
      return wrong("\"" + std::string(run) +
                   "\" stands for nothing; there are yyyy yy MM M dd d HH H hh h mm ss a, and other letters stand in "
                   "'single quotes'.");
    }
    pattern.x_pieces.push_back(field ? Piece{std::string(run), {}} : Piece{{}, std::string(run)});
    text.remove_prefix(run.size());
  }
  if (!pattern.asks("yMdHhmsa"))
    return wrong("it shows nothing of a date or a time; write one like dd.MM.yyyy or HH:mm.");
  if (pattern.asks("h") != pattern.asks("a")) return wrong("h and a go together: h counts to 12, and a is AM or PM.");
  return pattern;
}

bool Pattern::asks(std::string_view letters) const {
  return std::ranges::any_of(x_pieces, [&](const Piece& piece) {
    return !piece.field.empty() && letters.find(piece.field.front()) != std::string_view::npos;
  });
}

bool Pattern::asks_day() const { return asks("yMd"); }

bool Pattern::asks_minute() const { return asks("Hhmsa"); }

std::optional<std::string> Pattern::write(const Wall& wall) const {
  if ((asks_day() && !wall.day) || (asks_minute() && !wall.minute)) return std::nullopt;
  std::string text;
  for (const Piece& piece : x_pieces) text += piece.field.empty() ? piece.text : write_field(piece.field, wall);
  return text;
}

std::optional<Wall> Pattern::read(std::string_view text) const {
  Found found;
  for (const Piece& piece : x_pieces) {
    if (!piece.field.empty()) {
      if (!take_field(piece.field, text, found)) return std::nullopt;
      continue;
    }
    if (!text.starts_with(piece.text)) return std::nullopt;
    text.remove_prefix(piece.text.size());
  }
  return text.empty() ? wall_of(found) : std::nullopt;
}

std::optional<Wall> plain_wall(std::string_view text) {
  static const std::array ways{
      Pattern::parse("yyyy-MM-dd HH:mm").value(),    Pattern::parse("yyyy-MM-dd").value(),
      Pattern::parse("yyyy-MM-dd'T'HH:mm").value(),  Pattern::parse("yyyy-MM-dd'T'HH:mm:ss").value(),
      Pattern::parse("yyyy-MM-dd HH:mm:ss").value(), Pattern::parse("HH:mm").value()};
  for (const Pattern& way : ways) {
    if (auto wall = way.read(text)) return wall;
  }
  return std::nullopt;
}

std::string plain_text(const Wall& wall) {
  static const Pattern both = Pattern::parse("yyyy-MM-dd HH:mm").value(), day = Pattern::parse("yyyy-MM-dd").value(),
                       time = Pattern::parse("HH:mm").value();
  if (!wall.minute) return day.write(wall).value_or("");
  return (wall.day ? both : time).write(wall).value_or("");
}

}  // namespace burstd::burst
