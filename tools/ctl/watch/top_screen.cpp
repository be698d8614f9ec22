#include "ctl/watch/top_screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/counted.hpp"
#include "base/mask.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/modem_words.hpp"
#include "ctl/words/quota_view.hpp"
#include "ctl/words/status_view.hpp"
#include "ctl/words/waiting.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t least_events = 3;
constexpr double mebi = 1024.0 * 1024.0, gibi = 1024.0 * mebi;

// Lines of a known width: what is cut is cut before it is painted.
class Canvas {
 public:
  Canvas(ScreenSize size, bool colour) : x_size(size), x_colour(colour) {}

  void add(const std::string& words, Style style = Style::plain) {
    if (!full()) x_lines.push_back(painted(cut(printable(words), x_size.columns), style, x_colour));
  }
  // Already painted and fitting.
  void add_ready(std::string line) {
    if (!full()) x_lines.push_back(std::move(line));
  }
  bool full() const { return x_lines.size() >= x_size.rows; }
  std::size_t left() const { return x_size.rows - x_lines.size(); }
  Look look() const { return {x_size.columns, x_colour}; }
  std::vector<std::string> take() { return std::move(x_lines); }

 private:
  ScreenSize x_size;
  bool x_colour;
  std::vector<std::string> x_lines;
};

std::string clock_of(base::Time now) {
  const std::string words = to_the_second(base::to_rfc3339(now), now);  // "today 14:03:59"
  return words.substr(words.rfind(' ') + 1);
}

std::string size_in_words(double octets) {
  return octets < gibi ? fmt::format("{:.0f} MiB", octets / mebi) : fmt::format("{:.1f} GiB", octets / gibi);
}

// Of a gateway that does not answer nobody knows how it is.
void put_head(Canvas& page, const Picture& picture, std::size_t columns) {
  const bool is_present = picture.trouble.empty();
  const Cell activity = is_present ? activity_of(picture.status, picture.now)
                                   : Cell("not known; below is how it was at " + clock_of(picture.known), Style::dim);
  const std::string time = clock_of(picture.now);
  const std::size_t room = columns > time.size() + 1 ? columns - time.size() - 1 : columns;
  std::string words = cut(printable("burstd " + text(picture.status, "version") + ": " + activity.text), room);
  words.append(room - std::min(room, display_width(words)) + 1, ' ');
  page.add(words + time, activity.style);
  if (!is_present) page.add(picture.trouble, Style::red);
  const std::string clock = clock_in_words(picture.status);
  if (!clock.empty()) page.add("Clock: " + clock, Style::yellow);
}

void put_figures(Canvas& page, const Picture& picture) {
  page.add(queue_in_words(object(picture.status, "queue"), picture.now));
  if (const auto& paces = picture.paces) {
    page.add(fmt::format("Last minute: {:.0f} sent, {:.0f} delivered, {:.0f} failed, {}", paces->sent, paces->delivered,
                         paces->failed, base::counted(std::llround(paces->replies), "reply", "replies")));
  }
  const Figures& figures = picture.figures;
  const double submitted = figures.value("burstd_messages", "state", "submitted").value_or(0);
  const double unread = figures.value("burstd_replies_unacknowledged").value_or(0);
  std::string more = base::counted(std::llround(submitted), "awaits its report, ", "await their report, ") +
                     base::counted(std::llround(unread), "reply nobody has read", "replies nobody has read");
  if (const auto free = figures.value("burstd_record_disk_free_bytes"))
    more += ", " + size_in_words(*free) + " of disk left";
  page.add(more);
}

std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream from(text);
  for (std::string line; std::getline(from, line);) lines.push_back(line);
  return lines;
}

// Where the columns are too many for the screen, they are cut and bare.
void put_table(Canvas& page, const std::string& bare, const std::string& coloured) {
  const auto cells = lines_in(bare), painted = lines_in(coloured);
  for (std::size_t at = 0; at < cells.size() && page.left() > least_events; ++at) {
    const bool fits = at < painted.size() && display_width(cells[at]) <= page.look().width;
    if (fits) {
      page.add_ready(painted[at]);
    } else {
      page.add(cells[at]);
    }
  }
}

