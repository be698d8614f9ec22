// The readers of words.hpp that concern modems: what one is known by on the USB bus and in the network, and what is
// said to it.
#include <algorithm>
#include <array>
#include <charconv>
#include <regex>

#include "config/words.hpp"

namespace burstd::config {

namespace {

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

// In small letters, as the kernel writes hexadecimal.
std::string small(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'F') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return text;
}

bool fits(const std::string& text, const char* form) { return std::regex_match(text, std::regex(form)); }

base::Error not_this(const std::string& text, const std::string& words) {
  return wrong("must be " + words + ", not \"" + text + "\"");
}

}  // namespace

base::Result<std::string> usb_id(const std::string& text) {
  if (fits(text, "[0-9A-Fa-f]{4}(:[0-9A-Fa-f]{4})?")) return small(text);
  return not_this(text, "a USB product such as \"12d1:1001\" (lsusb shows it), or a vendor such as \"12d1\"");
}

base::Result<std::string> usb_product(const std::string& text) {
  if (fits(text, "[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}")) return small(text);
  return not_this(text, "a USB product such as \"12d1:1001\" (lsusb shows it)");
}

base::Result<std::string> usb_port(const std::string& text) {
  if (fits(text, "[0-9A-Fa-f]{2}(/[0-9A-Fa-f]{2}/[0-9A-Fa-f]{2})?")) return small(text);
  return not_this(text, "the number of an interface such as \"02\", or its class such as \"ff/02/02\"");
}

base::Result<std::string> usb_device(const std::string& text) {
  if (fits(text, "[0-9]{1,3}-[0-9]{1,3}([.][0-9]{1,3})*")) return text;
  if (fits(text, "[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(:[!-~]+)?")) return small(text.substr(0, 9)) + text.substr(9);
  return not_this(text,
                  "a USB product such as \"12d1:1001\", one with its serial number such as \"12d1:1001:0123ABC\", or a "
                  "socket such as \"1-1.4\"");
}

base::Result<std::string> modem_imei(const std::string& text) {
  if (is_number(text) && text.size() >= 14 && text.size() <= 16) return text;
  return not_this(text, "the 14 to 16 digits of an IMEI (printed on the modem)");
}

base::Result<std::string> sim_number(const std::string& text) {
  const bool imsi = text.size() == 14 || text.size() == 15;
  const bool iccid = text.size() >= 18 && text.size() <= 22;
  if (is_number(text) && (imsi || iccid)) return text;
  return not_this(text, "the 18 to 22 digits that are printed on the SIM (ICCID), or the 14 or 15 of its IMSI");
}

base::Result<std::string> phone_number(const std::string& text) {
  if (fits(text, "[+][1-9][0-9]{6,14}")) return text;
  return wrong("must be a phone number with its country's code such as \"+41791234567\", in quotes");
}

base::Result<std::string> ussd_code(const std::string& text) {
  if (fits(text, "[*#][0-9*#]{0,62}")) return text;
  return not_this(text, "a code such as \"*100#\": \"*\" or \"#\", then digits, \"*\" and \"#\"");
}

base::Result<std::string> with_a_group(const std::string& text) {
  try {
    if (std::regex(text, std::regex::ECMAScript).mark_count() > 0) return text;
  } catch (const std::regex_error&) {
    return wrong("is no regular expression (ECMAScript): \"" + text + "\"");
  }
  return wrong("has no group: what is wanted must stand in brackets, such as \"([0-9]+[.,][0-9]{2})\"");
}

base::Result<double> price(const std::string& text) {
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  const bool whole = failure == std::errc{} && end == text.data() + text.size();
  if (whole && value >= 0 && value <= 1'000'000) return value;
  return not_this(text, "an amount such as 0.09");
}

base::Result<bool> yes_or_no(const std::string& text) {
  static const auto read = choice<bool>({{"no", false}, {"yes", true}, {"false", false}, {"true", true}});
  return read(text);
}

}  // namespace burstd::config
