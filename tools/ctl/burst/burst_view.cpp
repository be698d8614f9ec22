#include "ctl/burst/burst_view.hpp"

#include <fmt/format.h>

#include <ostream>

#include "ctl/words/look.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

void print_line(const Session& session, std::string_view label, const std::string& value) {
  if (!value.empty()) session.term.out << fmt::format("{:<13}", label) << value << '\n';
}

std::string state_at_length(const json::object& batch) {
  const std::string state = text(batch, "state"), said = state_in_words(batch);
  if (state == "preview") return "preview: nothing is sent yet";
  if (state == "expired") return "expired: it was only previewed, nothing was sent";
  if (said == state) return state;
  const std::int64_t pending = count(object(object(batch, "counts"), "status"), "Pending");
  return fmt::format("{}; {} {}", said, pending, pending == 1 ? "awaits its report" : "await their reports");
}

std::string rows_in_words(const json::object& batch, const std::optional<RowFigures>& figures) {
  const std::string shortfall = figures ? shortfall_in_words(*figures) : std::string();
  return fmt::format("{} of {} selected{}{}", count(batch, "rows_selected"), count(batch, "rows_total"),
                     shortfall.empty() ? "" : "; ", shortfall);
}

std::string expiring_in_words(const RowFigures& figures) {
  if (figures.expiring == 0) return {};
  if (figures.expiring == figures.sendable) {
    return figures.sendable == 1
               ? "the row would expire before it can leave: nothing would be sent"
               : fmt::format("all {} rows would expire before they can leave: nothing would be sent", figures.sendable);
  }
  return fmt::format("{} of {} rows {} likely to expire before {} can leave", figures.expiring, figures.sendable,
                     figures.expiring == 1 ? "is" : "are", figures.expiring == 1 ? "it" : "they");
}

}  // namespace

Style style_of_light(const std::string& light) {
  if (light == "green") return Style::green;
  return light == "red" ? Style::red : Style::yellow;
}

std::string light_in_words(const std::string& light, const json::object& quota) {
  const std::string limit = text(quota, "limited_by");
  std::string said = light;
  if (light == "red") said = "red: more SMS than may leave; sending is refused";
  if (light == "yellow") said = "yellow: it fits, but little is left afterwards";
  const bool known = number(quota, "available").has_value();
  if (light == "green") said = known ? "green: enough is left" : "green: no limit is known for the SIM cards";
  if (known) {
    said += fmt::format(" ({} needed, {} available{})", count(quota, "needed"), count(quota, "available"),
                        limit.empty() ? "" : ", limited by " + limit);
  }
  return said;
}

std::string state_in_words(const json::object& batch) {
  const std::string state = text(batch, "state");
  const bool awaits = state == "done" && count(object(object(batch, "counts"), "status"), "Pending") > 0;
  return awaits ? "all have left" : state;
}

json::object as_chosen(json::object batch, const RowFigures& figures) {
  batch["rows_selected"] = figures.chosen;
  batch["segments_total"] = figures.segments;
  batch["eta"] = nullptr;
  json::object quota = object(batch, "quota");
  if (quota.empty()) return batch;
  quota["needed"] = figures.segments;
  const auto available = number(quota, "available");
  const std::int64_t left = available.value_or(0) - figures.segments;
  const bool plenty = !available || left >= count(quota, "margin");
  batch["light"] = plenty ? "green" : left < 0 ? "red" : "yellow";
  batch["quota"] = std::move(quota);
  return batch;
}

void print_summary(const Session& session, const json::object& batch, const std::optional<RowFigures>& figures) {
  const base::Time now = session.term.now();
  const std::string id = printable(text(batch, "id")), name = printable(text(batch, "name"));
  print_line(session, "Burst", session.term.paint(id, Style::bold) + (name.empty() ? "" : "  " + name));
  print_line(session, "State", printable(state_at_length(batch)));
  if (number(batch, "rows_total")) print_line(session, "Rows", rows_in_words(batch, figures));
  if (number(batch, "segments_total")) print_line(session, "SMS", text(batch, "segments_total"));
  const std::string light = text(batch, "light");
  if (!light.empty()) {
    print_line(session, "Light",
               session.term.paint(printable(light_in_words(light, object(batch, "quota"))), style_of_light(light)));
  }
  const std::string opens = printable(for_people(text(batch, "opens_at"), now));
  if (!opens.empty()) print_line(session, "Hours", "those of its category begin " + opens);
  print_line(session, "Last leaves", printable(eta_in_words(batch, now)));
  if (text(batch, "state") == "preview")
    print_line(session, "Kept until", printable(for_people(text(batch, "expires_at"), now)));
  print_line(session, "Messages", counts_in_words(session, batch));
  if (figures) print_line(session, "Expiring", session.term.paint(expiring_in_words(*figures), Style::red));
}

void print_reminder(const Session& session) {
  session.term.out << "\nAn SMS can be read by anybody who holds the phone, and by the networks on its way. Keep "
                      "confidential\ncontent (diagnoses, results, treatments) out of it.\n";
}

std::string counts_in_words(const Session& session, const json::object& batch) {
  std::string said;
  for (const auto& [status, value] : object(object(batch, "counts"), "status")) {
    const std::string many = text(value);
    if (many == "0" || many.empty()) continue;
    if (!said.empty()) said += " · ";
    said += session.term.paint(printable(std::string(status) + " " + many), style_of(std::string(status)));
  }
  return said;
}

std::string eta_in_words(const json::object& batch, base::Time now) {
  const auto seconds = number(batch, "eta");
  if (seconds) return "in " + span(std::chrono::seconds{*seconds});
  return for_people(text(batch, "eta"), now);
}

}  // namespace burstd::ctl
