#include "clinic/judging.hpp"

#include "store/messages.hpp"
#include "store/opt_outs.hpp"

namespace burstd::clinic {

namespace {

constexpr std::chrono::hours recent{24};

burst::Known known_of(const store::Connection& connection, const Judging& judging, const burst::Judged& row) {
  burst::Known known;
  const burst::Recipient& recipient = judging.recipients.at(static_cast<std::size_t>(row.row) - 1);
  if (recipient.client_ref) {
    const auto claimed = store::find_message_ref(connection, judging.batch.client, *recipient.client_ref);
    known.accepted = claimed.has_value();
    if (const auto record = claimed ? store::find_message(connection, claimed->key) : std::nullopt) {
      known.earlier_item = record->message.id;
    }
  }
  if (known.accepted || row.verdict != burst::Verdict::ok) return known;
  known.opted_out = store::is_opted_out(connection, row.looked.number);
  if (known.opted_out) return known;
  store::Likeness likeness;
  likeness.number = row.looked.number;
  likeness.text = row.text;
  likeness.patient = recipient.patient;
  likeness.appointment_at = recipient.appointment_at;
  likeness.since = judging.timing.now - recent;
  known.earlier_item = store::find_alike(connection, likeness);
  return known;
}

store::BatchLine line_of(const burst::Recipient& recipient, burst::Judged judged) {
  store::BatchLine line;
  line.row = judged.row;
  line.patient = recipient.patient;
  line.patient_name = recipient.patient_name;
  line.client_ref = recipient.client_ref;
  line.exclude = recipient.exclude;
  line.typed = recipient.to;
  line.number = judged.looked.number;
  line.text = std::move(judged.text);
  line.encoding = judged.looked.encoding;
  line.segments = judged.looked.segments;
  line.appointment_at = recipient.appointment_at;
  line.verdict = burst::to_string(judged.verdict);
  line.missing = std::move(judged.missing);
  for (const burst::Flag flag : judged.flags) line.flags.emplace_back(burst::to_string(flag));
  line.selected = judged.selected;
  line.earlier_item = std::move(judged.earlier_item);
  return line;
}

}  // namespace

std::vector<store::BatchLine> judge(const store::Connection& connection, const Judging& judging,
                                    const burst::Rules& rules) {
  std::vector<store::BatchLine> lines;
  lines.reserve(judging.recipients.size());
  const burst::Request request{judging.recipients, judging.text, judging.timing};
  for (burst::Judged& row : burst::preview(request, rules)) {
    const auto known = known_of(connection, judging, row);
    const burst::Recipient& recipient = judging.recipients.at(lines.size());
    lines.push_back(line_of(recipient, burst::with_known(std::move(row), known)));
  }
  return lines;
}

}  // namespace burstd::clinic
