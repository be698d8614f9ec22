#include "app/memory.hpp"

#include <malloc.h>

#include <cstddef>

namespace burstd::app {

namespace {

constexpr std::size_t worth_it = 1U << 20U;  // octets

// One for each thread would keep what each once had; with one for all, the loop and the readers wait for one another at
// every request, and half as many are answered.
constexpr int heaps = 3;

constexpr int large_block = 128 << 10;  // octets; glibc would raise the limit to what it has seen

}  // namespace

void keep_memory_together() {
  ::mallopt(M_ARENA_MAX, heaps);
  ::mallopt(M_MMAP_THRESHOLD, large_block);
}

void give_back_memory() {
  if (::mallinfo2().fordblks >= worth_it) ::malloc_trim(0);
}

}  // namespace burstd::app
