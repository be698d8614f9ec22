#include "sim/memory.hpp"

#include <utility>

namespace burstd::sim {

std::optional<int> Memory::store(Slot slot) {
  for (int index = x_first; index < x_first + x_capacity; ++index) {
    if (x_slots.try_emplace(index, slot).second) return index;
  }
  return std::nullopt;
}

Slot* Memory::find(int index) {
  const auto found = x_slots.find(index);
  return found == x_slots.end() ? nullptr : &found->second;
}

}  // namespace burstd::sim
