#include "ctl/wire/follower.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <utility>

#include "ctl/words/look.hpp"
#include "ctl/words/waiting.hpp"

namespace burstd::ctl {

namespace {

constexpr unsigned other_record = 410;
constexpr std::array untold{400U, 403U, 404U, 405U, 406U};  // of an older gateway
constexpr const char* question_time = "1";                  // seconds: Ctrl-C is heard between two questions
constexpr base::Milliseconds between_looks{200};

}  // namespace

Request Follower::question() const {
  const std::string after = x_after ? std::to_string(*x_after) : "";
  return {"GET", with_query("/v1/events", {{"after", after}, {"wait", question_time}}), {}};
}

Heard Follower::begin_anew() {
  complain(x_session, "the gateway has another record now (it may have been restored). Watching it from now on.");
  Heard heard;
  heard.anew = true;
  return heard;
}

Or<std::optional<Heard>> Follower::next(const Watching& watching) {
  const auto answer = answer_patiently(x_session, question(), watching);
  if (!answer) return answer.error();
  if (!*answer) return std::optional<Heard>();
  if ((*answer)->status == other_record) {
    x_after.reset();
    return std::optional<Heard>(begin_anew());
  }
  const auto reply = judged(x_session, **answer);
  if (!reply) return reply.error();
  const json::object& page = reply->object();
  x_after = number(page, "last_seq");
  const std::string before = std::exchange(x_epoch, text(page, "epoch"));
  if (!before.empty() && before != x_epoch) return std::optional<Heard>(begin_anew());
  Heard heard;
  heard.events = list(page, "items");
  return std::optional<Heard>(std::move(heard));
}

bool Follower::pause(const Watching& watching) {
  if (x_mute) return watching.wait(x_session.term.poll);
  const auto answer = x_session.client.ask(question());
  x_mute = answer && std::find(untold.begin(), untold.end(), answer->status) != untold.end();
  if (!answer || !answer->good()) {
    x_after.reset();
    return watching.wait(x_session.term.poll);
  }
  boost::system::error_code failure;
  const json::value page = json::parse(answer->body, failure);
  x_after = number(object(page), "last_seq");
  return watching.wait(std::min(between_looks, x_session.term.poll));
}

}  // namespace burstd::ctl
