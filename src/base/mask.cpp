#include "base/mask.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace burstd::base {

namespace {

constexpr std::size_t least_national = 9;   // digits of a number in groups without its country
constexpr std::size_t most_grouped = 16;    // E.164 has 15, and people add a "(0)"
constexpr std::size_t most_written_on = 7;  // a group of so many ends its number: what follows is another word
constexpr std::size_t longest_joint = 3;    // ") - "
constexpr std::array<std::string_view, 7> joints{" ", "-", "/", "(", ")", "\u00A0", "\u202F"};

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'); }

std::size_t digits_before(std::string_view text) {
  return static_cast<std::size_t>(std::distance(text.begin(), std::ranges::find_if_not(text, is_digit)));
}

// How long what joins two groups is; nothing: no group follows.
std::size_t joint_before(std::string_view text) {
  std::string_view rest = text;
  for (std::size_t taken = 0; taken < longest_joint; ++taken) {
    const auto joint = std::ranges::find_if(joints, [&](std::string_view each) { return rest.starts_with(each); });
    if (joint == joints.end()) break;
    rest.remove_prefix(joint->size());
  }
  return !rest.empty() && is_digit(rest.front()) ? text.size() - rest.size() : 0;
}

// Neither within a word nor within a time, a fraction or a version.
bool may_be_grouped(std::string_view text, std::size_t at) {
  if (text[at] != '+' && text[at] != '0') return false;
  const char before = at == 0 ? ' ' : text[at - 1];
  return !is_digit(before) && !is_letter(before) && before != '.' && before != ':';
}

struct Run {
  std::size_t letters, digits;
};

Run grouped(std::string_view text, Run run) {
  for (std::size_t last = run.digits; last > 0 && last < most_written_on;) {
    const std::size_t joint = joint_before(text.substr(run.letters));
    last = joint == 0 ? 0 : digits_before(text.substr(run.letters + joint));
    if (last == 0 || run.digits + last > most_grouped) break;
    run = {run.letters + joint + last, run.digits + last};
  }
  return run;
}

// Its letters are at least one, its digits may be none.
Run run_at(std::string_view text, std::size_t at) {
  const std::size_t plus = text[at] == '+' ? 1 : 0, digits = digits_before(text.substr(at + plus));
  const Run plain{std::max<std::size_t>(plus + digits, 1), digits};
  if (!may_be_grouped(text, at)) return plain;
  const Run whole = grouped(text.substr(at), plain);
  return plus == 1 || whole.digits >= least_national ? whole : plain;
}

}  // namespace

std::string without_numbers(std::string_view text, Masking masking) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Run run = run_at(text, at);
    const std::string_view written = text.substr(at, run.letters);
    const bool wanted = text[at] == '+' || !masking.only_after_plus;
    if (wanted && run.digits > 0 && run.digits >= masking.shortest) {
      std::string digits;
      std::ranges::copy_if(written, std::back_inserter(digits), is_digit);
      out += last_digits(digits, masking.shown);
    } else {
      out += written;
    }
    at += run.letters;
  }
  return out;
}

std::string last_digits(std::string_view number, std::size_t shown) {
  if (number.empty()) return "";
  return "…" + std::string(number.size() > shown ? number.substr(number.size() - shown) : "");
}

}  // namespace burstd::base
