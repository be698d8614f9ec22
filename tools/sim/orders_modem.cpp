// Orders that befall one modem: its cable, its line, its radio, a message for it.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "sim/order.hpp"

namespace burstd::sim {

namespace {

Said unplug(Bench& bench, const Words& words) {
  const bool lose = words.back() == "lose";
  const auto after = std::ranges::find(words, "after");
  std::optional<int> octets;
  if (after != words.end()) {
    if (after + 1 == words.end()) return misused("\"after\" wants a number of octets.");
    const auto read = order_number(*(after + 1), 1'000'000);
    if (!read) return read.error();
    octets = *read;
  }
  return with_port(bench, words, [&](Port& port) {
    if (octets && *octets > 0) {
      port.unplug_after(static_cast<std::size_t>(*octets), lose);
    } else {
      port.unplug(lose);
    }
    return plain();
  });
}

Said plug(Bench& bench, const Words& words) {
  return with_port(bench, words, [](Port& port) -> Said {
    const auto plugged = port.plug();
    if (!plugged) return plugged.error();
    return plain();
  });
}

Said hang(Bench& bench, const Words& words) {
  return with_port(bench, words, [&](Port& port) {
    port.modem().hang(words.front() == "hang");
    return plain();
  });
}

Said busy(Bench& bench, const Words& words) {
  if (words.at(2) != "on" && words.at(2) != "off") return misused("It goes: busy MODEM on|off");
  return with_port(bench, words, [&](Port& port) -> Said {
    const auto done = port.set_busy(words.at(2) == "on");
    if (!done) return done.error();
    return plain();
  });
}

Said noise(Bench& bench, const Words& words) {
  const auto octets = order_number(words.size() > 2 ? words[2] : "256", 1'000'000);
  if (!octets) return octets.error();
  return with_port(bench, words, [&](Port& port) {
    port.write(bench.noise(static_cast<std::size_t>(*octets)));
    return plain();
  });
}

Said flood(Bench& bench, const Words& words) {
  return with_number(bench, words, [](Port& port, int lines) {
    port.modem().flood(lines);
    return plain();
  });
}

Said registration(Bench& bench, const Words& words) {
  return with_number(bench, words, [](Port& port, int stat) {
    port.modem().set_registration(stat);
    return plain();
  });
}

Said network_time(Bench& bench, const Words& words) {
  if (words.at(2) != "on" && words.at(2) != "off") return misused("It goes: network-time MODEM on|off");
  return with_port(bench, words, [&](Port& port) {
    port.modem().faults.timeless = words.at(2) == "off";
    return plain();
  });
}

Said swallow(Bench& bench, const Words& words) {
  return with_port(bench, words, [](Port& port) {
    port.modem().faults.swallow = true;
    return plain();
  });
}

Said refuse_at_prompt(Bench& bench, const Words& words) {
  const auto count = order_number(words.size() > 3 ? words[3] : "1", 1'000'000);
  if (!count) return count.error();
  return with_number(bench, words, [&](Port& port, int code) {
    port.modem().refuse_at_prompt(code, *count);
    return plain();
  });
}

// The text is the rest of the line; "\n" in it is a line feed.
std::string text_of(std::string_view rest) {
  std::string text(rest);
  for (auto place = text.find("\\n"); place != std::string::npos; place = text.find("\\n", place)) {
    text.replace(place, 2, "\n");
  }
  return text;
}

Said deliver(Bench& bench, const Words& words) {
  return with_port(bench, words, [&](Port& port) -> Said {
    const auto* end = words.back().data() + words.back().size();
    const auto* start = words.at(3).data();
    const std::string_view rest(start, static_cast<std::size_t>(end - start));
    const Letter letter{port.modem().identity().smsc, std::string(words.at(2)), text_of(rest),
                        bench.agenda().now().wall, bench.next_letter()};
    const auto lines = write_letter(letter);
    if (!lines) return lines.error();
    for (const auto& line : *lines) port.modem().letter(line, letter.from);
    boost::json::object said;
    said["parts"] = lines->size();
    return said;
  });
}

Said status(Bench& bench, const Words&) {
  boost::json::object said;
  boost::json::array modems;
  for (Port& port : bench.ports()) modems.push_back(status_of(bench, port));
  said["modems"] = std::move(modems);
  said["sent"] = bench.network().serial();
  said["held_reports"] = bench.network().held();
  said["kept_reports"] = bench.network().mailbox().size();
  said["air"] = bench.network().air.count();
  said["report"] = bench.network().report_delay.count();
  return said;
}

constexpr std::array orders_to_modem{
    Order{"unplug", "unplug MODEM [after OCTETS] [lose]", 1, unplug},
    Order{"plug", "plug MODEM", 1, plug},
    Order{"hang", "hang MODEM", 1, hang},
    Order{"unhang", "unhang MODEM", 1, hang},
    Order{"busy", "busy MODEM on|off", 2, busy},
    Order{"noise", "noise MODEM [OCTETS]", 1, noise},
    Order{"flood", "flood MODEM LINES", 2, flood},
    Order{"registration", "registration MODEM STAT", 2, registration},
    Order{"network-time", "network-time MODEM on|off", 2, network_time},
    Order{"swallow-verdict", "swallow-verdict MODEM", 1, swallow},
    Order{"refuse-at-prompt", "refuse-at-prompt MODEM CODE [COUNT]", 2, refuse_at_prompt},
    Order{"deliver", "deliver MODEM FROM TEXT…", 3, deliver},
    Order{"status", "status", 0, status},
};

}  // namespace

std::span<const Order> modem_orders() { return orders_to_modem; }

}  // namespace burstd::sim
