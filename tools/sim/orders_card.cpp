// Orders about SIMs, USSD and the faults that come from within a modem.
#include <array>
#include <map>
#include <utility>

#include "sim/order.hpp"

namespace burstd::sim {

namespace {

base::Result<bool> on_or_off(std::string_view word) {
  if (word == "on" || word == "off") return word == "on";
  return misused("\"" + std::string(word) + "\" is neither on nor off.");
}

bool is_iccid(std::string_view text) {
  return text.size() >= 18 && text.size() <= 20 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Said swap_sim(Bench& bench, const Words& words) {
  return with_port(bench, words, [&](Port& port) -> Said {
    auto& cards = bench.network().cards();
    const std::string iccid =
        words.size() > 2 ? std::string(words[2]) : cards.fresh_iccid(port.modem().stage().options.seed);
    if (!is_iccid(iccid)) return misused("An ICCID has 18 to 20 digits.");
    for (Port& other : bench.ports()) {
      if (other.modem().identity().iccid == iccid)
        return misused("That SIM is in " + other.modem().identity().name + ".");
    }
    port.modem().swap_card(iccid, port.plugged());
    boost::json::object said;
    said["iccid"] = port.modem().identity().iccid;
    said["imsi"] = port.modem().identity().imsi;
    return said;
  });
}

Said sim_pin(Bench& bench, const Words& words) {
  return with_port(bench, words, [&](Port& port) -> Said {
    port.modem().card().pin = words[2] == "none" ? "" : std::string(words[2]);
    return plain();
  });
}

Said pin_tries_left(Bench& bench, const Words& words) {
  const auto tries = order_number(words.at(2), pin_tries);
  if (!tries) return tries.error();
  return with_port(bench, words, [&](Port& port) -> Said {
    Modem& modem = port.modem();
    modem.card().tries = *tries;
    if (*tries == 0) modem.sim.lock = Sim::Lock::puk;
    return plain();
  });
}

Said clone_imei(Bench& bench, const Words& words) {
  const auto of = port_of(bench, words.at(2));
  if (!of) return of.error();
  return with_port(bench, words, [&](Port& port) -> Said {
    port.modem().take_imei((*of)->modem().identity().imei);
    return plain();
  });
}

Said no_centre(Bench& bench, const Words& words) {
  return with_port(bench, words, [&](Port& port) -> Said {
    port.modem().card().centre.clear();
    return plain();
  });
}

Said ussd(Bench& bench, const Words& words) {
  const std::map<std::string_view, UssdForm> forms{
      {"text", UssdForm::text}, {"ucs2", UssdForm::ucs2}, {"gsm7", UssdForm::gsm7}};
  const auto form = forms.find(words[2]);
  const bool silent = words[2] == "silent";
  if (form == forms.end() && !silent) return misused("The form is text, ucs2, gsm7 or silent.");
  return with_port(bench, words, [&](Port& port) -> Said {
    Ussd& ussd = port.modem().ussd();
    ussd.silent = silent;
    if (!silent) ussd.form = form->second;
    if (words.size() > 3) ussd.text.assign(words[3].data(), words.back().data() + words.back().size());
    return plain();
  });
}

Said eat_reports(Bench& bench, const Words& words) {
  const auto on = on_or_off(words.at(2));
  if (!on) return on.error();
  return with_port(bench, words, [&](Port& port) -> Said {
    port.modem().faults.eat_reports = *on;
    return plain();
  });
}

Said deaf(Bench& bench, const Words& words) {
  return with_number(bench, words, [](Port& port, int millis) {
    port.modem().deafen(base::Milliseconds{millis});
    return plain();
  });
}

Said wedge(Bench& bench, const Words& words) {
  const std::string_view kind = words.size() > 2 ? words[2] : "hard";
  if (kind != "soft" && kind != "hard") return misused("A modem is wedged soft or hard.");
  return with_port(bench, words, [&](Port& port) {
    port.modem().wedge(kind == "soft" ? Modem::Wedge::soft : Modem::Wedge::hard);
    return plain();
  });
}

Said forget(Bench& bench, const Words& words) {
  return with_port(bench, words, [](Port& port) {
    port.modem().forget();
    return plain();
  });
}

Said restart(Bench& bench, const Words& words) {
  return with_port(bench, words, [](Port& port) -> Said {
    if (!port.plugged()) return misused("It is not plugged in.");
    port.modem().restart();
    return plain();
  });
}

constexpr std::array orders_to_card{
    Order{"swap-sim", "swap-sim MODEM [ICCID]", 1, swap_sim},
    Order{"sim-pin", "sim-pin MODEM PIN|none", 2, sim_pin},
    Order{"pin-tries", "pin-tries MODEM N", 2, pin_tries_left},
    Order{"clone-imei", "clone-imei MODEM OF", 2, clone_imei},
    Order{"no-centre", "no-centre MODEM", 1, no_centre},
    Order{"ussd", "ussd MODEM text|ucs2|gsm7|silent [TEXT…]", 2, ussd},
    Order{"eat-reports", "eat-reports MODEM on|off", 2, eat_reports},
    Order{"deaf", "deaf MODEM MS", 2, deaf},
    Order{"wedge", "wedge MODEM [soft|hard]", 1, wedge},
    Order{"forget", "forget MODEM", 1, forget},
    Order{"restart", "restart MODEM", 1, restart},
};

}  // namespace

std::span<const Order> card_orders() { return orders_to_card; }

}  // namespace burstd::sim
