// JSON as the socket takes it, stricter than the library: no duplicate keys, no invalid UTF-8 or lone surrogates, no
// NUL, at most 16 levels. Read in one go, the value and its faults together. Endpoints read bodies with it and write
// answers.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "api/problem.hpp"
#include "base/time.hpp"

namespace burstd::api {

struct Document {
  boost::json::value value;
  Faults faults;  // none: `value` is whole
};

Document read_json(std::string_view body);

http::Response answer(int status, const boost::json::value& value);

// null where there is nothing.
template <class T>
boost::json::value or_null(const std::optional<T>& value) {
  return value ? boost::json::value(*value) : boost::json::value(nullptr);
}
boost::json::value or_null(const std::optional<base::Time>& time);
boost::json::value or_null(const std::string& text);  // empty: null

}  // namespace burstd::api
