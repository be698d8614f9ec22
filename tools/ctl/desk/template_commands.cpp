#include "ctl/desk/template_commands.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>

#include "burst/verdict.hpp"
#include "ctl/wire/pages.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

std::string path_of_template(const std::string& name) { return "/v1/templates/" + encoded(name); }

// Whose it is: "the gateway", or who changed it last.
std::string keeper(const json::object& named) {
  return truth(named, "maintained") ? "not to be changed" : text(named, "changed_by");
}

void print_member(const Session& session, std::string_view label, const std::string& value) {
  if (!value.empty()) session.term.out << fmt::format("{:<14}", label) << printable(value) << '\n';
}

// "doctor=Dr. Who" into the fields; what has no "=" is wrong usage.
base::Result<json::object> read_fields(const std::vector<std::string>& typed) {
  json::object fields;
  for (const std::string& one : typed) {
    const auto equals = one.find('=');
    if (equals == std::string::npos || equals == 0) {
      return base::malformed("field-invalid",
                             fmt::format("--field takes NAME=VALUE, such as doctor=\"Dr. Who\", not \"{}\"", one));
    }
    fields[one.substr(0, equals)] = one.substr(equals + 1);
  }
  return fields;
}

base::Result<json::object> trial_of(const Session& session, const TemplateWish& wish) {
  const auto fields = read_fields(wish.fields);
  if (!fields) return fields.error();
  const auto appointment = read_moment("--appointment-at", wish.appointment_at, session.term.now());
  if (!appointment) return appointment.error();
  json::object body{{"fields", *fields}};
  put(body, "patient_name", wish.patient_name);
  put(body, "appointment_at", *appointment);
  put(body, "timezone", wish.timezone);
  return body;
}

void print_trial(const Session& session, const json::object& tried) {
  const std::string verdict = text(tried, "verdict"), missing = words(tried, "missing");
  const bool good = verdict == "ok";
  session.term.out << printable_lines(text(tried, "text")) << "\n\n"
                   << session.term.paint(printable(missing.empty() ? verdict : verdict + " (" + missing + ")"),
                                         good ? Style::green : Style::red)
                   << fmt::format(": {} SMS, encoding {}\n", count(tried, "segments"),
                                  printable(text(tried, "encoding")));
  for (const json::value& flag : list(tried, "flags")) {
    const auto known = burst::flag_from(text(flag));
    session.term.out << printable(text(flag)) << ": " << (known ? burst::sentence(*known) : "") << '\n';
  }
  session.term.out << "Nothing was sent or recorded.\n";
}

// What a template of this name says beside its text; nothing where there is none, or where it is not told.
json::object template_as_it_is(const Session& session, const std::string& name) {
  const auto answer = session.client.ask({"GET", path_of_template(name), {}});
  if (!answer || !answer->good()) return {};
  boost::system::error_code failure;
  const json::value named = json::parse(answer->body, failure);
  return failure ? json::object() : object(named);
}

// What is not given stays as it was.
json::object body_of_template(const Session& session, const TemplateWish& wish) {
  json::object body{{"text", wish.text ? *wish.text : read_text(session.term)}};
  const json::object before = template_as_it_is(session, wish.name);
  put(body, "description", wish.description.empty() ? text(before, "description") : wish.description);
  const std::int64_t most = wish.max_segments > 0 ? wish.max_segments : count(before, "max_segments");
  if (most > 0) body["max_segments"] = most;
  put(body, "user", wish.user);
  return body;
}

}  // namespace

Exit list_templates(const Session& session) {
  const auto pages = fetch_pages(session, "/v1/templates", {}, std::numeric_limits<std::size_t>::max());
  if (!pages) return pages.error();
  if (session.json) return Exit::done;
  Table table({{"NAME"},
               {"PLACEHOLDERS", Side::left, 3, 12},
               {"AT MOST", Side::right},
               {"KEPT BY", Side::left, 2, 8},
               {"DESCRIPTION", Side::left, 4, 10}});
  for (const json::value& entry : pages->items) {
    const json::object& named = object(entry);
    table.add({text(named, "name"), words(named, "placeholders"), text(named, "max_segments"), keeper(named),
               text(named, "description")});
  }
  session.term.out << table.render(session.term.look);
  return Exit::done;
}

Exit show_template(const Session& session, const TemplateWish& wish) {
  const auto reply = ask(session, {"GET", path_of_template(wish.name), {}});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  const json::object& named = reply->object();
  session.term.out << printable_lines(text(named, "text")) << "\n\n";
  print_member(session, "Placeholders", words(named, "placeholders"));
  print_member(session, "At most", text(named, "max_segments").empty() ? "" : text(named, "max_segments") + " SMS");
  print_member(session, "Kept by", keeper(named));
  print_member(session, "Changed", for_people(text(named, "changed_at"), session.term.now()));
  print_member(session, "Description", text(named, "description"));
  return Exit::done;
}

Exit put_template(const Session& session, const TemplateWish& wish) {
  const json::object body = body_of_template(session, wish);
  const auto reply = ask(session, {"PUT", path_of_template(wish.name), json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  const std::string name = printable(wish.name);
  session.term.out << fmt::format("The template {0} is kept. Try it: burstctl template dry-run {0}\n", name);
  return Exit::done;
}

Exit delete_template(const Session& session, const TemplateWish& wish) {
  json::object body;
  put(body, "user", wish.user);
  const auto reply = ask(session, {"DELETE", path_of_template(wish.name), json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  session.term.out << fmt::format("The template {} is gone; what was sent with it stays on record.\n",
                                  printable(wish.name));
  return Exit::done;
}

Exit try_template(const Session& session, const TemplateWish& wish) {
  const auto body = trial_of(session, wish);
  if (!body) return complain(session, body.error().sentence, Exit::usage);
  const auto reply = ask(session, {"POST", path_of_template(wish.name) + "/dry-run", json::serialize(*body)});
  if (!reply) return reply.error();
  const json::object& tried = reply->object();
  if (session.json) {
    print_raw(session, reply->answer);
  } else {
    print_trial(session, tried);
  }
  return text(tried, "verdict") == "ok" ? Exit::done : Exit::refused;
}

}  // namespace burstd::ctl
