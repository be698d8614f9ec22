// Looking into the gateway's JSON without tripping: a member that is missing or of another kind reads as
// empty, because an older or newer gateway may leave out or add members.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace burstd::ctl {

namespace json = boost::json;

const json::object& object(const json::value& value);
const json::object& object(const json::object& from, std::string_view member);
const json::array& list(const json::object& from, std::string_view member);

// Strings as they are, numbers and truth values in words, null and the rest as "".
std::string text(const json::value& value);
std::string text(const json::object& from, std::string_view member);

std::optional<std::int64_t> number(const json::object& from, std::string_view member);
std::int64_t count(const json::object& from, std::string_view member);  // 0 when missing
bool truth(const json::object& from, std::string_view member);

// "Anna Muster (4711)" of an item or a row; what is missing is left out.
std::string patient_of(const json::object& from);

// Into a request: only what says something.
void put(json::object& into, std::string_view member, const std::string& value);

// "number-invalid, too-long" of an array of strings, or of one string.
std::string words(const json::object& from, std::string_view member);

}  // namespace burstd::ctl
