#include "gateway/options.hpp"

namespace burstd::gateway {

message::Limits limits_of(const Options& options, const std::string& modem) {
  const auto found = options.limits_of.find(modem);
  if (found == options.limits_of.end()) return options.limits;
  const OwnLimits& own = found->second;
  message::Limits limits = options.limits;
  limits.per_minute = own.per_minute.value_or(limits.per_minute);
  limits.per_hour = own.per_hour.value_or(limits.per_hour);
  limits.per_day = own.per_day.value_or(limits.per_day);
  limits.per_month = own.per_month.value_or(limits.per_month);
  limits.recipients_per_month = own.recipients_per_month.value_or(limits.recipients_per_month);
  limits.jitter = own.jitter.value_or(limits.jitter);
  return limits;
}

}  // namespace burstd::gateway
