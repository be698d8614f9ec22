// A streamed answer on its wire: chunks for HTTP/1.1, plain octets for HTTP/1.0. Sessions make one for each and keep
// it until the source is done.
#pragma once

#include "http/hall.hpp"
#include "http/wire.hpp"

namespace burstd::http {

class WireStream final : public Stream {
 public:
  WireStream(Wire& wire, const Hall& hall, bool chunked) : x_wire(wire), x_hall(hall), x_chunked(chunked) {}

  async::Task<base::Result<void>> write(std::string_view octets) override;
  bool closed() const override;
  async::Signal& wake() override { return x_wake; }

  async::Task<> watch();             // wakes the source when the client hangs up; until finish() or Wire::cut()
  async::Task<> finish(bool whole);  // with the last chunk where `whole`: the client knows that it has all

 private:
  Wire& x_wire;
  const Hall& x_hall;
  bool x_chunked;
  bool x_failed = false;
  bool x_hung_up = false;
  async::Signal x_wake;
};

}  // namespace burstd::http
