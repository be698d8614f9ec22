#include "ctl/wire/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <charconv>
#include <optional>

#include "ctl/words/look.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

struct Advice {
  std::string_view code, sentence;
};

constexpr std::array advices{
    Advice{"client-ref-reused",
           "Another message or burst already has this reference. Take another --client-ref, or leave "
           "it out and burstctl makes one."},
    Advice{"quota-exhausted", "Send fewer rows (--deselect), or make a new preview that is sent later (--send-after)."},
    Advice{"already-submitted", "An SMS that has left cannot be called back. Phone the patient if it must not stand."},
    Advice{"not-uncertain", "See what is known of it: burstctl show ID"},
    Advice{"already-resolved", "See who said so, and why: burstctl show ID"},
    Advice{"preview-expired", "Make it again from its file: burstctl burst preview FILE"},
    Advice{"selection-differs", "A burst is sent once. See what became of it: burstctl burst show ID --rows"},
    Advice{"row-unknown", "Rows are counted from 1 as the preview shows them: burstctl burst show ID --rows"},
    Advice{"record-permanent", "What was recorded stays on record; cancel it instead (burstctl cancel ID)."},
    Advice{"queue-full", "Wait until the queue is shorter (burstctl status), then repeat."},
    Advice{"disk-low", "The gateway's disk is nearly full or full. Tell IT."},
    Advice{"not-held", "Whether it sends, and if not, why: burstctl status"},
    Advice{"text-removed", "What is left of it: burstctl show ID"},
    Advice{"backup-failed", "Look at the gateway's disk, then repeat; its log has the same words."},
    Advice{"modem-unknown", "The names of the modems: burstctl modems"},
    Advice{"modem-away", "See whether it is plugged in, and what keeps it away: burstctl modems NAME"},
    Advice{"pin-not-wanted", "See what it waits for, if it does: burstctl modems NAME"},
    Advice{"pin-last-try",
           "If you are sure of the PIN, repeat the command with --last-try. A wrong one locks the SIM until somebody "
           "enters its PUK."},
    Advice{"nothing-to-adopt", "Plug the new modem in. What is plugged in but not in use: burstctl modems"},
    Advice{"adoption-ambiguous", "Say which one with --imei or --port, as \"Not in use\" shows them: burstctl modems"},
    Advice{"template-unknown", "The names of the templates: burstctl template list"},
    Advice{"template-maintained", "Make one of your own from it: burstctl template put NAME --text \"…\""},
    Advice{"group-unknown", "The names of the groups: burstctl group list"},
    Advice{"group-empty", "See who is in it: burstctl group show NAME"},
    Advice{"reply-unknown", "The IDs of the replies: burstctl inbox"},
    Advice{"opt-out-unknown", "The numbers that are blocked: burstctl opt-out list"},
    Advice{"resync", "The list has changed its origin (a restore). Ask again from the beginning."},
};

struct Fallback {
  unsigned status;
  std::string_view sentence;
};

constexpr std::array fallbacks{
    Fallback{400, "Correct what is named above and repeat the command; nothing was recorded."},
    Fallback{403,
             "Your user may not do this. The gateway's configuration gives roles (read, send, admin) to users and "
             "groups; ask IT."},
    Fallback{404, "Check the ID: burstctl items lists messages, burstctl burst list lists bursts."},
    Fallback{413, "Split the file into smaller ones."},
    Fallback{500, "This is a fault of the gateway: journalctl -u burstd tells more."},
    Fallback{507, "The gateway's disk is nearly full. Tell IT."},
};

std::vector<std::string> split(std::string_view pointer) {
  if (pointer.starts_with('#')) pointer.remove_prefix(1);
  if (pointer.starts_with('/')) pointer.remove_prefix(1);
  std::vector<std::string> steps;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::string step(pointer.substr(0, end));
    for (std::size_t at = 0; (at = step.find("~1", at)) != std::string::npos; ++at) step.replace(at, 2, "/");
    for (std::size_t at = 0; (at = step.find("~0", at)) != std::string::npos; ++at) step.replace(at, 2, "~");
    steps.push_back(std::move(step));
    pointer.remove_prefix(std::min(end + 1, pointer.size()));
  }
  return steps;
}

std::optional<std::size_t> index(const std::string& step) {
  std::size_t value = 0;
  const auto [end, failure] = std::from_chars(step.data(), step.data() + step.size(), value);
  if (step.empty() || failure != std::errc{} || end != step.data() + step.size()) return {};
  return value;
}

std::string advice_for(const Answer& answer, const json::object& problem) {
  const std::string& later = answer.retry_after;
  if (!later.empty()) return fmt::format("Try again in {} second{}.", printable(later), later == "1" ? "" : "s");
  const std::string code = text(problem, "code");
  const auto* found = std::find_if(advices.begin(), advices.end(), [&](const Advice& a) { return a.code == code; });
  if (found != advices.end()) return std::string(found->sentence);
  if (truth(problem, "retryable")) return "Try again in a moment.";
  const auto* other =
      std::find_if(fallbacks.begin(), fallbacks.end(), [&](const Fallback& f) { return f.status == answer.status; });
  return other != fallbacks.end() ? std::string(other->sentence) : std::string();
}

// A member of a request is typed as an option here.
std::string with_options(std::string sentence) {
  constexpr std::string_view member = "accept_duplicate", option = "--accept-duplicate";
  const std::size_t at = sentence.find(member);
  if (at != std::string::npos) sentence.replace(at, member.size(), option);
  return sentence;
}

// The detail speaks of this very request; the title only of its kind ("Conflict").
std::string headline(const Answer& answer, const json::object& problem) {
  const std::string title = text(problem, "title"), detail = text(problem, "detail");
  if (!detail.empty()) return detail;
  return title.empty() ? fmt::format("the gateway answered with HTTP status {}", answer.status) : title;
}

}  // namespace

std::string in_words(std::string_view pointer, const std::vector<std::size_t>& lines) {
  const std::vector<std::string> steps = split(pointer);
  std::string said;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool of_rows = i > 0 && steps[i - 1] == "recipients";
    const auto place = index(steps[i]);
    if (steps[i] == "recipients" && i + 1 < steps.size() && index(steps[i + 1])) continue;
    if (!said.empty()) said += ", ";
    if (of_rows && place) {
      said += fmt::format("row {}", *place + 1);
      if (*place < lines.size()) said += fmt::format(" (line {})", lines[*place]);
    } else if (place && i > 0) {
      said += fmt::format("entry {}", *place + 1);
    } else {
      said += printable(steps[i]);
    }
  }
  return said.empty() ? "the request" : said;
}

std::string explain(const Answer& answer, const std::vector<std::size_t>& lines) {
  boost::system::error_code failure;
  const json::value parsed = json::parse(answer.body, failure);
  const json::object& problem = object(parsed);
  const std::string head = with_options(headline(answer, problem));
  std::string said = "burstctl: " + printable(head) + "\n";
  for (const json::value& entry : list(problem, "errors")) {
    const json::object& fault = object(entry);
    if (text(fault, "detail") == head) continue;  // the only fault, already said
    said += fmt::format("  {}: {}\n", in_words(text(fault, "pointer"), lines), printable(text(fault, "detail")));
  }
  const std::string advice = advice_for(answer, problem);
  if (!advice.empty()) said += advice + "\n";
  return said;
}

}  // namespace burstd::ctl
