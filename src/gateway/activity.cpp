#include "gateway/activity.hpp"

#include <algorithm>

#include "gateway/clock.hpp"
#include "store/record.hpp"

namespace burstd::gateway {

namespace {

const char* words_of(message::Limit limit) {
  return limit == message::Limit::recipients ? "number of different recipients in a month" : message::to_string(limit);
}

// All of them: whoever reads only of one waits for the others in vain.
std::string sentence_of(const std::map<std::string, Dispatcher::Rest>& rests) {
  std::string all;
  for (const auto& [modem, rest] : rests) {
    all += (all.empty() ? "The network refuses the SIM of modem " : " The network refuses the SIM of modem ") + modem +
           " (" + rest.sentence + "). It is tried again at " + base::to_rfc3339(rest.until) + ".";
  }
  return all;
}

using Halts = std::map<std::string, Dispatcher::Halt>;

// All of them, for the same reason.
std::string sentence_of(const Halts& halts) {
  std::string all;
  for (const auto& [modem, halt] : halts) {
    all += (all.empty() ? "The SIM of modem " : " The SIM of modem ") + modem + " has used up its limit by the " +
           words_of(halt.by) + "." + (halt.until ? " It goes on at " + base::to_rfc3339(*halt.until) + "." : "");
  }
  return all;
}

bool any_is_paced(const Halts& halts) {
  return std::ranges::any_of(halts, [](const auto& entry) { return message::sets_pace(entry.second.by); });
}

}  // namespace

std::string sentence_of(const store::Restoration& restoration) {
  return "Nothing is sent, because " + store::words_of(restoration) +
         ". What waited then may have left since and is not known. When you are sure that no other gateway sends from "
         "this record, let it send again: burstctl release.";
}

namespace {

std::string kept_back_by(const Hindrances& hindrances) {
  if (hindrances.restoration) return gateway::sentence_of(*hindrances.restoration);
  if (hindrances.disk.room() == store::Room::full) return hindrances.disk.sentence();
  return async::clock_doubted() ? clock_sentence() : "";
}

}  // namespace

Activity activity_of(Dispatcher& dispatcher, const std::vector<modem::Status>& modems, const Hindrances& hindrances) {
  Activity activity;
  activity.modems = modems.size();
  activity.ready_modems =
      static_cast<std::size_t>(std::ranges::count(modems, modem::State::ready, &modem::Status::state));
  activity.waiting = dispatcher.waiting();
  activity.due_since = dispatcher.due_since(async::now().wall);
  activity.clock = clock_sentence();
  if (activity.clock.empty() && ends_are_put_off() && !dispatcher.expired(async::now().wall).empty())
    activity.clock = unconfirmed_sentence();
  activity.sending = dispatcher.on_air() > 0;
  activity.record = store::trouble_of_record();
  activity.disk = hindrances.disk.sentence();
  const Halts halts = dispatcher.halts();
  const bool all_halted = activity.ready_modems > 0 && halts.size() >= activity.ready_modems;
  activity.used_up = all_halted && !any_is_paced(halts);
  activity.reason = kept_back_by(hindrances);
  if (activity.sending || activity.waiting == 0 || !activity.reason.empty()) return activity;
  if (activity.modems == 0) {
    activity.reason = "No modem is configured or found. Add one to the section \"modems\" of the configuration.";
  } else if (activity.ready_modems == 0) {
    activity.reason = "No modem is ready. See the modems' sentences for what to do.";
  } else if (const auto& rests = dispatcher.rests(); !rests.empty()) {
    activity.reason = sentence_of(rests);
  } else if (all_halted) {
    activity.reason = sentence_of(halts);
    activity.sending = !activity.used_up;
  } else {
    activity.reason = "What waits is not due yet, or waits for its hours or for the modem of its route.";
  }
  return activity;
}

}  // namespace burstd::gateway
