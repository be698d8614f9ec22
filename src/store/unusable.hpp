// The record cannot be used, and trying again would not help: it is damaged, missing, of a newer release, or not ours.
// A person has to act; the process ends with a status that systemd does not answer with a restart. RecordFile throws
// it.
#pragma once

#include <stdexcept>

namespace burstd::store {

class Unusable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace burstd::store
