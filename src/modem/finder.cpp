#include "modem/finder.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "modem/approach.hpp"
#include "modem/recognise.hpp"
#include "modem/sentences.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds slow_look = 30s;       // should the kernel have told us nothing
constexpr base::Milliseconds after_change = 150ms;  // ports of one device come one after the other
constexpr base::Milliseconds patience_with_others =
    5s;                                       // before names are given although somebody is still being asked
constexpr base::Milliseconds kept_open = 3s;  // a terminal that nobody takes

std::vector<std::string> folders_of(const Finding& finding, const std::vector<std::string>& ports) {
  std::set<std::string> folders{finding.devices};
  for (const std::string& port : ports) folders.insert(port.substr(0, std::max<std::size_t>(port.rfind('/'), 1)));
  return {folders.begin(), folders.end()};
}

std::vector<std::vector<serial::Candidate>> by_device(std::vector<serial::Candidate> ports) {
  std::map<std::string, std::vector<serial::Candidate>> devices;
  for (serial::Candidate& port : ports) {
    if (port.usb) devices[port.usb->socket].push_back(std::move(port));
  }
  std::vector<std::vector<serial::Candidate>> all;
  for (auto& [socket, device] : devices) all.push_back(std::move(device));
  return all;
}

}  // namespace

Finder::Finder(async::Executor executor, Finding finding, std::vector<Driver> drivers, std::vector<std::string> ports)
    : x_executor(executor),
      x_finding(std::move(finding)),
      x_folders{x_finding.sysfs, x_finding.devices, x_finding.usb_requests},
      x_drivers(std::move(drivers)),
      x_ports(std::move(ports)),
      x_watch(executor, folders_of(x_finding, x_ports)),
      x_scope(executor) {}

async::Task<> Finder::run(Unsettled unsettled) {
  x_unsettled = std::move(unsettled);
  x_scope.spawn(x_watch.run());
  while (!x_stopped) {
    const std::uint64_t seen = x_watch.changes();
    look();
    ask_due();
    place();
    if (x_stopped || x_watch.changes() != seen) continue;
    const bool woken = co_await x_watch.changed().wait_until(next_look());
    if (woken && x_watch.changes() != seen) {
      x_changed.notify();  // who waits for a port of his own looks at once
      co_await async::sleep_for(after_change);
    }
  }
  co_await x_scope.join();
}

void Finder::stop() {
  x_stopped = true;
  for (auto& prospect : x_prospects) {
    if (prospect->talking != nullptr) prospect->talking->end("The service ends.");
    prospect->terminal.reset();
  }
  x_watch.stop();
  x_watch.changed().notify();
  x_changed.notify();
}

void Finder::want(Wanted wanted) {
  const auto known =
      std::find_if(x_wanted.begin(), x_wanted.end(), [&](const Wanted& each) { return each.name == wanted.name; });
  if (known == x_wanted.end()) {
    x_wanted.push_back(std::move(wanted));
  } else {
    *known = std::move(wanted);
  }
  place();
}

void Finder::forget(const std::string& name) {
  std::erase_if(x_wanted, [&](const Wanted& each) { return each.name == name; });
  for (auto& prospect : x_prospects) {
    if (prospect->found.name == name) prospect->found.name.clear();
  }
  place();
}

void Finder::learn(const std::string& port, const Identity& identity) {
  for (auto& prospect : x_prospects) {
    if (prospect->found.port == port && !prospect->gone) prospect->found.identity = identity;
  }
}

void Finder::refresh() {
  look();
  place();
}

void Finder::look() {
  // What is named by its port is no business of ours, also when its link came later than the port.
  auto devices = by_device(serial::candidates(x_folders));
  std::erase_if(devices, [&](const auto& device) { return claimed_by_port(device); });
  forget(devices);
  for (const auto& device : devices) {
    const bool known = std::any_of(x_prospects.begin(), x_prospects.end(), [&](const auto& prospect) {
      return !prospect->gone && prospect->same_device(device);
    });
    if (!known) notice(device);
  }
}