void put_modems(Canvas& page, const Picture& picture) {
  const json::array& modems = list(picture.status, "modems");
  Table table({{"MODEM", Side::left, 1, 8},
               {"STATE"},
               {"OPERATOR", Side::left, 3, 8},
               {"SIGNAL"},
               {"QUOTA LEFT"},
               {"SENT", Side::right},
               {"LAST SENT"}});
  for (const json::value& entry : modems) {
    const json::object& modem = object(entry);
    table.add({text(modem, "name"), state_cell(modem), operator_in_words(modem), signal_in_words(modem),
               narrowest_in_words(modem), text(modem, "accepted"),
               for_people(text(modem, "last_accepted"), picture.now)});
  }
  page.add("");
  put_table(page, modems.empty() ? "No modem is configured or found.\n" : table.render({page.look().width, false}),
            table.render(page.look()));
  for (const json::value& entry : modems) {
    const std::string trouble = trouble_in_words(object(entry), picture.now);
    if (!trouble.empty() && page.left() > least_events + 2)
      page.add(text(object(entry), "name") + ": " + trouble, Style::yellow);
  }
}

void put_events(Canvas& page, const Picture& picture) {
  if (!picture.goes_on && picture.events.empty()) return;
  page.add("");
  if (page.left() < 2) return;
  page.add("Last events", Style::bold);
  const std::size_t room = page.left() - 1;
  const std::size_t first = picture.events.size() - std::min(room, picture.events.size());
  for (std::size_t at = first; at < picture.events.size(); ++at) page.add(picture.events[at]);
  while (picture.goes_on && page.left() > 1) page.add("");
}

}  // namespace

Paces paces_between(const Figures& before, const Figures& after) {
  const auto grown = [&](const std::string& name, const std::string& state) {
    const double was = state.empty() ? before.sum(name) : before.value(name, "state", state).value_or(0);
    const double is = state.empty() ? after.sum(name) : after.value(name, "state", state).value_or(0);
    return std::max(is - was, 0.0);  // a gateway that restarted begins at nothing
  };
  return {grown("burstd_modem_accepted_total", ""), grown("burstd_messages_total", "delivered"),
          grown("burstd_messages_total", "failed") + grown("burstd_messages_total", "expired"),
          grown("burstd_replies_total", "")};
}

std::string event_line(const json::object& event, base::Time now) {
  const std::string kind = text(event, "kind");
  const json::object& data = object(event, "data");
  std::string words;
  if (kind == "item") words = base::last_digits(text(data, "mobile_number")) + "  " + standing(data);
  if (kind == "reply") words = "from " + base::last_digits(text(data, "from")) + "  " + text(data, "class");
  if (kind == "opt-out")
    words = base::last_digits(text(data, "number")) + (truth(data, "opted_out") ? "  blocked" : "  not blocked");
  if (kind == "batch") words = text(data, "id") + "  " + text(data, "state");
  if (words.empty()) {
    const std::string said = text(data, "state");
    words = text(data, "name") + "  " + (said.empty() ? text(data, "event") : said) + "  " + text(data, "detail");
  }
  return fmt::format("{}  {:<7}  {}", to_the_second(text(event, "at"), now), kind, words);
}

std::vector<std::string> lines_of(const Picture& picture, ScreenSize size, bool colour) {
  Canvas page(size, colour);
  put_head(page, picture, size.columns);
  put_figures(page, picture);
  put_modems(page, picture);
  put_events(page, picture);
  if (picture.goes_on) page.add("q ends this; nothing else happens here", Style::dim);
  return page.take();
}

// Wiped before each line: behind one that fills the width, its last letter would go, too.
std::string frame_of(const std::vector<std::string>& lines) {
  std::string frame = "\x1b[H";
  for (std::size_t at = 0; at < lines.size(); ++at)
    frame += std::string(at == 0 ? "" : "\n") + (at + 1 < lines.size() ? "\x1b[K" : "\x1b[J") + lines[at];
  return frame + "\x1b[H";
}

}  // namespace burstd::ctl
