#include "sim/network.hpp"

#include <utility>

namespace burstd::sim {

boost::json::object fields_of(const Submission& submission) {
  const Submit& submit = submission.submit;
  boost::json::object fields;
  fields["to"] = submit.to;
  fields["text"] = submit.text;
  fields["encoding"] = submit.encoding;
  fields["mr"] = submission.mr;
  fields["srr"] = submit.report;
  fields["validity"] = nullptr;
  if (submit.validity) fields["validity"] = *submit.validity;
  fields["concat"] = nullptr;
  if (submit.concat) {
    boost::json::object concat;
    concat["reference"] = submit.concat->reference;
    concat["total"] = submit.concat->total;
    concat["part"] = submit.concat->part;
    fields["concat"] = std::move(concat);
  }
  fields["pdu"] = submission.pdu;
  return fields;
}

namespace {

// "+41791234567" is "0791234567" at home, in reports of networks that write it so.
std::string as_reported(const std::string& number, const std::string& country) {
  const std::string prefix = "+" + country;
  if (country.empty() || !number.starts_with(prefix)) return number;
  return "0" + number.substr(prefix.size());
}

}  // namespace

struct Network::Sent {
  std::string smsc;
  std::string to;
  int mr;
  std::uint64_t serial;
  base::Time accepted;
  std::deque<int> statuses;  // of the reports still to come
  int slowness;
  Deliver deliver;
};

Network::Network(const Options& options, Agenda& agenda, Journal& journal)
    : air(options.air),
      report_delay(options.report),
      x_options(options),
      x_agenda(agenda),
      x_journal(journal),
      x_random(options.seed) {
  if (options.numbers) x_rules.know_numbers();
}

std::function<void()> Network::take(const Identity& from, const Submission& submission, Deliver deliver) {
  auto fields = fields_of(submission);
  fields["serial"] = ++x_serial;
  x_journal.write(from, "network", fields);
  if (!submission.submit.report) return {};
  const auto statuses = x_rules.statuses(submission.submit.to);
  Sent sent{from.smsc,
            submission.submit.to,
            submission.mr,
            x_serial,
            x_agenda.now().wall,
            std::deque<int>(statuses.begin(), statuses.end()),
            x_rules.slowness(submission.submit.to),
            std::move(deliver)};
  const bool early = x_options.early != Early::none && !x_holding && !sent.statuses.empty();
  if (early) return [this, sent = std::move(sent)] { report(sent); };
  plan_report(std::move(sent));
  return {};
}

void Network::plan_report(Sent sent) {
  if (sent.statuses.empty()) return;
  const base::Milliseconds span = sent.slowness * delay();
  x_agenda.after(span, [this, sent = std::move(sent)] {
    if (!x_holding) return report(sent);
    x_held.push_back([this, sent] { report(sent); });
  });
}

void Network::report(Sent sent) {
  const int status = sent.statuses.front();
  sent.statuses.pop_front();
  const ReportFacts facts{sent.smsc,          as_reported(sent.to, x_options.national), sent.mr, status, sent.accepted,
                          x_agenda.now().wall};
  const auto line = write_report(facts);
  // A recipient that was read from a SUBMIT can always be written again.
  if (line) sent.deliver(Report{sent.to, sent.mr, status, sent.serial, *line});
  plan_report(std::move(sent));
}

void Network::release() {
  x_holding = false;
  for (auto held = std::exchange(x_held, {}); !held.empty(); held.pop_front()) held.front()();
}

base::Milliseconds Network::delay() {
  const auto span = static_cast<std::uint64_t>(x_options.jitter.count());
  const auto more = span == 0 ? 0 : x_random() % (span + 1);
  return report_delay + base::Milliseconds{static_cast<std::int64_t>(more)};
}

}  // namespace burstd::sim
