#include "app/log_kinds.hpp"

#include <array>

namespace burstd::app {

namespace {

struct Kind {
  std::string_view name, message_id;
  std::string_view pattern;  // {} is anything
};

constexpr std::string_view anything = "{}";

// The first that fits. One kind has one message_id, also where it has several patterns.
constexpr std::array kinds{
    Kind{"modem-pin", "274fa22edc2e04933900cf74b007e3df", "modem {}: its PIN was {}"},
    Kind{"modem-credit", "fc18e09bb74d688a507e059c8728e4a7", "modem {}: the pattern for its credit {}"},
    Kind{"modem-found", "3a4490b5c5c88b8d1e47a7e73d977600", "modem {}: found at {}"},
    Kind{"modem-replaced", "4b5760ec5d7b698c3c288bd1de9f08da", "modem {}: a person has put another in its place: {}"},
    Kind{"reply-unreadable", "6230d1f191bf3dcf4eee7cd4e47a66c2", "modem {}: a message to us could not be read {}"},
    Kind{"report-unreadable", "751af2f5291fc3a712b1561935df920c", "modem {}: a delivery report could not be read {}"},
    Kind{"network-congested", "72fdb10e5fdc6e49c7ec914bc5dde709", "modem {}: the network is congested; {}"},
    Kind{"sim-rests", "66d178fb564a93db8d473134b052e6f0", "modem {}: its SIM was refused {}"},
    Kind{"message-refused", "71876227450a2e824caf2521db8690c9", "modem {}: a message was refused {}"},
    Kind{"modem-unrecorded", "62c88e4a80912a835ef238d11e02d62d", "modem {}: what it said could not be recorded: {}"},
    Kind{"modem-unrecorded", "62c88e4a80912a835ef238d11e02d62d", "modem {}: that it was {}"},
    Kind{"reports-missing", "5e9fd49200695af055e9850bb56c296f", "modem {}: No delivery report has come {}"},
    Kind{"modem-state", "b2b5ba87f9bf0eedfab87755797eb2d1", "modem {}: {}"},
    Kind{"message-stuck", "90a152fbf0a2b6879d9b84be7d01233e", "message {} cannot be sent: {}"},
    Kind{"message-doubtful", "cae2165796a44058fbeae58539f831db", "message {}: nobody knows whether it left; {}"},
    Kind{"port", "0fa2864ec1c8937d699cb60fb6be6426", "port {}: {}"},
    Kind{"ports", "6b356801d2ff330353f7ae91cf916297", "ports: {}"},
    Kind{"diary", "86dddd9924539d4ea5e6a0422712c828", "what the gateway has to say of itself {}"},
    Kind{"record-seal", "e97dd69b2f0a44dd89c8b6e9f9ac49a3", "the record {}: epoch {}, change {}, seal {}"},
    Kind{"record-not-whole", "110fe6f00c4846bb8794c8c02f167c6e", "the record is not whole: {}"},
    Kind{"record-damaged", "61a6bba921ac44acaac053cd68235a2c", "the record was damaged {}"},
    Kind{"record-damaged", "61a6bba921ac44acaac053cd68235a2c", "no page of the record is damaged; {}"},
    Kind{"record-damaged", "61a6bba921ac44acaac053cd68235a2c", "that the record is damaged could not be noted {}"},
    Kind{"record-held", "06c69f27abce4594829b33a8e3e3891b", "Nothing is sent, because {}"},
    Kind{"record-released", "0139f48ab4ff4c64b47d0e2023f9156b", "the restored record was released by {}"},
    Kind{"backup-failed", "1c095d6bd5fa4e17af505f3fe1266a29", "There is no backup: {}"},
    Kind{"disk", "6dd6d04c29804ecaaf3efdacf655cee9", "The disk that holds {}"},
    Kind{"disk", "6dd6d04c29804ecaaf3efdacf655cee9", "there is room on the disk again"},
    Kind{"disk", "6dd6d04c29804ecaaf3efdacf655cee9", "the ballast of {} is given up, {}"},
    Kind{"disk", "6dd6d04c29804ecaaf3efdacf655cee9", "there is no ballast on the disk: {}"},
    Kind{"texts-removed", "e55921ac69514805a12b6a8daa68cb84", "the texts of {} messages that are over were removed"},
    Kind{"texts-removed", "e55921ac69514805a12b6a8daa68cb84", "texts that are old could not be removed, {}"},
    Kind{"audit", "232355849bdb034b71acb0321b8d38ea", "that the record was looked after is not in the audit: {}"},
    Kind{"clock", "b4782703b0d76b140ee902171398128a", "{} vouches for the machine's clock: {}"},
    Kind{"recovered", "d89844b2e46f629234a117bb63a91ea2", "record: {} messages wait to be sent; {}"},
    Kind{"record-trouble", "47ec54239fb7e584355152d666e74e75", "nothing is sent for now, because the record {}"},
    Kind{"record-trouble", "47ec54239fb7e584355152d666e74e75", "the record cannot be taken up again: {}"},
    Kind{"record-well", "455ee9c3981820cd31bcf077fa3f5f5c", "the record can be written again; {}"},
    Kind{"verdict-unrecorded", "b7f0480be70e0b3e40aaf05107541a06", "a modem's verdict could not be recorded: {}"},
    Kind{"clock", "b4782703b0d76b140ee902171398128a", "the machine's clock {}"},
    Kind{"configuration", "2c5fa6bd79fc21eaa0b4739f61022fe0", "{}: warning: {}"},
    Kind{"configuration", "2c5fa6bd79fc21eaa0b4739f61022fe0", "the configuration is {}"},
    Kind{"configuration", "2c5fa6bd79fc21eaa0b4739f61022fe0", "that the configuration was read anew {}"},
    Kind{"alarm", "4ccb0d1bd88eee1079fbbd59550b7a8c", "IT is told by a message: {}"},
    Kind{"alarm", "4ccb0d1bd88eee1079fbbd59550b7a8c", "IT could not be told by a message: {}"},
    Kind{"stranger", "1708c7b4ab15d780a8a5347b7d968a2e", "{} is not used: {}"},
    Kind{"listening", "c881486c007899c0467daca97b4c2b8b", "listening on {}"},
    Kind{"stopping", "4be0d9c5d633a9d521d4ab622f236eef", "stopping ({}"},
    Kind{"ended", "ca886c708916b9d45b8c7a7c03d2a0de", "ended"},
    Kind{"part-failed", "107d4c20276ac10b8b9de52e81bd6cac", "{} cannot go on: {}"},
    Kind{"client-trouble", "75ace2e01dfdfe7b0b7c703a30bbe154", "{} threw {}"},
    Kind{"client-trouble", "75ace2e01dfdfe7b0b7c703a30bbe154", "an answer with status {}"},
    Kind{"client-trouble", "75ace2e01dfdfe7b0b7c703a30bbe154", "{} connections are cut {}"},
    Kind{"client-trouble", "75ace2e01dfdfe7b0b7c703a30bbe154", "cannot take a client on the socket: {}"},
    Kind{"client-trouble", "75ace2e01dfdfe7b0b7c703a30bbe154", "a connection ended in an exception; {}"},
    Kind{"events", "88fae5acb176f7b082360f6c3df3a0b1", "events could not be read {}"},
    Kind{"audit", "232355849bdb034b71acb0321b8d38ea", "refusals are not in the audit yet: {}"},
    Kind{"left-out", "935646b43ebcc2cfba86b5ae4dbf9e25", "{} more lines of the kind {}"},
    Kind{"unsafe-trace", "38e1ee401660cc436b072f63fa35a522", "texts and numbers are written to this log {}"},
};

constexpr Kind other{"other", "9ca7a4896672582f6de10721c4d7377a", {}};

bool fits(std::string_view pattern, std::string_view text) {
  const auto gap = pattern.find(anything);
  if (gap == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, gap))) return false;
  text.remove_prefix(gap);
  pattern.remove_prefix(gap + anything.size());
  if (pattern.empty()) return true;
  for (; !text.empty(); text.remove_prefix(1)) {
    if (fits(pattern, text)) return true;
  }
  return false;
}

// "front" of "modem front: …"
std::string_view subject(std::string_view text, std::string_view word, std::string_view ends) {
  if (!text.starts_with(word)) return {};
  text.remove_prefix(word.size());
  const auto end = text.find_first_of(ends);
  return end == std::string_view::npos ? std::string_view() : text.substr(0, end);
}

}  // namespace

LogLine read_line(std::string_view text) {
  Kind found = other;
  for (const Kind& kind : kinds) {
    if (!fits(kind.pattern, text)) continue;
    found = kind;
    break;
  }
  return {found.name, found.message_id, subject(text, "modem ", ":"), subject(text, "message ", ": ")};
}

}  // namespace burstd::app
