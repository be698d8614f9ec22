#include "store/words.hpp"

#include <stdexcept>

namespace burstd::store {

message::State state_of(const std::string& word) {
  const auto state = message::state_from(word);
  if (!state) throw std::runtime_error("The record holds a state that this burstd does not know. Verify the record.");
  return *state;
}

message::Status status_of(const std::string& word) {
  const auto status = message::status_from(word);
  if (!status) throw std::runtime_error("The record holds a status that this burstd does not know. Verify the record.");
  return *status;
}

message::Priority priority_of(const std::string& word) {
  return word == "urgent" ? message::Priority::urgent : message::Priority::normal;
}

}  // namespace burstd::store
