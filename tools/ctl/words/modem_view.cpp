#include "ctl/words/modem_view.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

#include "ctl/words/look.hpp"
#include "ctl/words/modem_words.hpp"
#include "ctl/words/quota_view.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t label_room = 16;

void print_label(const Session& session, std::string_view label, const std::string& words) {
  if (words.empty()) return;
  std::string padded(label);
  padded.resize(std::max(label_room, padded.size() + 1), ' ');
  session.term.out << session.term.paint(padded, Style::dim) << printable(words) << '\n';
}

void print_remark(const Session& session, const json::object& modem, const std::string& words) {
  if (words.empty()) return;
  session.term.out << session.term.paint(printable(text(modem, "name")), Style::bold) << ": " << printable(words)
                   << '\n';
}

void print_notes(const Session& session, const json::array& modems) {
  for (const json::value& entry : modems) {
    const json::object& modem = object(entry);
    for (const std::string& note : notes_in_words(modem, session.term.now())) print_remark(session, modem, note);
  }
}

std::string kind_of(const json::object& modem) {
  const std::string maker = text(modem, "manufacturer"), model = text(modem, "model");
  return maker.empty() || model.empty() ? maker + model : maker + " " + model;
}

void list_detail(std::string& details, const std::string& label, const std::string& words) {
  if (words.empty()) return;
  details += (details.empty() ? "" : ", ") + label + words;
}

void print_stranger(const Session& session, const json::object& stranger) {
  const std::string port = text(stranger, "port"), usb = usb_in_words(stranger), sentence = text(stranger, "sentence");
  std::string details;
  list_detail(details, "", kind_of(stranger));
  list_detail(details, "IMEI ", text(stranger, "imei"));
  list_detail(details, "SIM ", tail_of(text(stranger, "sim")));
  if (!port.empty()) list_detail(details, "USB ", usb);
  std::string head = port.empty() ? "USB " + usb : port;
  if (!details.empty()) head += " (" + details + ")";
  session.term.out << "  " << printable(head) << (sentence.empty() ? "" : ": ") << printable(sentence) << '\n';
}

void print_strangers(const Session& session, const json::array& strangers) {
  if (strangers.empty()) return;
  session.term.out << '\n' << session.term.paint("Not in use", Style::bold) << '\n';
  for (const json::value& entry : strangers) print_stranger(session, object(entry));
}

void print_table(const Session& session, const json::array& modems) {
  Table table({{"MODEM", Side::left, 1, 8},
               {"STATE"},
               {"OPERATOR", Side::left, 3, 8},
               {"SIGNAL"},
               {"REPORTS", Side::left, 2, 14},
               {"SIM"},
               {"QUOTA LEFT"},
               {"LAST SENT"},
               {"RECOVERIES", Side::right}});
  for (const json::value& entry : modems) {
    const json::object& modem = object(entry);
    table.add({text(modem, "name"), state_cell(modem), operator_in_words(modem), signal_in_words(modem),
               reports_cell(modem), tail_of(sim_of(modem)), narrowest_in_words(modem),
               for_people(text(modem, "last_accepted"), session.term.now()), text(modem, "recoveries")});
  }
  session.term.out << table.render(session.term.look);
}

void print_modem_standing(const Session& session, const json::object& modem) {
  const base::Time now = session.term.now();
  const Cell state = state_cell(modem);
  const std::string since = for_people(text(modem, "since"), now);
  session.term.out << session.term.paint(printable(text(modem, "name")), Style::bold) << "  "
                   << session.term.paint(printable(state.text), state.style)
                   << (since.empty() ? "" : " since " + printable(since)) << '\n';
  for (const std::string& words : {trouble_in_words(modem, now), holder_in_words(modem)}) {
    if (!words.empty()) session.term.out << printable(words) << '\n';
  }
  session.term.out << '\n';
}

void print_hardware(const Session& session, const json::object& modem) {
  print_label(session, "Port", text(modem, "port"));
  print_label(session, "USB", usb_in_words(modem));
  print_label(session, "Modem", kind_of(modem));
  print_label(session, "Driver", text(modem, "driver"));
  print_label(session, "IMEI", text(modem, "imei"));
  print_label(session, "SIM", sim_of(modem));
  print_label(session, "IMSI", text(modem, "imsi"));
  print_label(session, "Number", text(modem, "number"));
  print_label(session, "PIN", tries_in_words(modem));
}

void print_work(const Session& session, const json::object& modem) {
  const base::Time now = session.term.now();
  print_label(session, "Operator", operator_in_words(modem));
  print_label(session, "Network", registration_in_words(modem));
  print_label(session, "Signal", signal_in_words(modem));
  print_label(session, "Service centre", text(modem, "service_centre"));
  print_label(session, "Reports", reports_in_words(modem));
  print_label(session, "", text(modem, "report_note"));
  print_label(session, "Report route", text(modem, "report_route"));
  print_label(session, "Last report", for_people(text(modem, "last_report"), now));
  print_label(session, "Sent", text(modem, "accepted") + " SMS since burstd took it up");
  print_label(session, "Last sent", for_people(text(modem, "last_accepted"), now));
  std::string_view label = "Quota left";
  for (const std::string& words : quota_left_in_words(modem, now)) {
    print_label(session, std::exchange(label, ""), words);
  }
  print_label(session, "Recoveries", recoveries_in_words(modem));
  print_label(session, "Credit", credit_in_words(modem, now));
}

}  // namespace

void print_no_modems(const Session& session, std::string_view config) {
  session.term.out << "No modem is configured. Name it under \"modems\" in " << printable(config)
                   << ", then: burstctl reload; it logs how it gets on (journalctl -u burstd).\n";
}

void print_troubles(const Session& session, const json::array& modems) {
  for (const json::value& entry : modems) {
    const json::object& modem = object(entry);
    print_remark(session, modem, trouble_in_words(modem, session.term.now()));
    print_remark(session, modem, holder_in_words(modem));
  }
}

void print_modems(const Session& session, const json::object& answer, std::string_view config) {
  const json::array& modems = list(answer, "items");
  if (modems.empty()) print_no_modems(session, config);
  if (!modems.empty()) print_table(session, modems);
  print_troubles(session, modems);
  print_notes(session, modems);
  print_strangers(session, list(answer, "others"));
}

void print_modem(const Session& session, const json::object& modem) {
  print_modem_standing(session, modem);
  print_hardware(session, modem);
  print_work(session, modem);
  for (const std::string& owed : owed_in_words(modem)) session.term.out << printable(owed) << '\n';
}

}  // namespace burstd::ctl
