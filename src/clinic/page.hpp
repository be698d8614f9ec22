// One page of a list, as all lists of the clinic give it: what is on it, whether there are more, and the newest change
// of the record it was read from. api renders it; which entries come, and in what order, each list says itself.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace burstd::clinic {

template <class Row>
struct Page {
  std::vector<Row> items;
  bool more = false;
  std::int64_t last_seq = 0;
};

// Of entries that were read to one beyond the limit, where there are so many.
template <class Row>
Page<Row> page_of(std::vector<Row> items, std::size_t limit, std::int64_t last_seq) {
  const bool more = items.size() > limit;
  if (more) items.pop_back();
  return Page<Row>{std::move(items), more, last_seq};
}

}  // namespace burstd::clinic
