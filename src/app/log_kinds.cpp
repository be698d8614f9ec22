#include "app/log_kinds.hpp"

#include <algorithm>
#include <array>

namespace burstd::app {

namespace {

struct Kind {
  std::string_view name, message_id;
};

constexpr std::array kinds{
    Kind{"alarm", "4ccb0d1bd88eee1079fbbd59550b7a8c"},
    Kind{"audit", "232355849bdb034b71acb0321b8d38ea"},
    Kind{"backup-failed", "1c095d6bd5fa4e17af505f3fe1266a29"},
    Kind{"client-trouble", "75ace2e01dfdfe7b0b7c703a30bbe154"},
    Kind{"clock", "b4782703b0d76b140ee902171398128a"},
    Kind{"configuration", "2c5fa6bd79fc21eaa0b4739f61022fe0"},
    Kind{"diary", "86dddd9924539d4ea5e6a0422712c828"},
    Kind{"disk", "6dd6d04c29804ecaaf3efdacf655cee9"},
    Kind{"ended", "ca886c708916b9d45b8c7a7c03d2a0de"},
    Kind{"events", "88fae5acb176f7b082360f6c3df3a0b1"},
    Kind{"left-out", "935646b43ebcc2cfba86b5ae4dbf9e25"},
    Kind{"listening", "c881486c007899c0467daca97b4c2b8b"},
    Kind{"message-doubtful", "cae2165796a44058fbeae58539f831db"},
    Kind{"message-refused", "71876227450a2e824caf2521db8690c9"},
    Kind{"message-stuck", "90a152fbf0a2b6879d9b84be7d01233e"},
    Kind{"modem-credit", "fc18e09bb74d688a507e059c8728e4a7"},
    Kind{"modem-found", "3a4490b5c5c88b8d1e47a7e73d977600"},
    Kind{"modem-pin", "274fa22edc2e04933900cf74b007e3df"},
    Kind{"modem-replaced", "4b5760ec5d7b698c3c288bd1de9f08da"},
    Kind{"modem-state", "b2b5ba87f9bf0eedfab87755797eb2d1"},
    Kind{"modem-unrecorded", "62c88e4a80912a835ef238d11e02d62d"},
    Kind{"network-congested", "72fdb10e5fdc6e49c7ec914bc5dde709"},
    Kind{"part-failed", "107d4c20276ac10b8b9de52e81bd6cac"},
    Kind{"port", "0fa2864ec1c8937d699cb60fb6be6426"},
    Kind{"ports", "6b356801d2ff330353f7ae91cf916297"},
    Kind{"record-damaged", "61a6bba921ac44acaac053cd68235a2c"},
    Kind{"record-held", "06c69f27abce4594829b33a8e3e3891b"},
    Kind{"record-not-whole", "110fe6f00c4846bb8794c8c02f167c6e"},
    Kind{"record-released", "0139f48ab4ff4c64b47d0e2023f9156b"},
    Kind{"record-seal", "e97dd69b2f0a44dd89c8b6e9f9ac49a3"},
    Kind{"record-trouble", "47ec54239fb7e584355152d666e74e75"},
    Kind{"record-well", "455ee9c3981820cd31bcf077fa3f5f5c"},
    Kind{"recovered", "d89844b2e46f629234a117bb63a91ea2"},
    Kind{"reply-unreadable", "6230d1f191bf3dcf4eee7cd4e47a66c2"},
    Kind{"report-unreadable", "751af2f5291fc3a712b1561935df920c"},
    Kind{"reports-missing", "5e9fd49200695af055e9850bb56c296f"},
    Kind{"sim-rests", "66d178fb564a93db8d473134b052e6f0"},
    Kind{"stopping", "4be0d9c5d633a9d521d4ab622f236eef"},
    Kind{"stranger", "1708c7b4ab15d780a8a5347b7d968a2e"},
    Kind{"texts-removed", "e55921ac69514805a12b6a8daa68cb84"},
    Kind{"unsafe-trace", "38e1ee401660cc436b072f63fa35a522"},
    Kind{"verdict-unrecorded", "b7f0480be70e0b3e40aaf05107541a06"},
};

// {} is anything.
struct Pattern {
  std::string_view kind, words;
};

constexpr std::string_view anything = "{}";

// The first that fits.
constexpr std::array patterns{
    Pattern{"modem-pin", "modem {}: its PIN was {}"},
    Pattern{"modem-credit", "modem {}: the pattern for its credit {}"},
    Pattern{"modem-found", "modem {}: found at {}"},
    Pattern{"modem-replaced", "modem {}: a person has put another in its place: {}"},
    Pattern{"reply-unreadable", "modem {}: a message to us could not be read {}"},
    Pattern{"report-unreadable", "modem {}: a delivery report could not be read {}"},
    Pattern{"network-congested", "modem {}: the network is congested; {}"},
    Pattern{"sim-rests", "modem {}: its SIM was refused {}"},
    Pattern{"message-refused", "modem {}: a message was refused {}"},
    Pattern{"modem-unrecorded", "modem {}: what it said could not be recorded: {}"},
    Pattern{"modem-unrecorded", "modem {}: that it was {}"},
    Pattern{"reports-missing", "modem {}: No delivery report has come {}"},
    Pattern{"modem-state", "modem {}: {}"},
    Pattern{"message-stuck", "message {} cannot be sent: {}"},
    Pattern{"message-doubtful", "message {}: nobody knows whether it left; {}"},
    Pattern{"port", "port {}: {}"},
    Pattern{"ports", "ports: {}"},
    Pattern{"diary", "what the gateway has to say of itself {}"},
    Pattern{"record-seal", "the record {}: epoch {}, change {}, seal {}"},
    Pattern{"record-not-whole", "the record is not whole: {}"},
    Pattern{"record-damaged", "the record was damaged {}"},
    Pattern{"record-damaged", "no page of the record is damaged; {}"},
    Pattern{"record-damaged", "that the record is damaged could not be noted {}"},
    Pattern{"record-held", "Nothing is sent, because {}"},
    Pattern{"record-released", "the restored record was released by {}"},
    Pattern{"backup-failed", "There is no backup: {}"},
    Pattern{"disk", "The disk that holds {}"},
    Pattern{"disk", "there is room on the disk again"},
    Pattern{"disk", "the ballast of {} is given up, {}"},
    Pattern{"disk", "there is no ballast on the disk: {}"},
    Pattern{"texts-removed", "texts that were too old were removed: {}"},
    Pattern{"texts-removed", "texts that are old could not be removed, {}"},
    Pattern{"audit", "that the record was looked after is not in the audit: {}"},
    Pattern{"clock", "{} vouches for the machine's clock: {}"},
    Pattern{"recovered", "record: waiting to be sent: {}"},
    Pattern{"record-trouble", "nothing is sent for now, because the record {}"},
    Pattern{"record-trouble", "the record cannot be taken up again: {}"},
    Pattern{"record-well", "the record can be written again; {}"},
    Pattern{"verdict-unrecorded", "a modem's verdict could not be recorded: {}"},
    Pattern{"clock", "the machine's clock {}"},
    Pattern{"clock", "The machine's clock {}"},
    Pattern{"configuration", "{}: warning: {}"},
    Pattern{"configuration", "the configuration is {}"},
    Pattern{"configuration", "that the configuration was read anew {}"},
    Pattern{"alarm", "IT is told by a message: {}"},
    Pattern{"alarm", "IT could not be told by a message: {}"},
    Pattern{"stranger", "{} is not used: {}"},
    Pattern{"listening", "listening on {}"},
    Pattern{"stopping", "stopping ({}"},
    Pattern{"ended", "ended"},
    Pattern{"part-failed", "{} cannot go on: {}"},
    Pattern{"client-trouble", "{} threw {}"},
    Pattern{"client-trouble", "an answer with status {}"},
    Pattern{"client-trouble", "{} connections are cut {}"},
    Pattern{"client-trouble", "cannot take a client on the socket: {}"},
    Pattern{"client-trouble", "a connection ended in an exception; {}"},
    Pattern{"events", "events could not be read {}"},
    Pattern{"audit", "refusals are not in the audit yet: {}"},
    Pattern{"left-out", "{} more lines of the kind {}"},
    Pattern{"unsafe-trace", "texts and numbers are written to this log {}"},
};

static_assert(std::ranges::all_of(patterns, [](const Pattern& pattern) {
  return std::ranges::find(kinds, pattern.kind, &Kind::name) != kinds.end();
}));

constexpr Kind other{"other", "9ca7a4896672582f6de10721c4d7377a"};

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

const Kind& kind_of(std::string_view text) {
  const auto pattern = std::ranges::find_if(patterns, [&](const Pattern& each) { return fits(each.words, text); });
  if (pattern == patterns.end()) return other;
  return *std::ranges::find(kinds, pattern->kind, &Kind::name);
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
  const Kind& found = kind_of(text);
  return {found.name, found.message_id, subject(text, "modem ", ":"), subject(text, "message ", ": ")};
}

}  // namespace burstd::app
