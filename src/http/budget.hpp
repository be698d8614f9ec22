// A bounded quantity that sessions take shares of: connections, streams, octets of bodies in flight. It never
// waits; who gets nothing refuses its client.
#pragma once

#include <cstddef>

namespace burstd::http {

class Budget {
 public:
  explicit Budget(std::size_t most) : x_most(most) {}
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  std::size_t used() const { return x_used; }

  // One holder's part; it goes back when the Share dies.
  class Share {
   public:
    explicit Share(Budget& budget) : x_budget(budget) {}
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() { x_budget.x_used -= x_size; }

    // Makes the share this large. False, and as it was, when that much is not free; shrinking always succeeds.
    bool resize(std::size_t size) {
      const std::size_t others = x_budget.x_used - x_size;
      if (size > x_size && (size > x_budget.x_most || others > x_budget.x_most - size)) return false;
      x_budget.x_used = others + size;
      x_size = size;
      return true;
    }

    std::size_t size() const { return x_size; }

   private:
    Budget& x_budget;
    std::size_t x_size = 0;
  };

 private:
  std::size_t x_most;
  std::size_t x_used = 0;
};

}  // namespace burstd::http
