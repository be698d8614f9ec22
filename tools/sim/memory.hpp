// Where a modem keeps messages and reports: "SM", "ME" and "SR", slots counted from 1, or from 0 on some modems
// (27.005, 3.2.2). Routing fills it, the message commands read and erase it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sim/report.hpp"

namespace burstd::sim {

struct Slot {
  Line line;
  std::optional<Report> report;  // what was stored, where it is a report
  bool read = false;
};

class Memory {
 public:
  explicit Memory(int capacity = 50, int first = 1) : x_capacity(capacity), x_first(first) {}

  // The slot it went to; nothing when the memory is full.
  std::optional<int> store(Slot slot);
  Slot* find(int index);
  bool erase(int index) { return x_slots.erase(index) == 1; }

  std::map<int, Slot>& slots() { return x_slots; }
  int used() const { return static_cast<int>(x_slots.size()); }
  int capacity() const { return x_capacity; }
  bool full() const { return used() >= x_capacity; }

 private:
  int x_capacity;
  int x_first;
  std::map<int, Slot> x_slots;
};

}  // namespace burstd::sim
