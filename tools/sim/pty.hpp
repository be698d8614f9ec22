// A pseudo-terminal pair and the link that names it. The slave is held open by us as well: so its raw mode
// stays, the master never sees EIO while nobody has it open, and a TIOCEXCL of a former opener can be lifted
// (it outlives the opener, and only a descriptor of the slave can lift it). openings.hpp counts the others.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace burstd::sim {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : x_number(number) {}
  Descriptor(Descriptor&& other) noexcept : x_number(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  int get() const { return x_number; }
  int release() { return std::exchange(x_number, -1); }

 private:
  int x_number = -1;
};

struct Pty {
  Descriptor master;  // non-blocking
  Descriptor slave;
  std::string path;  // "/dev/pts/4"
};

base::Result<Pty> open_pty(std::uint32_t mode);

// After the last other opener has gone: raw again, not exclusive, and nothing left for the next one to read.
void refresh(const Pty& pty);

// Another process takes the pty (as libraries for ports and careful daemons do: TIOCEXCL and flock), or leaves it.
// False when somebody has taken it already.
bool take(const Pty& pty);
void leave(const Pty& pty);

// Replaces a link that is there; refuses to replace anything else.
base::Result<void> make_link(const std::string& link, const std::string& target);
void remove_link(const std::string& link);

}  // namespace burstd::sim
