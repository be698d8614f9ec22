#include "serial/bus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bus_tree.hpp"

namespace burstd::serial {
namespace {

std::vector<std::string> names(const std::vector<Candidate>& candidates) {
  std::vector<std::string> found;
  for (const auto& one : candidates) found.push_back(std::filesystem::path(one.path).filename().string());
  return found;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Bus, tells_of_a_port_all_that_the_kernel_knows) {
  const BusTree tree;
  tree.add_device("1-1.4", "1209:0001");
  BusTree::write(tree.device("1-1.4") / "serial", "0123456789");
  BusTree::write(tree.device("1-1.4") / "product", "A stick  ");
  BusTree::write(tree.device("1-1.4") / "manufacturer", "A maker");
  tree.add_serial(tree.add_interface("1-1.4", "02"), "ttyUSB2");
  const auto found = candidates(tree.folders());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].path, (tree.dev() / "ttyUSB2").string());
  ASSERT_TRUE(found[0].usb);
  EXPECT_EQ(found[0].usb->id, "1209:0001");
  EXPECT_EQ(found[0].usb->serial, "0123456789");
  EXPECT_EQ(found[0].usb->socket, "1-1.4");
  EXPECT_EQ(found[0].usb->interface, "02");
  EXPECT_EQ(found[0].usb->function, "ff/02/02");
  EXPECT_EQ(found[0].usb->product, "A stick");
  EXPECT_EQ(found[0].usb->maker, "A maker");
}

TEST(Bus, finds_ports_of_both_kinds_in_the_order_of_sockets_and_interfaces) {
  const BusTree tree;
  for (const char* socket : {"1-1.10", "1-1.9", "1-2"}) tree.add_device(socket, "1209:0001");
  tree.add_serial(tree.add_interface("1-1.10", "00"), "ttyUSB0");
  tree.add_serial(tree.add_interface("1-1.9", "02"), "ttyUSB1");
  tree.add_serial(tree.add_interface("1-1.9", "00"), "ttyUSB10");
  tree.add_modem(tree.add_interface("1-2", "0a"), "ttyACM0");
  const auto two = tree.add_interface("1-2", "0b");
  tree.add_serial(two, "ttyUSB12");
  tree.add_serial(two, "ttyUSB9");
  EXPECT_THAT(names(candidates(tree.folders())),
              testing::ElementsAre("ttyUSB10", "ttyUSB1", "ttyUSB0", "ttyACM0", "ttyUSB9", "ttyUSB12"));
}

TEST(Bus, leaves_out_what_is_not_on_it) {
  const BusTree tree;
  tree.add_tty(tree.sys() / "devices/virtual/tty", "console", "");
  const auto serial = tree.sys() / "devices/platform/serial8250";
  tree.add_tty(serial / "tty", "ttyS0", "../../../serial8250");
  EXPECT_TRUE(std::filesystem::exists(serial / "tty/ttyS0/device"));
  EXPECT_TRUE(candidates(tree.folders()).empty());
}

TEST(Bus, passes_over_what_goes_while_it_looks) {
  const BusTree tree;
  tree.add_device("1-1", "1209:0001");
  tree.add_device("1-2", "1209:0001");
  for (const char* number : {"00", "01", "02"}) {
    tree.add_serial(tree.add_interface("1-1", number), "ttyUSB" + std::string(number).substr(1));
  }
  std::filesystem::remove(tree.device("1-1") / "1-1:1.0/bInterfaceNumber");
  std::filesystem::remove(tree.dev() / "ttyUSB1");
  EXPECT_THAT(names(candidates(tree.folders())), testing::ElementsAre("ttyUSB2"));
  std::filesystem::remove_all(tree.device("1-2"));
  ASSERT_EQ(devices(tree.folders()).size(), 1U);
  std::filesystem::remove(tree.device("1-1") / "idProduct");
  EXPECT_TRUE(candidates(tree.folders()).empty());
  EXPECT_TRUE(devices(tree.folders()).empty());
}

TEST(Bus, is_empty_where_there_is_none) {
  const Folders nowhere{"/burstd-no-such-folder", "/burstd-no-such-folder"};
  EXPECT_TRUE(candidates(nowhere).empty());
  EXPECT_TRUE(devices(nowhere).empty());
  EXPECT_FALSE(candidate_at(nowhere, "/dev/null"));
}

TEST(Bus, keeps_to_itself_what_cannot_be_shown) {
  const BusTree tree;
  tree.add_device("1-1", "1209:0001");
  BusTree::write(tree.device("1-1") / "product", "a\x1b[2Jb");
  BusTree::write(tree.device("1-1") / "manufacturer", "\xff\xfe");
  const auto found = devices(tree.folders());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].product, "");
  EXPECT_EQ(found[0].maker, "");
}

