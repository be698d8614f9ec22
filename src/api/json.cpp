#include "api/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

namespace burstd::api {

namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 16;

json::parse_options strict() {
  json::parse_options options;
  options.max_depth = deepest;
  return options;
}

// Listens to the parser for what a finished value no longer shows: keys given twice, and NUL in a string.
class Listener {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  using Code = json::error_code;

  Faults faults;

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return enter(false); }
  bool on_object_end(std::size_t, Code&) { return leave(); }
  bool on_array_begin(Code&) { return enter(true); }
  bool on_array_end(std::size_t, Code&) { return leave(); }
  bool on_key_part(json::string_view part, std::size_t, Code&) {
    x_key.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view part, std::size_t, Code&) {
    x_key.append(part.data(), part.size());
    Level& level = x_levels.back();
    level.key = std::exchange(x_key, {});
    if (!level.keys.insert(level.key).second) fault("is given twice");
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Code&) { return text(part, false); }
  bool on_string(json::string_view part, std::size_t, Code&) { return text(part, true); }
  bool on_number_part(json::string_view, Code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, Code&) { return value(); }
  bool on_uint64(std::uint64_t, json::string_view, Code&) { return value(); }
  bool on_double(double, json::string_view, Code&) { return value(); }
  bool on_bool(bool, Code&) { return value(); }
  bool on_null(Code&) { return value(); }
  bool on_comment_part(json::string_view, Code&) { return true; }
  bool on_comment(json::string_view, Code&) { return true; }

 private:
  struct Level {
    bool is_array;
    std::size_t index = 0;
    std::string key;
    std::set<std::string, std::less<>> keys;
  };

  bool enter(bool is_array) {
    x_levels.push_back(Level{is_array, 0, {}, {}});
    return true;
  }

  bool leave() {
    x_levels.pop_back();
    return value();
  }

  bool value() {
    if (!x_levels.empty() && x_levels.back().is_array) ++x_levels.back().index;
    return true;
  }

  bool text(json::string_view part, bool last) {
    if (part.find('\0') != json::string_view::npos) fault("must not hold the character U+0000");
    return !last || value();
  }

  void fault(const char* what) {
    std::string pointer;
    for (const Level& level : x_levels) pointer += level.is_array ? "/" + std::to_string(level.index) : step(level.key);
    faults.push_back(Fault{std::move(pointer), what});
  }

  std::vector<Level> x_levels;
  std::string x_key;
};

Fault syntax_fault(std::size_t at, const std::string& why) {
  return Fault{"", "is not JSON as this gateway takes it, at byte " + std::to_string(at + 1) + ": " + why};
}

}  // namespace

Document read_json(std::string_view body) {
  Document document;
  json::basic_parser<Listener> parser(strict());
  json::error_code code;
  const std::size_t read = parser.write_some(false, body.data(), body.size(), code);
  if (!code && read < body.size()) code = json::error::extra_data;
  if (code) {
    document.faults.push_back(syntax_fault(read, code.message()));
    return document;
  }
  document.faults = std::move(parser.handler().faults);
  if (!document.faults.empty()) return document;
  document.value = json::parse(json::string_view(body.data(), body.size()), code, {}, strict());
  if (code) document.faults.push_back(syntax_fault(0, code.message()));
  return document;
}

std::string step(std::string_view name) {
  std::string escaped = "/";
  for (const char letter : name) {
    if (letter == '~') {
      escaped += "~0";
    } else if (letter == '/') {
      escaped += "~1";
    } else {
      escaped += letter;
    }
  }
  return escaped;
}

http::Response answer(int status, const json::value& value) {
  http::Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = json::serialize(value);
  return response;
}

json::value or_null(const std::optional<base::Time>& time) {
  return time ? json::value(base::to_rfc3339(*time)) : json::value(nullptr);
}

json::value or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

}  // namespace burstd::api
