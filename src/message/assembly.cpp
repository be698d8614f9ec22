#include "message/assembly.hpp"

#include <algorithm>

namespace burstd::message {

namespace {

const std::string gap = "[…]";

bool is_text(const pdu::UserData& data) { return data.encoding != pdu::Encoding::octets; }

bool goes_on(const Fragment& before, const Fragment& next) {
  const auto one = pdu::alphabet(before.data.header), other = pdu::alphabet(next.data.header);
  return next.part == before.part + 1 && next.data.encoding == before.data.encoding && one.locking == other.locking &&
         one.single == other.single;
}

// The parts from `first` on that read as one piece.
std::size_t end_of_piece(const std::vector<Fragment>& sorted, std::size_t first) {
  std::size_t end = first + 1;
  while (end < sorted.size() && goes_on(sorted[end - 1], sorted[end])) ++end;
  return end;
}

std::string read(const std::vector<Fragment>& sorted, std::size_t first, std::size_t end) {
  base::Octets payload;
  for (std::size_t at = first; at < end; ++at) {
    const auto& part = sorted[at].data.payload;
    payload.insert(payload.end(), part.begin(), part.end());
  }
  const pdu::UserData& data = sorted[first].data;
  if (!is_text(data)) return "[" + std::to_string(payload.size()) + " octets of data]";
  return pdu::text_of(data.encoding, payload, pdu::alphabet(data.header));
}

}  // namespace

Place place_of(const Fragment& fragment, const std::vector<Fragment>& present) {
  const auto there = std::ranges::find(present, fragment.part, &Fragment::part);
  if (there == present.end()) return Place::fresh;
  const bool same = there->data.encoding == fragment.data.encoding && there->data.payload == fragment.data.payload;
  return same ? Place::duplicate : Place::another;
}

bool is_complete(const std::vector<Fragment>& fragments, int total) {
  for (int part = 1; part <= total; ++part) {
    if (std::ranges::find(fragments, part, &Fragment::part) == fragments.end()) return false;
  }
  return true;
}

std::string assembled(std::vector<Fragment> fragments, int total) {
  std::ranges::stable_sort(fragments, {}, &Fragment::part);
  const auto same_place = [](const Fragment& one, const Fragment& other) { return one.part == other.part; };
  fragments.erase(std::unique(fragments.begin(), fragments.end(), same_place), fragments.end());
  std::string text;
  int next = 1;
  for (std::size_t at = 0; at < fragments.size();) {
    if (fragments[at].part > next) text += gap;
    const std::size_t end = end_of_piece(fragments, at);
    text += read(fragments, at, end);
    next = fragments[end - 1].part + 1;
    at = end;
  }
  return next <= total ? text + gap : text;
}

}  // namespace burstd::message