TEST(Bus, knows_a_port_by_every_path_that_leads_to_it) {
  const BusTree tree;
  tree.add_device("1-1", "1209:0001");
  tree.add_serial(tree.add_interface("1-1", "00"), "ttyUSB0");
  const auto by_id = tree.dev() / "serial/by-id";
  std::filesystem::create_directories(by_id);
  std::filesystem::create_symlink("../../ttyUSB0", by_id / "stick");
  for (const auto& path : {tree.dev() / "ttyUSB0", by_id / "stick"}) {
    const auto found = candidate_at(tree.folders(), path.string());
    ASSERT_TRUE(found) << path;
    EXPECT_EQ(found->path, (tree.dev() / "ttyUSB0").string());
    EXPECT_EQ(found->usb->socket, "1-1");
  }
  EXPECT_FALSE(candidate_at(tree.folders(), "/dev/null"));
  EXPECT_FALSE(candidate_at(tree.folders(), (tree.dev() / "ttyUSB1").string()));
}

TEST(Bus, lists_devices_with_and_without_ports_but_no_root_hub) {
  const BusTree tree;
  tree.add_device("usb1", "1d6b:0002");
  tree.add_device("1-2", "1209:0002");
  tree.add_interface("1-2", "00");
  tree.add_device("1-1", "1209:0001");
  BusTree::write(tree.device("1-1") / "serial", "77");
  tree.add_serial(tree.add_interface("1-1", "00"), "ttyUSB0");
  const auto found = devices(tree.folders());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].socket, "1-1");
  EXPECT_EQ(found[0].serial, "77");
  EXPECT_TRUE(found[0].has_port);
  EXPECT_EQ(found[1].id, "1209:0002");
  EXPECT_FALSE(found[1].has_port);
}

TEST(Bus, switches_a_socket_off_and_on) {
  const BusTree tree;
  tree.add_device("1-1.4", "1209:0001");
  ASSERT_TRUE(switch_off(tree.folders(), "1-1.4"));
  EXPECT_EQ(text_of(tree.device("1-1.4") / "authorized"), "0\n");
  ASSERT_TRUE(switch_on(tree.folders(), "1-1.4"));
  EXPECT_EQ(text_of(tree.device("1-1.4") / "authorized"), "1\n");
}

TEST(Bus, says_why_a_socket_cannot_be_switched) {
  const BusTree tree;
  const auto empty = switch_off(tree.folders(), "1-3");
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, "socket-empty");
  EXPECT_THAT(empty.error().sentence, testing::HasSubstr("1-3"));
  tree.add_device("1-1", "1209:0001");
  std::filesystem::remove(tree.device("1-1") / "authorized");
  std::filesystem::create_directory(tree.device("1-1") / "authorized");
  EXPECT_EQ(switch_on(tree.folders(), "1-1").error().code, "socket-broken");
}

// Root may write anywhere but into these files of the kernel's, if it is so configured.
TEST(Bus, names_the_remedy_where_it_may_not_write) {
  const BusTree tree;
  tree.add_device("1-1", "1209:0001");
  const auto file = tree.device("1-1") / "authorized";
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  if (::access(file.c_str(), W_OK) == 0) {
    std::filesystem::remove(file);
    std::filesystem::create_symlink("/proc/sys/kernel/osrelease", file);
  }
  const auto refused = switch_off(tree.folders(), "1-1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "socket-forbidden");
  EXPECT_THAT(refused.error().sentence, testing::HasSubstr("udev rule"));
}

TEST(Bus, has_a_socket_switched_by_whoever_takes_the_request_away) {
  const BusTree tree;
  Folders folders = tree.folders();
  EXPECT_FALSE(is_switched_by_request(folders));
  folders.requests = (tree.sys() / "requests").string();
  EXPECT_FALSE(is_switched_by_request(folders)) << "no such folder";
  std::filesystem::create_directory(folders.requests);
  ASSERT_TRUE(is_switched_by_request(folders));
  ASSERT_TRUE(request_switch(folders, "1-1.4"));
  ASSERT_TRUE(request_switch(folders, "1-1.4")) << "one that was left behind is as good";
  ASSERT_TRUE(is_requested(folders, "1-1.4"));
  std::filesystem::remove(std::filesystem::path(folders.requests) / "1-1.4");
  EXPECT_FALSE(is_requested(folders, "1-1.4"));
  EXPECT_TRUE(end_request(folders, "1-1.4"));
}

TEST(Bus, withdraws_a_request_that_nobody_heeds) {
  const BusTree tree;
  Folders folders = tree.folders();
  folders.requests = (tree.sys() / "requests").string();
  EXPECT_EQ(request_switch(folders, "1-1").error().code, "socket-forbidden") << "no such folder";
  std::filesystem::create_directory(folders.requests);
  ASSERT_TRUE(request_switch(folders, "1-1"));
  const auto ended = end_request(folders, "1-1");
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, "socket-unattended");
  EXPECT_THAT(ended.error().sentence, testing::HasSubstr("burstd-usb-reset.path"));
  EXPECT_FALSE(is_requested(folders, "1-1"));
}

TEST(Bus, takes_nothing_for_a_socket_that_could_be_another_file) {
  const BusTree tree;
  for (const char* wrong : {"", "1", "-1", "1-", "1-.", "1-1.", "1-1..2", "1-1/../1-2", "../1-1", "1-1:1.0", "usb1",
                            "1-1\n", "1 -1", "1.1-1", "1-1-1", "a-1"}) {
    const auto refused = switch_off(tree.folders(), wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, "socket-wrong") << wrong;
  }
  EXPECT_EQ(switch_off(tree.folders(), "12-3.14.1").error().code, "socket-empty");
}

}  // namespace
}  // namespace burstd::serial
