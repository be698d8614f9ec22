// A message that waits, as the plan knows it. Made from the record's values by the one function here, whether the
// message was just accepted, comes back from the air or is found at the start. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "message/message.hpp"
#include "message/pace.hpp"

namespace burstd::message {

struct Job {
  Key message = 0;
  std::int64_t burst = 0;  // 0: a single message
  Priority priority = Priority::normal;
  base::Time ready_at;     // send_after, or the time of the next try
  bool appointed = false;  // ready_at is what the client wants, and not what our clock said
  base::Time expires_at;
  std::optional<std::string> sim;        // once something left, the rest stays here
  std::optional<std::string> avoid;      // the SIM that refused last; taken when no other is there or takes it
  std::optional<std::string> preferred;  // the one that the recipient knows from the last message …
  base::Time prefer_until;               // … is waited for until then
  std::string number;                    // only where it was just made from a message; the plan does not keep it
  bool refused = false;                  // tried before, and not taken or not delivered
  int put_off = 0;                       // so many times, for the sake of what goes before it
  int route = 0;                         // among the configured ones, from 1; 0: any SIM may take it
  std::string category;
  int segments = 1;  // that are still to go
  Recipient recipient = 0;
};

// Not before the next try.
void wait_for_try(Job& job, std::optional<base::Time> next);

// True when nothing of the part is on the air and it is to be sent.
bool waits(const Part& part);

// Of a message that was just accepted.
Job job_of(const Message& message);

// What is left to send; nothing where no part waits, or where one on the air, in doubt or failed stands in the way.
std::optional<Job> remaining_job(const Message& message, const Progress& progress, const std::vector<Part>& parts);

}  // namespace burstd::message
