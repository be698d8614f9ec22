#include "clinic/figures.hpp"

namespace burstd::clinic {

async::Task<Figures> figures_of(gateway::Gateway& gateway, Modems& modems) {
  Figures figures;
  auto unit = [](const store::Connection& connection) { return store::take_census(connection); };
  figures.census = co_await gateway.reader().run(unit);
  figures.modems = co_await modems.all();
  const store::Writer& writer = gateway.writer();
  figures.tally = writer.tally();
  figures.commits = writer.commits();
  figures.space = store::space_of(writer.folder());
  figures.head = writer.head();
  figures.restored = gateway.restoration().has_value();
  figures.clock_doubted = async::clock_doubted();
  figures.room = gateway.writer().disk().room();
  figures.activity = gateway.activity();
  figures.at = async::now().wall;
  co_return figures;
}

}  // namespace burstd::clinic
