// Properties over made-up PDUs with fixed seeds: what is encoded is decoded as the same; what is cut or scrambled is
// refused or sound, and sound means that it can be encoded and decoded again.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "pdu/deliver.hpp"
#include "pdu/message_type.hpp"
#include "pdu/status_report.hpp"
#include "pdu/submit.hpp"

namespace burstd::pdu {
namespace {

class Dice {
 public:
  explicit Dice(unsigned seed) : x_random(seed) {}

  std::size_t below(std::size_t limit) { return x_random() % limit; }
  bool coin() { return below(2) == 1; }
  std::uint8_t octet() { return static_cast<std::uint8_t>(below(256)); }

  base::Octets octets(std::size_t count, unsigned limit) {
    base::Octets made(count);
    for (auto& octet : made) octet = static_cast<std::uint8_t>(below(limit));
    return made;
  }

  // Of every type but the alphanumeric, kept as it is even where it is reserved.
  Address number() {
    constexpr std::string_view symbols = "0123456789*#abc";
    constexpr std::array<std::uint8_t, 7> types{0, 1, 2, 3, 4, 6, 7};
    Address address{TypeOfNumber{types[below(types.size())]}, static_cast<std::uint8_t>(below(16)), ""};
    for (std::size_t left = 1 + below(20); left > 0; --left) address.value += symbols[below(symbols.size())];
    return address;
  }

  // 1 to 11 septets, without an escape that stands alone.
  Address name() {
    base::Octets septets = octets(1 + below(11), 128);
    for (auto& septet : septets) septet = septet == escape ? std::uint8_t{'x'} : septet;
    if (septets.size() < 11 && coin()) septets.insert(septets.end() - 1, {escape, 0x65});
    septets.resize(std::min<std::size_t>(septets.size(), 11));
    return name_address(septets_to_utf8(septets)).value();
  }

  EnhancedValidity enhanced() {
    EnhancedValidity validity;
    for (auto& one : validity.octets) one = octet();
    return validity;
  }

  Timestamp timestamp() {
    const auto two = [this](int least, int most) { return least + static_cast<int>(below(most - least + 1)); };
    return {two(1970, 2069), two(0, 99), two(0, 99), two(0, 99), two(0, 99), two(0, 99), 15 * two(-79, 79)};
  }

  UserData data(Encoding encoding) {
    UserData data;
    data.encoding = encoding;
    if (coin()) append(data.header, Concatenation{octet(), 2, 1, coin()});
    if (coin()) data.header.octets.insert(data.header.octets.end(), {0x70, 0x01, octet()});
    if (coin()) append(data.header, Alphabet{language(octet() % 16), language(octet() % 16)});
    const std::size_t header = data.header.octets.empty() ? 0 : data.header.octets.size() + 1;
    const bool in_septets = encoding == Encoding::gsm7;
    const std::size_t room = in_septets ? 160 - (header * 8 + 6) / 7 : 140 - header;
    data.payload = octets(below(room + 1), in_septets ? 128 : 256);
    if (encoding == Encoding::ucs2) data.payload.resize(data.payload.size() / 2 * 2);
    return data;
  }

  Encoding encoding() { return Encoding{static_cast<std::uint8_t>(below(3))}; }

