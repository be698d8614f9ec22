#include "at/errors.hpp"

#include <algorithm>
#include <array>

#include "at/text.hpp"

namespace burstd::at {

namespace {

using base::Blame;
using base::Patience;

// The third column of the tables: whose fault, when again, after how many numbers the SIM is suspect, and what the
// modem needs after how many refusals in a row.
struct Cure {
  Blame blame;
  Patience patience = base::patience_of(blame);
  int suspect_after = base::suspect_after(blame);
  Remedy remedy = Remedy::none;
  int remedy_after = 1;
};

constexpr Cure with(Cure cure, Remedy remedy, int after = 1) {
  cure.remedy = remedy;
  cure.remedy_after = after;
  return cure;
}

constexpr Cure recipient{Blame::recipient};
constexpr Cure sim{Blame::sim};
constexpr Cure unknown{Blame::unknown};
constexpr Cure ours{Blame::ours};
constexpr Cure usual{Blame::transient};
constexpr Cure quick{Blame::transient, Patience::quick};
constexpr Cure slow{Blame::transient, Patience::slow};
constexpr Cure congested{Blame::transient, Patience::congested};
constexpr Cure phone_away{Blame::transient, Patience::phone_away, base::suspect_after_phones};
constexpr Cure centre_fault{Blame::transient, Patience::centre_fault};
constexpr Cure busy_sim{Blame::transient, Patience::sim_busy};
constexpr Cure half_minute{Blame::transient, Patience::half_minute};
constexpr Cure drained = with(half_minute, Remedy::drain);
constexpr Cure elsewhere = with({Blame::transient, Patience::elsewhere}, Remedy::look);
constexpr Cure once{Blame::transient, Patience::once};
constexpr Cure once_set_up = with(once, Remedy::set_up);
constexpr Cure twice{Blame::transient, Patience::twice};

// Blocked SIMs and empty ones are told such things, and so is now and then one number of a SIM that is all right.
constexpr Cure barred{Blame::sim, Patience::elsewhere, 3};
constexpr Cure barred_number{Blame::recipient, Patience::usual, 3};
constexpr Cure rejected{Blame::transient, Patience::once, 3};
constexpr Cure stranger = with({Blame::sim, Patience::another_sim, 3}, Remedy::look);
constexpr Cure not_offered{Blame::sim, Patience::another_sim, 2};
// Also the answer for one phone that is switched off: it says nothing of the SIM.
constexpr Cure out_of_order{Blame::transient, Patience::very_slow, 0};

constexpr std::string_view technical = "Technical error. IT has been told.";
constexpr std::string_view technical_again = "Technical error, trying again.";
constexpr std::string_view no_reason_again = "The network refused without a reason. We will try again.";
constexpr std::string_view very_busy = "The network is very busy. We will try again.";
constexpr std::string_view memory_cleaned = "Modem memory was full, cleaned.";
constexpr std::string_view sim_busy = "The SIM card is busy. We will try again.";
constexpr std::string_view sim_missing = "There is no SIM card in this modem.";
constexpr std::string_view pin_needed = "The SIM in this modem needs its PIN.";
constexpr std::string_view pin_two = "The SIM in this modem asks for its second PIN, which is not needed for messages.";
constexpr std::string_view locked_phone = "This modem is locked to another SIM.";
constexpr std::string_view puk_needed = "The SIM in this modem is locked (PUK). Do not restart; call IT.";
constexpr std::string_view sim_broken = "The SIM card in this modem cannot be read.";
constexpr std::string_view sim_wrong = "Wrong SIM card in this modem.";
constexpr std::string_view no_network = "This modem has no network.";
constexpr std::string_view not_certain = "It is not certain that the message left. We are checking.";
constexpr std::string_view modem_fault = "The modem had a fault. We will try again.";
constexpr std::string_view modem_busy = "The modem is busy or still starting. We will try again.";
constexpr std::string_view weak_signal = "Weak signal or network busy.";
constexpr std::string_view no_letters = "The phone or network cannot show these letters.";
constexpr std::string_view contract = "Our SIM contract does not allow this.";
constexpr std::string_view not_here = "Our SIM card may not use this network. IT has been told.";
constexpr std::string_view no_reason = "The modem could not send and gave no reason.";

constexpr ErrorRow row(int code, std::string_view name, const Cure& cure, std::string_view sentence) {
  return ErrorRow{
      Meaning{code, name, cure.blame, sentence, cure.patience, cure.suspect_after, cure.remedy, cure.remedy_after},
      code};
}

constexpr ErrorRow up_to(int last, ErrorRow first) { return ErrorRow{first.meaning, last}; }

constexpr std::array cms_table{
    row(0, "no detail", usual, "The modem could not send and gave no reason. We will try again."),
    row(1, "unassigned number", recipient, "This phone number does not exist. Please check it with the patient."),
    row(8, "operator determined barring", barred, "Our SIM card is not allowed to send. IT has been told."),
    row(10, "call barred", barred_number, "This number cannot be reached from our SIM card."),
    row(17, "network failure", usual, "The mobile network has a problem. We will try again."),
    row(21, "short message transfer rejected", rejected, "The network refused the message."),
    row(22, "congestion", usual, "The network is busy. We will try again."),
    row(27, "destination out of service", phone_away, "The phone cannot be reached right now."),
    row(28, "unidentified subscriber", stranger, "The network does not know this number or our SIM card."),
    row(29, "facility rejected", sim, contract),
    row(30, "unknown subscriber", recipient, "The network does not know this number."),
    row(31, "normal, unspecified", usual, no_reason_again),
    row(34, "no circuit available", usual, "The modem is not ready or the SIM has no credit."),
    row(38, "network out of order", out_of_order, "The network did not take the message. We will try again later."),
    row(41, "temporary failure", quick, "Short network problem. Trying again."),
    row(42, "congestion of traffic", congested, very_busy),
    row(47, "resources unavailable", slow, very_busy),
    row(50, "requested facility not subscribed", sim, "Our SIM contract has no SMS service. IT has been told."),
    row(69, "requested facility not implemented", not_offered, "This network does not offer SMS to this number."),
    row(81, "invalid short message transfer reference value", once_set_up, technical_again),
    row(95, "invalid message, unspecified", ours, technical),
    row(96, "invalid mandatory information", ours, technical),
    row(97, "message type non-existent or not implemented", ours, technical),
    row(98, "message not compatible with short message protocol state", once, technical),
    row(99, "information element non-existent or not implemented", ours, technical),
    row(111, "protocol error, unspecified", once_set_up, technical),
    row(127, "interworking, unspecified", twice, "The other network gave no reason. We will try again."),
    row(128, "telematic interworking not supported", ours, technical),
    row(129, "short message type 0 not supported", ours, technical),
    row(130, "cannot replace short message", ours, technical),
    row(143, "unspecified TP-PID error", ours, technical),
    row(144, "data coding scheme (alphabet) not supported", recipient, no_letters),
    row(145, "message class not supported", ours, technical),
    row(159, "unspecified TP-DCS error", ours, technical),
    row(160, "command cannot be actioned", ours, technical),
    row(161, "command unsupported", ours, technical),
    row(175, "unspecified TP-command error", ours, technical),
    row(176, "TPDU not supported", ours, technical),
    row(192, "SC busy", slow, "The message centre is busy."),
    row(193, "no SC subscription", sim, "Our SIM is not known at the message centre. IT has been told."),
    row(194, "SC system failure", centre_fault, "The message centre has a fault. We will try again."),
    row(195, "invalid SME address", recipient, "The number is not valid."),
    row(196, "destination SME barred", recipient, "This phone does not accept messages."),
    // The centre holds an earlier copy: repeating it would be a second message.
    row(197, "SM rejected, duplicate SM", unknown, "The message was already sent."),
    row(198, "TP-VPF not supported", ours, technical),
    row(199, "TP-VP not supported", ours, technical),
    row(208, "SIM SMS storage full", drained, memory_cleaned),
    // For keeping messages, not for sending them.
    row(209, "no SMS storage capability in SIM", usual, "The SIM card in this modem cannot keep messages."),
    row(210, "error in MS", with(usual, Remedy::set_up, 2), technical_again),
    row(211, "memory capacity exceeded", drained, memory_cleaned),
    row(212, "SIM application toolkit busy", half_minute, sim_busy),
    row(213, "SIM data download error", usual, sim_busy),
    up_to(254, row(224, "application specific", once, no_reason_again)),
    row(255, "unspecified error cause", twice, "The network gave no reason."),
    row(300, "ME failure", with(usual, Remedy::restart, 2), "The modem had a fault. Restarting it."),
    row(301, "SMS service of ME reserved", usual, "Another program uses the modem."),
    row(302, "operation not allowed", with(usual, Remedy::set_up), technical_again),
    row(303, "operation not supported", ours, technical),
    row(304, "invalid PDU mode parameter", ours, technical),
    row(305, "invalid text mode parameter", ours, technical),
    row(310, "SIM not inserted", sim, sim_missing),
    row(311, "SIM PIN required", sim, pin_needed),
    row(312, "PH-SIM PIN required", sim, locked_phone),
    row(313, "SIM failure", sim, sim_broken),
    row(314, "SIM busy", busy_sim, sim_busy),
    row(315, "SIM wrong", sim, sim_wrong),
    row(316, "SIM PUK required", sim, puk_needed),
    row(317, "SIM PIN2 required", usual, pin_two),
    row(318, "SIM PUK2 required", usual, pin_two),
    row(320, "memory failure", with(usual, Remedy::set_up), "The modem's memory had a fault. We will try again."),
    row(321, "invalid memory index", usual, "The modem has no message at that place."),
    row(322, "memory full", drained, memory_cleaned),
    row(330, "SMSC address unknown", sim, "The message centre number is missing. IT has been told."),
    row(331, "no network service", elsewhere, no_network),
    row(332, "network timeout", unknown, not_certain),
    row(340, "no +CNMA acknowledgement expected", usual, technical_again),
    // Some makes say 500 for everything, a message that left included; the caller knows whether Ctrl-Z was written.
    row(500, "unknown error", with(unknown, Remedy::set_up, 5),
        "The modem gave no reason. It is not certain that the message left."),
    row(512, "failure to establish the connection", usual, weak_signal),
    row(513, "lower layer failure, acknowledgement lost", unknown, not_certain),
    row(514, "congestion on the radio channel", usual, weak_signal),
    row(515, "please wait, starting or busy", usual, weak_signal),
    // Each try goes to another SIM where there is one.
    up_to(700, row(516, "vendor specific", usual, "The modem could not send. We will try again.")),
};

constexpr std::array cme_table{
    row(0, "phone failure", usual, modem_fault),
    row(1, "no connection to phone", usual, modem_fault),
    row(2, "phone-adaptor link reserved", usual, "Another program uses the modem."),
    row(3, "operation not allowed", usual, technical_again),
    row(4, "operation not supported", ours, technical),
    row(5, "PH-SIM PIN required", sim, locked_phone),
    row(6, "PH-FSIM PIN required", sim, locked_phone),
    row(7, "PH-FSIM PUK required", sim, locked_phone),
    row(10, "SIM not inserted", sim, sim_missing),
    row(11, "SIM PIN required", sim, pin_needed),
    row(12, "SIM PUK required", sim, puk_needed),
    row(13, "SIM failure", sim, sim_broken),
    row(14, "SIM busy", busy_sim, sim_busy),
    row(15, "SIM wrong", sim, sim_wrong),
    row(16, "incorrect password", sim, "The PIN for this modem's SIM is wrong. It is not tried again; call IT."),
    row(17, "SIM PIN2 required", usual, pin_two),
    row(18, "SIM PUK2 required", usual, pin_two),
    row(20, "memory full", drained, memory_cleaned),
    row(21, "invalid index", usual, "The modem has no message at that place."),
    row(22, "not found", usual, technical_again),
    row(23, "memory failure", usual, "The modem's memory had a fault. We will try again."),
    row(24, "text string too long", ours, technical),
    row(25, "invalid characters in text string", ours, technical),
    row(26, "dial string too long", ours, technical),
    row(27, "invalid characters in dial string", ours, technical),
    row(30, "no network service", elsewhere, no_network),
    row(31, "network timeout", unknown, not_certain),
    row(32, "network not allowed - emergency calls only", sim, not_here),
    row(40, "network personalization PIN required", sim, locked_phone),
    row(41, "network personalization PUK required", sim, locked_phone),
    row(42, "network subset personalization PIN required", sim, locked_phone),
    row(43, "network subset personalization PUK required", sim, locked_phone),
    row(44, "service provider personalization PIN required", sim, locked_phone),
    row(45, "service provider personalization PUK required", sim, locked_phone),
    row(46, "corporate personalization PIN required", sim, locked_phone),
    row(47, "corporate personalization PUK required", sim, locked_phone),
    row(50, "incorrect parameters", ours, technical),
    row(100, "unknown", unknown, "The modem gave no reason. It is not certain that the message left."),
    row(103, "illegal MS", sim, not_here),
    row(106, "illegal ME", sim, not_here),
    row(107, "GPRS services not allowed", sim, contract),
    row(111, "PLMN not allowed", sim, not_here),
    row(112, "location area not allowed", sim, not_here),
    row(113, "roaming not allowed in this location area", sim, not_here),
    row(132, "service option not supported", sim, contract),
    row(133, "requested service option not subscribed", sim, contract),
    row(134, "service option temporarily out of order", usual, "The mobile network has a problem. We will try again."),
    row(515, "please wait, init or command processing in progress", half_minute, modem_busy),
};

// The caller knows more than the number: before the air it is transient, after it unknown, which is the safer guess.
constexpr Meaning unlisted{-1,        "not listed",    Blame::unknown,
                           no_reason, Patience::usual, base::suspect_after(Blame::unknown)};

struct Alias {
  std::string_view words;
  int code;
};

constexpr std::array cms_aliases{
    Alias{"unknown", 500},
    Alias{"message type not supported", 97},
    Alias{"CM service reject", 50},
    Alias{"service center address unknown", 330},
    Alias{"SCA address unknown", 330},
    Alias{"network time-out", 332},
    Alias{"network time out", 332},
    Alias{"invalid PDU parameter", 304},
    Alias{"invalid text parameter", 305},
    Alias{"invalid index", 321},
    Alias{"no network", 331},
    Alias{"SIM absent", 310},
};

constexpr std::array cme_aliases{
    Alias{"SIM PIN", 11},
    Alias{"SIM PUK", 12},
    Alias{"unknown error", 100},
    Alias{"network time-out", 31},
    Alias{"network not allowed, emergency calls only", 32},
    Alias{"emergency calls only", 32},
    Alias{"operation not allowed by the network", 3},
};

std::optional<int> code_in(std::span<const ErrorRow> rows, std::span<const Alias> aliases, std::string_view words) {
  const auto by_name =
      std::find_if(rows.begin(), rows.end(), [&](const ErrorRow& each) { return same(each.meaning.name, words); });
  if (by_name != rows.end()) return by_name->meaning.code;
  const auto alias =
      std::find_if(aliases.begin(), aliases.end(), [&](const Alias& each) { return same(each.words, words); });
  return alias == aliases.end() ? std::nullopt : std::optional<int>(alias->code);
}

}  // namespace

std::span<const ErrorRow> cms_errors() { return cms_table; }
std::span<const ErrorRow> cme_errors() { return cme_table; }

std::optional<int> code_of_words(Failure::Kind kind, std::string_view words) {
  if (kind == Failure::Kind::cms) return code_in(cms_table, cms_aliases, words);
  if (kind == Failure::Kind::cme) return code_in(cme_table, cme_aliases, words);
  return std::nullopt;
}

bool is_busy(const Failure& failure) {
  if (failure.kind == Failure::Kind::cme) return failure.code == 14 || failure.code == 515;
  return failure.kind == Failure::Kind::cms && (failure.code == 314 || failure.code == 515);
}

const Meaning& meaning(const Failure& failure) {
  const bool cms = failure.kind == Failure::Kind::cms;
  if (!cms && failure.kind != Failure::Kind::cme) return unlisted;
  for (const ErrorRow& each : cms ? cms_errors() : cme_errors()) {
    if (failure.code >= each.meaning.code && failure.code <= each.last) return each.meaning;
  }
  return unlisted;
}

}  // namespace burstd::at
