// Every row of the two error tables against a list that was written down from the standards and from what users of
// modems report, not from the code. A row that changes has to be changed in both places, by somebody who means it.
#include <gtest/gtest.h>

#include <vector>

#include "at/errors.hpp"

namespace burstd::at {
namespace {

constexpr base::Blame recipient = base::Blame::recipient;
constexpr base::Blame sim = base::Blame::sim;
constexpr base::Blame transient = base::Blame::transient;
constexpr base::Blame unknown = base::Blame::unknown;
constexpr base::Blame ours = base::Blame::ours;

struct Expected {
  int code;
  int last;
  std::string_view name;
  base::Blame blame;
  std::string_view sentence;
};

const std::vector<Expected> cms_rows{
    {0, 0, "no detail", transient, "The modem could not send and gave no reason. We will try again."},
    {1, 1, "unassigned number", recipient, "This phone number does not exist. Please check it with the patient."},
    {8, 8, "operator determined barring", sim, "Our SIM card is not allowed to send. IT has been told."},
    {10, 10, "call barred", recipient, "This number cannot be reached from our SIM card."},
    {17, 17, "network failure", transient, "The mobile network has a problem. We will try again."},
    {21, 21, "short message transfer rejected", transient, "The network refused the message."},
    {22, 22, "congestion", transient, "The network is busy. We will try again."},
    {27, 27, "destination out of service", transient, "The phone cannot be reached right now."},
    {28, 28, "unidentified subscriber", sim, "The network does not know this number or our SIM card."},
    {29, 29, "facility rejected", sim, "Our SIM contract does not allow this."},
    {30, 30, "unknown subscriber", recipient, "The network does not know this number."},
    {31, 31, "normal, unspecified", transient, "The network refused without a reason. We will try again."},
    {34, 34, "no circuit available", transient, "The modem is not ready or the SIM has no credit."},
    {38, 38, "network out of order", transient, "The network did not take the message. We will try again later."},
    {41, 41, "temporary failure", transient, "Short network problem. Trying again."},
    {42, 42, "congestion of traffic", transient, "The network is very busy. We will try again."},
    {47, 47, "resources unavailable", transient, "The network is very busy. We will try again."},
    {50, 50, "requested facility not subscribed", sim, "Our SIM contract has no SMS service. IT has been told."},
    {69, 69, "requested facility not implemented", sim, "This network does not offer SMS to this number."},
    {81, 81, "invalid short message transfer reference value", transient, "Technical error, trying again."},
    {95, 95, "invalid message, unspecified", ours, "Technical error. IT has been told."},
    {96, 96, "invalid mandatory information", ours, "Technical error. IT has been told."},
    {97, 97, "message type non-existent or not implemented", ours, "Technical error. IT has been told."},
    {98, 98, "message not compatible with short message protocol state", transient,
     "Technical error. IT has been told."},
    {99, 99, "information element non-existent or not implemented", ours, "Technical error. IT has been told."},
    {111, 111, "protocol error, unspecified", transient, "Technical error. IT has been told."},
    {127, 127, "interworking, unspecified", transient, "The other network gave no reason. We will try again."},
    {128, 128, "telematic interworking not supported", ours, "Technical error. IT has been told."},
    {129, 129, "short message type 0 not supported", ours, "Technical error. IT has been told."},
    {130, 130, "cannot replace short message", ours, "Technical error. IT has been told."},
    {143, 143, "unspecified TP-PID error", ours, "Technical error. IT has been told."},
    {144, 144, "data coding scheme (alphabet) not supported", recipient,
     "The phone or network cannot show these letters."},
    {145, 145, "message class not supported", ours, "Technical error. IT has been told."},
    {159, 159, "unspecified TP-DCS error", ours, "Technical error. IT has been told."},
    {160, 160, "command cannot be actioned", ours, "Technical error. IT has been told."},
    {161, 161, "command unsupported", ours, "Technical error. IT has been told."},
    {175, 175, "unspecified TP-command error", ours, "Technical error. IT has been told."},
    {176, 176, "TPDU not supported", ours, "Technical error. IT has been told."},
    {192, 192, "SC busy", transient, "The message centre is busy."},
    {193, 193, "no SC subscription", sim, "Our SIM is not known at the message centre. IT has been told."},
    {194, 194, "SC system failure", transient, "The message centre has a fault. We will try again."},
    {195, 195, "invalid SME address", recipient, "The number is not valid."},
    {196, 196, "destination SME barred", recipient, "This phone does not accept messages."},
    {197, 197, "SM rejected, duplicate SM", unknown, "The message was already sent."},
    {198, 198, "TP-VPF not supported", ours, "Technical error. IT has been told."},
    {199, 199, "TP-VP not supported", ours, "Technical error. IT has been told."},
    {208, 208, "SIM SMS storage full", transient, "Modem memory was full, cleaned."},
    {209, 209, "no SMS storage capability in SIM", transient, "The SIM card in this modem cannot keep messages."},
    {210, 210, "error in MS", transient, "Technical error, trying again."},
    {211, 211, "memory capacity exceeded", transient, "Modem memory was full, cleaned."},
    {212, 212, "SIM application toolkit busy", transient, "The SIM card is busy. We will try again."},
    {213, 213, "SIM data download error", transient, "The SIM card is busy. We will try again."},
    {224, 254, "application specific", transient, "The network refused without a reason. We will try again."},
    {255, 255, "unspecified error cause", transient, "The network gave no reason."},
    {300, 300, "ME failure", transient, "The modem had a fault. Restarting it."},
    {301, 301, "SMS service of ME reserved", transient, "Another program uses the modem."},
    {302, 302, "operation not allowed", transient, "Technical error, trying again."},
    {303, 303, "operation not supported", ours, "Technical error. IT has been told."},
    {304, 304, "invalid PDU mode parameter", ours, "Technical error. IT has been told."},
    {305, 305, "invalid text mode parameter", ours, "Technical error. IT has been told."},
    {310, 310, "SIM not inserted", sim, "There is no SIM card in this modem."},
    {311, 311, "SIM PIN required", sim, "The SIM in this modem needs its PIN."},
    {312, 312, "PH-SIM PIN required", sim, "This modem is locked to another SIM."},
    {313, 313, "SIM failure", sim, "The SIM card in this modem cannot be read."},
    {314, 314, "SIM busy", transient, "The SIM card is busy. We will try again."},
    {315, 315, "SIM wrong", sim, "Wrong SIM card in this modem."},
    {316, 316, "SIM PUK required", sim, "The SIM in this modem is locked (PUK). Do not restart; call IT."},
    {317, 317, "SIM PIN2 required", transient,
     "The SIM in this modem asks for its second PIN, which is not needed for messages."},
    {318, 318, "SIM PUK2 required", transient,
     "The SIM in this modem asks for its second PIN, which is not needed for messages."},
    {320, 320, "memory failure", transient, "The modem's memory had a fault. We will try again."},
    {321, 321, "invalid memory index", transient, "The modem has no message at that place."},
    {322, 322, "memory full", transient, "Modem memory was full, cleaned."},
    {330, 330, "SMSC address unknown", sim, "The message centre number is missing. IT has been told."},
    {331, 331, "no network service", transient, "This modem has no network."},
    {332, 332, "network timeout", unknown, "It is not certain that the message left. We are checking."},
    {340, 340, "no +CNMA acknowledgement expected", transient, "Technical error, trying again."},
    {500, 500, "unknown error", unknown, "The modem gave no reason. It is not certain that the message left."},
    {512, 512, "failure to establish the connection", transient, "Weak signal or network busy."},
    {513, 513, "lower layer failure, acknowledgement lost", unknown,
     "It is not certain that the message left. We are checking."},
    {514, 514, "congestion on the radio channel", transient, "Weak signal or network busy."},
    {515, 515, "please wait, starting or busy", transient, "Weak signal or network busy."},
    {516, 700, "vendor specific", transient, "The modem could not send. We will try again."},
};

const std::vector<Expected> cme_rows{
    {0, 0, "phone failure", transient, "The modem had a fault. We will try again."},
    {1, 1, "no connection to phone", transient, "The modem had a fault. We will try again."},
    {2, 2, "phone-adaptor link reserved", transient, "Another program uses the modem."},
    {3, 3, "operation not allowed", transient, "Technical error, trying again."},
    {4, 4, "operation not supported", ours, "Technical error. IT has been told."},
    {5, 5, "PH-SIM PIN required", sim, "This modem is locked to another SIM."},
    {6, 6, "PH-FSIM PIN required", sim, "This modem is locked to another SIM."},
    {7, 7, "PH-FSIM PUK required", sim, "This modem is locked to another SIM."},
    {10, 10, "SIM not inserted", sim, "There is no SIM card in this modem."},
    {11, 11, "SIM PIN required", sim, "The SIM in this modem needs its PIN."},
    {12, 12, "SIM PUK required", sim, "The SIM in this modem is locked (PUK). Do not restart; call IT."},
    {13, 13, "SIM failure", sim, "The SIM card in this modem cannot be read."},
    {14, 14, "SIM busy", transient, "The SIM card is busy. We will try again."},
    {15, 15, "SIM wrong", sim, "Wrong SIM card in this modem."},
    {16, 16, "incorrect password", sim, "The PIN for this modem's SIM is wrong. It is not tried again; call IT."},
    {17, 17, "SIM PIN2 required", transient,
     "The SIM in this modem asks for its second PIN, which is not needed for messages."},
    {18, 18, "SIM PUK2 required", transient,
     "The SIM in this modem asks for its second PIN, which is not needed for messages."},
    {20, 20, "memory full", transient, "Modem memory was full, cleaned."},
    {21, 21, "invalid index", transient, "The modem has no message at that place."},
    {22, 22, "not found", transient, "Technical error, trying again."},
    {23, 23, "memory failure", transient, "The modem's memory had a fault. We will try again."},
    {24, 24, "text string too long", ours, "Technical error. IT has been told."},
    {25, 25, "invalid characters in text string", ours, "Technical error. IT has been told."},
    {26, 26, "dial string too long", ours, "Technical error. IT has been told."},
    {27, 27, "invalid characters in dial string", ours, "Technical error. IT has been told."},
    {30, 30, "no network service", transient, "This modem has no network."},
    {31, 31, "network timeout", unknown, "It is not certain that the message left. We are checking."},
    {32, 32, "network not allowed - emergency calls only", sim,
     "Our SIM card may not use this network. IT has been told."},
    {40, 40, "network personalization PIN required", sim, "This modem is locked to another SIM."},
    {41, 41, "network personalization PUK required", sim, "This modem is locked to another SIM."},
    {42, 42, "network subset personalization PIN required", sim, "This modem is locked to another SIM."},
    {43, 43, "network subset personalization PUK required", sim, "This modem is locked to another SIM."},
    {44, 44, "service provider personalization PIN required", sim, "This modem is locked to another SIM."},
    {45, 45, "service provider personalization PUK required", sim, "This modem is locked to another SIM."},
    {46, 46, "corporate personalization PIN required", sim, "This modem is locked to another SIM."},
    {47, 47, "corporate personalization PUK required", sim, "This modem is locked to another SIM."},
    {50, 50, "incorrect parameters", ours, "Technical error. IT has been told."},
    {100, 100, "unknown", unknown, "The modem gave no reason. It is not certain that the message left."},
    {103, 103, "illegal MS", sim, "Our SIM card may not use this network. IT has been told."},
    {106, 106, "illegal ME", sim, "Our SIM card may not use this network. IT has been told."},
    {107, 107, "GPRS services not allowed", sim, "Our SIM contract does not allow this."},
    {111, 111, "PLMN not allowed", sim, "Our SIM card may not use this network. IT has been told."},
    {112, 112, "location area not allowed", sim, "Our SIM card may not use this network. IT has been told."},
    {113, 113, "roaming not allowed in this location area", sim,
     "Our SIM card may not use this network. IT has been told."},
    {132, 132, "service option not supported", sim, "Our SIM contract does not allow this."},
    {133, 133, "requested service option not subscribed", sim, "Our SIM contract does not allow this."},
    {134, 134, "service option temporarily out of order", transient,
     "The mobile network has a problem. We will try again."},
    {515, 515, "please wait, init or command processing in progress", transient,
     "The modem is busy or still starting. We will try again."},
};

void expect_rows(std::span<const ErrorRow> rows, const std::vector<Expected>& expected) {
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const Meaning& meaning = rows[at].meaning;
    EXPECT_EQ(meaning.code, expected[at].code);
    EXPECT_EQ(rows[at].last, expected[at].last) << meaning.code;
    EXPECT_EQ(meaning.name, expected[at].name) << meaning.code;
    EXPECT_EQ(meaning.blame, expected[at].blame) << meaning.code;
    EXPECT_EQ(meaning.sentence, expected[at].sentence) << meaning.code;
  }
}

TEST(CmsErrors, say_row_by_row_what_was_written_down) { expect_rows(cms_errors(), cms_rows); }

TEST(CmeErrors, say_row_by_row_what_was_written_down) { expect_rows(cme_errors(), cme_rows); }

}  // namespace
}  // namespace burstd::at
