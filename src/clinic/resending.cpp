#include "clinic/resending.hpp"

#include "clinic/rules.hpp"
#include "clinic/word.hpp"
#include "store/opt_outs.hpp"

namespace burstd::clinic {

namespace {

base::Error conflict(std::string code, std::string sentence) {
  return base::Error{base::Fault::conflict, std::move(code), std::move(sentence)};
}

// It may have arrived, whatever it is called.
bool is_doubtful(message::State state) {
  return state == message::State::uncertain || state == message::State::unconfirmed;
}

base::Time usual_expiry(const message::Message& message, base::Time accepted_at, const burst::Rules& rules) {
  burst::Timing timing;
  timing.now = accepted_at;
  if (message.send_after && *message.send_after > accepted_at) timing.send_after = message.send_after;
  return burst::expiry_of(timing, message.appointment_at, rules);
}

base::Time expiry_again(const message::Message& old, const burst::Rules& rules, base::Time now) {
  const bool was_said = old.expires_at != usual_expiry(old, old.created_at, rules);
  if (was_said && old.expires_at > now) return old.expires_at;
  const base::Time usual = usual_expiry(old, now, rules);
  return old.appointment_at && usual <= now ? *old.appointment_at : usual;
}

std::optional<base::Time> if_to_come(const std::optional<base::Time>& time, base::Time now) {
  return time && *time > now ? time : std::nullopt;
}

}  // namespace

std::optional<base::Error> obstacle_to(const store::Connection& connection, const store::Record& old,
                                       const Again& again, base::Time now) {
  const message::Progress& progress = old.progress;
  if (old.message.removed_at) {
    return conflict(
        "text-removed",
        "The text of this message was removed because it is old, so it cannot be sent again. Write a new one.");
  }
  if (const auto newer = store::resent_as(connection, old.message.id)) {
    return conflict("already-resent",
                    "This message was already sent again, as " + *newer + "; look at what became of that one.");
  }
  if (store::is_opted_out(connection, old.message.number)) {
    return conflict("opted-out", "The recipient has opted out, so nothing is sent. Phone instead.");
  }
  if (old.message.appointment_at && *old.message.appointment_at <= now) {
    return conflict("appointment-past",
                    "The appointment that this message is about is over; there is nothing to send.");
  }
  if (progress.status != message::Status::failed && progress.state != message::State::uncertain) {
    return conflict("not-failed", "Only what has failed is sent again. " + std::string(standing_of(progress.state)));
  }
  if (is_doubtful(progress.state) && !again.accept_duplicate) {
    return conflict("may-have-arrived",
                    "This message may have arrived, and the patient would get it twice. Phone, or send it again with "
                    "accept_duplicate.");
  }
  return std::nullopt;
}

message::Message again_of(const message::Message& old, const Again& again, const burst::Rules& rules, base::Time now) {
  message::Message message = old;
  message.client = again.client;
  message.client_ref = again.client_ref;
  message.user = again.user;
  message.batch.reset();
  message.batch_row.reset();
  message.retry_of = old.id;
  message.created_at = now;
  message.expires_at = expiry_again(old, rules, now);
  message.send_after = if_to_come(old.send_after, now);
  message.expects_reply_until = if_to_come(old.expects_reply_until, now);
  return message;
}

std::optional<gateway::Stillborn> stillborn_again(const store::Record& old, const burst::Looked& looked) {
  if (auto stillborn = stillborn_of(looked.verdict)) return stillborn;
  const auto verdict = burst::verdict_from(old.progress.error_code.value_or(""));
  if (verdict != burst::Verdict::field_missing && verdict != burst::Verdict::too_long) return std::nullopt;
  auto stillborn = stillborn_of(*verdict);
  stillborn->cause.sentence = old.progress.error.value_or(stillborn->cause.sentence);
  return stillborn;
}

}  // namespace burstd::clinic
