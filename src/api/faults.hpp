// What is wrong with a request, bounded: a body of a few megabytes can hold millions of mistakes, and the answer must
// not grow with them. Forms, queries and the JSON reader add to it, problem.cpp writes it down. The first faults are
// kept, all are counted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace burstd::api {

// One thing that is wrong, and where (RFC 6901; a query parameter is "/name").
struct Fault {
  std::string pointer, detail;
};

// One step of a JSON pointer, escaped: "a/b" is "/a~1b".
std::string step(std::string_view name);

class Faults {
 public:
  static constexpr std::size_t most = 100;
  static constexpr std::size_t longest_pointer = 200;  // octets; what is cut ends in "…"

  void add(std::string_view pointer, std::string_view detail);

  // Of the member `name` of the object at `pointer`.
  void add(std::string_view pointer, std::string_view name, std::string_view detail);

  // More are only counted: there is no need to find out where they are.
  bool full() const { return x_kept.size() == most; }

  bool empty() const { return x_kept.empty(); }
  std::size_t count() const { return x_kept.size() + x_more; }

  // The first ones and, where there are more, one that says how many.
  std::vector<Fault> told() const;

 private:
  std::vector<Fault> x_kept;
  std::size_t x_more = 0;
};

}  // namespace burstd::api
