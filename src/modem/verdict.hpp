// What the end of a +CMGS means for the message: the one place where "nothing left", "it left" and "nobody knows"
// are told apart. Pure; used by Terminal and Courier.
#pragma once

#include <vector>

#include "at/dialogue.hpp"
#include "base/time.hpp"
#include "modem/driver.hpp"
#include "modem/link.hpp"

namespace burstd::modem {

// `codes` are the driver's: what it says of an error goes before the tables of at/. `after`: how long after Ctrl-Z the
// end came, where it is known; an error without a reason that comes at once was not on the air.
Verdict verdict_of(const at::Reply& reply, const std::vector<Code>& codes = {},
                   std::optional<base::Milliseconds> after = std::nullopt);

// What the driver says of an error; nothing: the tables of at/ hold.
const Code* own_code(const at::Failure& failure, const std::vector<Code>& codes);

// Whether the modem is surely back at its command line after such an end; if not, the port is opened anew.
bool leaves_order(const at::Reply& reply);

// The verdict of an earlier submission; nothing for other events.
std::optional<Verdict> verdict_of(const at::Event& event, const std::vector<Code>& codes = {});

}  // namespace burstd::modem
