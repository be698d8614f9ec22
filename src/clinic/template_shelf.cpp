#include "clinic/template_shelf.hpp"

#include <algorithm>

#include "clinic/audit.hpp"
#include "clinic/completion.hpp"
#include "clinic/kept_name.hpp"
#include "clinic/rules.hpp"
#include "store/history.hpp"
#include "store/templates.hpp"

namespace burstd::clinic {

namespace {

NamedTemplate named_of(const store::StoredTemplate& stored) {
  NamedTemplate named;
  named.name = stored.name;
  named.text = named.anonymous = stored.text;
  named.description = stored.description;
  named.max_segments = stored.most_segments;
  named.changed_at = stored.changed_at;
  named.changed_by = stored.changed_by;
  named.change_seq = stored.change_seq;
  if (const auto parsed = burst::Template::parse(stored.text)) named.placeholders = parsed->placeholders();
  return named;
}

// Which of its members are otherwise now; what they say is not told.
std::string changes_between(const store::StoredTemplate& before, const store::StoredTemplate& now) {
  std::string names;
  const auto name_changed = [&](bool changed, const char* name) {
    if (changed) names += (names.empty() ? "" : ", ") + std::string(name);
  };
  name_changed(before.text != now.text, "text");
  name_changed(before.description != now.description, "description");
  name_changed(before.most_segments != now.most_segments, "max_segments");
  return names;
}

base::Error templates_full() {
  return base::Error{base::Fault::conflict, "templates-full",
                     "There are already " + std::to_string(most_kept) + " templates; delete one that nobody uses."};
}

}  // namespace

base::Result<NamedTemplate> find_template(const store::Connection& connection, const Templates& fixed,
                                          const std::string& name) {
  if (const auto* const known = fixed.find(name)) return *known;
  const auto stored = store::find_template(connection, name);
  if (!stored) return unknown_template(name);
  return named_of(*stored);
}

TemplateShelf::TemplateShelf(const Options& options, const Templates& fixed, gateway::Gateway& gateway)
    : x_options(options), x_rules(rules_of(options)), x_fixed(fixed), x_gateway(gateway) {}

std::optional<base::Error> TemplateShelf::maintained(const std::string& name) const {
  const auto* const known = x_fixed.find(name);
  if (known == nullptr) return std::nullopt;
  const std::string where = known->configured ? "is kept in the configuration and is changed there"
                                              : "comes with the gateway and cannot be changed";
  return base::Error{base::Fault::refused, "template-maintained", "The template '" + name + "' " + where + "."};
}

// A fixed one hides one of staff's that has the same name.
async::Task<Page<NamedTemplate>> TemplateShelf::list(std::string after, std::size_t limit) {
  auto unit = [&](const store::Connection& connection) {
    std::vector<NamedTemplate> all = x_fixed.list();
    const std::size_t enough = limit + 1 + all.size();
    std::erase_if(all, [&](const NamedTemplate& named) { return named.name <= after; });
    for (const auto& stored : store::list_templates(connection, after, enough)) {
      if (x_fixed.find(stored.name) == nullptr) all.push_back(named_of(stored));
    }
    std::ranges::sort(all, {}, &NamedTemplate::name);
    all.resize(std::min(all.size(), limit + 1));
    return page_of(std::move(all), limit, store::last_seq(connection));
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<NamedTemplate>> TemplateShelf::find(std::string name) {
  auto unit = [&](const store::Connection& connection) { return find_template(connection, x_fixed, name); };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<PutTemplate>> TemplateShelf::put(Hand hand, std::string name, TemplateDraft draft) {
  if (auto fixed = maintained(name)) co_return std::move(*fixed);
  if (auto wrong = wrong_name(name)) co_return std::move(*wrong);
  const auto parsed = burst::Template::parse(draft.text);
  if (!parsed) co_return parsed.error();
  store::StoredTemplate given;
  given.name = name;
  given.text = std::move(draft.text);
  given.description = std::move(draft.description);
  given.most_segments = draft.max_segments;
  given.changed_at = async::now().wall;
  given.changed_by = who(hand);
  auto unit = [&](store::Transaction& transaction) -> base::Result<PutTemplate> {
    const auto before = store::find_template(transaction, name);
    if (!before && store::count_templates(transaction) >= most_kept) return templates_full();
    Act act{before ? "changed" : "created", name, std::nullopt};
    if (before) act.change = changes_between(*before, given);
    if (act.change != "") put_on_record(transaction, hand, act, given.changed_at);
    return PutTemplate{named_of(store::save_template(transaction, given)), !before};
  };
  auto put = co_await x_gateway.writer().run(unit);
  if (put) x_gateway.changed().notify();
  co_return put;
}

async::Task<base::Result<void>> TemplateShelf::remove(std::string name, Withdrawal withdrawal) {
  if (auto fixed = maintained(name)) co_return std::move(*fixed);
  withdrawal.at = async::now().wall;
  auto unit = [&](store::Transaction& transaction) -> base::Result<void> {
    const Hand hand = hand_of(withdrawal);
    if (!store::remove_template(transaction, name, who(hand), withdrawal.at)) return unknown_template(name);
    put_on_record(transaction, hand, Act{"deleted", name, withdrawal.reason}, withdrawal.at);
    return {};
  };
  auto removed = co_await x_gateway.writer().run(unit);
  if (removed) x_gateway.changed().notify();
  co_return removed;
}

Tried TemplateShelf::tried(const NamedTemplate& named, const Trial& trial) const {
  burst::Recipient recipient;
  recipient.patient_name = trial.patient_name;
  recipient.fields = trial.fields;
  recipient.appointment_at = trial.appointment_at;
  const bool signs = !x_options.clinic_name.empty() || trial.fields.contains("clinic");
  const auto text = burst::Template::parse(signs ? named.text : named.anonymous).value();
  Completion(x_options, text, trial.timezone.value_or(x_options.timezone)).complete(recipient);
  burst::Rendered rendered = text.render(burst::fields_of(recipient));
  burst::Rules rules = x_rules;
  rules.most_segments = std::min(rules.most_segments, named.max_segments.value_or(rules.most_segments));
  Tried tried;
  tried.looked = burst::look_at_text(rendered.text, rules);
  if (rendered.cut) tried.looked.verdict = burst::Verdict::too_long;
  if (!rendered.missing.empty()) tried.looked.verdict = burst::Verdict::field_missing;
  tried.flags = burst::flags_of(tried.looked, rendered.text, rules);
  tried.text = std::move(rendered.text);
  tried.missing = std::move(rendered.missing);
  return tried;
}

async::Task<base::Result<Tried>> TemplateShelf::try_out(std::string name, Trial trial) {
  auto unit = [&](const store::Connection& connection) -> base::Result<Tried> {
    const auto named = find_template(connection, x_fixed, name);
    if (!named) return named.error();
    return tried(*named, trial);
  };
  co_return co_await x_gateway.reader().run(unit);
}

}  // namespace burstd::clinic
