#include "config/sections.hpp"

#include "config/modem_sections.hpp"
#include "config/reply_words.hpp"
#include "config/words.hpp"

namespace burstd::config {

namespace {

using namespace std::chrono_literals;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t kib = 1024, mib = 1024 * kib, gib = 1024 * mib;
constexpr std::size_t longest_socket_path = 107;  // sun_path less its NUL

base::Result<std::string> socket_path(const std::string& text) {
  if (text.size() > longest_socket_path) return wrong("is longer than the 107 octets that a socket's path may have");
  return absolute_path(text);
}

const auto national_language = choice<pdu::Language>({{"turkish", pdu::Language::turkish},
                                                      {"spanish", pdu::Language::spanish},
                                                      {"portuguese", pdu::Language::portuguese},
                                                      {"bengali", pdu::Language::bengali},
                                                      {"gujarati", pdu::Language::gujarati},
                                                      {"hindi", pdu::Language::hindi},
                                                      {"kannada", pdu::Language::kannada},
                                                      {"malayalam", pdu::Language::malayalam},
                                                      {"oriya", pdu::Language::oriya},
                                                      {"punjabi", pdu::Language::punjabi},
                                                      {"tamil", pdu::Language::tamil},
                                                      {"telugu", pdu::Language::telugu},
                                                      {"urdu", pdu::Language::urdu}});

const auto role = choice<api::Role>(
    {{"none", api::Role::none}, {"read", api::Role::read}, {"send", api::Role::send}, {"admin", api::Role::admin}});

template <auto Member>
auto& of_record(Config& config) {
  return config.record.*Member;
}

// The record's file is the store's; what becomes of old texts, the gateway's.
Section<Config> record() {
  const auto texts = [](Config & config) -> auto& { return config.sending.remove_texts; };
  return {value<Config>("folder", of_record<&store::Options::folder>, absolute_path),
          value<Config>("low_disk", of_record<&store::Options::low_disk>, size(0, 1024UL * 1024 * gib)),
          value<Config>("ballast", of_record<&store::Options::ballast>, size(0, 1 * gib)),
          value<Config>("remove_texts_after", texts, span<hours>(1h, 24h * 36'500))};
}

Section<http::Options> socket() {
  using O = http::Options;
  const auto bodies_fit = [](const Slot& slot, const O& options) {
    if (options.bodies_in_flight >= options.body_limit) return;
    slot.complain_at({"body_limit", "bodies_in_flight"}, "bodies_in_flight is less than one body_limit");
  };
  return {{
              value<O>("socket", &O::socket_path, socket_path),
              value<O>("mode", &O::mode, permissions),
              value<O>("group", &O::group, group_name),
              value<O>("header_limit", &O::header_limit, size(1 * kib, 64 * kib)),
              value<O>("body_limit", &O::body_limit, size(64 * kib, 256 * mib)),
              value<O>("bodies_in_flight", &O::bodies_in_flight, size(64 * kib, 1 * gib)),
              value<O>("connections", &O::connections, number<std::size_t>(1, 16'384)),
              value<O>("streams", &O::streams, number<std::size_t>(0, 16'384)),
              value<O>("connections_for_others", &O::connections_for_others, number<std::size_t>(0, 16'384)),
              value<O>("streams_for_others", &O::streams_for_others, number<std::size_t>(0, 16'384)),
              value<O>("bodies_for_others", &O::bodies_for_others, size(0, 1 * gib)),
              value<O>("requests_per_second", &O::requests_per_second, number<std::size_t>(0, 1'000'000)),
              value<O>("requests_at_once", &O::requests_at_once, number<std::size_t>(1, 1'000'000)),
              value<O>("request_time", &O::request_time, span<milliseconds>(100ms, 5min)),
              value<O>("body_rate", &O::body_rate, size(1 * kib, 1 * gib)),
              value<O>("idle_time", &O::idle_time, span<milliseconds>(1s, 24h)),
              value<O>("stall_time", &O::stall_time, span<milliseconds>(1s, 10min)),
              value<O>("stop_time", &O::stop_time, span<milliseconds>(0ms, 5min)),
          },
          bodies_fit};
}

Section<api::Client> client() {
  using C = api::Client;
  const auto somebody = [](const Slot& slot, const C& one) {
    if (one.uids.empty() && one.gids.empty() && !slot.says_one_of({"users", "groups"}))
      slot.complain("names neither users nor groups, so nobody can be this client");
  };
  return {{
              required<C>("name", &C::name, client_name),
              list<C>("users", &C::uids, user_id),
              list<C>("groups", &C::gids, group_id),
              value<C>("role", &C::role, role),
          },
          somebody};
}

Section<api::Options> clients() {
  using O = api::Options;
  return {
      value<O>("others", &O::others, role),
      sections<O>("known", &O::clients, client(), &api::Client::name),
  };
}

// For the general limits and, where every key is optional, for those of one modem.
template <class L>
Section<L> limits() {
  constexpr int most = 1'000'000;
  return {
      value<L>("per_minute", &L::per_minute, number(0, most)),
      value<L>("per_hour", &L::per_hour, number(0, most)),
      value<L>("per_day", &L::per_day, number(0, most)),
      value<L>("per_month", &L::per_month, number(0, most)),
      value<L>("recipients_per_month", &L::recipients_per_month, number(0, most)),
      value<L>("jitter", &L::jitter, span<milliseconds>(0ms, 10min)),
  };
}

Section<gateway::Route> route() {
  using R = gateway::Route;
  const auto leads_somewhere = [](const Slot& slot, const R& route) {
    if (route.prefix.empty() || !route.modems.empty() || slot.says_one_of({"modems"})) return;
    slot.complain("names no modem, so nothing could go over it");
  };
  return {{required<R>("prefix", &R::prefix, number_prefix), list<R>("modems", &R::modems, plain_name)},
          leads_somewhere};
}

Section<gateway::Options> sending() {
  using O = gateway::Options;
  const auto confirms = [](O& options) -> bool& { return options.status.network_confirms; };
  const auto fails = [](O& options) -> bool& { return options.status.unconfirmed_fails; };
  return {
      value<O>("confirmation", confirms, choice<bool>({{"report", false}, {"network", true}})),
      value<O>("unconfirmed", fails, choice<bool>({{"sent", false}, {"failed", true}})),
      value<O>("report_grace", &O::report_grace, span<minutes>(1min, 48h)),
      value<O>("uncertain_window", &O::uncertain_window, span<minutes>(1min, 24h)),
      named_flags<O>("doubtful", &O::resend_doubtful, plain_name,
                     choice<bool>({{"hold", false}, {"resend-once", true}})),
      value<O>("resend_after", &O::resend_after, span<minutes>(3min, 24h)),
      value<O>("reply_wait", &O::reply_wait, span<minutes>(1min, 48h)),
      value<O>("half_sent_limit", &O::half_sent_limit, span<minutes>(1min, 24h)),
      section<O>("limits", &O::limits, limits<message::Limits>()),
      named<O>("limits_of", &O::limits_of, plain_name, limits<gateway::OwnLimits>()),
      named_lists<O>("windows", &O::windows, plain_name, hours_of_week),
      sections<O>("routes", &O::routes, route(), &gateway::Route::prefix),
  };
}

Section<message::ReplyWords> reply_words() {
  using W = message::ReplyWords;
  return {{
              list<W>("confirm", &W::confirm, any_text),
              list<W>("decline", &W::decline, any_text),
              list<W>("stop", &W::stop, any_text),
              list<W>("start", &W::start, any_text),
          },
          check_reply_words};
}

Section<gateway::Replies> replies() {
  using R = gateway::Replies;
  return {
      section<R>("words", &R::words, reply_words()),
      value<R>("opt_out_confirmation", &R::opt_out_confirmation, short_text),
  };
}

Section<clinic::Template> template_table() {
  using T = clinic::Template;
  return {required<T>("text", &T::text, message_template), value<T>("description", &T::description, any_text),
          value<T>("max_segments", &T::max_segments, number(1, 255))};
}

// Categories that the gateway gives by itself.
void check_categories(const Slot& slot, const std::vector<std::string>& given) {
  for (const auto category : {clinic::direct_category, clinic::group_category, clinic::reminder_category}) {
    if (std::ranges::find(given, category) != given.end()) continue;
    slot.complain("must hold \"" + std::string(category) + "\", which messages get that name no category");
  }
}

Section<clinic::Options> clinic() {
  using O = clinic::Options;
  const auto alphabets = [](O & options) -> auto& { return options.alphabets.national; };
  return {
      value<O>("country", &O::country, country),
      value<O>("timezone", &O::timezone, timezone),
      value<O>("clinic_name", &O::clinic_name, any_text),
      value<O>("date_format", &O::date_format, date_pattern),
      value<O>("time_format", &O::time_format, date_pattern),
      list<O>("categories", &O::categories, plain_name, check_categories),
      value<O>("expiry", &O::expiry, span<hours>(1h, 24h * 63)),
      value<O>("appointment_margin", &O::appointment_margin, span<minutes>(0min, 48h)),
      list<O>("national_languages", alphabets, national_language),
      value<O>("most_segments", &O::most_segments, number(1, 255)),
      value<O>("preview_lifetime", &O::preview_lifetime, span<minutes>(1min, 24h * 30)),
      value<O>("most_rows", &O::most_rows, number<std::size_t>(1, 100'000)),
      value<O>("queue_cap", &O::queue_cap, number<std::size_t>(1, 10'000'000)),
      value<O>("margin", &O::margin, number(0, 1'000'000)),
      list<O>("confidential_words", &O::confidential_words, any_text),
      named<O>("templates", &O::templates, template_name, template_table()),
  };
}

Section<clinic::AlarmOptions> alarms() {
  using A = clinic::AlarmOptions;
  return {value<A>("to", &A::to, phone_number), value<A>("after", &A::after, span<minutes>(1min, 24h * 7)),
          value<A>("most_a_day", &A::most_a_day, number(1, 100))};
}

Section<DriverFolders> folders() {
  using F = DriverFolders;
  return {value<F>("installed", &F::installed, absolute_path), value<F>("override", &F::local, absolute_path)};
}

Section<Config> log() {
  const auto level = choice<LogLevel>({{"error", LogLevel::error},
                                       {"warning", LogLevel::warning},
                                       {"info", LogLevel::info},
                                       {"debug", LogLevel::debug}});
  return {value<Config>("level", &Config::log_level, level)};
}

}  // namespace

const Section<Config>& configuration() {
  const auto all = [](Config& config) -> Config& { return config; };
  const auto alarm_options = [](Config & config) -> auto& { return config.clinic.alarms; };
  const auto answers = [](Config & config) -> auto& { return config.sending.replies; };
  const auto whatever_is_found = [](Config& config) -> bool& { return config.finding.all; };
  static const Section<Config> table{
      section<Config>("record", all, record()),
      section<Config>("api", &Config::socket, socket()),
      section<Config>("clients", &Config::clients, clients()),
      section<Config>("clinic", &Config::clinic, clinic()),
      section<Config>("sending", &Config::sending, sending()),
      section<Config>("replies", answers, replies()),
      or_word<Config>(sections<Config>("modems", &Config::modems, modem_table(), &modem::Options::name), "all",
                      whatever_is_found),
      section<Config>("finding", &Config::finding, finding()),
      section<Config>("drivers", &Config::driver_folders, folders()),
      section<Config>("alarms", alarm_options, alarms()),
      section<Config>("log", all, log()),
  };
  return table;
}

}  // namespace burstd::config
