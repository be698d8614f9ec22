// burstctl template list, show, put, delete, dry-run: the texts that bursts are made of. Called by the command line.
// Sends nothing; what a text must be the gateway says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct TemplateWish {
  std::string name;
  std::optional<std::string> text;  // put: nothing: standard input
  std::string description, user;
  int max_segments = 0;                                // put: 0: not given
  std::vector<std::string> fields;                     // dry-run: "doctor=Dr. Who"
  std::string patient_name, appointment_at, timezone;  // dry-run
};

Exit list_templates(const Session& session);
Exit show_template(const Session& session, const TemplateWish& wish);

// Of one that is there, what is not given stays as it was.
Exit put_template(const Session& session, const TemplateWish& wish);
Exit delete_template(const Session& session, const TemplateWish& wish);

// Exit::refused when it could not be sent so.
Exit try_template(const Session& session, const TemplateWish& wish);

}  // namespace burstd::ctl
