// The opening of every call with a body: its JSON read by the reader of its kind, or the refusal that tells every
// fault. Large bodies are read beside the loop. Endpoints use it; what the members mean is the readers' business.
#pragma once

#include <optional>
#include <utility>

#include "api/desk.hpp"
#include "api/json.hpp"
#include "api/requests.hpp"

namespace burstd::api {

template <class T>
struct Given {
  T value;
  std::optional<http::Response> refusal;  // then there is no value
};

template <class T>
using Reader = Reading<T> (*)(const boost::json::value&, const clinic::Options&);

inline constexpr std::size_t large_body = 64UL * 1024;

// No body is the same as {}.
template <class T>
Given<T> read_now(const std::string& body, Reader<T> reader, const clinic::Options& options) {
  Document document = read_json(body.empty() ? "{}" : body);
  if (!document.faults.empty()) return {{}, to_response(malformed(std::move(document.faults)))};
  Reading<T> reading = reader(document.value, options);
  if (!reading.faults.empty()) return {{}, to_response(malformed(std::move(reading.faults)))};
  return {std::move(reading.value), std::nullopt};
}

template <class T>
async::Task<Given<T>> read_body(Desk& desk, const Call& call, Reader<T> reader) {
  const auto work = [&] { return read_now(call.request.body, reader, desk.options); };
  if (call.request.body.size() <= large_body) co_return work();
  co_return co_await desk.aside.run(work);
}

}  // namespace burstd::api
