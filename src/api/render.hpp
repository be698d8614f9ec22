// Values of the gateway as the JSON that clients read. The one place where a clinical item, a message, a burst or a
// modem gets its members' names; endpoints and event streams all use it.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "clinic/audit.hpp"
#include "clinic/bursts.hpp"
#include "clinic/events.hpp"
#include "clinic/groups.hpp"
#include "clinic/inbox.hpp"
#include "clinic/items.hpp"
#include "clinic/modems.hpp"
#include "clinic/templates.hpp"
#include "gateway/gateway.hpp"

namespace burstd::api {

boost::json::object render(const clinic::Item& item);
boost::json::object render(const store::Restoration& restoration);
boost::json::object render(const clinic::Detail& detail);
boost::json::object render(const clinic::Burst& burst);
boost::json::object render(const store::BatchLine& row);
boost::json::object render(const clinic::Sent& sent);
boost::json::object render(const store::Reply& reply);
boost::json::object render(const store::OptOut& row);
boost::json::object render(const clinic::Event& event);  // what it is about, as it now is
boost::json::object render(const clinic::NamedTemplate& named);
boost::json::object render(const store::Group& group);
boost::json::array render(const std::vector<burst::Flag>& flags);
boost::json::object render(const clinic::KeptModem& kept);
boost::json::value render(const std::optional<gateway::Left>& left);
boost::json::object render(const modem::Stranger& stranger);
boost::json::object render(const store::AuditRow& row);

}  // namespace burstd::api
