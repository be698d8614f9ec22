// Fuzzes texts with placeholders: the first line is the text, the rest is the value of every field. What is rendered is
// UTF-8 within its bounds, only names of the text are missing, and a pattern reads or refuses whatever it is given.
#include <algorithm>
#include <cstdlib>

#include "base/utf8.hpp"
#include "burst/template.hpp"

namespace {

using namespace burstd;

void check_text(std::string_view text, const std::string& value) {
  const auto parsed = burst::Template::parse(text);
  if (!parsed) return;
  burst::Fields fields;
  for (const std::string& name : parsed->placeholders()) fields[name] = value;
  for (const burst::Rendered& rendered : {parsed->render(fields), parsed->render({})}) {
    const auto points = base::from_utf8(rendered.text);
    if (!points || points->size() > burst::Template::longest) std::abort();
    for (const std::string& name : rendered.missing) {
      if (std::ranges::count(parsed->placeholders(), name) != 1) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string_view text = input.substr(0, input.find('\n'));
  const std::string value(input.substr(std::min(text.size() + 1, size)));
  if (base::is_utf8(value)) check_text(text, value);
  const auto pattern = burst::Pattern::parse(text);
  const auto wall = pattern ? pattern->read(value) : burst::plain_wall(value);
  if (wall && pattern && !pattern->write(*wall) && wall->day && wall->minute) std::abort();
  return 0;
}
