// config/burstd.yaml is the reference of every option: it loads, shows the defaults, and leaves no key out.
#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <regex>

#include "config/loader.hpp"
#include "folder.hpp"

namespace burstd::config {
namespace {

using testing::IsEmpty;

const std::filesystem::path root = std::filesystem::path(BURSTD_TESTS).parent_path();

std::string example() {
  std::ifstream in(root / "config/burstd.yaml");
  std::string text(std::istreambuf_iterator<char>(in), {});
  const std::string installed = "/usr/share/burstd/drivers";
  return text.replace(text.find(installed), installed.size(), (root / "drivers").string());
}

std::string with_all() {
  return std::regex_replace(with_every_option(example()), std::regex("burstd-clients"), "root");
}

TEST(Reference, LoadsWithoutAComplaint) {
  const Folder folder;
  EXPECT_THAT(Folder::short_form(load(folder.write("a.yaml", example())).complaints), IsEmpty());
}

TEST(Reference, LoadsWithoutAComplaintWithEveryOptionInUse) {
  const Folder folder;
  const auto loaded = load(folder.write("a.yaml", with_all()));
  EXPECT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  EXPECT_EQ(loaded.config.modems.size(), 1U);
  EXPECT_TRUE(loaded.config.finding.all);
  EXPECT_EQ(loaded.config.clinic.templates.size(), 1U);
}

TEST(Reference, ShowsEveryKeyThatIsKnown) {
  const auto document = YAML::Load(with_all());
  for (const auto& key : known_keys()) EXPECT_TRUE(is_there(document, key)) << key;
  EXPECT_FALSE(is_there(document, "modems.absent"));
  EXPECT_GT(known_keys().size(), 40U);
}

TEST(Reference, ShowsTheDefaults) {
  const Folder folder;
  const auto shown = load(folder.write("a.yaml", example())).config;
  const Config built_in;
  EXPECT_EQ(shown.record.folder, built_in.record.folder);
  const auto socket = [](const http::Options& o) {
    return std::tuple(o.socket_path, o.mode, o.group, o.header_limit, o.body_limit, o.bodies_in_flight, o.connections,
                      o.streams, o.connections_for_others, o.streams_for_others, o.bodies_for_others,
                      o.requests_per_second, o.requests_at_once, o.request_time, o.body_rate, o.idle_time, o.stall_time,
                      o.stop_time);
  };
  EXPECT_EQ(socket(shown.socket), socket(built_in.socket));
  const auto clinic = [](const clinic::Options& o) {
    return std::tuple(o.country, o.timezone, o.clinic_name, o.categories, o.expiry, o.appointment_margin,
                      o.alphabets.national, o.most_segments, o.preview_lifetime, o.most_rows, o.queue_cap, o.margin,
                      o.confidential_words, o.templates.size(), o.date_format, o.time_format);
  };
  EXPECT_EQ(clinic(shown.clinic), clinic(built_in.clinic));
  const auto sending = [](const gateway::Options& o) {
    return std::tuple(o.status.network_confirms, o.status.unconfirmed_fails, o.report_grace, o.uncertain_window,
                      o.half_sent_limit, o.reply_wait, o.limits.per_minute, o.limits.per_hour, o.limits.per_day,
                      o.limits.per_month, o.limits.recipients_per_month, o.limits.jitter, o.windows.size(),
                      o.limits_of.size(), o.routes.size());
  };
  EXPECT_EQ(sending(shown.sending), sending(built_in.sending));
  const auto words = [](const message::ReplyWords& w) { return std::tuple(w.confirm, w.decline, w.stop, w.start); };
  EXPECT_EQ(words(shown.sending.replies.words), words(built_in.sending.replies.words));
  EXPECT_EQ(shown.sending.replies.opt_out_confirmation, built_in.sending.replies.opt_out_confirmation);
  EXPECT_EQ(shown.clients.others, built_in.clients.others);
  const auto finding = [](const modem::Finding& o) {
    return std::tuple(o.all, o.unknown_adapters, o.sysfs, o.devices, o.usb_requests);
  };
  EXPECT_EQ(finding(shown.finding), finding(built_in.finding));
  EXPECT_EQ(shown.driver_folders.local, built_in.driver_folders.local);
  EXPECT_EQ(shown.log_level, built_in.log_level);
}

// What clients were promised, figure by figure: another default breaks them.
TEST(Defaults, AreThoseOfTheContract) {
  using namespace std::chrono_literals;
  constexpr std::size_t kib = 1024, mib = 1024 * kib;
  const Config config;
  EXPECT_EQ(config.socket.socket_path, "/run/burstd/burstd.sock");
  EXPECT_EQ(config.socket.header_limit, 8 * kib);
  EXPECT_EQ(config.socket.body_limit, 8 * mib);
  EXPECT_EQ(config.socket.bodies_in_flight, 16 * mib);
  EXPECT_EQ(config.socket.connections, 1024U);
  EXPECT_EQ(config.socket.streams, 256U);
  EXPECT_EQ(config.socket.request_time, 5s);
  EXPECT_EQ(config.socket.idle_time, 60s);
  EXPECT_EQ(config.socket.stall_time, 30s);
  EXPECT_EQ(config.clinic.most_rows, 10'000U);
  EXPECT_EQ(config.clinic.margin, 50);
  EXPECT_EQ(config.clinic.expiry, 24h);
  EXPECT_EQ(config.clinic.appointment_margin, 60min);
  EXPECT_EQ(config.clinic.categories, (std::vector<std::string>{"reminder", "recall", "result", "group", "direct"}));
  EXPECT_EQ(config.sending.report_grace, 1h);
  EXPECT_EQ(config.sending.uncertain_window, 10min);
  EXPECT_FALSE(config.sending.status.network_confirms);
  EXPECT_FALSE(config.sending.status.unconfirmed_fails);
}

TEST(Reference, ShowsTheDefaultsOfAModem) {
  const Folder folder;
  const auto shown = load(folder.write("a.yaml", with_all())).config.modems.at(0);
  const modem::Options built_in;
  const auto defaults = [](const modem::Options& o) {
    return std::tuple(o.baud, o.reopen_first, o.reopen_most, o.keep_alive, o.usb_reset, o.balance.price,
                      o.balance.every);
  };
  EXPECT_EQ(defaults(shown), defaults(built_in));
}

}  // namespace
}  // namespace burstd::config
