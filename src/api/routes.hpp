// What may be asked: one table of methods, paths and roles. Api searches it; that a path does not exist or takes
// another method falls out of the search.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/endpoints.hpp"

namespace burstd::api {

enum class Body : std::uint8_t {
  none,
  optional,  // nothing is the same as {}
  required,
};

// What an answer comes in; problems are JSON in any case.
enum class Speaks : std::uint8_t {
  json,
  events,  // or text/event-stream
  text,
  copy,  // application/vnd.sqlite3
};

struct Route {
  std::string_view method;
  std::string_view pattern;  // "{…}" stands for one segment
  Role role;
  Body body;
  Answer (*answer)(Desk&, const Call&);
  bool reads_query = false;  // where not, any parameter is a fault
  Speaks speaks = Speaks::json;
};

std::span<const Route> routes();

struct Found {
  const Route* route = nullptr;  // null: none with this method
  std::vector<std::string> arguments;
  std::vector<std::string_view> methods;  // that the path takes; none: there is no such path
};

Found find_route(std::string_view method, const std::vector<std::string>& segments);

// True for what is never rewritten nor deleted: messages, bursts and clinical items.
bool is_permanent(const std::vector<std::string>& segments);

}  // namespace burstd::api
