// The condition of the gateway in a few words: whether it sends, and what waits. Used by `burstctl status` and by the
// live screen; asks nobody.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "base/time.hpp"
#include "ctl/words/table.hpp"

namespace burstd::ctl {

// "sending", "ready, nothing to send", "NOT SENDING: No modem is ready. …". `status`: what GET /v1/status says.
Cell activity_of(const boost::json::object& status, base::Time now);

// "Queue: 14 waiting, 2 on the air. The oldest without a final word: since today 14:03 (5 min)." `queue`: a member of
// it.
std::string queue_in_words(const boost::json::object& queue, base::Time now);

// The sentence about the clock; empty when it is believed.
std::string clock_in_words(const boost::json::object& status);

}  // namespace burstd::ctl