void Finder::forget(const std::vector<std::vector<serial::Candidate>>& devices) {
  bool news = false;
  for (auto at = x_prospects.begin(); at != x_prospects.end();) {
    Prospect& prospect = **at;
    const bool there =
        std::any_of(devices.begin(), devices.end(), [&](const auto& device) { return prospect.same_device(device); });
    news = news || (!there && !prospect.gone);
    prospect.gone = prospect.gone || !there;
    if (prospect.gone && prospect.talking != nullptr) prospect.talking->end("It is gone, or named by its port now.");
    const bool erase = prospect.gone && prospect.state != Prospect::State::asking;
    at = erase ? x_prospects.erase(at) : std::next(at);
  }
  if (news) x_changed.notify();
}

void Finder::notice(std::vector<serial::Candidate> device) {
  auto prospect = std::make_unique<Prospect>();
  const serial::Usb usb = *device.front().usb;
  const Driver* driver = by_usb(x_drivers, usb.id);
  prospect->driver = driver != nullptr ? *driver : first_driver(x_drivers, "");
  const UsbPorts* listed = driver != nullptr ? ports_of(*driver, usb.id) : nullptr;
  std::vector<UsbInterface> interfaces;
  for (const serial::Candidate& port : device) interfaces.push_back({port.usb->interface, port.usb->function});
  prospect->listed = listed != nullptr && !listed->ports.empty();
  for (const std::size_t at : port_order(listed != nullptr ? *listed : UsbPorts{}, interfaces))
    prospect->ports.push_back(device.at(at));
  prospect->found.port = prospect->ports.front().path;
  prospect->found.usb = usb.id;
  prospect->found.serial = usb.serial;
  prospect->found.socket = usb.socket;
  const bool named = std::any_of(x_wanted.begin(), x_wanted.end(), [&](const Wanted& wanted) {
    const std::string& named_as = wanted.named_usb;
    return !named_as.empty() && (named_as == usb.socket || named_as.rfind(usb.id, 0) == 0);
  });
  const bool spoken_to = driver != nullptr || named || x_finding.unknown_adapters;
  prospect->state = spoken_to ? Prospect::State::unasked : Prospect::State::left;
  if (!spoken_to)
    prospect->found.sentence =
        "A serial adapter that no driver knows. It is not spoken to, for it may be another device. If a modem is "
        "behind it, name it in the configuration by `port` or `usb`.";
  x_prospects.push_back(std::move(prospect));
}

bool Finder::claimed_by_port(const std::vector<serial::Candidate>& device) const {
  return std::any_of(x_ports.begin(), x_ports.end(), [&](const std::string& port) {
    const auto candidate = serial::candidate_at(x_folders, port);
    return candidate && candidate->usb && candidate->usb->socket == device.front().usb->socket;
  });
}

// While somebody is asked for the first time, the names wait: two that are alike must be seen together.
bool Finder::settled() const {
  const bool first = std::any_of(x_prospects.begin(), x_prospects.end(), [](const auto& prospect) {
    return prospect->state == Prospect::State::asking && prospect->tries <= 1;
  });
  return !first || async::now().steady >= x_unsettled_since + patience_with_others;
}

base::Steady Finder::next_look() const {
  const base::Steady now = async::now().steady;
  base::Steady next = now + slow_look;
  for (const auto& prospect : x_prospects) {
    if (prospect->asked_again()) next = std::min(next, prospect->next_try);
    const bool kept = prospect->terminal && prospect->judged && prospect->state == Prospect::State::answered;
    if (kept && settled()) next = std::min(next, prospect->kept_since + kept_open);
    if (prospect->state == Prospect::State::asking && !settled())
      next = std::min(next, std::max(now, x_unsettled_since + patience_with_others) + 100ms);
  }
  return std::max(next, now);
}

