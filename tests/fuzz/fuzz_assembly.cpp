// Fuzzes the reassembly of long replies: any parts in any order give UTF-8, the same for every order of distinct parts,
// and whole parts never show a gap.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/utf8.hpp"
#include "message/assembly.hpp"

namespace {

using burstd::message::Fragment;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace burstd;
  std::vector<Fragment> fragments;
  for (std::size_t at = 0; at + 3 <= size;) {  // part, encoding, length, payload
    Fragment made;
    made.part = data[at] % 8 + 1;
    made.data.encoding = pdu::Encoding{static_cast<std::uint8_t>(data[at + 1] % 3)};
    const std::size_t length = std::min<std::size_t>(data[at + 2] % 140, size - at - 3);
    made.data.payload.assign(data + at + 3, data + at + 3 + length);
    at += 3 + length;
    if (message::place_of(made, fragments) == message::Place::fresh) fragments.push_back(std::move(made));
  }
  const auto text = message::assembled(fragments, 8);
  require(base::is_utf8(text));
  std::ranges::reverse(fragments);
  require(message::assembled(fragments, 8) == text);
  require(message::is_complete(fragments, 8) == (fragments.size() == 8));
  return 0;
}
