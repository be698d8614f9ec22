#include "api/routes.hpp"

#include <algorithm>
#include <array>

namespace burstd::api {

namespace {

using enum Body;

constexpr std::array table{
    Route{"GET", "/v1/openapi.json", Role::read, none, get_openapi},
    Route{"GET", "/metrics", Role::read, none, get_metrics, false, Speaks::text},
    Route{"GET", "/v1/version", Role::read, none, get_version},
    Route{"GET", "/v1/status", Role::read, none, get_status},
    Route{"GET", "/v1/quota", Role::read, none, get_quota, true},
    Route{"GET", "/v1/modems", Role::read, none, list_modems, true},
    Route{"GET", "/v1/modems/{name}", Role::read, none, get_modem},
    Route{"POST", "/v1/modems/{name}/pause", Role::admin, optional, pause_modem},
    Route{"POST", "/v1/modems/{name}/resume", Role::admin, optional, resume_modem},
    Route{"POST", "/v1/modems/{name}/reset", Role::admin, optional, reset_modem},
    Route{"POST", "/v1/modems/{name}/unlock", Role::admin, optional, unlock_modem},
    Route{"POST", "/v1/modems/{name}/replace", Role::admin, optional, replace_modem},

    Route{"POST", "/v1/messages/check", Role::read, required, check_message},
    Route{"POST", "/v1/messages", Role::send, required, submit_message},
    Route{"GET", "/v1/messages/{id}", Role::read, none, get_message},
    Route{"POST", "/v1/messages/{id}/cancel", Role::send, optional, cancel_message},
    Route{"POST", "/v1/messages/{id}/resolve", Role::send, required, resolve_message},
    Route{"POST", "/v1/messages/{id}/resend", Role::send, required, resend_message},
    Route{"POST", "/v1/messages/{id}/note", Role::send, required, annotate_message},

    Route{"GET", "/v1/clinical-items", Role::read, none, list_items, true},
    Route{"GET", "/v1/clinical-items/{id}", Role::read, none, get_item},

    Route{"POST", "/v1/batches", Role::send, required, preview_burst},
    Route{"GET", "/v1/batches", Role::read, none, list_bursts, true},
    Route{"GET", "/v1/batches/{id}", Role::read, none, get_burst},
    Route{"GET", "/v1/batches/{id}/rows", Role::read, none, list_rows, true},
    Route{"POST", "/v1/batches/{id}/send", Role::send, optional, send_burst},
    Route{"POST", "/v1/batches/{id}/cancel", Role::send, optional, cancel_burst},

    Route{"GET", "/v1/inbox", Role::read, none, list_inbox, true},
    Route{"GET", "/v1/inbox/{id}", Role::read, none, get_reply},
    Route{"POST", "/v1/inbox/{id}/ack", Role::send, required, acknowledge_reply},

    Route{"GET", "/v1/opt-outs", Role::read, none, list_opt_outs, true},
    Route{"GET", "/v1/opt-outs/{number}", Role::read, none, get_opt_out},
    Route{"GET", "/v1/opt-outs/{number}/history", Role::read, none, get_opt_out_history},
    Route{"PUT", "/v1/opt-outs/{number}", Role::send, required, put_opt_out},
    Route{"DELETE", "/v1/opt-outs/{number}", Role::send, required, lift_opt_out},

    Route{"GET", "/v1/events", Role::read, none, watch_events, true, Speaks::events},

    Route{"GET", "/v1/templates", Role::read, none, list_templates, true},
    Route{"GET", "/v1/templates/{name}", Role::read, none, get_template},
    Route{"PUT", "/v1/templates/{name}", Role::admin, optional, put_template},
    Route{"DELETE", "/v1/templates/{name}", Role::admin, optional, delete_template},
    Route{"POST", "/v1/templates/{name}/dry-run", Role::read, optional, try_template},

    Route{"GET", "/v1/groups", Role::read, none, list_groups, true},
    Route{"GET", "/v1/groups/{name}", Role::read, none, get_group},
    Route{"PUT", "/v1/groups/{name}", Role::admin, optional, put_group},
    Route{"DELETE", "/v1/groups/{name}", Role::admin, optional, delete_group},

    Route{"POST", "/v1/reload", Role::admin, optional, reload},
    Route{"GET", "/v1/audit", Role::admin, none, list_audit, true},
    Route{"POST", "/v1/verify", Role::admin, optional, verify_record},
    Route{"GET", "/v1/backup", Role::admin, none, get_backup, false, Speaks::copy},
    Route{"POST", "/v1/release", Role::admin, required, release_record},
    Route{"POST", "/v1/trust-clock", Role::admin, required, trust_clock},
};

constexpr std::array<std::string_view, 3> permanent{"messages", "batches", "clinical-items"};

struct Match {
  bool fits = false;
  std::size_t literal = 0;  // segments that are not placeholders: "/check" goes before "/{id}"
  std::vector<std::string> arguments;
};

Match match(std::string_view pattern, const std::vector<std::string>& segments) {
  Match result;
  std::size_t count = 0;
  for (std::size_t at = 0; at < pattern.size(); ++count) {
    const std::size_t end = std::min(pattern.find('/', at + 1), pattern.size());
    const auto wanted = pattern.substr(at + 1, end - at - 1);
    at = end;
    if (count >= segments.size()) return {};
    const bool any = wanted.starts_with('{');
    if (!any && segments[count] != wanted) return {};
    if (any && segments[count].empty()) return {};
    if (any) result.arguments.push_back(segments[count]);
    result.literal += any ? 0 : 1;
  }
  result.fits = count == segments.size();
  return result;
}

}  // namespace

std::span<const Route> routes() { return table; }

Found find_route(std::string_view method, const std::vector<std::string>& segments) {
  Found found;
  std::size_t literal = 0;
  for (const Route& route : table) {
    Match fit = match(route.pattern, segments);
    if (!fit.fits) continue;
    if (fit.literal > literal) {  // a more exact path is the only one meant
      found = Found{};
      literal = fit.literal;
    }
    if (fit.literal < literal) continue;
    found.methods.push_back(route.method);
    if (route.method != method) continue;
    found.route = &route;
    found.arguments = std::move(fit.arguments);
  }
  return found;
}

bool is_permanent(const std::vector<std::string>& segments) {
  if (segments.size() < 2 || segments[0] != "v1") return false;
  return std::ranges::find(permanent, segments[1]) != permanent.end();
}

}  // namespace burstd::api
