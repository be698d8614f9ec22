#include "app/memory.hpp"

#include <malloc.h>

namespace burstd::app {

namespace {

constexpr std::size_t worth_it = 4U << 20U;  // octets

}  // namespace

void give_back_memory() {
  if (::mallinfo2().fordblks >= worth_it) ::malloc_trim(0);
}

}  // namespace burstd::app
