#include "ctl/line/pdu_line.hpp"

#include <CLI/CLI.hpp>
#include <charconv>

namespace burstd::ctl {

namespace {

struct Limits {
  int least;
  int most;
};

constexpr int most_minutes = 63 * 7 * 24 * 60;  // the longest relative TP-VP

// A decimal number and nothing else. CLI11 would read 010 as eight.
CLI::Option& whole(CLI::App& app, const std::string& name, Limits limits, std::function<void(int)> take) {
  return *app.add_option_function<std::string>(name, [name, limits, take = std::move(take)](const std::string& typed) {
    int value = 0;
    const char* end = typed.data() + typed.size();
    const auto [stop, failure] = std::from_chars(typed.data(), end, value);
    if (failure == std::errc{} && stop == end && value >= limits.least && value <= limits.most) return take(value);
    throw CLI::ValidationError(
        name, "it takes a whole number from " + std::to_string(limits.least) + " to " + std::to_string(limits.most));
  });
}

void decode_options(CLI::App& app, PduReading& reading) {
  app.add_option_function<std::string>(
         "--direction",
         [&reading](const std::string& typed) { reading.direction = typed == "mo" ? Direction::mo : Direction::mt; },
         "mt: the network sent it to us; mo: it is ours to send")
      ->required()
      ->check(CLI::IsMember({"mt", "mo"}))
      ->option_text("mt|mo");
  app.add_option("HEX", reading.hex, "the PDU, beginning with the service-centre length octet; - for standard input")
      ->required()
      ->option_text(" ");
}

void encode_options(CLI::App& app, PduWriting& writing) {
  pdu::Envelope& envelope = writing.envelope;
  app.add_option("--to", envelope.destination, "the number: +41791234567, or what is dialled where the SIM is")
      ->required()
      ->option_text("NUMBER");
  app.add_option_function<std::string>(
         "--text", [&writing](const std::string& text) { writing.text = text; },  // an optional would drop ""
         "the message, in UTF-8; without it, standard input is read")
      ->option_text("TEXT");
  app.add_flag("--report", envelope.status_report, "ask for a delivery report");
  whole(app, "--validity", {1, most_minutes}, [&](int minutes) { envelope.validity = std::chrono::minutes{minutes}; })
      .description("how long the network shall try (the network's own time without it)")
      ->option_text("MINUTES");
  whole(app, "--class", {0, 3}, [&](int number) { envelope.message_class = static_cast<std::uint8_t>(number); })
      .description("0 shown at once and not kept, 1 phone, 2 SIM, 3 terminal equipment")
      ->option_text("N");
  whole(app, "--reference", {0, 255}, [&](int number) { envelope.reference = static_cast<std::uint8_t>(number); })
      .description("what a long text's parts have in common (0)")
      ->option_text("N");
}

constexpr const char* decode_words =
    "Example:\n"
    "  burstctl pdu decode --direction mt "
    "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07\n\n"
    "Prints one JSON object with those members that apply: type, smsc, address, text or data_hex (8-bit data),\n"
    "encoding, class, timestamp, discharge_time, status, message_reference, concat, ports. Times have the PDU's\n"
    "own offset; one that is no date is left out. mt reads SMS-DELIVER and SMS-STATUS-REPORT, mo SMS-SUBMIT.\n"
    "Half a surrogate pair is shown as U+FFFD. Octets after the end of what the network sent are ignored.\n"
    "Exit status 2 when HEX is no such PDU; the sentence names the field.";

constexpr const char* encode_words =
    "Examples:\n  burstctl pdu encode --to +41791234567 --text \"See you tomorrow at 9\" --report --validity 1440\n"
    "  burstctl pdu encode --to +41791234567 --reference 7 < letter.txt\n\n"
    "Prints one JSON object: encoding, segments, units_used, units_per_segment, and pdus with pdu and length, the\n"
    "number for AT+CMGS. Nothing is sent, and no configuration is read: a NUMBER with a plus sign is international,\n"
    "any other (079…, 0041…, short codes, * and #) is put in as typed, to be dialled as it is. Blanks, dashes and\n"
    "brackets are left out.\n"
    "The line end that closes standard input is not part of the text. An empty text is one empty message.\n"
    "MINUTES are rounded up to what TP-VP can say: steps of 5 minutes to 12 hours, of 30 minutes to a day, of days\n"
    "to 30 days, of weeks to 63 weeks.\n"
    "Exit status 1 when it could not be sent.";

}  // namespace

void add_pdu_commands(CLI::App& parent, PduWishes& wishes, const Finish& finish) {
  CLI::App& pdu = *parent.add_subcommand("pdu", "read and make SMS PDUs (3GPP 23.040): decode, encode");
  pdu.group("Without the gateway");
  pdu.require_subcommand(1);
  pdu.set_help_flag("-h,--help", "this page");
  CLI::App& decode = *pdu.add_subcommand("decode", "what a PDU says, as JSON");
  decode.footer(decode_words);
  decode_options(decode, wishes.reading);
  finish(decode, [&wishes](const Session& session) { return decode_pdu(session, wishes.reading); });
  CLI::App& encode = *pdu.add_subcommand("encode", "the PDUs that carry a text, as JSON");
  encode.footer(encode_words);
  encode_options(encode, wishes.writing);
  finish(encode, [&wishes](const Session& session) { return encode_pdu(session, wishes.writing); });
}

}  // namespace burstd::ctl
