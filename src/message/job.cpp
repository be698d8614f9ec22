#include "message/job.hpp"

#include <algorithm>

namespace burstd::message {

namespace {

bool stands_in_the_way(const Part& part) {
  return part.standing.state == State::sending || part.standing.state == State::uncertain ||
         part.standing.state == State::failed;
}

}  // namespace

bool waits(const Part& part) { return part.standing.state == State::queued || part.standing.state == State::retrying; }

void wait_for_try(Job& job, std::optional<base::Time> next) {
  if (!next || *next <= job.ready_at) return;
  job.ready_at = *next;
  job.appointed = false;
}

Job job_of(const Message& message) {
  Job job;
  job.message = message.key;
  job.burst = message.batch.value_or(0);
  job.priority = message.priority;
  job.ready_at = message.send_after.value_or(message.created_at);
  job.appointed = message.send_after.has_value();
  job.expires_at = message.expires_at;
  job.category = message.category;
  job.segments = message.segments;
  job.recipient = recipient_of(message.number);
  job.number = message.number;
  return job;
}

std::optional<Job> remaining_job(const Message& message, const Progress& progress, const std::vector<Part>& parts) {
  if (std::ranges::any_of(parts, stands_in_the_way) || std::ranges::none_of(parts, waits)) return std::nullopt;
  Job job = job_of(message);
  job.sim = progress.sim;
  job.segments = static_cast<int>(std::ranges::count_if(parts, waits));
  for (const Part& part : parts) {
    if (!waits(part)) continue;
    wait_for_try(job, part.next_attempt_at);
    if (part.standing.state == State::retrying && !job.sim) job.avoid = part.sim;
    job.refused = job.refused || part.tries > 0 || part.last_status;
  }
  return job;
}

}  // namespace burstd::message
