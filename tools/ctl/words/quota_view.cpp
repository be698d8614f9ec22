#include "ctl/words/quota_view.hpp"

#include <fmt/format.h>

#include <array>
#include <ostream>

#include "ctl/burst/burst_view.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/obstacle.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::array<std::string_view, 5> limits{"minute", "hour", "day", "month", "recipients"};

bool sets_pace(std::string_view limit) { return limit == limits[0] || limit == limits[1]; }

bool is_used_up(const json::object& left) { return number(left, "left") == 0; }

std::string counted(const json::object& left) {
  return left.empty() ? std::string() : fmt::format("{} of {}", count(left, "left"), count(left, "most"));
}

void print_sims(const Session& session, const json::array& sims) {
  Table table({{"MODEM", Side::left, 1, 8},
               {"MINUTE", Side::right},
               {"HOUR", Side::right},
               {"DAY", Side::right},
               {"MONTH", Side::right},
               {"RECIPIENTS", Side::right},
               {"CREDIT", Side::right}});
  for (const json::value& entry : sims) {
    const json::object& left = object(object(entry), "quota_left");
    std::vector<Cell> row{text(object(entry), "modem")};
    for (const std::string_view limit : limits) {
      const json::object& one = object(left, limit);
      row.emplace_back(counted(one), is_used_up(one) ? Style::yellow : Style::plain);
    }
    row.emplace_back(text(object(left, "credit"), "left"));
    table.add(std::move(row));
  }
  session.term.out << table.render(session.term.look);
}

// A SIM of which a limit is used up.
void print_pauses(const Session& session, const json::object& sim) {
  for (const std::string_view limit : limits) {
    const json::object& one = object(object(sim, "quota_left"), limit);
    const std::string again = for_people(text(one, "goes_on_at"), session.term.now());
    if (again.empty()) continue;
    session.term.out << printable(fmt::format("{}: nothing is left by the {}; it goes on {}.", text(sim, "modem"),
                                              limit, again))
                     << '\n';
  }
}

}  // namespace

std::string narrowest_in_words(const json::object& modem) {
  const json::object& left = object(modem, "quota_left");
  std::string narrowest;
  std::optional<std::int64_t> least;
  for (const std::string_view limit : limits) {
    const auto one = number(object(left, limit), "left");
    const bool looked_at = one && (*one == 0 || !sets_pace(limit));
    if (!looked_at || (least && *least < *one)) continue;
    least = one;
    narrowest = fmt::format("{} ({})", *one, limit);
  }
  return narrowest;
}

std::vector<std::string> quota_left_in_words(const json::object& modem, base::Time now) {
  std::vector<std::string> all;
  for (const std::string_view limit : limits) {
    const json::object& one = object(object(modem, "quota_left"), limit);
    if (one.empty()) continue;
    const std::string again = for_people(text(one, "goes_on_at"), now);
    all.push_back(fmt::format("{}: {}{}", limit, counted(one), again.empty() ? "" : ", goes on " + again));
  }
  return all;
}

Exit show_quota(const Session& session, std::optional<std::int64_t> segments) {
  const std::string asked = segments ? std::to_string(*segments) : std::string();
  const auto reply = ask(session, {"GET", with_query("/v1/quota", {{"segments", asked}}), {}});
  if (!reply) return reply.error();
  const json::object& quota = reply->object();
  const std::string light = text(quota, "light");
  const Exit exit = light == "red" ? Exit::refused : Exit::done;
  if (session.json) {
    print_raw(session, reply->answer);
    return exit;
  }
  // To nothing the gateway says yellow: it fits.
  const bool nothing_left = number(quota, "available") == 0 && count(quota, "needed") == 0;
  const std::string by = text(quota, "limited_by");
  const std::string none = "red: nothing is left" + (by.empty() ? "" : " (limited by " + by + ")");
  session.term.out << session.term.paint(printable(nothing_left ? none : light_in_words(light, quota)),
                                         style_of_light(nothing_left ? "red" : light))
                   << '\n';
  if (const auto more = number(quota, "new_recipients")) {
    session.term.out << fmt::format("Numbers not written to this month: {} more may be.\n", *more);
  }
  const json::array& sims = list(quota, "sims");
  if (sims.empty()) session.term.out << "No modem is in service; see: burstctl modems\n";
  if (!sims.empty()) print_sims(session, sims);
  for (const json::value& sim : sims) print_pauses(session, object(sim));
  print_obstacle(session);
  return exit;
}

}  // namespace burstd::ctl
