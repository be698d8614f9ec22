#include "sim/options.hpp"

#include <CLI/CLI.hpp>
#include <map>

namespace burstd::sim {

namespace {

void add_span(CLI::App& app, const char* name, base::Milliseconds& span, const char* text) {
  const auto take = [&span](const std::int64_t& millis) { span = base::Milliseconds{millis}; };
  app.add_option_function<std::int64_t>(name, take, text)
      ->check(CLI::Range(0, 3'600'000))
      ->type_name("MS")
      ->default_str(std::to_string(span.count()));
}

void add_places(CLI::App& app, Options& options) {
  app.add_option("--modems", options.modems, "How many modems")->check(CLI::Range(1, 256))->capture_default_str();
  app.add_option("--dir", options.dir, "Where the links modem1, modem2, … appear")->required();
  app.add_option("--log", options.log, "The journal: one JSON object a line")->required();
  app.add_option("--control", options.control, "Unix socket that takes orders");
  app.add_option("--transcript", options.transcript, "Play this story on modem1")->check(CLI::ExistingFile);
  app.add_option("--seed", options.seed, "Identities, jitter and noise follow from it")->capture_default_str();
  const auto take = [&options](const std::string& octal) {
    options.mode = static_cast<std::uint32_t>(std::stoul(octal, nullptr, 8));
  };
  app.add_option_function<std::string>("--mode", take, "Permissions of the ptys, octal")->default_str("600");
  app.add_flag("--trace", options.trace, "Journal every command line");
}

void add_bus(CLI::App& app, Options& options) {
  app.add_option("--bus", options.bus, "Where a pretended sys and dev appear, as if the modems were on USB");
  app.add_option("--usb-id", options.usb_id, "What the modems are on the bus")->capture_default_str();
  app.add_option("--usb-serial", options.usb_serial, "Their serial numbers are this text and their number");
  app.add_option("--interfaces", options.interfaces, "How many ports each has there")
      ->check(CLI::Range(1, 32))
      ->capture_default_str();
  app.add_option("--at-interface", options.at_interface, "Which of them, from 0, answers; the others are silent")
      ->check(CLI::Range(0, 31))
      ->capture_default_str();
}

void add_times(CLI::App& app, Options& options) {
  add_span(app, "--air", options.air, "From Ctrl-Z to the verdict");
  add_span(app, "--link-setup", options.link_setup, "So much of it is spared while AT+CMMS keeps the radio link");
  add_span(app, "--report", options.report, "From the verdict to the delivery report, and from report to report");
  add_span(app, "--jitter", options.jitter, "At most so much is added to every report");
  add_span(app, "--prompt", options.prompt, "From AT+CMGS to the prompt");
  add_span(app, "--ack", options.ack, "Under AT+CSMS=1, a report without AT+CNMA is repeated after this");
  add_span(app, "--latency", options.latency, "From every command to its answer; one after the other");
  add_span(app, "--late-ok", options.late_ok, "From +CMGS to its OK");
  add_span(app, "--ussd", options.ussd, "From AT+CUSD to the answer");
  add_span(app, "--again", options.again, "From try to try of a report that the network keeps");
  add_span(app, "--boot", options.boot, "How long AT+CFUN=1,1 keeps the modem deaf");
}

void add_network(CLI::App& app, Options& options) {
  app.add_option("--refuse", options.refuse, "The network refuses this recipient: NUMBER=CMSCODE[xCOUNT]");
  app.add_option("--refuse-but-send", options.refuse_but_send, "Refused in words, yet sent: NUMBER=CMSCODE[xCOUNT]");
  app.add_option("--refuse-at-prompt", options.refuse_at_prompt, "Instead of a prompt: CMSCODE[xCOUNT]");
  app.add_option("--fail", options.fail, "TP-Status of the reports, one after the other: NUMBER=STATUS[,STATUS]…");
  app.add_flag("--hold-unacknowledged", options.hold_unacknowledged,
               "The network keeps a report that it could not hand over, and tries again");
  app.add_option("--no-report", options.no_report, "No delivery report for this NUMBER");
  app.add_flag("--numbers", options.numbers, "The last four digits of a number say what becomes of a message to it");
}

void add_quirks(CLI::App& app, Options& options) {
  app.add_flag("--echo", options.stubborn_echo, "ATE0 is answered OK and changes nothing");
  app.add_flag("--csms1", options.csms1, "The modem insists on AT+CSMS=1");
  app.add_flag("--keep-reports", options.keep_reports, "A report nobody can hear waits for the next AT+CNMI");
  app.add_flag("--boot-unplugs", options.boot_unplugs, "AT+CFUN=1,1 takes the port away for --boot");
  app.add_option("--ds", options.ds_values, "The <ds> values that AT+CNMI accepts, such as 01");
  app.add_flag("--no-ok", options.no_ok, "+CMGS is the last word about a message");
  app.add_option("--pad", options.pad, "So many hexadecimal digits stand behind the PDU of a +CDS")
      ->check(CLI::Range(0, 1000));
  app.add_option("--cdsi-memory", options.cdsi_memory, "+CDSI names this memory, wherever the report is");
  app.add_option("--cnmi-reads", options.cnmi_reads, "The answer to AT+CNMI?, such as 2,0,0,1,0");
  app.add_option("--national", options.national, "Reports write recipients of this country code as 0…");
  app.add_option("--sim-pin", options.sim_pin, "The SIM asks for this PIN");
  app.add_flag("--pin-hides-sim", options.pin_hides_sim, "ICCID and IMSI are told only after the PIN");
  app.add_option("--slots", options.slots, "How many messages SM holds")->check(CLI::Range(1, 1000));
  const std::map<std::string, Early> names{
      {"none", Early::none}, {"between", Early::between}, {"before", Early::before}};
  app.add_option("--early", options.early, "The first report comes between +CMGS and OK, or before +CMGS")
      ->transform(CLI::CheckedTransformer(names, CLI::ignore_case));
}

void add_profiles(CLI::App& app, Options& options) {
  app.add_option("--profile", options.profile, "What a family of modems does differently: FILE, or MODEM=FILE");
  app.add_option("--ussd-text", options.ussd_text, "What the network answers to AT+CUSD")->capture_default_str();
  const std::map<std::string, UssdForm> forms{
      {"text", UssdForm::text}, {"ucs2", UssdForm::ucs2}, {"gsm7", UssdForm::gsm7}};
  const auto take = [&options, forms](const std::string& name) { options.ussd_form = forms.at(name); };
  app.add_option_function<std::string>("--ussd-form", take, "How modems write it: text, ucs2, gsm7")
      ->check(CLI::IsMember({"text", "ucs2", "gsm7"}));
}

}  // namespace

Reading read_command_line(int argc, char** argv) {
  Reading reading;
  CLI::App app("Pretends to be GSM modems on pseudo-terminals with a network behind them.", "burst-modem-sim");
  app.set_version_flag("--version", BURSTD_VERSION);
  add_places(app, reading.options);
  add_bus(app, reading.options);
  add_times(app, reading.options);
  add_network(app, reading.options);
  add_quirks(app, reading.options);
  add_profiles(app, reading.options);
  try {
    app.parse(argc, argv);
    reading.run = true;
  } catch (const CLI::ParseError& mistake) {
    reading.exit_code = app.exit(mistake);
  }
  return reading;
}

}  // namespace burstd::sim
