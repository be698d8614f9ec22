// The API asked as http would ask it, over a real record: requests in, answers with their JSON out. Tests of the
// endpoints derive from it; there is no socket.
#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "api/api.hpp"
#include "api/cursor.hpp"
#include "clinic/office.hpp"

namespace burstd::api {

struct Reply {
  int status = 0;
  boost::json::value body;
  http::Response raw;

  std::string header(std::string_view name) const {
    for (const auto& [known, value] : raw.headers) {
      if (known == name) return value;
    }
    return "";
  }
  const boost::json::value& at(boost::json::string_view pointer) const { return body.at_pointer(pointer); }
  std::string text(boost::json::string_view pointer) const {
    const auto& value = at(pointer);
    return value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
  }
  std::vector<std::string> faults() const {
    std::vector<std::string> all;
    for (const auto& fault : body.at("errors").as_array()) all.emplace_back(fault.at("pointer").as_string());
    return all;
  }
};

class Counter : public clinic::Office {
 protected:
  static http::Request request(std::string method, const std::string& target, std::string body = "") {
    http::Request request;
    request.method = std::move(method);
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    request.segments = split(request.path.substr(1), '/');
    if (question != std::string::npos) {
      for (const std::string& pair : split(target.substr(question + 1), '&')) {
        const auto equals = pair.find('=');
        request.query.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
      }
    }
    if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
    request.body = std::move(body);
    request.peer.uid = 1000;
    return request;
  }

  Reply ask(http::Request request) {
    Reply reply;
    reply.raw = wait_for(api.answer(std::move(request)));
    reply.status = reply.raw.status;
    reply.body = boost::json::parse(reply.raw.body);
    return reply;
  }
  Reply get(const std::string& target) { return ask(request("GET", target)); }
  Reply post(const std::string& target, std::string body = "") { return ask(request("POST", target, std::move(body))); }

  static std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::string::size_type begin = 0;
    for (auto end = text.find(at); end != std::string::npos; begin = end + 1, end = text.find(at, begin)) {
      parts.push_back(text.substr(begin, end - begin));
    }
    parts.push_back(text.substr(begin));
    return parts;
  }

  static std::string message(const std::string& ref, const std::string& more = "") {
    return R"({"client_ref":")" + ref + R"(","to":"079 123 45 67","text":"See you at ten")" + more + "}";
  }

  static Options clients() {
    Options options;
    options.clients = {Client{"screen", {1}, {}, Role::read}, Client{"it", {2}, {}, Role::admin},
                       Client{"nobody", {3}, {}, Role::none}};
    return options;
  }

  Api api{clients(), options, gateway};
};

}  // namespace burstd::api
