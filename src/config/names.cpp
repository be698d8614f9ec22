// The readers of words.hpp whose words have a meaning beyond their form: paths, countries, users, AT commands.
#include <grp.h>
#include <pwd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/utf8.hpp"
#include "burst/pattern.hpp"
#include "burst/template.hpp"
#include "calendar/zone.hpp"
#include "clinic/options.hpp"
#include "config/words.hpp"
#include "number/plan.hpp"

namespace burstd::config {

namespace {

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

bool is_name_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || is_digit(letter) || letter == '-' || letter == '_';
}

std::optional<unsigned> as_id(const std::string& text) {
  unsigned value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!all_digits(text) || failure != std::errc{}) return std::nullopt;
  return value;
}

constexpr std::array baud_rates{9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600};

}  // namespace

base::Result<unsigned> permissions(const std::string& text) {
  unsigned value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  const bool octal = failure == std::errc{} && end == text.data() + text.size() && text.size() >= 3;
  if (!octal || value > 0777) return wrong("must be permissions in octal such as \"0660\", not " + in_quotes(text));
  return value;
}

base::Result<std::string> absolute_path(const std::string& text) {
  if (!text.starts_with('/')) return wrong("must be an absolute path, not " + in_quotes(text));
  return text;
}

base::Result<std::string> any_text(const std::string& text) {
  const auto control = [](char letter) { return static_cast<unsigned char>(letter) < 0x20 && letter != '\n'; };
  if (text.empty()) return wrong("must not be empty");
  if (std::ranges::any_of(text, control)) return wrong("must not hold control characters");
  return text;
}

base::Result<std::string> plain_name(const std::string& text) {
  const bool plain = !text.empty() && text.size() <= 64 && std::ranges::all_of(text, is_name_letter);
  if (!plain) return wrong("must be a name of a-z, 0-9, \"-\" and \"_\", not " + in_quotes(text));
  return text;
}

base::Result<std::string> client_name(const std::string& text) {
  if (text != "burstd" && !text.starts_with("uid-")) return plain_name(text);
  return wrong(in_quotes(text) + " is how the record names the gateway itself or a user without a name; take another");
}

base::Result<std::string> country(const std::string& text) {
  if (number::find_plan(text) != nullptr) return text;
  std::string known;
  for (const auto& plan : number::plans()) known += (known.empty() ? "" : ", ") + std::string(plan.country);
  return wrong("there is no numbering plan for " + in_quotes(text) + "; known are " + known);
}

base::Result<std::string> timezone(const std::string& text) {
  if (calendar::is_zone(text)) return text;
  return wrong("there is no time zone " + in_quotes(text) +
               " on this machine; write one such as \"Europe/Zurich\" (the package tzdata brings them)");
}

base::Result<std::string> template_name(const std::string& text) {
  const auto& taken = clinic::maintained_templates;
  if (std::ranges::find(taken, text) == taken.end()) return plain_name(text);
  return wrong(in_quotes(text) + " comes with the gateway; give yours another name");
}

base::Result<std::string> message_template(const std::string& text) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return wrong("must not be blank");
  const auto parsed = burst::Template::parse(text);
  if (!parsed) return parsed.error();
  return text;
}

base::Result<std::string> placeholder(const std::string& text) {
  const auto parsed = burst::Template::parse("{" + text + "}");
  const bool is_one = parsed && parsed->placeholders().size() == 1 && parsed->placeholders().front() == text;
  if (is_one) return text;
  return wrong("a placeholder's name has letters, digits, _, - and . and no blanks, not " + in_quotes(text));
}

base::Result<std::string> date_pattern(const std::string& text) {
  const auto parsed = burst::Pattern::parse(text);
  if (parsed) return text;
  return wrong("must be a date or time like \"dd.MM.yyyy HH:mm\": " + parsed.error().sentence);
}

base::Result<std::string> sim_pin(const std::string& text) {
  // Not shown: what is almost a PIN is almost a secret.
  if (!all_digits(text) || text.size() < 4 || text.size() > 8) return wrong("must be 4 to 8 digits");
  return text;
}

base::Result<std::string> at_command(const std::string& text) {
  const auto printable = [](char letter) { return letter >= 0x20 && letter < 0x7F; };
  if (!text.starts_with("AT") || !std::ranges::all_of(text, printable)) {
    return wrong("must be an AT command in plain characters that begins with \"AT\", not " + in_quotes(text));
  }
  return text;
}

base::Result<std::string> report_route(const std::string& text) {
  bool right = text.size() == 9;
  for (std::size_t i = 0; right && i < text.size(); ++i) right = i % 2 == 0 ? is_digit(text[i]) : text[i] == ',';
  if (!right) return wrong("must be the five numbers of AT+CNMI such as \"2,1,0,1,0\", not " + in_quotes(text));
  return text;
}

base::Result<int> baud_rate(const std::string& text) {
  std::string known;
  for (const int rate : baud_rates) {
    if (std::to_string(rate) == text) return rate;
    known += (known.empty() ? "" : ", ") + std::to_string(rate);
  }
  return wrong("must be one of " + known + ", not " + in_quotes(text));
}

base::Result<unsigned> user_id(const std::string& text) {
  if (const auto id = as_id(text)) return *id;
  if (const auto* entry = getpwnam(text.c_str())) return entry->pw_uid;
  return wrong("there is no user " + in_quotes(text) + " on this machine");
}

base::Result<unsigned> group_id(const std::string& text) {
  if (const auto id = as_id(text)) return *id;
  if (const auto* entry = getgrnam(text.c_str())) return entry->gr_gid;
  return wrong("there is no group " + in_quotes(text) + " on this machine");
}

base::Result<std::string> group_name(const std::string& text) {
  if (getgrnam(text.c_str()) != nullptr) return text;
  return wrong("there is no group " + in_quotes(text) + " on this machine");
}

}  // namespace burstd::config
