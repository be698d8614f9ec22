// Fuzzes burstctl pdu decode: whatever it is given, as octets or as the text itself, the answer is valid JSON in UTF-8,
// or a refusal of one line.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "ctl/pdu/pdu_json.hpp"

namespace {

bool is_object(std::string_view json) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(json, failure);
  return burstd::base::is_utf8(json) && !failure && value.is_object() && value.get_object().contains("type");
}

bool is_one_line(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace burstd;
  const std::string hex = base::to_hex(std::span(data, size));
  const std::string raw(data, data + size);
  for (const ctl::Direction direction : {ctl::Direction::mt, ctl::Direction::mo}) {
    for (const std::string& typed : {hex, raw}) {
      const auto said = ctl::pdu_to_json(direction, typed);
      if (said ? !is_object(*said) : !is_one_line(said.error().sentence)) std::abort();
    }
  }
  return 0;
}
