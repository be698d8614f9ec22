#include "ctl/watch/metrics_command.hpp"

#include <ostream>

#include "ctl/files/new_file.hpp"
#include "ctl/watch/figures.hpp"

namespace burstd::ctl {

namespace {

constexpr unsigned readable = 0644;  // the collector is another user

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
  const Exit written = telling(session, [&] {
    NewFile file(wish.textfile);
    file.write(with_up(page ? *page : "", page.has_value()));
    file.keep(readable);
    return Exit::done;
  });
  return page || written != Exit::done ? written : page.error();
}

}  // namespace burstd::ctl
