#include "api/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>
#include <set>

#include "base/utf8.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 16;

json::parse_options strict() {
  json::parse_options options;
  options.max_depth = deepest;
  return options;
}

// Builds the value and listens for what a finished one no longer shows: keys given twice, and NUL in a text.
class Builder {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  using Code = json::error_code;

  Faults faults;

  json::value release() { return x_stack.release(); }

  bool on_document_begin(Code&) {
    x_stack.reset();
    return true;
  }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return enter(false); }
  bool on_object_end(std::size_t size, Code&) {
    x_stack.push_object(size);
    return leave();
  }
  bool on_array_begin(Code&) { return enter(true); }
  bool on_array_end(std::size_t size, Code&) {
    x_stack.push_array(size);
    return leave();
  }
  bool on_key_part(json::string_view part, std::size_t, Code&) {
    x_key.append(part.data(), part.size());
    x_stack.push_chars(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, Code&) {
    x_key.append(part.data(), part.size());
    x_stack.push_key(part);
    Level& level = x_levels.back();
    level.key = std::exchange(x_key, {});
    if (level.key.find('\0') != std::string::npos) fault("must not hold the character U+0000 in its name");
    if (!level.keys.insert(level.key).second) fault("is given twice");
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Code&) {
    x_stack.push_chars(part);
    look_at(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, Code&) {
    x_stack.push_string(part);
    look_at(part);
    return count();
  }
  bool on_number_part(json::string_view, Code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, Code&) {
    x_stack.push_int64(number);
    return count();
  }
  bool on_uint64(std::uint64_t number, json::string_view, Code&) {
    x_stack.push_uint64(number);
    return count();
  }
  bool on_double(double number, json::string_view, Code&) {
    x_stack.push_double(number);
    return count();
  }
  bool on_bool(bool truth, Code&) {
    x_stack.push_bool(truth);
    return count();
  }
  bool on_null(Code&) {
    x_stack.push_null();
    return count();
  }
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
    return count();
  }

  // One value more at this level.
  bool count() {
    if (!x_levels.empty() && x_levels.back().is_array) ++x_levels.back().index;
    return true;
  }

  void look_at(json::string_view part) {
    if (part.find('\0') != json::string_view::npos) fault("must not hold the character U+0000");
  }

  void fault(const char* what) { faults.add(faults.full() ? std::string() : place(), what); }

  std::string place() const {
    std::string pointer;
    for (const Level& level : x_levels) {
      if (pointer.size() > Faults::longest_pointer) break;
      pointer += level.is_array ? "/" + std::to_string(level.index) : step(level.key);
    }
    return pointer;
  }

  json::value_stack x_stack;
  std::vector<Level> x_levels;
  std::string x_key;
};

std::string syntax_fault(std::size_t at, const std::string& why) {
  return "is not JSON as this gateway takes it, at byte " + std::to_string(at + 1) + ": " + why;
}

}  // namespace

Document read_json(std::string_view body) {
  Document document;
  json::basic_parser<Builder> parser(strict());
  json::error_code code;
  const std::size_t read = parser.write_some(false, body.data(), body.size(), code);
  if (!code && read < body.size()) code = json::error::extra_data;
  if (code) {
    const auto decoded = base::is_utf8(body) ? base::Result<std::u32string>{} : base::from_utf8(body);
    document.faults.add("", decoded ? syntax_fault(read, code.message()) : decoded.error().sentence);
    return document;
  }
  document.faults = std::move(parser.handler().faults);
  if (document.faults.empty()) document.value = parser.handler().release();
  return document;
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
