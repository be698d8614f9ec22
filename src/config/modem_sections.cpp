#include "config/modem_sections.hpp"

#include <algorithm>
#include <array>

#include "config/words.hpp"

namespace burstd::config {

namespace {

using namespace std::chrono_literals;

Section<modem::Balance> balance() {
  using B = modem::Balance;
  return {
      required<B>("code", &B::code, ussd_code),
      required<B>("pattern", &B::pattern, with_a_group),
      value<B>("price", &B::price, price),
      value<B>("every", &B::every, span<std::chrono::minutes>(10min, 24h * 31)),
  };
}

// What concerns one modem as a whole.
void check_modem(const Slot& slot, const modem::Options& modem) {
  if (modem.reopen_most < modem.reopen_first)
    slot.complain_at({"reopen_most", "reopen_first"}, "reopen_most is shorter than reopen_first");
  const auto is_there = [&](const char* key) { return slot.under(key).has_value(); };
  if (std::ranges::none_of(std::array{"port", "imei", "sim", "usb"}, is_there)) {
    slot.complain("which one is it? Write its port, imei, sim or usb");
  }
  const bool on_board = modem.port.starts_with("/dev/ttyS") || modem.port.starts_with("/dev/ttyAMA");
  if (on_board && (!modem.usb.empty() || modem.usb_reset)) {
    slot.complain_at({"usb", "usb_reset"}, "\"" + modem.port +
                                               "\" is no USB port, so usb and usb_reset have no meaning with it; "
                                               "remove one");
  }
}

}  // namespace

Section<modem::Options> modem_table() {
  using O = modem::Options;
  return {{
              required<O>("name", &O::name, plain_name),
              value<O>("port", &O::port, absolute_path),
              value<O>("imei", &O::imei, modem_imei),
              value<O>("sim", &O::sim, sim_number),
              value<O>("usb", &O::usb, usb_device),
              value<O>("number", &O::number, phone_number),
              value<O>("driver", &O::driver, plain_name),
              value<O>("pin", &O::pin, sim_pin),
              value<O>("baud", &O::baud, baud_rate),
              value<O>("reopen_first", &O::reopen_first, span<std::chrono::milliseconds>(100ms, 10min)),
              value<O>("reopen_most", &O::reopen_most, span<std::chrono::milliseconds>(100ms, 1h)),
              value<O>("keep_alive", &O::keep_alive, span<std::chrono::seconds>(5s, 10min)),
              value<O>("usb_reset", &O::usb_reset, yes_or_no),
              optional_section<O>("balance", &O::balance, balance()),
          },
          check_modem};
}

Section<modem::Finding> finding() {
  using F = modem::Finding;
  return {
      value<F>("unknown_adapters", &F::unknown_adapters, yes_or_no),
      value<F>("sysfs", &F::sysfs, absolute_path),
      value<F>("devices", &F::devices, absolute_path),
      value<F>("usb_requests", &F::usb_requests, absolute_path),
  };
}

}  // namespace burstd::config
