#include "modem/verdict.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "at/reply.hpp"

namespace burstd::modem {

namespace {

using End = at::Reply::End;

bool has_reference(const at::Reply& reply) { return !reply.lines.empty(); }

std::optional<int> reference_in(const at::Reply& reply) {
  std::optional<int> reference;
  for (const std::string& line : reply.lines) {
    if (const auto found = at::submit_reference(line)) reference = found;
  }
  return reference;
}

constexpr std::chrono::seconds at_once{1};
constexpr int no_reason = 500;  // +CMS ERROR of 27.005

Refused explained(const at::Failure& failure, const std::vector<Code>& codes) {
  if (const Code* own = own_code(failure, codes))
    return Refused{failure.text, own->blame, own->sentence, false, own->patience};
  const at::Meaning& meaning = at::meaning(failure);
  return Refused{failure.text, meaning.blame,    std::string(meaning.sentence),
                 false,        meaning.patience, meaning.suspect_after};
}

// Before Ctrl-Z nothing can have left, whatever the modem says: what is uncertain after it is but a reason to repeat.
Refused refused(const at::Failure& failure, const std::vector<Code>& codes, bool before_air) {
  Refused meant = explained(failure, codes);
  meant.before_air = before_air;
  if (!before_air || meant.blame != base::Blame::unknown) return meant;
  return Refused{failure.text, base::Blame::transient, "The modem did not take the message. We will try again.", true};
}

// The network's answer takes longer: a modem that has no reason to give so soon did not even ask it.
bool never_asked(const at::Failure& failure, const std::vector<Code>& codes, std::optional<base::Milliseconds> after) {
  const bool bare = failure.kind == at::Failure::Kind::cms && failure.code == no_reason;
  return bare && after && *after < at_once && own_code(failure, codes) == nullptr;
}

// What modems say of memories, of +CNMA and of commands that they do not know: never of a message that was handed over.
bool of_another_command(const at::Failure& failure) {
  static constexpr std::array codes{302, 303, 320, 321, 322, 340};
  return std::find(codes.begin(), codes.end(), failure.code) != codes.end();
}

Verdict not_handed(const at::Reply& reply, const std::vector<Code>& codes) {
  if (reply.failure) return refused(*reply.failure, codes, true);
  if (reply.end == End::denied) return NotSent{"The message was withdrawn before it left."};
  if (reply.end == End::ok) return NotSent{"The modem gave up its prompt by itself."};
  return NotSent{"The modem did not get as far as taking the message."};
}

}  // namespace

const Code* own_code(const at::Failure& failure, const std::vector<Code>& codes) {
  for (const Code& code : codes) {
    const bool cms = code.kind == Code::Kind::cms;
    const bool same_kind = failure.kind == (cms ? at::Failure::Kind::cms : at::Failure::Kind::cme);
    if (same_kind && code.code == failure.code) return &code;
  }
  return nullptr;
}

Verdict verdict_of(const at::Reply& reply, const std::vector<Code>& codes, std::optional<base::Milliseconds> after) {
  if (!reply.handed) return not_handed(reply, codes);
  // A reference is the network's word, whatever the modem says after it.
  if (reply.end == End::ok || has_reference(reply)) return Accepted{reference_in(reply)};
  if (reply.failure && never_asked(*reply.failure, codes, after))
    return Refused{reply.failure->text, base::Blame::transient, "The modem gave no reason. We will try again.", false};
  if (reply.failure) return refused(*reply.failure, codes, false);
  return Unknown{"The message was handed to the modem, which never said what became of it."};
}

bool leaves_order(const at::Reply& reply) {
  if (reply.failure || reply.end == End::denied) return true;
  return reply.handed && (reply.end == End::ok || has_reference(reply));
}

std::optional<Verdict> verdict_of(const at::Event& event, const std::vector<Code>& codes) {
  if (const auto* reference = std::get_if<at::LateReference>(&event)) return Verdict(Accepted{reference->reference});
  const auto* failure = std::get_if<at::LateFailure>(&event);
  if (failure != nullptr && !of_another_command(failure->failure))
    return Verdict(refused(failure->failure, codes, false));
  return std::nullopt;
}

}  // namespace burstd::modem
