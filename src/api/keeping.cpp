#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/members.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace json = boost::json;

namespace {

json::value broken_of(const store::Verification& found) {
  if (!found.broken) return nullptr;
  return json::object{{"table", found.broken->table}, {"id", found.broken->id}, {"detail", found.broken->what}};
}

async::Task<base::Result<void>> stream_file(async::Aside& aside, store::Backup backup, http::Stream& stream) {
  for (std::uint64_t at = 0; at < backup.size;) {
    auto read = [&] { return store::read_piece(backup, at); };
    const std::string piece = co_await aside.run(read);
    if (piece.empty()) throw std::runtime_error("the copy of the record has become shorter");
    const auto written = co_await stream.write(piece);
    if (!written) co_return written.error();
    at += piece.size();
  }
  co_return base::Result<void>();
}

}  // namespace

Answer verify_record(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_hand);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = call.hand(std::move(given.value.user));
  const auto found = co_await desk.keeping.verify(std::move(hand));
  if (!found) co_return refuse(found.error());
  const json::object body{{"whole", found->whole},
                          {"sentence", found->sentence},
                          {"rows", found->rows},
                          {"messages", found->messages},
                          {"broken", broken_of(*found)},
                          {"last_seq", found->newest.seq},
                          {"seal", base::to_hex(found->newest.seal)},
                          {"epoch", desk.epoch()}};
  co_return answer(200, body);
}

Answer get_backup(Desk& desk, const Call& call) {
  clinic::Hand hand = call.hand(std::nullopt);
  auto backup = co_await desk.keeping.back_up(std::move(hand));
  if (!backup) co_return refuse(backup.error());
  http::Response response;
  response.content_type = "application/vnd.sqlite3";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"burstd.backup\"");
  response.stream = [aside = &desk.aside, copy = std::move(*backup)](http::Stream& stream) {
    return stream_file(*aside, copy, stream);
  };
  co_return response;
}

Answer release_record(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_vouching);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = call.hand(std::move(given.value.hand.user));
  const auto released = co_await desk.keeping.release(std::move(hand), std::move(given.value.reason));
  if (!released) co_return refuse(released.error());
  const json::object body{{"released_at", or_null(released->released_at)},
                          {"since", base::to_rfc3339(released->at)},
                          {"cause", released->cause},
                          {"backup_at", or_null(released->backup_at)}};
  co_return answer(200, body);
}

}  // namespace burstd::api
