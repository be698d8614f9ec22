// One JSON object of a request, read member by member: each reading notes what is wrong and goes on, so that the
// client hears of every fault at once. Members that nobody asked for are faults, too.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/problem.hpp"
#include "base/time.hpp"

namespace burstd::api {

// How long a text may be, in characters.
struct Length {
  std::size_t least = 0, most = 200;
};

class Form {
 public:
  // What is wrong is added to `faults`, which must outlive the form.
  Form(const boost::json::value& value, std::string pointer, Faults& faults);

  // Absent and null are the same: not given.
  std::optional<std::string> text(const char* name, Length length = {});
  std::string required_text(const char* name, Length length = {});
  std::optional<base::Time> time(const char* name);
  std::optional<std::vector<int>> rows(const char* name, std::size_t most);
  std::optional<std::string> word(const char* name, const std::vector<std::string>& words);
  bool truth(const char* name);  // false where it is not given
  const boost::json::array* array(const char* name);
  const boost::json::value* member(const char* name);  // null where it is not given

  void fault(std::string_view name, std::string_view detail);
  std::string pointer_to(std::string_view name) const;
  Faults& faults() { return x_faults; }

  // To be called last: every member that was not read is a fault.
  void finish();

 private:
  std::string checked(const char* name, const boost::json::value& value, Length length);

  const boost::json::object* x_object = nullptr;
  std::string x_pointer;
  Faults& x_faults;
  std::set<std::string, std::less<>> x_known;
};

// The query of a request, in the same manner.
class Query {
 public:
  explicit Query(const http::Request& request);

  std::optional<std::string> text(std::string_view name);
  std::optional<base::Time> time(std::string_view name);
  std::optional<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most);
  bool flag(std::string_view name);  // "true"; false where it is not given
  void fault(std::string_view name, std::string_view detail);

  // Every parameter that was not read, or given twice, is a fault; returns all of them.
  Faults finish();

 private:
  const http::Request& x_request;
  Faults x_faults;
  std::set<std::string, std::less<>> x_known;
};

}  // namespace burstd::api
