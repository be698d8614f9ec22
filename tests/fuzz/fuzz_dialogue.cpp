// Fuzzes the conversation with a modem: octet by octet it goes as at once, no ESC follows an open Ctrl-Z, and a reply
// is bounded. A chunk of the input is one decision and the octets after it, up to an octet 0.
#include <cstdlib>

#include "at/dialogue.hpp"
using namespace burstd::at;
struct Telling {
  Dialogue dialogue;
  std::string story;
  bool open = false;  // Ctrl-Z is out and has no answer
  void note(const Effects& effects) {
    for (const Effect& effect : effects) {
      const auto* write = std::get_if<Write>(&effect);
      const auto* end = std::get_if<Finished>(&effect);
      story = std::to_string(effect.index()) + (write != nullptr ? write->octets : "") + story.substr(0, 999);
      if (write != nullptr && write->octets == "\x1B" && open) std::abort();
      if (end != nullptr && end->reply.lines.size() > Dialogue::most_lines) std::abort();
      const bool answered = end != nullptr && end->reply.handed && end->reply.end != Reply::End::timed_out;
      open = write != nullptr ? open || write->octets.back() == '\x1A' : open && !answered && effect.index() != 1;
    }
  }
  void decide(char what) {
    const Command commands[] = {probe(), ask("AT+CSQ", "+CSQ:"), ask_words("+CGMI"), list_stored(), submit(9, "00AA")};
    if (what >= '0' && what < '5' && dialogue.idle()) note(dialogue.start(commands[what - '0']));
    if (what == 'p' || what == 'd') note(what == 'p' ? dialogue.permit() : dialogue.deny());
    if (what == 'x' || what == 'e') note(what == 'x' ? dialogue.expire() : dialogue.escape());
  }
};
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  Telling whole, cut;
  for (std::string_view rest(reinterpret_cast<const char*>(data), size), chunk; !rest.empty();
       rest.remove_prefix(chunk.size())) {
    chunk = rest.substr(0, rest.find('\0', 1));
    whole.decide(chunk[0]), cut.decide(chunk[0]);
    whole.note(whole.dialogue.feed(chunk.substr(1)));
    for (const char& octet : chunk.substr(1)) cut.note(cut.dialogue.feed(std::string_view(&octet, 1)));
    if (whole.story != cut.story || whole.dialogue.idle() != cut.dialogue.idle()) std::abort();
  }
  return 0;
}
