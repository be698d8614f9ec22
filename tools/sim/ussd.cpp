#include "sim/ussd.hpp"

#include <utility>

#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "pdu/gsm7.hpp"

namespace burstd::sim {

namespace {

constexpr base::Milliseconds next_look{50};
constexpr std::uint8_t padding = 0x0D;  // fills seven bits that would read as "@" (23.038, 6.1.2.3.1)

void append_unit(base::Octets& octets, std::uint32_t unit) {
  octets.push_back(static_cast<std::uint8_t>(unit >> 8U));
  octets.push_back(static_cast<std::uint8_t>(unit & 0xFFU));
}

std::string in_ucs2(std::u32string_view points) {
  base::Octets octets;
  for (const char32_t point : points) {
    if (point < 0x10000) {
      append_unit(octets, point);
      continue;
    }
    append_unit(octets, 0xD800U + ((point - 0x10000U) >> 10U));
    append_unit(octets, 0xDC00U + ((point - 0x10000U) & 0x3FFU));
  }
  return base::to_hex(octets);
}

std::string in_septets(std::u32string_view points) {
  auto septets = pdu::to_septets(points);
  if (!septets) return in_ucs2(points);
  if (septets->size() % 8 == 7) septets->push_back(padding);
  return base::to_hex(pdu::pack_septets(*septets));
}

}  // namespace

std::string written(std::string_view text, UssdForm form) {
  const auto points = base::from_utf8(text);
  if (!points || form == UssdForm::text) return std::string(text);
  return form == UssdForm::ucs2 ? in_ucs2(*points) : in_septets(*points);
}

int coding_of(UssdForm form) { return form == UssdForm::ucs2 ? 72 : 15; }

Ussd::Ussd(Stage stage, const Identity& who, Terminal& terminal, Busy busy)
    : text(stage.options.ussd_text),
      form(stage.options.ussd_form.value_or(stage.profile.ussd)),
      x_stage(stage),
      x_who(who),
      x_terminal(terminal),
      x_busy(std::move(busy)) {}

void Ussd::note(std::string_view what, std::string_view value) {
  boost::json::object fields;
  fields["what"] = what;
  fields["text"] = value;
  x_stage.journal.write(x_who, "ussd", fields);
}

void Ussd::ask(std::string_view code) {
  note("asked", code);
  x_open = true;
  x_stage.agenda.after(x_stage.options.ussd, [this, session = ++x_session] { answer(session); });
}

bool Ussd::cancel() {
  if (!std::exchange(x_open, false)) return false;
  ++x_session;
  note("cancelled", "");
  return true;
}

void Ussd::reset() {
  x_open = false;
  ++x_session;
  presenting = 0;
}

// While a message is on the air the network is not heard: the answer comes afterwards.
void Ussd::answer(std::uint64_t session) {
  if (session != x_session || silent) return;
  if (x_busy()) {
    x_stage.agenda.after(next_look, [this, session] { answer(session); });
    return;
  }
  x_open = false;
  const bool heard = presenting == 1 && x_terminal.heard();
  note(heard ? "answered" : "unheard", text);
  if (!heard) return;
  x_terminal.tell("+CUSD: 0,\"" + written(text, form) + "\"," + std::to_string(coding_of(form)));
}

}  // namespace burstd::sim