// Those that have no name yet may be given one, those that nobody fetched are closed.
void Finder::place() {
  if (!settled()) return;
  std::vector<Prospect*> answered;
  std::vector<Found> found;
  for (auto& prospect : x_prospects) {
    if (prospect->state != Prospect::State::answered || prospect->gone) continue;
    answered.push_back(prospect.get());
    found.push_back(prospect->found);
  }
  const auto places = placed(found, x_wanted);
  bool news = false;
  for (std::size_t at = 0; at < answered.size(); ++at) {
    Prospect& prospect = *answered[at];
    const bool first = !std::exchange(prospect.judged, true);
    const bool decided = first || prospect.found.name != places[at].name;
    if (decided) prospect.kept_since = async::now().steady;
    news = news || decided;
    prospect.found = places[at];
    prospect.ambiguous = std::any_of(x_wanted.begin(), x_wanted.end(),
                                     [&](const Wanted& wanted) { return fit(wanted, prospect.found) == Fit::unknown; });
    const bool waited = async::now().steady >= prospect.kept_since + kept_open;
    if (prospect.terminal && waited && !prospect.terminal->heard_verdict()) {
      prospect.terminal->end("Nobody wants this modem.");
      prospect.terminal.reset();
    }
  }
  if (news) x_changed.notify();
}

std::optional<Place> Finder::place_of(const std::string& name) const {
  for (const auto& prospect : x_prospects) {
    const Found& found = prospect->found;
    if (!prospect->gone && found.name == name) return Place{found.port, found.usb, found.socket};
  }
  return std::nullopt;
}

std::optional<Place> Finder::place_at(const std::string& port) const {
  const auto candidate = serial::candidate_at(x_folders, port);
  if (!candidate || !candidate->usb) return std::nullopt;
  return Place{port, candidate->usb->id, candidate->usb->socket};
}

std::unique_ptr<Terminal> Finder::take(const std::string& name) {
  for (auto& prospect : x_prospects) {
    if (prospect->found.name == name && !prospect->gone) return std::move(prospect->terminal);
  }
  return nullptr;
}

std::string Finder::missing(const std::string& name) const {
  for (const auto& prospect : x_prospects) {
    const bool may_wait = prospect->state == Prospect::State::asking && prospect->unresolved;
    if (!may_wait) continue;
    const base::Time until = Approach::listens_until(*prospect->unresolved, prospect->driver);
    if (until > async::now().wall) return "What is plugged in is still being asked. " + word_awaited(until);
  }
  const auto wanted =
      std::find_if(x_wanted.begin(), x_wanted.end(), [&](const Wanted& each) { return each.name == name; });
  const std::string what = wanted == x_wanted.end() ? name : description(*wanted);
  const std::size_t others = strangers().size();
  if (others == 0) return "No modem with " + what + " is plugged in.";
  return "No modem with " + what + " is plugged in. Not in use: " + std::to_string(others) +
         (others == 1 ? " other device" : " other devices") + "; `burstctl modems` tells why.";
}

std::optional<Found> Finder::called(const std::string& name) const {
  const auto known = std::ranges::find_if(
      x_prospects, [&](const auto& prospect) { return prospect->found.name == name && !prospect->gone; });
  return known == x_prospects.end() ? std::nullopt : std::optional((*known)->found);
}

std::vector<Found> Finder::nameless() const {
  std::vector<Found> all;
  if (!settled()) return all;
  for (const auto& prospect : x_prospects) {
    if (prospect->state == Prospect::State::answered && !prospect->gone && prospect->found.name.empty())
      all.push_back(prospect->found);
  }
  return all;
}

std::vector<Stranger> Finder::strangers() const {
  std::vector<Stranger> all;
  std::set<std::string> sockets;
  for (const auto& prospect : x_prospects) {
    const Found& found = prospect->found;
    sockets.insert(found.socket);
    if (found.name.empty() && !prospect->gone)
      all.push_back({found.port, found.usb, found.socket, found.identity, found.sentence});
  }
  for (const serial::Device& device : serial::devices(x_folders)) {
    if (sockets.count(device.socket) > 0) continue;
    const auto form = other_form(x_drivers, device.id);
    if (form) all.push_back({"", device.id, device.socket, {}, *form});
  }
  return all;
}

}  // namespace burstd::modem