 private:
  std::mt19937 x_random;
};

Submit any_submit(Dice& dice) {
  Submit submit;
  if (dice.coin()) submit.service_centre = dice.number();
  if (submit.service_centre && submit.service_centre->value.empty()) submit.service_centre.reset();
  submit.reject_duplicates = dice.coin();
  submit.status_report = dice.coin();
  submit.reply_path = dice.coin();
  submit.message_reference = dice.octet();
  submit.destination = dice.number();
  submit.protocol = dice.octet();
  submit.user_data = dice.data(dice.encoding());
  submit.coding_scheme = coding_scheme(submit.user_data.encoding).value();
  if (dice.coin()) submit.validity = RelativeValidity{dice.octet()};
  if (dice.coin()) submit.validity = dice.timestamp();
  if (dice.coin()) submit.validity = dice.enhanced();
  return submit;
}

Deliver any_deliver(Dice& dice) {
  Deliver deliver;
  if (dice.coin()) deliver.service_centre = dice.number();
  deliver.more_messages = dice.coin();
  deliver.loop_prevention = dice.coin();
  deliver.report_indication = dice.coin();
  deliver.reply_path = dice.coin();
  deliver.originator = dice.coin() ? dice.number() : dice.name();
  deliver.protocol = dice.octet();
  deliver.timestamp = dice.timestamp();
  deliver.user_data = dice.data(dice.encoding());
  deliver.coding_scheme = coding_scheme(deliver.user_data.encoding, std::uint8_t{1}).value();
  return deliver;
}

StatusReport any_report(Dice& dice) {
  StatusReport report;
  if (dice.coin()) report.service_centre = dice.number();
  report.more_messages = dice.coin();
  report.for_command = dice.coin();
  report.message_reference = dice.octet();
  report.recipient = dice.coin() ? dice.number() : dice.name();
  report.timestamp = dice.timestamp();
  report.discharge = dice.timestamp();
  report.status = dice.octet();
  if (dice.coin()) report.protocol = dice.octet();
  if (dice.coin()) report.user_data = dice.data(Encoding::gsm7);
  return report;
}

TEST(RandomPdu, DecodingUndoesEncoding) {
  Dice dice(20260301);
  for (int round = 0; round < 1'000; ++round) {
    const Submit submit = any_submit(dice);
    const auto encoded = encode(submit);
    ASSERT_TRUE(encoded) << encoded.error().sentence;
    ASSERT_EQ(decode_submit(encoded->hex).value(), submit) << encoded->hex;
    const Deliver deliver = any_deliver(dice);
    ASSERT_EQ(decode_deliver(encode(deliver)->hex).value(), deliver) << encode(deliver)->hex;
    const StatusReport report = any_report(dice);
    ASSERT_EQ(decode_status_report(encode(report)->hex, Prefix::present).value(), report) << encode(report)->hex;
  }
}

// Whatever a decoder accepts it must be able to say again.
void expect_refused_or_sound(const std::string& hex) {
  if (const auto submit = decode_submit(hex); submit && !submit->destination.value.empty()) {
    const auto again = encode(*submit);
    ASSERT_TRUE(again) << hex << ": " << again.error().sentence;
    ASSERT_EQ(decode_submit(again->hex).value(), *submit) << hex;
  }
  const auto deliver = decode_deliver(hex, Prefix::either);
  ASSERT_TRUE(!deliver || text(deliver->user_data).size() <= 480);
  for (const Prefix prefix : {Prefix::present, Prefix::absent, Prefix::either}) {
    const auto report = decode_status_report(hex, prefix);
    ASSERT_TRUE(report || !report.error().sentence.empty());
    (void)incoming_type(hex, prefix);
  }
}

void expect_every_cut_refused_or_sound(const std::string& hex) {
  for (std::size_t size = 0; size <= hex.size(); ++size) {
    expect_refused_or_sound(hex.substr(0, size));
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(RandomPdu, EveryCutIsRefusedOrSound) {
  Dice dice(7);
  for (int round = 0; round < 12; ++round) {
    ASSERT_NO_FATAL_FAILURE(expect_every_cut_refused_or_sound(encode(any_submit(dice))->hex));
    ASSERT_NO_FATAL_FAILURE(expect_every_cut_refused_or_sound(encode(any_deliver(dice))->hex));
    ASSERT_NO_FATAL_FAILURE(expect_every_cut_refused_or_sound(encode(any_report(dice))->hex));
  }
}

TEST(RandomPdu, ACutSubmitIsAlwaysRefused) {
  Dice dice(8);
  for (int round = 0; round < 12; ++round) {
    const std::string hex = encode(any_submit(dice))->hex;
    for (std::size_t size = 0; size < hex.size(); ++size) {
      ASSERT_FALSE(decode_submit(hex.substr(0, size))) << hex << " cut to " << size;
    }
  }
}

TEST(RandomPdu, ACutDeliverIsAlwaysRefused) {
  Dice dice(11);
  for (int round = 0; round < 12; ++round) {
    const std::string hex = encode(any_deliver(dice))->hex;
    for (std::size_t size = 0; size < hex.size(); ++size) {
      ASSERT_FALSE(decode_deliver(hex.substr(0, size))) << hex << " cut to " << size;
    }
  }
}

// What may follow TP-ST is dropped where it is not whole; what the network said about the message stays.
TEST(RandomPdu, ACutStatusReportIsRefusedOrLosesItsOptionalFieldsOnly) {
  Dice dice(12);
  for (int round = 0; round < 40; ++round) {
    const StatusReport report = any_report(dice);
    StatusReport fixed = report;
    fixed.protocol.reset();
    fixed.coding_scheme.reset();
    fixed.user_data.reset();
    const std::string hex = encode(report)->hex;
    const std::size_t least = encode(fixed)->hex.size();
    for (std::size_t size = 0; size < hex.size(); size += 2) {
      const auto cut = decode_status_report(hex.substr(0, size), Prefix::present);
      ASSERT_EQ(cut.has_value(), size >= least) << hex << " cut to " << size;
      ASSERT_TRUE(!cut || *cut == fixed) << hex << " cut to " << size;
    }
  }
}

TEST(RandomPdu, PaddingOfSomeModemsChangesNothing) {
  Dice dice(13);
  for (int round = 0; round < 100; ++round) {
    const Deliver deliver = any_deliver(dice);
    StatusReport report = any_report(dice);
    for (const char filler : {'0', 'F'}) {
      const std::string padding(298, filler);
      ASSERT_EQ(decode_deliver(encode(deliver)->hex + padding).value(), deliver);
      ASSERT_EQ(decode_status_report(encode(report)->hex + padding, Prefix::present).value(), report);
    }
  }
}

TEST(RandomPdu, ScrambledOnesNeverCrash) {
  Dice dice(9);
  for (int round = 0; round < 3'000; ++round) {
    base::Octets octets = base::from_hex(encode(any_deliver(dice))->hex).value();
    for (std::size_t left = 1 + dice.below(4); left > 0; --left) octets[dice.below(octets.size())] = dice.octet();
    ASSERT_NO_FATAL_FAILURE(expect_refused_or_sound(base::to_hex(octets)));
  }
}

TEST(RandomPdu, RandomOctetsNeverCrash) {
  Dice dice(10);
  for (int round = 0; round < 5'000; ++round) {
    ASSERT_NO_FATAL_FAILURE(expect_refused_or_sound(base::to_hex(dice.octets(dice.below(200), 256))));
  }
}

}  // namespace
}  // namespace burstd::pdu
