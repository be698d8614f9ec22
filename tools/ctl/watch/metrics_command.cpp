#include "ctl/watch/metrics_command.hpp"

#include <ostream>

#include "ctl/watch/figures.hpp"
#include "ctl/wire/new_file.hpp"

namespace burstd::ctl {

namespace {

constexpr int readable = 0644;  // the collector is another user

std::string with_up(const std::string& page, bool up) {
  return page +
         "# HELP burstd_up Whether the gateway answered when this was written.\n# TYPE burstd_up gauge\nburstd_up " +
         (up ? "1\n" : "0\n");
}

}  // namespace

Exit print_metrics(const Session& session, const MetricsWish& wish) {
  const auto page = ask_figures(session);
  if (wish.textfile.empty()) {
    if (!page) return page.error();
    session.term.out << *page;
    return Exit::done;
  }
  const auto written = replace_file(wish.textfile, with_up(page ? *page : "", page.has_value()), readable);
  if (!written) return complain(session, written.error().sentence);
  return page ? Exit::done : page.error();
}

}  // namespace burstd::ctl
