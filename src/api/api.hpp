// The socket's language: takes plain requests from http, finds who asks and what, and answers in JSON. app makes one.
// It holds no state of its own but who watches; all rules are those of clinic and gateway.
#pragma once

#include <list>

#include "api/desk.hpp"
#include "api/options.hpp"
#include "api/problem.hpp"
#include "http/responder.hpp"

namespace burstd::api {

class Api : public http::Responder {
 public:
  Api(Options options, const clinic::Options& clinic_options, gateway::Gateway& gateway);

  async::Task<http::Response> answer(http::Request request) override;

  // Whoever may not ask this is told before a large body is read.
  std::optional<http::Response> screen(const http::Request& request) override;
  http::Response refuse(int status, std::string code, std::string detail) override;

  // Who reads the configuration anew when an administrator asks for it.
  void on_reload(Reloading reloading) { x_premises.reloading = std::move(reloading); }

  // Another configuration, for whatever is asked from now on. What is under way ends as it began.
  void retune(Options options, const clinic::Options& clinic_options);

  // Tells those who watch what is new, keeps what was refused and calls IT, until the server stops.
  async::Task<> run();
  void stopping() override;

 private:
  struct Way;

  async::Task<> part(async::Task<> duty);
  Way way_of(const http::Request& request, bool has_body) const;
  http::Response turned_away(const http::Request& request, Way& way);
  void note_refusal(const http::Request& request, const Way& way, std::string why);

  Options x_options;
  Premises x_premises;
  std::list<Desk> x_desks;  // the last one takes what comes; calls and streams may still be at another
};

}  // namespace burstd::api
