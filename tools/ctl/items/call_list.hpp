// Whom somebody should call, as a table: when, who, the number, why, and what others have noted. burstctl items
// --call-list shows it, and the slip at the end of a burst; changes nothing.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "ctl/items/item_commands.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// `items` in the order of the gateway's list.
void print_calls(const Session& session, const boost::json::array& items);

// The whole list, or what the wishes leave of it.
Exit list_calls(const Session& session, const Items& wanted, Query query);

// A burst in short, once it has been sent: how many were reached, how many are waited for, and whom to call.
Or<bool> print_slip(const Session& session, const boost::json::object& batch);

}  // namespace burstd::ctl
