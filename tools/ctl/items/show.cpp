#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "ctl/items/item_commands.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/waiting.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t label_width = 15;

void print_field(const Session& session, std::string_view label, const std::string& value) {
  if (value.empty()) return;
  std::string padded(label);
  padded.resize(std::max(label_width, padded.size() + 1), ' ');
  session.term.out << session.term.paint(padded, Style::dim) << printable(value) << '\n';
}

// "discharge_time" → "DISCHARGE TIME"
std::string head_of(std::string_view member) {
  std::string head;
  for (const char c : member) head += c == '_' ? ' ' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return head;
}

std::string cell_text(const json::value& value, base::Time now) {
  if (value.is_object() || value.is_array()) {
    const bool empty = value.is_object() ? value.get_object().empty() : value.get_array().empty();
    return empty ? std::string() : json::serialize(value);
  }
  const std::string words = text(value);
  return value.is_string() && base::from_rfc3339(words) ? to_the_second(words, now) : words;
}

// The members of all entries in the order they first come, the long PDU last.
std::vector<std::string> members_of(const json::array& entries) {
  std::vector<std::string> members;
  for (const json::value& entry : entries) {
    for (const auto& [member, value] : object(entry)) {
      const std::string_view name(member);
      if (std::find(members.begin(), members.end(), name) == members.end()) members.emplace_back(name);
    }
  }
  std::stable_partition(members.begin(), members.end(), [](const std::string& member) { return member != "pdu"; });
  return members;
}

// Whatever the gateway tells about attempts, reports and history, later members included.
void print_entries(const Session& session, const json::array& entries) {
  const std::vector<std::string> members = members_of(entries);
  std::vector<Column> columns;
  for (const std::string& member : members)
    columns.push_back({head_of(member), Side::left, member == "pdu" ? 3 : 1, 10});
  Table table(columns);
  for (const json::value& entry : entries) {
    std::vector<Cell> row;
    for (const std::string& member : members) {
      const json::value* value = object(entry).if_contains(member);
      const std::string words = value != nullptr ? cell_text(*value, session.term.now()) : std::string();
      row.emplace_back(words);
    }
    table.add(std::move(row));
  }
  if (!members.empty()) session.term.out << table.render(session.term.look);
  for (const json::value& entry : entries) {
    if (!entry.is_object()) session.term.out << printable(cell_text(entry, session.term.now())) << '\n';
  }
}

void print_section(const Session& session, std::string_view title, const json::array& entries) {
  if (entries.empty()) return;
  session.term.out << '\n' << session.term.paint(title, Style::bold) << '\n';
  print_entries(session, entries);
}

void print_part(const Session& session, const json::object& part, std::size_t place) {
  const auto told = number(part, "part");
  const std::string title = fmt::format("Part {}", told ? *told : static_cast<std::int64_t>(place + 1));
  session.term.out << '\n' << session.term.paint(title, Style::bold) << "  " << printable(text(part, "state")) << '\n';
  for (const auto& [member, value] : part) {
    const std::string_view name(member);
    if (name == "part" || name == "state" || value.is_array() || value.is_object()) continue;
    std::string label(name);
    std::replace(label.begin(), label.end(), '_', ' ');
    print_field(session, label, cell_text(value, session.term.now()));
  }
  for (const std::string_view inner : {"attempts", "reports"}) {
    const json::array& entries = list(part, inner);
    if (entries.empty()) continue;
    session.term.out << session.term.paint(inner == "attempts" ? "Attempts" : "Reports", Style::bold) << '\n';
    print_entries(session, entries);
  }
}

void print_message(const Session& session, const std::string& message) {
  if (message.empty()) return;
  session.term.out << '\n';
  for (std::size_t begin = 0; begin <= message.size();) {
    const std::size_t end = std::min(message.find('\n', begin), message.size());
    session.term.out << "  " << printable(message.substr(begin, end - begin)) << '\n';
    begin = end + 1;
  }
}

struct Shown {
  std::string_view label, member;
  bool time = false;
};

constexpr Shown fields_shown[] = {{"Patient", "patient_name"},
                                  {"Patient's ID", "patient"},
                                  {"Number", "mobile_number"},
                                  {"As typed", "number_as_typed"},
                                  {"Category", "category"},
                                  {"It waits", "held_by"},
                                  {"Accepted", "created_at", true},
                                  {"Not before", "send_after", true},
                                  {"Not after", "expires_at", true},
                                  {"Appointment", "appointment_at"},
                                  {"Sent", "sent_at", true},
                                  {"Delivered", "delivered_at", true},
                                  {"Confirmed by", "confirmation"},
                                  {"SMS", "segments"},
                                  {"Burst", "batch"},
                                  {"Reference", "client_ref"},
                                  {"By", "user"},
                                  {"Repeats", "retry_of"},
                                  {"Repeated as", "resent_as"},
                                  {"Text removed", "message_removed_at", true}};

void print_item(const Session& session, const json::object& item) {
  session.term.out << session.term.paint(printable(text(item, "id")), Style::bold) << "  ";
  print_standing(session, item);
  for (const Shown& field : fields_shown) {
    std::string value = text(item, field.member);
    if (field.member == "held_by") value = hold_in_words(item, session.term.now());
    if (field.time) value = for_people(value, session.term.now());
    if (field.member == "appointment_at") value = at_place(value, text(item, "timezone"), session.term.now());
    print_field(session, field.label, value);
  }
  const std::string message = text(item, "message");
  print_message(session, message.empty() ? text(item, "text") : message);
}

// The message's own members, over which the clinical item's are laid: either may know more.
json::object merged(const json::object& message, const json::object& item) {
  json::object all = message;
  for (const auto& [member, value] : item) {
    if (!value.is_null()) all.insert_or_assign(member, value);
  }
  return all;
}

}  // namespace

Exit show_item(const Session& session, const std::string& id) {
  const auto message = ask(session, {"GET", "/v1/messages/" + encoded(id), {}});
  if (!message) return message.error();
  if (session.json) {
    print_raw(session, message->answer);
    return Exit::done;
  }
  const auto item = ask(session, {"GET", "/v1/clinical-items/" + encoded(id), {}});
  if (!item) return item.error();
  const json::object all = merged(message->object(), item->object());
  print_item(session, all);
  const json::array& parts = list(all, "parts");
  for (std::size_t i = 0; i < parts.size(); ++i) print_part(session, object(parts[i]), i);
  print_section(session, "Attempts", list(all, "attempts"));
  print_section(session, "Reports", list(all, "reports"));
  print_section(session, "History", list(all, "history"));
  print_section(session, "Notes", list(all, "notes"));
  return Exit::done;
}

}  // namespace burstd::ctl
