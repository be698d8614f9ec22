// What the endpoints work with: the clinic's duties over one gateway, by one reading of the configuration, and the call
// in hand. Api owns a Desk for each reading, and the Premises that they share; neither decides anything itself.
#pragma once

#include <string>
#include <vector>

#include "api/feed.hpp"
#include "api/peers.hpp"
#include "api/reloading.hpp"
#include "api/traffic.hpp"
#include "async/aside.hpp"
#include "clinic/audit.hpp"
#include "clinic/bursts.hpp"
#include "clinic/events.hpp"
#include "clinic/groups.hpp"
#include "clinic/inbox.hpp"
#include "clinic/items.hpp"
#include "clinic/keeping.hpp"
#include "clinic/messages.hpp"
#include "clinic/modems.hpp"
#include "clinic/opt_outs.hpp"
#include "clinic/template_shelf.hpp"
#include "clinic/watchman.hpp"
#include "gateway/gateway.hpp"
#include "http/message.hpp"

namespace burstd::api {

// What stays when the configuration is read anew.
struct Premises {
  explicit Premises(gateway::Gateway& sender)
      : gateway(sender), modems(sender), audit(sender), feed(sender, aside), watchman(sender) {}
  Premises(const Premises&) = delete;
  Premises& operator=(const Premises&) = delete;

  gateway::Gateway& gateway;
  clinic::Modems modems;
  clinic::Audit audit;
  async::Aside aside;
  Feed feed;
  clinic::Watchman watchman;
  Traffic traffic;
  base::Time started = async::now().wall;
  Reloading reloading;  // empty: nobody reads it anew
};

struct Desk {
  Desk(const clinic::Options& given, Premises& around)
      : options(given),
        premises(around),
        gateway(around.gateway),
        modems(around.modems),
        audit(around.audit),
        aside(around.aside),
        feed(around.feed),
        items(options, gateway),
        inbox(gateway),
        opt_outs(options, gateway),
        messages(options, gateway),
        fixed_templates(options),
        templates(options, fixed_templates, gateway),
        groups(gateway),
        keeping(gateway),
        bursts(options, fixed_templates, gateway),
        events(bursts, gateway) {
    feed.follow(events);
    around.watchman.follow(options, messages);
  }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  const std::string& epoch() { return gateway.writer().epoch(); }

  clinic::Options options;
  Premises& premises;
  gateway::Gateway& gateway;
  clinic::Modems& modems;
  clinic::Audit& audit;
  async::Aside& aside;
  Feed& feed;
  clinic::Items items;
  clinic::Inbox inbox;
  clinic::OptOuts opt_outs;
  clinic::Messages messages;
  clinic::Templates fixed_templates;
  clinic::TemplateShelf templates;
  clinic::Groups groups;
  clinic::Keeping keeping;
  clinic::Bursts bursts;
  clinic::Events events;
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
