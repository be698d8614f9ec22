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

// "#  group: …" becomes "   group: …" less the sign; a line of prose has one blank after the sign.
std::string with_every_option() {
  std::istringstream in(example());
  std::string out, line;
  while (std::getline(in, line)) {
    if (line.starts_with("#  ")) line.erase(0, 1);
    out += std::regex_replace(line, std::regex("burstd-clients$"), "root") + "\n";
  }
  return out;
}

// By the path of a known key; "NAME" stands for any key, and a list for its items.
bool is_there(const YAML::Node& node, const std::string& path) {
  if (path.empty()) return node.IsDefined();
  if (node.IsSequence()) return std::ranges::any_of(node, [&](const YAML::Node& item) { return is_there(item, path); });
  if (!node.IsMap()) return false;
  const auto dot = path.find('.');
  const std::string key = path.substr(0, dot), rest = dot == std::string::npos ? "" : path.substr(dot + 1);
  if (key == "NAME") return std::ranges::any_of(node, [&](const auto& pair) { return is_there(pair.second, rest); });
  return node[key].IsDefined() && is_there(node[key], rest);
}

TEST(Reference, LoadsWithoutAComplaint) {
  const Folder folder;
  EXPECT_THAT(Folder::short_form(load(folder.write("a.yaml", example())).complaints), IsEmpty());
}

TEST(Reference, LoadsWithoutAComplaintWithEveryOptionInUse) {
  const Folder folder;
  const auto loaded = load(folder.write("a.yaml", with_every_option()));
  EXPECT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  EXPECT_EQ(loaded.config.modems.size(), 1U);
  EXPECT_EQ(loaded.config.clinic.templates.size(), 1U);
}

TEST(Reference, ShowsEveryKeyThatIsKnown) {
  const auto document = YAML::Load(with_every_option());
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
                      o.streams, o.request_time, o.body_rate, o.idle_time, o.stall_time, o.stop_time);
  };
  EXPECT_EQ(socket(shown.socket), socket(built_in.socket));
  const auto clinic = [](const clinic::Options& o) {
    return std::tuple(o.country, o.timezone, o.clinic_name, o.categories, o.expiry, o.appointment_margin,
                      o.alphabets.national, o.most_segments, o.preview_lifetime, o.most_rows, o.queue_cap, o.margin,
                      o.confidential_words, o.templates.size());
  };
  EXPECT_EQ(clinic(shown.clinic), clinic(built_in.clinic));
  const auto sending = [](const gateway::Options& o) {
    return std::tuple(o.status.network_confirms, o.status.unconfirmed_fails, o.report_grace, o.uncertain_window,
                      o.half_sent_limit, o.reply_wait);
  };
  EXPECT_EQ(sending(shown.sending), sending(built_in.sending));
  EXPECT_EQ(shown.clients.others, built_in.clients.others);
  EXPECT_EQ(shown.driver_folders.local, built_in.driver_folders.local);
  EXPECT_EQ(shown.log_level, built_in.log_level);
}

TEST(Reference, ShowsTheDefaultsOfAModem) {
  const Folder folder;
  const auto shown = load(folder.write("a.yaml", with_every_option())).config.modems.at(0);
  const modem::Options built_in;
  EXPECT_EQ(std::tuple(shown.baud, shown.reopen_first, shown.reopen_most, shown.keep_alive),
            std::tuple(built_in.baud, built_in.reopen_first, built_in.reopen_most, built_in.keep_alive));
}

}  // namespace
}  // namespace burstd::config
