// What a scalar may mean: spans of time, sizes, numbers, permissions, names, what a modem is known by. Each reader
// turns the text into a value or says in a sentence what it should have been. The tables in sections.cpp and
// drivers.cpp use them; YAML is not known here. A reader is a function object, so that its limits stand in the table
// beside the key.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gateway/options.hpp"

namespace burstd::config {

// Fault::malformed; the code is for programs only, people see the sentence.
base::Error wrong(std::string sentence);

// "30 s", "10 min", "24 h", "2 d", "500 ms"; the unit is required.
base::Result<std::chrono::milliseconds> read_span(std::string_view text);

// "8 MiB", "64 KiB", "1 GiB", "512 B"; the unit is required.
base::Result<std::uint64_t> read_size(std::string_view text);

// The largest unit that divides it, as read_span takes it.
std::string to_words(std::chrono::milliseconds span);
std::string size_to_words(std::uint64_t octets);

// A span within limits, in whole units of `Unit`.
template <class Unit>
auto span(Unit least, Unit most) {
  return [least, most](const std::string& text) -> base::Result<Unit> {
    const auto read = read_span(text);
    if (!read) return read.error();
    if (*read < least || *read > most) {
      return wrong("must be from " + to_words(least) + " to " + to_words(most) + ", not \"" + text + "\"");
    }
    const auto whole = std::chrono::floor<Unit>(*read);
    if (whole != *read) return wrong("must be a multiple of " + to_words(Unit{1}) + ", not \"" + text + "\"");
    return whole;
  };
}

std::function<base::Result<std::size_t>(const std::string&)> size(std::uint64_t least, std::uint64_t most);
base::Result<std::int64_t> read_integer(std::string_view text, std::int64_t least, std::int64_t most);

template <class Number>
auto number(Number least, Number most) {
  return [least, most](const std::string& text) -> base::Result<Number> {
    const auto read = read_integer(text, static_cast<std::int64_t>(least), static_cast<std::int64_t>(most));
    if (!read) return read.error();
    return static_cast<Number>(*read);
  };
}

// "+41791234567": with its country, because the clinic's is not asked for here.
base::Result<std::string> phone_number(const std::string& text);

// One of the words of a table.
template <class Value>
struct Choice {
  std::string_view word;
  Value value;
};

base::Error not_one_of(const std::string& text, const std::vector<std::string_view>& words);

template <class Value>
auto choice(std::vector<Choice<Value>> choices) {
  return [choices = std::move(choices)](const std::string& text) -> base::Result<Value> {
    std::vector<std::string_view> words;
    for (const auto& [word, value] : choices) {
      if (word == text) return value;
      words.push_back(word);
    }
    return not_one_of(text, words);
  };
}

base::Result<unsigned> permissions(const std::string& text);  // octal, "0660"
base::Result<std::string> absolute_path(const std::string& text);
base::Result<std::string> any_text(const std::string& text);          // not empty, printable
base::Result<std::string> plain_name(const std::string& text);        // a-z, 0-9, "-", "_"
base::Result<std::string> client_name(const std::string& text);       // the same, and none that the record gives itself
base::Result<std::string> country(const std::string& text);           // one with a numbering plan
base::Result<std::string> timezone(const std::string& text);          // one that the machine knows
base::Result<std::string> template_name(const std::string& text);     // plain, and none of the gateway's own
base::Result<std::string> message_template(const std::string& text);  // not blank, with sound {placeholders}
base::Result<std::string> placeholder(const std::string& text);       // the name of one
base::Result<std::string> date_pattern(const std::string& text);      // "dd.MM.yyyy HH:mm"
base::Result<std::string> sim_pin(const std::string& text);
base::Result<std::string> at_command(const std::string& text);
base::Result<std::string> report_route(const std::string& text);  // five numbers for AT+CNMI
base::Result<std::string> usb_id(const std::string& text);        // "12d1:1001", or "12d1" for a whole vendor
base::Result<std::string> usb_product(const std::string& text);   // "12d1:1001"
base::Result<std::string> usb_port(const std::string& text);      // "02" or "ff/02/02"
base::Result<std::string> usb_device(const std::string& text);  // "12d1:1001", "12d1:1001:SERIAL" or a socket, "1-1.4"
base::Result<std::string> modem_imei(const std::string& text);  // 14 to 16 digits
base::Result<std::string> sim_number(const std::string& text);  // ICCID or IMSI
base::Result<std::string> ussd_code(const std::string& text);   // "*100#"
base::Result<std::string> with_a_group(const std::string& text);  // a regular expression that has one
base::Result<double> price(const std::string& text);
base::Result<message::Hours> hours_of_week(const std::string& text);  // "mon-fri 08:00-20:00", "sat 9:00-12:00"
base::Result<std::string> number_prefix(const std::string& text);     // "+4179"
base::Result<bool> yes_or_no(const std::string& text);
base::Result<int> baud_rate(const std::string& text);
base::Result<std::string> group_name(const std::string& text);  // that exists on this machine
base::Result<unsigned> user_id(const std::string& text);        // by name or number
base::Result<unsigned> group_id(const std::string& text);

// The known word that `text` was probably meant to be; empty when none is close.
std::string_view nearest(std::string_view text, const std::vector<std::string_view>& known);

// "; did you mean \"…\"?" when one is close, else nothing.
std::string did_you_mean(std::string_view text, const std::vector<std::string_view>& known);

}  // namespace burstd::config
