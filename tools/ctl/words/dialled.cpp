#include "ctl/words/dialled.hpp"

#include <algorithm>

#include "number/number.hpp"
#include "number/typed.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t most_international = 15;  // E.164
constexpr std::size_t most_digits = 20;         // 23.040, 9.1.2.5: ten octets of two

base::Result<std::string> within(std::string digits, std::size_t most) {
  if (digits.size() > most) return number::not_valid("it has more than " + std::to_string(most) + " digits");
  return digits;
}

// "*100#": nothing but blanks divides it.
base::Result<std::string> service_code(std::string_view typed) {
  std::string code(typed);
  std::erase_if(code, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  if (code.find_first_not_of("0123456789*#") != std::string::npos) {
    return number::not_valid("beside * and # it may have digits only");
  }
  return within(std::move(code), most_digits);
}

// "+41 (0)79 …": whether that zero is dialled from abroad is for the country's plan to say.
base::Result<std::string> by_plan(std::string_view typed) {
  auto number = number::parse(typed, number::plans().front());
  if (!number) return number.error();
  return std::move(number->e164);
}

base::Result<std::string> international(const number::Typed& read) {
  if (read.digits.empty()) return number::not_valid("it has too few digits");
  if (read.digits.front() == '0') return number::not_valid("after the plus sign comes a country code, not a 0");
  auto digits = within(read.digits, most_international);
  if (!digits) return digits;
  return "+" + *digits;
}

}  // namespace

base::Result<std::string> dialled(std::string_view typed) {
  if (typed.find_first_of("*#") != std::string_view::npos) return service_code(typed);
  const auto read = number::read_typed(typed);
  if (!read) return read.error();
  if (read->plus && read->bracketed_zero) return by_plan(typed);
  return read->plus ? international(*read) : within(read->digits, most_digits);
}

}  // namespace burstd::ctl
