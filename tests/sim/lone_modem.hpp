// One modem on a line of air, with a network, in a time that the test moves on: the fixture of the machine's
// tests. No pty, no loop, no clock.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pdu/segment.hpp"
#include "pdu/submit.hpp"
#include "sim/modem.hpp"

namespace burstd::sim {

inline constexpr const char* somebody = "+41791234567";

class FakeWire final : public Wire {
 public:
  void write(std::string_view octets) override { said.append(octets); }
  bool open() const override { return opened; }
  void reboot() override { ++reboots; }

  std::string said;
  bool opened = true;
  int reboots = 0;
};

struct LoneModem {
  explicit LoneModem(Options given = {}, Profile known = {})
      : options(std::move(given)),
        profile(overridden(std::move(known), options)),
        agenda(base::Now{base::Steady{}, base::from_millis(1'772'353'800'000)}),  // 2026-03-01T08:30:00Z
        journal(agenda, [this](std::string_view line) { events.push_back(boost::json::parse(line).as_object()); }),
        network(options, agenda, journal),
        modem(Stage{options, agenda, journal, network, profile}, make_identity(1, 1), wire) {}

  // Lets so much time pass, each planned thing at its own moment.
  void pass(std::int64_t millis) {
    const auto end = agenda.now().steady + base::Milliseconds{millis};
    while (agenda.next() && *agenda.next() <= end) move_to(*agenda.next());
    move_to(end);
  }

  // What the modem said to these octets.
  std::string say(std::string_view octets) {
    wire.said.clear();
    modem.feed(octets);
    return std::exchange(wire.said, {});
  }

  // What was said meanwhile, and not yet taken.
  std::string heard() { return std::exchange(wire.said, {}); }

  void set_up(std::string_view indications = "2,1,0,1,0") {
    say("ATE0\r");
    say("AT+CNMI=" + std::string(indications) + "\r");
  }

  // Types a message; answers what the modem said after Ctrl-Z.
  std::string submit(const std::string& to, std::string_view text = "Hello", std::size_t part = 1) {
    const auto cut = pdu::segment(text);
    pdu::Envelope envelope;
    envelope.destination = to;
    envelope.reference = 7;
    const auto encoded = pdu::encode_part(*cut, part, envelope);
    EXPECT_EQ(say("AT+CMGS=" + std::to_string(encoded->length) + "\r"), "\r\n> ");
    return say(encoded->hex + "\x1A");
  }

  std::vector<boost::json::object> of(std::string_view event) const {
    std::vector<boost::json::object> found;
    for (const auto& one : events) {
      if (one.at("event").as_string() == boost::json::string_view(event)) found.push_back(one);
    }
    return found;
  }

  Options options;
  Profile profile;
  std::vector<boost::json::object> events;
  FakeWire wire;
  Agenda agenda;
  Journal journal;
  Network network;
  Modem modem;

 private:
  void move_to(base::Steady steady) {
    const auto gone = std::chrono::duration_cast<base::Milliseconds>(steady - agenda.now().steady);
    agenda.advance(base::Now{steady, agenda.now().wall + gone});
  }
};

}  // namespace burstd::sim
