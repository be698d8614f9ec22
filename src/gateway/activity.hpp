// Why nothing is on the air, or nothing at all: what the status page says first. A value, made on the loop of how the
// modems and the plan stand.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gateway/dispatcher.hpp"
#include "modem/status.hpp"
#include "store/disk.hpp"
#include "store/restoration.hpp"

namespace burstd::gateway {

struct Activity {
  bool sending = false;  // something is on the air now, or the next waits for its minute or hour
  std::string reason;    // a sentence, empty while something is on the air or when the queue is empty
  std::size_t ready_modems = 0;
  std::size_t modems = 0;
  std::size_t waiting = 0;              // messages in the plan
  std::optional<base::Time> due_since;  // of the one that could go longest by its time and its hours
  bool used_up = false;                 // every SIM that is ready, its day, month or recipients: whatever waits
  std::string clock;                    // a sentence where the machine's clock has jumped
  std::string record;                   // a sentence where something was found wrong with the record
  std::string disk;                     // a sentence where the record's disk has little room
};

// Why a restored record sends nothing, and what to do.
std::string sentence_of(const store::Restoration& restoration);

// What keeps everything back, whatever waits.
struct Hindrances {
  const std::optional<store::Restoration>& restoration;
  const store::Disk& disk;
};

Activity activity_of(Dispatcher& dispatcher, const std::vector<modem::Status>& modems, const Hindrances& hindrances);

}  // namespace burstd::gateway
