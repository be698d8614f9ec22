#include "clinic/clock.hpp"

#include "gateway/clock.hpp"

namespace burstd::clinic {

// The row of the audit bears the new time: by the newest row the next start judges the machine's clock.
async::Task<base::Result<Trusted>> trust_clock(gateway::Gateway& gateway, Hand hand, std::string reason) {
  const auto apart = async::clock_apart();
  if (!apart && !gateway::ends_are_put_off()) {
    co_return base::Error{base::Fault::conflict, "clock-agrees",
                          "The machine's clock is believed already: there is nothing to vouch for."};
  }
  const base::Milliseconds jumped = apart.value_or(base::Milliseconds{0});
  const Trusted trusted{async::now().wall + jumped, jumped};
  const Act act{"clock-trusted", "the clock", std::move(reason)};
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    put_on_record(transaction, hand, act, trusted.now);
    return true;
  };
  const auto noted = co_await gateway.writer().run(unit);
  if (!noted) co_return noted.error();
  gateway::trust_clock(hand.client);
  co_return trusted;
}

}  // namespace burstd::clinic
