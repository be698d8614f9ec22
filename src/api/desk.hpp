// What the endpoints work with: the clinic's duties over one gateway, and the call in hand. Api owns the one Desk;
// it decides nothing itself.
#pragma once

#include <string>
#include <vector>

#include "api/feed.hpp"
#include "api/peers.hpp"
#include "async/aside.hpp"
#include "clinic/audit.hpp"
#include "clinic/bursts.hpp"
#include "clinic/events.hpp"
#include "clinic/groups.hpp"
#include "clinic/inbox.hpp"
#include "clinic/items.hpp"
#include "clinic/messages.hpp"
#include "clinic/modems.hpp"
#include "clinic/opt_outs.hpp"
#include "clinic/template_shelf.hpp"
#include "gateway/gateway.hpp"
#include "http/message.hpp"

namespace burstd::api {

struct Desk {
  Desk(const clinic::Options& given, gateway::Gateway& sender)
      : options(given),
        gateway(sender),
        items(options, sender),
        inbox(sender),
        opt_outs(options, sender),
        messages(options, sender),
        modems(sender),
        fixed_templates(options),
        templates(options, fixed_templates, sender),
        groups(sender),
        audit(sender),
        bursts(options, fixed_templates, sender),
        events(bursts, sender),
        feed(events, sender, aside) {}
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  const std::string& epoch() { return gateway.writer().epoch(); }

  clinic::Options options;
  gateway::Gateway& gateway;
  clinic::Items items;
  clinic::Inbox inbox;
  clinic::OptOuts opt_outs;
  clinic::Messages messages;
  clinic::Modems modems;
  clinic::Templates fixed_templates;
  clinic::TemplateShelf templates;
  clinic::Groups groups;
  clinic::Audit audit;
  clinic::Bursts bursts;
  clinic::Events events;
  async::Aside aside;
  Feed feed;
};

struct Call {
  const http::Request& request;
  Caller caller;
  std::vector<std::string> arguments;  // what stands for the {…} of the route's pattern, in order
  std::string route;                   // "GET /v1/messages/{id}"

  clinic::Origin origin() const { return clinic::Origin{request.peer.uid, route}; }
  clinic::Hand hand(std::optional<std::string> user) const {
    return clinic::Hand{caller.name, std::move(user), origin()};
  }
};

}  // namespace burstd::api
