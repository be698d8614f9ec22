#include "clinic/hand.hpp"

namespace burstd::clinic {

std::string who(const Hand& hand) { return hand.user ? *hand.user + " of " + hand.client : hand.client; }

}  // namespace burstd::clinic
