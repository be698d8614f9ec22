#include "ctl/line/watch_line.hpp"

#include <CLI/CLI.hpp>
#include <charconv>

#include "ctl/line/command_options.hpp"

namespace burstd::ctl {

namespace {

std::optional<double> read_limit(std::string_view text) {
  double limit = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), limit);
  const bool whole = fault == std::errc{} && end == text.data() + text.size();
  return whole && limit >= 0 ? std::optional{limit} : std::nullopt;
}

// Which of the two is reached first: what grows is first a warning, and so is what shrinks.
enum class Grows : std::uint8_t { up, down };

std::string fault_of(const Threshold& typed, Grows grows) {
  if (typed.warning <= 0 || typed.critical <= 0) return {};
  if (grows == Grows::up && typed.critical < typed.warning)
    return "the second is the critical one and must be more than the first";
  if (grows == Grows::down && typed.critical > typed.warning)
    return "the second is the critical one and must be less than the first";
  return {};
}

void threshold(CLI::App& check, const std::pair<const char*, Grows>& kind, Threshold& into, const char* help) {
  const auto& [name, grows] = kind;
  check
      .add_option_function<std::string>(
          name,
          [&into, name = name, grows = grows](const std::string& typed) {
            const auto comma = std::min(typed.find(','), typed.size());
            const auto warning = read_limit(typed.substr(0, comma));
            const auto critical = comma == typed.size() ? std::optional{0.0} : read_limit(typed.substr(comma + 1));
            if (!warning || !critical) throw CLI::ValidationError(name, "is WARNING,CRITICAL: two numbers, 0 is never");
            into = {*warning, *critical};
            const std::string fault = fault_of(into, grows);
            if (!fault.empty()) throw CLI::ValidationError(name, fault);
          },
          help)
      ->option_text("W,C")
      ->group("For monitoring")
      ->needs("--nagios");
}

CLI::App& gateway_command(CLI::App& parent, const char* name, const char* description) {
  CLI::App& app = *parent.add_subcommand(name, description);
  app.group("The gateway");
  return app;
}

void metrics_command(CLI::App& parent, MetricsWish& wish, const Finish& finish) {
  CLI::App& metrics =
      gateway_command(parent, "metrics", "figures for Prometheus, also in a file for its textfile collector");
  value(metrics, "--textfile", wish.textfile, {"FILE", "there, all at once, for everybody to read"});
  metrics.footer(
      "Example, in a timer:\n"
      "  burstctl metrics --textfile /var/lib/prometheus/node-exporter/burstd.prom\n"
      "The file says burstd_up 0 and nothing else when the gateway does not answer; the exit status is 3 then.");
  finish(metrics, [&wish](const Session& session) { return print_metrics(session, wish); });
}

void setup_command(CLI::App& parent, SetupWish& wish, const Finish& finish) {
  CLI::App& setup =
      gateway_command(parent, "setup", "the first hour: service, configuration, modems, PIN, and a test message");
  value(setup, "--config", wish.config, {"FILE", "the configuration (/etc/burstd/burstd.yaml)"});
  value(setup, "--to", wish.to, {"NUMBER", "of the test message; else it is asked for"});
  setup.add_option("--patience", wish.patience, "how long a modem may take to become ready (90)")
      ->option_text("SECONDS")
      ->check(CLI::Range(0, 3600));
  setup.footer(
      "Asks on the terminal, or reads the answers from standard input, a line each. A PIN is typed once and\n"
      "never again. Exit status 0 when the delivery report of the test message has come. Needs the role admin.");
  finish(setup, [&wish](const Session& session) { return set_up(session, wish); });
}

void bundle_command(CLI::App& parent, BundleWish& wish, const Finish& finish) {
  CLI::App& bundle =
      gateway_command(parent, "support-bundle", "what a helper needs, in one file without texts and numbers");
  bundle.add_option("FILE", wish.file, "where to (burstd-support-DATE.tar.gz, here)")->option_text(" ")->check(given);
  value(bundle, "--config", wish.config, {"FILE", "the configuration (/etc/burstd/burstd.yaml)"});
  bundle.footer("As root it has the most in it. A gateway that does not answer is no hindrance.");
  finish(bundle, [&wish](const Session& session) { return make_support_bundle(session, wish); });
}

void reload_command(CLI::App& parent, ReloadWish& wish, const Finish& finish) {
  CLI::App& again = gateway_command(parent, "reload", "has the gateway read its configuration anew; loses no message");
  value(again, "--user", wish.user, {"U", "who wants it; stays on record"});
  again.footer(
      "A file with a mistake changes nothing: every mistake is told with its line, and the exit status is 1.\n"
      "What can only be taken up at a start (the record and its disk, api, drivers, finding) is named. Needs the role "
      "admin.");
  finish(again, [&wish](const Session& session) { return reload(session, wish); });
}

void clock_command(CLI::App& parent, ClockWish& wish, const Finish& finish) {
  CLI::App& clock =
      gateway_command(parent, "trust-clock", "say that the machine's clock is right, where the gateway doubts it");
  required(clock, "--user", wish.user, {"U", "who says so; stays on record"});
  required(clock, "--reason", wish.reason, {"TEXT", "how it is known; stays on record"});
  clock.footer(
      "Look at the clock first (date). What waits is sent, and expires, by it from then on. Where a modem's network\n"
      "tells the time, or a server sets the clock, this is not needed. Needs the role admin.");
  finish(clock, [&wish](const Session& session) { return trust_clock(session, wish); });
}

}  // namespace

void nagios_options(CLI::App& check, NagiosWish& wish) {
  CLI::Option* nagios = check.add_flag_callback(
      "--nagios",
      [&check, &wish] {
        wish.wanted = true;
        check.get_option("--to")->required(false);
      },
      "of the gateway, not of a message: one line for Nagios and its kin; exit status 0, 1, 2, 3 as they want it");
  nagios->trigger_on_parse()->group("For monitoring");
  for (const char* of_message : {"--to", "--text", "--category"}) nagios->excludes(check.get_option(of_message));
  Thresholds& thresholds = wish.thresholds;
  threshold(check, {"--due", Grows::up}, thresholds.due, "minutes that a message has waited that could go (15,60)");
  threshold(check, {"--queue", Grows::up}, thresholds.queue, "messages that wait (5000,50000)");
  threshold(check, {"--replies", Grows::up}, thresholds.replies, "hours that a reply has waited to be read (24,0)");
  threshold(check, {"--disk", Grows::down}, thresholds.disk, "percent of the record's disk that are left (10,3)");
}

void add_watch_commands(CLI::App& parent, WatchWishes& wishes, const Finish& finish) {
  CLI::App& top =
      gateway_command(parent, "top", "a live screen: the queue, the modems, the last minute and the last events");
  top.footer("q or Ctrl-C ends it. Where the output is no terminal it is printed once.");
  finish(top, show_top);
  setup_command(parent, wishes.setup, finish);
  reload_command(parent, wishes.reload, finish);
  clock_command(parent, wishes.clock, finish);
  metrics_command(parent, wishes.metrics, finish);
  bundle_command(parent, wishes.bundle, finish);
}

}  // namespace burstd::ctl
