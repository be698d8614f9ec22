// All templates: the fixed ones, and under them those that staff keep in the record. Staff's may be made, changed and
// taken away by whoever may; each change is on record with who. Also tries one out without sending. api asks; previews
// look templates up inside their own snapshot.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "burst/preview.hpp"
#include "clinic/options.hpp"
#include "clinic/page.hpp"
#include "clinic/templates.hpp"
#include "clinic/word.hpp"
#include "gateway/gateway.hpp"

namespace burstd::clinic {

struct TemplateDraft {
  std::string text, description;
  std::optional<int> max_segments;
};

struct PutTemplate {
  NamedTemplate named;
  bool created = false;
};

// What a row would give.
struct Trial {
  burst::Fields fields;
  std::optional<std::string> patient_name, timezone;
  std::optional<base::Time> appointment_at;
};

struct Tried {
  std::string text;
  burst::Looked looked;  // there is no number
  std::vector<std::string> missing;
  std::vector<burst::Flag> flags;
};

class TemplateShelf {
 public:
  TemplateShelf(const Options& options, const Templates& fixed, gateway::Gateway& gateway);

  // In order of name, after the one given.
  async::Task<Page<NamedTemplate>> list(std::string after, std::size_t limit);

  // Fails with "template-unknown".
  async::Task<base::Result<NamedTemplate>> find(std::string name);

  // Fails with "name-invalid", "template-maintained", "template-invalid" or "templates-full". Repeating it is safe.
  async::Task<base::Result<PutTemplate>> put(Hand hand, std::string name, TemplateDraft draft);

  // Fails with "template-maintained" or "template-unknown".
  async::Task<base::Result<void>> remove(std::string name, Withdrawal withdrawal);

  // The verdict is "ok", "field-missing" or "too-long". Fails with "template-unknown".
  async::Task<base::Result<Tried>> try_out(std::string name, Trial trial);

  // Why it cannot be changed; nothing when it may be.
  std::optional<base::Error> maintained(const std::string& name) const;

 private:
  Tried tried(const NamedTemplate& named, const Trial& trial) const;

  const Options& x_options;
  burst::Rules x_rules;
  const Templates& x_fixed;
  gateway::Gateway& x_gateway;
};

// As a unit of the store sees it. Fails with "template-unknown".
base::Result<NamedTemplate> find_template(const store::Connection& connection, const Templates& fixed,
                                          const std::string& name);

}  // namespace burstd::clinic
