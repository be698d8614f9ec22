#include "burst/preview.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/utf8.hpp"
#include "burst/words.hpp"
#include "number/number.hpp"
#include "pdu/segment.hpp"

namespace burstd::burst {

namespace {

// What earlier rows had, so far as they count: rows that cannot be sent make no other a duplicate.
struct Seen {
  using Likeness = std::tuple<std::string, std::string, std::optional<std::string>, std::optional<base::Time>>;
  std::set<std::string> numbers;
  std::set<Likeness> rows;
  std::set<std::string> refs;
};

Verdict number_verdict(const base::Error& error) {
  return error.code == "number-missing" ? Verdict::number_missing : Verdict::number_invalid;
}

Verdict verdict_of(const Recipient& recipient, const Judged& judged, base::Time now) {
  if (recipient.exclude) return Verdict::excluded;
  const Verdict looked = judged.looked.verdict;
  if (looked == Verdict::number_missing || looked == Verdict::number_invalid) return looked;
  if (!judged.missing.empty()) return Verdict::field_missing;
  if (looked != Verdict::ok) return looked;
  return judged.expires_at <= now ? Verdict::expired : Verdict::ok;
}

// Of a text that was cut nothing is told but that it is too long.
Looked endless(Looked looked) {
  looked.segments = looked.units_used = looked.units_left = 0;
  if (looked.verdict == Verdict::ok) looked.verdict = Verdict::too_long;
  return looked;
}

// What is not sent need not be kept whole: ten thousand rows of a far too long text would fill a disk.
std::string beginning_of(std::string text) {
  constexpr std::size_t most = 1600;  // characters; more than ten segments
  if (text.size() <= most) return text;
  const auto points = base::from_utf8(text);
  if (!points || points->size() <= most) return text;
  return base::to_utf8(std::u32string_view(*points).substr(0, most)) + "…";
}

bool is_fixed(const Looked& looked) { return looked.number_kind == number::name(number::Kind::fixed); }

Judged judge(const Recipient& recipient, const Request& request, const Rules& rules) {
  Judged judged;
  Rendered rendered = request.text.render(fields_of(recipient));
  judged.text = std::move(rendered.text);
  judged.missing = std::move(rendered.missing);
  judged.looked = look(recipient.to, judged.text, rules);
  if (rendered.cut) judged.looked = endless(std::move(judged.looked));
  judged.expires_at = row_expiry_of(request.timing, recipient.appointment_at, rules);
  judged.verdict = verdict_of(recipient, judged, request.timing.now);
  if (judged.verdict != Verdict::ok) judged.text = beginning_of(std::move(judged.text));
  if (is_fixed(judged.looked)) judged.flags.push_back(Flag::number_not_mobile);
  return judged;
}

void compare(Judged& judged, const Recipient& recipient, Seen& seen) {
  if (recipient.client_ref && !recipient.exclude && !seen.refs.insert(*recipient.client_ref).second &&
      judged.verdict == Verdict::ok) {
    judged.verdict = Verdict::already_accepted;
  }
  if (judged.verdict != Verdict::ok) return;
  const std::string& number = judged.looked.number;
  if (!seen.numbers.insert(number).second) judged.flags.push_back(Flag::duplicate_number);
  if (!seen.rows.emplace(number, judged.text, recipient.patient, recipient.appointment_at).second) {
    judged.flags.push_back(Flag::duplicate_row);
  }
}

bool has(const Judged& judged, Flag flag) { return std::ranges::find(judged.flags, flag) != judged.flags.end(); }

// A row that cannot be sent stays selected: it leaves a failed item with its reason, so that somebody sees it. One that
// was accepted before stays, too: whoever sends the burst again is told its item.
bool selected_by_default(const Judged& judged) {
  return judged.verdict != Verdict::excluded && !has(judged, Flag::duplicate_row) && !has(judged, Flag::recently_sent);
}

// When the first rows' turn comes, and how it moves on with every row that goes.
class Turn {
 public:
  explicit Turn(const Timing& timing)
      : x_timing(timing), x_at(std::max(timing.now + timing.backlog, timing.send_after.value_or(timing.now))) {}

  bool comes_too_late(const Judged& judged) {
    const auto at = x_timing.opening ? x_timing.opening(x_at) : x_at;
    if (!at) return true;
    x_at = *at;
    if (x_timing.per_segment && judged.selected) x_at += *x_timing.per_segment * judged.looked.segments;
    return *at >= judged.expires_at;
  }

 private:
  const Timing& x_timing;
  base::Time x_at;
};

}  // namespace

Looked look(const std::string& to, const std::string& text, const Rules& rules) {
  Looked looked = look_at_text(text, rules);
  if (const auto number = number::parse(to, *rules.plan); number) {
    looked.number = number->e164;
    looked.number_kind = number::name(number->kind);
  } else {
    looked.verdict = number_verdict(number.error());
  }
  return looked;
}

Looked look_at_text(const std::string& text, const Rules& rules) {
  Looked looked;
  const auto cut = pdu::segment(text, rules.alphabets);
  if (cut) {
    looked.encoding = pdu::name(cut->encoding);
    looked.segments = static_cast<int>(cut->segments.size());
    looked.units_used = cut->units_used;
    looked.units_left = cut->units_left;
  }
  if (!cut || looked.segments > rules.most_segments) looked.verdict = Verdict::too_long;
  return looked;
}

std::vector<Flag> flags_of(const Looked& looked, const std::string& text, const Rules& rules) {
  std::vector<Flag> flags;
  if (is_fixed(looked)) flags.push_back(Flag::number_not_mobile);
  if (holds_word(text, rules.confidential_words)) flags.push_back(Flag::confidential_word);
  return flags;
}

base::Time expiry_of(const Timing& timing, const std::optional<base::Time>& appointment_at, const Rules& rules) {
  if (timing.expires_at) return *timing.expires_at;
  if (appointment_at) return *appointment_at - rules.appointment_margin;
  return std::max(timing.now, timing.send_after.value_or(timing.now)) + rules.expiry;
}

base::Time row_expiry_of(const Timing& timing, const std::optional<base::Time>& appointment_at, const Rules& rules) {
  const base::Time expiry = expiry_of(timing, appointment_at, rules);
  return appointment_at ? std::min(expiry, *appointment_at - rules.appointment_margin) : expiry;
}

std::vector<Judged> preview(const Request& request, const Rules& rules) {
  std::vector<Judged> rows;
  rows.reserve(request.recipients.size());
  Seen seen;
  Turn turn(request.timing);
  for (const Recipient& recipient : request.recipients) {
    Judged judged = judge(recipient, request, rules);
    judged.row = static_cast<int>(rows.size()) + 1;
    compare(judged, recipient, seen);
    judged.selected = selected_by_default(judged);
    if (judged.verdict == Verdict::ok && turn.comes_too_late(judged)) judged.flags.push_back(Flag::would_expire);
    if (holds_word(judged.text, rules.confidential_words)) judged.flags.push_back(Flag::confidential_word);
    rows.push_back(std::move(judged));
  }
  return rows;
}

Judged with_known(Judged judged, const Known& known) {
  const bool open = judged.verdict == Verdict::ok;
  if (open && known.opted_out) judged.verdict = Verdict::opted_out;
  if (known.accepted && judged.verdict != Verdict::excluded) judged.verdict = Verdict::already_accepted;
  judged.earlier_item = known.earlier_item;
  if (open && !known.accepted && known.earlier_item) judged.flags.push_back(Flag::recently_sent);
  judged.selected = selected_by_default(judged);
  return judged;
}

}  // namespace burstd::burst
