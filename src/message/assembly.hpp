// A reply of several parts put together again, in whatever order they came (23.040, 9.2.3.24.1). Parts may come twice,
// and a phone reuses its references: a part whose place holds other words begins another message. Pure; the gateway's
// receiver keeps the parts and asks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pdu/user_data.hpp"

namespace burstd::message {

struct Fragment {
  int part = 1;  // from 1
  pdu::UserData data;
};

enum class Place : std::uint8_t {
  fresh,      // a part that was missing
  duplicate,  // the same words at the same place
  another,    // its place is taken: it belongs to a later message
};

Place place_of(const Fragment& fragment, const std::vector<Fragment>& present);

bool is_complete(const std::vector<Fragment>& fragments, int total);

// The text of what is there. Payloads are joined before they are read, since senders cut through characters; a gap is
// shown as […], and data that is no text by its size.
std::string assembled(std::vector<Fragment> fragments, int total);

}  // namespace burstd::message
