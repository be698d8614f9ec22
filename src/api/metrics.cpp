#include "api/metrics.hpp"

#include <algorithm>

#include "api/endpoints.hpp"
#include "api/exposition.hpp"
#include "api/process_figures.hpp"

namespace burstd::api {

namespace {

using Seconds = std::chrono::duration<double>;

double seconds(base::Time time) { return Seconds(time.time_since_epoch()).count(); }

double age(const std::optional<base::Time>& since, base::Time now) {
  return since ? std::max(Seconds(now - *since).count(), 0.0) : 0.0;
}

double number(std::int64_t count) { return static_cast<double>(count); }

void put_gateway(Exposition& page, const clinic::Figures& figures, const Surroundings& surroundings) {
  page.gauge("burstd_build_info", "The version of the gateway; always 1.");
  page.add(1, {{"version", BURSTD_VERSION}});
  page.gauge("burstd_sending", "Whether something is on the air, or waits for its minute or hour.");
  page.add(figures.activity.sending ? 1 : 0);
  page.gauge("burstd_clock_suspect", "Whether the time of the machine is not believed.");
  page.add(figures.activity.clock.empty() ? 0 : 1);
  page.gauge("burstd_held_back", "Whether nothing is sent because of it, whatever waits.");
  page.add(figures.restored ? 1 : 0, {{"by", "restored"}});
  page.add(figures.room == store::Room::full ? 1 : 0, {{"by", "disk"}});
  page.add(figures.clock_doubted ? 1 : 0, {{"by", "clock"}});
  page.add(figures.activity.used_up ? 1 : 0, {{"by", "quota"}});
  page.gauge("burstd_refusing_for_disk", "Whether new messages are refused because the record's disk is nearly full.");
  page.add(figures.room == store::Room::ample ? 0 : 1);
  page.gauge("burstd_event_watchers", "Clients that watch the events.");
  page.add(number(static_cast<std::int64_t>(surroundings.watchers)));
  const ProcessFigures process = process_figures();
  page.gauge("process_start_time_seconds", "When the process began, in seconds since 1970.");
  page.add(seconds(surroundings.started));
  page.gauge("process_resident_memory_bytes", "Memory that the process has.");
  page.add(number(process.resident.value_or(0)));
  page.gauge("process_open_fds", "Descriptors that the process has open.");
  page.add(number(process.descriptors.value_or(0)));
}

void put_queue(Exposition& page, const clinic::Figures& figures) {
  const store::Census& census = figures.census;
  page.gauge("burstd_messages", "Messages that are under way, by state.");
  for (const store::Count& count : census.messages) page.add(number(count.number), {{"state", count.word}});
  page.gauge("burstd_oldest_pending_age_seconds",
             "Since when the oldest message that is not final was accepted; 0: none.");
  page.add(age(census.oldest_pending_at, figures.at));
  page.gauge("burstd_oldest_due_age_seconds",
             "How long the longest has waited that could go by its time and the hours of sending; 0: none.");
  page.add(age(figures.activity.due_since, figures.at));
  page.gauge("burstd_replies_unacknowledged", "Replies of patients that nobody has acknowledged.");
  page.add(number(census.unacknowledged));
  page.gauge("burstd_oldest_unacknowledged_age_seconds", "How long the oldest of these has waited; 0: none.");
  page.add(age(census.oldest_unacknowledged, figures.at));
}

std::int64_t happened(const store::Tally& tally, const std::string& event) {
  const auto found = tally.changes.find({"item", event});
  return found == tally.changes.end() ? 0 : found->second;
}

std::string word(message::Event event) { return std::string(message::to_string(event)); }

// Every one is there from the start: a rate over what appears later is wrong.
void put_messages(Exposition& page, const store::Tally& tally) {
  using message::Event;
  page.counter("burstd_messages_total", "Messages that came into a state; those accepted come into queued first.");
  for (const message::State state : message::all_states) {
    const std::string name(message::to_string(state));
    const auto found = tally.messages.find(name);
    page.add(number(found == tally.messages.end() ? 0 : found->second), {{"state", name}});
  }
  page.counter("burstd_attempts_total", "Parts of messages that were handed to a modem.");
  page.add(number(happened(tally, word(Event::dispatched))));
  page.counter("burstd_attempt_results_total", "What became of them, by result.");
  for (const Event event :
       {Event::accepted, Event::refused_for_now, Event::refused_for_good, Event::lost, Event::not_sent})
    page.add(number(happened(tally, word(event))), {{"result", word(event)}});
}

void put_answers(Exposition& page, const store::Tally& tally) {
  using message::Event;
  page.counter("burstd_delivery_reports_total", "Delivery reports that came, whether they belong to a message or not.");
  page.add(number(tally.reports));
  page.counter("burstd_delivery_reports_applied_total",
               "Delivery reports that changed a part of a message, by what they say.");
  for (const Event event :
       {Event::report_delivered, Event::report_unconfirmed, Event::report_trying, Event::report_failed})
    page.add(number(happened(tally, word(event))), {{"outcome", word(event)}});
  page.counter("burstd_replies_total", "Messages of patients, by class.");
  for (const std::string name : {"confirm", "decline", "stop", "start", "other"}) {
    const auto found = tally.replies.find(name);
    page.add(number(found == tally.replies.end() ? 0 : found->second), {{"class", name}});
  }
}

void put_record(Exposition& page, const clinic::Figures& figures) {
  page.summary("burstd_record_commit_seconds", "How long the disk took for the commits of the record.");
  page.add_sum(Seconds(figures.commits.spent).count(), figures.commits.number);
  page.gauge("burstd_record_last_change", "The number of the newest change in the record.");
  page.add(number(figures.head));
  page.gauge("burstd_record_damaged", "Whether something was found wrong with the record since the process began.");
  page.add(figures.activity.record.empty() ? 0 : 1);
  if (!figures.space) return;
  page.gauge("burstd_record_size_bytes", "What the record takes of its disk.");
  page.add(static_cast<double>(figures.space->record));
  page.gauge("burstd_record_disk_free_bytes", "What is left on this disk.");
  page.add(static_cast<double>(figures.space->free));
  page.gauge("burstd_record_disk_size_bytes", "The whole disk.");
  page.add(static_cast<double>(figures.space->disk));
}

void put_traffic(Exposition& page, const Traffic& traffic) {
  page.counter("burstd_http_requests_total", "Requests that were answered, by route and status.");
  for (const auto& [kind, count] : traffic.counts()) {
    const auto& [method, pattern, status] = kind;
    page.add(number(count), {{"method", std::string(method.empty() ? "other" : method)},
                             {"route", std::string(pattern.empty() ? "other" : pattern)},
                             {"code", std::to_string(status)}});
  }
}

}  // namespace

std::string metrics(const clinic::Figures& figures, const Surroundings& surroundings) {
  Exposition page;
  put_gateway(page, figures, surroundings);
  put_queue(page, figures);
  put_messages(page, figures.tally);
  put_answers(page, figures.tally);
  put_record(page, figures);
  put_modems(page, figures.modems);
  put_traffic(page, surroundings.traffic);
  return page.take();
}

Answer get_metrics(Desk& desk, const Call&) {
  const clinic::Figures figures = co_await clinic::figures_of(desk.gateway, desk.modems);
  http::Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = metrics(figures, {desk.premises.started, desk.premises.traffic, desk.feed.watchers()});
  co_return response;
}

}  // namespace burstd::api
